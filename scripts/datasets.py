#!/usr/bin/env python3
"""The readers of event data sets against other tools.

    python3 scripts/datasets.py BINARY DIR          # counts of every file of DIR against Python's csv module
    python3 scripts/datasets.py BINARY DIR --bench 2000000   # and speed on so many GDELT 2 rows, against pandas
    python3 scripts/datasets.py BINARY DIR --build 300000    # and of a graph of so many, against Oxigraph's bulk loader

DIR holds real files: GDELT, ICEWS, UCDP, Correlates of War, ATOP; files that are missing are passed over, and said so.
What is compared: rows, and for GDELT 2 the dyad-month table, made again here from the code tables alone by other code.
pandas is needed for --bench only, pyoxigraph for --build only. Speed is told of each turn: what else the machine does shows in
how they differ.
"""
import argparse, csv, gzip, json, lzma, pathlib, re, resource, shutil, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "data/datasets"


def table(path, columns):
    lines = [l.rstrip("\n") for l in open(path, encoding="utf-8") if not l.startswith("#") and l.strip()]
    head = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t") + [""] * len(head)
        yield [cells[head.index(c)] for c in columns]


def opened(path):
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8", errors="replace", newline="")
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="")
    return open(path, encoding="utf-8", errors="replace", newline="")


def rows(path, separator, header):
    with opened(path) as f:
        text = f.read()
    if separator == "\t":
        found = [l.split("\t") for l in text.split("\n") if l]
    else:
        found = list(csv.reader(text.replace("\r\n", "\n").replace("\r", "\n").splitlines()))
    return found[1:] if header else found


# file name pattern -> data set, separator, whether the first line is a header
FILES = [
    (r"gdelt2.*export", "gdelt2", "\t", False),
    (r"gdelt2.*events", "gdelt2", "\t", False),
    (r"gdelt.*events1", "gdelt1", "\t", True),
    (r"gkg", "gdelt-gkg", "\t", True),
    (r"icews", "icews", "\t", True),
    (r"polecat", "polecat", "\t", True),
    (r"ucdp", "ucdp-acd", ",", True),
    (r"Inter-StateWar", "cow-wars", ",", True),
    (r"cow_mid", "cow-mids", ",", True),
    (r"igo_sy", "cow-igos", ",", True),
    (r"cow_states", "cow-states", ",", True),
    (r"Diplomatic_Exchange", "cow-diplomacy", ",", True),
    (r"atop", "atop", ",", True),
]


def account(binary, path):
    run = subprocess.run([binary, "extract", path], capture_output=True, text=True)
    line = run.stderr.splitlines()[0]
    found = re.match(r"(\d+) rows of (\S+) in 1 file: (\d+) gave (\d+) facts, (\d+) out of scope, (\d+) rejected", line)
    facts = [json.loads(l) for l in run.stdout.splitlines()]
    return found.group(2), *(int(found.group(i)) for i in (1, 3, 4, 5, 6)), facts


# What a row must hold to give facts, said again in Python for the sets whose rule is a line of arithmetic.
def integer(cell):
    try:
        return int(float(cell))
    except ValueError:
        return None


TOLD = {
    "cow-mids": lambda r: 1 if 1 <= (integer(r[12]) or 0) <= 21 else 0,
    "cow-diplomacy": lambda r: sum(integer(r[i]) in (1, 2, 3, 9) for i in (3, 4)),
    "atop": lambda r: int(integer(r[3]) == 1 or integer(r[4]) == 1) + int(1 in map(integer, r[5:8])),
    "cow-igos": lambda r: 0,
    "cow-states": lambda r: 0,
    # a state pair: 2; each secondary party: against the other side, or with its own where that is no state
    "ucdp-acd": lambda r: ucdp(r),
}


def ucdp(r):
    a, a2, b, b2, kind = r[2], r[3], r[4], r[5], r[8]
    if kind == "interstate":
        return 2 * bool(b) + bool(a2 and b) + bool(b2)
    return bool(a2) + bool(b2) if kind in ("II", "extrasystemic") else 0


