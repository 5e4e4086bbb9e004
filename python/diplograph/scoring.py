"""Precision and recall against a gold file."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Iterable, Union

from . import commands
from .commands import Option
from .reading import PathLike
from .types import Fact


def score(gold: PathLike, articles: Union[PathLike, Iterable[Fact]], **options: Option) -> dict[str, Any]:
    """Scores the program's own reading of articles, or facts that are given, against a gold file.

    :param gold: what a careful reader finds: JSON Lines, an article a line (see ``tests/corpus/README.md``)
    :param articles: a file or folder of articles, or facts as :func:`diplograph.extract` gives them
    :param options: ``by_relation``, ``split``, ...
    :returns: the figures of ``diplograph score --json``
    """
    if isinstance(articles, (str, os.PathLike)):
        return _figures(commands.ask("score", gold, articles, **options))
    with tempfile.TemporaryDirectory(prefix="diplograph-") as folder:
        system = Path(folder) / "facts.jsonl"
        with system.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(fact) + "\n" for fact in articles)
        return _figures(commands.ask("score", gold, system=system, **options))


def _figures(answer: Any) -> dict[str, Any]:
    figures: dict[str, Any] = answer
    return figures
