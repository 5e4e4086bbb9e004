#!/usr/bin/env python3
"""What a graph of many facts costs: making it, its memory and disk, cold look-ups, the named questions, networks, looks back.

  scripts/bench-graph.py BINARY [FACTS] [--no-loader]        needs: pip install pyoxigraph networkx

The facts are synthetic (`diplograph bench generate`), 1,000,000 unless told otherwise. Each command is a process of its own,
with the wall time of the best of three runs and its peak memory; what takes longer than LIMIT is stopped. In the same run
Oxigraph's own bulk loader is given the same quads as N-Quads (but with --no-loader), and networkx the same events as CSV. A
graph of 1,000,000 facts needs about 40 GB of disk in TMPDIR, 15 GB without the loader.
"""
import collections, os, re, subprocess, sys, tempfile, threading, time

LIMIT = 40  # seconds
loader = "--no-loader" not in sys.argv
binary, *numbers = [a for a in sys.argv[1:] if a != "--no-loader"]
binary = os.path.abspath(binary)
facts = int(numbers[0]) if numbers else 1_000_000
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

BULK = """
import pyoxigraph as ox, resource, sys, time
start = time.time()
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
store.flush()
print(time.time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""

STATUSES = "reported,corroborated,claimed,intended,hypothetical,denied,disputed"

NETWORKX = """
import csv, sys
import networkx as nx
graph = nx.DiGraph()
with open(sys.argv[1], newline="") as file:
    for row in csv.DictReader(file):
        if row["status"] not in ("reported", "corroborated") or not row["quad_class"]:
            continue
        a, b = row["source_home"], row["target_home"]
        if a == b:
            continue
        for x, y in ((a, b), (b, a)) if row["symmetric"] == "yes" else ((a, b),):
            if graph.has_edge(x, y):
                edge = graph[x][y]
            else:
                graph.add_edge(x, y, weight=0, score=0.0, scored=0, first="9999", last="")
                edge = graph[x][y]
            edge["weight"] += 1
            if row["goldstein"]:
                edge["score"] += float(row["goldstein"])
                edge["scored"] += 1
            if row["first_date"]:
                edge["first"] = min(edge["first"], row["first_date"])
                edge["last"] = max(edge["last"], row["last_date"])
nx.write_graphml(graph, sys.argv[2])
print(graph.number_of_nodes(), graph.number_of_edges())
"""


def size(folder):
    return sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(folder) for f in files)


def timed(args, runs=3):
    """Seconds of the best run and MB of the largest; how it ended: below 0 for what was stopped."""
    best, peak = None, 0
    for _ in range(runs):
        start = time.time()
        process = subprocess.Popen([binary, *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stop = threading.Timer(LIMIT, process.kill)
        stop.start()
        _, status, usage = os.wait4(process.pid, 0)
        stop.cancel()
        best = min(best or 1e9, time.time() - start)
        peak = max(peak, usage.ru_maxrss // 1024)
        if best > 20:
            break
    return best, peak, os.waitstatus_to_exitcode(status)


def examples(event):
    """The named questions with the parameters of their examples, about actors that the synthetic facts have."""
    for file in sorted(os.listdir(os.path.join(root, "queries"))):
        if not file.endswith(".rq"):
            continue
        args = []
        for line in open(os.path.join(root, "queries", file)):
            if line.startswith("# param: "):
                name, kind, *_ = line[len("# param: "):].split()
                first = not any(a in ("USA", "RUS") for a in args)
                values = {"entity": "USA" if first else "RUS", "year": "1995", "date": "1995-06-01", "event": event}
                value = values.get(kind, "Synthetic Wire 1")
                args += [f"--{name}", value]
        yield file[:-3], args


def networks(folder, graph):
    """State-level GraphML from the store, and by networkx from the events as CSV."""
    table, ours, theirs = (os.path.join(folder, name) for name in ("events.csv", "ours.graphml", "theirs.graphml"))
    subprocess.run([binary, "export", table, "--level", "person", "--graph", graph], check=True, capture_output=True)
    seconds, peak, status = timed(["export", ours, "--graph", graph])
    start = time.time()
    made = subprocess.run([sys.executable, "-c", NETWORKX, table, theirs], capture_output=True, text=True, check=True)
    other = time.time() - start
    rows = sum(1 for _ in open(table)) - 1
    nodes, edges = (open(ours).read().count(f"<{tag} ") for tag in ("node", "edge"))
    assert [str(nodes), str(edges)] == made.stdout.split(), (nodes, edges, made.stdout)
    print(f"GraphML of {nodes} states and {edges} edges, of {rows} events: {seconds:.2f} s, peak {peak} MB; networkx from CSV "
          f"{other:.2f} s, {other / seconds:.1f} times as long")


def bulk_load(folder, graph):
    """What Oxigraph's own bulk loader takes for the same quads, and what the quads are about."""
    dump = os.path.join(folder, "dump.nq")
    subprocess.run([binary, "export", dump, "--graph", graph], check=True, capture_output=True)
    quads = sum(1 for _ in open(dump, "rb"))
    bulk = subprocess.run([sys.executable, "-c", BULK, dump, os.path.join(folder, "ox")], capture_output=True, text=True, check=True)
    seconds, peak = bulk.stdout.split()
    held = size(os.path.join(folder, "ox"))
    print(f"Oxigraph's bulk loader on the same quads: {float(seconds):.1f} s, {quads / float(seconds):.0f} quads a second, "
          f"{held / quads:.0f} bytes a quad, peak {peak} MB")
    kinds = collections.Counter()
    for line in open(dump, encoding="utf-8"):
        kind = re.match(r"<[^>]*/id/([a-z]+)[^># ]*(#[a-z]+)?", line)
        kinds[kind[1] + (kind[2] or "") if kind else "other"] += 1
    print("quads a fact:", ", ".join(f"{k} {n / facts:.2f}" for k, n in kinds.most_common(12)))
    os.remove(dump)


with tempfile.TemporaryDirectory() as folder:
    graph = os.path.join(folder, "graph")
    made = subprocess.run([binary, "bench", "generate", "--facts", str(facts), "--graph", graph], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    print(made.stdout.rstrip())
    if loader:
        bulk_load(folder, graph)
    one = "SELECT (STRAFTER(STR(?e), '/event/') AS ?id) { ?e dg:status dg:Corroborated } LIMIT 1"
    found = subprocess.run([binary, "query", "-e", one, "--graph", graph], capture_output=True, text=True).stdout
    event = found.split()[-1]
    commands = [("between", ["between", "USA", "RUS"]), ("show", ["show", "USA"]), ("path", ["path", "KEN", "IRN"]),
                ("between --as-of", ["between", "USA", "RUS", "--as-of", "1995"]),
                ("show --as-of", ["show", "KEN", "--as-of", "1995"]), ("stats", ["stats"]), ("check", ["check"]), ("search", ["search", "Israel"]),
                ("stats --known-by", ["stats", "--known-by", "1995"])]
    commands += [(f"query {name}", ["query", name, *args]) for name, args in examples(event)]
    networks(folder, graph)
    print(f"{'COMMAND':28} {'SECONDS':>8} {'PEAK MB':>8}  STATUS")
    for name, args in commands:
        seconds, peak, status = timed([*args, "--graph", graph])
        print(f"{name:28} {seconds:8.2f} {peak:8}  {status}", flush=True)
