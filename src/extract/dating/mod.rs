//! When a fact happened: of all the times that its sentence and the report around it name, or none, the one that a careful reader
//! would give it.
//!
//! A conditional logit (McFadden 1974) over few features of each choice: how the time hangs on the word in the tree, how far
//! back the report names it, who else did something then, what tense the clause has. Learnt from annotated articles.

pub mod anniversary;
mod choices;
mod features;
pub mod learn;

pub use choices::{Choice, Choices};

use rustc_hash::FxHashMap;

use super::certainty::Certainty;
use super::judge::Weights;
use crate::model::{Document, Fact, Links, Period, Status};

/// How much more likely, as a logarithm of odds, the time is that the rules give, whatever is learnt: they were written by people who
/// had read more than what is learnt from. Of 0 to 1.5 best on articles not learnt from.
const RULES: f64 = 1.0;

/// The same of a time that stands in the fact's own sentence: "had met in February 2019" is not of the day of the other meetings.
const OWN: f64 = 4.0;

/// Where a fact was found: the sentence, and the word in it that tells it.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    pub sentence: usize,
    pub token: usize,
}

/// The choices with the logarithms of their probabilities.
fn likely(choices: Vec<Choice>, weights: &Weights, rules: Option<Period>) -> Vec<(f64, Choice)> {
    let trust = |c: &Choice| if c.words.is_some() { OWN } else { RULES };
    let weigh = |c: &Choice| weights.sum(&c.features) + if c.period == rules { trust(c) } else { 0.0 };
    let mut all: Vec<(f64, Choice)> = choices.into_iter().map(|c| (weigh(&c), c)).collect();
    let most = all.iter().map(|(w, _)| *w).fold(f64::MIN, f64::max);
    let total = most + all.iter().map(|(w, _)| (w - most).exp()).sum::<f64>().ln();
    all.iter_mut().for_each(|(w, _)| *w -= total);
    all
}

/// The logarithm of the probability of a time that another fact of the same word does not have.
const UNHEARD: f64 = -6.0;

/// A word of a sentence, with the status of what it tells.
type Word = (usize, usize, Status);

/// How likely each time is for all facts that one word tells: they are one act, "A met B, C and D", and have one time.
fn together(
    facts: &[Fact],
    sites: &[Site],
    all: &[Vec<(f64, Choice)>],
) -> FxHashMap<(usize, usize, Status, Option<Period>), f64> {
    let mut groups: FxHashMap<Word, Vec<usize>> = FxHashMap::default();
    for (n, (fact, site)) in facts.iter().zip(sites).enumerate() {
        groups.entry((site.sentence, site.token, fact.claim.status)).or_default().push(n);
    }
    let mut out = FxHashMap::default();
    for (&(s, t, status), group) in &groups {
        for (_, choice) in group.iter().flat_map(|&n| &all[n]) {
            let chance =
                |n: &usize| all[*n].iter().find(|(_, c)| c.period == choice.period).map_or(UNHEARD, |(w, _)| *w);
            out.entry((s, t, status, choice.period)).or_insert_with(|| group.iter().map(chance).sum());
        }
    }
    out
}

/// Gives each event the time that weighs most.
pub fn date(doc: &Document, links: &Links, words: &Certainty, weights: &Weights, facts: &mut [Fact], sites: &[Site]) {
    let chosen: Vec<Choice> = {
        let choices = Choices::new(doc, links, words, facts, sites);
        let all: Vec<Vec<(f64, Choice)>> =
            (0..facts.len()).map(|n| likely(choices.of(n), weights, facts[n].claim.date)).collect();
        let shared = together(facts, sites, &all);
        let best = |n: usize| {
            let weigh = |c: &Choice| shared[&(sites[n].sentence, sites[n].token, facts[n].claim.status, c.period)];
            all[n].iter().map(|(_, c)| (weigh(c), c)).reduce(|a, b| if b.0 > a.0 { b } else { a })
        };
        (0..facts.len()).map(|n| best(n).map(|(_, c)| c.clone()).unwrap_or_default()).collect()
    };
    let events = facts.iter_mut().zip(chosen).filter(|(f, _)| !f.claim.relation.standing());
    for (fact, choice) in events.filter(|(f, c)| f.claim.date != c.period) {
        fact.claim.date = choice.period;
        fact.evidence.time_text = choice.words;
    }
}
