"""Contradictions in the generated tables."""
import re

from . import offices
from .tables import COLUMNS, read, split
from .titles import exclusive

DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
ACTORS = ("states", "igos", "groups", "organs")


def problems(folder, made):
    """One line for each contradiction; `made` holds what a new run would write."""
    found, tables = [], {}
    for name in COLUMNS:
        path = folder / f"{name}.tsv"
        if not path.exists():
            continue
        try:
            tables[name] = read(path)
        except ValueError as error:
            found.append(f"{name}.tsv: {error}")
    for name, text in made.items():
        path = folder / f"{name}.tsv"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(f"{name}.tsv: not what make.py makes")
    for test in (ids, dates, aliases, references, holders):
        found += test(tables)
    return found


def ids(tables):
    found = []
    for name, rows in tables.items():
        seen = set()
        for row in rows if "id" in COLUMNS[name] else []:
            if row["id"] in seen or not re.fullmatch(r"[A-Za-z0-9+-]+", row["id"]):
                found.append(f"{name}.tsv: id {row['id']!r} twice or not a slug")
            seen.add(row["id"])
    return found


def dates(tables):
    found = []
    for name, rows in tables.items():
        for row in rows if "start" in COLUMNS[name] else []:
            start, end = row["start"], row["end"]
            for value in (start, end):
                if value and not DATE.fullmatch(value):
                    found.append(f"{name}.tsv: no date {value!r} in {label(row)}")
            length = min(len(start), len(end))
            if start and end and start[:length] > end[:length]:
                found.append(f"{name}.tsv: ends before it starts: {label(row)} {start} {end}")
    return found


def aliases(tables):
    """A name or alias that two actors claim (people may share names)."""
    owner, found = {}, []
    for name in ACTORS:
        for row in tables.get(name, []):
            forms = [row["name"]] + split(row["aliases"]) + split(row.get("seats", ""))
            for form in forms:
                first = owner.setdefault(form, row["id"])
                if first != row["id"]:
                    found.append(f"{name}.tsv: {form!r} names both {first} and {row['id']}")
    return found


def references(tables):
    """Codes of states, organisations and persons that no table defines."""
    states = {row["id"] for row in tables.get("states", [])}
    acronyms = {row["acronym"] for row in tables.get("igos", []) if row["acronym"]}
    orgs = {row["id"] for row in tables.get("igos", [])}
    people = {row["id"] for row in tables.get("people", [])}
    homes, found = states | acronyms, []
    for name, rows in tables.items():
        for row in rows:
            wrong = [c for c in split(row.get("country", "")) if c not in homes]
            wrong += [c for c in split(row.get("members", "")) if c not in states]
            wrong += [c for column in ("successor", "within") for c in split(row.get(column, "")) if c not in states]
            wrong += [c for c in split(row.get("parent", "")) if c not in orgs]
            if name == "offices":
                wrong += [c for c in [row["state"]] if c not in states | orgs]
                wrong += [c for c in [row["person"]] if c not in people]
            found += [f"{name}.tsv: unknown code {code!r} in {label(row)}" for code in wrong]
    return found


def holders(tables):
    """Two own rows that give one office to two persons at once (other sources are settled when the table is made)."""
    groups, found = {}, []
    for row in tables.get("offices", []):
        if exclusive(row["office"]) and row["source"] == "own":
            groups.setdefault((row["state"], row["office"]), []).append(row)
    for (state, office), rows in groups.items():
        for index, row in enumerate(rows):
            for other in rows[index + 1:]:
                if row["person"] != other["person"] and offices.overlap(row, other) > offices.SLACK:
                    found.append(f"offices.tsv: {row['person']} and {other['person']} are both {office} of {state}")
    return found


def label(row):
    return row.get("id") or row.get("name") or f"{row.get('person')} {row.get('office')} {row.get('state')}"
