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

use super::certainty::Certainty;
use super::judge::Weights;
use crate::model::{Document, Fact, Links};

/// How much more likely, as a logarithm of odds, the time is that the rules give, whatever is learnt: they were written by people who
/// had read more than what is learnt from. Of 0 to 1.5 best on articles not learnt from.
const RULES: f64 = 1.0;

/// Where a fact was found: the sentence, and the word in it that tells it.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    pub sentence: usize,
    pub token: usize,
}

/// Gives each event the time that weighs most.
pub fn date(doc: &Document, links: &Links, words: &Certainty, weights: &Weights, facts: &mut [Fact], sites: &[Site]) {
    let chosen: Vec<Choice> = {
        let choices = Choices::new(doc, links, words, facts, sites);
        let best = |n| {
            let all: Vec<Choice> = choices.of(n);
            let rules = facts[n].claim.date;
            let weigh = |c: &Choice| weights.sum(&c.features) + if c.period == rules { RULES } else { 0.0 };
            all.into_iter().map(|c| (weigh(&c), c)).reduce(|a, b| if b.0 > a.0 { b } else { a })
        };
        (0..facts.len()).map(|n| best(n).map(|(_, c)| c).unwrap_or_default()).collect()
    };
    let events = facts.iter_mut().zip(chosen).filter(|(f, _)| !f.claim.relation.standing());
    for (fact, choice) in events.filter(|(f, c)| f.claim.date != c.period) {
        fact.claim.date = choice.period;
        fact.evidence.time_text = choice.words;
    }
}
