#!/usr/bin/env python3
"""Publishes a graph to a server of Oxigraph's own and compares: python3 scripts/publish.py target/release/diplograph [ARTICLES]

Needs the program `oxigraph` (pip install oxigraph, or cargo install oxigraph-cli). Once in one go, and once to a server that is
killed on the way and started again: both times the server must hold the very quads of the graph, and named questions must have the
same answers there as here.
"""
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

NAMED = [["corroborated"], ["active"], ["met", "--who", "Q44329"], ["mediators"], ["score-by-year"]]


def start(folder, port):
    server = subprocess.Popen(
        ["oxigraph", "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", "--union-default-graph"],
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.05)
    sys.exit("the server does not start")


def stop(server):
    server.kill()
    server.wait()


def run(*args, check=True):
    return subprocess.run([str(a) for a in args], capture_output=True, text=True, check=check)


def dump(port):
    """All quads there, as N-Quads."""
    ask = urllib.request.Request(f"http://127.0.0.1:{port}/store", headers={"Accept": "application/n-quads"})
    return set(urllib.request.urlopen(ask).read().decode().splitlines())


def free():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def main(binary, articles="data/articles"):
    if not shutil.which("oxigraph"):
        sys.exit("no program 'oxigraph' here: pip install oxigraph")
    with tempfile.TemporaryDirectory() as folder:
        folder, port = pathlib.Path(folder), free()
        graph = folder / "graph"
        print(run(binary, "build", articles, "--graph", graph).stdout.strip())
        ours = set(run(binary, "export", "-", "--format", "nq", "--graph", graph).stdout.splitlines())
        publish = [binary, "publish", "--graph", graph, "--endpoint", f"http://127.0.0.1:{port}/update"]

        server, begun = start(folder / "whole", port), time.time()
        print(run(*publish).stdout.strip(), f"({time.time() - begun:.1f} s)")
        assert dump(port) == ours, "the server holds something else"
        for question in NAMED:
            here = run(binary, "query", *question, "--graph", graph, check=False).stdout
            there = run(binary, "query", *question, "--endpoint", f"http://127.0.0.1:{port}/query", check=False).stdout
            assert here and sorted(here.splitlines()) == sorted(there.splitlines()), question
        print(f"{len(ours)} quads and {len(NAMED)} questions: the same there as here")
        stop(server)

        server = start(folder / "broken", port)
        sending = subprocess.Popen([str(a) for a in [*publish, "--again", "--batch", 32]], stdout=subprocess.PIPE, text=True)
        time.sleep(0.3)
        stop(server)
        time.sleep(1)
        server = start(folder / "broken", port)
        print(sending.communicate()[0].strip(), "(the server was killed on the way)")
        assert sending.returncode == 0 and dump(port) == ours, "the server holds something else"
        stop(server)
    print("fine")


main(*sys.argv[1:])
