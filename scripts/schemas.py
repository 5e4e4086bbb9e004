#!/usr/bin/env python3
"""Checks GEXF 1.3 and GraphML files against the grammars of their authors: scripts/schemas.py FILE.gexf FILE.graphml ...

Needs lxml. The grammars stand here in our own words, after gexf.rng and dynamics.rng of GEXF 1.3 and after the structure and attribute
layers of GraphML. Left out of the check, as design and tools have it: elements of `viz:` (the official schema takes none), attributes of
XMLSchema-instance, and `label` on an edge of GraphML, by which Gephi knows kinds of edges. Ends with 1 if a file is not valid.
"""
import sys

from lxml import etree

GEXF, GRAPHML = "http://gexf.net/1.3", "http://graphml.graphdrawing.org/xmlns"
RELAX, TYPES = "http://relaxng.org/ns/structure/1.0", "http://www.w3.org/2001/XMLSchema-datatypes"


def data(name):
    return f'<data type="{name}"/>'


def ref(name):
    return f'<ref name="{name}"/>'


def one_of(words):
    return choice(*(f'<value type="string" datatypeLibrary="">{w}</value>' for w in words.split()))


def wrapped(tag):
    return lambda *parts: f"<{tag}>{''.join(parts)}</{tag}>"


choice, together, in_order = wrapped("choice"), wrapped("interleave"), wrapped("group")
maybe, many, some = wrapped("optional"), wrapped("zeroOrMore"), wrapped("oneOrMore")
TEXT = "<text/>"


def element(name, *parts):
    return f'<element name="{name}">{"".join(parts)}</element>'


def must(name, kind):
    return f'<attribute name="{name}" ns="">{kind}</attribute>'


def may(name, kind):
    return maybe(must(name, kind))


def define(name, *parts):
    return f'<define name="{name}">{"".join(parts)}</define>'


def grammar(namespace, start, *definitions):
    text = f'<grammar ns="{namespace}" xmlns="{RELAX}" datatypeLibrary="{TYPES}"><start>{start}</start>{"".join(definitions)}</grammar>'
    return etree.RelaxNG(etree.fromstring(text))


def gexf():
    ident, time, token = ref("id"), ref("time"), data("token")
    when = choice(together(may("start", time), may("end", time)), must("timestamp", time))
    spans = choice(together(may("start", time), may("end", time)), must("intervals", token), must("timestamp", time), must("timestamps", token))
    spells = maybe(element("spells", some(element("spell", when))))
    values = maybe(element("attvalues", many(element("attvalue", together(must("for", ident), must("value", data("string")), when)))))
    edge_types = one_of("directed undirected mutual")
    meta = maybe(element("meta", together(may("lastmodifieddate", data("date")), *(maybe(element(n, TEXT)) for n in ("creator", "keywords", "description")))))
    attribute = together(must("id", ident), must("title", data("string")), must("type", ref("type")), maybe(element("default", TEXT)), maybe(element("options", TEXT)))
    attributes = many(element("attributes", together(must("class", one_of("node edge")), may("mode", one_of("static dynamic")), many(element("attribute", attribute)))))
    return grammar(
        GEXF,
        element("gexf", together(must("version", one_of("1.3")), may("variant", data("string")), in_order(meta, element("graph", ref("graph"))))),
        define("graph", together(
            may("defaultedgetype", edge_types), may("idtype", one_of("integer string")), may("timeformat", one_of("integer double date dateTime")), when,
            may("mode", one_of("static dynamic slice")), may("timerepresentation", one_of("interval timestamp")), may("timezone", token),
            in_order(attributes, ref("nodes"), ref("edges")))),
        define("nodes", element("nodes", together(may("count", data("nonNegativeInteger")), many(ref("node"))))),
        define("edges", element("edges", together(may("count", data("nonNegativeInteger")), many(ref("edge"))))),
        define("node", element("node", together(
            must("id", ident), may("label", token), values, may("pid", ident), maybe(ref("nodes")), maybe(ref("edges")),
            maybe(element("parents", many(element("parent", must("for", ident))))), spans, spells))),
        define("edge", element("edge", together(
            may("id", ident), may("type", edge_types), may("label", token), must("source", ident), must("target", ident), may("weight", data("double")),
            may("kind", token), values, spans, spells))),
        define("id", choice(data("string"), data("integer"), data("long"))),
        define("time", choice(data("integer"), data("double"), data("date"), data("dateTime"))),
        define("type", one_of(
            "integer long double float boolean bigdecimal biginteger byte char short liststring listboolean listinteger listlong listfloat "
            "listdouble listbyte listshort listbigdecimal listbiginteger listchar string anyURI")),
    )


def graphml():
    name = data("NMTOKEN")
    description = maybe(element("desc", TEXT))
    value = element("data", together(must("key", name), may("id", name), TEXT))
    key = together(
        must("id", name), may("for", one_of("all graph node edge hyperedge port endpoint graphml")), may("attr.name", name),
        may("attr.type", one_of("boolean int long float double string")), in_order(description, maybe(element("default", TEXT))))
    inner = in_order(description, many(value), maybe(ref("graph")))
    return grammar(
        GRAPHML,
        element("graphml", in_order(description, many(element("key", key)), many(choice(ref("graph"), value)))),
        define("graph", element("graph", together(
            may("id", name), must("edgedefault", one_of("directed undirected")),
            in_order(description, many(choice(value, ref("node"), ref("edge"))))))),
        define("node", element("node", together(must("id", name), inner))),
        define("edge", element("edge", together(
            may("id", name), may("directed", data("boolean")), must("source", name), must("target", name), inner))),
    )


def plain(path):
    """The file without what the check leaves out."""
    tree = etree.parse(path)
    for e in [e for e in tree.iter() if isinstance(e.tag, str)]:
        space, _, tag = e.tag.rpartition("}")
        if space.endswith("viz"):
            e.getparent().remove(e)
            continue
        left_out = [a for a in e.attrib if "XMLSchema-instance" in a or (space.endswith(GRAPHML) and (tag, a) == ("edge", "label"))]
        for a in left_out:
            del e.attrib[a]
    return tree


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    grammars, wrong = {"gexf": gexf(), "graphml": graphml()}, 0
    for path in sys.argv[1:]:
        of = grammars["gexf" if path.endswith(".gexf") else "graphml"]
        if not of.validate(plain(path)):
            wrong += 1
            print(f"{path}:{of.error_log[0].line}: {of.error_log[0].message}")
    print(f"{len(sys.argv) - 1 - wrong} of {len(sys.argv) - 1} files are valid")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
