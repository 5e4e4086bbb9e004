//! The code's names and tables against the ontology's files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diplograph::cluster::{Action, Standing};
use diplograph::rdf::vocab::{self, dg, rdfs, skos};
use diplograph::rdf::{derived, name};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{NamedNode, Quad, Term};

fn read(file: &str) -> Vec<Quad> {
    let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file)).unwrap();
    RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&text)
        .map(|q| q.unwrap_or_else(|e| panic!("{file}: {e}")))
        .collect()
}

/// The terms of our namespace that a file describes, with the predicates that it uses of each.
fn described(quads: &[Quad]) -> BTreeMap<String, BTreeSet<String>> {
    let mut terms: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for quad in quads {
        let subject = quad.subject.to_string().trim_matches(['<', '>']).to_owned();
        if subject.starts_with(dg::NAMESPACE) {
            terms.entry(subject).or_default().insert(quad.predicate.as_str().to_owned());
        }
    }
    terms
}

#[test]
fn every_name_in_code_is_defined_and_the_other_way_round() {
    let described = described(&read("ontology/diplograph.ttl"));
    let in_code: BTreeSet<_> = dg::ALL.iter().map(|n| n.as_str().to_owned()).collect();
    // What no code names yet: the classes of values, and values that only hand-made claims have.
    let only_there = ["Status", "Stance", "Factuality"].map(|n| format!("{}{n}", dg::NAMESPACE));
    let known: BTreeSet<_> = described.keys().filter(|t| !only_there.contains(t)).cloned().collect();
    assert_eq!(known, in_code);
    for (term, predicates) in &described {
        for needed in [rdfs::LABEL, skos::DEFINITION, skos::EXAMPLE] {
            assert!(predicates.contains(needed.as_str()), "{term} has no {needed}");
        }
    }
    for standing in Standing::ALL {
        assert!(in_code.contains(name::shortcut(standing.as_str()).as_str()));
    }
}

/// The actions and their plain properties, as `data/ontology/actions.ttl` has them.
fn actions() -> String {
    let mut quads = derived::actions();
    quads.extend(derived::shortcuts());
    quads.sort_by_key(|q| (q.subject.to_string(), q.predicate.to_string(), q.object.to_string()));
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, iri) in vocab::PREFIXES {
        serializer = serializer.with_prefix(*prefix, *iri).unwrap();
    }
    let mut writer = serializer.for_writer(Vec::new());
    quads.iter().for_each(|q| writer.serialize_quad(q).unwrap());
    let head = "# The actions and the plain properties between actors. Made from data/relations.tsv and actions.tsv by a test:\n\
                # UPDATE_EXPECT=1 cargo test ontology\n\n";
    head.to_owned() + &String::from_utf8(writer.finish().unwrap()).unwrap()
}

#[test]
fn the_actions_are_those_of_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ontology/actions.ttl");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, actions()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), actions());
}

#[test]
fn plain_properties_are_distinct_and_no_other_name() {
    let shortcuts: BTreeSet<_> = Action::all().iter().map(|a| a.shortcut).collect();
    assert_eq!(shortcuts.len(), Action::all().len());
    assert!(dg::ALL.iter().all(|n| !shortcuts.contains(n.as_str().trim_start_matches(dg::NAMESPACE))));
}

#[test]
fn shapes_name_only_what_exists() {
    let known: BTreeSet<_> = dg::ALL.iter().map(|n| n.as_str()).collect();
    for quad in read("shapes/diplograph.ttl") {
        if let Term::NamedNode(object) = &quad.object {
            let ours = object.as_str().starts_with(dg::NAMESPACE);
            assert!(!ours || known.contains(object.as_str()), "{object} is no term of the ontology");
        }
    }
    assert!(NamedNode::new(vocab::ID).is_ok());
}

#[test]
fn the_page_shows_every_term_once() {
    let turtle =
        |file: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file)).unwrap();
    let both = turtle("ontology/diplograph.ttl") + &turtle("ontology/actions.ttl");
    let html = diplograph::rdf::page::page(&both).unwrap();
    for term in dg::ALL {
        let row = format!("<tr id=\"dg:{}\">", term.as_str().trim_start_matches(dg::NAMESPACE));
        assert_eq!(html.matches(&row).count(), 1, "{row}");
    }
    for action in Action::all() {
        assert_eq!(html.matches(&format!("<tr id=\"action:{}\">", action.relation.id())).count(), 1);
    }
    assert!(diplograph::rdf::page::page("dg: <").is_err());
}
