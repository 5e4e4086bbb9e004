"""The named questions, asked of the demo graph by diplograph and by rdflib: do both find as many rows?

    pip install rdflib
    python3 scripts/rdflib_queries.py target/release/diplograph
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import rdflib

ROOT = Path(__file__).resolve().parent.parent


def prefixes() -> str:
    """The prefixes that diplograph knows without declaration, as it writes them at the head of Turtle."""
    text = (ROOT / "data/ontology/actions.ttl").read_text()
    return "\n".join(f"PREFIX {p}: <{iri}>" for p, iri in re.findall(r"^@prefix (\S+): <(.*?)> \.$", text, re.M))


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
        wrong = 0
        for file in sorted((ROOT / "queries").glob("*.rq")):
            csv = run("query", str(file), "--format", "json", "--graph", graph)
            ours = len(json.loads(csv.stdout)["results"]["bindings"]) if csv.stdout else 0
            theirs = len(list(dataset.query(prefixes() + "\n" + file.read_text())))
            wrong += ours != theirs
            print(f"{file.stem:18}{ours:6}{theirs:6}{'' if ours == theirs else '   DIFFERENT'}")
    print("all agree" if not wrong else f"{wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
