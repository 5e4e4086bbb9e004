#!/usr/bin/env python3
"""Score linking against GUM's entities (UD English GUM, CoNLL-U with Entity in MISC).

    gum.py text TREEBANK.conllu > ARTICLES.jsonl           the documents of news, interviews and speeches as articles
    diplograph links ARTICLES.jsonl --json > MENTIONS.jsonl
    gum.py score TREEBANK.conllu MENTIONS.jsonl [--errors] [--speeches]

News and interviews count, with --speeches those, too. Names: mentions with a Wikipedia link to a state, an organisation or a
person of the gazetteer's tables; found is one of whose words some lead to that entity, or a state's name inside the name of a
body that is linked as that state's ("U.S. Air Force"). A pronoun or a
description is right if another mention of its gold group names the actor that it was given. "Noun for its state" ("Iranian
officials") is Iran for this project and people for GUM, so that figure says little.
"""
import argparse
import collections
import csv
import json
import re
import sys
import unicodedata
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "data" / "gazetteer"
GENRES, SPEECHES = ("GUM_news", "GUM_interview"), ("GUM_speech",)
HE, THEY = {"he", "him", "his", "himself", "she", "her", "hers", "herself"}, {"they", "them", "their", "theirs", "themselves"}
Gold = collections.namedtuple("Gold", "start end group title text head")


