"""The part in Rust. Use the package `diplograph`, which wraps it."""

import os
from typing import Final, Optional, Sequence, final

from .reading import Article
from .types import Fact

version: Final[str]

@final
class Intake:
    def __new__(cls, date: Optional[str], source: Optional[str]) -> Intake: ...

@final
class Engine:
    def __new__(cls, data: Optional[os.PathLike[str]], actors: Sequence[os.PathLike[str]]) -> Engine: ...
    def version(self) -> str: ...
    def read(self, intake: Intake, articles: Sequence[Article]) -> tuple[list[list[Fact]], list[str]]: ...

def call(args: Sequence[str]) -> tuple[int, bytes, list[str]]: ...
def facts(dir: os.PathLike[str]) -> list[Fact]: ...
