//! Whether the graph is sound: rules that must hold for every quad, whoever wrote it.

use std::collections::{BTreeSet, HashMap, HashSet};

use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHasher;

use super::{Store, plain};
use crate::error::Result;
use crate::model::Relation;
use crate::rdf::decode::{self, Node, Nodes};
use crate::rdf::name;
use crate::rdf::vocab::{dg, oa, rdfs, sem};

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// `quote`, `two-graphs`, `edge`, `event`, `claim`, `bounds`, `actor`, `blank`, `stale`
    pub rule: &'static str,
    /// The IRI that it is about.
    pub subject: String,
    pub what: String,
}

/// What was looked at and what was found, in order of rule and subject.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub quads: usize,
    pub findings: Vec<Finding>,
}

impl Report {
    pub fn sound(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, rule: &'static str, subject: &str, what: impl Into<String>) {
        self.findings.push(Finding { rule, subject: subject.to_owned(), what: what.into() });
    }
}

/// The properties whose objects are actors.
const ACTORS: [NamedNodeRef<'static>; 9] = [
    dg::ACTOR,
    dg::RECIPIENT,
    dg::PARTICIPANT,
    dg::SPEAKER,
    dg::ACTOR_STATE,
    dg::RECIPIENT_STATE,
    dg::PARTICIPANT_STATE,
    dg::COUNTRY,
    dg::PARTY,
];

impl Store {
    /// Checks every rule over the whole graph.
    pub fn check(&self) -> Result<Report> {
        let mut report = Report::default();
        let mut quads = Vec::new();
        for quad in self.inner.iter() {
            quads.push(quad.map_err(plain)?);
        }
        report.quads = quads.len();
        graphs(&quads, &mut report);
        let nodes = decode::nodes(quads.iter().cloned());
        let aside: HashSet<String> = self.set_aside()?.iter().map(|id| name::claim(id).into_string()).collect();
        let mut pointed = pointed_at(&quads);
        pointed.0.extend(aside.iter().map(String::as_str));
        for (iri, node) in &nodes {
            bounds(iri, node, &mut report);
            actors(iri, node, &nodes, &mut report);
            quote(iri, node, &nodes, self.is_textless(), &mut report);
            event_and_claim(iri, node, &pointed, &mut report);
        }
        edges(&quads, &nodes, &mut report);
        claims(&nodes, &mut report);
        report.findings.sort();
        report.findings.dedup();
        Ok(report)
    }
}

/// No triple in two graphs, no blank node, nothing left to derive.
fn graphs(quads: &[Quad], report: &mut Report) {
    let mut seen: HashMap<u64, &GraphName> = HashMap::with_capacity(quads.len());
    for quad in quads {
        let subject = quad.subject.to_string();
        if matches!(quad.subject, NamedOrBlankNode::BlankNode(_)) || matches!(quad.object, Term::BlankNode(_)) {
            report.add("blank", &subject, "a blank node, which no later run can name");
        }
        if quad.predicate.as_ref() == dg::STALE {
            report.add("stale", &subject, "claims changed, and what follows from them was not rebuilt: build again");
        }
        if seen.insert(key(quad), &quad.graph_name).is_some_and(|graph| *graph != quad.graph_name) {
            report.add("two-graphs", &subject, format!("its {} stands in two graphs", quad.predicate));
        }
    }
}

fn key(quad: &Quad) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = FxHasher::default();
    (&quad.subject, &quad.predicate, &quad.object).hash(&mut hasher);
    hasher.finish()
}

/// The IRIs that claims are about.
fn pointed_at(quads: &[Quad]) -> (HashSet<&str>, HashSet<&str>) {
    let about = quads.iter().filter(|q| q.predicate.as_ref() == dg::ABOUT);
    about
        .filter_map(|q| match (&q.subject, &q.object) {
            (NamedOrBlankNode::NamedNode(claim), Term::NamedNode(event)) => Some((claim.as_str(), event.as_str())),
            _ => None,
        })
        .unzip()
}

fn bounds(iri: &str, node: &Node, report: &mut Report) {
    let order = [
        (sem::EARLIEST_BEGIN, sem::LATEST_BEGIN),
        (sem::EARLIEST_END, sem::LATEST_END),
        (sem::EARLIEST_BEGIN, sem::LATEST_END),
        (dg::FIRST_REPORTED, dg::LAST_REPORTED),
    ];
    for (first, last) in order {
        if let (Some(a), Some(b)) = (node.date(first), node.date(last))
            && a > b
        {
            report.add("bounds", iri, format!("{a} is later than {b}"));
        }
    }
}

