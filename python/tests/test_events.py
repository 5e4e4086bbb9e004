"""Events from claims that were read apart: those of the graph, quad by quad, without Spark."""

import itertools

from diplograph import _native
from diplograph.reading import article_of, engine


def test_claims_read_apart_make_the_very_graph(graph, program, articles):
    claims, names, quads = {}, {}, set(_native.common_nquads().splitlines())
    for article in reversed(articles):
        told, _ = engine()._native.read_claims(_native.Intake(None, None), [article_of(article)], True)
        [(facts, document, named)] = told
        quads.update(document.splitlines())
        for actor, name, quad in named:
            names[actor] = min(names.get(actor, (name, quad)), (name, quad))
        for _, pair, claim in facts:
            claims.setdefault(pair, []).append(claim)
    quads.update(quad.strip() for _, quad in names.values())
    events = list(itertools.chain.from_iterable(map(_native.events, claims.values())))
    for (a, b), lines in claims.items():
        quads.update(_native.derived_nquads(a, b, lines).splitlines())
    stored = program("export", "-", "--format", "nq", "--graph", graph.dir).splitlines()
    assert quads == set(stored) and len(quads) > 10_000
    assert {e["id"] for e in events} == {row["e"].rsplit("/", 1)[1] for row in graph.query("SELECT ?e WHERE { ?e a dg:Event }")}
    assert {e["status"] for e in events} > {"reported", "corroborated", "denied"}
    assert all(e["claims"] and e["source"]["home"] for e in events)
