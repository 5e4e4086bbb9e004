"""What goes wrong, in the program's own words."""

from __future__ import annotations


class Error(Exception):
    """Where it happened and what is wrong; :attr:`hint` says what to do next."""

    def __init__(self, what: str, hint: str | None = None) -> None:
        super().__init__(what, hint)
        self.what = what
        #: What to type or change next, if there is something to say.
        self.hint = hint

    def __str__(self) -> str:
        return self.what if self.hint is None else f"{self.what}\n  try: {self.hint}"


class NotFound(Error, LookupError):
    """The question was understood; the graph has nothing to show."""


class UsageError(Error, ValueError):
    """An argument that cannot be meant."""
