"""Reads a network with networkx and, if it is GraphML, with igraph; prints what each saw, one JSON object a reader."""

import json
import pathlib
import sys


def networkx_sees(path):
    import networkx

    read = {
        ".graphml": networkx.read_graphml,
        ".gexf": networkx.read_gexf,
        ".json": lambda p: networkx.node_link_graph(json.loads(p.read_text()), edges="edges"),
        ".cyjs": lambda p: networkx.cytoscape_graph(json.loads(p.read_text())),
    }
    g = read[path.suffix](path)
    # Of a weight by year, which Gephi wants under this name, networkx keeps that of the last year; `events` is the sum.
    weight = "events" if path.suffix == ".gexf" else "weight"
    return {
        "nodes": g.number_of_nodes(),
        "edges": g.number_of_edges(),
        "directed": g.is_directed(),
        "weight": sum(d[weight] for _, _, d in g.edges(data=True)),
        "labels": sorted(d["label"] for _, d in g.nodes(data=True)),
    }


def igraph_sees(path):
    import igraph

    g = igraph.Graph.Read_GraphML(str(path))
    return {
        "nodes": g.vcount(),
        "edges": g.ecount(),
        "directed": g.is_directed(),
        "weight": sum(g.es["weight"]) if g.ecount() else 0,
        "labels": sorted(g.vs["label"]) if g.vcount() else [],
    }


file = pathlib.Path(sys.argv[1])
for reader in (networkx_sees, igraph_sees) if file.suffix == ".graphml" else (networkx_sees,):
    try:
        print(json.dumps(reader(file)))
    except ImportError as e:
        print(json.dumps({"absent": e.name}))
