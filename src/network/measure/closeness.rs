use rayon::prelude::*;

use crate::network::{Adjacency, Links};

/// For each node: the share of others that reach it, divided by the mean number of steps that these need.
pub(super) fn of(links: &Links) -> Vec<f64> {
    let n = links.len();
    (0..n)
        .into_par_iter()
        .map_init(|| (vec![u32::MAX; n], Vec::new()), |memory, node| one(&links.into, node, memory))
        .collect()
}

fn one(into: &Adjacency, node: usize, (distance, order): &mut (Vec<u32>, Vec<u32>)) -> f64 {
    order.drain(..).for_each(|n| distance[n as usize] = u32::MAX);
    distance[node] = 0;
    order.push(node as u32);
    let (mut at, mut sum) = (0, 0u64);
    while let Some(here) = order.get(at).copied() {
        at += 1;
        let far = distance[here as usize];
        sum += u64::from(far);
        for next in into.to(here as usize) {
            if distance[*next as usize] == u32::MAX {
                distance[*next as usize] = far + 1;
                order.push(*next);
            }
        }
    }
    let reached = (order.len() - 1) as f64;
    let others = (into.len() - 1) as f64;
    if sum == 0 { 0.0 } else { reached / others * reached / sum as f64 }
}
