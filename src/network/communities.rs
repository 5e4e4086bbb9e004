//! Communities of greatest modularity, also where ties have signs. The Leiden algorithm (Traag, Waltman and van Eck 2019,
//! "From Louvain to Leiden") over one layer of ties, or over friendly and hostile ties together, where modularity is that of
//! Gomez, Jensen and Arenas (2009): friends should be together more often than chance, enemies less often.
//!
//! Own code, since the crates at hand (leiden-rs 0.8) take the hostile layer for friendly once they have joined nodes.

use std::collections::{BTreeMap, VecDeque};

use super::Adjacency;

/// A partition, and how good it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The community of each node, from 0, the largest first.
    pub membership: Vec<usize>,
    /// Modularity, at most 1.
    pub quality: f64,
}

/// From how many orders of the nodes the search starts, by their number; the best result counts.
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
        let found = graph.search(&mut Dice(seed));
        let quality = graph.quality(&found);
        if best.as_ref().is_none_or(|(q, _)| quality > q + GAIN) {
            best = Some((quality, found));
        }
    }
    let (quality, membership) = best.unwrap_or_default();
    let total = graph.total;
    Communities { membership: numbered(&membership), quality: if total > 0.0 { quality / total } else { 0.0 } }
}

/// Nodes with their ties, friendly less hostile, and their strengths in both layers. A node may stand for several.
struct Graph {
    ties: Adjacency,
    strength: Vec<[f64; 2]>,
    /// What a pair of strengths is divided by, and with which sign, to give the tie that chance would make.
    chance: [f64; 2],
    /// Weight of ties inside each node.
    inside: Vec<f64>,
    /// Weight of all ties of both layers.
    total: f64,
    /// Whether nodes without a tie may gain by being together, as those with common enemies do.
    any: bool,
}

impl Graph {
    fn of(friendly: &Adjacency, hostile: &Adjacency) -> Self {
        let n = friendly.len();
        let ties = Adjacency::new(n, friendly.arcs().chain(hostile.arcs().map(|(a, b, w)| (a, b, -w))));
        let strength: Vec<_> = (0..n).map(|i| [friendly.strength(i), hostile.strength(i)]).collect();
        let sums = strength.iter().fold([0.0, 0.0], |s, k| [s[0] + k[0], s[1] + k[1]]);
        let share = |sum: f64, sign: f64| if sum > 0.0 { sign / sum } else { 0.0 };
        let chance = [share(sums[0], 1.0), share(sums[1], -1.0)];
        let total = (sums[0] + sums[1]) / 2.0;
        Self { ties, strength, chance, inside: vec![0.0; n], total, any: sums[1] > 0.0 && n <= SMALL }
    }

    fn len(&self) -> usize {
        self.ties.len()
    }

    /// The tie that chance would make between two strengths.
    fn expected(&self, a: [f64; 2], b: [f64; 2]) -> f64 {
        self.chance[0] * a[0] * b[0] + self.chance[1] * a[1] * b[1]
    }

    /// Modularity, times the total weight.
    fn quality(&self, membership: &[usize]) -> f64 {
        let communities = membership.iter().max().map_or(0, |m| m + 1);
        let mut strength = vec![[0.0; 2]; communities];
        let mut inside: f64 = self.inside.iter().sum();
        for (node, c) in membership.iter().enumerate() {
            add(&mut strength[*c], self.strength[node], 1.0);
            let own = self.ties.of(node).filter(|(other, _)| membership[*other] == *c);
            inside += own.map(|(_, w)| w).sum::<f64>() / 2.0;
        }
        inside - strength.iter().map(|k| self.expected(*k, *k) / 2.0).sum::<f64>()
    }

    /// Leiden until nothing improves.
    fn search(&self, dice: &mut Dice) -> Vec<usize> {
        let mut membership: Vec<usize> = (0..self.len()).collect();
        let mut quality = self.quality(&membership);
        loop {
            self.round(&mut membership, dice);
            let now = self.quality(&membership);
            if now <= quality + GAIN {
                return membership;
            }
            quality = now;
        }
    }

    /// Moves nodes, refines the communities, joins what is refined, and goes on with the joined nodes.
    fn round(&self, membership: &mut Vec<usize>, dice: &mut Dice) {
        self.move_nodes(membership, dice, None);
        *membership = numbered(membership);
        let communities = membership.iter().max().map_or(0, |m| m + 1);
        if communities == self.len() {
            return;
        }
        let mut refined: Vec<usize> = (0..self.len()).collect();
        self.move_nodes(&mut refined, dice, Some(membership));
        let mut refined = numbered(&refined);
        if refined.iter().max().map_or(0, |m| m + 1) == self.len() {
            refined = membership.clone();
        }
        let joined = self.joined(&refined);
        let mut of_joined = vec![0; joined.len()];
        refined.iter().zip(&*membership).for_each(|(r, m)| of_joined[*r] = *m);
        joined.round(&mut of_joined, dice);
        membership.iter_mut().zip(&refined).for_each(|(m, r)| *m = of_joined[*r]);
    }

