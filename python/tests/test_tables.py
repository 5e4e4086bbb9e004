"""Other packages get the same as the exported files."""

import csv

import networkx
import pandas
import polars
import pytest


@pytest.mark.parametrize("options", [{}, {"layer": "conflict", "since": "2016"}, {"undirected": True}, {"kinds": "relation"}])
def test_networkx_has_what_graphml_has(graph, tmp_path, options):
    graph.export(tmp_path / "n.graphml", **options)
    multi = options.get("kinds") is not None
    file = networkx.read_graphml(tmp_path / "n.graphml", force_multigraph=multi)
    network = graph.to_networkx(**options)
    assert sorted(network.nodes) == sorted(file.nodes) and len(network) > 20
    assert sorted((a, b) for a, b in network.edges()) == sorted((a, b) for a, b in file.edges()) or not network.is_directed()
    assert network.number_of_edges() == file.number_of_edges() > 20
    assert {a: d["events"] for a, d in network.nodes(data=True)} == {a: d["events"] for a, d in file.nodes(data=True)}


@pytest.mark.parametrize("table", ["edges", "nodes", "events", "dyads", "facts"])
def test_data_frames_have_the_rows_of_the_files(graph, tmp_path, table):
    if table == "nodes":
        graph.export(tmp_path / "edges.csv")
        file = tmp_path / "edges.nodes.csv"
    else:
        file = tmp_path / ("edges.csv" if table == "edges" else f"{table}.csv")
        graph.export(file)
    with file.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    frame, other = graph.to_pandas(table), graph.to_polars(table)
    assert isinstance(frame, pandas.DataFrame) and isinstance(other, polars.DataFrame)
    assert len(frame) == len(other) == len(rows) > 50
    assert list(frame.columns) == other.columns


def test_columns_have_types(graph):
    events = graph.to_polars("events")
    types = {name: events[name].dtype for name in ("event", "date", "goldstein", "symmetric", "sources")}
    wanted = [polars.String, polars.String, polars.Float64, polars.Boolean, polars.Int64]
    assert list(types.values()) == wanted
    facts = graph.to_pandas("facts")
    assert facts["start"].dtype.kind == "i" and facts["confidence"].dtype.kind == "f"
    assert (facts["quote"].str.len() == facts["end"] - facts["start"]).all()
