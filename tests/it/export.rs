//! Files for other programs: what networkx and igraph read must be what we meant, traps included.

use std::process::Command;

use diplograph::export::{cytoscape, dot, dyads, events, geojson, gexf, graphml, matrix, node_link, pair};
use diplograph::model::{Period, Relation};
use diplograph::network::{Actor, Ego, Event, Kinds, Layer, Level, Network, Projection, Record, Step};

/// Invented actors, so that no knowledge of the world helps.
fn record() -> Record {
    let mut record = Record { event_base: "https://example.org/event/".into(), ..Record::default() };
    let mut actor = |id: &str, label: &str, kind: &str, home: Option<&str>| {
        let actor = Actor {
            iri: format!("https://example.org/id/{id}?a=1&b=2"),
            label: label.into(),
            kind: kind.into(),
            home: home.map(str::to_owned),
            ..Actor::default()
        };
        record.actors.insert(id.into(), actor);
    };
    actor("RUR", "Ruritania & Sons", "state", None);
    actor("GRA", "Grand\u{1} Fenwick\nand Isles ]]>", "state", None);
    actor("LIL", "Lilliput", "state", None);
    actor("person-rudolf", "Rudolf", "person", Some("RUR"));
    record.events = vec![
        event("meet", "person-rudolf", "GRA", "2020-01-05", 2),
        event("criticize", "RUR", "GRA", "2021", 1),
        event("attack", "GRA", "LIL", "2019-03", 3),
        event("visit", "person-rudolf", "RUR", "2019", 1),
        Event { status: "Denied".into(), ..event("attack", "LIL", "RUR", "2019", 1) },
    ];
    record
}

fn event(relation: &str, source: &str, target: &str, date: &str, sources: u32) -> Event {
    let relation = Relation::named(relation).expect("a relation of the table");
    let period: Period = date.parse().expect("a period");
    Event {
        id: format!("{source}-{target}-{date}").into(),
        relation,
        sources: [source.into()].into(),
        targets: [target.into()].into(),
        symmetric: relation.symmetric(),
        period: Some(period),
        status: "Reported".into(),
        source_count: sources,
        confidence: 0.5,
    }
}

fn edges(network: &Network) -> Vec<String> {
    network.edges.iter().map(|e| format!("{} {}", network.edge_id(e), e.events)).collect()
}

fn projected(projection: &Projection) -> Network {
    projection.of(&record())
}

#[test]
fn persons_roll_up_and_symmetric_events_count_both_ways() {
    let network = projected(&Projection::default());
    assert_eq!(edges(&network), ["GRA-LIL 1", "GRA-RUR 1", "RUR-GRA 2"]);
    let dyad = &network.edges[2];
    assert_eq!((dyad.goldstein_mean, dyad.goldstein_min, dyad.sign), (Some(-0.5), Some(-2.0), -1));
    assert_eq!((dyad.quad_classes, dyad.sources), ([1, 0, 1, 0], 2));
    assert_eq!(dyad.first_date.map(|d| d.to_string()).as_deref(), Some("2020-01-05"));
    assert_eq!(dyad.last_date.map(|d| d.to_string()).as_deref(), Some("2021-12-31"));
    let events: Vec<_> = network.nodes.iter().map(|n| (n.id.as_str(), n.events)).collect();
    assert_eq!(events, [("GRA", 3), ("LIL", 1), ("RUR", 2)], "an event counts once at each node");
}

#[test]
fn options_narrow_the_network() {
    let only = |p: Projection| edges(&projected(&p));
    let day = |s: &str| Some(s.parse().expect("a day"));
    assert_eq!(
        only(Projection { level: Level::Person, ..Projection::default() }),
        ["GRA-LIL 1", "GRA-person-rudolf 1", "RUR-GRA 1", "person-rudolf-GRA 1", "person-rudolf-RUR 1"]
    );
    assert_eq!(only(Projection { layer: Layer::Cooperation, ..Projection::default() }), ["GRA-RUR 1", "RUR-GRA 1"]);
    assert_eq!(only(Projection { since: day("2020-06-01"), ..Projection::default() }), ["RUR-GRA 1"]);
    assert_eq!(only(Projection { until: day("2019-03-15"), ..Projection::default() }), ["GRA-LIL 1"]);
    assert_eq!(only(Projection { min_events: 2, ..Projection::default() }), ["RUR-GRA 2"]);
    assert_eq!(only(Projection { undirected: true, ..Projection::default() }), ["GRA-LIL 1", "GRA-RUR 2"]);
    let ego = Some(Ego { node: "LIL".into(), depth: 1 });
    assert_eq!(only(Projection { ego, ..Projection::default() }), ["GRA-LIL 1"]);
    let kinds = Projection { kinds: Kinds::Relation, ..Projection::default() };
    assert_eq!(only(kinds), ["GRA-LIL-attack 1", "GRA-RUR-meet 1", "RUR-GRA-criticize 1", "RUR-GRA-meet 1"]);
    let denied = Projection { statuses: vec!["Denied".into()], ..Projection::default() };
    assert_eq!(only(denied), ["LIL-RUR 1"]);
}