def check(binary, folder):
    wrong = 0
    for pattern, name, separator, header in FILES:
        paths = [p for p in sorted(folder.iterdir()) if re.search(pattern, p.name)]
        if not paths:
            print(f"absent   {name}")
        for path in paths:
            mine = rows(path, separator, header)
            found, n, told, facts, outside, rejected, lines = account(binary, path)
            sound = found == name and n == len(mine) == told + outside + rejected and len(lines) == facts
            if name in TOLD:
                expected = sum(TOLD[name](r) for r in mine)
                sound = sound and (told, facts) == (sum(bool(TOLD[name](r)) for r in mine), expected)
            if name == "gdelt2":
                sound = sound and tabulated(binary, path) == gdelt(mine)
            wrong += not sound
            print(f"{'equal' if sound else 'DIFFERENT':8} {name}: {n} rows, {told} gave {facts} facts, {outside} out of scope, {rejected} rejected")
    return wrong


# The dyad-month table of GDELT 2, by other code.
def homes():
    states = {r[0] for r in table(ROOT / "data/gazetteer/states.tsv", ["id"])}
    kinds = {i: (k or "igo", a) for i, k, a in table(ROOT / "data/gazetteer/igos.tsv", ["id", "kind", "acronym"])}
    countries = {i: c for i, c in table(ROOT / "data/gazetteer/groups.tsv", ["id", "country"])}
    parts = {c: (s, e) for c, s, e in table(DATA / "cameo-actors.tsv", ["code", "sort", "entity"])}

    def body(entity):
        if entity in kinds:
            kind, acronym = kinds[entity]
            return f"org-{acronym.lower()}" if kind == "organ" else entity
        return countries.get(entity) or entity

    def home(code):
        state = found = None
        sorts = set()
        for i in range(0, len(code), 3):
            part = code[i : i + 3]
            if re.fullmatch("[a-z0-9]+", part):
                sorts.add("faith")
            elif part in parts:
                sort, entity = parts[part]
                sorts.add(sort)
                if sort == "state":
                    state = state or entity
                if sort == "body":
                    found = body(entity)
            elif part in states:
                state = state or part
            else:
                return None
        if found or not state or "faith" in sorts or ("other" in sorts and "acts" not in sorts):
            return found
        return state

    return home


def meanings():
    relations = {r[0]: r[1:] for r in table(ROOT / "data/relations.tsv", ["relation", "symmetric", "goldstein", "quad_class"])}
    codes = {}
    for code, relation, how in table(DATA / "cameo.tsv", ["code", "relation", "how"]):
        if relation and "planned" not in how:
            symmetric, score, quad = relations[relation]
            codes[code] = (symmetric == "yes", "reverse" in how, float(score), int(quad))
    return codes


def gdelt(found):
    home, codes, cells, seen = homes(), meanings(), {}, set()
    for r in found:
        if r[0] in seen or r[26] not in codes or not r[5] or not r[15]:
            continue
        seen.add(r[0])
        a, b = home(r[5]), home(r[15])
        if not a or not b or a == b:
            continue
        symmetric, reverse, score, quad = codes[r[26]]
        pairs = [(a, b), (b, a)] if symmetric else [(b, a)] if reverse else [(a, b)]
        for pair in pairs:
            cell = cells.setdefault((*pair, r[1][:4], str(int(r[1][4:6]))), [0, 0, 0, 0, 0.0, 99.0])
            cell[quad - 1] += 1
            cell[4] += score
            cell[5] = min(cell[5], score)
    return {k: [*c[:4], round(c[4] / sum(c[:4]), 6), c[5]] for k, c in cells.items()}


def tabulated(binary, path):
    out = subprocess.run([binary, "tabulate", path], capture_output=True, text=True).stdout
    read = csv.DictReader(out.splitlines())
    quads = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
    return {
        (r["id1"], r["id2"], r["year"], r["month"]): [int(r[q]) for q in quads] + [float(r["goldstein_mean"]), float(r["goldstein_min"])]
        for r in read
    }


# Speed.
TURNS = 3


