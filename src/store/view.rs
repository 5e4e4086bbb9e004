//! The graph as it was: what had been reported by a day, and what of it held on a day. A view is a graph of its own,
//! derived anew from the articles that count, so that every look-up, query and export works on it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::derive::iri;
use super::{Store, plain};
use crate::error::Result;
use crate::model::Article;
use crate::rdf::vocab::{dg, oa, prov};
use crate::rdf::{decode, name};

/// From where the graph is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Horizon {
    /// Only what happened or held on or before that day, certainly or possibly; each such thing is marked which.
    pub as_of: Option<Date>,
    /// Only what articles up to that day tell; articles without a date tell nothing by then.
    pub known_by: Option<Date>,
}

impl Horizon {
    /// Whether it hides nothing.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    fn knows(&self, article: &Article) -> bool {
        self.known_by.is_none_or(|day| article.date.is_some_and(|d| d <= day))
    }
}

/// Articles from which on a view is kept on disk while it is looked at; below that in memory.
const LARGE: usize = 20_000;

/// What is taken over from the graph, before anything is derived of it.
struct Taken<'s> {
    from: &'s Store,
    into: Store,
    waiting: Vec<Quad>,
    entities: BTreeSet<NamedNode>,
    runs: BTreeSet<NamedNode>,
}

impl Store {
    /// The graph seen from there: events, relations and their statuses are derived anew from the claims that had been
    /// reported. Costs time in proportion to those, and memory too unless they are very many.
    pub fn view(&self, horizon: &Horizon) -> Result<Self> {
        let documents = self.subjects_of(dg::DOCUMENT)?;
        let mut taken = Taken::new(self, horizon, documents.len() >= LARGE)?;
        for doc in documents {
            if self.knows(horizon, &doc)? {
                taken.add(self.quads(None, None, None, Some(doc.as_ref().into()))?)?;
            }
        }
        taken.derive()
    }

    /// The same of some pairs of sides alone (IRIs of `dg:Pair`), for look-ups that ask for no more. Costs time and memory
    /// in proportion to their claims.
    pub fn view_of_pairs(&self, horizon: &Horizon, pairs: &[NamedNode]) -> Result<Self> {
        if !self.curated()?.moved.is_empty() {
            // Merged actors have claims of other pairs.
            return self.view(horizon);
        }
        let mut taken = Taken::new(self, horizon, false)?;
        let mut known = BTreeMap::new();
        for pair in pairs {
            for claim in self.subjects(dg::PAIR_OF, pair.as_ref().into())? {
                let Some(doc) = self.document_of(&claim)? else { continue };
                if !known.contains_key(&doc) {
                    known.insert(doc.clone(), self.knows(horizon, &doc)?);
                    if known[&doc] {
                        taken.add(self.said_in(&doc, &doc)?)?;
                    }
                }
                if known[&doc] {
                    taken.add(self.claim_in(&doc, &claim)?)?;
                }
            }
        }
        taken.derive()
    }

    fn knows(&self, horizon: &Horizon, doc: &NamedNode) -> Result<bool> {
        Ok(decode::article(&self.node(doc)?).is_some_and(|a| horizon.knows(&a)))
    }

    /// The document of a claim; `None` for what is no claim.
    fn document_of(&self, claim: &NamedNode) -> Result<Option<NamedNode>> {
        if name::id_of(claim.as_str(), "claim").is_none() {
            return Ok(None);
        }
        let found = self.quads(Some(claim.as_ref()), Some(prov::WAS_DERIVED_FROM), None, None)?;
        Ok(found.into_iter().find_map(|q| iri(q.object)))
    }

    fn said_in(&self, doc: &NamedNode, subject: &NamedNode) -> Result<Vec<Quad>> {
        self.quads(Some(subject.as_ref()), None, None, Some(doc.as_ref().into()))
    }

