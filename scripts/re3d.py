#!/usr/bin/env python3
"""Score recall of linking on the re3d corpus: nationalities, organisations and persons that name states, IGOs, known people.

    re3d.py text DIR > ARTICLES.jsonl
    diplograph links ARTICLES.jsonl --json > MENTIONS.jsonl
    re3d.py score DIR MENTIONS.jsonl [--errors]

A gold mention counts if its words are a name, alias or adjective in the tables of states, organisations and people; it is found
if a mention that overlaps it stands for that actor; a nationality ("Syrian Army"), also if it stands for a body of that state.
"""
import argparse
import collections
import csv
import json
import re
import unicodedata
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "data" / "gazetteer"


def fold(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s]", " ", re.sub(r"[.'’]", "", text.casefold())).split()
    return " ".join(w for w in words if w not in ("the", "al", "government", "of", "mr", "president"))


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def known():
    found = collections.defaultdict(set)
    for table in ("states", "igos", "people"):
        lines = [l for l in open(TABLES / f"{table}.tsv", encoding="utf-8") if not l.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            columns = ("name", "aliases", "adjectives", "nationals")
            for name in [n for c in columns for n in (row.get(c) or "").split("|") if n]:
                found[fold(name)].add(row["id"])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["text", "score"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("mentions", nargs="?")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    documents = [d for path in sorted(options.folder.glob("*/documents.json")) for d in rows(path)]
    if options.what == "text":
        for d in documents:
            print(json.dumps({"id": d["_id"], "text": d["text"], "url": d.get("sourceUrl"), "date": d.get("date")}, ensure_ascii=False))
        return
    mentions, names, tally = collections.defaultdict(list), known(), collections.defaultdict(lambda: [0, 0])
    for m in rows(options.mentions):
        mentions[m["article"]].append(m)
    for path in sorted(options.folder.glob("*/entities.json")):
        for e in rows(path):
            meant = names.get(fold(e["value"]), set())
            if e["type"] not in ("Nationality", "Organisation", "Person") or not meant:
                continue
            near = [m for m in mentions[e["documentId"]] if m["start"] < e["end"] and e["begin"] < m["end"]]
            actors = [a for m in near for a in m["actors"] + ([m["role"]["of"]] if m["role"] else [])]
            home = e["type"] == "Nationality"
            hit = any(a["id"] in meant or home and a["country"] in meant for a in actors)
            tally[e["type"]][0] += 1
            tally[e["type"]][1] += hit
            if options.errors and not hit:
                print(e["type"], e["value"], [m["text"] + " = " + "+".join(a["name"] for a in m["actors"]) for m in near], sep="\t")
    for kind, (n, found) in sorted(tally.items()):
        print(f"{kind}: recall {found / n:.3f} of {n}")


if __name__ == "__main__":
    main()
