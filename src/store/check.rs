//! Whether the graph is sound: rules that must hold for every quad, whoever wrote it.
//!
//! One pass over all quads, which keeps a hash of each and the plain edges, and then document by document and event by
//! event: some ten bytes of memory a quad.

mod rules;
mod totals;

use std::collections::{BTreeMap, HashSet};
use std::hash::{Hash, Hasher};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rayon::prelude::*;
use rustc_hash::{FxHashSet, FxHasher};

use super::{Store, plain};
use crate::error::Result;
use crate::model::Actor;
use crate::rdf::decode;
use crate::rdf::name;
use crate::rdf::vocab::{dg, rdfs};

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// `quote`, `two-graphs`, `edge`, `event`, `claim`, `bounds`, `actor`, `blank`, `stale`, `total`
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

    fn join(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self
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

type Entities = BTreeMap<String, Actor>;

/// What one pass over all quads leaves: hashes of IRIs, and the plain edges.
#[derive(Default)]
struct Seen {
    /// Claims that something takes up, and what claims are about.
    taken_up: FxHashSet<u64>,
    about: FxHashSet<u64>,
    edges: Vec<(NamedNode, NamedNode, NamedNode)>,
}

impl Store {
    /// Checks every rule over the whole graph.
    pub fn check(&self) -> Result<Report> {
        let mut report = Report::default();
        let entities = self.entities()?;
        let mut seen = self.pass(&entities, &mut report)?;
        seen.taken_up.extend(self.set_aside()?.iter().map(|id| hash(name::claim(id).as_str())));
        for actor in self.subjects_of(dg::ACTOR_CLASS)? {
            if self.record(&actor)?.text(rdfs::LABEL).is_none() {
                report.add("actor", actor.as_str(), "it has no name");
            }
        }
        report = report.join(self.documents(&entities, &seen)?).join(self.derived(&seen)?);
        report.findings.sort();
        report.findings.dedup();
        Ok(report)
    }

    /// No triple in two graphs, no blank node, nothing left to derive, nobody without a record.
    fn pass(&self, entities: &Entities, report: &mut Report) -> Result<Seen> {
        let known: FxHashSet<u64> = entities.keys().map(|id| hash(name::entity(id).as_str())).collect();
        // a store holds each quad once, so what comes twice without its graph is in two
        let mut triples = FxHashSet::default();
        let mut seen = Seen::default();
        for quad in self.inner.iter() {
            let quad = quad.map_err(plain)?;
            report.quads += 1;
            if !triples.insert(hash((&quad.subject, &quad.predicate, &quad.object))) {
                report.add("two-graphs", &subject(&quad), format!("its {} stands in two graphs", quad.predicate));
            }
            one(&quad, &known, report);
            seen.note(quad);
        }
        Ok(seen)
    }

    /// Every document by itself; claims that stand in none, or lack a part, are found by what is left.
    fn documents(&self, entities: &Entities, seen: &Seen) -> Result<Report> {
        let documents = self.subjects_of(dg::DOCUMENT)?;
        let checked = documents.par_iter().map(|doc| self.document(doc, entities));
        let (mut report, mut read) = (Report::default(), HashSet::new());
        for (of_one, claims) in checked.collect::<Result<Vec<_>>>()? {
            report = report.join(of_one);
            read.extend(claims);
        }
        for claim in self.subjects_of(dg::CLAIM)? {
            if !read.contains(&hash(claim.as_str())) {
                report.add("claim", claim.as_str(), "it cannot be read back: a part is missing or broken");
            }
            let alone = !seen.taken_up.contains(&hash(claim.as_str()));
            if alone && !rules::may_stand_alone(&self.node(&claim)?) {
                report.add("claim", claim.as_str(), "no event or relation takes it up");
            }
        }
        Ok(report)
    }

    /// What is wrong in a document, and hashes of the claims that can be read back.
    fn document(&self, doc: &NamedNode, entities: &Entities) -> Result<(Report, Vec<u64>)> {
        let mut report = Report::default();
        let nodes = decode::nodes(self.quads(None, None, None, Some(doc.as_ref().into()))?);
        for (iri, node) in &nodes {
            rules::bounds(iri, node, &mut report);
            rules::quote(iri, node, &nodes, self.is_textless(), &mut report);
        }
        let facts = decode::facts(&nodes, entities).into_iter();
        Ok((report, facts.map(|(id, _)| hash(name::claim(&id).as_str())).collect()))
    }

    /// Every event and relation by itself, and every plain edge: one that can be relied on must back it.
    fn derived(&self, seen: &Seen) -> Result<Report> {
        let actions = self.subjects_of(dg::ACTION)?.into_iter();
        let actions =
            actions.map(|a| Ok((a.as_str().to_owned(), self.node(&a)?))).collect::<Result<decode::Nodes>>()?;
        let (events, relations) = (self.subjects_of(dg::EVENT)?, self.subjects_of(dg::RELATION)?);
        let checked = events.par_iter().chain(&relations).map(|thing| {
            let (mut report, node) = (Report::default(), self.node(thing)?);
            rules::bounds(thing.as_str(), &node, &mut report);
            if node.is(dg::EVENT) && !seen.about.contains(&hash(thing.as_str())) {
                report.add("event", thing.as_str(), "no claim is about it");
            }
            let edges = decode::edges(&node, &actions);
            let edges = edges.iter().map(|(a, p, b)| hash((a.as_str(), p.as_str(), b.as_str()))).collect::<Vec<_>>();
            Ok((report, edges, totals::counted(&node, &actions)))
        });
        let (mut report, mut backed, mut counts) = (Report::default(), FxHashSet::default(), totals::Counts::default());
        for (of_one, edges, counted) in checked.collect::<Result<Vec<_>>>()? {
            report = report.join(of_one);
            backed.extend(edges);
            counts.extend(counted);
        }
        self.totals(counts, &mut report)?;
        for (a, property, b) in &seen.edges {
            if !backed.contains(&hash((a.as_str(), property.as_str(), b.as_str()))) {
                report.add("edge", a.as_str(), format!("{property} {b} has no event"));
            }
        }
        Ok(report)
    }
}

impl Seen {
    fn note(&mut self, quad: Quad) {
        let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (quad.subject, quad.object) else {
            return;
        };
        if quad.predicate.as_ref() == dg::ABOUT {
            self.taken_up.insert(hash(subject.as_str()));
            self.about.insert(hash(object.as_str()));
        } else if name::is_edge(quad.predicate.as_ref()) {
            self.edges.push((subject, quad.predicate, object));
        }
    }
}

/// What must hold of a quad alone.
fn one(quad: &Quad, known: &FxHashSet<u64>, report: &mut Report) {
    if matches!(quad.subject, NamedOrBlankNode::BlankNode(_)) || matches!(quad.object, Term::BlankNode(_)) {
        report.add("blank", &subject(quad), "a blank node, which no later run can name");
    }
    if quad.predicate.as_ref() == dg::STALE {
        report.add("stale", &subject(quad), "claims changed, and what follows from them was not rebuilt: build again");
    }
    if ACTORS.contains(&quad.predicate.as_ref())
        && !matches!(&quad.object, Term::NamedNode(actor) if known.contains(&hash(actor.as_str())))
    {
        report.add("actor", &subject(quad), format!("{} has no record", quad.object));
    }
}

fn subject(quad: &Quad) -> String {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(n) => n.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(n) => n.to_string(),
    }
}

fn hash(of: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    hasher.finish()
}
