//! Graphs that leave the house: without text, with annotated edges, with their manifest.

use std::collections::BTreeSet;
use std::path::Path;

use diplograph::store::{Mode, Store};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::done;

const NEWS: &str = "Neighbours\nDate: 2024-03-05\nSource: Herald\n\nIranian President Ebrahim Raisi met Syrian President Bashar \
    al-Assad in Tehran on 4 March 2024. Turkey imposed sanctions on Russia.\n";

fn folder() -> TempDir {
    let dir = TempDir::new().expect("a folder");
    std::fs::write(dir.path().join("news.txt"), NEWS).expect("a file");
    done(dir.path(), &["build", "news.txt", "--graph", "g"], 0);
    dir
}

fn dump(dir: &Path, graph: &str) -> String {
    done(dir, &["export", "-", "--format", "nq", "--graph", graph], 0).0
}

#[test]
fn a_graph_without_text_holds_no_word_and_tells_the_same() {
    let dir = folder();
    let at = dir.path();
    let (out, _) = done(at, &["build", "news.txt", "--no-text", "--graph", "bare"], 0);
    assert!(out.starts_with("1 articles: 1 new"), "{out}");
    let bare = dump(at, "bare");
    for words in ["Ebrahim Raisi met", "Iranian President", "imposed sanctions", "4 March"] {
        assert!(NEWS.contains(words) && dump(at, "g").contains(words), "{words}");
        assert!(!bare.contains(words), "'{words}' stands in it");
    }
    assert!(done(at, &["check", "--graph", "bare"], 0).0.starts_with("sound"));
    assert_eq!(bare, done(at, &["export", "-", "--format", "nq", "--no-text", "--graph", "g"], 0).0);
    let events = |graph| done(at, &["export", "-", "--format", "events.csv", "--graph", graph], 0).0;
    assert!(events("g").lines().count() > 2);
    assert_eq!(events("bare"), events("g"));
    let (told, _) = done(at, &["between", "Syria", "Iran", "--graph", "bare"], 0);
    assert!(told.contains("meet") && !told.contains('“'), "{told}");
    done(at, &["query", "met", "--who", "Assad", "--graph", "bare"], 0);
}

#[test]
fn hashes_tell_who_has_the_articles_whether_a_quote_is_right() {
    let dir = folder();
    let (found, _) = done(dir.path(), &["export", "-", "--format", "nq", "--no-text", "--graph", "g"], 0);
    let text: Vec<char> = NEWS.split_once("\n\n").expect("a head").1.trim().chars().collect();
    let mut hashes = 0;
    for line in found.lines().filter(|l| l.contains("#q") && l.contains("ontology#sha256")) {
        let (start, end) =
            line.split_once("#q").and_then(|(_, l)| l.split_once('>')?.0.split_once('-')).expect("offsets");
        let words: String = text[start.parse().expect("start")..end.parse().expect("end")].iter().collect();
        assert!(line.contains(&diplograph::cluster::id::sha256(&words)), "{words}: {line}");
        hashes += 1;
    }
    assert!(hashes >= 2, "{hashes} hashes");
}

#[test]
fn a_graph_keeps_text_or_none() {
    let dir = folder();
    let at = dir.path();
    let (_, err) = done(at, &["build", "news.txt", "--no-text", "--graph", "g"], 2);
    assert!(err.contains("holds the text") && err.contains("diplograph export"), "{err}");
    done(at, &["build", "news.txt", "--no-text", "--graph", "bare"], 0);
    std::fs::write(at.join("more.txt"), NEWS.replace("Turkey", "France")).expect("a file");
    done(at, &["build", "more.txt", "--graph", "bare"], 0);
    assert!(!dump(at, "bare").contains("imposed sanctions"), "a graph without text stays so");
    assert!(done(at, &["check", "--graph", "bare"], 0).0.starts_with("sound"));
    done(at, &["export", "whole.nq", "--graph", "g"], 0);
    done(at, &["export", "bare.nq", "--graph", "bare"], 0);
    let (_, err) = done(at, &["load", "bare.nq", "--graph", "g"], 2);
    assert!(err.contains("holds the text"), "{err}");
    done(at, &["load", "bare.nq", "--graph", "other"], 0);
    assert_eq!(dump(at, "other"), dump(at, "bare"));
    done(at, &["load", "whole.nq", "--graph", "other"], 0);
    assert!(!dump(at, "other").contains("imposed sanctions"));
    let (_, err) = done(at, &["export", "facts.csv", "--graph", "bare"], 2);
    assert!(err.contains("keeps no text"), "{err}");
    done(at, &["export", "events.csv", "--no-text", "--graph", "g"], 2);
}

