#!/usr/bin/env python3
"""Check the sentence tests: python3 tests/sentences/check.py

Every file but actors.tsv and scores.tsv: two columns; expected facts that can be read; known relations, statuses, actors and ISO dates; every
actor of an expected fact named in its sentence by a name, alias, adjective, capital or office. In RELATION.tsv only that relation,
at least 15 sentences with a fact and 10 without. Ends with 1 if anything is wrong.
"""
import csv
import datetime
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
STATUS = {"asserted", "planned", "possible", "denied"}
FACT = re.compile(r"(\w+)\((.+?) -> (.+?)\)(?:@(\w+))?(?:#([\d/-]+))?")


def table(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((l for l in lines if not l.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def is_date(value):
    try:
        return all(datetime.date.fromisoformat(p + "-01-01"[len(p) - 4:]) for p in value.split("/"))
    except ValueError:
        return False


def forms(actor, actors):
    """Everything that may stand for an actor in a sentence; a person also by the adjective of the state of office."""
    found = [actor["name"], *actor["aliases"].split("|"), actor["adjective"], actor["capital"]]
    if actor["kind"] == "person":
        found += [a["adjective"] for a in actors.values() if a["country"] == actor["country"]]
    return [f for f in found if f]


def faults(row, only, known, actors):
    for piece in filter(None, (row["expected"] or "").split("; ")):
        read = FACT.fullmatch(piece)
        if not read:
            yield f"cannot be read: {piece!r}"
            continue
        relation, source, target, status, date = read.groups()
        if relation not in known or only and relation != only:
            yield f"relation {relation!r}"
        if status and status not in STATUS:
            yield f"status {status!r}"
        if date and not is_date(date):
            yield f"date {date!r}"
        for name in (source, target):
            if name not in actors:
                yield f"no actor is called {name!r}"
            elif relation != "holds_office" and not any(f in row["sentence"] for f in forms(actors[name], actors)):
                yield f"{name} is not in the sentence"


def main():
    actors = {row["name"]: row for row in table(HERE / "actors.tsv")}
    known = {row["relation"] for row in table(HERE.parents[1] / "data/relations.tsv")}
    wrong, true, near, seen = 0, 0, 0, set()
    for path in sorted(HERE.glob("*.tsv")):
        if path.stem in ("actors", "scores"):
            continue
        only, rows = path.stem if path.stem in known else None, table(path)
        seen |= {only}
        hits = sum(bool(r["expected"]) for r in rows)
        true, near = true + hits, near + len(rows) - hits
        problems = [(r["sentence"], f) for r in rows for f in faults(r, only, known, actors)]
        if only and (hits < 15 or len(rows) - hits < 10):
            problems.append(("", f"only {hits} sentences with a fact, {len(rows) - hits} without"))
        if len({r["sentence"] for r in rows}) < len(rows):
            problems.append(("", "a sentence stands twice"))
        for sentence, problem in problems:
            print(f"{path.name}: {problem}: {sentence}")
        wrong += len(problems)
    for relation in sorted(known - seen):
        print(f"no file for {relation}")
        wrong += 1
    print(f"{true} sentences with a fact, {near} near-misses, {len(actors)} actors, {wrong} faults")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
