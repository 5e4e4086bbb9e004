#!/usr/bin/env python3
"""Whether `diplograph check` and pySHACL with data/shapes agree, on a good graph and on broken ones.

  scripts/shapes.py BINARY        needs: pip install pyshacl

Both must find the good graph sound, and both must find each broken one broken. Two rules are beyond SHACL, which knows no
named graphs and no history: `two-graphs` and `edge`. For them only `check` has to speak.
"""
import os, subprocess, sys, tempfile
import rdflib, pyshacl

binary = os.path.abspath(sys.argv[1])
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
shapes = rdflib.Graph().parse(os.path.join(root, "data/shapes/diplograph.ttl"))

ONE = "{ SELECT ?s WHERE { GRAPH ?g { ?s a %s } } ORDER BY ?s LIMIT 1 }"
EVENT = "{ SELECT ?s WHERE { ?s a dg:Event } ORDER BY ?s LIMIT 1 }"
BROKEN = {
    "nameless actor": "DELETE { ?s rdfs:label ?x } WHERE { { SELECT ?s WHERE { ?s a dg:Actor } ORDER BY ?s LIMIT 1 } ?s rdfs:label ?x }",
    "actor without id": "DELETE { ?s dg:slug ?x } WHERE { { SELECT ?s WHERE { ?s a dg:Actor } ORDER BY ?s LIMIT 1 } ?s dg:slug ?x }",
    "unknown actor": "INSERT { GRAPH ?g { ?s dg:speaker entity:nobody } } WHERE { { SELECT ?s ?g WHERE { GRAPH ?g { ?s a dg:Claim FILTER NOT EXISTS { ?s dg:speaker ?o } } } ORDER BY ?s LIMIT 1 } }",
    "wrong offsets": "DELETE { GRAPH ?g { ?s oa:end ?x } } INSERT { GRAPH ?g { ?s oa:end 99999 } } WHERE { " + ONE % "oa:TextQuoteSelector" + " GRAPH ?g { ?s oa:end ?x } }",
    "wrong words": "DELETE { GRAPH ?g { ?q oa:exact ?x } } INSERT { GRAPH ?g { ?q oa:exact ?y } } WHERE { " + ONE % "dg:Claim" + " GRAPH ?g { ?s dg:quote ?q . ?q oa:exact ?x } BIND(REPLACE(?x, '.', 'x') AS ?y) }",
    "event without claim": "DELETE { ?c dg:about ?s } WHERE { " + EVENT + " ?c dg:about ?s }",
    "inverted dates": "DELETE { ?s sem:hasEarliestBeginTimeStamp ?d } INSERT { ?s sem:hasEarliestBeginTimeStamp '2999-01-01'^^xsd:date } WHERE { { SELECT ?s WHERE { ?s a dg:Event ; sem:hasEarliestBeginTimeStamp ?x } ORDER BY ?s LIMIT 1 } ?s sem:hasEarliestBeginTimeStamp ?d }",
    "dated event without a precision": "DELETE { ?s dg:precision ?p } INSERT { ?s dg:precision 'none' } WHERE { { SELECT ?s WHERE { ?s a dg:Event ; sem:hasEarliestBeginTimeStamp ?x } ORDER BY ?s LIMIT 1 } ?s dg:precision ?p }",
    "no words": "DELETE { GRAPH ?g { ?s oa:exact ?x } } WHERE { " + ONE % "oa:TextQuoteSelector" + " GRAPH ?g { ?s oa:exact ?x } }",
    "not derived": "INSERT DATA { entity:SYR dg:stale true }",
    "claim without quote": "DELETE { GRAPH ?g { ?s dg:quote ?q } } WHERE { " + ONE % "dg:Claim" + " GRAPH ?g { ?s dg:quote ?q } }",
    "claim without confidence": "DELETE { GRAPH ?g { ?s dg:confidence ?q } } WHERE { " + ONE % "dg:Claim" + " GRAPH ?g { ?s dg:confidence ?q } }",
}
TEXTLESS = {  # in a graph that keeps hashes in place of words
    "words where none are kept": "INSERT { GRAPH ?g { ?s oa:exact 'words' } } WHERE { " + ONE % "oa:TextQuoteSelector" + " GRAPH ?g { ?s a oa:TextQuoteSelector } }",
    "neither words nor hash": "DELETE { GRAPH ?g { ?s dg:sha256 ?x } } WHERE { " + ONE % "oa:TextQuoteSelector" + " GRAPH ?g { ?s dg:sha256 ?x } }",
}
BEYOND = {
    "triple in two graphs": "INSERT { ?s dct:title ?t } WHERE { { SELECT ?s ?t WHERE { GRAPH ?s { ?s dct:title ?t } } ORDER BY ?s LIMIT 1 } }",
    "edge without event": "INSERT DATA { entity:USA dg:met entity:nowhere . entity:nowhere a dg:Actor , dg:State ; rdfs:label 'Nowhere'@en ; dg:slug 'nowhere' }",
}


def run(*args):
    return subprocess.run([binary, *args], capture_output=True, text=True)


def verdicts(folder, name, update):
    graph = os.path.join(folder, name.replace(" ", "-"))
    built = run("bench", "generate", "--facts", "100", "--graph", graph)
    assert built.returncode == 0, built.stderr
    if name in TEXTLESS or name == "good without text":
        dump, graph = graph + ".trig", graph + "-bare"
        for args in (("export", dump, "--no-text", "--graph", graph[:-5]), ("load", dump, "--graph", graph)):
            done = run(*args)
            assert done.returncode == 0, done.stderr
    if update:
        changed = run("update", "-e", update, "--graph", graph)
        before, after = [int(w) for w in changed.stderr.split() if w.isdigit()]
        moved = before != after or "DELETE" in update and "INSERT" in update
        assert changed.returncode == 0 and moved, f"{name}: {changed.stderr}"
    check = run("check", "--graph", graph)
    rules = sorted({line.split()[0] for line in check.stdout.splitlines()[1:] if line[:1].isalpha()})
    data = rdflib.Graph().parse(data=run("export", "-", "--format", "nt", "--graph", graph).stdout, format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    found = {str(m) for m in report.objects(None, rdflib.SH.resultMessage)}
    return check.returncode == 0, rules if check.returncode else [], conforms, sorted(found)


faults = 0
with tempfile.TemporaryDirectory() as folder:
    for name, update in [("good", None), ("good without text", None), *BROKEN.items(), *TEXTLESS.items(), *BEYOND.items()]:
        ours, rules, theirs, messages = verdicts(folder, name, update)
        agree = ours is (update is None) and (theirs is ours or name in BEYOND)
        faults += not agree
        print(f"{'ok  ' if agree else 'BAD '} {name:26} check: {'sound' if ours else ', '.join(rules):20} "
              f"pySHACL: {'conforms' if theirs else messages[0][:70] if messages else 'broken'}")
sys.exit(bool(faults))
