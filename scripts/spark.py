#!/usr/bin/env python3
"""Compares the Spark job, the Python package and the program on the same articles, and measures them:

    python3 scripts/spark.py target/release/diplograph ARTICLES.jsonl [--workers 1 2] [--kill] [--rate]

Needs the package, pyspark, pyarrow, pandas and a Java runtime. Facts must be the same sets, and so must the graphs, quad by quad:
events, relations and edges with them. --rate measures the package's and the program's reading of the articles alone, each three
times in turn. ARTICLES.jsonl has `id` (no two the same), `text`, `date`, `source`, `title`, `url`, each as text or left out.
"""
import argparse
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import diplograph


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def run(*args):
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def key(facts):
    """Facts as a set, apart from what a row always has."""
    return {json.dumps({k: v for k, v in f.items() if k not in ("pair", "claim") and not (k == "mutual" and not v)}) for f in facts}


def cpu():
    """Seconds of processor time of the programs that were run and have ended."""
    times = os.times()
    return times.children_user + times.children_system


def timed(name, count, work):
    begun, used = time.perf_counter(), cpu()
    done = work()
    seconds, used = time.perf_counter() - begun, cpu() - used
    print(f"{name:<28}{seconds:8.1f} s {count / seconds:8.1f} articles/s {used:8.1f} s of processor", flush=True)
    return done, (seconds, used)


def rate(binary, file, articles):
    """The package's throughput over the program's, as the median of three pairs of runs; loading the data included in both."""
    ratios = []
    for _ in range(3):
        _, program = timed("program", len(articles), lambda: run(binary, "extract", file))
        code = f"""import diplograph, json
print(sum(len(f) for f in diplograph.extract_many(map(json.loads, open({str(file)!r})))))"""
        _, package = timed("package", len(articles), lambda: run(sys.executable, "-c", code))
        ratios.append([p / q for p, q in zip(program, package)])
    clock, processor = map(statistics.median, zip(*ratios))
    print(f"extract_many: {clock:.2f} of the program's throughput by the clock, {processor:.2f} by processor time")


TICKS = os.sysconf("SC_CLK_TCK")


def processes():
    """The processes that a Spark of ours runs now (Linux): of each whether it is a Python worker, its memory at most so far in
    MB, and seconds of processor time."""
    known = {}
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            says = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
            command = (process / "cmdline").read_bytes()
            used = sum(map(int, (process / "stat").read_text().rsplit(")", 1)[1].split()[11:13])) / TICKS
            memory = int(says.get("VmHWM", "0 kB").split()[0]) >> 10
            known[int(process.name)] = (int(says["PPid"]), command, memory, used)
        except (OSError, ValueError):
            continue  # it has ended meanwhile

    def ours(process):
        above = known[process][0]
        return above == os.getpid() or (above in known and ours(above))

    def daemon(process):
        return process in known and b"pyspark" in known[process][1] and b"daemon" in known[process][1]

    return {p: (daemon(p) and daemon(parent), mb, used) for p, (parent, _, mb, used) in known.items() if ours(p)}


class Watch(threading.Thread):
    """Notes what the processes take; kills a worker once, if that is wanted."""

    def __init__(self, kill):
        super().__init__(daemon=True)
        self.kill, self.seen, self.killed, self.over = kill, {}, 0, threading.Event()

    def run(self):
        while not self.over.wait(0.2):
            now = processes()
            self.seen.update(now)
            busy = [p for p, (worker, mb, _) in now.items() if worker and mb > 100]
            if self.kill and not self.killed and busy:
                os.kill(busy[0], signal.SIGKILL)
                self.killed += 1


def spark(workers, file, folder, kill, count):
    """What the job finds. Its time is that of `save` in a session that runs; what is compared is read afterwards."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    from diplograph import spark as job

    session = (
        SparkSession.builder.master(f"local[{workers},4]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "3g")
        .config("spark.sql.shuffle.partitions", 2 * workers)
        .config("spark.python.worker.reuse", "true")
        .config("spark.sql.files.maxPartitionBytes", 1 << 19)
        .config("spark.sql.files.openCostInBytes", 0)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    given = session.read.schema("id string, title string, date string, source string, url string, text string").json(str(file))
    watch = Watch(kill)
    watch.start()
    timed(f"Spark, {workers} workers: save", count, lambda: job.save(given, str(folder)))
    watch.over.set()
    facts = job.facts_of(session.read.parquet(f"{folder}/readings"))
    found = key(row.asDict(recursive=True) for row in facts.collect())
    events = session.read.parquet(f"{folder}/events").count()
    quads = {line for part in folder.glob("nquads/part-*") for line in part.read_text(encoding="utf-8").splitlines() if line}
    workers, others = ([p for p in watch.seen.values() if p[0] is of] for of in (True, False))
    print(f"memory of a Python worker   {max(p[1] for p in workers):8d} MB at most; {watch.killed} killed on the way")
    used = [sum(p[2] for p in of) for of in (workers, others)]
    print(f"processor                   {used[0]:8.1f} s of Python workers, {used[1]:.1f} s of Java and the rest", flush=True)
    session.stop()
    return found, events, quads


def main():
    wanted = argparse.ArgumentParser()
    wanted.add_argument("binary")
    wanted.add_argument("articles", type=pathlib.Path)
    wanted.add_argument("--workers", type=int, nargs="+", default=[2])
    wanted.add_argument("--rate", action="store_true")
    wanted.add_argument("--kill", action="store_true", help="kill a Python worker of Spark on the way")
    args = wanted.parse_args()
    file = args.articles.resolve()
    articles = [json.loads(line) for line in file.open(encoding="utf-8")]
    if args.rate:
        return rate(args.binary, file, articles)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program, _ = timed("program: extract", len(articles), lambda: key(lines(run(args.binary, "extract", file))))
        package, _ = timed("package: extract_many", len(articles), lambda: key(f for fs in diplograph.extract_many(articles) for f in fs))
        assert package == program, f"{len(package ^ program)} facts differ"
        timed("program: build", len(articles), lambda: run(args.binary, "build", file, "--graph", folder / "graph"))
        graph = set(run(args.binary, "export", "-", "--format", "nq", "--graph", folder / "graph").splitlines())
        for workers in args.workers:
            found, events, quads = spark(workers, file, folder / f"spark-{workers}", args.kill, len(articles))
            assert found == program, f"{len(found ^ program)} facts differ"
            for more, less, where in ((graph, quads, "the graph"), (quads, graph, "Spark")):
                for quad in sorted(more - less)[:5]:
                    print(f"only in {where}: {quad}")
            assert quads == graph, f"{len(quads ^ graph)} quads differ"
            print(f"{len(found)} facts, {events} events and {len(quads)} quads: the same in all")


main()
