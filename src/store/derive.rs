//! What follows from the claims: rebuilt pair by pair, for the pairs that changed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, RwLock};

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use oxigraph::store::Transaction;
use rayon::prelude::*;

use super::curate::Curated;
use super::fresh::Fresh;
use super::{Store, bulk, collect, events, plain, remove_subject};
use crate::cluster::{self, Report};
use crate::error::Result;
use crate::model::{Actor, Fact};
use crate::rdf::vocab::{dg, oa, prov};
use crate::rdf::{decode, derived, name};

/// The properties through which an event or a relation names its actors.
const ENDS: [NamedNodeRef<'static>; 10] = [
    dg::ACTOR,
    dg::RECIPIENT,
    dg::PARTICIPANT,
    dg::PARTY,
    dg::HOLDER,
    dg::REPRESENTS,
    dg::MEMBER,
    dg::ORGANIZATION,
    dg::SENDER,
    dg::TARGET,
];

/// Pairs that are derived at a time: what follows from them stays in memory until it is written.
const PAIRS: usize = 500;

/// Quads that wait to be written at once.
const WAITING: usize = 500_000;

/// What follows from the claims of a pair, and what followed from them before.
struct OfPair {
    pair: NamedNode,
    former: Vec<NamedNode>,
    quads: Vec<Quad>,
    /// The same events for the table of events.
    rows: String,
}

/// The entities that a run has read, for all its pairs; `None` for one without a record.
type Entities = RwLock<BTreeMap<String, Option<Actor>>>;

/// What a run derives from, beside the claims in the store.
struct From<'a> {
    curated: &'a Curated,
    fresh: &'a Fresh,
    entities: Entities,
}

/// What was read already for a pair.
#[derive(Default)]
struct Known {
    entities: BTreeMap<String, Actor>,
    reports: BTreeMap<String, Report>,
}

impl Store {
    /// Rebuilds events, relations and edges of all that changed since the last time; does nothing if nothing did.
    /// Returns how many pairs of sides were rebuilt.
    pub fn derive(&mut self) -> Result<usize> {
        self.writable()?;
        self.write_manifest()?;
        if self.write_actions()? {
            // Another table makes other events and relations.
            return self.derive_all();
        }
        let stale = self.subjects(dg::STALE, Literal::from(true).as_ref().into())?;
        self.rebuild(stale)
    }

    /// Rebuilds them all, as after a change of the rules by which claims become events.
    pub fn derive_all(&mut self) -> Result<usize> {
        self.writable()?;
        self.fresh = Fresh::default();
        self.begin_events()?;
        self.write_manifest()?;
        self.write_actions()?;
        let mut stale = self.subjects(dg::STALE, Literal::from(true).as_ref().into())?;
        let pairs = self.quads(None, Some(dg::PAIR_OF), None, None)?;
        stale.extend(pairs.into_iter().filter_map(|q| iri(q.object)));
        self.rebuild(stale)
    }

    fn rebuild(&mut self, stale: Vec<NamedNode>) -> Result<usize> {
        self.written.clear();
        let stale: BTreeSet<NamedNode> = stale.into_iter().collect();
        let (pairs, others): (Vec<_>, Vec<_>) = stale.into_iter().partition(name::is_pair);
        let curated = self.curated()?;
        let told = std::mem::take(&mut self.fresh);
        let told = if curated.moved.is_empty() { told } else { Fresh::default() };
        let from = From { curated: &curated, fresh: &told, entities: Entities::default() };
        let pairs: Vec<_> = with_moved(pairs, &curated, self)?.into_iter().collect();
        self.rebuild_pairs(&pairs, &from)?;
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        for thing in others {
            forget_unused(&mut transaction, &thing)?;
            fresh(&mut transaction, &thing);
        }
        transaction.commit().map_err(plain)?;
        Ok(pairs.len())
    }

    /// Reads and clusters on all cores, some pairs at a time. What follows from pairs that were never derived goes in at
    /// once, before their marks go: a run that is killed between the two derives them again.
    fn rebuild_pairs(&self, pairs: &[NamedNode], from: &From<'_>) -> Result<()> {
        let (mut waiting, mut marked) = (Vec::new(), Vec::new());
        for pairs in pairs.chunks(PAIRS) {
            let derived = pairs.par_iter().map(|pair| self.derive_pair(pair, from)).collect::<Result<Vec<_>>>()?;
            self.note_events(derived.iter().map(|d| d.rows.as_str()))?;
            let (new, others): (Vec<_>, Vec<_>) = derived.into_iter().partition(|d| d.former.is_empty());
            marked.extend(new.iter().map(|d| d.pair.clone()));
            waiting.extend(new.into_iter().flat_map(|d| d.quads));
            let rebuilt: Vec<_> = others.iter().map(|d| d.pair.clone()).collect();
            self.replace(others, &rebuilt)?;
            if waiting.len() >= WAITING {
                self.load(std::mem::take(&mut waiting))?;
                self.replace([], &std::mem::take(&mut marked))?;
            }
        }
        if waiting.len() >= bulk::QUADS {
            self.load(waiting)?;
            return self.replace([], &marked);
        }
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        transaction.extend(&waiting);
        marked.iter().for_each(|pair| fresh(&mut transaction, pair));
        transaction.commit().map_err(plain)
    }

