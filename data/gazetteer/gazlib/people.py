"""Who is who: spells of all sources -> persons, each with one id, and offices that do not contradict each other."""
import collections
import difflib
import re

from . import offices, sources
from .tables import ascii_fold, join, own, slug, split

PARTICLES = {"de", "von", "van", "der", "den", "dos", "da", "das", "do", "di", "du", "la", "le", "della", "del", "ten", "ter",
             "zu", "af", "bin", "ibn", "De", "Van", "Von", "Di", "Le", "La", "Da", "Del"}


def spells_of(source):
    """All spells, best source first."""
    return (own_spells() + sources.us_executive(source) + sources.organisations(source) + sources.factbook(source)
            + sources.everypolitician(source) + sources.foreign_ministers(source))


def own_spells():
    return [sources.spell(row["person"], "", row["office"], row["state"], row["start"], row["end"], "own")
            for row in own("offices")]


class Register:
    """The persons found so far, by Wikidata id, by name and by office."""

    def __init__(self):
        self.people, self.by_name, self.by_post = {}, collections.defaultdict(list), collections.defaultdict(list)

    def add(self, qid, name):
        # Homonyms of one slug get a number; ids depend on the order of the sources only.
        key, number = qid or f"person-{slug(name)}", 2
        while not qid and key in self.people:
            key, number = f"person-{slug(name)}-{number}", number + 1
        person = self.people.setdefault(key, {"id": key, "name": name, "aliases": [], "family": "", "country": "",
                                              "wikidata": qid, "states": collections.Counter()})
        self.know(person, name, "")
        return person

    def know(self, person, name, state):
        if name != person["name"] and name not in person["aliases"]:
            person["aliases"].append(name)
        if person not in self.by_name[slug(name)]:
            self.by_name[slug(name)].append(person)
        if state:
            person["states"][state] += 1

    def named(self, name, state):
        """The person of that name whom the state knows (of several, who held most offices there)."""
        known = [p for p in self.by_name[slug(name)] if not state or not p["states"] or state in p["states"]
                 or state.startswith("org-") or any(s.startswith("org-") for s in p["states"])]
        known.sort(key=lambda p: (-p["states"][state], p["id"]))
        return known[0] if len(known) == 1 or known and known[0]["states"][state] > known[1]["states"][state] else None

    def in_post(self, one):
        """The person of a like name who took the same office at about the same time."""
        for other, person in self.by_post[one["state"], one["office"]]:
            if near(one, other) and alike(one["name"], other["name"]):
                return person
        return None


def near(one, other):
    """Two spells that begin within four months, or overlap where one of them is open."""
    gap = abs(offices.days(one["start"]) - offices.days(other["start"]))
    return gap <= 120 or offices.overlap(one, other) > 0


def alike(one, other):
    a, b = sources.similar(one), sources.similar(other)
    if not a or not b:
        return False
    shared = set(a) & set(b) - {"al", "el", "bin", "de", "van", "von"}
    ratio = difflib.SequenceMatcher(None, " ".join(a), " ".join(b)).ratio()
    return ratio > 0.8 or len(shared) >= 2 or bool(shared) and ratio > 0.5


def build(source):
    """(rows of people, rows of offices)"""
    register, made = Register(), []
    spells = spells_of(source)
    for row in own("people"):
        add_own(register, row)
    # Spells with a Wikidata id first, so that the others find those persons; the own rows' ids come from there too.
    for one in spells:
        if one["qid"]:
            register.by_post[one["state"], one["office"]].append((one, resolve(register, one)))
    for one in spells:
        if not one["qid"]:
            register.by_post[one["state"], one["office"]].append((one, resolve(register, one)))
    for one in spells:
        person = one["who"]
        prefer(person, one)
        made.append({"person": person["id"], "office": one["office"], "state": one["state"], "start": one["start"],
                     "end": one["end"], "source": one["source"]})
    return people_rows(register), offices.settle(made)


