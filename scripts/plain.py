#!/usr/bin/env python3
"""Plain paragraphs of texts and pages, as articles in JSON Lines: what scripts/trees.py marks beside the news (data/models/README).

    scripts/plain.py FOLDER... --ext .txt .html .page > texts.jsonl
    diplograph parse texts.jsonl > texts.conllu
    scripts/plain.py texts.conllu --draw 30000 > drawn.conllu          sentences of 4 to 60 words that end with a mark, by chance
"""
import argparse, html, json, pathlib, random, re

SHORTEST, LONGEST, TOGETHER = 40, 3000, 5


def paragraphs(path):
    """Of a page what stands between block elements; of a text what empty lines part, or a few sentences where no line is empty."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix != ".txt":
        text = re.sub(r"(?is)<(script|style|pre|code|head|screen|media|cite|credit)\b.*?</\1>", " ", text)
        text = re.sub(r"(?i)</?(p|li|div|h\d|td|tr|ul|ol|title|section|dd|dt|item|blockquote)\b[^>]*>", "\n\n", text)
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    parts = re.split(r"\n\s*\n", text)
    if len(parts) < 3:
        sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
        parts = [" ".join(sentences[i:i + TOGETHER]) for i in range(0, len(sentences), TOGETHER)]
    parts = [re.sub(r"\s+", " ", p).strip() for p in parts]
    return [p for p in parts if SHORTEST < len(p) < LONGEST]


def sentences(path):
    """Whole sentences of a file in CoNLL-U."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [l for l in block.split("\n") if l and l[0] != "#"]
        if 4 <= len(rows) <= 60 and rows[-1].split("\t")[1] in ".?!”\"’":
            yield block


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("paths", nargs="+", type=pathlib.Path)
    a.add_argument("--ext", nargs="*", default=[".txt", ".html", ".page"])
    a.add_argument("--draw", type=int, help="sentences to draw from files in CoNLL-U")
    a = a.parse_args()
    if a.draw:
        found = [s for p in a.paths for s in sentences(p)]
        print("\n\n".join(random.Random(7).sample(found, min(a.draw, len(found)))), end="\n\n")
        return
    for path in sorted(f for p in a.paths for f in p.rglob("*") if f.suffix in a.ext):
        if parts := paragraphs(path):
            print(json.dumps({"id": path.name, "date": "2020-01-01", "text": "\n\n".join(parts)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
