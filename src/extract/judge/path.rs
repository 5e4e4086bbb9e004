//! Ways through the tree, as numbers.

use super::features::{mix, text};
use crate::model::{Deprel, Graph};

/// Farther than this, the way says nothing but that it is far.
const LONGEST: usize = 7;

/// The way from `from` to `to`: relations up to the word above both, then down, with prepositions. Conjuncts of what
/// stands at the end count as the first of them.
pub fn way(g: &Graph<'_>, from: usize, to: usize) -> u64 {
    let to = g.first_conjunct(to);
    let ups: Vec<usize> = g.up(from).take(LONGEST + 1).collect();
    let downs: Vec<usize> = g.up(to).take(LONGEST + 1).collect();
    let meet = downs.iter().enumerate().find_map(|(j, d)| Some((ups.iter().position(|u| u == d)?, j)));
    let Some((up, down)) = meet.filter(|(u, d)| u + d <= LONGEST) else { return text("far") };
    let mut way = 7;
    for &t in &ups[..up] {
        way = mix(way, 100 + g.deprel(t) as u64);
        if case_matters(g.deprel(t)) {
            way = mix(way, g.case(t).map_or(0, |c| text(&c)));
        }
    }
    way = mix(way, 99);
    for &t in downs[..down].iter().rev() {
        way = mix(way, 200 + g.deprel(t) as u64);
        if case_matters(g.deprel(t)) {
            way = mix(way, g.case(t).map_or(0, |c| text(&c)));
        }
    }
    way
}

fn case_matters(rel: Deprel) -> bool {
    rel.is(Deprel::Obl) || rel.is(Deprel::Nmod)
}
