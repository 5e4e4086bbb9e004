//! How far two sources agree on who did what to whom, dyad by dyad and slice by slice.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use serde::Serialize;

use super::{Projection, Record, Step, rounded};
use crate::model::Period;

/// What a source tells of a dyad in a slice, both directions together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Told {
    pub cooperation: u32,
    pub conflict: u32,
    /// The sum of the Goldstein scores.
    pub goldstein: f64,
}

impl Told {
    pub fn events(&self) -> u32 {
        self.cooperation + self.conflict
    }
}

/// A source: slice and the two sides, in order of their ids -> what is told.
pub type Series = BTreeMap<(Period, String, String), Told>;

/// The events of a record that the projection takes, by dyad and slice; those that no single slice holds are left out.
pub fn series(record: &Record, projection: &Projection, step: Step) -> Series {
    let mut series = Series::new();
    for event in record.events.iter().filter(|e| projection.counts(e)) {
        let Some(slice) = event.period.and_then(|p| step.slice(p)) else { continue };
        let homes = |ids: &[SmolStr]| ids.iter().map(|i| record.home(i).to_owned()).collect::<BTreeSet<_>>();
        let (sources, targets) = (homes(&event.sources), homes(&event.targets));
        let mut dyads = BTreeSet::new();
        for a in &sources {
            dyads.extend(targets.iter().filter(|b| *b != a).map(|b| (a.min(b).clone(), a.max(b).clone())));
        }
        for (a, b) in dyads {
            let told = series.entry((slice, a, b)).or_default();
            match event.relation.quad_class() {
                Some(1 | 2) => told.cooperation += 1,
                _ => told.conflict += 1,
            }
            told.goldstein += event.relation.goldstein().unwrap_or(0.0);
        }
    }
    series
}

/// A dyad in a slice, as the two sources tell of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    pub time: String,
    pub a: String,
    pub b: String,
    pub first: Told,
    pub second: Told,
}

/// How far two sources agree. Only slices count in which both tell of something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// How many slices both tell of, and those that only the first or the second does.
    pub slices: [usize; 3],
    /// Dyads in those slices that both tell of, only the first, only the second.
    pub dyads: [usize; 3],
    /// Of all dyads that one tells of, the share that both do (Jaccard 1912).
    pub overlap: Option<f64>,
    /// Correlation of the counts of events over all dyads that one tells of: of the counts (Pearson), of their ranks (Spearman).
    pub pearson: Option<f64>,
    pub spearman: Option<f64>,
    /// Correlation of the sums of Goldstein scores over dyads that both tell of.
    pub goldstein: Option<f64>,
    /// The share of dyads that both tell of whose sums have the same sign.
    pub same_sign: Option<f64>,
    /// All dyads in those slices, the greatest difference in events first.
    pub pairs: Vec<Pair>,
}

/// Compares two sources.
pub fn agree(first: &Series, second: &Series) -> Agreement {
    let slices = |s: &Series| s.keys().map(|(slice, ..)| *slice).collect::<BTreeSet<_>>();
    let (ours, theirs) = (slices(first), slices(second));
    let common: BTreeSet<Period> = ours.intersection(&theirs).copied().collect();
    let keys: BTreeSet<_> = first.keys().chain(second.keys()).filter(|k| common.contains(&k.0)).collect();
    let told = |s: &Series, key: &(Period, String, String)| s.get(key).copied().unwrap_or_default();
    let pair = |key: &&(Period, String, String)| Pair {
        time: key.0.to_string(),
        a: key.1.clone(),
        b: key.2.clone(),
        first: told(first, key),
        second: told(second, key),
    };
    let mut pairs: Vec<Pair> = keys.iter().map(pair).collect();
    let both: Vec<&Pair> = pairs.iter().filter(|p| p.first.events() > 0 && p.second.events() > 0).collect();
    let lone = |of: fn(&Pair) -> u32| pairs.iter().filter(|p| of(p) == 0).count();
    let dyads = [both.len(), lone(|p| p.second.events()), lone(|p| p.first.events())];
    let counts: Vec<(f64, f64)> =
        pairs.iter().map(|p| (f64::from(p.first.events()), f64::from(p.second.events()))).collect();
    let sums: Vec<(f64, f64)> = both.iter().map(|p| (p.first.goldstein, p.second.goldstein)).collect();
    let same = sums.iter().filter(|(a, b)| sign(*a) == sign(*b)).count();
    let share = |n: usize, of: usize| (of > 0).then(|| rounded(n as f64 / of as f64));
    let agreement = Agreement {
        slices: [common.len(), ours.len() - common.len(), theirs.len() - common.len()],
        dyads,
        overlap: share(both.len(), pairs.len()),
        pearson: pearson(&counts),
        spearman: pearson(&ranks(&counts)),
        goldstein: pearson(&sums),
        same_sign: share(same, sums.len()),
        pairs: Vec::new(),
    };
    pairs.sort_by_key(|p| std::cmp::Reverse(p.first.events().abs_diff(p.second.events())));
    Agreement { pairs, ..agreement }
}

