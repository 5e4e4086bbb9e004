"""Articles in, facts out; nothing is stored."""

from __future__ import annotations

import datetime
import functools
import itertools
import logging
import os
from pathlib import Path
from typing import Iterable, Iterator, Mapping, Optional, TypedDict, Union

from . import _native
from .errors import UsageError
from .types import Fact

log = logging.getLogger("diplograph")

#: A path of a file or folder.
PathLike = Union[str, "os.PathLike[str]"]
#: A day, as text in any usual form or as a date.
Day = Union[str, datetime.date]
#: Articles that are read at a time: enough for all cores, few enough for memory.
BATCH = 128

FIELDS = ("id", "title", "date", "source", "url", "text")


class Article(TypedDict):
    """An article as the part in Rust takes it."""

    id: Optional[str]
    title: Optional[str]
    date: Optional[str]
    source: Optional[str]
    url: Optional[str]
    text: str


class Engine:
    """The language model, the names and the rules, loaded once and shared by all threads.

    :func:`extract` and :func:`extract_many` make and keep one. Make your own for other data.

    :param data: a folder with ``gazetteer/``, ``rules/`` and ``models/`` to use in place of the built-in ones
    :param actors: CSV tables of actors of your own, which win over ours
    :raises Error: the data cannot be read
    """

    def __init__(self, data: PathLike | None = None, actors: Iterable[PathLike] = ()) -> None:
        self._native = _native.Engine(None if data is None else Path(data), [Path(a) for a in actors])

    @property
    def version(self) -> str:
        """The program's version with a hash of its data: readings of one version are the same everywhere."""
        return self._native.version()

    def extract(
        self,
        text: str,
        *,
        date: Day | None = None,
        source: str | None = None,
        title: str | None = None,
        url: str | None = None,
        id: str | None = None,
    ) -> list[Fact]:
        """The facts of one article, as ``diplograph extract`` prints them; see :func:`extract`."""
        article = {"text": text, "date": date, "source": source, "title": title, "url": url, "id": id or "article"}
        return next(self.extract_many([article]))

    def extract_many(
        self,
        articles: Iterable[str | Mapping[str, object]],
        *,
        date: Day | None = None,
        source: str | None = None,
    ) -> Iterator[list[Fact]]:
        """The facts of each article, in their order; see :func:`extract_many`."""
        intake = _native.Intake(None if date is None else str(date), source)
        given = map(article_of, articles)
        while batch := list(itertools.islice(given, BATCH)):
            facts, notes = self._native.read(intake, batch)
            for note in notes:
                log.warning("%s", note)
            yield from facts


def article_of(given: str | Mapping[str, object]) -> Article:
    """An article with all its fields, each as text or ``None``."""
    if isinstance(given, str):
        given = {"text": given}
    if "text" not in given:
        raise UsageError(f"no field 'text' among {', '.join(given)}", "give a str, or a dict with " + ", ".join(FIELDS))
    cell = functools.partial(_cell, given)
    return {
        "id": cell("id"),
        "title": cell("title"),
        "date": cell("date"),
        "source": cell("source"),
        "url": cell("url"),
        "text": cell("text") or "",
    }


def _cell(row: Mapping[str, object], name: str) -> str | None:
    value = row.get(name)
    # What pandas puts into an empty cell is the one value that differs from itself.
    return None if value is None or value != value else str(value)


@functools.lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine with the built-in data."""
    return Engine()


def extract(
    text: str,
    *,
    date: Day | None = None,
    source: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
) -> list[Fact]:
    """The facts of one article, as a list of dicts just as ``diplograph extract`` prints them.

    A text that is empty or not in English has none, and a warning of the logger ``diplograph`` says why.

    :param text: the body of the article
    :param date: the day of publication, from which "last Tuesday" is told; ``2022-05-08``, ``8 May 2022`` or a date
    :param source: the publisher
    :param title: the headline, which is read too
    :param id: its name in the facts
    """
    return engine().extract(text, date=date, source=source, title=title, url=url, id=id)


def extract_many(
    articles: Iterable[str | Mapping[str, object]],
    *,
    date: Day | None = None,
    source: str | None = None,
) -> Iterator[list[Fact]]:
    """The facts of each article, in their order, read on all cores without holding Python's lock.

    Articles are taken and given back in batches of 128, so that a generator of millions needs no more memory.

    :param articles: texts, or dicts with ``text`` and any of ``id``, ``title``, ``date``, ``source``, ``url``; an
        article without an id is called by its number, and one with an id that was there before gets ``-2`` behind it
    :param date: the date of articles that give none
    :param source: the publisher of articles that name none
    """
    return engine().extract_many(articles, date=date, source=source)
