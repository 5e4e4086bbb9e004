//! Measures that are eigenvectors, by power iteration.

use crate::network::{Adjacency, Links};

/// The greatest change of an entry at which the iteration stops, and how often it may be repeated.
const STILL: f64 = 1e-14;
const ROUNDS: usize = 100_000;

/// The leading eigenvector of the weights, of Euclidean length 1. Of a network in parts it is that of the part with the
/// greatest eigenvalue; all other nodes get 0.
pub(super) fn eigenvector(both: &Adjacency) -> Vec<f64> {
    if both.arcs().next().is_none() {
        return vec![0.0; both.len()];
    }
    // Added to the diagonal it keeps the iteration from swinging (a star swings for ever) and changes no vector.
    let shift = mean_strength(both);
    let step = |x: &[f64]| (0..both.len()).map(|i| shift * x[i] + dot(both, i, x)).collect::<Vec<_>>();
    let found = iterate(vec![1.0; both.len()], |x| scaled(step(x), |y| y.iter().map(|v| v * v).sum::<f64>().sqrt()));
    found.into_iter().map(|v| if v < 1e-12 { 0.0 } else { v }).collect()
}

fn mean_strength(both: &Adjacency) -> f64 {
    (0..both.len()).map(|i| both.strength(i)).sum::<f64>() / both.len().max(1) as f64
}

/// PageRank with damping 0.85; who points to nobody passes his share to everyone.
pub(super) fn pagerank(out: &Adjacency) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    let n = out.len() as f64;
    let strength: Vec<f64> = (0..out.len()).map(|i| out.strength(i)).collect();
    iterate(vec![1.0 / n.max(1.0); out.len()], |x| {
        let idle: f64 = x.iter().zip(&strength).filter(|(_, s)| **s == 0.0).map(|(v, _)| v).sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * idle) / n; out.len()];
        for (a, b, weight) in out.arcs() {
            next[b] += DAMPING * x[a] * weight / strength[a];
        }
        next
    })
}

/// Hubs and authorities, each with sum 1.
pub(super) fn hits(links: &Links) -> (Vec<f64>, Vec<f64>) {
    let n = links.len();
    if links.out.arcs().next().is_none() {
        return (vec![0.0; n], vec![0.0; n]);
    }
    let total = |y: &[f64]| y.iter().sum::<f64>();
    let through = |to: &Adjacency, x: &[f64]| (0..n).map(|i| dot(to, i, x)).collect::<Vec<_>>();
    let authority = |hub: &[f64]| scaled(through(&links.into, hub), total);
    let hub = iterate(vec![1.0 / n as f64; n], |hub| scaled(through(&links.out, &authority(hub)), total));
    let authority = authority(&hub);
    (hub, authority)
}

fn dot(to: &Adjacency, node: usize, x: &[f64]) -> f64 {
    to.of(node).map(|(other, weight)| weight * x[other]).sum()
}

fn scaled(mut x: Vec<f64>, norm: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let norm = norm(&x);
    if norm > 0.0 {
        x.iter_mut().for_each(|v| *v /= norm);
    }
    x
}

fn iterate(mut x: Vec<f64>, step: impl Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
    for _ in 0..ROUNDS {
        let next = step(&x);
        let still = x.iter().zip(&next).all(|(a, b)| (a - b).abs() <= STILL);
        x = next;
        if still {
            break;
        }
    }
    x
}
