//! The graph that the search joins, level by level, and the moves of its nodes.

use std::collections::{BTreeMap, VecDeque};

use super::dice::Dice;
use super::state::{State, add};
use super::{GAIN, SMALL, numbered};
use crate::network::Adjacency;

/// Nodes with their ties, friendly less hostile, and their strengths in both layers. A node may stand for several.
pub(super) struct Graph {
    ties: Adjacency,
    pub strength: Vec<[f64; 2]>,
    /// What a pair of strengths is divided by, and with which sign, to give the tie that chance would make.
    chance: [f64; 2],
    /// Weight of ties inside each node.
    inside: Vec<f64>,
    /// Weight of all ties of both layers.
    pub total: f64,
    /// Whether nodes without a tie may gain by being together, as those with common enemies do.
    any: bool,
}

impl Graph {
    pub fn of(friendly: &Adjacency, hostile: &Adjacency) -> Self {
        let n = friendly.len();
        let ties = Adjacency::new(n, friendly.arcs().chain(hostile.arcs().map(|(a, b, w)| (a, b, -w))));
        let strength: Vec<_> = (0..n).map(|i| [friendly.strength(i), hostile.strength(i)]).collect();
        let sums = strength.iter().fold([0.0, 0.0], |s, k| [s[0] + k[0], s[1] + k[1]]);
        let share = |sum: f64, sign: f64| if sum > 0.0 { sign / sum } else { 0.0 };
        let chance = [share(sums[0], 1.0), share(sums[1], -1.0)];
        let total = (sums[0] + sums[1]) / 2.0;
        Self { ties, strength, chance, inside: vec![0.0; n], total, any: sums[1] > 0.0 && n <= SMALL }
    }

    pub fn len(&self) -> usize {
        self.ties.len()
    }

    /// The tie that chance would make between two strengths.
    fn expected(&self, a: [f64; 2], b: [f64; 2]) -> f64 {
        self.chance[0] * a[0] * b[0] + self.chance[1] * a[1] * b[1]
    }

    /// Modularity, times the total weight.
    pub fn quality(&self, membership: &[usize]) -> f64 {
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

    /// Leiden from a partition until nothing improves.
    pub fn search(&self, mut membership: Vec<usize>, dice: &mut Dice) -> Vec<usize> {
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
