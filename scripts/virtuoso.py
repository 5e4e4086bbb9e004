#!/usr/bin/env python3
"""Publishes a graph to Virtuoso, an engine that is not ours, and compares: python3 scripts/virtuoso.py target/release/diplograph [ARTICLES]

Needs virtuoso-t and isql-vt (Debian: virtuoso-opensource-7-bin). Virtuoso takes small batches only, and has no graph without a name, so that `publish` must say
what to do, and with --default-graph every quad must be there. Named questions are asked there and here: what Virtuoso answers in LIMIT
seconds must be the same, and is told apart from what it does not.
"""
import collections
import csv
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

LIMIT = 10
UNNAMED = "https://w3id.org/diplograph/default"

INI = """
[Database]
DatabaseFile = {0}/v.db
ErrorLogFile = {0}/v.log
TransactionFile = {0}/v.trx
LockFile = {0}/v.lck
xa_persistent_file = {0}/v.pxa
[TempDatabase]
DatabaseFile = {0}/t.db
TransactionFile = {0}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{1}
[HTTPServer]
ServerPort = 127.0.0.1:{2}
[SPARQL]
ResultSetMaxRows = 1000000
"""

QUESTIONS = [
    ["active"], ["attacked", "--whom", "Soleimani"], ["corroborated"], ["denied", "--who", "Iran"], ["disputed"], ["edges"],
    ["exclusive", "--publisher", "Harbour Sample Agency"], ["intends", "--who", "Iran", "--whom", "Syria"], ["known-by", "--day", "2021-01-01"],
    ["lag"], ["met", "--who", "Assad"], ["normalised", "--who", "Israel", "--year", "2020"], ["relations-on", "--who", "Israel", "--day", "2020-06-30"],
    ["represented", "--who", "Iran", "--day", "2022-05-08"], ["timeline", "--a", "Iran", "--b", "Syria"],
    ["turned", "--before", "2022", "--after", "2023"], ["visits", "--where", "Iran"],
]


def free():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(folder, sql, http):
    """Virtuoso in that folder, which lets anybody here update."""
    (folder / "v.ini").write_text(INI.format(folder, sql, http))
    server = subprocess.Popen(["virtuoso-t", "+foreground", "+configfile", folder / "v.ini"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        log = folder / "v.log"
        if log.exists() and "Server online" in log.read_text(errors="replace"):
            break
        time.sleep(0.1)
    grant = 'GRANT SPARQL_UPDATE TO "SPARQL";\nDB.DBA.RDF_DEFAULT_USER_PERMS_SET (\'nobody\', 7);\n'
    subprocess.run(["isql-vt", f"127.0.0.1:{sql}", "dba", "dba"], input=grant, text=True, stdout=subprocess.DEVNULL, check=True)
    return server


def run(*args):
    return subprocess.run([str(a) for a in args], capture_output=True, text=True)


def counts(binary, *where):
    """How many quads each graph of the program's has; what has no graph counts for UNNAMED."""
    ask = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    asked = run(binary, "query", "--format", "csv", "-e", ask, *where)
    assert asked.returncode == 0, asked.stderr
    rows = csv.reader(asked.stdout.splitlines()[1:])
    return {graph: int(n) for graph, n in rows if graph.startswith("https://w3id.org/diplograph")}


def main(binary, articles="data/articles"):
    if not shutil.which("virtuoso-t"):
        sys.exit("no program 'virtuoso-t' here: apt-get install virtuoso-opensource-7-bin")
    with tempfile.TemporaryDirectory() as folder:
        folder, http = pathlib.Path(folder), free()
        graph, there = folder / "graph", f"http://127.0.0.1:{http}/sparql"
        print(run(binary, "build", articles, "--graph", graph).stdout.strip())
        server = start(folder, free(), http)
        try:
            compare(binary, graph, there)
        finally:
            server.terminate()
            server.wait()


def compare(binary, graph, there):
    publish = [binary, "publish", "--graph", graph, "--endpoint", there, "--batch", 64]
    refused = run(*publish)
    assert refused.returncode == 2 and "--default-graph" in refused.stderr, refused.stderr
    done = run(*publish, "--default-graph", UNNAMED)
    print(done.stdout.strip(), done.stderr.strip())
    lines = run(binary, "export", "-", "--format", "nq", "--graph", graph).stdout.splitlines()
    ours = collections.Counter(counts(binary, "--graph", graph))
    ours[UNNAMED] = len(lines) - sum(ours.values())
    theirs = counts(binary, "--endpoint", there)
    assert dict(ours) == theirs, [(g, n, theirs.get(g)) for g, n in ours.items() if theirs.get(g) != n][:5]
    print(f"{len(lines)} quads in {len(ours)} graphs: the same there as here")
    told = collections.defaultdict(list)
    for question in QUESTIONS:
        here = run(binary, "query", *question, "--format", "csv", "--graph", graph).stdout
        other = run(binary, "query", *question, "--format", "csv", "--endpoint", there, "--timeout", LIMIT)
        same = sorted(here.splitlines()) == sorted(other.stdout.splitlines())
        told["no answer" if other.returncode == 2 else "same" if same else "other"].append(question[0])
        if other.returncode == 2:
            print(question[0], other.stderr.strip()[:200])
    for kind, questions in told.items():
        print(f"{kind}: {', '.join(questions)}")


main(*sys.argv[1:])
