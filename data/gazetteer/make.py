#!/usr/bin/env python3
"""Makes the tables of the gazetteer from `own/*.tsv` and a directory of free sources.

    python3 data/gazetteer/make.py --from DIR            write the tables (DIR/actors holds the sources)
    python3 data/gazetteer/make.py --check               look for contradictions in the tables as they stand
    python3 data/gazetteer/make.py --check --from DIR    ... and that a new run would write the same bytes
"""
import argparse
import sys
from pathlib import Path

from gazlib import check, given, people, plain, world
from gazlib.tables import HERE, render

FACTS = "Facts; licence as the project. Made by make.py: change own/*.tsv, not this file."
NOTES = {
    "states": ["States and territories, present and since 1945.",
               "Origin: own; iso2 and Wikidata ids from datasets/country-codes (PDDL); cow from Correlates of War, gw after Gleditsch and Ward."],
    "igos": ["Intergovernmental organisations, their organs, coalitions, treaties.",
             "Origin: own; members from the CIA World Factbook of 2026 (public domain) where not given by hand."],
    "places": ["Capitals, cities, regions and buildings; degrees, WGS 84, rounded.", "Origin: own."],
    "groups": ["Armed groups, parties, movements, companies, churches and aid organisations that states deal with.", "Origin: own."],
    "organs": ["Named organs of states. Generic ones ('Foreign Ministry of X') are made by code.", "Origin: own."],
    "people": ["Office-holders.",
               "Origin: own; ep = EveryPolitician (CC0), factbook = World Factbook of January 2026 (public domain), un = UN and IGO office-holders (CC0), us = US executive (CC0), fm-2022 = foreign ministers of 2022, every second row (CC0)."],
    "offices": ["Who held which office from when to when.",
                "Origin: as people.tsv, see the column source. Snapshots of 2022 that give no end are ended in 2022."],
    "titles": ["Other titles of the offices of offices.tsv; states: only there (empty: everywhere).", "Origin: own."],
    "given": ["First names, with the sex of those who bear them where it is one.",
              "Origin: EveryPolitician (CC0), names of at least three office-holders; first names that two persons of people.tsv bear."],
    "publishers": ["News agencies, newspapers, broadcasters, government sites.", "Origin: own."],
}


def tables(source):
    """Every generated table: name -> text."""
    persons, held = people.build(source)
    rows = {
        "people": persons, "offices": held,
        "states": world.states(source), "igos": world.igos(source), "places": world.places(),
        "groups": plain.groups(), "organs": plain.organs(), "publishers": plain.publishers(),
        "titles": plain.titles(), "given": given.given(source, persons),
    }
    return {name: render(name, found, NOTES[name] + [FACTS]) for name, found in rows.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", type=Path, metavar="DIR", help="directory that holds actors/")
    parser.add_argument("--check", action="store_true", help="write nothing, report contradictions")
    options = parser.parse_args()
    if not options.check and not options.source:
        parser.error("--from DIR or --check")
    made = tables(options.source / "actors") if options.source else {}
    if options.check:
        found = check.problems(HERE, made)
        print("\n".join(found) or "no contradiction found")
        return 1 if found else 0
    for name, text in made.items():
        (HERE / f"{name}.tsv").write_text(text, encoding="utf-8")
        print(f"{name}.tsv: {sum(1 for line in text.splitlines() if not line.startswith('#')) - 1} rows, {len(text.encode())} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
