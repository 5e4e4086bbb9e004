"""Titles as sources write them -> names of offices, by the patterns of `own/titles.tsv`."""
import functools
import re

from .tables import own, split

# Offices that one person holds at a time; ambassadors count too (see `exclusive`).
SINGLE = {
    "president", "prime minister", "foreign minister", "defense minister", "interior minister",
    "finance minister", "king", "queen", "emperor", "emir", "sultan", "supreme leader", "crown prince", "chancellor",
    "vice chancellor", "pope", "secretary of defense", "secretary of the treasury",
    "secretary-general", "deputy secretary of state", "deputy secretary of defense", "national security adviser",
    "chairman of the joint chiefs of staff", "director of the cia", "director of national intelligence",
    "secretary of the security council", "general secretary", "chief of staff of the armed forces",
    "central bank governor", "attorney general", "speaker of parliament", "director general", "director-general",
    "high representative", "justice minister", "oil minister", "intelligence minister", "chief executive",
}


def exclusive(office):
    return office in SINGLE or office.startswith("ambassador to ")


@functools.cache
def patterns():
    return [(re.compile(row["pattern"]), frozenset(split(row["state"])), row["office"]) for row in own("titles")]


@functools.cache
def office(title, state):
    """The office that a title names, or None where it is none that the gazetteer keeps."""
    text = re.sub(r"\s+", " ", title.lower()).strip()
    for pattern, states, name in patterns():
        match = not (states and state not in states) and pattern.fullmatch(text)
        if match:
            filled = re.sub(r"\{(\d)\}", lambda m: (match.group(int(m.group(1))) or ""), name)
            filled = filled.replace("labour", "labor").strip()
            again = filled.startswith("minister of ") and filled != text
            return None if name == "-" else office(filled, state) if again else filled
    return text if re.match(r"(minister|secretary|deputy|director|head|chair|president|vice|chief|commander|governor|envoy|"
                            r"special|assistant secretary|under secretary|counselor|spokes|leader|administrator|"
                            r"high representative|premier|general secretary|commissioner|representative|plenipotentiary|"
                            r"chancellor|attorney|comptroller|treasurer|white house|first|senior|state|united states|"
                            r"member of the (presidency|sovereign|governing|federal council)|ambassador|prime)", text) else None
