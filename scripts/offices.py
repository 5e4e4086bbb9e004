#!/usr/bin/env python3
"""Score "who held this office on that day" against lists that are no source of the gazetteer.

    offices.py DIR [--seed 7] [--count 300] [--errors]

DIR holds REIGN_leaderlist_3_21.csv, world_leaders_2021_wikidata.csv and foreign_ministers_2022.csv. Questions are drawn from the first (heads of
government and state, 1995-2021), the second and the odd rows of the third; a third lie within ten days of a change. The
answers are read from the tables as `link` reads them.
"""
import argparse
import collections
import csv
import datetime
import difflib
import json
import random
import re
import unicodedata
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "data" / "gazetteer"


def fold(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text.replace("ı", "i").replace("š", "s")) if not unicodedata.combining(c))
    return re.sub(r"[^a-z ]", " ", text.casefold().replace("'", "").replace("’", "")).split()


def rows(path, delimiter=","):
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as stream:
        lines = [line for line in stream if delimiter == "," or not line.startswith("#")]
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    return list(csv.DictReader(lines, delimiter=delimiter, quoting=quoting))


def states():
    """COW numbers by year, names and Wikidata ids -> id of the gazetteer."""
    table = rows(TABLES / "states.tsv", "\t")
    cow = {r["gw"] or r["cow"]: r["id"] for r in table if r["kind"] == "state" and (r["gw"] or r["cow"]) and not r["end"]}
    cow |= {r["cow"]: r["id"] for r in table if r["cow"] and not r["end"]}
    return cow, {r["wikidata"]: r["id"] for r in table if r["wikidata"]}, {r["id"]: r["region"] for r in table}


def reign(path, cow):
    """(state, day, leader's name, near a change) of the leader list: one question for each spell."""
    spells = []
    for r in rows(path):
        try:
            start = datetime.date(int(r["syear"]), int(r["smonth"] or 1), int(r["sdate"] or 1))
        except ValueError:
            continue
        if r["ccode"] in cow:
            spells.append((cow[r["ccode"]], start, r["leader"]))
    spells.sort()
    for (state, start, leader), following in zip(spells, spells[1:] + [None]):
        end = following[1] if following and following[0] == state else datetime.date(2021, 3, 1)
        around = [s[2] for s in spells if s[0] == state and s[1] != start and abs((s[1] - start).days) < 4000]
        yield state, start, end, leader, around


def questions(folder, seed, count):
    cow, qids, regions = states()
    draw = random.Random(seed)
    near, far = [], []
    first, last = datetime.date(1995, 1, 1), datetime.date(2021, 2, 28)
    for state, start, end, leader, around in reign(folder / "REIGN_leaderlist_3_21.csv", cow):
        days = (end - start).days
        if days > 30 and end > first and start < last:
            offset = draw.randint(2, 10)
            day = start + datetime.timedelta(offset) if draw.random() < 0.5 else end - datetime.timedelta(offset)
            if first <= day <= last:
                near.append(("leader", state, day, leader, around))
            day = max(start, first) + datetime.timedelta(draw.randint(15, max(16, (min(end, last) - max(start, first)).days - 15)))
            if first <= day <= last and start < day < end:
                far.append(("leader", state, day, leader, around))
    now = []
    for r in rows(folder / "world_leaders_2021_wikidata.csv"):
        if r["countryid"] in qids and r["start_year"] and int(r["start_year"]) < 2021 and (not r["end_year"] or int(r["end_year"]) > 2021):
            now.append(("holder:" + r["positionLabel"], qids[r["countryid"]], datetime.date(2021, 6, 15), r["officeholderLabel"], []))
    for n, r in enumerate(rows(folder / "foreign_ministers_2022.csv")):
        if n % 2 == 0 and r["country"] in qids and r["start"]:
            start = datetime.date.fromisoformat((r["start"] + "-01-01" if len(r["start"]) == 4 else r["start"] + "-01")[:10])
            day = max(start, datetime.date(2021, 1, 1)) + datetime.timedelta(20)
            now.append(("foreign minister", qids[r["country"]], day, r["name"], []))
    spread = lambda pool, n: [q for q in by_region(draw, pool, regions)][:n]
    third = count // 3
    return spread(near, third) + spread(far, third) + spread(now, count - 2 * third)


