//! When a fact happened: of all the times that its sentence and the report around it name, or none, the one that a careful reader
//! would give it.
//!
//! A conditional logit (McFadden 1974) over few features of each choice: how the time hangs on the word in the tree, how far
//! back the report names it, who else did something then, what tense the clause has. Learnt from annotated articles.

pub mod anniversary;
mod choices;
mod features;
pub mod learn;
mod together;

pub use choices::{Choice, Choices};
use together::together;

use super::certainty::Certainty;
use super::judge::Weights;
use crate::model::{Document, Fact, Links, Period, Status};

/// How much more likely, as a logarithm of odds, the time is that the rules give, whatever is learnt: they were written by people who
/// had read more than what is learnt from. Of 0 to 1.5 best on articles not learnt from.
const RULES: f64 = 1.0;

/// The same of a time that stands in the fact's own sentence: "had met in February 2019" is not of the day of the other meetings.
/// Of 1 to 4 as good on articles not learnt from.
const OWN: f64 = 4.0;

/// Where a fact was found: the sentence, and the word in it that tells it.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    pub sentence: usize,
    pub token: usize,
}

/// The word that tells each fact, with the fact's status: what one word tells is one act.
fn words_of(facts: &[Fact], sites: &[Site]) -> Vec<(usize, usize, Status)> {
    facts.iter().zip(sites).map(|(f, s)| (s.sentence, s.token, f.claim.status)).collect()
}

/// Gives each event the time that weighs most.
pub fn date(doc: &Document, links: &Links, words: &Certainty, weights: &Weights, facts: &mut [Fact], sites: &[Site]) {
    let chosen: Vec<Choice> = {
        let choices = Choices::new(doc, links, words, facts, sites);
        let weigh = |n: usize| -> (Vec<(f64, Option<Period>)>, Vec<Choice>) {
            let trust = |c: &Choice| if c.words.is_some() { OWN } else { RULES };
            let rules = |c: &Choice| if c.period == facts[n].claim.date { trust(c) } else { 0.0 };
            // the features of all facts of a long document would be many
            let light =
                |c: Choice| ((weights.sum(&c.features) + rules(&c), c.period), Choice { features: Vec::new(), ..c });
            choices.of(n).into_iter().map(light).unzip()
        };
        let (weighed, mut all): (Vec<_>, Vec<_>) = (0..facts.len()).map(weigh).unzip();
        let best = together(&words_of(facts, sites), weighed);
        all.iter_mut().zip(best).map(|(all, best)| best.map(|i| all.swap_remove(i)).unwrap_or_default()).collect()
    };
    let events = facts.iter_mut().zip(chosen).filter(|(f, _)| !f.claim.relation.standing());
    for (fact, choice) in events.filter(|(f, c)| f.claim.date != c.period) {
        fact.claim.date = choice.period;
        fact.evidence.time_text = choice.words;
    }
}
