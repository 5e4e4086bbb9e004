#!/usr/bin/env python3
"""Whether dumps in every RDF syntax are the same graph to us, to rdflib and to Oxigraph.

  scripts/interchange.py BINARY [GRAPH]        needs: pip install rdflib pyoxigraph

Canonical form: no blank nodes, so the sorted set of quads in N-Quads (of triples, for syntaxes without named graphs).
"""
import os, subprocess, sys, tempfile
import pyoxigraph as ox, rdflib

binary = os.path.abspath(sys.argv[1])
FORMATS = {  # ending: rdflib's name, pyoxigraph's format, whether it has named graphs
    "nq": ("nquads", ox.RdfFormat.N_QUADS, True), "trig": ("trig", ox.RdfFormat.TRIG, True),
    "jsonld": ("json-ld", ox.RdfFormat.JSON_LD, True), "nt": ("nt", ox.RdfFormat.N_TRIPLES, False),
    "ttl": ("turtle", ox.RdfFormat.TURTLE, False), "rdf": ("xml", ox.RdfFormat.RDF_XML, False),
}


def run(*args):
    done = subprocess.run([binary, *args], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def by_oxigraph(path, format, named):
    quads = ox.parse(path=path, format=format)
    return {str(q if named else q.triple) for q in quads}


def by_rdflib(path, format, named):
    """Read by rdflib, written by it as N-Quads, and that read by Oxigraph: one spelling of literals."""
    data = rdflib.Dataset() if named else rdflib.Graph()
    rdflib.NORMALIZE_LITERALS = False
    data.parse(path, format=format)
    if not named:
        text = data.serialize(format="nt")
        return {str(q.triple) for q in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)}
    text = data.serialize(format="nquads")
    text = text.replace(" <urn:x-rdflib:default> .", " .")
    return {str(q) for q in ox.parse(text, format=ox.RdfFormat.N_QUADS)}


faults = 0
with tempfile.TemporaryDirectory() as folder:
    graph = sys.argv[2] if len(sys.argv) > 2 else os.path.join(folder, "graph")
    if len(sys.argv) <= 2:
        run("bench", "generate", "--facts", "500", "--graph", graph)
    whole = run("export", "-", "--format", "nq", "--graph", graph)
    quads = {str(q) for q in ox.parse(whole, format=ox.RdfFormat.N_QUADS)}
    triples = {str(q.triple) for q in ox.parse(whole, format=ox.RdfFormat.N_QUADS)}
    for ending, (name, format, named) in FORMATS.items():
        path = os.path.join(folder, f"dump.{ending}")
        run("export", path, "--graph", graph)
        run("load", path, "--graph", os.path.join(folder, ending))
        expected = quads if named else triples
        results = {
            "diplograph": run("export", "-", "--format", "nq", "--graph", os.path.join(folder, ending)) == whole,
            "rdflib": by_rdflib(path, name, named) == expected,
            "oxigraph": by_oxigraph(path, format, named) == expected,
        }
        faults += sum(not r for r in results.values())
        print(f"{ending:7}", "  ".join(f"{who}: {'equal' if r else 'DIFFERENT'}" for who, r in results.items()))
    format_line = open(os.path.join(graph, "FORMAT")).read().split()
    if format_line[3:4] == ["rocksdb"]:
        held = {str(q) for q in ox.Store.read_only(os.path.join(graph, format_line[4]))}
        faults += held != quads
        print("store  ", "oxigraph opens the folder itself:", "equal" if held == quads else "DIFFERENT")
sys.exit(bool(faults))
