"""Questions to a graph, and their answers in Python's types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Mapping, Optional

from . import commands
from .commands import Value
from .errors import NotFound
from .reading import Day

XSD = "http://www.w3.org/2001/XMLSchema#"
#: Datatypes that Python has; other literals stay text.
TYPES: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys([XSD + "integer", XSD + "int", XSD + "long", XSD + "nonNegativeInteger"], int),
    **dict.fromkeys([XSD + "decimal", XSD + "double", XSD + "float"], float),
    XSD + "boolean": lambda text: text in ("true", "1"),
}
#: How queries begin, behind prefixes and comments.
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE", "#")


def ask(
    dir: Path,
    query: str,
    params: Mapping[str, Value],
    as_of: Optional[Day],
    known_by: Optional[Day],
    endpoint: Optional[str],
    max_rows: int,
) -> Any:
    """Asks the program; see :meth:`diplograph.Graph.query`."""
    text = query.lstrip().upper().startswith(FORMS)
    triples = text and form(query) in ("CONSTRUCT", "DESCRIBE")
    options = {
        "graph": dir,
        "as_of": as_of,
        "known_by": known_by,
        "endpoint": endpoint,
        "max_rows": max_rows,
        # A limit ends the process, which is Python's here.
        "timeout": 0,
        "max_memory": 0,
        "format": "nt" if triples else "json",
        "text": query if text else None,
    }
    behind = commands.words(params)
    try:
        printed = commands.run("query", [] if text else [query], commands.words(options), behind)
    except NotFound as e:
        if e.what == "no answer":
            return "" if triples else []
        raise
    return printed if triples else answers(json.loads(printed))


def form(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE: the first word behind comments and the prologue."""
    for line in query.splitlines():
        words = line.split("#", 1)[0].split() if line.lstrip().startswith("#") else line.split()
        while words and words[0].upper() in ("PREFIX", "BASE"):
            words = words[3:] if words[0].upper() == "PREFIX" else words[2:]
        if words:
            return words[0].upper().split("{")[0].split("*")[0]
    return ""


def answers(results: Any) -> Any:
    """Rows of SPARQL's JSON results as dicts, or the truth value."""
    if "boolean" in results:
        return results["boolean"]
    return [{name: plain(term) for name, term in row.items()} for row in results["results"]["bindings"]]


def plain(term: Mapping[str, str]) -> Any:
    """A term as Python has it."""
    to = TYPES.get(term.get("datatype", ""))
    return to(term["value"]) if to else term["value"]
