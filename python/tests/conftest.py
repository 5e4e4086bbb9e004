"""The sample articles as a graph, made once, and the program beside the package."""

import os
import subprocess
from pathlib import Path

import pytest

import diplograph

ROOT = Path(__file__).parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
ARTICLES = ROOT / "data" / "articles"


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def graph(tmp_path_factory):
    graph = diplograph.Graph(tmp_path_factory.mktemp("graph") / "demo")
    graph.build(ARTICLES)
    return graph


@pytest.fixture(scope="session")
def program():
    """Runs the program; returns what it prints."""

    def run(*args):
        done = subprocess.run([TARGET / "release" / "diplograph", *map(str, args)], capture_output=True, text=True)
        assert done.returncode in (0, 1, 3), done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def articles():
    """The sample articles as dicts."""
    return [article(file) for file in sorted(ARTICLES.glob("*.txt"))]


def article(file):
    """A headline, lines of metadata, a blank line, the text."""
    head, text = file.read_text().split("\n\n", 1)
    title, *lines = head.splitlines()
    given = dict(line.lower().split(": ", 1) for line in lines[:1]) | {"source": lines[1].split(": ", 1)[1]}
    return {"id": file.stem, "title": title, "text": text, **given}


@pytest.fixture(autouse=True)
def namespace(doctest_namespace, graph, monkeypatch, tmp_path):
    """What the examples of README.md and docs/python.md start from: a folder with the sample articles, and a graph of them."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    doctest_namespace["graph"] = graph
