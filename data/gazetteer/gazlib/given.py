"""First names of office-holders, with the sex of those who bear them."""
import collections
import re

from .tables import ascii_fold, csv_rows, own

LEAST = 3          # holders that a first name needs to be listed
SURE = 0.95        # share of one sex that a name needs to tell it


# what stands first in names and is no first name: honours, and names of places and letters that people bear by chance
NO_FIRST_NAMES = {"sheikh", "cheikh", "mullah", "ayatollah", "prince", "king", "emir", "saint", "art", "johnson", "alpha", "trinidad", "lincoln"}


def given(source, persons):
    """Rows of given.tsv, from EveryPolitician (CC0), own/given.tsv and the persons of people.tsv."""
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
    for name in shared(persons):
        known.setdefault(name, {"name": name, "sex": ""})
    twice = both_sexes()
    for name, row in known.items():
        row["sex"] = "" if name in twice else row["sex"]
    return sorted(known.values(), key=lambda r: r["name"])


def shared(persons):
    """First names that two persons of the table bear; a family name that stands first is none."""
    counts = collections.Counter()
    for person in persons:
        first, _, rest = person["name"].partition(" ")
        folded = ascii_fold(first).lower()
        if rest and not person.get("family") and len(folded) > 3 and re.fullmatch(r"[a-z]+", folded) and folded not in NO_FIRST_NAMES:
            counts[folded] += 1
    return [name for name, count in counts.items() if count > 1]


def both_sexes():
    """Names that own/given.tsv gives to both."""
    seen = collections.Counter(name for row in own("given") for name in set(row["names"].split()))
    return {name for name, count in seen.items() if count > 1}