    /// Puts what follows from pairs in place of what followed before, and takes their marks away.
    fn replace(&self, derived: impl IntoIterator<Item = OfPair>, pairs: &[NamedNode]) -> Result<()> {
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        for of_pair in derived {
            let mut leftovers = Vec::new();
            for thing in &of_pair.former {
                leftovers.extend(take_down(&mut transaction, thing)?);
            }
            remove_subject(&mut transaction, &of_pair.pair)?;
            transaction.extend(&of_pair.quads);
            for leftover in leftovers {
                forget_unused(&mut transaction, &leftover)?;
            }
        }
        pairs.iter().for_each(|pair| fresh(&mut transaction, pair));
        transaction.commit().map_err(plain)
    }

    /// The tables of relations and actions, as they are now; whether that changed what was derived by others.
    fn write_actions(&mut self) -> Result<bool> {
        let quads = derived::actions();
        let former = self.subjects_of(dg::ACTION)?;
        let mut count = 0;
        for action in &former {
            count += self.quads(Some(action.as_ref()), None, None, None)?.len();
        }
        let mut same = count == quads.len();
        for quad in &quads {
            same = same && self.inner.contains(quad).map_err(plain)?;
        }
        if same {
            return Ok(false);
        }
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        for action in &former {
            remove_subject(&mut transaction, action)?;
        }
        transaction.extend(&quads);
        transaction.commit().map_err(plain)?;
        Ok(!former.is_empty())
    }

    fn derive_pair(&self, pair: &NamedNode, from: &From<'_>) -> Result<OfPair> {
        let From { curated, fresh, entities } = from;
        let mut known = Known::default();
        if let Some(facts) = fresh.facts(pair) {
            let facts =
                facts.into_iter().map(|fact| self.as_stored(fact, &mut known, from)).collect::<Result<Vec<_>>>()?;
            return Ok(self.following(pair, &facts, &known, curated, Vec::new()));
        }
        let of_pair = self.subjects(dg::PAIR_OF, pair.as_ref().into())?;
        let (mut claims, former): (Vec<_>, Vec<_>) =
            of_pair.into_iter().partition(|s| name::id_of(s.as_str(), "claim").is_some());
        claims.retain(|c| !curated.moved.contains(c));
        claims.extend(curated.moved_to.get(pair).into_iter().flatten().cloned());
        let facts = self.claims(&claims, &mut known, entities)?;
        let former = [former, self.subjects(dg::TALLY_OF, pair.as_ref().into())?].concat();
        Ok(self.following(pair, &facts, &known, curated, former))
    }

    fn following(
        &self,
        pair: &NamedNode,
        facts: &[Fact],
        known: &Known,
        curated: &Curated,
        former: Vec<NamedNode>,
    ) -> OfPair {
        let mut derived = cluster::derive(facts, &known.reports, &curated.rules);
        if let Some(day) = self.as_of {
            derived.look_back_from(day);
        }
        let rows = events::rows(pair.as_str(), &derived.events);
        OfPair { pair: pair.clone(), former, quads: derived::quads(pair, &derived, self.as_of), rows }
    }

    /// A fact from memory, with its actors as their records in the store describe them.
    fn as_stored(&self, mut fact: Fact, known: &mut Known, from: &From<'_>) -> Result<Fact> {
        let claim = &mut fact.claim;
        for actor in
            [Some(&mut claim.source), Some(&mut claim.target), claim.attribution.as_mut()].into_iter().flatten()
        {
            self.know_entity(known, &from.entities, Some(name::entity(&actor.id).as_str()))?;
            if let Some(stored) = known.entities.get(&actor.id) {
                *actor = Arc::clone(stored);
            }
        }
        let article = &fact.evidence.article;
        if !known.reports.contains_key(article) {
            known.reports.insert(article.clone(), from.fresh.report(article));
        }
        Ok(fact)
    }

    /// The facts behind claims, with what is known of their articles in `known`.
    fn claims(&self, claims: &[NamedNode], known: &mut Known, entities: &Entities) -> Result<Vec<Fact>> {
        let mut nodes = decode::Nodes::new();
        for claim in claims {
            let node = self.read(&mut nodes, claim.as_str())?;
            for property in [dg::ACTOR, dg::RECIPIENT, dg::SPEAKER] {
                self.know_entity(known, entities, node.iri(property))?;
            }
            self.know_report(known, node.iri(prov::WAS_DERIVED_FROM))?;
            for part in [dg::QUOTE, dg::EVIDENCE].into_iter().filter_map(|p| node.iri(p)) {
                let part = self.read(&mut nodes, part)?;
                if let Some(selector) = part.iri(oa::HAS_SELECTOR) {
                    self.read(&mut nodes, selector)?;
                }
            }
        }
        Ok(decode::facts(&nodes, &known.entities).into_iter().map(|(_, fact)| fact).collect())
    }

