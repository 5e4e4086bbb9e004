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


class Side(TypedDict):
    """A side of an event."""

    id: str
    name: str
    kind: str
    country: Optional[str]
    #: The state or organisation that it counts for.
    home: str


class Event(TypedDict):
    """One happening, put together from claims."""

    id: str
    relation: str
    source: Side
    target: Side
    #: Both do the same, or it means nothing who is named first.
    mutual: bool
    first_date: Optional[str]
    last_date: Optional[str]
    place: Optional[str]
    #: reported, corroborated, claimed, intended, denied, disputed or hypothetical.
    status: str
    #: Publishers who tell of it in words of their own.
    sources: int
    confidence: float
    first_reported: Optional[str]
    last_reported: Optional[str]
    #: Ids of the facts that tell of it.
    claims: list[str]
    #: Ids of the intended events that it brings about.
    fulfils: list[str]
