"""First names of office-holders, with the sex of those who bear them."""
import collections
import re

from .tables import ascii_fold, csv_rows, own

LEAST = 3          # holders that a first name needs to be listed
SURE = 0.95        # share of one sex that a name needs to tell it


def given(source):
    """Rows of given.tsv, from EveryPolitician (CC0) and own/given.tsv."""
    people, counts = {}, collections.defaultdict(collections.Counter)
    for row in csv_rows(source / "everypolitician_holders_2000_2022.csv.xz"):
        people[row["wikidata"] or row["person"]] = (row["person"], row["gender"])
    for name, sex in people.values():
        first, _, rest = re.sub(r"^(Sir|Dame|Lord|Lady|Sheikh|Prince|Princess) ", "", name).partition(" ")
        folded = ascii_fold(first).lower()
        if rest and len(folded) > 2 and re.fullmatch(r"[a-z]+", folded):
            counts[folded][sex] += 1
    rows = []
    for name, sexes in sorted(counts.items()):
        total = sum(sexes.values())
        told = {s: n for s, n in sexes.items() if s in ("male", "female")}
        most = max(told, key=told.get, default="")
        if total >= LEAST:
            rows.append({"name": name, "sex": most if most and told[most] >= SURE * sum(told.values()) else ""})
    known = {r["name"]: r for r in rows}
    for row in own("given"):
        for name in row["names"].split():
            known.setdefault(name, {"name": name, "sex": row["sex"]})
    twice = both_sexes()
    for name, row in known.items():
        row["sex"] = "" if name in twice else row["sex"]
    return sorted(known.values(), key=lambda r: r["name"])


def both_sexes():
    """Names that own/given.tsv gives to both."""
    seen = collections.Counter(name for row in own("given") for name in set(row["names"].split()))
    return {name for name, count in seen.items() if count > 1}