def fold(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(w for w in re.sub(r"[^\w\s]", " ", text.casefold().replace("_", " ")).split() if w != "the")


def gazetteer():
    """Folded name -> ids, of states, organisations and people."""
    found = collections.defaultdict(set)
    for table in ("states", "igos", "people"):
        lines = [l for l in open(TABLES / f"{table}.tsv", encoding="utf-8") if not l.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            for name in [row["name"], *(row.get("aliases") or "").split("|")]:
                if name:
                    found[fold(name)].add(row["id"])
    return found


def documents(path, genres):
    """(id, meta, text, gold mentions) of each document of the genres."""
    doc, out = None, []
    for block in open(path, encoding="utf-8").read().split("\n\n"):
        lines = block.split("\n")
        for line in lines:
            if line.startswith("# newdoc id = "):
                name = line.split(" = ")[1]
                doc = {"id": name, "meta": {}, "text": "", "gold": [], "open": collections.defaultdict(list)}
                if name.startswith(genres):
                    out.append(doc)
            elif line.startswith("# meta::"):
                key, _, value = line[8:].partition(" = ")
                doc["meta"][key] = value
            elif line.startswith("# newpar") and doc["text"] and "block" not in line:
                doc["text"] = doc["text"].rstrip() + "\n\n"
        rows = [l.split("\t") for l in lines if l and not l.startswith("#") and l.split("\t")[0].isdigit()]
        if doc is not None and rows:
            sentence(doc, rows)
    return out


def sentence(doc, rows):
    spans = []
    for row in rows:
        start = len(doc["text"])
        doc["text"] += row[1]
        spans.append((start, len(doc["text"])))
        if "SpaceAfter=No" not in row[9]:
            doc["text"] += " "
    if not doc["text"].endswith((" ", "\n")):
        doc["text"] += " "
    stack = doc["open"]
    stack.clear()
    for n, row in enumerate(rows):
        entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for opening, closing in re.findall(r"\(([^()]+)|([^()]*)\)", entity):
            if opening:
                fields = opening.split("-", 7)
                stack[fields[0]].append((n, fields[7] if len(fields) > 7 else ""))
                last = fields[0]
            if not opening and closing is not None:
                group = closing or last
                if stack[group]:
                    begin, title = stack[group].pop()
                    inside = range(begin, n + 1)
                    head = next((t for t in inside if int(rows[t][6]) - 1 not in inside), n)
                    text = doc["text"][spans[begin][0]:spans[n][1]]
                    doc["gold"].append(Gold(spans[begin][0], spans[n][1], group, title, text, spans[head]))


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def aligned(gold, m):
    """The smallest gold mention whose head the system's mention covers, of about the same extent."""
    near = [g for g in gold if m["start"] <= g.head[0] < m["end"] and g.start <= m["end"] and m["start"] <= g.end]
    near = [g for g in near if abs(g.start - m["start"]) <= 4 and abs(g.end - m["end"]) <= 4 or g.text.startswith(m["text"])]
    return min(near, key=lambda g: abs(g.end - m["end"]) + abs(g.start - m["start"]), default=None)


def names(actor, group, ids):
    """Whether a mention of the gold group names the actor."""
    words = fold(actor["name"])
    last = words.split(" ")[-1]
    for g in group:
        text = fold(g.text)
        if any(actor["id"] in ids.get(f, ()) for f in (text, fold(g.title))):
            return True
        if actor["kind"] == "person" and last in text.split() or words in text:
            return True
    return False


def named(mention):
    """The actors of a mention, and the state whose office it names."""
    return mention["actors"] + ([mention["role"]["of"]] if mention["role"] else [])


def leads(mention, g, meant):
    """Whether the program's mention leads from words of the gold mention to the entity."""
    inside = mention["start"] < g.end and g.start < mention["end"]
    whose = {a["country"] for a in mention["actors"] if a["kind"] in ("organ", "body", "group")}
    return inside and (any(a["id"] in meant for a in named(mention)) or bool(whose & meant))


def score(docs, mentions, errors):
    ids, tally = gazetteer(), collections.Counter()
    for doc in docs:
        here = [m for m in mentions[doc["id"]] if m["field"] == "text"]
        groups = collections.defaultdict(list)
        for g in doc["gold"]:
            groups[g.group].append(g)
        titles = {k: next((g.title for g in v if g.title), "") for k, v in groups.items()}
        show = lambda what, m, g: errors and print(
            f"{what}\t{doc['id']}\t{m['text'] if m else ''} = {'+'.join(a['name'] for a in m['actors']) if m else ''}\t"
            f"{g.text[:60] if g else ''} [{titles.get(g.group, '') if g else ''}]\t{m['reason'] if m else ''}")
        for g in doc["gold"]:
            meant = ids.get(fold(titles[g.group]), set())
            if not meant or g.text.lower() in HE | THEY | {"it", "its", "we", "our", "us", "i", "my", "me"}:
                continue
            if not g.text[:1].isupper() and " " not in g.text or g.text.lower().startswith(("the ", "a ", "this ", "that ")) and not any(
                    fold(g.text) == n for n in ids):
                continue
            tally["name gold"] += 1
            hit = any(leads(m, g, meant) for m in here)
            tally["name found"] += hit
            if not hit:
                show("missed name", None, g)
        for m in here:
            g = aligned(doc["gold"], m)
            low = m["text"].lower()
            if m["kind"] == "pronoun":
                kind = "he/she" if low in HE else "they" if low in THEY else "it" if low in {"it", "its", "itself"} else "I/we"
            elif m["kind"] == "description":
                stands_for = m["reason"] in ("noun after a state", "an office of the state")
                kind = "noun for its state" if stands_for else "description"
            else:
                meant = ids.get(fold(titles.get(g.group, "")), set()) if g else set()
                if meant:
                    right = any(a["id"] in meant for a in m["actors"])
                    tally["name n"] += 1
                    tally["name right"] += right
                    if not right:
                        show("wrong name", m, g)
                continue
            if g is None:
                tally[kind + " without gold"] += 1
                continue
            right = all(names(a, groups[g.group], ids) for a in m["actors"])
            tally[kind + " n"] += 1
            tally[kind + " right"] += right
            if not right:
                show("wrong " + kind, m, g)
    print(f"names: precision {tally['name right'] / max(1, tally['name n']):.3f} of {tally['name n']}   "
          f"recall {tally['name found'] / max(1, tally['name gold']):.3f} of {tally['name gold']}")
    for kind in ("he/she", "they", "it", "I/we", "description", "noun for its state"):
        print(f"{kind}: precision {tally[kind + ' right'] / max(1, tally[kind + ' n']):.3f} of {tally[kind + ' n']}"
              f"   (no gold mention there: {tally[kind + ' without gold']})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["text", "score"])
    parser.add_argument("treebank")
    parser.add_argument("mentions", nargs="?")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--speeches", action="store_true")
    options = parser.parse_args()
    docs = documents(options.treebank, GENRES + SPEECHES)
    if options.what == "text":
        for doc in docs:
            meta = doc["meta"]
            article = {"id": doc["id"], "text": doc["text"], "date": meta.get("dateCreated"), "source": meta.get("author")}
            print(json.dumps(article, ensure_ascii=False))
        return
    if not options.mentions:
        sys.exit("score needs MENTIONS.jsonl")
    mentions = collections.defaultdict(list)
    for m in rows(options.mentions):
        mentions[m["article"]].append(m)
    wanted = GENRES + (SPEECHES if options.speeches else ())
    score([d for d in docs if d["id"].startswith(wanted)], mentions, options.errors)


if __name__ == "__main__":
    main()
