"""Reads a GraphML file with networkx and with igraph; prints what each saw, one JSON object a reader."""

import json
import sys


def networkx_sees(path):
    import networkx

    g = networkx.read_graphml(path)
    return {
        "nodes": g.number_of_nodes(),
        "edges": g.number_of_edges(),
        "directed": g.is_directed(),
        "weight": sum(d["weight"] for _, _, d in g.edges(data=True)),
        "labels": sorted(d["label"] for _, d in g.nodes(data=True)),
    }


def igraph_sees(path):
    import igraph

    g = igraph.Graph.Read_GraphML(path)
    return {
        "nodes": g.vcount(),
        "edges": g.ecount(),
        "directed": g.is_directed(),
        "weight": sum(g.es["weight"]) if g.ecount() else 0,
        "labels": sorted(g.vs["label"]) if g.vcount() else [],
    }


for reader in (networkx_sees, igraph_sees):
    try:
        print(json.dumps(reader(sys.argv[1])))
    except ImportError as e:
        print(json.dumps({"absent": e.name}))