fn graphml_of(network: &Network) -> String {
    let mut bytes = Vec::new();
    graphml::write(network, &mut bytes).expect("writing to memory");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn graphml_is_clean_and_the_same_each_time() {
    let network = projected(&Projection::default());
    let xml = graphml_of(&network);
    assert_eq!(xml, graphml_of(&projected(&Projection::default())));
    assert!(xml.contains("Ruritania &amp; Sons"), "{xml}");
    assert!(!xml.contains('\u{1}'), "a control character stayed");
    assert!(xml.contains("<![CDATA[Grand Fenwick\nand Isles ]]"), "a line break goes into CDATA");
    assert!(!xml.contains("<desc"));
    let graph = xml.find("<graph ").expect("a graph");
    assert!(xml.rfind("<key ").expect("keys") < graph, "every key stands before the graph");
    let mut ids: Vec<&str> = xml.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
}

#[test]
fn networkx_and_igraph_read_what_we_meant() {
    let cases = [
        Projection::default(),
        Projection { level: Level::Person, ..Projection::default() },
        Projection { undirected: true, ..Projection::default() },
        Projection { min_events: 99, ..Projection::default() },
    ];
    for network in cases.iter().map(projected) {
        let clean = |label: &str| label.replace('\u{1}', "");
        let mut labels: Vec<String> = network.nodes.iter().map(|n| clean(&n.label)).collect();
        labels.sort();
        let meant = serde_json::json!({
            "nodes": network.nodes.len(),
            "edges": network.edges.len(),
            "directed": network.directed,
            "weight": network.edges.iter().map(|e| e.weight).sum::<f64>(),
            "labels": labels,
        });
        let files = [
            ("graphml", graphml_of(&network)),
            ("gexf", written(|out| _ = gexf::write(&network, out).expect("writing"))),
            ("json", written(|out| node_link::write(&network, out).expect("writing"))),
            ("cyjs", written(|out| cytoscape::write(&network, out).expect("writing"))),
        ];
        for (ending, seen) in files.iter().flat_map(|(e, text)| readers(text, e).into_iter().map(move |s| (e, s))) {
            if let Some(name) = seen.get("absent") {
                eprintln!("skipped: Python's {name} is not installed");
                continue;
            }
            for (key, value) in meant.as_object().expect("an object") {
                let seen = match (*ending, key.as_str()) {
                    // JSON can say what XML cannot; attributes of XML have no line breaks.
                    ("json" | "cyjs" | "gexf", "labels") => continue,
                    _ => &seen[key],
                };
                assert!(same(seen, value), "{ending}, {key}: read {seen}, meant {value}");
            }
        }
    }
}

fn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        _ => a == b,
    }
}

