//! The log of curation: decisions go in and are taken back, each together with the marks of what must be rebuilt.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

use super::{Store, collect, plain, remove_subject};
use crate::cluster::{Curation, home};
use crate::error::{Error, Result};
use crate::model::{Actor, Decision, Evidence, Verdict};
use crate::rdf::vocab::dg;
use crate::rdf::{decision, decode, name};

/// The log, folded, with what a rebuild needs to know of it.
#[derive(Debug, Default)]
pub(super) struct Curated {
    pub rules: Curation,
    /// Claims of actors that stand for others, by the pair that they count for.
    pub moved_to: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
    pub moved: BTreeSet<NamedNode>,
}

impl Store {
    /// The log of curation, in order of numbers; what was taken back is marked as such.
    pub fn decisions(&self) -> Result<Vec<Decision>> {
        let mut log = Vec::new();
        for iri in self.subjects_of(dg::DECISION)? {
            log.extend(decision::decode(&self.node(&iri)?));
        }
        log.sort_by_key(|d| d.number);
        Ok(log)
    }

    /// Adds decisions to the log, numbered onward, and rebuilds what depends on them. Returns the last number.
    ///
    /// # Errors
    /// A graph that is open for reading only; a failing disk. The log then is what it was.
    pub fn decide(&mut self, decisions: Vec<Decision>) -> Result<u32> {
        self.writable()?;
        let mut last = self.decisions()?.last().map_or(0, |d| d.number);
        let mut numbered = Vec::new();
        for decision in decisions {
            last += 1;
            numbered.push(Decision { number: last, ..decision });
        }
        self.write(&numbered)?;
        Ok(last)
    }

    /// Takes a decision back, or lets it hold again.
    ///
    /// # Errors
    /// There is no decision of that number, or it is as wanted already.
    pub fn set_undone(&mut self, number: u32, undone: bool) -> Result<Decision> {
        self.writable()?;
        let found = self.decisions()?.into_iter().find(|d| d.number == number);
        let list = "diplograph log";
        let decision = found.ok_or_else(|| Error::new(format!("there is no decision {number}")).hint(list))?;
        if decision.undone == undone {
            let state = if undone { "is undone already" } else { "holds already" };
            return Err(Error::new(format!("decision {number} {state}")).hint(list));
        }
        let changed = Decision { undone, ..decision };
        self.write(std::slice::from_ref(&changed))?;
        Ok(changed)
    }

    fn write(&mut self, decisions: &[Decision]) -> Result<()> {
        let mut stale = self.touched(decisions)?;
        let mut transaction = self.inner.start_transaction().map_err(plain)?;
        for decision in decisions {
            remove_subject(&mut transaction, &name::decision(decision.number))?;
            transaction.extend(&decision::quads(decision));
        }
        for pair in std::mem::take(&mut stale) {
            transaction.insert(&Quad::new(pair, dg::STALE, Literal::from(true), GraphName::DefaultGraph));
        }
        transaction.commit().map_err(plain)?;
        self.derive().map(drop)
    }

    /// The pairs of sides of all claims that the decisions concern, and those that they now count for.
    fn touched(&self, decisions: &[Decision]) -> Result<BTreeSet<NamedNode>> {
        let mut pairs = BTreeSet::new();
        for decision in decisions {
            for thing in decision::things(decision) {
                let claims = match decision.verdict {
                    Verdict::Same => self.claims_of(&thing)?,
                    _ => vec![thing],
                };
                for claim in claims {
                    pairs.extend(self.pairs_of(&claim)?);
                }
            }
        }
        Ok(pairs)
    }

    /// The claims that name the actor.
    fn claims_of(&self, actor: &NamedNode) -> Result<Vec<NamedNode>> {
        let mut claims = self.subjects(dg::ACTOR, actor.as_ref().into())?;
        claims.extend(self.subjects(dg::RECIPIENT, actor.as_ref().into())?);
        claims.retain(|c| name::id_of(c.as_str(), "claim").is_some());
        Ok(claims)
    }

    /// The pair of a claim, and that of the event which it counts for.
    fn pairs_of(&self, claim: &NamedNode) -> Result<Vec<NamedNode>> {
        let mut pairs = Vec::new();
        let about = self.quads(Some(claim.as_ref()), Some(dg::ABOUT), None, None)?;
        for thing in about.into_iter().filter_map(|q| iri(q.object)).chain([claim.clone()]) {
            let of = self.quads(Some(thing.as_ref()), Some(dg::PAIR_OF), None, None)?;
            pairs.extend(of.into_iter().filter_map(|q| iri(q.object)));
        }
        Ok(pairs)
    }

