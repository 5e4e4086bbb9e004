use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::Stats;
use super::record;
use super::who::{Actors, kind};
use crate::error::Result;
use crate::network::Event;
use crate::rdf::name;
use crate::rdf::vocab::dg;
use crate::store::Store;

/// How many of the most active actors are named.
const TOP: usize = 10;

/// Counts of what the graph holds.
pub fn stats(store: &Store) -> Result<Stats> {
    let events = record(store)?.events;
    let spans: Vec<_> = events.iter().filter_map(|e| e.period).collect();
    Ok(Stats {
        quads: store.len()?,
        articles: store.count_of(dg::DOCUMENT)?,
        publishers: store.count("SELECT (COUNT(DISTINCT ?publisher) AS ?n) { ?document dct:publisher ?publisher }")?,
        facts: store.count_of(dg::CLAIM)?,
        events: events.len(),
        earliest: spans.iter().map(|p| p.first()).min().map(|d| d.to_string()),
        latest: spans.iter().map(|p| p.last()).max().map(|d| d.to_string()),
        actors: kinds(store)?,
        statuses: owned(events.iter().map(|e| &*e.status), str::to_lowercase),
        relations: owned(events.iter().map(|e| e.relation.id()), str::to_owned),
        most_active: most_active(store, &events)?,
    })
}

fn kinds(store: &Store) -> Result<Vec<(String, usize)>> {
    Ok(counted(store.records()?.values().map(|record| kind(record).to_owned())))
}

/// The actors themselves, not what they stand for, by the events that name them.
fn most_active(store: &Store, events: &[Event]) -> Result<Vec<(super::Who, usize)>> {
    let actors = Actors::new(store);
    let each = events.iter().flat_map(|e| e.sources.iter().chain(e.targets.iter().filter(|t| !e.sources.contains(t))));
    let top = counted(each).into_iter().take(TOP);
    top.map(|(id, n)| Ok((actors.who(&name::entity(id))?, n))).collect()
}

/// Most first; of equals the first in the alphabet.
fn counted<T: Ord + Hash>(items: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts = FxHashMap::default();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    counts
}

fn owned<'a>(items: impl Iterator<Item = &'a str>, shown: fn(&str) -> String) -> Vec<(String, usize)> {
    counted(items).into_iter().map(|(item, n)| (shown(item), n)).collect()
}
