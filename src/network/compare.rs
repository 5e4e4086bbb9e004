//! What differs between two networks of the same kind.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Edge, Network};

/// A dyad as it stood and as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    pub source: String,
    pub target: String,
    pub source_name: String,
    pub target_name: String,
    /// Events before and after.
    pub events: [u32; 2],
    /// The mean of the Goldstein scores before and after.
    pub goldstein_mean: [Option<f64>; 2],
    /// The sign of that mean, 0 without events.
    pub sign: [i8; 2],
}

/// The differences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Ids and names of actors in the second only.
    pub new_actors: Vec<(String, String)>,
    /// Ids and names of actors in the first only.
    pub gone_actors: Vec<(String, String)>,
    /// Dyads whose events or scores differ; those of the greatest difference in events first.
    pub changes: Vec<Change>,
}

/// Compares by the ids of actors.
pub fn compare(before: &Network, after: &Network) -> Difference {
    let mut changes: Vec<Change> = Vec::new();
    let (old, new) = (dyads(before), dyads(after));
    let keys: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).copied().collect();
    for (a, b, kind) in keys {
        let pair = [old.get(&(a, b, kind)).copied(), new.get(&(a, b, kind)).copied()];
        let change = Change {
            source: a.to_owned(),
            target: b.to_owned(),
            source_name: name(before, after, a),
            target_name: name(before, after, b),
            events: pair.map(|e| e.map_or(0, |e| e.events)),
            goldstein_mean: pair.map(|e| e.and_then(|e| e.goldstein_mean)),
            sign: pair.map(|e| e.map_or(0, |e| e.sign)),
        };
        if change.events[0] != change.events[1] || change.goldstein_mean[0] != change.goldstein_mean[1] {
            changes.push(change);
        }
    }
    changes.sort_by_key(|c| std::cmp::Reverse(c.events[0].abs_diff(c.events[1])));
    Difference { new_actors: only(after, before), gone_actors: only(before, after), changes }
}

type Key<'a> = (&'a str, &'a str, Option<&'a str>);

fn dyads(network: &Network) -> BTreeMap<Key<'_>, &Edge> {
    let id = |i: usize| network.nodes[i].id.as_str();
    network.edges.iter().map(|e| ((id(e.source), id(e.target), e.kind.as_deref()), e)).collect()
}

fn name(before: &Network, after: &Network, id: &str) -> String {
    let label = |n: &Network| n.node(id).map(|i| n.nodes[i].label.clone());
    label(after).or_else(|| label(before)).unwrap_or_default()
}

fn only(of: &Network, not_of: &Network) -> Vec<(String, String)> {
    let lone = of.nodes.iter().filter(|n| not_of.node(&n.id).is_none());
    lone.map(|n| (n.id.clone(), n.label.clone())).collect()
}
