#!/usr/bin/env python3
"""Remakes data/language/stems.tsv: the base forms that the lemmatiser may give to a regular form.

    python3 scripts/stems.py --from DIR      DIR/treebanks/free-train.conllu.xz

Words: lemmas that the training parts of UD English EWT and GUM give to verbs and nouns at least twice, the words of the rules in
data/rules, and a few of diplomacy that both lack.
"""
import argparse
import collections
import glob
import lzma
import os
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
VERBS = """accede annex applaud abandon arm ask bankroll blame blockade bomb boycott broker cancel convene decline deploy downgrade
equip expel forge freeze free give hand impose lambast laud mediate mobilise mobilize name normalise phone poison postpone raid
rebuke refrain repair rescind scrap share shell ship sue supply telephone tell""".split()
NOUNS = "airstrike ceasefire diplomat embargo envoy hostage missile sanction tariff troop truce warship".split()
WORD = re.compile("[a-z]{3,}")


def treebank(path):
    found = {"VERB": collections.Counter(), "NOUN": collections.Counter()}
    for line in lzma.open(path, "rt", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 10 and cells[3] in found and WORD.fullmatch(cells[2].lower()):
            found[cells[3]][cells[2].lower()] += 1
    return [{w for w, n in found[tag].items() if n > 1} for tag in ("VERB", "NOUN")]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--from", dest="source", required=True, metavar="DIR")
    verbs, nouns = treebank(os.path.join(arguments.parse_args().source, "treebanks", "free-train.conllu.xz"))
    for path in glob.glob(os.path.join(ROOT, "data", "rules", "*.rules")):
        for line in open(path, encoding="utf-8"):
            trigger = re.match(r"\s+(verb|noun)\s+(.*)", line.split("#")[0])
            for word in trigger[2].split(",") if trigger else []:
                first = word.strip().split(" ")[0]
                if WORD.fullmatch(first):
                    (verbs if trigger[1] == "verb" else nouns).add(first)
    rows = [f"{w}\tV" for w in sorted(verbs | set(VERBS))] + [f"{w}\tN" for w in sorted(nouns | set(NOUNS))]
    head = ["# Base forms that the lemmatiser may give to a regular form. Origin: lemmas that the training parts of UD English EWT",
            "# and GUM give to verbs (V) and nouns (N) at least twice, the words of data/rules, own additions. A word list: facts.",
            "# Remade by: python3 scripts/stems.py --from DIR"]
    with open(os.path.join(ROOT, "data", "language", "stems.tsv"), "w", encoding="utf-8") as out:
        out.write("\n".join(head + rows) + "\n")


if __name__ == "__main__":
    main()
