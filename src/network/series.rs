//! What passed between two actors in each slice of time, and where it changed.

use super::{Projection, Record, Step};
use crate::model::Period;

/// The events of a dyad in one slice of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub slice: Period,
    /// Events of quad classes 1 and 2.
    pub cooperation: u32,
    /// Events of quad classes 3 and 4.
    pub conflict: u32,
    /// The sum of their Goldstein scores.
    pub goldstein: f64,
}

/// A dyad through time, both directions together.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Every slice from the first to the last event, those without any included.
    pub points: Vec<Point>,
    /// Events that no single slice holds, or that have no date.
    pub unplaced: u32,
}

impl Point {
    pub fn events(&self) -> u32 {
        self.cooperation + self.conflict
    }
}

/// The series of the dyad of two nodes of the projection, which are given by their ids.
pub fn of(projection: &Projection, record: &Record, a: &str, b: &str, step: Step) -> Series {
    let mut placed: std::collections::BTreeMap<Period, Point> = std::collections::BTreeMap::new();
    let mut unplaced = 0;
    for event in record.events.iter().filter(|e| projection.counts(e) && projection.joins(record, e, a, b)) {
        let Some(slice) = event.period.and_then(|p| step.slice(p)) else {
            unplaced += 1;
            continue;
        };
        let empty = Point { slice, cooperation: 0, conflict: 0, goldstein: 0.0 };
        let point = placed.entry(slice).or_insert(empty);
        match event.relation.quad_class() {
            Some(1 | 2) => point.cooperation += 1,
            _ => point.conflict += 1,
        }
        point.goldstein += event.relation.goldstein().unwrap_or(0.0);
    }
    let filled = step.range(placed.keys().copied());
    let at = |slice: Period| {
        placed.get(&slice).copied().unwrap_or(Point { slice, cooperation: 0, conflict: 0, goldstein: 0.0 })
    };
    Series { points: filled.into_iter().map(at).collect(), unplaced }
}

/// The indices of the points at which another phase begins.
///
/// Within a phase cooperation and conflict are taken for two Poisson processes of constant rates; the phases are those of
/// greatest likelihood, each further one having to gain as much as the Bayesian information criterion asks for its three
/// parameters (two rates and the place of the change). Found exactly by dynamic programming (Jackson et al. 2005, "An
/// algorithm for optimal partitioning of data on an interval").
pub fn changes(points: &[Point]) -> Vec<usize> {
    let n = points.len();
    let penalty = 1.5 * (n.max(1) as f64).ln();
    let mut sums = vec![(0u32, 0u32); n + 1];
    for (i, p) in points.iter().enumerate() {
        sums[i + 1] = (sums[i].0 + p.cooperation, sums[i].1 + p.conflict);
    }
    let cost = |from: usize, to: usize| {
        let length = (to - from) as f64;
        poisson(sums[to].0 - sums[from].0, length) + poisson(sums[to].1 - sums[from].1, length)
    };
    let (mut best, mut from) = (vec![0.0; n + 1], vec![0; n + 1]);
    for to in 1..=n {
        let total = |at: usize| best[at] + cost(at, to) + if at == 0 { 0.0 } else { penalty };
        let least = (0..to).min_by(|a, b| total(*a).total_cmp(&total(*b))).unwrap_or(0);
        (best[to], from[to]) = (total(least), least);
    }
    let mut changes: Vec<usize> = std::iter::successors(Some(from[n]), |at| (*at > 0).then(|| from[*at])).collect();
    changes.retain(|at| *at > 0);
    changes.reverse();
    changes
}

/// The negative logarithm of the likelihood of `count` events in `length` slices at the rate that fits best, but for a term
/// that does not depend on the rate.
fn poisson(count: u32, length: f64) -> f64 {
    let count = f64::from(count);
    if count == 0.0 { 0.0 } else { count - count * (count / length).ln() }
}

/// The series as a line of blocks, each as high as its share of the greatest count; a blank where nothing happened.
pub fn sparkline(counts: impl IntoIterator<Item = u32>) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let counts: Vec<u32> = counts.into_iter().collect();
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let block = |n: u32| if n == 0 { ' ' } else { BLOCKS[((n * 8).div_ceil(most) - 1) as usize] };
    counts.into_iter().map(block).collect()
}
