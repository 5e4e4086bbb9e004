//! Structural balance by triads (Heider 1946; Cartwright and Harary 1956): a friend's friend is a friend, an enemy's enemy
//! too. A triad with an odd number of hostile ties is not balanced.

use super::{Dyad, Signed};
use crate::network::Adjacency;

/// The triads of a network by the signs of their ties.
#[derive(Debug, Clone, PartialEq)]
pub struct Triads {
    /// Triads with 0, 1, 2 and 3 hostile ties, whose three signs are all certain.
    pub counts: [usize; 4],
    /// The share of balanced triads, 0 to 1, expected over all triads from how probable each sign is; `None` without any.
    pub expected: Option<f64>,
    /// For each node: the triads that it is in, and how many of them are balanced.
    pub of_node: Vec<(usize, usize)>,
}

impl Triads {
    /// All triads whose signs are certain.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    pub fn balanced(&self) -> usize {
        self.counts[0] + self.counts[2]
    }

    /// The share of balanced ones, 0 to 1; `None` without triads.
    pub fn share(&self) -> Option<f64> {
        (self.total() > 0).then(|| self.balanced() as f64 / self.total() as f64)
    }
}

/// Counts the triads. Only dyads whose sign is at least as probable as `certainty` count, but for
/// [`Triads::expected`], which weighs all.
pub fn triads(signed: &Signed, certainty: f64) -> Triads {
    let n = signed.network.nodes.len();
    let mut found = Triads { counts: [0; 4], expected: None, of_node: vec![(0, 0); n] };
    let (mut sum, mut all) = (0.0, 0usize);
    each(n, &signed.dyads, |nodes, dyads| {
        // With leaning l = 2p - 1 the product of three is the probability of balance less that of imbalance.
        let product: f64 = dyads.iter().map(|d| 2.0 * d.sign.friendly - 1.0).product();
        (sum, all) = (sum + f64::midpoint(1.0, product), all + 1);
        let signs = dyads.map(|d| d.sign.value(certainty));
        if signs.contains(&0) {
            return;
        }
        let hostile = signs.iter().filter(|s| **s < 0).count();
        found.counts[hostile] += 1;
        for node in nodes {
            found.of_node[node].0 += 1;
            found.of_node[node].1 += usize::from(hostile % 2 == 0);
        }
    });
    found.expected = (all > 0).then(|| sum / all as f64);
    found
}

/// Calls `with` for every three nodes that are all tied.
fn each(n: usize, dyads: &[Dyad], mut with: impl FnMut([usize; 3], [&Dyad; 3])) {
    let up = Adjacency::new(n, dyads.iter().enumerate().map(|(i, d)| (d.a, d.b, i as f64)));
    let mut tie = vec![usize::MAX; n];
    for a in 0..n {
        up.of(a).for_each(|(b, i)| tie[b] = i as usize);
        for (b, ab) in up.of(a) {
            for (c, bc) in up.of(b) {
                if tie[c] != usize::MAX {
                    with([a, b, c], [&dyads[ab as usize], &dyads[bc as usize], &dyads[tie[c]]]);
                }
            }
        }
        up.to(a).iter().for_each(|b| tie[*b as usize] = usize::MAX);
    }
}
