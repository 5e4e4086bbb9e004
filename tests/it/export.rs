//! Files for other programs: what networkx and igraph read must be what we meant, traps included.

use std::process::Command;

use diplograph::export::{dyads, graphml};
use diplograph::model::{Period, Relation};
use diplograph::network::{Actor, Ego, Event, Kinds, Layer, Level, Network, Projection, Record};

/// Invented actors, so that no knowledge of the world helps.
fn record() -> Record {
    let mut record = Record::default();
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
        id: format!("{source}-{target}-{date}"),
        relation,
        sources: vec![source.into()],
        targets: vec![target.into()],
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
        let mut labels: Vec<String> = network.nodes.iter().map(|n| n.label.replace('\u{1}', "")).collect();
        labels.sort();
        let meant = serde_json::json!({
            "nodes": network.nodes.len(),
            "edges": network.edges.len(),
            "directed": network.directed,
            "weight": network.edges.iter().map(|e| e.weight).sum::<f64>(),
            "labels": labels,
        });
        for seen in readers(&graphml_of(&network)) {
            if let Some(name) = seen.get("absent") {
                eprintln!("skipped: Python's {name} is not installed");
                continue;
            }
            for (key, value) in meant.as_object().expect("an object") {
                assert!(same(&seen[key], value), "{key}: read {}, meant {value}", seen[key]);
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
fn readers(xml: &str) -> Vec<serde_json::Value> {
    let file = tempfile::NamedTempFile::with_suffix(".graphml").expect("a temporary file");
    std::fs::write(file.path(), xml).expect("writing it");
    let python = std::env::var("DIPLOGRAPH_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/export/read_graphml.py");
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
    dyads::edges(&network, &mut edges).expect("edges");
    dyads::nodes(&network, &mut nodes).expect("nodes");
    let (edges, nodes) = (String::from_utf8(edges).expect("UTF-8"), String::from_utf8(nodes).expect("UTF-8"));
    assert!(edges.starts_with("Source,Target,Type,Kind,Id,Label,Weight,events,goldstein_mean,"), "{edges}");
    assert!(edges.contains("\nRUR,GRA,Directed,,RUR-GRA,criticize,2,2,-0.5,-2,-1,1,0,1,0,2020-01-05,2021-12-31,"));
    assert!(nodes.starts_with("Id,Label,name,iri,"), "{nodes}");
    assert_eq!(nodes.matches("\nRUR,Ruritania & Sons,").count(), 1);
}
