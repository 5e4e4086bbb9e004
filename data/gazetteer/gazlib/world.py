"""States, intergovernmental organisations and places: the own tables, with codes and members from free sources."""
import re

from .tables import csv_rows, join, json_of, own, split

# GEC codes of the World Factbook that the column FIPS of country-codes.csv does not give.
GEC = {"RI": "SRB", "MJ": "MNE", "KV": "XKX", "VT": "VAT", "OD": "SSD", "HK": "HKG", "MC": "MAC"}


def codes(source):
    """country-codes.csv by alpha-3."""
    return {row["ISO3166-1-Alpha-3"]: row for row in csv_rows(source / "country-codes.csv")}


def gec_to_iso(source):
    table = {row["FIPS"].strip(): iso for iso, row in codes(source).items() if len(row["FIPS"].strip()) == 2}
    return table | GEC


def states(source):
    known, capitals, rows = codes(source), capital_of(), []
    for row in own("states"):
        code = known.get(row["id"], {})
        capital = capitals.get(row["id"], "")
        link = re.search(r"Q\d+$", code.get("wikidata_id", "") or "")
        rows.append(row | {
            "capital": capital,
            "iso2": code.get("ISO3166-1-Alpha-2", "") or ("XK" if row["id"] == "XKX" else ""),
            "wikidata": row["wikidata"] or (link.group() if link else ""),
            "aliases": join(split(row["aliases"]), {row["name"]}),
            "adjectives": join(split(row["adjectives"])),
            "seats": join(split(row["seats"]), {capital}),
        })
    return sorted(rows, key=lambda row: row["id"])


def capital_of():
    """State -> its first capital in the table of places."""
    found = {}
    for row in own("places"):
        if row["kind"] == "capital":
            found.setdefault(row["country"], row["name"])
    return found


def memberships(source):
    """Acronym of the World Factbook -> alpha-3 codes of the full members."""
    gec, found, known = gec_to_iso(source), {}, {row["id"] for row in own("states")}
    for row in json_of(source / "factbook_gov_2026.json"):
        state = gec.get(row["gec"].upper())
        text = (row["igo"] or "").replace("do not participate:", "do not participate,")
        for name in re.split(r",\s*|;\s*", text) if state in known else []:
            found.setdefault(name.strip(), set()).add(state)
    return found


def igos(source):
    members, rows = memberships(source), []
    for row in own("igos"):
        listed = split(row["members"]) or sorted(members.get(row["factbook"] or None, ()))
        rows.append(row | {"members": join(sorted(listed)), "aliases": join(split(row["aliases"]), {row["name"]})})
    return sorted(rows, key=lambda row: row["id"])


def places():
    rows = [row | {"aliases": join(split(row["aliases"]), {row["name"]})} for row in own("places")]
    return sorted(rows, key=lambda row: (row["name"], row["country"], row["kind"]))
