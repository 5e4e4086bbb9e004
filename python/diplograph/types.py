"""The shapes of what comes back, as ``diplograph extract`` prints it."""

from __future__ import annotations

from typing import Optional, TypedDict


class Actor(TypedDict):
    """A side of a fact."""

    name: str
    #: ISO 3166 code of the state that the actor belongs to.
    country: Optional[str]
    #: ISO code of a state, Wikidata id of a person, or a name of ours.
    id: str
    #: state, person, igo, organ, group, ...
    kind: str
    #: The words of the mention.
    text: str


class Evidence(TypedDict):
    """Where a fact was read: ``article[field][start:end] == text``."""

    #: ``title`` or ``text``.
    field: str
    start: int
    end: int
    text: str


class _Always(TypedDict):
    id: str
    article: str
    relation: str
    source: Actor
    target: Actor
    #: ISO 8601: a day, a month, a year or an interval.
    date: Optional[str]
    place: Optional[str]
    #: asserted, planned, possible or denied.
    status: str
    #: Who says so, where the writer does not vouch for it.
    attribution: Optional[str]
    role: Optional[str]
    #: How likely a careful reader takes it for a fact, 0 to 1.
    confidence: float
    plover: str
    cameo: str
    rule: str
    evidence: Evidence


class Fact(_Always, total=False):
    """A claim with its evidence."""

    #: Of promises that both sides give, where the direction means nothing; else missing.
    mutual: bool
