"""Events from claims that were read apart: those of the graph, quad by quad, without Spark."""

from diplograph import _native
from diplograph.reading import article_of, engine


def test_claims_read_apart_make_the_very_graph(graph, program, articles):
    claims, actors, quads = {}, {}, set(_native.common_nquads().splitlines())
    for article in reversed(articles):
        told, _ = engine()._native.read_claims(_native.Intake(None, None), [article_of(article)], True)
        [(facts, document, described)] = told
        quads.update(document.splitlines())
        for actor, order, lines in described:
            actors[actor] = min(actors.get(actor, (order, lines)), (order, lines))
        for _, pair, claim in facts:
            claims.setdefault(pair, []).append(claim)
    quads.update(line for _, lines in actors.values() for line in lines.splitlines())
    events = []
    for (a, b), lines in claims.items():
        told, text = _native.derived(a, b, lines)
        assert told == _native.events(lines)
        events += told
        quads.update(text.splitlines())
    stored = program("export", "-", "--format", "nq", "--graph", graph.dir).splitlines()
    assert quads == set(stored) and len(quads) > 10_000
    assert {e["id"] for e in events} == {row["e"].rsplit("/", 1)[1] for row in graph.query("SELECT ?e WHERE { ?e a dg:Event }")}
    assert {e["status"] for e in events} > {"reported", "corroborated", "denied"}
    assert all(e["claims"] and e["source"]["home"] for e in events)
