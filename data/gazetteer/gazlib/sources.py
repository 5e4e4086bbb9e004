"""One reader for each free source of office-holders. A spell is a dict with the keys of the table of offices, and of its person."""
import re

from . import titles, world
from .tables import ascii_fold, csv_rows, json_of, own, slug, split

MONTHS = {name: f"{number:02}" for number, name in enumerate(
    "january february march april may june july august september october november december".split(), 1)}
EVERYPOLITICIAN_NAMES = {
    "us": "USA", "czech": "CZE", "swiss": "CHE", "saudi": "SAU", "uae": "ARE", "bosnia-herzegovina": "BIH",
    "congo-kinshasa": "COD", "north-macedonia": "MKD", "world": "",
}


def spell(name, qid, office, state, start, end, source, aliases=(), family=""):
    return {"name": name, "qid": qid, "office": office, "state": state, "start": start, "end": end, "source": source,
            "aliases": list(aliases), "family": family}


def latin(name):
    return all(not c.isalpha() or ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def sound(start, end):
    """Whether two dates are dates, in order."""
    well = all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date) for date in (start, end) if date)
    length = min(len(start), len(end))
    return well and start[:length] <= end[:length] if end else well


def peerage(name):
    """`Peter Carington, 6th Baron Carrington` without what follows the comma."""
    return re.sub(r"\s*\([^)]*\)|^(Sir|Dame|Lord|Lady) (?=\S+ \S)", "", name.split(",")[0]).strip()


def state_names():
    found = {}
    for row in own("states"):
        for form in [row["name"]] + split(row["aliases"]):
            found.setdefault(slug(form), row["id"])
    return found


def accredited(office, names, short):
    """`ambassador to the people's republic of china` -> `ambassador to china`."""
    match = re.fullmatch(r"ambassador to (?:the )?(.*)", office)
    if not match:
        return office
    state = names.get(slug(match.group(1)))
    return f"ambassador to {short[state]}" if state else f"ambassador to {match.group(1)}"


def everypolitician(source):
    """Spells in office of 112 states, 2000-2022, from EveryPolitician (CC0)."""
    names, short, spells = state_names(), {row["id"]: row["name"].lower() for row in own("states")}, []
    for row in csv_rows(source / "everypolitician_holders_2000_2022.csv.xz"):
        country = row["country"]
        state = EVERYPOLITICIAN_NAMES.get(country, names.get(country))
        name = peerage(row["person"])
        if not state or not latin(name) or " " not in name and len(name) < 4 or not sound(row["start"], row["end"]):
            continue
        office = titles.office(row["position"], state)
        if office:
            spells.append(spell(name, row["wikidata"], accredited(office, names, short), state, row["start"], row["end"],
                                "ep"))
    return spells


UN_POSITIONS = {
    "Secretary-General of the United Nations": ("secretary-general", "org-un"),
    "Deputy Secretary-General of the United Nations": ("deputy secretary-general", "org-un"),
    "Under-Secretary-General of the United Nations": ("under-secretary-general", "org-un"),
    "President of the United Nations General Assembly": ("president", "org-unga"),
    "president of the Parliamentary Assembly of the Council of Europe": ("president", "org-pace"),
    "President of the International Court of Justice": ("president", "org-icj"),
    "Vice President of the International Court of Justice": ("vice president", "org-icj"),
    "Judge of the International Court of Justice": ("judge", "org-icj"),
    "Director-General of the World Trade Organization": ("director-general", "org-wto"),
    "OSCE High Commissioner on National Minorities": ("high commissioner on national minorities", "org-osce"),
    "Speaker of the Arab Parliament": ("speaker of parliament", "org-arabparl"),
}


def organisations(source):
    """Office-holders of the UN and other organisations (CC0)."""
    spells = []
    for row in csv_rows(source / "un_igo_officeholders.csv"):
        place = UN_POSITIONS.get(row["position"])
        name = peerage(row["person"])
        if place and latin(name):
            spells.append(spell(name, row["personID"], *place, row["start"], row["end"], "un"))
    return spells


def foreign_ministers(source):
    """Every second data row of the foreign ministers of 2022 (CC0); the others are kept apart for tests."""
    by_item = {row["wikidata"]: row["id"] for row in world.states(source) if row["kind"] == "state" and not row["end"]}
    spells = []
    for number, row in enumerate(csv_rows(source / "foreign_ministers_2022.csv"), 1):
        state = by_item.get(row["country"])
        if number % 2 == 0 and state and row["person"] and latin(row["name"]):
            spells.append(spell(peerage(row["name"]), row["person"], "foreign minister", state, row["start"], "",
                                "fm-2022"))
    return spells


