//! The ontology as a page of HTML for people: one table, made from the Turtle that programs read.

use std::collections::BTreeMap;
use std::fmt::Write;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Term};

use super::decode::{self, Node, Nodes};
use super::vocab::{PREFIXES, RDF_TYPE, dg, rdfs, skos};
use crate::error::{Error, Result};

/// A page of the terms that the Turtle describes, by class, property, value and action.
///
/// # Errors
/// Turtle that cannot be read.
pub fn page(turtle: &str) -> Result<String> {
    let parsed = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes());
    let quads = parsed.collect::<Result<Vec<Quad>, _>>().map_err(|e| Error::new(format!("the ontology: {e}")))?;
    let nodes = decode::nodes(quads);
    let mut parts: BTreeMap<usize, Vec<(&str, &Node)>> = BTreeMap::new();
    for (iri, node) in &nodes {
        parts.entry(part(node)).or_default().push((iri, node));
    }
    let mut html = String::from(HEAD);
    for (part, mut terms) in parts {
        let Some(title) = TITLES.get(part) else { continue };
        terms.sort_by_key(|t| t.0);
        let _ = writeln!(html, "<h2>{title}</h2>\n<table>\n<tr><th>term</th><th>meaning</th><th>more</th></tr>");
        terms.iter().for_each(|(iri, node)| row(&mut html, iri, node, &nodes));
        html.push_str("</table>\n");
    }
    html.push_str("</body>\n</html>\n");
    Ok(html)
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>The ontology of diplograph</title>\n<style>\n\
    body { font: 16px/1.45 sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; }\n\
    table { border-collapse: collapse; width: 100%; }\n\
    td, th { text-align: left; vertical-align: top; padding: .35em .6em; border-bottom: 1px solid #ccc; }\n\
    td:first-child { white-space: nowrap; font-family: monospace; }\n\
    </style>\n</head>\n<body>\n<h1>The ontology of diplograph</h1>\n\
    <p>Claims of news reports about diplomacy, the events and durable relations that follow from them, and plain edges \
    between actors. The same as Turtle: <code>diplograph ontology</code>.</p>\n";

const TITLES: [&str; 5] = ["Classes", "Values", "Properties", "Actions", "Plain edges between actors"];

/// Which part of the page a term stands in; beyond [`TITLES`] for what is no term.
fn part(node: &Node) -> usize {
    let is = |name: &str| node.all(RDF_TYPE).any(|t| matches!(t, Term::NamedNode(n) if n.as_str().ends_with(name)));
    let edge = node.text(skos::DEFINITION).is_some_and(|d| d.starts_with("A plain edge: "));
    match () {
        () if is("#Class") => 0,
        () if is("#NamedIndividual") || is("#ConceptScheme") => 1,
        () if is("Property") && edge => 4,
        () if is("Property") => 2,
        () if node.is(dg::ACTION) => 3,
        () => TITLES.len(),
    }
}

fn row(html: &mut String, iri: &str, node: &Node, nodes: &Nodes) {
    let label = node.text(rdfs::LABEL).or(node.text(skos::PREF_LABEL)).unwrap_or_default();
    let meaning = node.text(skos::DEFINITION).unwrap_or_default();
    let mut more: Vec<String> =
        node.properties().filter(|(p, _)| !SAID.contains(&local(p))).map(|(p, o)| fact(p, o, nodes)).collect();
    more.sort();
    more.dedup();
    let _ = writeln!(
        html,
        "<tr id=\"{}\"><td>{}</td><td><b>{}</b>: {}</td><td>{}</td></tr>",
        escape(&short(iri)),
        escape(&short(iri)),
        escape(label),
        escape(meaning),
        more.join("<br>")
    );
}

/// What stands in the other cells of a row.
const SAID: [&str; 6] = ["type", "label", "prefLabel", "definition", "inScheme", "notation"];

fn fact(predicate: &str, object: &Term, nodes: &Nodes) -> String {
    let value = match object {
        Term::NamedNode(n) if nodes.contains_key(n.as_str()) => {
            format!("<a href=\"#{0}\">{0}</a>", escape(&short(n.as_str())))
        }
        Term::NamedNode(n) => format!("<a href=\"{}\">{}</a>", escape(n.as_str()), escape(&short(n.as_str()))),
        Term::Literal(l) => escape(l.value()),
        other => escape(&other.to_string()),
    };
    format!("{} {value}", escape(local(predicate)))
}

fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or_default()
}

fn short(iri: &str) -> String {
    let found = PREFIXES.iter().find_map(|(p, n)| Some(format!("{p}:{}", iri.strip_prefix(n)?)));
    found.unwrap_or_else(|| iri.to_owned())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
