"""Tables and networks in the types of other packages. Cells are those that ``export`` writes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Mapping

from . import commands
from .commands import Option
from .errors import UsageError

if TYPE_CHECKING:
    import networkx

Columns = dict[str, list[Any]]

INTS = (
    "quad_class sources ccode1 ccode2 gwno1 gwno2 year month events verbal_cooperation material_cooperation verbal_conflict "
    "material_conflict start end sentence_start"
).split()
FLOATS = "goldstein confidence goldstein_mean goldstein_min confidence_mean".split()
#: Columns of CSV tables that are no text.
TYPES: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(INTS, int),
    **dict.fromkeys(FLOATS, float),
    "symmetric": lambda cell: cell == "yes",
    "mutual": lambda cell: cell == "yes",
}
NETWORKS = ("nodes", "edges")
TABLES = ("events", "dyads", "facts")


def columns(dir: Path, table: str, options: Mapping[str, Option]) -> Columns:
    """A table, column by column; empty cells are ``None``."""
    if table in NETWORKS:
        return of_rows(node_link(dir, options)[table])
    if table in TABLES:
        return of_csv(commands.call("export", "-", format=f"{table}.csv", graph=dir, **options))
    raise UsageError(f"'{table}' is no table", ", ".join(NETWORKS + TABLES))


def node_link(dir: Path, options: Mapping[str, Option]) -> Any:
    """The network as node-link JSON."""
    return json.loads(commands.call("export", "-", format="json", graph=dir, **options))


def of_rows(rows: list[dict[str, Any]]) -> Columns:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def of_csv(text: str) -> Columns:
    head, *rows = csv.reader(io.StringIO(text))
    cells = zip(*rows) if rows else ([] for _ in head)
    return {name: [_cell(name, cell) for cell in column] for name, column in zip(head, cells)}


def _cell(name: str, cell: str) -> Any:
    return TYPES.get(name, str)(cell) if cell else None


def networkx_graph(dir: Path, options: Mapping[str, Option]) -> networkx.DiGraph[str]:
    """The network with all attributes; `name` is the label of a node in networkx, so ours keeps its own `label`."""
    import networkx

    data = node_link(dir, options)
    kinds: dict[tuple[bool, bool], Any] = {
        (True, False): networkx.DiGraph,
        (False, False): networkx.Graph,
        (True, True): networkx.MultiDiGraph,
        (False, True): networkx.MultiGraph,
    }
    graph = kinds[data["directed"], data["multigraph"]]()
    for node in data["nodes"]:
        graph.add_node(node.pop("id"), **node)
    for edge in data["edges"]:
        ends = [edge.pop("source"), edge.pop("target"), *([edge.pop("key")] if data["multigraph"] else [])]
        graph.add_edge(*ends, **edge)
    found: networkx.DiGraph[str] = graph
    return found
