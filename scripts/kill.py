#!/usr/bin/env python3
"""Kills builds at random moments, and shows that nothing is lost and nothing is half there.

  scripts/kill.py BINARY ARTICLES [KILLS]

After each kill the graph opens, passes `check`, and holds a state that a build publishes: nothing, or everything. Every
build goes on with what the killed one left; a readers' loop runs beside the writers. In the end the same command gives the
graph of an undisturbed build, byte for byte in its sorted dump. The same for a full disk and a read-only folder, where
the system lets us make them (root on Linux).
"""
import os, random, subprocess, sys, tempfile, threading, time

binary, articles = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 50
random.seed(1)


def run(*args, **options):
    return subprocess.run([binary, *args], capture_output=True, text=True, **options)


def dump(graph):
    done = run("export", "-", "--format", "nq", "--graph", graph)
    assert done.returncode == 0, done.stderr
    return "\n".join(sorted(done.stdout.splitlines()))


def sound(graph, states):
    done = run("check", "--graph", graph)
    assert done.returncode == 0, done.stdout + done.stderr
    now = dump(graph)
    assert now in states, f"{graph} holds {now.count(chr(10))} quads: neither nothing nor everything"
    return now


def read_on(graph, stop, failures):
    while not stop.is_set():
        for args in (["stats"], ["between", "USA", "RUS"], ["query", "-e", "SELECT * { ?s dg:stale ?o }"]):
            done = run(*args, "--graph", graph)
            if done.returncode not in (0, 1) or (args[0] == "query" and done.returncode == 0):
                failures.append(done.stdout + done.stderr)


def killed(folder, whole):
    graph = os.path.join(folder, "g")
    start = time.time()
    run("build", articles, "--graph", os.path.join(folder, "timed"))
    takes = time.time() - start
    stop, failures = threading.Event(), []
    empty = ""
    reader = None
    fell = 0
    for n in range(kills):
        writer = subprocess.Popen([binary, "build", articles, "--graph", graph], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0, takes))
        fell += writer.poll() is None
        writer.kill()
        writer.wait()
        if not os.path.exists(os.path.join(graph, "FORMAT")):
            continue
        sound(graph, {empty, whole})
        if reader is None:
            reader = threading.Thread(target=read_on, args=(graph, stop, failures))
            reader.start()
        if n % 5 == 4:  # begin anew now and then, so that first builds are killed too
            stop.set(); reader.join(); reader = None; stop.clear()
            subprocess.run(["rm", "-rf", graph])
    if reader:
        stop.set(); reader.join()
    assert not failures, failures[0]
    done = run("build", articles, "--graph", graph)
    assert done.returncode == 0, done.stderr
    sound(graph, {whole})
    print(f"{kills} builds, {fell} of them killed at work: each left a sound graph; the last equals an undisturbed one")


def full_disk(folder, whole):
    small = os.path.join(folder, "small")
    os.mkdir(small)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2500k", "tmpfs", small], capture_output=True).returncode:
        return print("full disk: not tried, mounting is not allowed")
    try:
        graph = os.path.join(small, "g")
        done = run("build", articles, "--graph", graph)
        assert done.returncode == 2 and "error:" in done.stderr and "panicked" not in done.stderr, done.stderr
        subprocess.run(["mount", "-o", "remount,size=100m", small], check=True)
        if os.path.exists(os.path.join(graph, "FORMAT")):
            sound(graph, {""})
        again = run("build", articles, "--graph", graph)
        assert again.returncode == 0, again.stderr
        sound(graph, {whole})
        print("full disk:", done.stderr.strip().splitlines()[0], "- and after room was made, the same graph")
    finally:
        subprocess.run(["umount", small])


def read_only(folder, whole):
    graph, where = os.path.join(folder, "fixed"), os.path.join(folder, "locked")
    run("build", articles, "--graph", graph)
    os.mkdir(where)
    if subprocess.run(["mount", "--bind", graph, where], capture_output=True).returncode:
        return print("read-only folder: not tried, mounting is not allowed")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", where], check=True)
        sound(where, {whole})
        done = run("build", articles, "--graph", where)
        assert done.returncode == 2 and "error:" in done.stderr, done.stderr
        print("read-only folder: it is read;", done.stderr.strip().splitlines()[0])
    finally:
        subprocess.run(["umount", where])


with tempfile.TemporaryDirectory() as folder:
    undisturbed = os.path.join(folder, "undisturbed")
    assert run("build", articles, "--graph", undisturbed).returncode == 0
    whole = dump(undisturbed)
    killed(folder, whole)
    full_disk(folder, whole)
    read_only(folder, whole)
