#!/usr/bin/env python3
"""What a graph of many facts costs: making it, its memory and disk, cold look-ups, the named questions, looks back.

  scripts/bench-graph.py BINARY [FACTS]        needs: pip install pyoxigraph (Oxigraph's own bulk loader, for comparison)

The facts are synthetic (`diplograph bench generate`), 1,000,000 unless told otherwise. Each command is a process of its own,
with the wall time of the best of three runs and its peak memory. Oxigraph is given the same quads as N-Quads, in the same run.
"""
import os, subprocess, sys, tempfile, time

binary = os.path.abspath(sys.argv[1])
facts = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

BULK = """
import pyoxigraph as ox, resource, sys, time
start = time.time()
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
store.flush()
print(time.time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def size(folder):
    return sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(folder) for f in files)


def timed(args, runs=3):
    """Seconds of the best run and MB of the largest; how it ended."""
    best, peak = None, 0
    for _ in range(runs):
        start = time.time()
        process = subprocess.Popen([binary, *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
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


with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
    graph = os.path.join(folder, "graph")
    made = subprocess.run([binary, "bench", "generate", "--facts", str(facts), "--graph", graph], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    print(made.stdout.rstrip())
    dump = os.path.join(folder, "dump.nq")
    subprocess.run([binary, "export", dump, "--graph", graph], check=True, capture_output=True)
    quads = sum(1 for _ in open(dump, "rb"))
    bulk = subprocess.run([sys.executable, "-c", BULK, dump, os.path.join(folder, "ox")], capture_output=True, text=True, check=True)
    seconds, peak = bulk.stdout.split()
    held = size(os.path.join(folder, "ox"))
    print(f"Oxigraph's bulk loader on the same quads: {float(seconds):.1f} s, {quads / float(seconds):.0f} quads a second, "
          f"{held / quads:.0f} bytes a quad, peak {peak} MB")
    os.remove(dump)
    one = "SELECT (STRAFTER(STR(?e), '/event/') AS ?id) { ?e dg:status dg:Corroborated } LIMIT 1"
    found = subprocess.run([binary, "query", "-e", one, "--graph", graph], capture_output=True, text=True).stdout
    event = found.split()[-1]
    commands = [("between", ["between", "USA", "RUS"]), ("show", ["show", "USA"]), ("path", ["path", "KEN", "IRN"]),
                ("between --as-of", ["between", "USA", "RUS", "--as-of", "1995"]),
                ("show --as-of", ["show", "KEN", "--as-of", "1995"]), ("stats", ["stats"]), ("check", ["check"]),
                ("stats --known-by", ["stats", "--known-by", "1995"])]
    commands += [(f"query {name}", ["query", name, *args]) for name, args in examples(event)]
    print(f"{'COMMAND':28} {'SECONDS':>8} {'PEAK MB':>8}  STATUS")
    for name, args in commands:
        seconds, peak, status = timed([*args, "--graph", graph])
        print(f"{name:28} {seconds:8.2f} {peak:8}  {status}", flush=True)
