//! The parts of a network that hang together.

use crate::network::{Adjacency, Links};

const NONE: i64 = -1;

/// The number of each node's weakly connected part, from 0 in the order of the nodes.
pub(super) fn weak(both: &Adjacency) -> Vec<i64> {
    let mut part = vec![NONE; both.len()];
    let mut count = 0;
    for start in 0..both.len() {
        if part[start] == NONE {
            fill(both, start, count, &mut part);
            count += 1;
        }
    }
    part
}

fn fill(to: &Adjacency, start: usize, number: i64, part: &mut [i64]) {
    let mut todo = vec![start];
    part[start] = number;
    while let Some(node) = todo.pop() {
        for next in to.to(node).iter().map(|t| *t as usize) {
            if part[next] == NONE {
                part[next] = number;
                todo.push(next);
            }
        }
    }
}

/// The number of each node's strongly connected part: within one, everyone reaches everyone along the edges (Kosaraju's
/// two searches, after Sharir 1981). Numbered from 0 in the order in which they are found.
pub fn strong(links: &Links) -> Vec<i64> {
    let mut part = vec![NONE; links.len()];
    let mut count = 0;
    for start in finished(&links.out).into_iter().rev() {
        if part[start] == NONE {
            fill(&links.into, start, count, &mut part);
            count += 1;
        }
    }
    part
}

/// The nodes in the order in which a depth-first search leaves them.
fn finished(out: &Adjacency) -> Vec<usize> {
    let (mut seen, mut order) = (vec![false; out.len()], Vec::with_capacity(out.len()));
    for start in 0..out.len() {
        let mut stack = vec![(start, 0)];
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        while let Some((node, at)) = stack.pop() {
            match out.to(node).get(at) {
                None => order.push(node),
                Some(next) => {
                    stack.push((node, at + 1));
                    if !std::mem::replace(&mut seen[*next as usize], true) {
                        stack.push((*next as usize, 0));
                    }
                }
            }
        }
    }
    order
}
