"""The named questions, asked of the demo graph by diplograph and by rdflib: do both find as many rows?

    pip install rdflib
    python3 scripts/rdflib_queries.py target/release/diplograph
"""

import json
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import rdflib

LIMIT = 60  # seconds that rdflib, which joins sub-queries row by row, may take for one question

ROOT = Path(__file__).resolve().parent.parent


def prefixes() -> str:
    """The prefixes that diplograph knows without declaration, as it writes them at the head of Turtle."""
    text = (ROOT / "data/ontology/actions.ttl").read_text()
    return "\n".join(f"PREFIX {p}: <{iri}>" for p, iri in re.findall(r"^@prefix (\S+): <(.*?)> \.$", text, re.M))


def rows(dataset: rdflib.Dataset, sparql: str) -> int | None:
    """How many rows rdflib finds; None if it takes too long."""

    def stop(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    try:
        return len(list(dataset.query(sparql)))
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def main(binary: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        graph = f"{folder}/graph"
        run = lambda *args: subprocess.run([binary, *args], check=False, capture_output=True, text=True)
        built = run("build", str(ROOT / "data/articles"), "--graph", graph)
        if built.returncode:
            sys.exit(built.stderr)
        run("export", f"{folder}/graph.nq", "--graph", graph)
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(f"{folder}/graph.nq", format="nquads")
        asked = wrong = late = 0
        for file in sorted((ROOT / "queries").glob("*.rq")):
            csv = run("query", str(file), "--format", "json", "--graph", graph)
            ours = len(json.loads(csv.stdout)["results"]["bindings"]) if csv.stdout else 0
            theirs = rows(dataset, prefixes() + "\n" + file.read_text())
            differ = theirs is not None and ours != theirs
            asked, wrong, late = asked + 1, wrong + differ, late + (theirs is None)
            verdict = f"   more than {LIMIT} s in rdflib" if theirs is None else "   DIFFERENT" * differ
            print(f"{file.stem:18}{ours:6}{'' if theirs is None else theirs:>6}{verdict}")
    print(f"{asked - wrong - late} agree, {wrong} differ, {late} not answered in time by rdflib")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
