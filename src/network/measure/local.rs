//! Measures of a node and its neighbours.

use crate::network::{Adjacency, Links};

/// The core number of each node: nodes of least degree are taken away first (Batagelj and Zaversnik 2003).
pub(super) fn cores(both: &Adjacency) -> Vec<i64> {
    let n = both.len();
    let mut degree: Vec<usize> = (0..n).map(|i| both.degree(i)).collect();
    let mut bins: Vec<Vec<usize>> = vec![Vec::new(); degree.iter().max().map_or(0, |d| d + 1)];
    (0..n).for_each(|i| bins[degree[i]].push(i));
    let (mut core, mut level, mut at) = (vec![-1i64; n], 0, 0);
    while at < bins.len() {
        let Some(node) = bins[at].pop() else {
            at += 1;
            continue;
        };
        if core[node] >= 0 || degree[node] != at {
            continue;
        }
        level = level.max(at);
        core[node] = level as i64;
        for next in both.to(node).iter().map(|t| *t as usize).filter(|t| core[*t] < 0) {
            degree[next] -= 1;
            bins[degree[next]].push(next);
        }
        at = at.saturating_sub(1);
    }
    core
}

/// The share of pairs of neighbours that are linked; 0 for a node with fewer than two.
pub(super) fn clustering(both: &Adjacency) -> Vec<f64> {
    let mut near = vec![usize::MAX; both.len()];
    let one = |node: usize| {
        both.to(node).iter().for_each(|t| near[*t as usize] = node);
        let closed = |t: &u32| both.to(*t as usize).iter().filter(|u| near[**u as usize] == node).count();
        let (closed, degree) = (both.to(node).iter().map(closed).sum::<usize>(), both.degree(node));
        if degree < 2 { 0.0 } else { closed as f64 / (degree * (degree - 1)) as f64 }
    };
    (0..both.len()).map(one).collect()
}

/// The share of a node's edges that are returned; 0 for a node without edges.
pub(super) fn returned(links: &Links) -> Vec<f64> {
    let one = |node: usize| {
        let (out, into) = (links.out.to(node), links.into.to(node));
        let all = out.len() + into.len();
        if all == 0 { 0.0 } else { 2.0 * common(out, into) as f64 / all as f64 }
    };
    (0..links.len()).map(one).collect()
}

/// The share of all edges that are returned, 0 to 1; 1 for an undirected network, `None` without edges.
pub fn reciprocity(links: &Links) -> Option<f64> {
    let nodes = 0..links.len();
    let all: usize = nodes.clone().map(|i| links.out.degree(i)).sum();
    let both: usize = nodes.map(|i| common(links.out.to(i), links.into.to(i))).sum();
    (all > 0).then(|| both as f64 / all as f64)
}

/// How many are in both lists, which are in order.
fn common(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}