def us_executive(source):
    """Presidents and vice presidents of the United States since 1945 (CC0)."""
    text, spells = (source / "us_executive.yaml").read_text(encoding="utf-8"), []
    for block in re.split(r"^- id:", text, flags=re.M)[1:]:
        value = dict(re.findall(r"^\s+(first|last|middle|nickname|wikidata|suffix): '?([^'\n]*)'?$", block, flags=re.M))
        for kind, start, end in re.findall(r"- type: (\w+)\n\s+start: '([\d-]+)'\n\s+end: '([\d-]+)'", block):
            if start < "1945":
                continue
            office = {"prez": "president", "viceprez": "vice president"}[kind]
            spells.append(spell(f"{value['first']} {value['last']}", value.get("wikidata", ""), office, "USA", start,
                                "" if end > "2026" else end, "us"))
    return joined(spells)


def joined(spells):
    """Terms of one person that follow upon each other, as one spell."""
    made = []
    for one in spells:
        last = made[-1] if made else None
        if last and (last["name"], last["office"], last["end"]) == (one["name"], one["office"], one["start"]):
            last["end"] = one["end"]
        else:
            made.append(one)
    return made


FACTBOOK_TITLES = [
    (r"(transitional? |interim |acting |caretaker |gnu interim |cnsp )*prime minister( and foreign minister)?", "prime minister"),
    (r"(transitional? |interim |acting )*president", "president"),
    (r"president of the (swiss confederation|government of spain \(prime minister-equivalent\))", None),
    (r"king", "king"), (r"amir", "emir"), (r"pope", "pope"), (r"supreme leader", "supreme leader"),
    (r"(federal )?chancellor", "chancellor"), (r"taoiseach \(prime minister\)", "prime minister"),
    (r"vice president", "vice president"), (r"premier", "prime minister"), (r"grand duke", "grand duke"), (r"emperor", "emperor"),
]


def factbook(source):
    """Heads of state and government and US ambassadors in the World Factbook of January 2026 (public domain)."""
    gec, short, spells = world.gec_to_iso(source), {row["id"]: row["name"].lower() for row in own("states")}, []
    states = {row["id"] for row in own("states") if row["kind"] == "state"}
    for row in json_of(source / "factbook_gov_2026.json"):
        state = gec.get(row["gec"].upper())
        if state not in states:
            continue
        for field in dict.fromkeys((row["chief_of_state"], row["head_of_government"])):
            if "represented by" in (field or ""):
                continue
            for pattern, office in FACTBOOK_TITLES:
                found = re.match(pattern + r",? (?=\S*[A-Z])", field or "", flags=re.I) if office else None
                if found:
                    spells += dated(field[found.end():], office, state)
                    break
        mission = json_text(row["us_mission"])
        found = re.match(r"Ambassador(?=\s+[A-Z])\s+", mission)
        if found:
            spells += dated(mission[found.end():], f"ambassador to {short[state]}", "USA")
    return spells


def json_text(cell):
    found = re.search(r'"text": "(.*?)"\s*\}', cell or "")
    return found.group(1) if found else ""


def dated(text, office, state):
    """`Abdelmadjid TEBBOUNE (since 12 December 2019)` as at most one spell."""
    match = re.match(r"([^(;]+?)\s*\(since ([^)]*)\)", text)
    name = re.sub(r"^((Presidential Council,|Sr\.|Gen\.|Lt\.|Maj\.|Col\.|Capt\.|General|Dr\.|Crown Prince|Sir|Dame|Ratu|Tuanku)\s+)+", "", match.group(1)) if match else ""
    name = re.sub(r",? Jr\.$", "", name)
    start = iso(match.group(2)) if match else ""
    if not start or name[:1].islower() or len(name.split()) < 2 and office not in ("king", "pope"):
        return []
    plain, family = unshout(name)
    return [spell(plain, "", office, state, start, "", "factbook", family=family)]


def iso(text):
    found = re.fullmatch(r"(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})", text.strip())
    if not found or found.group(2) and found.group(2).lower() not in MONTHS:
        return ""
    day, month, year = found.groups()
    return "-".join([year] + ([MONTHS[month.lower()]] if month else []) + ([f"{int(day):02}"] if day else []))


def unshout(name):
    """The Factbook writes the family name in capitals: the plain name, and that family name if it is not the last word."""
    words, family = [], []
    for word in name.split():
        parts = [lowered(part) for part in re.split(r"(-)", word)]
        words.append("".join(plain for plain, _ in parts))
        if any(shouted for _, shouted in parts):
            family.append(words[-1])
    return " ".join(words), " ".join(family) if family and words[-len(family):] != family else ""


def lowered(part):
    """One part of a name in its usual case, and whether it was written in capitals."""
    letters = re.sub(r"^(de|bin)(?=[A-ZÀ-Þ])", "", part)
    shouted = len(letters) > 1 and letters.isupper() and "." not in letters and not re.fullmatch(r"[IVX]+", letters)
    if not shouted:
        return part, False
    plain = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), letters)
    return part[:len(part) - len(letters)] + re.sub(r"(?<=['’])S\b", "s", plain), True


def similar(name):
    """The words of a name, folded, for comparing spellings."""
    return re.sub(r"[^a-z ]", "", ascii_fold(name).lower().replace("-", " ")).split()
