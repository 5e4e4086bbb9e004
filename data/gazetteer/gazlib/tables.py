"""Tab-separated tables with a header row and `#` comment lines on top."""
import csv
import json
import lzma
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
OWN = HERE / "own"

COLUMNS = {
    "states": "id kind name aliases adjectives nationals capital seats iso2 cow gw wikidata lat lon region start end successor within",
    "igos": "id acronym name aliases adjectives kind parent seat wikidata members start end seats",
    "groups": "id name aliases country kind wikidata start end",
    "organs": "id name aliases country kind",
    "people": "id name aliases family country wikidata",
    "offices": "person office state start end source",
    "titles": "office aliases states",
    "given": "name sex",
    "places": "name aliases country kind lat lon",
    "publishers": "name aliases country kind ownership domain",
}
COLUMNS = {table: names.split() for table, names in COLUMNS.items()}


def rows_of(text):
    """The rows of a table as dicts; missing trailing cells are empty."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    head = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) > len(head):
            raise ValueError(f"{len(cells)} cells under {len(head)} columns: {line[:80]!r}")
        rows.append(dict(zip(head, cells + [""] * (len(head) - len(cells)))))
    return rows


def read(path):
    return rows_of(path.read_text(encoding="utf-8"))


def own(name):
    """A hand-written table of `own/`, or no rows where it does not exist."""
    path = OWN / f"{name}.tsv"
    return read(path) if path.exists() else []


def render(table, rows, notes):
    """The text of a generated table: notes, header, rows."""
    columns = COLUMNS[table]
    lines = [f"# {note}" for note in notes] + ["\t".join(columns)]
    for row in rows:
        cells = [clean(row.get(column, "")) for column in columns]
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def clean(cell):
    return re.sub(r"\s+", " ", cell or "").strip()


def split(cell):
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def join(values, without=()):
    """The values in order, each once, without those that another cell already says."""
    return "|".join(dict.fromkeys(v for v in values if v and v not in without))


def ascii_fold(text):
    """Latin letters without their marks: `Élysée` -> `Elysee`, `Łódź` -> `Lodz`."""
    table = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "ı": "i", "æ": "ae",
                           "Æ": "Ae", "ə": "e", "Ə": "E", "þ": "th", "Þ": "Th", "ð": "d", "œ": "oe", "’": "'", "ʻ": "'",
                           "ʼ": "'", "‘": "'", "`": "'"})
    folded = unicodedata.normalize("NFKD", text.translate(table))
    return "".join(c for c in folded if not unicodedata.combining(c))


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", ascii_fold(text).lower().replace("'", "")).strip("-")


def csv_rows(path):
    """The rows of a comma-separated file, plain or xz."""
    data = lzma.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".xz" else open(
        path, encoding="utf-8-sig", newline="")
    with data as stream:
        return list(csv.DictReader(stream))


def json_of(path):
    return json.loads(path.read_text(encoding="utf-8"))
