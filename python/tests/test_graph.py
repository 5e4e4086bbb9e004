"""Graphs: the answers of the commands, in Python's types."""

import json

import pytest

import diplograph

PLANS = "SELECT (COUNT(?e) AS ?plans) WHERE { ?e a dg:Event ; dg:status dg:Intended }"


@pytest.mark.parametrize(
    ("method", "args", "command"),
    [
        ("between", ["Syria", "Iran"], "between"),
        ("show", ["Assad"], "show"),
        ("timeline", ["Iran", "Saudi Arabia"], "dyad"),
    ],
)
def test_look_ups_are_those_of_the_commands(graph, program, method, args, command):
    options = ["--by=year"] if command == "dyad" else []
    printed = json.loads(program(command, *args, "--json", "--graph", graph.dir, *options))
    assert getattr(graph, method)(*args) == printed
    assert len(json.dumps(printed)) > 500


def test_options_narrow_look_ups(graph):
    since = graph.between("Syria", "Iran", since="2022-05-09")["events"]
    assert len(since) < len(graph.between("Syria", "Iran")["events"])
    meetings = graph.between("Syria", "Iran", relation=["meet", "visit"])["events"]
    assert {e["relation"] for e in meetings} == {"meet", "visit"}


def test_paths_have_steps_or_none(graph, tmp_path):
    assert [step["to"]["name"] for step in graph.path("Kenya", "Iran")][-1] == "Iran"
    two = diplograph.Graph(tmp_path / "two")
    two.build([{"text": "Kenya recalled its ambassador to Somalia."}, {"text": "Peru recalled its ambassador to Chile."}])
    assert len(two.path("Kenya", "Somalia")) == 1
    assert two.path("Kenya", "Peru") == []


def test_queries_give_rows_truth_and_triples(graph):
    [row] = graph.query(PLANS)
    assert isinstance(row["plans"], int) and row["plans"] > 10
    assert graph.query("# a remark\nPREFIX x: <http://x.example/>\nASK { ?e a dg:Event }") is True
    assert graph.query("SELECT ?e WHERE { ?e a dg:Nothing }") == []
    assert graph.query("CONSTRUCT { ?e a dg:Event } WHERE { ?e a dg:Event } LIMIT 2").count(" .\n") == 2
    confidence = graph.query("SELECT ?c WHERE { ?e a dg:Event ; dg:confidence ?c } LIMIT 1")[0]["c"]
    assert isinstance(confidence, float)


def test_named_questions_take_names(graph):
    assert {row["who_met"] for row in graph.query("met", who="Assad")} == {"Bashar al-Assad"}
    assert len(graph.query("corroborated", known_by="2022-05-09")) < len(graph.query("corroborated"))


def test_what_is_not_there_is_told(graph, tmp_path):
    with pytest.raises(diplograph.NotFound, match="nobody called 'Nobody Here'") as told:
        graph.show("Nobody Here")
    assert told.value.hint == "diplograph search 'Nobody Here'"
    with pytest.raises(diplograph.Error, match="no graph in"):
        diplograph.Graph(tmp_path / "none").facts()
    with pytest.raises(diplograph.Error, match="unexpected argument '--sinse"):
        graph.between("Syria", "Iran", sinse="2022")
    with pytest.raises(diplograph.UsageError, match="'verdicts' is no table"):
        graph.to_pandas("verdicts")
    with pytest.raises(diplograph.Error, match="SPARQL|query"):
        graph.query("SELECT WHERE")


def test_building_again_changes_nothing(graph, root):
    assert "0 new, 0 changed, 38 unchanged" in graph.build([root / "data" / "articles"])


def test_articles_may_be_dicts(tmp_path):
    graph = diplograph.Graph(tmp_path / "g")
    graph.build([{"id": "a", "text": "Kenya recalled its ambassador to Somalia.", "date": "2022-05-09"}])
    [fact] = [f for f in graph.facts() if f["source"]["id"] == "KEN"]
    assert fact in diplograph.extract("Kenya recalled its ambassador to Somalia.", date="2022-05-09", id="a")


def test_facts_are_those_that_were_read(graph, program, root):
    printed = [json.loads(line) for line in program("extract", root / "data" / "articles").splitlines()]
    read, stored = ({f["id"]: f for f in facts} for facts in (printed, graph.facts()))
    for id, fact in stored.items():
        # The graph keeps four digits, of which the last of the three that are printed may be rounded again.
        assert fact.pop("confidence") == pytest.approx(read[id].pop("confidence"), abs=0.0011)
    assert read == stored and len(stored) > 300


def test_scores_are_those_of_the_command(graph, program, root):
    gold = root / "tests" / "corpus" / "expected.jsonl"
    printed = json.loads(program("score", gold, root / "data" / "articles", "--json"))
    assert diplograph.score(gold, root / "data" / "articles") == printed
    assert graph.score(gold)["event"] == printed["event"]
