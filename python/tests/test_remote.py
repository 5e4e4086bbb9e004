"""A graph in a store elsewhere: here a server of our own."""

import subprocess

import pytest

import diplograph

from conftest import TARGET


@pytest.fixture
def server(graph):
    """The address of a server that shows the sample graph."""
    command = [TARGET / "release" / "diplograph", "serve", "--bind", "127.0.0.1:0", "--graph", graph.dir]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    yield process.stderr.readline().split("serving at ")[1].strip().rstrip("/")
    process.kill()
    process.wait()


def test_queries_may_be_asked_elsewhere(graph, server):
    query = "SELECT ?e ?c WHERE { ?e a dg:Event ; dg:confidence ?c } ORDER BY ?e"
    assert graph.query(query, endpoint=server + "/query") == graph.query(query) != []
    named = graph.query("met", who="Bashar al-Assad", endpoint=server + "/query")
    assert sorted(map(str, named)) == sorted(map(str, graph.query("met", who="Assad")))


def test_a_refusal_is_told(graph, server):
    with pytest.raises(diplograph.Error, match="403") as told:
        graph.publish(server + "/update")
    assert told.value.hint == "--token-file FILE with the server's token"
