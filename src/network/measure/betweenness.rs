//! Brandes (2001): one search from each node; dependencies are summed on the way back.

use rayon::prelude::*;

use crate::network::{Adjacency, Links};

/// In how many parts the sources are searched. The number does not follow that of the cores, so that sums, and with them
/// the last digits, are the same on every machine.
const PARTS: usize = 64;

/// The betweenness of each node, as a share of the pairs of others.
pub(super) fn of(links: &Links) -> Vec<f64> {
    let n = links.len();
    let sources: Vec<usize> = (0..n).collect();
    let parts: Vec<Vec<f64>> =
        sources.par_chunks(n.div_ceil(PARTS).max(1)).map(|chunk| part(&links.out, chunk)).collect();
    let pairs = (n as f64 - 1.0) * (n as f64 - 2.0);
    let scale = if n > 2 { 1.0 / pairs } else { 0.0 };
    (0..n).map(|i| parts.iter().map(|p| p[i]).sum::<f64>() * scale).collect()
}

fn part(out: &Adjacency, sources: &[usize]) -> Vec<f64> {
    let mut sum = vec![0.0; out.len()];
    let mut search = Search::new(out.len());
    for source in sources {
        search.run(out, *source);
        search.add_dependencies(out, *source, &mut sum);
    }
    sum
}

/// One node of a search: how far it is, over how many shortest paths, and what depends on it. Together, because they are
/// needed together.
#[derive(Clone, Copy)]
struct Seen {
    distance: u32,
    paths: f64,
    dependency: f64,
}

const UNSEEN: Seen = Seen { distance: u32::MAX, paths: 0.0, dependency: 0.0 };

/// A breadth-first search, its memory used again for the next source.
struct Search {
    seen: Vec<Seen>,
    order: Vec<u32>,
}

impl Search {
    fn new(n: usize) -> Self {
        Self { seen: vec![UNSEEN; n], order: Vec::with_capacity(n) }
    }

    fn run(&mut self, out: &Adjacency, source: usize) {
        for node in self.order.drain(..) {
            self.seen[node as usize] = UNSEEN;
        }
        self.seen[source] = Seen { distance: 0, paths: 1.0, dependency: 0.0 };
        self.order.push(source as u32);
        let mut at = 0;
        while at < self.order.len() {
            let node = self.order[at] as usize;
            at += 1;
            let Seen { distance, paths, .. } = self.seen[node];
            for next in out.to(node) {
                let seen = &mut self.seen[*next as usize];
                if seen.distance == u32::MAX {
                    seen.distance = distance + 1;
                    self.order.push(*next);
                }
                if seen.distance == distance + 1 {
                    seen.paths += paths;
                }
            }
        }
    }

    fn add_dependencies(&mut self, out: &Adjacency, source: usize, sum: &mut [f64]) {
        for node in self.order.iter().rev().map(|n| *n as usize) {
            let Seen { distance, paths, .. } = self.seen[node];
            let mut dependency = 0.0;
            for next in out.to(node) {
                let seen = &self.seen[*next as usize];
                if seen.distance == distance + 1 {
                    dependency += seen.dependency;
                }
            }
            // What is kept is (1 + dependency) / paths, which the nodes before need.
            dependency *= paths;
            self.seen[node].dependency = (1.0 + dependency) / paths;
            if node != source {
                sum[node] += dependency;
            }
        }
    }
}
