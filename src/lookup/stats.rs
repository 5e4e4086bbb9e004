use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::Term;

use super::Stats;
use super::record;
use super::who::{Actors, kind};
use crate::error::Result;
use crate::network::Event;
use crate::rdf::name;
use crate::rdf::vocab::{dct, dg};
use crate::store::Store;

/// How many of the most active actors are named.
const TOP: usize = 10;

/// Counts of what the graph holds.
pub fn stats(store: &Store) -> Result<Stats> {
    let events = record(store)?.events;
    let spans: Vec<_> = events.iter().filter_map(|e| e.period).collect();
    Ok(Stats {
        quads: store.len()?,
        articles: store.subjects_of(dg::DOCUMENT)?.len(),
        publishers: publishers(store)?,
        facts: store.subjects_of(dg::CLAIM)?.len(),
        events: events.len(),
        earliest: spans.iter().map(|p| p.first()).min().map(|d| d.to_string()),
        latest: spans.iter().map(|p| p.last()).max().map(|d| d.to_string()),
        actors: kinds(store)?,
        statuses: counted(events.iter().map(|e| e.status.to_lowercase())),
        relations: counted(events.iter().map(|e| e.relation.id().to_owned())),
        most_active: most_active(store, &events)?,
    })
}

fn publishers(store: &Store) -> Result<usize> {
    let mut names = BTreeSet::new();
    for quad in store.quads(None, Some(dct::PUBLISHER), None, None)? {
        if let Term::Literal(name) = quad.object {
            names.insert(name.value().to_owned());
        }
    }
    Ok(names.len())
}

fn kinds(store: &Store) -> Result<Vec<(String, usize)>> {
    let actors = store.subjects_of(dg::ACTOR_CLASS)?;
    let kinds = actors.iter().map(|a| Ok(kind(&store.record(a)?).to_owned()));
    Ok(counted(kinds.collect::<Result<Vec<_>>>()?.into_iter()))
}

/// The actors themselves, not what they stand for, by the events that name them.
fn most_active(store: &Store, events: &[Event]) -> Result<Vec<(super::Who, usize)>> {
    let actors = Actors::new(store);
    let each = events.iter().flat_map(|e| e.sources.iter().chain(&e.targets).collect::<BTreeSet<&String>>());
    let top = counted(each).into_iter().take(TOP);
    top.map(|(id, n)| Ok((actors.who(&name::entity(id))?, n))).collect()
}

/// Most first; of equals the first in the alphabet.
fn counted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| Reverse(*n));
    counts
}