fn sign(x: f64) -> i8 {
    if x == 0.0 { 0 } else { x.signum() as i8 }
}

/// Pearson's r; `None` for fewer than three points or where one side does not vary.
fn pearson(points: &[(f64, f64)]) -> Option<f64> {
    let n = points.len() as f64;
    if points.len() < 3 {
        return None;
    }
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>();
    let (xy, xx, yy) = (sum(&|p| (p.0 - x) * (p.1 - y)), sum(&|p| (p.0 - x).powi(2)), sum(&|p| (p.1 - y).powi(2)));
    (xx > 0.0 && yy > 0.0).then(|| rounded(xy / (xx * yy).sqrt()))
}

/// Ranks of both sides, equals sharing the mean of theirs.
fn ranks(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let side = |of: fn(&(f64, f64)) -> f64| {
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by(|a, b| of(&points[*a]).total_cmp(&of(&points[*b])));
        let mut rank = vec![0.0; points.len()];
        let mut at = 0;
        while at < order.len() {
            let value = of(&points[order[at]]);
            let end = at + order[at..].iter().take_while(|i| of(&points[**i]) == value).count();
            order[at..end].iter().for_each(|i| rank[*i] = (at + end + 1) as f64 / 2.0);
            at = end;
        }
        rank
    };
    side(|p| p.0).into_iter().zip(side(|p| p.1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(rows: &[(&str, &str, &str, u32, u32, f64)]) -> Series {
        let row = |(time, a, b, cooperation, conflict, goldstein): &(&str, &str, &str, u32, u32, f64)| {
            let told = Told { cooperation: *cooperation, conflict: *conflict, goldstein: *goldstein };
            ((time.parse().expect("a period"), (*a).to_owned(), (*b).to_owned()), told)
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn counts_shares_and_correlations() {
        // Reckoned by hand: Pearson 4 / sqrt(8.75 * 10), Spearman 1 - 6 * 6 / 60, of (2,1), (0,3), (4,4), (1,0).
        let first = series(&[
            ("2020-01", "AAA", "BBB", 2, 0, 4.0),
            ("2020-01", "BBB", "CCC", 1, 3, -9.0),
            ("2020-01", "CCC", "DDD", 1, 0, 1.0),
            ("2020-03", "AAA", "BBB", 1, 0, 1.0),
        ]);
        let second = series(&[
            ("2020-01", "AAA", "BBB", 0, 1, -2.0),
            ("2020-01", "AAA", "CCC", 3, 0, 3.0),
            ("2020-01", "BBB", "CCC", 0, 4, -20.0),
        ]);
        let found = agree(&first, &second);
        assert_eq!((found.slices, found.dyads), ([1, 1, 0], [2, 1, 1]));
        assert_eq!((found.overlap, found.same_sign), (Some(0.5), Some(0.5)));
        assert_eq!((found.pearson, found.spearman), (Some(0.427618), Some(0.4)));
        assert_eq!(found.goldstein, None, "two points are no correlation");
        assert_eq!(found.pairs[0].first.events().abs_diff(found.pairs[0].second.events()), 3);
    }
}