def many(folder, count, path):
    """A file of so many rows, each with an id of its own, in the page cache."""
    samples = [l for p in sorted(folder.glob("gdelt2*")) for l in opened(p).read().split("\n") if l]
    with open(path, "w") as out:
        for i in range(count):
            out.write(f"{10**9 + i}\t" + samples[i % len(samples)].split("\t", 1)[1] + "\n")
    path.read_bytes()


def timed(command):
    """What it prints, its seconds, and those of a core."""
    start, before = time.time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        sys.exit(run.stderr)
    return run.stdout, time.time() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bench(binary, folder, count):
    import pandas

    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / "big.export.CSV"
        many(folder, count, path)
        for _ in range(TURNS):
            mine, *ours = timed([binary, "tabulate", path])
            _, *facts = timed([binary, "extract", "--min-confidence", "1", path])
            start, cpu = time.time(), time.process_time()
            theirs = by_pandas(pandas, path)
            pandas_took = [time.time() - start, time.process_time() - cpu]
            counted = sum(int(r["events"]) for r in csv.DictReader(mine.splitlines()))
            print(f"{count} rows; events counted: {counted} here, {theirs} by pandas, which takes {pandas_took[0] / ours[0]:.1f} times as long")
            for what, (wall, cpu) in (("tabulate", ours), ("extract", facts), ("pandas", pandas_took)):
                print(f"{what:9} {wall:6.2f} s, {cpu:6.2f} s of a core, {count / cpu:10.0f} rows/s of a core")
        return counted != theirs


LOADER = """
import pyoxigraph, sys
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
store.flush()
print(len(store))
"""


def build(binary, folder, count):
    """A graph of rows, events derived, packed and published; and its quads through Oxigraph's own bulk loader."""
    with tempfile.TemporaryDirectory() as scratch:
        path, quads = pathlib.Path(scratch) / "some.export.CSV", pathlib.Path(scratch) / "all.nq"
        many(folder, count, path)
        for turn in range(TURNS):
            graph, store = [pathlib.Path(scratch) / f"{what}-{turn}" for what in ("graph", "store")]
            _, *ours = timed([binary, "build", path, "--graph", graph])
            timed([binary, "export", quads, "--graph", graph])
            held, *theirs = timed([sys.executable, "-c", LOADER, quads, store])
            print(f"{count} rows, {int(held)} quads: {theirs[0] / ours[0]:.2f} of the loader's speed")
            for what, (wall, cpu) in (("build", ours), ("loader", theirs)):
                print(f"{what:9} {wall:6.1f} s, {cpu:6.1f} s of a core")
            shutil.rmtree(graph)
            shutil.rmtree(store)


def by_pandas(pandas, path):
    home, codes = homes(), meanings()
    t = pandas.read_csv(path, sep="\t", header=None, usecols=[0, 1, 5, 15, 26], dtype=str, quoting=csv.QUOTE_NONE, names=range(61))
    t = t.dropna().drop_duplicates(0)
    t["a"], t["b"] = t[5].map({c: home(c) for c in t[5].unique()}), t[15].map({c: home(c) for c in t[15].unique()})
    t = t[t[26].isin(codes) & t.a.notna() & t.b.notna() & (t.a != t.b)]
    for i, name in enumerate(["symmetric", "reverse", "score", "quad"]):
        t[name] = t[26].map({c: m[i] for c, m in codes.items()})
    turned = t[t.symmetric | t.reverse].rename(columns={"a": "b", "b": "a"})
    both = pandas.concat([t[~t.reverse | t.symmetric], turned])
    both["month"] = both[1].str[:6]
    grouped = both.groupby(["month", "a", "b"]).agg(events=("score", "size"), mean=("score", "mean"), low=("score", "min"))
    quads = both.groupby(["month", "a", "b", "quad"]).size().unstack(fill_value=0)
    return int(grouped.join(quads).events.sum())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("dir", type=pathlib.Path)
    parser.add_argument("--bench", type=int, metavar="ROWS")
    parser.add_argument("--build", type=int, metavar="ROWS")
    args = parser.parse_args()
    csv.field_size_limit(1 << 30)
    failed = check(args.binary, args.dir)
    if args.bench:
        failed += bench(args.binary, args.dir, args.bench)
    if args.build:
        build(args.binary, args.dir, args.build)
    sys.exit(bool(failed))