fn actors(iri: &str, node: &Node, nodes: &Nodes, report: &mut Report) {
    if node.is(dg::ACTOR_CLASS) && node.text(rdfs::LABEL).is_none() {
        report.add("actor", iri, "it has no name");
    }
    for property in ACTORS {
        for term in node.all(property) {
            let known = match term {
                Term::NamedNode(n) => nodes.get(n.as_str()).is_some_and(|n| decode::entity(n).is_some()),
                _ => false,
            };
            if !known {
                report.add("actor", iri, format!("{term} has no record"));
            }
        }
    }
}

/// A selector's offsets fit its words, or it has their hash if the graph keeps none; a claim's quote is part of its
/// sentence.
fn quote(iri: &str, node: &Node, nodes: &Nodes, textless: bool, report: &mut Report) {
    if let (Some(start), Some(end)) = (node.number::<usize>(oa::START), node.number::<usize>(oa::END)) {
        let length = node.text(oa::EXACT).map(|words| words.chars().count());
        match (length, node.text(dg::SHA256)) {
            (Some(length), None) if !textless && start + length == end => {}
            (None, Some(_)) if textless && start <= end => {}
            (Some(length), None) if !textless => {
                report.add("quote", iri, format!("{length} code points from {start} to {end}"));
            }
            (None, _) if !textless => report.add("quote", iri, "its words are missing"),
            _ if textless => report.add("quote", iri, "the graph keeps no text, and this is not a hash alone"),
            _ => report.add("quote", iri, "it has both words and a hash"),
        }
    }
    if node.is(dg::CLAIM) && inside(node, nodes) != Some(true) {
        report.add("quote", iri, "the quote is not part of its sentence");
    }
}

fn inside(claim: &Node, nodes: &Nodes) -> Option<bool> {
    let quote = nodes.get(claim.iri(dg::QUOTE)?)?;
    let sentence = nodes.get(nodes.get(claim.iri(dg::EVIDENCE)?)?.iri(oa::HAS_SELECTOR)?)?;
    if quote.text(dg::SHA256).is_some() {
        return Some(
            sentence.number::<usize>(oa::START)? <= quote.number(oa::START)?
                && quote.number::<usize>(oa::END)? <= sentence.number(oa::END)?
                && quote.text(dg::FIELD) == sentence.text(dg::FIELD),
        );
    }
    let start: usize = quote.number(oa::START)?;
    let skip = start.checked_sub(sentence.number(oa::START)?)?;
    let words = quote.text(oa::EXACT)?;
    let part: String = sentence.text(oa::EXACT)?.chars().skip(skip).take(words.chars().count()).collect();
    Some(part == words && quote.text(dg::FIELD) == sentence.text(dg::FIELD))
}

/// An office or membership that is only planned, denied or said by others makes no relation.
fn may_stand_alone(claim: &Node) -> bool {
    let action = claim.iri(dg::ACTION_OF).and_then(|a| name::id_of(a, "action"));
    action.and_then(|a| Relation::named(&a)).is_some_and(Relation::standing)
}

fn event_and_claim(iri: &str, node: &Node, (claims, about): &(HashSet<&str>, HashSet<&str>), report: &mut Report) {
    if node.is(dg::EVENT) && !about.contains(iri) {
        report.add("event", iri, "no claim is about it");
    }
    if node.is(dg::CLAIM) && !claims.contains(iri) && !may_stand_alone(node) {
        report.add("claim", iri, "no event or relation takes it up");
    }
}

/// Every plain edge is backed by an event that can be relied on, or by an open relation.
fn edges(quads: &[Quad], nodes: &Nodes, report: &mut Report) {
    let mut backed: BTreeSet<(String, String, String)> = BTreeSet::new();
    for node in nodes.values() {
        backed.extend(decode::edges(node, nodes));
    }
    for quad in quads.iter().filter(|q| name::is_edge(q.predicate.as_ref())) {
        let (NamedOrBlankNode::NamedNode(a), Term::NamedNode(b)) = (&quad.subject, &quad.object) else {
            continue;
        };
        let edge = (a.as_str().to_owned(), quad.predicate.as_str().to_owned(), b.as_str().to_owned());
        if !backed.contains(&edge) {
            report.add("edge", a.as_str(), format!("{} {} has no event", quad.predicate, quad.object));
        }
    }
}

fn claims(nodes: &Nodes, report: &mut Report) {
    let entities = nodes.values().filter_map(decode::entity).map(|e| (e.id.clone(), e.into())).collect();
    let read: HashSet<String> = decode::facts(nodes, &entities).into_iter().map(|(id, _)| id).collect();
    for (iri, _) in nodes.iter().filter(|(_, n)| n.is(dg::CLAIM)) {
        if name::id_of(iri, "claim").is_none_or(|id| !read.contains(&id)) {
            report.add("claim", iri, "it cannot be read back: a part is missing or broken");
        }
    }
}
