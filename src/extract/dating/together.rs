//! One choice for all facts of one act.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// The logarithm of the probability of a value that another fact of the same group cannot have.
const UNHEARD: f64 = -6.0;

/// Of each fact's choices, each a weight and a value, the number of the best. Facts of one group are one act ("A met B, C and D"): the
/// value counts that is likeliest for all of them.
pub fn together<G: Hash + Eq + Copy, V: Hash + Eq + Clone>(
    groups: &[G],
    mut all: Vec<Vec<(f64, V)>>,
) -> Vec<Option<usize>> {
    let mut members: FxHashMap<G, Vec<usize>> = FxHashMap::default();
    for (n, choices) in all.iter_mut().enumerate() {
        members.entry(groups[n]).or_default().push(n);
        let most = choices.iter().map(|(w, _)| *w).fold(f64::MIN, f64::max);
        let total = most + choices.iter().map(|(w, _)| (w - most).exp()).sum::<f64>().ln();
        choices.iter_mut().for_each(|(w, _)| *w -= total);
    }
    let mut sums: FxHashMap<(G, V), f64> = FxHashMap::default();
    for (&group, members) in &members {
        for (weight, value) in members.iter().flat_map(|&n| &all[n]) {
            // each that has the value takes back that it had not
            *sums.entry((group, value.clone())).or_insert(UNHEARD * members.len() as f64) += weight - UNHEARD;
        }
    }
    let best = |n: usize| {
        let sum = |i: &usize| sums[&(groups[n], all[n][*i].1.clone())];
        (0..all[n].len()).reduce(|a, b| if sum(&b) > sum(&a) { b } else { a })
    };
    (0..all.len()).map(best).collect()
}

#[cfg(test)]
mod tests {
    use super::together;

    #[test]
    fn facts_of_one_act_choose_together() {
        let sure = vec![(3.0, "Sunday"), (0.0, "Monday")];
        let unsure = vec![(0.5, "Monday"), (0.4, "Sunday")];
        let all = || vec![sure.clone(), unsure.clone(), unsure.clone(), Vec::new()];
        assert_eq!(together(&[1, 1, 2, 3], all()), [Some(0), Some(1), Some(0), None]);
    }
}