#[test]
fn words_in_a_graph_without_text_are_found() {
    let dir = folder();
    let at = dir.path();
    done(at, &["build", "news.txt", "--no-text", "--graph", "bare"], 0);
    let words = "INSERT { GRAPH ?g { ?q oa:exact \"words\" } } WHERE { GRAPH ?g { ?q a oa:TextQuoteSelector } }";
    done(at, &["update", "-e", words, "--graph", "bare"], 0);
    let (out, _) = done(at, &["check", "--graph", "bare"], 2);
    assert!(out.contains("keeps no text"), "{out}");
    let none = "DELETE { GRAPH ?g { ?q oa:exact ?w } } WHERE { GRAPH ?g { ?q oa:exact ?w } }";
    done(at, &["update", "-e", none, "--graph", "g"], 0);
    let (out, _) = done(at, &["check", "--graph", "g"], 2);
    assert!(out.contains("its words are missing"), "{out}");
}

#[test]
fn annotated_edges_name_their_events() {
    let dir = folder();
    let at = dir.path();
    for (ending, format) in [("ttl", RdfFormat::Turtle), ("nq", RdfFormat::NQuads)] {
        let (text, _) = done(at, &["export", "-", "--format", ending, "--annotate", "--graph", "g"], 0);
        let quads: Vec<_> = RdfParser::from_format(format).for_slice(text.as_bytes()).map(Result::unwrap).collect();
        let mut annotated = BTreeSet::new();
        for quad in &quads {
            if let (Term::Triple(edge), NamedOrBlankNode::NamedNode(thing)) = (&quad.object, &quad.subject) {
                assert!(quad.predicate.as_str().ends_with("#reifies"), "{quad}");
                assert!(thing.as_str().contains("/id/event/") || thing.as_str().contains("/id/relation/"), "{quad}");
                annotated.insert(edge.to_string());
            }
        }
        let edges = quads.iter().filter(|q| diplograph::rdf::name::is_edge(q.predicate.as_ref()));
        let edges: BTreeSet<_> = edges.map(|q| oxigraph::model::Triple::from(q.clone()).to_string()).collect();
        assert!(edges.len() >= 3, "{edges:?}");
        assert_eq!(annotated, edges, "every edge has its annotation");
    }
    done(at, &["export", "annotated.trig", "--annotate", "--graph", "g"], 0);
    done(at, &["load", "annotated.trig", "--graph", "back"], 0);
    assert_eq!(dump(at, "back"), dump(at, "g"));
    let (_, err) = done(at, &["export", "a.jsonld", "--annotate", "--graph", "g"], 2);
    assert!(err.contains("no annotated edges"), "{err}");
}

#[test]
fn the_manifest_tells_versions_data_and_options() {
    let dir = folder();
    let at = dir.path();
    done(at, &["build", "news.txt", "--no-text", "--graph", "bare"], 0);
    let manifest = |graph: &str| -> Value {
        serde_json::from_str(&done(at, &["manifest", "--json", "--graph", graph], 0).0).expect("JSON")
    };
    let (whole, bare) = (manifest("g"), manifest("bare"));
    assert_eq!((&whole["keeps_text"], &bare["keeps_text"]), (&true.into(), &false.into()));
    assert_eq!(whole["runs"], bare["runs"]);
    let run = &whole["runs"][0];
    assert_eq!((&run["documents"], &run["program"]), (&1.into(), &env!("CARGO_PKG_VERSION").into()));
    for part in ["names", "rules", "model"] {
        assert_eq!(run[part].as_str().map(str::len), Some(16), "{part} of {run}");
    }
    std::fs::write(at.join("own.csv"), "name,kind,country\nAbebe Example,person,ETH\n").expect("a file");
    done(at, &["build", "news.txt", "--actors", "own.csv", "--graph", "own"], 0);
    let own = manifest("own");
    assert_ne!(own["runs"][0]["names"], run["names"], "the user's own names show");
    assert_eq!(own["runs"][0]["rules"], run["rules"]);
    let (text, _) = done(at, &["manifest", "--graph", "bare"], 0);
    assert!(text.contains("hashes and offsets only"), "{text}");
    assert!(Store::open(&at.join("bare"), Mode::ReadOnly).expect("a graph").is_textless());
}