def by_region(draw, pool, regions):
    """The pool in random order, the regions taking turns."""
    piles = collections.defaultdict(list)
    for q in draw.sample(pool, len(pool)):
        piles[regions.get(q[1], "")].append(q)
    order = sorted(piles)
    while any(piles.values()):
        for region in order:
            if piles[region]:
                yield piles[region].pop()


def offices():
    people = {r["id"]: [r["name"], *r["aliases"].split("|")] for r in rows(TABLES / "people.tsv", "\t")}
    table = collections.defaultdict(list)
    for r in rows(TABLES / "offices.tsv", "\t"):
        table[r["state"], r["office"]].append((r["start"], r["end"], people[r["person"]]))
    return table


def edge(date, last):
    if not date:
        return None
    return (date + ("-12-31" if len(date) == 4 else "-31" if len(date) == 7 else "")) if last else date


def holders(table, state, office, day):
    """As `link::Offices::holder` answers: the one whose spell covers the day, the successor on the day of a change."""
    day, on = str(day), []
    for start, end, names in table[state, office]:
        if start and start <= day and (not end or day <= edge(end, True)):
            on.append((start, end, names))
    if len(on) > 1:
        on = [o for o in on if o[1] != day]
    return on[0][2] if on and all(o[2][0] == on[0][2][0] for o in on) else None


LEADING = ("prime minister", "president", "chancellor", "king", "emir", "sultan", "supreme leader", "general secretary", "crown prince")


def same(names, right):
    right = fold(right)
    for name in names:
        words = fold(name)
        near = lambda a, b: a == b or len(a) > 4 and difflib.SequenceMatcher(None, a, b).ratio() >= 0.75
        if any(near(a, b) for a in words for b in right if len(b) > 3):
            return True
        if words and right and (words[-1] == right[-1] or set(right) <= set(words) or set(words) <= set(right)):
            return True
    return False


def answer(table, question):
    kind, state, day, right, around = question
    if kind == "leader":
        # the list names no office: asked is the one that the table gives the leader, at whatever time
        his = [o for o in LEADING if any(same(names, right) for _, _, names in table[state, o])]
        found = [h for office in his or LEADING if (h := holders(table, state, office, day))]
        # of a leader whom the table does not know, only his predecessors and successors are wrong answers
        return found if his else [h for h in found if any(same(h, other) for other in around)]
    if kind == "foreign minister":
        found = [holders(table, state, o, day) for o in ("foreign minister", "secretary of state")]
        return [h for h in found if h][:1]
    label = kind.split(":")[1].lower()
    ours = {"premier": ["prime minister"], "executive yuan": ["prime minister"], "monarch": ["king", "queen"], "taoiseach": ["prime minister"],
            "druk gyalpo": ["king"], "presidential council": ["president"]}
    asked = next((ours[o] for o in ours if o in label), None) or [
        o for o in ("prime minister", "president", "chancellor", "king", "queen", "emir", "sultan", "emperor", "supreme leader", "pope") if o in label][:1]
    return [h for office in asked if (h := holders(table, state, office, day))][:1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    table, tally = offices(), collections.Counter()
    for q in questions(options.folder, options.seed, options.count):
        found = answer(table, q)
        verdict = "unknown" if not found else "right" if any(same(names, q[3]) for names in found) else "wrong"
        tally[verdict] += 1
        if options.errors and verdict != "right":
            print(verdict, q[0], q[1], q[2], q[3], [names[0] for names in found], sep="\t")
    total = sum(tally.values())
    print(f"{total} questions: right {tally['right'] / total:.3f}  wrong {tally['wrong'] / total:.3f}  unknown {tally['unknown'] / total:.3f}")


if __name__ == "__main__":
    main()
