//! What killed writers, foreign files and greedy queries leave: a graph that is whole. `scripts/kill.py` tries more.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

#[cfg(feature = "rocksdb")]
use diplograph::lookup;
use diplograph::pipeline::made;
use diplograph::store::{Mode, RdfFormat, Store};
use tempfile::TempDir;

use crate::program::{self, done};

/// A graph of 300 synthetic facts.
fn generate(dir: &Path, graph: &str) {
    done(dir, &["bench", "generate", "--facts", "300", "--graph", graph], 0);
}

fn dump(dir: &Path, graph: &str) -> String {
    done(dir, &["export", "-", "--format", "nq", "--graph", graph], 0).0
}

#[test]
fn a_killed_build_leaves_a_sound_graph_and_is_finished_by_the_next() {
    let dir = TempDir::new().expect("a folder");
    generate(dir.path(), "undisturbed");
    let whole = dump(dir.path(), "undisturbed");
    assert!(whole.lines().count() > 5000, "{} quads", whole.lines().count());
    for wait in [60, 150, 300, 500] {
        let build = ["bench", "generate", "--facts", "300", "--graph", "g"];
        let mut writer = Command::new(program::PATH)
            .args(build)
            .current_dir(dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a writer");
        sleep(Duration::from_millis(wait));
        writer.kill().expect("a kill");
        writer.wait().expect("an end");
        if dir.path().join("g/FORMAT").exists() {
            done(dir.path(), &["check", "--graph", "g"], 0);
            let now = dump(dir.path(), "g");
            assert!(now.is_empty() || now == whole, "{} quads after {wait} ms", now.lines().count());
        }
    }
    generate(dir.path(), "g");
    assert_eq!(dump(dir.path(), "g"), whole);
}

#[test]
fn a_reader_sees_what_was_whole_when_it_began() {
    let dir = TempDir::new().expect("a folder");
    let graph = dir.path().join("g");
    generate(dir.path(), "g");
    let reader = Store::open(&graph, Mode::ReadOnly).expect("a graph");
    let before = reader.len().expect("a count");
    let mut writer = Store::open(&graph, Mode::ReadWrite).expect("a writer beside a reader");
    writer.update("INSERT DATA { entity:SYR rdfs:comment \"a state\" }").expect("an update");
    assert_eq!(Store::open(&graph, Mode::ReadOnly).expect("a graph").len().expect("a count"), before);
    writer.close().expect("writing it");
    assert_eq!(reader.len().expect("the reader goes on"), before);
    assert_eq!(Store::open(&graph, Mode::ReadOnly).expect("a graph").len().expect("a count"), before + 1);
}

#[test]
fn what_is_abandoned_was_never_there() {
    let dir = TempDir::new().expect("a folder");
    generate(dir.path(), "g");
    let before = dump(dir.path(), "g");
    let mut writer = Store::open(&dir.path().join("g"), Mode::ReadWrite).expect("a writer");
    writer.update("DELETE WHERE { ?s ?p ?o }").expect("an update");
    writer.abandon().expect("forgetting it");
    assert_eq!(dump(dir.path(), "g"), before);
}

#[test]
fn a_dump_in_any_syntax_is_loaded_equal() {
    let dir = TempDir::new().expect("a folder");
    generate(dir.path(), "g");
    let whole = dump(dir.path(), "g");
    for ending in ["nq", "trig", "nt", "ttl", "rdf", "jsonld"] {
        let file = format!("dump.{ending}");
        done(dir.path(), &["export", &file, "--graph", "g"], 0);
        let (out, _) = done(dir.path(), &["load", &file, "--graph", ending], 0);
        assert!(out.starts_with("30 documents loaded"), "{out}");
        assert!(dump(dir.path(), ending) == whole, "{ending} differs");
    }
}

#[test]
fn what_breaks_the_rules_is_refused_by_name() {
    let dir = TempDir::new().expect("a folder");
    generate(dir.path(), "g");
    let whole = dump(dir.path(), "g");
    let dg = "https://w3id.org/diplograph/ontology#";
    let broken: String =
        whole.lines().filter(|l| !l.contains(&format!("<{dg}slug>"))).flat_map(|l| [l, "\n"]).collect();
    std::fs::write(dir.path().join("broken.nq"), broken).expect("a file");
    let (_, err) = done(dir.path(), &["load", "broken.nq", "--graph", "g"], 2);
    assert!(err.contains("actor: https://w3id.org/diplograph/id/") && err.contains("refused"), "{err}");
    assert_eq!(dump(dir.path(), "g"), whole);
    std::fs::write(dir.path().join("bad.ttl"), "<a> <b> .").expect("a file");
    let (_, err) = done(dir.path(), &["load", "bad.ttl", "--graph", "g"], 2);
    assert!(err.starts_with("error: bad.ttl: no Turtle"), "{err}");
}

#[test]
fn a_greedy_query_is_stopped() {
    let dir = TempDir::new().expect("a folder");
    generate(dir.path(), "g");
    let cross = "SELECT ?a WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?b";
    let start = std::time::Instant::now();
    let (_, err) = done(dir.path(), &["query", "-e", cross, "--timeout", "0.5", "--graph", "g"], 2);
    assert!(err.contains("ran longer than 0.5 s"), "{err}");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    let (out, err) = done(dir.path(), &["query", "-e", "SELECT ?a { ?a ?p ?b }", "--max-rows", "3", "--graph", "g"], 0);
    assert_eq!(out.lines().count(), 4, "{out}");
    assert!(err.contains("only the first 3 rows"), "{err}");
    let (_, err) = done(dir.path(), &["query", "-e", "DELETE WHERE { ?s ?p ?o }", "--graph", "g"], 2);
    assert!(err.contains("this is an update"), "{err}");
    done(dir.path(), &["query", "-e", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "--graph", "g"], 2);
}

/// What follows from new pairs is derived from memory; the store must say the same.
#[test]
fn facts_from_memory_derive_what_the_store_derives() {
    let mut store = Store::memory().unwrap();
    let made: Vec<_> = (0..300).map(|n| made::document(3, n)).collect();
    let (first, later) = made.split_at(200);
    for part in [first, later] {
        store.insert_all(part.iter().map(|(a, f)| (a, &f[..])), "made-3").unwrap();
    }
    store.derive().unwrap();
    let dump = |store: &Store| {
        let mut out = Vec::new();
        store.dump(RdfFormat::NQuads, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let before = dump(&store);
    store.derive_all().unwrap();
    let (before, after): (BTreeSet<&str>, String) = (before.lines().collect(), dump(&store));
    let differ: Vec<_> = before.symmetric_difference(&after.lines().collect()).copied().collect();
    assert_eq!(differ, [""; 0]);
}

/// The profiles of some actors.
#[cfg(feature = "rocksdb")]
fn profiles(store: &Store) -> Vec<String> {
    let actors = diplograph::export::record(store).unwrap().actors;
    let profile = |id: &String| {
        let who = lookup::resolve(store, id, &|_| Ok(lookup::Namesakes::default())).unwrap();
        let lookup::Resolved::Found { who, .. } = who else { panic!("nobody is called {id}") };
        format!("{:?}", lookup::profile(store, &who, 5).unwrap())
    };
    actors.keys().step_by(25).map(profile).collect()
}

/// Networks and profiles read the table of events; it must tell what the store tells, after a change too.
#[test]
#[cfg(feature = "rocksdb")]
fn the_table_of_events_tells_what_the_store_tells() {
    let dir = TempDir::new().expect("a folder");
    let events = |store: &Store| -> Vec<String> {
        let record = diplograph::export::record(store).unwrap();
        record.events.iter().map(|e| format!("{e:?}")).collect()
    };
    let graph = dir.path().join("g");
    let mut counts = BTreeSet::new();
    for (first, last) in [(0, 60), (40, 120)] {
        let mut store = Store::open(&graph, Mode::ReadWrite).unwrap();
        let made: Vec<_> = (first..last).map(|n| made::document(3, n)).collect();
        store.insert_all(made.iter().map(|(a, f)| (a, &f[..])), "made-3").unwrap();
        store.retract(&made[0].0.id).unwrap();
        store.derive().unwrap();
        let expected = events(&store);
        assert!(store.event_rows(|row| row).unwrap().is_none(), "a writer's table is not whole");
        let (quads, profiles) = (store.len().unwrap(), profiles(&store));
        store.close().unwrap();
        let store = Store::open(&graph, Mode::ReadOnly).unwrap();
        // the second time from the note that the first leaves beside the version
        assert_eq!([store.len().unwrap(), store.len().unwrap()], [quads; 2]);
        assert_eq!(self::profiles(&store), profiles);
        assert_eq!(store.event_rows(|row| row).unwrap().map(|rows| rows.len()), Some(expected.len()));
        assert_eq!(events(&store), expected);
        counts.insert(expected.len());
    }
    assert_eq!(counts.len(), 2);
}

/// The folder of the graph's store, and the bytes of its tables.
#[cfg(feature = "rocksdb")]
fn tables(graph: &Path) -> (std::path::PathBuf, u64) {
    let format = std::fs::read_to_string(graph.join("FORMAT")).expect("a format");
    let store = graph.join(format.split_whitespace().last().expect("a store"));
    let files = std::fs::read_dir(&store).expect("files").map(|f| f.expect("a file"));
    let tables = files.filter(|f| f.path().extension().is_some_and(|e| e == "sst"));
    let bytes = tables.map(|f| f.metadata().expect("its size").len()).sum();
    (store, bytes)
}

#[test]
#[cfg(feature = "rocksdb")]
fn a_grown_store_is_packed_and_a_small_change_is_not() {
    let dir = TempDir::new().expect("a folder");
    let graph = dir.path().join("g");
    done(dir.path(), &["bench", "generate", "--facts", "4000", "--graph", "g"], 0);
    let quads = Store::open(&graph, Mode::ReadOnly).unwrap().len().unwrap();
    let (store, bytes) = tables(&graph);
    assert!(quads > 200_000 && bytes / quads as u64 <= 120, "{bytes} bytes of {quads} quads");
    let packed = std::fs::read_to_string(store.join("packed")).expect("what it was packed to");
    assert_eq!(packed, format!("{bytes}\n"));
    done(dir.path(), &["retract", "made-00000001", "--graph", "g"], 0);
    done(dir.path(), &["check", "--graph", "g"], 0);
    let (next, grown) = tables(&graph);
    assert!(next != store && grown > bytes);
    assert_eq!(std::fs::read_to_string(next.join("packed")).ok(), Some(packed));
}
