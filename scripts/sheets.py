#!/usr/bin/env python3
"""Sheets on which readers mark what links two actors of a sentence, and their marks.

    diplograph pairs ARTICLES.jsonl > lessons.jsonl
    scripts/sheets.py write lessons.jsonl > sheet.txt           numbered sentences, actors in brackets
    scripts/sheets.py read lessons.jsonl marks.txt > pairs.jsonl    as tests/gold/pairs.jsonl
    scripts/sheets.py agree tests/gold/pairs.jsonl tests/gold/pairs-again.jsonl   how far two readings agree

A mark is a line `SENTENCE RELATION SOURCE TARGET [p|o|d]` with the numbers of the sheet: `17 meet 0 1 p`; p planned, o possible,
d denied, nothing asserted.
"""
import collections, json, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = [l.rstrip("\n").split("\t") for l in open(os.path.join(HERE, "../data/relations.tsv"), encoding="utf-8") if not l.startswith("#")]
RELATIONS = {r[0]: dict(zip(ROWS[0], r)) for r in ROWS[1:]}


def lessons(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def write(path):
    for n, d in enumerate(lessons(path), 1):
        beyond = [f"{k}={p['beyond']}: {p['name']}" for k, p in enumerate(d["parties"]) if p["beyond"]]
        named = [f"{k}={p['name']}" for k, p in enumerate(d["parties"]) if not p["beyond"] and p["name"] not in d["text"]]
        print(n, d["text"], "{" + "; ".join(named + beyond) + "}" if named + beyond else "", sep=" ")


def read(path, marks):
    sheet = lessons(path)
    out = {}
    for d in sheet:
        doc = out.setdefault(d["article"], {"id": d["article"], "read": 0, "facts": []})
        doc["read"] = max(doc["read"], d["span"][1])
    for number, line in enumerate(open(marks, encoding="utf-8"), 1):
        cells = line.split()
        if not cells or line.startswith("#"):
            continue
        try:
            n, relation, source, target = int(cells[0]), cells[1], int(cells[2]), int(cells[3])
            assert relation in RELATIONS and n > 0
            sides = [sheet[n - 1]["parties"][k] for k in (source, target)]
        except (ValueError, IndexError, AssertionError):
            sys.exit(f"{marks}:{number}: no mark: {line.strip()}\n  try: 17 meet 0 1, with numbers of the sheet")
        names = [x for p in sides for x in (p["name"], p["country"])]
        fact = [*sheet[n - 1]["span"], relation, (cells + ["a"])[4], *names]
        out[sheet[n - 1]["article"]]["facts"].append(fact)
    for doc in out.values():
        print(json.dumps(doc, ensure_ascii=False, separators=(",", ":")))


def agree(first, second):
    """Facts of sentences that both have read; status apart, the sides of symmetric relations and pledges in either order."""
    docs = [{d["id"]: d for d in lessons(p)} for p in (first, second)]
    sets = []
    for mine in docs:
        facts = set()
        for a in docs[0].keys() & docs[1].keys():
            end = min(d[a]["read"] for d in docs)
            for start, stop, relation, _, source, _, target, _ in mine[a]["facts"]:
                either = RELATIONS[relation]["symmetric"] == "yes" or relation == "pledge"
                sides = tuple(sorted((source, target))) if either else (source, target)
                facts |= {(a, start, relation, sides)} if stop <= end else set()
        sets.append(facts)
    both, counts = len(sets[0] & sets[1]), collections.Counter(map(len, sets))
    print(f"{len(sets[0])} and {len(sets[1])} facts, {both} the same: F1 {2 * both / max(1, sum(k * v for k, v in counts.items())):.3f}")


if __name__ == "__main__":
    commands = {"write": (write, 1), "read": (read, 2), "agree": (agree, 2)}
    run, count = commands.get(sys.argv[1] if len(sys.argv) > 1 else "", (None, 0))
    if not run or len(sys.argv) != 2 + count:
        sys.exit(__doc__)
    run(*sys.argv[2:])
