"""Calls commands of the program, in this process."""

from __future__ import annotations

import datetime
import json
import logging
import os
from typing import Iterable, Mapping, Union

from . import _native
from .errors import NotFound

log = logging.getLogger("diplograph")

Value = Union[None, bool, int, float, str, "os.PathLike[str]", datetime.date]
#: What an option may be: left out (None, False), a flag (True), a value, or several.
Option = Union[Value, Iterable[Value]]
#: The status of a command that found nothing.
NOTHING = 1


def words(options: Mapping[str, Option]) -> list[str]:
    """Options as the command line has them: ``min_events=2`` is ``--min-events=2``."""
    found: list[str] = []
    for name, value in options.items():
        flag = "--" + name.rstrip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            found.append(flag)
        elif isinstance(value, (str, int, float, os.PathLike, datetime.date)):
            found.append(f"{flag}={_word(value)}")
        else:
            found.extend(f"{flag}={_word(v)}" for v in value)
    return found


def _word(value: Value) -> str:
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


def call(command: str, *args: Value, **options: Option) -> str:
    """What the command prints. Its remarks go to the logger ``diplograph``.

    :raises Error: it failed, in its own words
    :raises NotFound: it found nothing to print
    """
    return run(command, args, words(options))


def ask(command: str, *args: Value, **options: Option) -> object:
    """What the command prints as JSON."""
    answer: object = json.loads(call(command, *args, json=True, **options))
    return answer


def run(command: str, args: Iterable[Value], typed: Iterable[str], behind: Iterable[str] = ()) -> str:
    """The same with options already typed; those of ``behind`` stand after the arguments."""
    status, printed, notes = _native.call([command, *typed, "--", *map(_word, args), *behind])
    if status == NOTHING and not printed.strip():
        _nothing(notes)
    for note in notes:
        log.info("%s", note)
    return printed.decode()


def _nothing(notes: list[str]) -> None:
    tips = [note.split("try: ", 1)[1] for note in notes if note.startswith("  try: ")]
    said = [note for note in notes if not note.startswith("  try: ")]
    raise NotFound("; ".join(said) or "nothing found", tips[0] if tips else None)
