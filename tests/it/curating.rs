//! The commands by which a person corrects a graph: prune, retract, reject, accept, merge, split, undo, log.

use std::path::Path;

use tempfile::TempDir;

use crate::program::{done, run};

const HERALD: &str = "A meeting\nDate: 2024-03-05\nSource: Herald\n\nIranian President Ebrahim Raisi met Syrian President Bashar \
    al-Assad in Tehran on 4 March 2024. Turkey imposed sanctions on Russia.\n";
const COURIER: &str = "Talks\nDate: 2024-03-06\nSource: Courier\n\nBashar al-Assad of Syria held talks with Iran's Ebrahim Raisi \
    on 4 March 2024.\n";

/// A folder with two articles and a graph of both.
fn folder() -> TempDir {
    let dir = TempDir::new().expect("a folder");
    std::fs::create_dir(dir.path().join("in")).expect("a folder");
    for (name, text) in [("herald.txt", HERALD), ("courier.txt", COURIER)] {
        std::fs::write(dir.path().join("in").join(name), text).expect("a file");
    }
    done(dir.path(), &["build", "in"], 0);
    dir
}

fn dump(dir: &Path) -> String {
    done(dir, &["export", "-", "--format", "nq"], 0).0
}

/// The one cell of each row of a query.
fn ask(dir: &Path, sparql: &str) -> Vec<String> {
    let output = run(dir, &["query", "-e", sparql, "--format", "csv"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{sparql}");
    String::from_utf8_lossy(&output.stdout).lines().skip(1).map(str::to_owned).collect()
}

/// Facts of the meeting, in order of their articles.
fn meetings(dir: &Path) -> Vec<String> {
    let sparql = "SELECT ?id { ?c dg:action action:meet ; prov:wasDerivedFrom ?d BIND(STRAFTER(STR(?c), '/claim/') AS ?id) } ORDER BY ?d";
    ask(dir, sparql)
}

fn status(dir: &Path) -> Vec<String> {
    ask(
        dir,
        "SELECT (STRAFTER(STR(?s), '#') AS ?status) { ?e a dg:Event ; dg:action action:meet ; dg:status ?s } ORDER BY ?s",
    )
}

#[test]
fn a_pruned_graph_is_that_of_the_inputs_alone() {
    let dir = folder();
    let at = dir.path();
    std::fs::remove_file(at.join("in/courier.txt")).expect("removing it");
    let (out, _) = done(at, &["build", "in"], 0);
    assert!(out.contains("1 unchanged") && !out.contains("removed"), "{out}");
    assert_eq!(status(at), ["Corroborated"]);
    let (out, _) = done(at, &["build", "in", "--prune"], 0);
    assert!(out.contains("1 unchanged") && out.contains("1 removed"), "{out}");
    assert_eq!(status(at), ["Reported"]);
    done(at, &["build", "in", "--graph", "fresh"], 0);
    assert_eq!(dump(at), done(at, &["export", "-", "--format", "nq", "--graph", "fresh"], 0).0);
    std::fs::write(at.join("in/broken.json"), "{").expect("a file");
    std::fs::remove_file(at.join("in/herald.txt")).expect("removing it");
    std::fs::write(at.join("in/courier.txt"), COURIER).expect("a file");
    let (_, err) = done(at, &["build", "in", "--prune"], 3);
    assert!(err.contains("nothing is pruned"), "{err}");
    assert_eq!(status(at), ["Corroborated"]);
}

#[test]
fn retracted_articles_take_what_only_they_support() {
    let dir = folder();
    let at = dir.path();
    let whole = dump(at);
    assert_eq!(done(at, &["retract", "--source", "courier", "--dry-run"], 0).0, "courier\n");
    assert_eq!(dump(at), whole);
    let (out, _) = done(at, &["retract", "--source", "courier"], 0);
    assert!(out.starts_with("1 articles retracted, 1 left"), "{out}");
    assert_eq!(status(at), ["Reported"]);
    done(at, &["check"], 0);
    done(at, &["retract", "--before", "2024-03-05"], 1);
    done(at, &["retract", "--before", "2024-03-06"], 0);
    assert_eq!(ask(at, "SELECT ?e { ?e a dg:Event }"), [""; 0]);
    let (_, err) = done(at, &["retract", "nowhere"], 2);
    assert!(err.contains("no article 'nowhere'"), "{err}");
    done(at, &["build", "in"], 0);
    assert_eq!(dump(at), whole, "building again brings everything back");
}

#[test]
fn facts_are_rejected_and_accepted_until_that_is_undone() {
    let dir = folder();
    let at = dir.path();
    let whole = dump(at);
    let facts = meetings(at);
    assert_eq!((facts.len(), status(at)), (2, vec!["Corroborated".to_owned()]));
    let (out, _) = done(at, &["reject", &facts[0], "--note", "misread"], 0);
    assert_eq!(out, "decision 1: reject, 1 fact; diplograph undo 1 takes it back\n");
    assert_eq!(status(at), ["Reported"]);
    done(at, &["accept", &facts[1]], 0);
    assert_eq!(ask(at, "SELECT ?c { ?e a dg:Event ; dg:action action:meet ; dg:confidence ?c }"), ["1"]);
    done(at, &["build", "in"], 0);
    assert_eq!(status(at), ["Reported"], "a build replays the log");
    done(at, &["check"], 0);
    let (log, _) = done(at, &["log"], 0);
    assert!(log.contains("reject") && log.contains("misread") && log.contains("accept"), "{log}");
    assert_eq!(done(at, &["undo"], 0).0, "decision 2 (accept) undone\n");
    assert_eq!(done(at, &["undo"], 0).0, "decision 1 (reject) undone\n");
    done(at, &["undo"], 2);
    let without_log = |dump: String| -> Vec<String> {
        dump.lines().filter(|l| !l.contains("/id/curation>")).map(str::to_owned).collect()
    };
    assert_eq!(without_log(dump(at)), without_log(whole));
    assert_eq!(done(at, &["undo", "1", "--redo"], 0).0, "decision 1 (reject) holds again\n");
    assert_eq!(status(at), ["Reported"]);
    done(at, &["reject", "0000000000000000"], 2);
}

#[test]
fn events_are_split_and_merged_and_the_log_moves_to_another_graph() {
    let dir = folder();
    let at = dir.path();
    let facts = meetings(at);
    done(at, &["split", &facts[0]], 0);
    assert_eq!(status(at), ["Reported", "Reported"]);
    let (_, err) = done(at, &["split", &facts[0]], 2);
    assert!(err.contains("nothing is left to split from"), "{err}");
    done(at, &["undo"], 0);
    assert_eq!(status(at), ["Corroborated"]);
    done(at, &["undo", "1", "--redo"], 0);
    let (log, _) = done(at, &["log", "--json"], 0);
    std::fs::write(at.join("decisions.jsonl"), log).expect("a file");
    done(at, &["build", "in", "--graph", "other"], 0);
    let (out, _) = done(at, &["log", "--apply", "decisions.jsonl", "--graph", "other"], 0);
    assert_eq!(out, "1 decisions applied\n");
    assert_eq!(dump(at), done(at, &["export", "-", "--format", "nq", "--graph", "other"], 0).0);
    done(at, &["merge", &facts[0], &facts[1]], 0);
    assert_eq!(status(at), ["Corroborated"]);
    done(at, &["check"], 0);
    let sanction =
        ask(at, "SELECT (STRAFTER(STR(?c), '/claim/') AS ?id) { ?c a dg:Claim ; dg:action action:sanction }");
    let (_, err) = done(at, &["merge", &facts[0], &sanction[0]], 2);
    assert!(err.contains("different acts"), "{err}");
    std::fs::write(at.join("bad.jsonl"), "{}\n").expect("a file");
    let (_, err) = done(at, &["log", "--apply", "bad.jsonl"], 2);
    assert!(err.contains("bad.jsonl") && err.contains("line 1"), "{err}");
}

#[test]
fn a_log_is_loaded_with_its_graph_and_never_mixed_with_another() {
    let dir = folder();
    let at = dir.path();
    let facts = meetings(at);
    done(at, &["reject", &facts[0]], 0);
    for ending in ["nq", "ttl"] {
        let file = format!("curated.{ending}");
        done(at, &["export", &file], 0);
        let (out, _) = done(at, &["load", &file, "--graph", ending], 0);
        assert!(out.starts_with("2 documents loaded"), "{out}");
        let (again, _) = done(at, &["load", &file, "--graph", ending], 0);
        assert_eq!(again, out, "the same once more changes nothing");
        assert_eq!(done(at, &["export", "-", "--format", "nq", "--graph", ending], 0).0, dump(at));
    }
    done(at, &["build", "in", "--graph", "other"], 0);
    done(at, &["accept", &facts[1], "--graph", "other"], 0);
    let (_, err) = done(at, &["load", "curated.nq", "--graph", "other"], 2);
    assert!(err.contains("decisions of curation") && err.contains("log --apply"), "{err}");
}

#[test]
fn merged_actors_are_one() {
    let dir = folder();
    let at = dir.path();
    let (out, _) = done(at, &["merge", "Turkey", "Russia"], 0);
    assert!(out.starts_with("decision 1: same, 1 actor"), "{out}");
    assert_eq!(ask(at, "SELECT ?e { ?e dg:action action:sanction ; a dg:Event }"), [""; 0], "nobody acts on himself");
    done(at, &["check"], 0);
    done(at, &["undo"], 0);
    assert_eq!(ask(at, "SELECT ?e { ?e dg:action action:sanction ; a dg:Event }").len(), 1);
    done(at, &["merge", "Turkey", "Türkiye"], 2);
}
