#!/usr/bin/env python3
"""Score who is who: are the actors of a gold file among the mentions that `diplograph links --json` prints?

    diplograph links ARTICLES.jsonl --json > MENTIONS.jsonl
    actors.py GOLD.jsonl MENTIONS.jsonl ARTICLES.jsonl [--scorer DIR] [--misses]

For each actor of each gold fact: `known`, the entity is among the article's entities; `evidence`, words of the fact's
quote lead to it; `sentence`, words of the
sentences that the quote stands in do (a quote leaves out what its reader knows). The state whose office a person has counts
as named by the office. Names are compared by `same_actor` of the scorer (DIR/score.py, by default ../score beside GOLD's folder).
"""
import argparse
import collections
import json
import sys
from pathlib import Path


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def quotes(text, quote):
    """Where the quote stands in the text (code points): all places, else that of its longest known beginning."""
    found, at = [], text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    if not found:
        parts = [p for p in quote.replace("[...]", "...").replace("…", "...").split("...") if len(p.strip()) > 8]
        for part in parts if len(parts) > 1 else []:
            found += quotes(text, part.strip())
    return found


def named(mention):
    return mention["actors"] + ([mention["role"]["of"]] if mention["role"] else [])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("mentions", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--scorer", type=Path, help="the folder of score.py")
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    options = parser.parse_args()
    sys.path.insert(0, str(options.scorer or options.gold.resolve().parent.parent / "score"))
    from score import same_actor

    texts = {a["id"]: a["text"] for a in rows(options.articles)}
    mentions = collections.defaultdict(list)
    for m in rows(options.mentions):
        mentions[m["article"]].append(m)
    total = known = linked = near = unplaced = 0
    for doc in rows(options.gold):
        here = mentions[doc["id"]]
        for fact in doc["facts"]:
            spans = quotes(texts[doc["id"]], fact["evidence"])
            unplaced += not spans
            text = [m for m in here if m["field"] == "text"]
            inside = [m for m in text if any(s < m["end"] and m["start"] < e for s, e in spans)]
            around = [m for m in text if any(s < m["sentence"][1] and m["sentence"][0] < e for s, e in spans)]
            for side in ("source", "target"):
                gold, total = fact[side], total + 1
                fits = lambda ms: any(same_actor(gold, a) for m in ms for a in named(m))
                in_doc, in_sentence, in_quote = fits(here), fits(around), fits(inside)
                known, near, linked = known + in_doc, near + in_sentence, linked + in_quote
                if options.misses and not in_quote:
                    why = "outside" if in_sentence else "unlinked" if in_doc else "UNKNOWN"
                    print(f"{why}\t{doc['id']}\t{gold['name']} [{gold.get('country')}]\t{fact['relation']}\t{fact['evidence']}")
                    print("\t\t\t" + " | ".join(m["text"] + " = " + "+".join(a["name"] for a in m["actors"]) for m in inside))
    print(f"actors of gold facts {total}   known {known / total:.3f}   sentence {near / total:.3f}   evidence {linked / total:.3f}"
          + (f"   quotes not found {unplaced}" if unplaced else ""))


if __name__ == "__main__":
    main()
