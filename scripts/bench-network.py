#!/usr/bin/env python3
"""How long networks take, beside networkx and igraph: scripts/bench-network.py BINARY [NODES EDGES]

Makes a random network as facts (10,000 nodes and 100,000 edges unless said otherwise), imports it, and times betweenness and the
export of GraphML, GEXF and the CSV pair. Of betweenness the time of reading the graph (`rank --by degree`) is taken off; networkx
is timed on 100 of the sources and scaled. Needs networkx and igraph (in a virtual environment outside the project).
"""
import csv
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import igraph
import networkx as nx


def timed(*command):
    start = time.perf_counter()
    subprocess.run([str(c) for c in command], check=True, capture_output=True)
    return time.perf_counter() - start


def peak(*command):
    """Megabytes that a command holds at most."""
    script = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,capture_output=True);" \
             "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)"
    return subprocess.run([sys.executable, "-c", script, *map(str, command)], capture_output=True, text=True).stdout.strip()


def main(binary, nodes=10_000, edges=100_000):
    dice = random.Random(1)
    pairs = {(dice.randrange(nodes), dice.randrange(nodes)) for _ in range(int(edges * 1.001))}
    pairs = sorted((a, b) for a, b in pairs if a != b)[:edges]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with open(folder / "facts.csv", "w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["relation", "source", "target", "date", "source_id", "source_kind", "target_id", "target_kind"])
            for a, b in pairs:
                out.writerow(["accuse", f"Body {a}", f"Body {b}", "2022", f"group-{a}", "group", f"group-{b}", "group"])
        graph = ["--graph", folder / "graph"]
        print(f"import {timed(binary, 'import', folder / 'facts.csv', *graph):.1f} s")
        reading = timed(binary, "rank", "--by", "degree", *graph)
        ours = timed(binary, "rank", "--by", "betweenness", *graph) - reading
        print(f"reading {reading:.1f} s")
        for name in ("n.graphml", "n.gexf", "n.csv"):
            command = [binary, "export", folder / name, *graph]
            print(f"{name} {timed(*command) - reading:.2f} s beyond reading, {peak(*command)} MB")
        print(f"degree {peak(binary, 'rank', '--by', 'degree', *graph)} MB")
    start = time.perf_counter()
    igraph.Graph(nodes, pairs, directed=True).betweenness()
    theirs = time.perf_counter() - start
    start = time.perf_counter()
    nx.betweenness_centrality(nx.DiGraph(pairs), k=min(100, nodes), seed=1)
    scaled = (time.perf_counter() - start) * nodes / min(100, nodes)
    print(f"betweenness {ours:.1f} s, igraph {theirs:.1f} s, networkx about {scaled:.0f} s")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    main(sys.argv[1], *map(int, sys.argv[2:]))