    /// Moves each node to where it gains most, until none gains. With `bounds`, only nodes that are still alone move, and
    /// only inside their bounds.
    fn move_nodes(&self, membership: &mut [usize], dice: &mut Dice, bounds: Option<&[usize]>) {
        let mut state = State::new(self, membership);
        let mut queue = VecDeque::from(dice.order(self.len()));
        let mut waiting = vec![true; self.len()];
        while let Some(node) = queue.pop_front() {
            waiting[node] = false;
            let old = membership[node];
            if bounds.is_some() && state.size[old] > 1 {
                continue;
            }
            let ties = self.choices(node, membership, &state, bounds);
            let new = self.best(node, old, &ties, &mut state);
            if new == old {
                continue;
            }
            state.moved(old, new);
            membership[node] = new;
            if bounds.is_none() {
                let others = self.ties.to(node).iter().map(|t| *t as usize).filter(|t| membership[*t] != new);
                queue.extend(others.filter(|t| !std::mem::replace(&mut waiting[*t], true)));
            }
        }
    }

    /// The communities that a node may join, with the weight of its ties to each.
    fn choices(
        &self,
        node: usize,
        membership: &[usize],
        state: &State,
        bounds: Option<&[usize]>,
    ) -> BTreeMap<usize, f64> {
        let mut ties = BTreeMap::from([(membership[node], 0.0)]);
        if bounds.is_none() {
            ties.extend(state.free.last().map(|free| (*free, 0.0)));
            if self.any {
                ties.extend((0..self.len()).filter(|c| state.size[*c] > 0).map(|c| (c, 0.0)));
            }
        }
        for (other, weight) in self.ties.of(node) {
            if bounds.is_none_or(|b| b[other] == b[node]) {
                *ties.entry(membership[other]).or_insert(0.0) += weight;
            }
        }
        ties
    }

    /// The community where the node gains most, which then has its strength.
    fn best(&self, node: usize, old: usize, ties: &BTreeMap<usize, f64>, state: &mut State) -> usize {
        let own = self.strength[node];
        add(&mut state.strength[old], own, -1.0);
        let gain = |c: usize| ties[&c] - self.expected(own, state.strength[c]);
        let (mut new, mut most) = (old, gain(old) + GAIN);
        for c in ties.keys() {
            let here = gain(*c);
            if here > most {
                (new, most) = (*c, here);
            }
        }
        add(&mut state.strength[new], own, 1.0);
        new
    }

    /// The graph whose nodes are the groups.
    fn joined(&self, groups: &[usize]) -> Self {
        let n = groups.iter().max().map_or(0, |m| m + 1);
        let (mut strength, mut inside) = (vec![[0.0; 2]; n], vec![0.0; n]);
        for (node, group) in groups.iter().enumerate() {
            add(&mut strength[*group], self.strength[node], 1.0);
            inside[*group] += self.inside[node];
            let own = self.ties.of(node).filter(|(other, _)| groups[*other] == *group);
            inside[*group] += own.map(|(_, w)| w).sum::<f64>() / 2.0;
        }
        let ties = Adjacency::new(n, self.ties.arcs().map(|(a, b, w)| (groups[a], groups[b], w)));
        Self { ties, strength, inside, chance: self.chance, total: self.total, any: self.any }
    }
}

/// The communities while nodes move.
struct State {
    strength: Vec<[f64; 2]>,
    size: Vec<usize>,
    /// Numbers that no community has.
    free: Vec<usize>,
}

impl State {
    fn new(graph: &Graph, membership: &[usize]) -> Self {
        let (mut strength, mut size) = (vec![[0.0; 2]; graph.len()], vec![0usize; graph.len()]);
        for (node, c) in membership.iter().enumerate() {
            add(&mut strength[*c], graph.strength[node], 1.0);
            size[*c] += 1;
        }
        let free = (0..graph.len()).rev().filter(|c| size[*c] == 0).collect();
        Self { strength, size, free }
    }

    fn moved(&mut self, old: usize, new: usize) {
        if self.size[new] == 0 && self.free.last() == Some(&new) {
            self.free.pop();
        }
        self.size[old] -= 1;
        self.size[new] += 1;
        if self.size[old] == 0 {
            self.free.push(old);
        }
    }
}

fn add(sum: &mut [f64; 2], k: [f64; 2], sign: f64) {
    sum[0] += sign * k[0];
    sum[1] += sign * k[1];
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

/// Orders that look random and are the same each time (splitmix64, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, (self.roll() % (i as u64 + 1)) as usize);
        }
        order
    }
}
