"""Spells in office from several sources -> a table in which one office has one holder at a time."""
import collections
import datetime

from .titles import exclusive

RANK = {"own": 0, "us": 1, "un": 1, "factbook": 2, "ep": 3, "fm-2022": 3}
# The snapshots without an end date were taken in this year: after it, they say nothing.
SNAPSHOT = {"ep": "2022", "fm-2022": "2022"}
# An open spell older than this is more likely forgotten than still running, save for thrones.
FORGOTTEN = "2013"
FOR_LIFE = {"king", "queen", "emperor", "prince", "emir", "sultan", "supreme leader", "grand duke", "pope"}
# A successor may take over this many days before the other table ends the predecessor.
SLACK = 60


def days(date, late=False):
    """A date or a part of one as a day number: its first day, or its last if `late`."""
    if not date:
        return datetime.date(2100, 1, 1).toordinal() if late else 0
    year, month, day = (date + "-00-00")[:10].split("-")
    if late and month == "00":
        return datetime.date(int(year), 12, 31).toordinal()
    if late and day == "00":
        return (datetime.date(int(year) + int(month) // 12, int(month) % 12 + 1, 1)).toordinal() - 1
    return datetime.date(int(year), max(int(month), 1), max(int(day), 1)).toordinal()


def overlap(one, other):
    """Days that two spells surely share."""
    start = max(days(one["start"], late=len(one["start"]) < 10), days(other["start"], late=len(other["start"]) < 10))
    end = min(days(one["end"]) if one["end"] else days("", True), days(other["end"]) if other["end"] else days("", True))
    return end - start


def settle(rows):
    """Drops what contradicts a better source, cuts open spells where a successor begins."""
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row["state"], row["office"]].append(row)
    kept = []
    for (_, office), group in groups.items():
        kept += settle_one(group) if exclusive(office) else own_first(group)
    kept = [row for row in map(aged, kept) if row]
    kept = unique(kept)
    return sorted(kept, key=lambda row: (row["state"], row["office"], row["start"], row["person"], row["end"]))


def unique(rows):
    return list({tuple(row.items()): row for row in rows}.values())


def aged(row):
    """An open spell of an old snapshot ends with it; a very old one is dropped."""
    if row["end"] or row["source"] not in SNAPSHOT or row["office"] in FOR_LIFE:
        return row
    return row | {"end": max(SNAPSHOT[row["source"]], row["start"][:4])} if row["start"] >= FORGOTTEN else None


def own_first(group):
    """Offices that several may hold: only the same person's overlapping spells are merged."""
    kept = []
    for row in sorted(group, key=order):
        same = [k for k in kept if k["person"] == row["person"] and overlap(k, row) > -31]
        if same:
            refine(same[0], row)
        else:
            kept.append(row)
    return kept


def order(row):
    return RANK[row["source"]], row["start"], row["person"]


def settle_one(group):
    """One holder at a time."""
    kept = close_open([row for row in group if RANK[row["source"]] == 0])
    for rank in (1, 2, 3):
        fresh = []
        for row in sorted((r for r in group if RANK[r["source"]] == rank), key=order):
            row = against(row, kept)
            if row:
                fresh.append(row)
        kept += close_open(fresh, clip=True)
    return kept


def close_open(rows, clip=False):
    """Ends every open spell where the next begins; with `clip`, those that run over it too."""
    rows = sorted(rows, key=lambda r: (r["start"], r["end"] or "9"))
    for row, after in zip(rows, rows[1:]):
        later = days(after["start"]) > days(row["start"])
        if later and (not row["end"] or clip and days(row["end"]) > days(after["start"], late=True)):
            row["end"] = after["start"]
    return rows


def against(row, kept):
    """The row as far as better sources leave room for it, or None."""
    for better in kept:
        if better["person"] == row["person"] and overlap(row, better) > -31:
            refine(better, row)
            return None
    for better in kept:
        if overlap(row, better) <= 0:
            continue
        if days(row["start"]) + SLACK < days(better["start"]):
            row["end"] = better["start"]
        elif better["end"] and days(better["end"]) - days(row["start"]) <= SLACK:
            row["start"] = better["end"]
        else:
            return None
        if row["end"] and days(row["end"]) <= days(row["start"]):
            return None
    return row


def refine(better, row):
    """Takes over the fuller form of a date that agrees."""
    for key in ("start", "end"):
        if better[key] and row[key].startswith(better[key]):
            better[key] = row[key]