    /// A claim with its quote and its sentence.
    fn claim_in(&self, doc: &NamedNode, claim: &NamedNode) -> Result<Vec<Quad>> {
        let (mut quads, mut wanted) = (Vec::new(), vec![claim.clone()]);
        while let Some(subject) = wanted.pop() {
            let said = self.said_in(doc, &subject)?;
            let parts = said.iter().filter(|q| PARTS.contains(&q.predicate.as_ref()));
            wanted.extend(parts.filter_map(|q| iri(q.object.clone())));
            quads.extend(said);
        }
        Ok(quads)
    }

    /// The authority records of those actors and of whatever they belong to.
    fn pointed_at(&self, mut wanted: BTreeSet<NamedNode>) -> Result<Vec<Quad>> {
        let (mut quads, mut seen) = (Vec::new(), BTreeSet::new());
        while let Some(entity) = wanted.pop_first() {
            if !seen.insert(entity.clone()) {
                continue;
            }
            let record = self.record_quads(&entity)?;
            let homes = record.iter().filter(|q| q.predicate.as_ref() == dg::COUNTRY);
            wanted.extend(homes.filter_map(|q| iri(q.object.clone())));
            quads.extend(record);
        }
        Ok(quads)
    }

    /// Removes the claims that tell of what had not happened yet.
    fn drop_claims_of_nothing(&mut self) -> Result<()> {
        let aside = self.set_aside()?;
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        for claim in self.subjects_of(dg::CLAIM)? {
            let kept = name::id_of(claim.as_str(), "claim").is_some_and(|id| aside.contains(&id));
            if !kept && self.quads(Some(claim.as_ref()), Some(dg::ABOUT), None, None)?.is_empty() {
                super::remove_subject(&mut transaction, &claim)?;
            }
        }
        transaction.commit().map_err(plain)
    }
}

/// From a claim to its words.
const PARTS: [NamedNodeRef<'static>; 3] = [dg::QUOTE, dg::EVIDENCE, oa::HAS_SELECTOR];

impl<'s> Taken<'s> {
    fn new(from: &'s Store, horizon: &Horizon, large: bool) -> Result<Self> {
        let mut into = if large { Store::temporary()? } else { Store::memory()? };
        into.as_of = horizon.as_of;
        into.textless = from.textless;
        let (waiting, entities, runs) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        Ok(Self { from, into, waiting, entities, runs })
    }

    fn add(&mut self, quads: Vec<Quad>) -> Result<()> {
        for quad in &quads {
            note(quad, &mut self.entities, &mut self.runs);
        }
        self.waiting.extend(quads);
        if self.waiting.len() < WAITING { Ok(()) } else { self.into.load(std::mem::take(&mut self.waiting)) }
    }

    /// Adds the log of curation and the records of actors and runs, and derives the rest.
    fn derive(mut self) -> Result<Store> {
        self.add(self.from.quads(None, None, None, Some(name::curation().as_ref().into()))?)?;
        self.waiting.extend(self.from.pointed_at(std::mem::take(&mut self.entities))?);
        for run in std::mem::take(&mut self.runs) {
            self.waiting.extend(self.from.quads(Some(run.as_ref()), None, None, Some(GraphNameRef::DefaultGraph))?);
        }
        self.into.load(self.waiting)?;
        self.into.derive_all()?;
        if self.into.as_of.is_some() {
            self.into.drop_claims_of_nothing()?;
        }
        Ok(self.into)
    }
}

/// Quads that wait to be written at once.
const WAITING: usize = 500_000;

/// Remembers the actors and the run that a quad names.
fn note(quad: &Quad, entities: &mut BTreeSet<NamedNode>, runs: &mut BTreeSet<NamedNode>) {
    let Term::NamedNode(object) = &quad.object else { return };
    if name::id_of(object.as_str(), "entity").is_some() {
        entities.insert(object.clone());
    } else if quad.predicate.as_ref() == prov::WAS_GENERATED_BY
        && matches!(quad.subject, NamedOrBlankNode::NamedNode(_))
    {
        runs.insert(object.clone());
    }
}