/// What each Python reader saw. `DIPLOGRAPH_PYTHON` names an interpreter that has networkx and igraph.
fn readers(text: &str, ending: &str) -> Vec<serde_json::Value> {
    let file = tempfile::NamedTempFile::with_suffix(format!(".{ending}")).expect("a temporary file");
    std::fs::write(file.path(), text).expect("writing it");
    let python = std::env::var("DIPLOGRAPH_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/export/read_network.py");
    let Ok(run) = Command::new(&python).arg(script).arg(file.path()).output() else {
        eprintln!("skipped: no {python} here");
        return Vec::new();
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let lines = String::from_utf8(run.stdout).expect("UTF-8");
    lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

#[test]
fn csv_pair_has_the_columns_that_gephi_knows() {
    let network = projected(&Projection::default());
    let (mut edges, mut nodes) = (Vec::new(), Vec::new());
    pair::edges(&network, &mut edges).expect("edges");
    pair::nodes(&network, &mut nodes).expect("nodes");
    let (edges, nodes) = (String::from_utf8(edges).expect("UTF-8"), String::from_utf8(nodes).expect("UTF-8"));
    assert!(edges.starts_with("Source,Target,Type,Kind,Id,Label,Weight,timeset,events,goldstein_mean,"), "{edges}");
    assert!(
        edges.contains("\nRUR,GRA,Directed,,RUR-GRA,criticize,2,\"<[2020-01-05, 2021-12-31]>\",2,-0.5,-2,-1,1,0,1,0,")
    );
    assert!(nodes.starts_with("Id,Label,name,iri,"), "{nodes}");
    assert_eq!(nodes.matches("\nRUR,Ruritania & Sons,").count(), 1);
}

#[test]
fn further_options_narrow_the_network() {
    let only = |p: Projection| edges(&projected(&p));
    let meet = Relation::named("meet").expect("a relation");
    assert_eq!(only(Projection { relations: vec![meet], ..Projection::default() }), ["GRA-RUR 1", "RUR-GRA 1"]);
    let slice = Some("2021".parse().expect("a year"));
    assert_eq!(only(Projection { slice, ..Projection::default() }), ["RUR-GRA 1"]);
    let organisations = Projection { level: Level::Organisation, ..Projection::default() };
    assert_eq!(only(organisations), ["GRA-LIL 1", "GRA-RUR 1", "RUR-GRA 2"]);
}

#[test]
fn events_can_be_nodes() {
    let network = projected(&Projection { level: Level::Event, ..Projection::default() });
    let arcs: Vec<_> = network.edges.iter().map(|e| network.edge_id(e)).collect();
    let expected = [
        "GRA-GRA-LIL-2019-03",
        "GRA-person-rudolf-GRA-2020-01-05",
        "GRA-LIL-2019-03-LIL",
        "RUR-RUR-GRA-2021",
        "RUR-person-rudolf-GRA-2020-01-05",
        "RUR-GRA-2021-GRA",
    ];
    let mut sorted = expected.map(str::to_owned).to_vec();
    sorted.sort();
    let mut seen = arcs.clone();
    seen.sort();
    assert_eq!(seen, sorted, "both sides of a meeting point to it; a visit at home joins nobody");
    assert_eq!(network.nodes.iter().filter(|n| n.entity_type == "event").count(), 3);
}

fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes);
    String::from_utf8(bytes).expect("UTF-8")
}

/// Everything that makes trouble: names with signs, parallel and opposite edges, no date, a date over two years.
fn traps() -> Network {
    let mut record = record();
    record.events.push(Event { period: None, ..event("accuse", "LIL", "RUR", "2019", 1) });
    record.events.push(event("threaten", "RUR", "LIL", "2019-12/2020-01", 1));
    record.actors.get_mut("LIL").expect("Lilliput").longitude = Some(-175.0);
    record.actors.get_mut("LIL").expect("Lilliput").latitude = Some(0.0);
    record.actors.get_mut("GRA").expect("Grand Fenwick").longitude = Some(175.0);
    record.actors.get_mut("GRA").expect("Grand Fenwick").latitude = Some(10.0);
    Projection { kinds: Kinds::Relation, ..Projection::default() }.of(&record)
}

#[test]
fn gexf_has_spells_and_values_by_year() {
    let network = traps();
    let mut left_out = 0;
    let xml = written(|out| left_out = gexf::write(&network, out).expect("writing"));
    assert_eq!(left_out, 2, "one edge is undated, one lies in no single year");
    let edge = xml.split("<edge ").find(|e| e.starts_with("id=\"RUR-GRA-criticize\"")).expect("an edge");
    assert!(edge.contains("kind=\"criticize\""), "{edge}");
    assert!(edge.contains("for=\"weight\" value=\"1\" start=\"2021-01-01\" end=\"2021-12-31\""), "{edge}");
    assert!(edge.contains("<spell start=\"2021-01-01\" end=\"2021-12-31\"/>"), "{edge}");
    assert!(!xml.contains('\u{1}') && xml.contains("Ruritania &amp; Sons"));
    let edges = xml.matches("<edge ").count();
    assert_eq!(edges, xml.matches("<spells>").count(), "every edge stands somewhere in time");
}