    fn read(&self, nodes: &mut decode::Nodes, iri: &str) -> Result<decode::Node> {
        if let Some(node) = nodes.get(iri) {
            return Ok(node.clone());
        }
        let node = self.node(&NamedNode::new_unchecked(iri))?;
        nodes.insert(iri.to_owned(), node.clone());
        Ok(node)
    }

    fn know_entity(&self, known: &mut Known, entities: &Entities, iri: Option<&str>) -> Result<()> {
        let Some((iri, id)) = iri.and_then(|i| Some((i, name::id_of(i, "entity")?))) else {
            return Ok(());
        };
        if known.entities.contains_key(&id) {
            return Ok(());
        }
        let read = entities.read().ok().and_then(|all| all.get(&id).cloned());
        let entity = match read {
            Some(entity) => entity,
            None => {
                let entity = decode::entity(&self.record(&NamedNode::new_unchecked(iri))?).map(Arc::new);
                if let Ok(mut all) = entities.write() {
                    all.entry(id.clone()).or_insert_with(|| entity.clone());
                }
                entity
            }
        };
        known.entities.extend(entity.map(|e| (id, e)));
        Ok(())
    }

    fn know_report(&self, known: &mut Known, iri: Option<&str>) -> Result<()> {
        let Some((iri, id)) = iri.and_then(|i| Some((i, name::id_of(i, "doc")?))) else {
            return Ok(());
        };
        if let Entry::Vacant(place) = known.reports.entry(id) {
            place.insert(decode::report(&self.node(&NamedNode::new_unchecked(iri))?));
        }
        Ok(())
    }
}

/// Those pairs, and those that their claims count for because of a merge of actors.
fn with_moved(pairs: Vec<NamedNode>, curated: &Curated, store: &Store) -> Result<BTreeSet<NamedNode>> {
    let mut all: BTreeSet<_> = pairs.into_iter().collect();
    for (pair, claims) in &curated.moved_to {
        for claim in claims {
            let own = store.quads(Some(claim.as_ref()), Some(dg::PAIR_OF), None, None)?;
            if own.into_iter().filter_map(|q| iri(q.object)).any(|p| all.contains(&p)) {
                all.insert(pair.clone());
            }
        }
    }
    Ok(all)
}

/// Removes an event or relation with its edges and what points to it; returns what may now be unused.
fn take_down(t: &mut Transaction<'_>, thing: &NamedNode) -> Result<Vec<NamedNode>> {
    let quads = collect(t, Some(thing), None, None, None)?;
    let objects = |of: &[NamedNodeRef<'_>]| -> Vec<NamedNode> {
        quads.iter().filter(|q| of.contains(&q.predicate.as_ref())).filter_map(|q| iri(q.object.clone())).collect()
    };
    let actors = objects(&ENDS);
    for a in &actors {
        for b in &actors {
            let between = collect(t, Some(a), None, Some(b.as_ref().into()), None)?;
            between.iter().filter(|q| name::is_edge(q.predicate.as_ref())).for_each(|q| t.remove(q));
        }
    }
    for predicate in [dg::ABOUT, dg::FULFILS, dg::STARTS, dg::ENDS] {
        collect(t, None, Some(predicate), Some(thing.as_ref().into()), None)?.iter().for_each(|q| t.remove(q));
    }
    quads.iter().for_each(|q| t.remove(q));
    Ok(objects(&[dg::PLACE, dg::ACTOR_PAIR]))
}

/// Removes a place, entity, run or pair that nothing names any more, and then what only it named.
fn forget_unused(t: &mut Transaction<'_>, thing: &NamedNode) -> Result<()> {
    if !collect(t, None, None, Some(thing.as_ref().into()), None)?.is_empty() {
        return Ok(());
    }
    let home = collect(t, Some(thing), Some(dg::COUNTRY), None, None)?;
    remove_subject(t, thing)?;
    for home in home.into_iter().filter_map(|q| iri(q.object)) {
        forget_unused(t, &home)?;
    }
    Ok(())
}

/// The thing has been looked after.
fn fresh(t: &mut Transaction<'_>, thing: &NamedNode) {
    let mark = Quad::new(thing.clone(), dg::STALE, Literal::from(true), GraphName::DefaultGraph);
    t.remove(&mark);
}

pub(super) fn iri(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(n) => Some(n),
        _ => None,
    }
}
