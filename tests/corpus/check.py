#!/usr/bin/env python3
"""Check tests/corpus/expected.jsonl against data/articles: python3 tests/corpus/check.py [--selftest FILE]

Reports every fact whose evidence is no verbatim part of the article's text, and every unknown relation, status word,
date that is not ISO 8601, or office without a role. Ends with 1 if anything is wrong.
--selftest FILE also writes the expected facts as a system's output, so that a scorer can be fed the truth.
"""
import collections
import csv
import datetime
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
STATUS = {"asserted", "planned", "possible", "denied"}
FIELDS = {"relation", "source", "target", "date", "place", "status", "attribution", "role", "evidence"}
ACTOR = {"name", "aliases", "country"}


def relations():
    """The ids of data/relations.tsv; lines that begin with '#' are remarks."""
    lines = (ROOT / "data/relations.tsv").read_text(encoding="utf-8").splitlines()
    return {row["relation"] for row in csv.DictReader((l for l in lines if not l.startswith("#")), delimiter="\t")}


def article(stem):
    """Title, headers and text of one sample article."""
    raw = (ROOT / "data/articles" / f"{stem}.txt").read_text(encoding="utf-8")
    head, _, text = raw.partition("\n\n")
    title, *rest = head.split("\n")
    return title, dict(line.split(": ", 1) for line in rest), text.lstrip("\n").rstrip()


def is_date(value):
    """ISO day, month, year, or two of them joined by a slash, the first not after the second."""
    parts = value.split("/")
    for part in parts:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", part):
            return False
        padded = part + "-01-01"[len(part) - 4:]
        try:
            datetime.date.fromisoformat(padded)
        except ValueError:
            return False
    return len(parts) == 1 or len(parts) == 2 and parts[0] <= parts[1]


def faults(fact, text, known):
    if missing := FIELDS - fact.keys():
        yield f"fields are missing: {sorted(missing)}"
        return
    if extra := fact.keys() - FIELDS - {"mutual"}:
        yield f"unknown fields: {sorted(extra)}"
    if fact["relation"] not in known:
        yield "unknown relation"
    if fact["status"] not in STATUS:
        yield f"unknown status {fact['status']!r}"
    if fact["date"] is not None and not is_date(fact["date"]):
        yield f"no ISO date: {fact['date']!r}"
    if not fact["evidence"] or fact["evidence"] not in text:
        yield f"evidence is not in the text: {fact['evidence']!r}"
    if (fact["relation"] == "holds_office") != bool(fact["role"]):
        yield "role goes with holds_office, and only with it"
    for side in ("source", "target"):
        if fact[side].keys() != ACTOR or not fact[side]["name"]:
            yield f"{side} is no actor"
        elif not any(form.casefold() in text.casefold() for form in [fact[side]["name"], *fact[side]["aliases"]]):
            yield f"note: no form of {side} {fact[side]['name']!r} stands in the text"
    if fact["source"]["name"] == fact["target"]["name"]:
        yield "source and target are one"


def main():
    known, wrong, notes, seen, counts = relations(), 0, 0, set(), collections.Counter()
    rows = [json.loads(l) for l in (ROOT / "tests/corpus/expected.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        title, headers, text = article(row["id"])
        seen.add(row["id"])
        if (title, headers.get("Date")) != (row["title"], row["date"]):
            print(f"{row['id']}: title or date differ from the article's")
            wrong += 1
        told = set()
        for fact in row["facts"]:
            counts[fact["relation"]] += 1
            key = (fact["relation"], fact["source"]["name"], fact["target"]["name"], fact["date"], fact["status"], fact["role"])
            again = ["told twice"] if key in told else []
            told.add(key)
            for fault in [*faults(fact, text, known), *again]:
                note = fault.startswith("note")
                notes, wrong = notes + note, wrong + (not note)
                print(f"{row['id']}: {key[0]}({key[1]} -> {key[2]}): {fault}")
    for path in (ROOT / "data/articles").glob("*.txt"):
        if path.stem not in seen:
            print(f"{path.stem}: no expected facts")
            wrong += 1
    if "--selftest" in sys.argv:
        with open(sys.argv[sys.argv.index("--selftest") + 1], "w", encoding="utf-8") as out:
            for row in rows:
                text = article(row["id"])[2]
                for fact in row["facts"]:
                    start = text.find(fact["evidence"])
                    quote = {"start": start, "end": start + len(fact["evidence"]), "text": fact["evidence"]}
                    print(json.dumps({"article": row["id"], **fact, "evidence": quote}, ensure_ascii=False), file=out)
    print(f"{len(rows)} articles, {sum(counts.values())} facts, {len(counts)} of {len(known)} relations, {notes} notes, {wrong} faults")
    if "--counts" in sys.argv:
        print("\n".join(f"  {n:4} {r}" for r, n in counts.most_common()), "unused:", sorted(known - set(counts)))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
