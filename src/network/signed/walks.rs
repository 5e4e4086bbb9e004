//! Structural balance by closed walks (Estrada and Benzi 2014, "Walk-based measure of balance in signed networks").

use super::Signed;
use super::eigen::eigenvalues;
use crate::network::Adjacency;

/// Above so many nodes the eigenvalues are not computed: time grows with the cube.
const MOST: usize = 2_000;

/// Closed walks over an even number of hostile ties less those over an odd number, as a share of all, longer walks
/// counting less: tr(exp A) / tr(exp |A|), 0 to 1, where 1 is perfect balance. `None` without ties, or for more than 2000
/// nodes that have any.
pub fn walk_balance(signed: &Signed, certainty: f64) -> Option<f64> {
    let ties = signed.both(certainty);
    let nodes: Vec<usize> = (0..ties.len()).filter(|i| ties.degree(*i) > 0).collect();
    if nodes.is_empty() || nodes.len() > MOST {
        return None;
    }
    let with_signs = eigenvalues(matrix(&ties, &nodes, |w| w));
    let without = eigenvalues(matrix(&ties, &nodes, f64::abs));
    // Both traces are divided by the same exponential, so that none overflows.
    let most = without.iter().copied().fold(0.0, f64::max);
    let trace = |values: &[f64]| values.iter().map(|v| (v - most).exp()).sum::<f64>();
    Some(trace(&with_signs) / trace(&without))
}

fn matrix(ties: &Adjacency, nodes: &[usize], weight: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
    let mut place = vec![0; ties.len()];
    nodes.iter().enumerate().for_each(|(i, node)| place[*node] = i);
    let mut rows = vec![vec![0.0; nodes.len()]; nodes.len()];
    for (i, node) in nodes.iter().enumerate() {
        ties.of(*node).for_each(|(other, w)| rows[i][place[other]] = weight(w));
    }
    rows
}
