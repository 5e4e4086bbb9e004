#!/usr/bin/env python3
"""How long measures of a network take, beside igraph and networkx: scripts/bench-network.py [NODES EDGES]

On a random network (10,000 nodes and 100,000 edges unless said otherwise). Runs the ignored test `speed` for our times; networkx is
timed on 50 of the sources of betweenness and scaled. Needs cargo, networkx and igraph.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import igraph
import networkx as nx

SAMPLE = 50


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def ours(pairs):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"{a} {b}\n" for a, b in pairs)
        file.flush()
        command = ["cargo", "test", "--release", "--test", "it", "network::speed", "--", "--ignored", "--nocapture"]
        run = subprocess.run(command, cwd=pathlib.Path(__file__).resolve().parents[1], text=True, capture_output=True,
                             env=os.environ | {"EDGES": file.name})
    words = (line.split() for line in run.stdout.splitlines())
    return {w[0]: float(w[1]) for w in words if len(w) == 2 and w[1].replace(".", "").isdigit()}


def main(nodes=10_000, edges=100_000):
    dice = random.Random(1)
    pairs = set()
    while len(pairs) < edges:
        a, b = dice.randrange(nodes), dice.randrange(nodes)
        pairs |= {(a, b)} if a != b else set()
    pairs = sorted(pairs)
    for name, seconds in ours(pairs).items():
        print(f"diplograph {name} {seconds:.2f} s")
    graph = igraph.Graph(nodes, pairs, directed=True)
    print(f"igraph betweenness {timed(graph.betweenness):.2f} s, pagerank {timed(graph.pagerank):.2f} s")
    g = nx.DiGraph(pairs)
    sampled = timed(lambda: nx.betweenness_centrality(g, k=SAMPLE, seed=1)) * nodes / SAMPLE
    print(f"networkx betweenness about {sampled:.0f} s, pagerank {timed(lambda: nx.pagerank(g)):.2f} s")


if __name__ == "__main__":
    if len(sys.argv) not in (1, 3):
        sys.exit(__doc__)
    main(*map(int, sys.argv[1:]))
