"""Reads articles on a Spark cluster: facts, events and the graph's quads, by the very code of the program.

>>> from diplograph import spark                                       # doctest: +SKIP
>>> facts = spark.extract(articles)                                    # doctest: +SKIP
>>> events = spark.events(facts)                                       # doctest: +SKIP

Needs pyspark 3.5 or later and pyarrow. Every Python worker loads one engine.
"""

from __future__ import annotations

import concurrent.futures
import functools
import itertools
import logging
import os
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from diplograph import _native
from diplograph.errors import UsageError
from diplograph.reading import FIELDS, article_of, engine

log = logging.getLogger("diplograph")

Rows = Iterator[dict[str, Any]]


def _struct(**fields: T.DataType) -> T.StructType:
    return T.StructType([T.StructField(name, kind) for name, kind in fields.items()])


_TEXT, _INT, _REAL, _BOOL = T.StringType(), T.LongType(), T.DoubleType(), T.BooleanType()
_TEXTS = T.ArrayType(_TEXT)
_ACTOR = _struct(name=_TEXT, country=_TEXT, id=_TEXT, kind=_TEXT, text=_TEXT)
_SIDE = _struct(id=_TEXT, name=_TEXT, kind=_TEXT, country=_TEXT, home=_TEXT)

#: A fact as :class:`diplograph.Fact`; then the pair of sides that it is about and the line that :func:`events` reads.
FACT = _struct(
    id=_TEXT,
    article=_TEXT,
    relation=_TEXT,
    source=_ACTOR,
    target=_ACTOR,
    date=_TEXT,
    place=_TEXT,
    status=_TEXT,
    attribution=_TEXT,
    role=_TEXT,
    mutual=_BOOL,
    confidence=_REAL,
    plover=_TEXT,
    cameo=_TEXT,
    rule=_TEXT,
    evidence=_struct(field=_TEXT, start=_INT, end=_INT, text=_TEXT),
    pair=_struct(a=_TEXT, b=_TEXT),
    claim=_TEXT,
)
_DESCRIBED = _struct(id=_TEXT, order=_TEXT, nquads=_TEXT)
#: An article with what was read in it; actors stand apart from the other N-Quads.
READING = _struct(id=_TEXT, facts=T.ArrayType(FACT), nquads=_TEXT, actors=T.ArrayType(_DESCRIBED))
#: An event as :class:`diplograph.types.Event`.
EVENT = _struct(
    id=_TEXT,
    relation=_TEXT,
    source=_SIDE,
    target=_SIDE,
    mutual=_BOOL,
    first_date=_TEXT,
    last_date=_TEXT,
    place=_TEXT,
    status=_TEXT,
    sources=_INT,
    confidence=_REAL,
    first_reported=_TEXT,
    last_reported=_TEXT,
    claims=_TEXTS,
    fulfils=_TEXTS,
)
#: The events of a pair of sides, and all that follows from its claims as N-Quads.
DERIVED = _struct(events=T.ArrayType(EVENT), nquads=_TEXT)
#: Articles that are read at a time: a worker has one core.
BATCH = 16
#: Rows, and characters of text, that a worker holds as Python objects at a time.
ROWS, TEXT = 256, 4 << 20


def read(articles: DataFrame, nquads: bool = False) -> DataFrame:
    """What is read in each article: a row of :data:`READING` for each that is in English and not empty.

    :param articles: columns ``id`` (no two the same) and ``text``, and any of ``title``, ``date``, ``source``, ``url``
    :param nquads: give each document as N-Quads, too
    """
    missing = {"id", "text"} - set(articles.columns)
    if missing:
        raise UsageError(f"no column {' and no '.join(sorted(missing))} in the DataFrame", "articles.withColumnRenamed(...)")
    known = [F.col(name).cast("string").alias(name) for name in FIELDS if name in articles.columns]
    return _map(articles.select(known), lambda rows: _readings(rows, nquads), READING)


