#!/usr/bin/env python3
"""Lays the articles of this folder's annotations beside them, so that they can be scored.

    unpack.py --from DIR OUT      DIR holds articles/*.jsonl.xz with the articles' ids; OUT gets, for each file,
                                  HALF.gold.jsonl (facts with their quotes) and HALF.articles.jsonl; pairs.articles.jsonl
                                  and dated.articles.jsonl hold the articles' texts as far as they were read
"""
import argparse, glob, json, lzma, os

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--from", dest="source", required=True)
    ap.add_argument("out")
    a = ap.parse_args()
    halves = {h: [json.loads(l) for l in open(os.path.join(HERE, h + ".jsonl"), encoding="utf-8")] for h in ("tuned", "untouched", "taught")}
    marked = [json.loads(l) for l in open(os.path.join(HERE, "pairs.jsonl"), encoding="utf-8")]
    dated = [json.loads(l) for l in open(os.path.join(HERE, "dated.jsonl"), encoding="utf-8")]
    # two articles of a pool may share an id; their dates differ
    wanted = {(d["id"], d.get("date")) for docs in (*halves.values(), marked, dated) for d in docs}
    texts = {}
    for path in sorted(glob.glob(os.path.join(a.source, "articles", "*.jsonl.xz"))):
        for line in lzma.open(path, "rt", encoding="utf-8"):
            article = json.loads(line)
            if (article["id"], article.get("date")) in wanted:
                texts[article["id"]] = article
    os.makedirs(a.out, exist_ok=True)
    for half, docs in halves.items():
        with open(os.path.join(a.out, half + ".gold.jsonl"), "w", encoding="utf-8") as gold, \
             open(os.path.join(a.out, half + ".articles.jsonl"), "w", encoding="utf-8") as articles:
            for doc in docs:
                article = texts[doc["id"]]
                for fact in doc["facts"]:
                    at = fact["evidence"]
                    fact["evidence"] = article[at["field"]][at["start"]:at["end"]]
                    for key in ("date", "place", "attribution", "role"):
                        fact.setdefault(key, None)
                gold.write(json.dumps(doc, ensure_ascii=False) + "\n")
                articles.write(json.dumps(article, ensure_ascii=False) + "\n")
    for name, docs in (("pairs", marked), ("dated", dated)):
        with open(os.path.join(a.out, name + ".gold.jsonl"), "w", encoding="utf-8") as gold, \
             open(os.path.join(a.out, name + ".articles.jsonl"), "w", encoding="utf-8") as articles:
            for doc in docs:
                article = texts[doc["id"]]
                facts = [as_fact(article["text"], *f) for f in doc["facts"] if f[3] in STATUS]
                gold.write(json.dumps({"id": doc["id"], "date": doc["date"], "facts": facts}, ensure_ascii=False) + "\n")
                articles.write(json.dumps({**article, "text": article["text"][:doc["read"]]}, ensure_ascii=False) + "\n")


STATUS = {"a": "asserted", "p": "planned", "o": "possible", "d": "denied"}


def as_fact(text, start, end, relation, status, source, source_country, target, target_country, date=None, place=None, speaker=None):
    """A marked fact as in the other files."""
    return {"relation": relation, "source": {"name": source, "aliases": [], "country": source_country},
            "target": {"name": target, "aliases": [], "country": target_country}, "date": date, "place": place,
            "status": STATUS[status], "attribution": speaker, "role": None, "evidence": text[start:end]}


if __name__ == "__main__":
    main()
