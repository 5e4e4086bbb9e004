//! The frustration index, or line index of balance (Harary 1959; Aref, Mason and Wilson 2018): the smallest number of ties
//! whose sign would have to change for the network to fall into two camps with friends inside and enemies between.

mod search;

use search::Search;

use super::Signed;
use crate::network::Adjacency;

/// The index, or the bounds of it where it is too hard to find.
#[derive(Debug, Clone, PartialEq)]
pub struct Frustration {
    /// The index is at least so many ties.
    pub lower: usize,
    /// And at most so many.
    pub upper: usize,
    /// The camp of each node, `false` or `true`, with which `upper` ties are frustrated.
    pub camp: Vec<bool>,
}

impl Frustration {
    /// The index, where it is known.
    pub fn exact(&self) -> Option<usize> {
        (self.lower == self.upper).then_some(self.upper)
    }
}

/// So many steps the exact search may take for a part of the network; beyond, its bounds are given.
const STEPS: usize = 3_000_000;

/// Parts of more nodes are not searched.
const MOST: usize = 2_000;

/// The frustration of the ties whose sign is certain.
pub fn frustration(signed: &Signed, certainty: f64) -> Frustration {
    of(&signed.both(certainty))
}

/// The frustration of ties of weight 1 and -1.
pub fn of(ties: &Adjacency) -> Frustration {
    let mut whole = Frustration { lower: 0, upper: 0, camp: vec![false; ties.len()] };
    for part in parts(ties) {
        let mut search = Search::new(ties, &part);
        let (upper, camp) = descend(ties, &part);
        search.best = upper;
        search.best_camp = camp;
        let lower = search.run();
        whole.lower += lower;
        whole.upper += search.best;
        part.iter().zip(&search.best_camp).for_each(|(node, side)| whole.camp[*node] = *side);
    }
    whole
}

/// The connected parts, the nodes of each in the order of a search from its strongest node.
fn parts(ties: &Adjacency) -> Vec<Vec<usize>> {
    let mut seen = vec![false; ties.len()];
    let mut starts: Vec<usize> = (0..ties.len()).filter(|i| ties.degree(*i) > 0).collect();
    starts.sort_by_key(|i| std::cmp::Reverse(ties.degree(*i)));
    let mut parts = Vec::new();
    for start in starts {
        if !seen[start] {
            parts.push(by_ties(ties, start, &mut seen));
        }
    }
    parts
}

/// A part in an order in which each next node has most ties to those before.
fn by_ties(ties: &Adjacency, start: usize, seen: &mut [bool]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut known = vec![0usize; ties.len()];
    let mut heap = std::collections::BinaryHeap::from([(0usize, ties.degree(start), std::cmp::Reverse(start))]);
    while let Some((_, _, std::cmp::Reverse(node))) = heap.pop() {
        if std::mem::replace(&mut seen[node], true) {
            continue;
        }
        order.push(node);
        for next in ties.to(node).iter().map(|t| *t as usize).filter(|t| !seen[*t]) {
            known[next] += 1;
            heap.push((known[next], ties.degree(next), std::cmp::Reverse(next)));
        }
    }
    order
}

/// Frustrated ties of a node on a side, given the camps of the others.
fn frustrated(ties: &Adjacency, node: usize, side: bool, camp: &[bool]) -> usize {
    ties.of(node).filter(|(other, w)| (camp[*other] == side) != (*w > 0.0)).count()
}

/// An upper bound: each node joins the better camp, in the order of the part and from several starts; then single nodes
/// change sides while this helps.
fn descend(ties: &Adjacency, part: &[usize]) -> (usize, Vec<bool>) {
    let starts = part.len().clamp(1, 20);
    let tries = (0..starts).map(|start| {
        let mut camp = vec![false; ties.len()];
        let mut placed = vec![false; ties.len()];
        for node in part.iter().cycle().skip(start * part.len() / starts).take(part.len()) {
            let known = |side: bool| {
                let fits = |(other, w): &(usize, f64)| placed[*other] && (camp[*other] == side) == (*w > 0.0);
                ties.of(*node).filter(fits).count()
            };
            (camp[*node], placed[*node]) = (known(true) > known(false), true);
        }
        while part.iter().any(|node| improved(ties, *node, &mut camp)) {}
        let twice: usize = part.iter().map(|n| frustrated(ties, *n, camp[*n], &camp)).sum();
        (twice / 2, part.iter().map(|n| camp[*n]).collect::<Vec<_>>())
    });
    tries.min_by_key(|(count, _)| *count).unwrap_or_default()
}

fn improved(ties: &Adjacency, node: usize, camp: &mut [bool]) -> bool {
    let better = frustrated(ties, node, !camp[node], camp) < frustrated(ties, node, camp[node], camp);
    camp[node] ^= better;
    better
}
