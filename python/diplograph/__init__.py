"""Reads news articles and builds a knowledge graph of diplomatic relations in which every edge cites its sentence.

>>> import diplograph
>>> facts = diplograph.extract("President Ebrahim Raisi received Bashar al-Assad in Tehran.", date="2022-05-08")
>>> facts[0]["relation"], facts[0]["source"]["name"], facts[0]["target"]["name"]
('meet', 'Ebrahim Raisi', 'Bashar al-Assad')

The package is the program: the same model, names and rules, the same words in its errors. What a command would remark on
standard error goes to the logger ``diplograph``.
"""

from ._native import version as __version__
from .errors import Error, NotFound, UsageError
from .graph import Graph
from .reading import Article, Engine, extract, extract_many
from .scoring import score
from .types import Actor, Evidence, Fact

__all__ = [
    "Actor",
    "Article",
    "Engine",
    "Error",
    "Evidence",
    "Fact",
    "Graph",
    "NotFound",
    "UsageError",
    "__version__",
    "extract",
    "extract_many",
    "score",
]