def extract(articles: DataFrame) -> DataFrame:
    """The facts of articles, a row of :data:`FACT` each; see :func:`read` for the columns."""
    return facts_of(read(articles))


def facts_of(readings: DataFrame) -> DataFrame:
    """The facts of readings, a row each."""
    return readings.select(F.explode("facts").alias("fact")).select("fact.*")


def events(facts: DataFrame) -> DataFrame:
    """The events that facts tell of, a row of :data:`EVENT` each.

    Facts about the same two sides come together on one worker, as they do in a graph; no pair of sides needs another.

    :param facts: what :func:`extract` gives
    """
    return _map(_by_pair(facts), _events, EVENT)


def derived(facts: DataFrame) -> DataFrame:
    """All that follows from facts: a row of :data:`DERIVED` for each pair of sides, with its events, and with its events, durable
    relations and edges as N-Quads."""
    return _map(_by_pair(facts), _derived, DERIVED)


def nodes(facts: DataFrame) -> DataFrame:
    """The actors of facts: ``id``, ``name``, ``kind``, ``country`` and in how many facts they are."""
    sides = facts.select(F.explode(F.array("source", "target")).alias("actor")).select("actor.*")
    # Of several descriptions the first in order, so that every run says the same.
    named = F.min(F.struct("name", "kind", "country")).alias("is_")
    return sides.groupBy("id").agg(named, F.count("*").alias("facts")).select("id", "is_.*", "facts")


def edges(events: DataFrame) -> DataFrame:
    """Reported events, counted by source, target and relation."""
    held = events.where(F.col("status").isin("reported", "corroborated"))
    by = [F.col("source.id").alias("source"), F.col("target.id").alias("target"), "relation", "mutual"]
    return held.groupBy(*by).agg(
        F.count("*").alias("events"),
        F.min("first_date").alias("first_date"),
        F.max("last_date").alias("last_date"),
        F.max("sources").alias("sources"),
    )


def actors_nquads(readings: DataFrame) -> DataFrame:
    """The records of actors as N-Quads, a row with a ``value`` each. Texts may describe one that no table knows in several ways:
    as in a graph, the first in order holds."""
    actors = readings.select(F.explode("actors").alias("actor")).select("actor.*")
    first = F.min(F.struct("order", "nquads")).alias("first")
    return actors.groupBy("id").agg(first).select(F.col("first.nquads").alias("value"))


def save(articles: DataFrame, folder: str, nquads: bool = True) -> None:
    """Reads articles and writes the tables ``claims``, ``events``, ``nodes`` and ``edges`` as Parquet into a folder, and the
    graph as N-Quads in ``nquads``, in shards that any store loads in any order.

    Shards repeat a line here and there: the graph is the set of their lines.
    """
    session: SparkSession = articles.sparkSession
    # Reading is what takes long: it is written, and then read from there.
    read(articles, nquads).write.mode("overwrite").parquet(f"{folder}/readings")
    readings = session.read.parquet(f"{folder}/readings")
    facts = facts_of(readings)
    # Claims go to the workers of their pairs once, for events and quads together.
    pairs = derived(facts) if nquads else events(facts).select(F.array(F.struct("*")).alias("events"))
    tables = {"claims": facts.drop("claim"), "nodes": nodes(facts), "pairs": pairs}
    _together(*(_written(table, f"{folder}/{name}") for name, table in tables.items()))
    pairs = session.read.parquet(f"{folder}/pairs")
    told = pairs.select(F.explode("events").alias("event")).select("event.*")
    jobs = [_written(told, f"{folder}/events"), _written(edges(told), f"{folder}/edges")]
    _together(*jobs, *([functools.partial(_shards, readings, pairs, folder)] if nquads else []))


def _shards(readings: DataFrame, pairs: DataFrame, folder: str) -> None:
    """Writes the graph as N-Quads."""
    common = readings.sparkSession.createDataFrame([(_native.common_nquads(),)], "value string")
    written = [frame.select(F.col("nquads").alias("value")) for frame in (readings, pairs)]
    quads = written[0].union(written[1]).union(common).union(actors_nquads(readings))
    # Each value ends its last line itself.
    whole = quads.select(F.expr("trim(TRAILING '\n' FROM value)").alias("value")).where("value <> ''")
    whole.write.mode("overwrite").text(f"{folder}/nquads")


