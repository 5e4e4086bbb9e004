#!/usr/bin/env python3
"""Asks a running `diplograph serve` with the clients that people use, unchanged: scripts/clients/clients.py http://127.0.0.1:7878

Needs SPARQLWrapper and rdflib (pip install SPARQLWrapper rdflib). clients.mjs beside it does the same with those of npm.
Ends with 1 if an answer is not what was expected.
"""
import sys

from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, RDFXML, SPARQLWrapper, TSV, XML

ENDPOINT = sys.argv[1].rstrip("/") + "/query"
SELECT = "SELECT ?name WHERE { <https://w3id.org/diplograph/id/entity/SYR> rdfs:label ?name }"
CONSTRUCT = "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a dg:State ; rdfs:label ?name }"


def wrapper(query, form, method="GET"):
    client = SPARQLWrapper(ENDPOINT)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    return client.queryAndConvert()


def checks():
    for method in ("GET", POST):
        rows = wrapper(SELECT, JSON, method)["results"]["bindings"]
        yield f"SPARQLWrapper {method} JSON", rows[0]["name"]["value"] == "Syria"
    yield "SPARQLWrapper XML", "Syria" in wrapper(SELECT, XML).toxml()
    yield "SPARQLWrapper CSV", b"Syria" in wrapper(SELECT, CSV)
    yield "SPARQLWrapper TSV", b"Syria" in wrapper(SELECT, TSV)
    yield "SPARQLWrapper ASK", wrapper("ASK { ?s a dg:State }", JSON)["boolean"] is True
    yield "SPARQLWrapper N3", b"Syria" in wrapper(CONSTRUCT, N3)
    yield "SPARQLWrapper RDF/XML", len(wrapper(CONSTRUCT, RDFXML)) > 10
    store = SPARQLStore(ENDPOINT)
    graph = Graph(store)
    rows = list(graph.query("SELECT ?name WHERE { <https://w3id.org/diplograph/id/entity/SYR> "
                            "<http://www.w3.org/2000/01/rdf-schema#label> ?name }"))
    yield "rdflib SPARQLStore SELECT", str(rows[0][0]) == "Syria"
    yield "rdflib SPARQLStore ASK", bool(graph.query("ASK { ?s ?p ?o }"))
    state = URIRef("https://w3id.org/diplograph/id/entity/SYR")
    yield "rdflib SPARQLStore triples", len(list(graph.triples((state, None, None)))) > 3
    yield "rdflib SPARQLStore CONSTRUCT", len(graph.query(CONSTRUCT).graph) > 10
    remote = Graph().parse(ENDPOINT.replace("/query", "/store?default"), format="turtle")
    yield "rdflib reads the default graph of the graph store", len(remote) > 1000
    description = Graph().parse(ENDPOINT)
    yield "rdflib reads the service description", len(description) > 5


wrong = 0
for name, right in checks():
    wrong += not right
    print("ok   " if right else "WRONG", name)
sys.exit(wrong > 0)
