"""A graph in a folder."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Optional, Union

from . import _native, commands, scoring, sparql, tables
from .commands import Option, Value
from .errors import NotFound
from .reading import Day, PathLike, article_of
from .types import Fact

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars

#: The name of an actor: any alias, an ISO code or a Wikidata id.
Name = str
Row = dict[str, Any]
Inputs = Union[PathLike, Iterable[Union[PathLike, Mapping[str, object]]]]


class Graph:
    """The graph of a folder. Each method is the command of that name; what is found comes back as dicts and lists.

    Keyword arguments are the options of the command (``diplograph between --help``), ``_`` for ``-``:
    ``graph.between("Iran", "Syria", since="2022", relation=["meet", "visit"])``.

    :param dir: the folder; a graph that is not there yet is made by :meth:`build`
    """

    def __init__(self, dir: PathLike = "diplograph-graph") -> None:
        self.dir = Path(dir)

    def __repr__(self) -> str:
        return f"Graph({str(self.dir)!r})"

    def run(self, command: str, *args: Value, **options: Option) -> Any:
        """Any command that prints JSON: ``graph.run("mediators")``, ``graph.run("rank", by="betweenness")``.

        :raises NotFound: there is nothing to show
        :raises Error: wrong use, or failure, in the program's own words
        """
        return commands.ask(command, *args, graph=self.dir, **options)

    def build(self, inputs: Inputs, **options: Option) -> str:
        """Reads articles, or rows of event data sets, and adds what they tell. Returns the account of it.

        The same article again changes nothing; one whose text has changed replaces its former facts.

        :param inputs: a file or folder, several of them, or articles as dicts (see :func:`diplograph.extract_many`)
        :param options: ``date``, ``source``, ``actors``, ``data``, ``prune``, ``no_text``, ...
        """
        if isinstance(inputs, (str, os.PathLike)):
            inputs = [inputs]
        paths: list[PathLike] = []
        with tempfile.TemporaryDirectory(prefix="diplograph-") as folder:
            given = Path(folder) / "articles.jsonl"
            with given.open("w", encoding="utf-8") as lines:
                for one in inputs:
                    if isinstance(one, Mapping):
                        lines.write(json.dumps(article_of(one)) + "\n")
                    else:
                        paths.append(one)
                if lines.tell():
                    paths.append(given)
            return commands.call("build", *paths, graph=self.dir, **options).strip()

    def between(self, a: Name, b: Name, **options: Option) -> dict[str, Any]:
        """What passed between two actors, with quotes and sources: ``a``, ``b`` and ``events`` in order of time.

        A state includes its persons and organs. Options: ``since``, ``until``, ``relation``, ``exact``, ``as_of``,
        ``known_by``.

        :raises NotFound: the graph has nobody of a name
        """
        found: dict[str, Any] = self.run("between", a, b, **options)
        return found

    def show(self, name: Name, **options: Option) -> dict[str, Any]:
        """Who somebody is: offices and other standing relations, partners, the latest events.

        :raises NotFound: the graph has nobody of that name
        """
        found: dict[str, Any] = self.run("show", name, **options)
        return found

    def timeline(self, a: Name, b: Name, by: str = "year", **options: Option) -> dict[str, Any]:
        """Two actors through time: ``points`` with cooperation, conflict and Goldstein's score, and the ``changes``.

        :param by: ``year`` or ``month``
        """
        found: dict[str, Any] = self.run("dyad", a, b, by=by, **options)
        return found

    def path(self, a: Name, b: Name, **options: Option) -> list[Row]:
        """The shortest chain of reported events from one actor to another, a step each; empty if there is none.

        :raises NotFound: the graph has nobody of a name
        """
        try:
            found: list[Row] = self.run("path", a, b, **options)["steps"]
        except NotFound as e:
            if e.what.startswith("no chain"):
                return []
            raise
        return found

    def why(self, id: str) -> list[Row]:
        """The sentence, the rule and the article behind a fact, or behind every fact of an event."""
        found: list[Row] = self.run("why", id)
        return found

    def facts(self) -> list[Fact]:
        """Every fact, in order of articles and places in them, as :func:`diplograph.extract` gives them."""
        return _native.facts(self.dir)

    def query(
        self,
        query: str,
        *,
        as_of: Optional[Day] = None,
        known_by: Optional[Day] = None,
        endpoint: Optional[str] = None,
        max_rows: int = 1_000_000,
        **params: Value,
    ) -> Any:
        """Asks in SPARQL 1.1, or a question that has a name (``graph.query("met", who="Assad")``).

        :param query: SPARQL, whose prefixes need no declaration; a file ``*.rq``; or a name of ``diplograph queries``
        :param params: what a named question needs to know
        :param endpoint: a SPARQL endpoint to ask in place of the folder
        :returns: of SELECT the rows as dicts, numbers and truth values as Python's own, unbound ones missing; of ASK a
            bool; of CONSTRUCT and DESCRIBE the triples as N-Triples
        """
        return sparql.ask(self.dir, query, params, as_of, known_by, endpoint, max_rows)

    def export(self, file: PathLike, **options: Option) -> None:
        """Writes the network, a table, the facts or the whole graph, as the file's ending tells.

        ``graphml``, ``gexf``, ``csv``, ``json``, ``cyjs``, ``dot``, ``geojson``, ``matrix.csv``, ``dyads.csv``,
        ``events.csv``, ``facts.csv``, ``ttl``, ``trig``, ``nt``, ``nq``, ``jsonld``, ``rdfxml``. Options: ``level``, ``layer``,
        ``since``, ``until``, ``relation``, ``measures``, ``undirected``, ``kinds``, ``split``, ...
        """
        commands.call("export", file, graph=self.dir, **options)

    def publish(self, endpoint: str, **options: Option) -> str:
        """Writes the whole graph to a SPARQL 1.1 store. Returns the account of it."""
        return commands.call("publish", endpoint=endpoint, graph=self.dir, **options).strip()

    def score(self, gold: PathLike, **options: Option) -> dict[str, Any]:
        """Precision and recall of the graph's facts against a gold file; see :func:`diplograph.score`."""
        return scoring.score(gold, self.facts(), **options)

    def to_networkx(self, **options: Option) -> networkx.DiGraph[str]:
        """The network of actors, with the nodes, edges and attributes that ``export`` writes.

        :param options: those of :meth:`export`; ``undirected=True`` gives a ``Graph``, ``kinds="relation"`` a
            ``MultiDiGraph``
        """
        return tables.networkx_graph(self.dir, options)

    def to_pandas(self, table: str = "edges", **options: Option) -> pandas.DataFrame:
        """A table as a pandas DataFrame.

        :param table: ``nodes``, ``edges``, ``events``, ``dyads`` or ``facts``
        :param options: those of :meth:`export`
        """
        import pandas

        return pandas.DataFrame(tables.columns(self.dir, table, options))

    def to_polars(self, table: str = "edges", **options: Option) -> polars.DataFrame:
        """The same as a polars DataFrame; ``.to_arrow()`` of it is an Arrow table, ``.write_parquet()`` a file for R."""
        import polars

        return polars.DataFrame(tables.columns(self.dir, table, options), infer_schema_length=None)
