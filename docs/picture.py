#!/usr/bin/env python3
"""Draws a network that diplograph exported: python3 docs/picture.py demo.graphml docs/graph.svg

Needs networkx, matplotlib and scipy (in a virtual environment outside the project). Every actor is a box with its name; a blue
line stands for cooperation between two, a red one for conflict, wider for more events. The same file gives the same picture.
"""
import math
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import networkx as nx

RED, BLUE, INK = "#c8352b", "#2f78b7", "#222222"
SIZE = (15, 10.5)  # inches
GAP = 0.10  # inches between boxes
COUNTS = {RED: ("verbal_conflict", "material_conflict"), BLUE: ("verbal_cooperation", "material_cooperation")}


def pairs(directed):
    """The network with the two directions of each pair joined: how many events of each colour."""
    joined = nx.Graph()
    joined.add_nodes_from(sorted(directed.nodes(data=True)))
    for a, b, data in sorted(directed.edges(data=True), key=lambda e: e[:2]):
        if a == b:
            continue
        if not joined.has_edge(a, b):
            joined.add_edge(a, b, **{RED: 0, BLUE: 0})
        for colour, columns in COUNTS.items():
            joined[a][b][colour] += sum(data.get(c, 0) for c in columns)
    return joined


def boxes(graph, axes):
    """Width and height in inches of each name, and the names as drawn."""
    renderer, sizes, texts = axes.figure.canvas.get_renderer(), {}, {}
    for node, data in graph.nodes(data=True):
        size = 7.5 + 1.6 * math.log(1 + data.get("events", 1))
        text = axes.text(0, 0, folded(data.get("label", node)), fontsize=size, color=INK, ha="center", va="center", zorder=3,
                         linespacing=1.15, bbox={"boxstyle": "round,pad=0.25", "fc": "white", "ec": "#9a9a9a", "lw": 0.7})
        extent = text.get_window_extent(renderer)
        pad = 0.25 * size * 2 / 72
        sizes[node] = (extent.width / axes.figure.dpi + pad, extent.height / axes.figure.dpi + pad)
        texts[node] = text
    return sizes, texts


def folded(name):
    """A long name on two lines."""
    words, half = name.split(), len(name) / 2
    if len(name) < 15 or len(words) < 2:
        return name
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - half))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])


def layout(graph, sizes):
    """Kamada and Kawai's springs for each part of the network, then boxes that overlap are pushed apart."""
    spread = nx.Graph(graph)
    parts = [sorted(p) for p in nx.connected_components(spread)]
    hub = max(graph.nodes, key=lambda n: (graph.degree(n), n))
    for part in parts:  # so that lone pairs stay near
        if hub not in part:
            spread.add_edge(hub, part[0], length=2)
    where = nx.kamada_kawai_layout(spread)
    width, height = SIZE[0] - 2, SIZE[1] - 1.2
    xs, ys = [p[0] for p in where.values()], [p[1] for p in where.values()]
    scale = lambda v, low, high, length: (v - low) / (high - low or 1) * length
    at = {n: [1 + scale(x, min(xs), max(xs), width), 0.6 + scale(y, min(ys), max(ys), height)] for n, (x, y) in where.items()}
    for turn in range(2000):
        aside = turn < 400 and [clear(at, sizes, n, at[a], at[b]) for a, b in graph.edges for n in at if n not in (a, b)]
        if not any([push(at, sizes, a, b) for a in at for b in at if a < b]) and not (aside and any(aside)):
            break
        for n, (w, h) in sizes.items():
            at[n][0] = min(max(at[n][0], w / 2 + 0.1), SIZE[0] - w / 2 - 0.1)
            at[n][1] = min(max(at[n][1], h / 2 + 0.1), SIZE[1] - h / 2 - 0.1)
    return at


def push(at, sizes, a, b):
    """Moves two boxes that overlap apart, along the shorter way. Whether they did."""
    dx, dy = at[b][0] - at[a][0], at[b][1] - at[a][1]
    over_x = (sizes[a][0] + sizes[b][0]) / 2 + GAP - abs(dx)
    over_y = (sizes[a][1] + sizes[b][1]) / 2 + GAP - abs(dy)
    if over_x <= 1e-6 or over_y <= 1e-6:
        return False
    axis, over, sign = (0, over_x, math.copysign(1, dx)) if over_x < over_y else (1, over_y, math.copysign(1, dy))
    at[a][axis] -= sign * over / 2
    at[b][axis] += sign * over / 2
    return True


def clear(at, sizes, node, start, end):
    """Moves a box off a line between two others, a little at a time. Whether it did."""
    (x, y), (w, h) = at[node], sizes[node]
    ux, uy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(ux, uy)
    if length == 0 or not 0 < (x - start[0]) * ux + (y - start[1]) * uy < length**2:
        return False
    nx_, ny = -uy / length, ux / length  # across the line
    off = (x - start[0]) * nx_ + (y - start[1]) * ny
    reach = (abs(nx_) * w + abs(ny) * h) / 2 + GAP / 2
    if abs(off) >= reach:
        return False
    step = math.copysign(min(0.05, reach - abs(off)), off)
    at[node] = [x + nx_ * step, y + ny * step]
    return True


def draw_edges(graph, at, axes):
    for a, b, data in graph.edges(data=True):
        (x, y), (u, v) = at[a], at[b]
        length = math.hypot(u - x, v - y) or 1
        both = 0.03 if data[RED] and data[BLUE] else 0  # side by side
        for colour, side in ((RED, both), (BLUE, -both)):
            if data[colour]:
                ox, oy = -(v - y) / length * side, (u - x) / length * side
                axes.plot([x + ox, u + ox], [y + oy, v + oy], color=colour, alpha=0.75, zorder=1,
                          lw=0.9 + 1.1 * math.log2(data[colour]), solid_capstyle="round")


def main(source, target):
    matplotlib.rcParams.update({"svg.hashsalt": "diplograph", "font.family": "DejaVu Sans"})
    graph = pairs(nx.read_graphml(source))
    figure = plt.figure(figsize=SIZE, dpi=100)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, SIZE[0]), ylim=(0, SIZE[1]))
    axes.axis("off")
    sizes, texts = boxes(graph, axes)
    at = layout(graph, sizes)
    for node, text in texts.items():
        text.set_position(at[node])
    draw_edges(graph, at, axes)
    for x, colour, word in ((0.15, BLUE, "cooperation"), (1.75, RED, "conflict")):
        axes.plot([x, x + 0.4], [0.2, 0.2], color=colour, lw=2.5)
        axes.text(x + 0.5, 0.2, word, fontsize=10, va="center", color=INK)
    figure.savefig(target, metadata={"Date": None} if target.endswith(".svg") else None, facecolor="white")
    overlap = [(a, b) for a in at for b in at if a < b and push({n: list(p) for n, p in at.items()}, sizes, a, b)]
    print(f"{target}: {graph.number_of_nodes()} actors, {graph.number_of_edges()} pairs, {len(overlap)} boxes overlap")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