def _written(table: DataFrame, path: str) -> Callable[[], object]:
    """Writes a table as Parquet, when it is called."""
    return lambda: table.write.mode("overwrite").parquet(path)


def _together(*jobs: Callable[[], object]) -> None:
    """Runs jobs beside each other, so that no core waits for the last task of one."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for done in [pool.submit(job) for job in jobs]:
            done.result()


def _by_pair(facts: DataFrame) -> DataFrame:
    claims = facts.select(F.col("pair.a").alias("a"), F.col("pair.b").alias("b"), "claim")
    return claims.repartition("a", "b").sortWithinPartitions("a", "b")


def _map(frame: DataFrame, run: Callable[[Rows], Iterable[dict[str, Any]]], schema: T.StructType) -> DataFrame:
    """Runs a function of rows on the workers, where rows come and go as Arrow batches."""

    def batches(given: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        from pyspark.sql.pandas.types import to_arrow_schema

        # Spark runs a worker a core.
        os.environ.setdefault("RAYON_NUM_THREADS", "1")
        arrow = to_arrow_schema(schema)
        for some in _portions(run(_unpacked(given))):
            yield pyarrow.RecordBatch.from_pylist(some, schema=arrow)

    return frame.mapInArrow(batches, schema)


def _unpacked(given: Iterator[Any]) -> Rows:
    """The rows of Arrow batches, of which Spark makes some of ten thousand rows."""
    for batch in given:
        for start in range(0, batch.num_rows, ROWS):
            yield from batch.slice(start, ROWS).to_pylist()


def _portions(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """So many rows, or so much text, as one Arrow batch may hold."""
    some: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        some.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(some) == ROWS or size > TEXT:
            yield some
            some, size = [], 0
    if some:
        yield some


def _readings(rows: Rows, nquads: bool) -> Rows:
    intake, native = _native.Intake(None, None), engine()._native
    while batch := [article_of(row) for row in itertools.islice(rows, BATCH)]:
        told, notes = native.read_claims(intake, batch, nquads)
        for note in notes:
            log.warning("%s", note)
        for article, one in zip(batch, told):
            if one is not None:
                facts, document, actors = one
                yield {
                    "id": article["id"],
                    "facts": [_fact(*fact) for fact in facts],
                    "nquads": document or None,
                    "actors": [dict(zip(_DESCRIBED.names, actor)) for actor in actors],
                }


def _fact(fact: Any, pair: tuple[str, str], claim: str) -> dict[str, Any]:
    return {"mutual": False, **fact, "pair": {"a": pair[0], "b": pair[1]}, "claim": claim}


def _pairs(rows: Rows) -> Iterator[tuple[str, str, list[str]]]:
    for (a, b), of_pair in itertools.groupby(rows, lambda row: (row["a"], row["b"])):
        yield a, b, [row["claim"] for row in of_pair]


def _events(rows: Rows) -> Iterator[Any]:
    for _, _, claims in _pairs(rows):
        yield from _native.events(claims)


def _derived(rows: Rows) -> Rows:
    for a, b, claims in _pairs(rows):
        yield dict(zip(DERIVED.names, _native.derived(a, b, claims)))


def main() -> None:
    """``spark-submit .../diplograph/jobs/spark.py ARTICLES FOLDER``: reads Parquet or JSON Lines, writes what :func:`save` does."""
    import sys

    if len(sys.argv) != 3:
        raise SystemExit("usage: spark-submit spark.py ARTICLES FOLDER")
    source, folder = sys.argv[1:]
    session = SparkSession.builder.appName("diplograph").getOrCreate()
    parquet = Path(source).suffix == ".parquet"
    save(session.read.parquet(source) if parquet else session.read.json(source), folder)

