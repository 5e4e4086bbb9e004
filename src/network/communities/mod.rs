//! Communities of greatest modularity, also where ties have signs. The Leiden algorithm (Traag, Waltman and van Eck 2019,
//! "From Louvain to Leiden") over one layer of ties, or over friendly and hostile ties together, where modularity is that of
//! Gomez, Jensen and Arenas (2009): friends should be together more often than chance, enemies less often.
//!
//! Own code, since the crates at hand (leiden-rs 0.8) take the hostile layer for friendly once they have joined nodes.

mod dice;
mod graph;
mod state;

use std::collections::BTreeMap;

use self::dice::Dice;
use self::graph::Graph;
use super::Adjacency;

/// A partition, and how good it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The community of each node, from 0, the largest first.
    pub membership: Vec<usize>,
    /// Modularity, at most 1.
    pub quality: f64,
}

/// How often the search starts, by the number of nodes: from single nodes and, every second time, from the best result so
/// far with some nodes moved at random. The best result counts.
fn starts(nodes: usize) -> u64 {
    match nodes {
        0..=300 => 200,
        301..=2_000 => 20,
        2_001..=20_000 => 3,
        _ => 1,
    }
}

/// Up to how many nodes those without ties to each other are tried together.
const SMALL: usize = 2_000;
/// A gain below is none.
const GAIN: f64 = 1e-10;

/// The communities of ties without signs.
pub fn of(ties: &Adjacency) -> Communities {
    signed(ties, &Adjacency::new(ties.len(), []))
}

/// The communities of friendly and hostile ties. Both must have the same nodes.
pub fn signed(friendly: &Adjacency, hostile: &Adjacency) -> Communities {
    let graph = Graph::of(friendly, hostile);
    let mut best: Option<(f64, Vec<usize>)> = None;
    for seed in 0..starts(graph.len()) {
        let mut dice = Dice(seed);
        let start = match &best {
            Some((_, best)) if seed % 2 == 1 => dice.shaken(best),
            _ => (0..graph.len()).collect(),
        };
        let found = graph.search(start, &mut dice);
        let quality = graph.quality(&found);
        if best.as_ref().is_none_or(|(q, _)| quality > q + GAIN) {
            best = Some((quality, found));
        }
    }
    let (quality, membership) = best.unwrap_or_default();
    let total = graph.total;
    Communities { membership: numbered(&membership), quality: if total > 0.0 { quality / total } else { 0.0 } }
}

/// The same partition numbered from 0: the largest community first, of equals the one of the first node.
pub(super) fn numbered(membership: &[usize]) -> Vec<usize> {
    let mut groups: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (node, c) in membership.iter().enumerate() {
        groups.entry(*c).or_insert((0, node)).0 += 1;
    }
    let mut order: Vec<_> = groups.into_iter().collect();
    order.sort_by_key(|(_, (size, first))| (std::cmp::Reverse(*size), *first));
    let numbers: BTreeMap<usize, usize> = order.iter().enumerate().map(|(i, (c, _))| (*c, i)).collect();
    membership.iter().map(|c| numbers[c]).collect()
}
