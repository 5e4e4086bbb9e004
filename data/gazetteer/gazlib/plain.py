"""Tables that are wholly own: groups, organs, publishers, titles."""
from .tables import join, own, slug, split


def named(table, prefix=""):
    """The rows of an own table, sorted by id, with ids made from names where none is given."""
    rows = []
    for row in own(table):
        name = row["name"]
        rows.append(row | {"id": row.get("id") or prefix + slug(name), "aliases": join(split(row["aliases"]), {name})})
    return sorted(rows, key=lambda row: row["id"])


def groups():
    return named("groups", "group-")


def organs():
    return named("organs", "organ-")


def publishers():
    return sorted(named("publishers"), key=lambda row: (row["name"], row["country"]))


def titles():
    """Other names of offices, by the states where they mean that."""
    rows = [row | {"states": row["state"], "aliases": join(split(row["aliases"]), {row["office"]})}
            for row in own("office-titles")]
    return sorted(rows, key=lambda row: (row["office"], row["states"], row["aliases"]))
