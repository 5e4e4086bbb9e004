//! Many new documents at once, past the transactions: the tables of the store are written sorted and taken in whole.
//!
//! What the store holds of a document already, or what comes twice, goes the slow way of [`super::put`].

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use rayon::prelude::*;

use super::{BATCH, Change, Store, plain, put_entity};
use crate::cluster::home;
use crate::error::Result;
use crate::model::{Actor, Article, Entity, Fact};
use crate::rdf::vocab::dg;
use crate::rdf::{encode, name};

/// Facts, and documents, that are taken in at a time: all their quads stay in memory until then. Each time gives the store
/// tables that it has to merge.
const FACTS: usize = 12_000;
const DOCUMENTS: usize = 10_000;

/// From so many quads on the bulk loader is faster than a transaction.
pub const QUADS: usize = 20_000;

/// Thousands of quads below which a load is not parted.
const THOUSANDS: usize = 100;

type Document<'a> = (&'a Article, &'a [Fact]);

/// Parts documents so that each part has about as many facts as one load takes: some hundred articles, or thousands of rows.
pub(super) fn chunks<'d, 'a>(documents: &'d [Document<'a>]) -> Vec<&'d [Document<'a>]> {
    let (mut chunks, mut first, mut facts) = (Vec::new(), 0, 0);
    for (at, (_, told)) in documents.iter().enumerate() {
        facts += told.len();
        if facts >= FACTS || at + 1 - first == DOCUMENTS {
            chunks.push(&documents[first..=at]);
            (first, facts) = (at + 1, 0);
        }
    }
    chunks.extend((first < documents.len()).then(|| &documents[first..]));
    chunks
}

impl Store {
    /// Stores documents: the new ones at once if they are many, the others one by one.
    pub(super) fn insert_chunk(&mut self, documents: &[Document<'_>], version: &str) -> Result<Vec<Change>> {
        let new = self.new_ones(documents)?;
        let fresh: Vec<_> = documents.iter().zip(&new).filter(|(_, new)| **new).map(|(d, _)| *d).collect();
        let facts: usize = fresh.iter().map(|(_, facts)| facts.len()).sum();
        // A fact comes to some 40 quads: below that it is not worth the encoding.
        if facts * 40 < QUADS {
            let batches = documents.chunks(BATCH).map(|batch| self.insert_each(batch, version));
            return Ok(batches.collect::<Result<Vec<_>>>()?.concat());
        }
        self.insert_bulk(&fresh, version)?;
        let mut changes = Vec::with_capacity(documents.len());
        for (document, new) in documents.iter().zip(new) {
            match new {
                true => changes.push(Change::Added),
                false => changes.extend(self.insert_each(&[*document], version)?),
            }
        }
        Ok(changes)
    }

    /// Which of the documents the store has nothing of; of two with one id only the first is new.
    fn new_ones(&self, documents: &[Document<'_>]) -> Result<Vec<bool>> {
        let mut seen = BTreeSet::new();
        let mut new = Vec::with_capacity(documents.len());
        for (article, _) in documents {
            let graph = name::document(&article.id);
            let known = self.inner.contains_named_graph(&graph).map_err(plain)?;
            new.push(!known && seen.insert(&article.id));
        }
        Ok(new)
    }

    fn insert_bulk(&mut self, documents: &[Document<'_>], version: &str) -> Result<()> {
        let encoded = documents.par_iter().map(|(article, facts)| self.encoded(article, facts, version));
        let mut quads: Vec<Quad> = encoded.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
        let pairs: BTreeSet<NamedNode> = quads.iter().filter_map(pair).collect();
        quads.extend(pairs.into_iter().map(|p| Quad::new(p, dg::STALE, Literal::from(true), GraphName::DefaultGraph)));
        quads.extend(self.run_of(version));
        let (records, changed) = self.new_records(documents)?;
        quads.extend(records);
        if !changed.is_empty() {
            let mut transaction = self.inner.start_transaction().map_err(plain)?;
            changed.iter().try_for_each(|actor| put_entity(&mut transaction, actor, self.authority.as_ref()))?;
            transaction.commit().map_err(plain)?;
        }
        self.keep_fresh(documents)?;
        self.load(quads)
    }

    /// Keeps the facts of pairs that the store does not have, to derive from. A graph without text has no quotes as the facts
    /// have them.
    fn keep_fresh(&mut self, documents: &[Document<'_>]) -> Result<()> {
        if self.textless {
            return Ok(());
        }
        let inner = &self.inner;
        self.fresh.add(documents, |pair| {
            let held = inner.quads_for_pattern(None, Some(dg::PAIR_OF), Some(pair.as_ref().into()), None).next();
            held.transpose().map(|quad| quad.is_none()).map_err(plain)
        })
    }

    /// Takes in quads at once: all of them or none.
    pub(super) fn load(&self, quads: Vec<Quad>) -> Result<()> {
        // One batch a core: the loader sorts each in a thread of its own.
        let thousands = quads.len().div_ceil(1000).max(THOUSANDS);
        let mut loader = self.inner.bulk_loader().with_max_memory_size_in_megabytes(thousands);
        loader.load_quads(quads).map_err(plain)?;
        loader.commit().map_err(plain)
    }

    /// The records of entities that the store lacks, and the entities of which it has another record.
    fn new_records(&mut self, documents: &[Document<'_>]) -> Result<(Vec<Quad>, Vec<Actor>)> {
        let mut actors: BTreeMap<&str, &Actor> = BTreeMap::new();
        for actor in documents.iter().flat_map(|(_, facts)| super::actors(facts)) {
            let kept = actors.entry(&actor.id).or_insert(actor);
            let (this, that) = (actor.described(), kept.described());
            if this < that || (this > that && super::known(actor, self.authority.as_ref())) {
                *kept = actor;
            }
        }
        let (mut quads, mut changed) = (Vec::new(), Vec::new());
        let mut homes = BTreeMap::new();
        for actor in actors.values() {
            if self.written.get(&actor.id).is_some_and(|w| same(w, actor)) {
                continue;
            }
            let former = self.record_quads(&name::entity(&actor.id))?;
            let actor = &super::settled(&former, actor, self.authority.as_ref());
            let wanted = encode::entity(actor);
            match former.is_empty() {
                true => quads.extend(wanted),
                false if former.len() != wanted.len() || wanted.iter().any(|q| !former.contains(q)) => {
                    changed.push(Actor::clone(actor));
                }
                false => {}
            }
            self.written.insert(actor.id.clone(), Actor::clone(actor));
            if let (Some(home), Some(country)) = (home::of(actor), &actor.country) {
                homes.insert(home, country.clone());
            }
        }
        for (home, country) in homes {
            if self.written.contains_key(&home) || !self.record_quads(&name::entity(&home))?.is_empty() {
                continue;
            }
            let described = self.authority.as_ref().and_then(|look_up| look_up(&home));
            let entity = described.unwrap_or_else(|| home::record(&country).into());
            quads.extend(encode::entity(&entity));
            self.written.insert(home, entity);
        }
        Ok((quads, changed))
    }
}

/// Actors are equal by their ids; records are the same if everything is.
fn same(a: &Entity, b: &Entity) -> bool {
    (&a.id, a.kind, &a.name, &a.country, &a.wikidata) == (&b.id, b.kind, &b.name, &b.country, &b.wikidata)
}

/// The pair that a claim belongs to.
pub fn pair(quad: &Quad) -> Option<NamedNode> {
    match &quad.object {
        Term::NamedNode(pair) if quad.predicate.as_ref() == dg::PAIR_OF => Some(pair.clone()),
        _ => None,
    }
}
