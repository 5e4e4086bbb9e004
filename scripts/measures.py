#!/usr/bin/env python3
"""Compares diplograph's measures with networkx, igraph, leidenalg, numpy and plain counting: scripts/measures.py BINARY

Needs these packages and scipy (in a virtual environment outside the project). Twenty random and three real networks are
imported as facts, exported with their measures and read back; every figure must be equal within 1e-9, every partition at least
as good. Prints a line a network and ends with 1 if anything differs.
"""
import csv
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import igraph
import leidenalg
import networkx as nx
import numpy as np
import scipy.stats

NEAR = 1e-9
FRIENDLY, HOSTILE = "support", "accuse"  # both directed


def random_network(seed):
    """Directed, weights of 1 to 3 events, a sign for each pair."""
    dice = random.Random(seed)
    size = dice.randint(12, 60)
    g = nx.gnm_random_graph(size, dice.randint(size, 4 * size), seed=seed, directed=True)
    for a, b, data in g.edges(data=True):
        low, high = min(a, b), max(a, b)
        data["weight"] = dice.randint(1, 3)
        data["sign"] = random.Random(seed * 10**6 + low * 1000 + high).choice([1, 1, -1])
    return g


def real_network(g):
    """As it is; an undirected tie is an edge one way, and exported without direction."""
    g = nx.convert_node_labels_to_integers(g)
    out = nx.DiGraph()
    for a, b, data in g.edges(data=True):
        out.add_edge(a, b, weight=int(data.get("weight", 1)), sign=1 if (a * 7 + b) % 4 else -1)
    return out