#[test]
fn json_formats_tell_the_same_network() {
    let network = traps();
    let json = |text: String| serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    let links = json(written(|out| node_link::write(&network, out).expect("writing")));
    assert_eq!((links["directed"].as_bool(), links["multigraph"].as_bool()), (Some(true), Some(true)));
    assert_eq!(links["edges"].as_array().map(Vec::len), Some(network.edges.len()));
    assert_eq!(links["edges"][0]["source"], "GRA");
    let cytoscape = json(written(|out| cytoscape::write(&network, out).expect("writing")));
    assert_eq!(cytoscape["elements"]["nodes"].as_array().map(Vec::len), Some(3));
    assert_eq!(cytoscape["elements"]["edges"][0]["data"]["interaction"], "attack");
    let map = json(written(|out| geojson::write(&network, out).expect("writing")));
    let of = |id: &str| map["features"].as_array().expect("features").iter().find(|f| f["id"] == id).cloned();
    let attack = of("GRA-LIL-attack").expect("the attack");
    let cut = serde_json::json!([[[175.0, 10.0], [180.0, 5.0]], [[-180.0, 5.0], [-175.0, 0.0]]]);
    assert_eq!(attack["geometry"]["coordinates"], cut, "the line is cut at the date line");
    assert!(of("RUR").expect("Ruritania")["geometry"].is_null(), "nobody knows where it lies");
}

#[test]
fn dot_quotes_what_has_to_be_quoted() {
    let dot = written(|out| dot::write(&traps(), out).expect("writing"));
    assert!(dot.contains("  \"RUR\" -> \"GRA\" [weight=\"1\""), "{dot}");
    assert!(dot.contains("label=\"Grand Fenwick\\nand Isles ]]>\""), "{dot}");
}

#[test]
fn matrix_sums_parallel_edges() {
    let csv = written(|out| matrix::write(&traps(), out).expect("writing"));
    assert_eq!(csv, ",GRA,LIL,RUR\nGRA,0,1,1\nLIL,0,0,1\nRUR,2,1,0\n");
}

#[test]
fn dyad_table_tells_no_event_from_not_covered() {
    let csv = written(|out| {
        let all = Projection { undirected: true, ..Projection::default() };
        assert_eq!(dyads::write(&record(), &all, Step::Year, out).expect("writing"), 9, "three pairs, three years");
    });
    let cells = |pair: [&str; 2], year: &str| -> Vec<String> {
        let rows = csv.lines().map(|l| l.split(',').map(str::to_owned).collect::<Vec<_>>());
        let found = rows.into_iter().find(|r| r[6] == pair[0] && r[7] == pair[1] && r[8] == year).expect("a row");
        found[10..12].to_vec()
    };
    assert_eq!(cells(["GRA", "LIL"], "2019"), ["events", "1"]);
    assert_eq!(cells(["GRA", "RUR"], "2019"), ["no_event", "0"], "both are in the news of 2019");
    assert_eq!(cells(["GRA", "LIL"], "2020"), ["not_covered", ""], "nothing tells of Lilliput in 2020");
}

#[test]
fn event_list_has_a_row_for_each_pair() {
    let csv = written(|out| {
        assert_eq!(events::write(&record(), &Projection::default(), out).expect("writing"), 4, "the denied one is out");
    });
    assert!(csv.contains(",2019-03,2019-03-01,2019-03-31,attack,ASSAULT,190,4,-10,no,GRA,"), "{csv}");
}

#[test]
fn a_hundred_thousand_edges_are_written() {
    let small = projected(&Projection::default());
    let (node, edge) = (small.nodes[0].clone(), small.edges[0].clone());
    let nodes = (0..1_000).map(|i| diplograph::network::Node { id: format!("n{i:04}"), ..node.clone() }).collect();
    let of = |i: usize| diplograph::network::Edge {
        source: i / 100,
        target: (i / 100 + 1 + i % 100) % 1_000,
        ..edge.clone()
    };
    let network = Network { directed: true, nodes, edges: (0..100_000).map(of).collect(), measures: Vec::new() };
    assert_eq!(graphml_of(&network).matches("<edge ").count(), 100_000);
    let mut left_out = 1;
    let xml = written(|out| left_out = gexf::write(&network, out).expect("writing"));
    assert_eq!((left_out, xml.matches("<edge ").count()), (0, 100_000));
}

#[test]
fn an_empty_network_is_a_sound_file() {
    let empty = Network { directed: true, ..Network::default() };
    assert!(graphml_of(&empty).contains("<graph "));
    assert!(written(|out| _ = gexf::write(&empty, out).expect("writing")).contains("<nodes>"));
    let json = written(|out| node_link::write(&empty, out).expect("writing"));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("JSON")["nodes"], serde_json::json!([]));
}
