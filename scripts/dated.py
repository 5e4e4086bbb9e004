#!/usr/bin/env python3
"""Sheets on which readers mark when, where and by whose word the facts of articles happened; and their marks as a table.

    dated.py write ARTICLES.jsonl FACTS.jsonl DIR [--sheets 16]   FACTS as `diplograph extract` prints them; DIR gets NN.txt
    dated.py read DIR... > dated.jsonl                            from NN.tsv, what the readers wrote beside them
    dated.py agree dated.jsonl dated-again.jsonl                  how far two readings of the same facts agree

A sheet holds articles, each followed by its events: a key, the relation, the two actors, the words cited. A reader writes a line for each
(tabs between): KEY, yes or no (the article tells it, or not), the date (ISO 8601, an interval with a slash), the place, the
speaker, the status (a asserted, p planned, o possible, d denied); a dash where there is none.
"""
import argparse, collections, datetime, glob, json, os, re, sys

STANDING = {"holds_office", "affiliated_with", "member_of"}
DAY = r"\d{4}(-\d\d(-\d\d)?)?"


def write(articles, facts, folder, sheets):
    found = collections.defaultdict(list)
    for fact in map(json.loads, open(facts, encoding="utf-8")):
        if fact["relation"] not in STANDING and fact["evidence"]["field"] == "text":
            found[fact["article"]].append(fact)
    os.makedirs(folder, exist_ok=True)
    articles = [a for a in map(json.loads, open(articles, encoding="utf-8")) if found[a["id"]]]
    keyed = {}
    for sheet in range(sheets):
        with open(os.path.join(folder, f"{sheet:02}.txt"), "w", encoding="utf-8") as out:
            for n, article in enumerate(articles[sheet::sheets], 1):
                day = datetime.date.fromisoformat(article["date"]).strftime("%Y-%m-%d %A") if article.get("date") else "no day"
                print(f"=== article {n}, {day}\nTITLE: {article.get('title')}\n{article['text']}\n--- facts", file=out)
                for i, fact in enumerate(sorted(found[article["id"]], key=lambda f: f["evidence"]["start"])):
                    quote = fact["evidence"]["text"].replace("\n", " ")
                    print(f"{n}.{i}", fact["relation"], f"{fact['source']['name']} -> {fact['target']['name']}", f"[{quote}]", sep="\t", file=out)
                    keyed[f"{sheet:02}/{n}.{i}"] = {**fact, "day": article.get("date"), "read": len(article["text"])}
    json.dump(keyed, open(os.path.join(folder, "facts.json"), "w", encoding="utf-8"))


def marks(folder):
    """Each fact with what its reader wrote; a line that is none is an error."""
    keyed = json.load(open(os.path.join(folder, "facts.json"), encoding="utf-8"))
    for path in sorted(glob.glob(os.path.join(folder, "[0-9][0-9].tsv"))):
        for n, line in enumerate(open(path, encoding="utf-8"), 1):
            cells = line.rstrip("\n").split("\t")
            fact = keyed.get(f"{os.path.basename(path)[:2]}/{cells[0]}")
            good = fact and len(cells) == 6 and (cells[1] == "no" or cells[1] == "yes" and cells[5] in "apod" and re.fullmatch(f"-|{DAY}(/{DAY})?", cells[2]))
            if not good:
                sys.exit(f"{path}:{n}: not KEY, yes|no, DATE, PLACE, SPEAKER, STATUS with tabs between")
            yield fact, cells


def read(folders):
    told = {}
    for fact, (_, tells, date, place, speaker, status) in (m for f in folders for m in marks(f)):
        article = told.setdefault(fact["article"], {"id": fact["article"], "date": fact["day"], "read": fact["read"], "facts": []})
        at, a, b = fact["evidence"], fact["source"], fact["target"]
        row = [at["start"], at["end"], fact["relation"], status if tells == "yes" else "n", a["name"], a["country"], b["name"], b["country"]]
        said = [None if x == "-" or tells == "no" else x for x in (date, place, speaker)]
        article["facts"].append(row + said)
    for article in told.values():
        print(json.dumps(article, ensure_ascii=False))


def agree(first, second):
    tables = []
    for path in (first, second):
        docs = map(json.loads, open(path, encoding="utf-8"))
        tables.append({(d["id"], *f[:3], *f[4:8]): (f[3], *f[8:]) for d in docs for f in d["facts"]})
    pairs = [(tables[0][k], tables[1][k]) for k in tables[1].keys() & tables[0].keys()]
    told = [(a, b) for a, b in pairs if "n" not in (a[0], b[0])]
    share = lambda same, of: f"{sum(map(same, of)) / max(1, len(of)):.3f}"
    f1 = lambda i: f"{2 * sum(a[i] is not None and a[i] == b[i] for a, b in told) / max(1, sum((a[i] is not None) + (b[i] is not None) for a, b in told)):.3f}"
    print(f"{len(pairs)} facts, told or not {share(lambda p: (p[0][0] == 'n') == (p[1][0] == 'n'), pairs)}; {len(told)} told:",
          f"status {share(lambda p: p[0][0] == p[1][0], told)}, date {share(lambda p: p[0][1] == p[1][1], told)}, F1 of place {f1(2)}, of speaker {f1(3)}")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    stages = a.add_subparsers(dest="stage", required=True)
    w = stages.add_parser("write")
    w.add_argument("articles")
    w.add_argument("facts")
    w.add_argument("folder")
    w.add_argument("--sheets", type=int, default=16)
    stages.add_parser("read").add_argument("folders", nargs="+")
    stages.add_parser("agree").add_argument("tables", nargs=2)
    a = a.parse_args()
    if a.stage == "write":
        write(a.articles, a.facts, a.folder, a.sheets)
    elif a.stage == "read":
        read(a.folders)
    else:
        agree(*a.tables)


if __name__ == "__main__":
    main()