def add_own(register, row):
    qid = row["id"] if re.fullmatch(r"Q\d+", row["id"]) else ""
    person = register.add(qid, row["name"])
    person |= {"own": True, "family": row["family"], "country": row["country"]}
    register.people[person["id"]] = person
    register.by_name[slug(row["name"])] = [p for p in register.by_name[slug(row["name"])] if p["id"] != person["id"]] + [person]
    if row["country"]:
        person["states"][row["country"]] += 1
    for alias in split(row["aliases"]):
        register.know(person, alias, "")


def resolve(register, one):
    """Gives the spell its person, known or new."""
    qid, name, state = one["qid"], one["name"], one["state"]
    person = register.people.get(qid) if qid else None
    if not person:
        person = register.named(name, state)
        if person and qid and person["wikidata"] and person["wikidata"] != qid:
            person = None
    if not person and not qid:
        person = register.in_post(one)
    if person and qid and not person["wikidata"]:
        adopt(register, person, qid)
    person = person or register.add(qid, name)
    register.know(person, name, state)
    one["who"] = person
    return person


def adopt(register, person, qid):
    """A person known by name only turns out to have a Wikidata id."""
    del register.people[person["id"]]
    person |= {"id": qid, "wikidata": qid}
    register.people[qid] = person


def prefer(person, one):
    """The own spelling of a name is the name; other spellings are aliases."""
    if one["source"] == "own" and not person.get("own") and not person.get("renamed"):
        person["aliases"] = [a for a in [person["name"]] + person["aliases"] if a != one["name"]]
        person["name"], person["renamed"] = one["name"], True
    if one["family"] and not person["family"] and one["source"] == "factbook":
        person["family"] = one["family"] if one["family"] in person["name"] else ""


def people_rows(register):
    families, acronyms, rows = families_first(), {row["id"]: row["acronym"] for row in own("igos")}, []
    for person in register.people.values():
        states = sorted(person["states"].items(), key=lambda item: (-item[1], item[0]))
        country = person["country"] or home([state for state, _ in states], acronyms)
        rows.append({
            "id": person["id"], "name": person["name"], "aliases": aliases(person), "country": country,
            "family": person["family"] or family(person["name"], country, families), "wikidata": person["wikidata"],
        })
    return sorted(rows, key=lambda row: (row["id"][0] != "Q", len(row["id"]), row["id"]))


def aliases(person):
    """Other spellings, without those that differ only in marks."""
    seen, kept = {fold(person["name"])}, []
    for alias in person["aliases"]:
        if fold(alias) not in seen:
            seen.add(fold(alias))
            kept.append(alias)
    return join(kept)


def fold(name):
    return ascii_fold(name).lower()


def home(states, acronyms):
    """The state of most spells; for those who served organisations only, the acronym of the first."""
    return next((s for s in states if not s.startswith("org-")), "") or next((acronyms.get(s, "") for s in states), "")


def families_first():
    found = {}
    for row in own("family-first"):
        for state in split(row["states"]):
            found[state] = set(row["families"].split())
    return found


def family(name, country, first):
    """The family name where it is not the last word: `Xi`, `al-Assad|Assad`, `von der Leyen`."""
    words = name.split()
    if len(words) < 2:
        return ""
    if words[0] in first.get(country, ()) and words[-1] not in ("Lee", "Wong"):
        return words[0]
    if words[-1] in ("Jr.", "Sr.") or words[-1] in ("II", "III", "IV") and country in ("USA", "PHL"):
        return words[-2] if len(words) > 2 else ""
    arabic = re.fullmatch(r"([AaEe]l)-(.+)", words[-1])
    if arabic:
        return f"{arabic.group(1)}-{arabic.group(2)}|{arabic.group(2)}"
    if words[-2] in ("Al", "Ould", "El"):
        return f"{words[-2]} {words[-1]}|{words[-2]}-{words[-1]}"
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES and words[start - 1] not in ("bin", "ibn"):
        start -= 1
    return " ".join(words[start:]) if start < len(words) - 1 else ""