def imported(binary, g, folder):
    """The graph of the facts, one event a unit of weight, each on a day of its own."""
    with open(folder / "facts.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["relation", "source", "target", "date", "source_id", "source_kind", "target_id", "target_kind"])
        for a, b, data in sorted(g.edges(data=True), key=lambda e: e[:2]):
            for i in range(data["weight"]):
                relation = FRIENDLY if data["sign"] > 0 else HOSTILE
                names = [f"Body {n:04d}" for n in (a, b)]
                ids = [f"group-{n:04d}" for n in (a, b)]
                out.writerow([relation, *names, f"{2000 + i}-03-{1 + a % 28:02d}", ids[0], "group", ids[1], "group"])
    run(binary, "import", folder / "facts.csv", "--graph", folder / "graph")


def run(binary, *arguments):
    done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{arguments}: {done.stderr}")
    return done.stdout


def expected(g):
    """Column: what networkx says of each node of the exported network."""
    both = nx.Graph()
    both.add_nodes_from(g)
    for a, b, data in g.edges(data=True):
        weight = both[a][b]["weight"] if both.has_edge(a, b) else 0
        both.add_edge(a, b, weight=weight + data["weight"])
    order = sorted(both)
    values, vectors = np.linalg.eigh(nx.to_numpy_array(both, nodelist=order))
    leading = np.abs(vectors[:, -1])
    # Power of A A' by singular values; networkx's own hits stops at a coarser tolerance.
    left, _, right = np.linalg.svd(nx.to_numpy_array(g, nodelist=order))
    hub, authority = (np.abs(v) / np.abs(v).sum() for v in (left[:, 0], right[0]))
    by_node = lambda v: dict(zip(order, v))
    columns = {
        "degree": dict(both.degree()),
        "strength": dict(both.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(g),
        "closeness": nx.closeness_centrality(g),
        "pagerank": nx.pagerank(g, tol=1e-15, max_iter=10**5),
        "core": nx.core_number(both),
        "clustering": nx.clustering(both),
    }
    if values[-1] - values[-2] > 1e-6:  # else there is no leading vector
        columns["eigenvector"] = by_node(leading)
    if g.is_directed():
        columns |= {
            "in_degree": dict(g.in_degree()),
            "out_degree": dict(g.out_degree()),
            "in_strength": dict(g.in_degree(weight="weight")),
            "out_strength": dict(g.out_degree(weight="weight")),
            "hub": by_node(hub),
            "authority": by_node(authority),
            "reciprocity": {n: r or 0 for n, r in nx.reciprocity(g, g.nodes).items()},
        }
        ig = igraph.Graph.from_networkx(g)
        pairs = (len(g) - 1) * (len(g) - 2)
        columns["betweenness (igraph)"] = dict(zip(ig.vs["_nx_name"], np.array(ig.betweenness()) / pairs))
    return both, columns


def differences(g):
    both, columns = expected(g)
    for name, figures in columns.items():
        worst = max((abs(figures[n] - g.nodes[n][name.split()[0]]) for n in g), default=0)
        if worst > NEAR:
            yield f"{name} differs by {worst:.2g}"
    parts = {frozenset(p) for p in nx.connected_components(both)}
    if parts != {frozenset(p) for p in groups(g, "component")}:
        yield "components differ"
    ours = nx.community.modularity(both, groups(g, "community"))
    ig = igraph.Graph.from_networkx(both)
    best = max(ig.community_leiden("modularity", weights="weight", n_iterations=-1).modularity for _ in range(10))
    if ours < best - 1e-6:
        yield f"modularity {ours:.6f}, igraph {best:.6f}"


def groups(g, column):
    found = {}
    for node, data in g.nodes(data=True):
        found.setdefault(data[column], set()).add(node)
    return list(found.values())


def signed_differences(g, balance):
    """The signed measures, from the counts of the undirected export."""
    order = sorted(g)
    sides = lambda d: (d["verbal_cooperation"] + d["material_cooperation"], d["verbal_conflict"] + d["material_conflict"])
    matrix, layers = np.zeros((len(g), len(g))), [np.zeros((len(g), len(g))) for _ in range(2)]
    leaning = np.zeros_like(matrix)
    for a, b, data in g.edges(data=True):
        i, j = order.index(a), order.index(b)
        friendly = 1 - scipy.stats.beta.cdf(0.5, 0.5 + sides(data)[0], 0.5 + sides(data)[1])
        matrix[i, j] = matrix[j, i] = (friendly >= 0.75) * 1 - (friendly <= 0.25) * 1
        leaning[i, j] = leaning[j, i] = 2 * friendly - 1
        for layer, count in zip(layers, sides(data)):
            layer[i, j] = layer[j, i] = count
    counts, sums = [0] * 4, []
    for t in itertools.combinations(range(len(g)), 3):
        pairs = list(itertools.combinations(t, 2))
        if all(g.has_edge(order[i], order[j]) or g.has_edge(order[j], order[i]) for i, j in pairs):
            sums.append((1 + np.prod([leaning[p] for p in pairs])) / 2)
            if all(matrix[p] for p in pairs):
                counts[sum(matrix[p] < 0 for p in pairs)] += 1
    if counts != balance["triads"]:
        yield f"triads {balance['triads']}, counted {counts}"
    if sums and abs(np.mean(sums) - balance["expected_share"]) > NEAR:
        yield f"expected share {balance['expected_share']}, counted {np.mean(sums)}"
    trace = lambda m: np.exp(np.linalg.eigvalsh(m)).sum()
    keep = matrix.any(axis=0)
    walks = trace(matrix[keep][:, keep]) / trace(abs(matrix[keep][:, keep]))
    if abs(walks - balance["walk_balance"]) > NEAR:
        yield f"walks {balance['walk_balance']}, numpy {walks}"
    yield from frustration_differences(matrix, balance)
    yield from community_differences(g, order, layers)


def frustration_differences(matrix, balance):
    lower, upper = balance["frustration_lower"], balance["frustration_upper"]
    if lower > upper:
        yield "bounds of frustration cross"
    if len(matrix) > 16:
        return
    best = None
    for camps in range(2 ** (len(matrix) - 1)):
        side = np.array([1 if camps >> i & 1 else -1 for i in range(len(matrix))])
        wrong = int((np.triu(matrix * np.outer(side, side)) < 0).sum())
        best = wrong if best is None else min(best, wrong)
    if not lower == upper == best:
        yield f"frustration {lower} to {upper}, counted {best}"


def signed_quality(layers, membership):
    """Modularity of Gomez, Jensen and Arenas, written out."""
    total = sum(layer.sum() for layer in layers)
    quality = 0
    for layer, sign in zip(layers, (1, -1)):
        strength = layer.sum(axis=0)
        chance = np.outer(strength, strength) / (layer.sum() or 1)
        quality += sign * ((layer - chance) * (membership[:, None] == membership[None, :])).sum()
    return quality / total


def community_differences(g, order, layers):
    ours = signed_quality(layers, np.array([g.nodes[n]["community_signed"] for n in order]))
    graphs = [igraph.Graph.Weighted_Adjacency(layer.tolist(), mode="undirected") for layer in layers]
    best = -1
    for seed in range(10):
        optimiser = leidenalg.Optimiser()
        optimiser.set_rng_seed(seed)
        kinds = [leidenalg.RBConfigurationVertexPartition(h, weights="weight") if h.ecount() else None for h in graphs]
        used = [(k, w) for k, w in zip(kinds, (1, -1)) if k]
        optimiser.optimise_partition_multiplex([k for k, _ in used], [w for _, w in used], n_iterations=-1)
        best = max(best, signed_quality(layers, np.array(used[0][0].membership)))
    if ours < best - 1e-6:
        yield f"signed modularity {ours:.6f}, leidenalg {best:.6f}"


def check(binary, name, g, directed):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        imported(binary, g, folder)
        graph = ["--graph", folder / "graph"]
        run(binary, "export", folder / "d.graphml", "--measures", *graph, *([] if directed else ["--undirected"]))
        run(binary, "export", folder / "u.graphml", "--measures", "--undirected", *graph)
        balance = json.loads(run(binary, "balance", "--json", *graph))[0]
        found = nx.read_graphml(folder / "d.graphml")
        faults = list(differences(found))
        faults += signed_differences(nx.read_graphml(folder / "u.graphml"), balance)
    print(f"{name}: {found.number_of_nodes()} nodes, {found.number_of_edges()} edges:", "; ".join(faults) or "equal")
    return not faults


def main(binary):
    real = {"karate club": nx.karate_club_graph(), "les miserables": nx.les_miserables_graph(),
            "florentine families": nx.florentine_families_graph()}
    good = [check(binary, f"random {seed}", random_network(seed), True) for seed in range(20)]
    good += [check(binary, name, real_network(g), False) for name, g in real.items()]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