    /// What people have decided about the claims.
    pub fn curation(&self) -> Result<Curation> {
        Ok(self.curated()?.rules)
    }

    /// What the log comes to.
    pub(super) fn curated(&self) -> Result<Curated> {
        let mut curated = Curated { rules: Curation::of(&self.decisions()?), ..Curated::default() };
        let ids: BTreeSet<String> = curated.rules.same.values().cloned().collect();
        for id in ids {
            if let Some(entity) = decode::entity(&self.node(&name::entity(&id))?) {
                curated.rules.actors.insert(id, Arc::new(entity));
            }
        }
        for alias in curated.rules.same.keys().cloned().collect::<Vec<_>>() {
            for claim in self.claims_of(&name::entity(&alias))? {
                if let Some(pair) = self.pair_for(&claim, &curated.rules)? {
                    curated.moved_to.entry(pair).or_default().insert(claim.clone());
                    curated.moved.insert(claim);
                }
            }
        }
        Ok(curated)
    }

    /// The pair that a claim counts for when some of its actors stand for others.
    fn pair_for(&self, claim: &NamedNode, rules: &Curation) -> Result<Option<NamedNode>> {
        let node = self.node(claim)?;
        let mut homes = Vec::new();
        for role in [dg::ACTOR, dg::RECIPIENT] {
            let Some(id) = node.iri(role).and_then(|i| name::id_of(i, "entity")) else { return Ok(None) };
            let Some(entity) = decode::entity(&self.node(&name::entity(rules.stands_for(&id)))?) else {
                return Ok(None);
            };
            homes.push(home::or_self(&entity));
        }
        Ok(Some(name::pair(&homes[0], &homes[1])))
    }

    /// Whom an actor's id stands for after all merges: its record, or `None` for one that stands for itself.
    pub fn stands_for(&self, id: &str) -> Result<Option<Actor>> {
        let rules = Curation::of(&self.decisions()?);
        let Some(into) = rules.same.get(id) else { return Ok(None) };
        Ok(decode::entity(&self.node(&name::entity(into))?).map(Arc::new))
    }

    /// The ids of documents that hold facts which a person coded.
    pub fn coded_by_hand(&self) -> Result<BTreeSet<String>> {
        let hand = Literal::new_simple_literal(Evidence::HAND);
        let claims = self.quads(None, Some(dg::EXTRACTOR), Some(hand.as_ref().into()), None)?;
        let document = |quad: Quad| match quad.graph_name {
            GraphName::NamedNode(n) => name::id_of(n.as_str(), "doc"),
            _ => None,
        };
        Ok(claims.into_iter().filter_map(document).collect())
    }

    /// The claims of the graph that count for nothing because people have decided so.
    pub fn set_aside(&self) -> Result<BTreeSet<String>> {
        let curated = self.curated()?;
        let mut aside = curated.rules.rejected.clone();
        for claim in &curated.moved {
            let node = self.node(claim)?;
            let side = |role| node.iri(role).and_then(|i| name::id_of(i, "entity"));
            if let (Some(a), Some(b)) = (side(dg::ACTOR), side(dg::RECIPIENT))
                && curated.rules.stands_for(&a) == curated.rules.stands_for(&b)
            {
                aside.extend(name::id_of(claim.as_str(), "claim"));
            }
        }
        Ok(aside)
    }
}

/// The pairs of the events that the claims of a document count for: a merge may have moved them away from their own.
pub(super) fn pairs_of_events(t: &oxigraph::store::Transaction<'_>, claim: &NamedNode) -> Result<Vec<NamedNode>> {
    let mut pairs = Vec::new();
    for about in collect(t, Some(claim), Some(dg::ABOUT), None, None)? {
        let Some(event) = iri(about.object) else { continue };
        pairs
            .extend(collect(t, Some(&event), Some(dg::PAIR_OF), None, None)?.into_iter().filter_map(|q| iri(q.object)));
    }
    Ok(pairs)
}

fn iri(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(n) => Some(n),
        _ => None,
    }
}
