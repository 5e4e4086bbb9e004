//! Learns from annotated articles how far what rules find can be trusted, and measures it on articles not learnt from.

use rayon::prelude::*;

use super::Reader;
use crate::error::Result;
use crate::extract::judge::Weights;
use crate::extract::judge::learn::{Lesson, learn};
use crate::extract::{Extractor, RuleExtractor, merge};
use crate::model::{Article, Document, Fact, Field, Links};
use crate::score::{GoldArticle, Golds, States, stated};

/// An annotated article, read and linked, with what its candidates teach.
pub struct Study {
    doc: Document,
    links: Links,
    lessons: Vec<Lesson>,
}

/// Reads the articles and tells which of their candidates gold has.
///
/// # Errors
/// A fact that cannot be written down (never seen).
pub fn studies(
    reader: &Reader,
    rules: &RuleExtractor,
    articles: Vec<(Article, &GoldArticle)>,
    states: States<'_>,
) -> Result<Vec<Study>> {
    let linked: Vec<_> = articles.into_par_iter().map(|(article, gold)| (reader.link(article), gold)).collect();
    linked.into_iter().map(|((doc, links), gold)| study(rules, doc, links, gold, states)).collect()
}

fn study(rules: &RuleExtractor, doc: Document, links: Links, gold: &GoldArticle, states: States<'_>) -> Result<Study> {
    let golds = Golds::new(&gold.facts, states);
    // gold leaves titles out, so that what they tell is neither right nor wrong
    let told = rules.lessons(&doc, &links).into_iter().filter(|(fact, _)| fact.evidence.field == Field::Text);
    let lesson = |(fact, features): (Fact, Vec<u32>)| {
        Ok(Lesson { features, right: !golds.same(&stated(&fact)?, states).is_empty() })
    };
    let lessons = told.map(lesson).collect::<Result<_>>()?;
    Ok(Study { doc, links, lessons })
}

/// The weights that all studies but those of fold `out` of `folds` teach; `None` leaves out none.
pub fn weights(studies: &[Study], out: Option<(usize, usize)>) -> Weights {
    let kept = studies.iter().enumerate().filter(|(i, _)| out.is_none_or(|(fold, folds)| i % folds != fold));
    let lessons: Vec<&Lesson> = kept.flat_map(|(_, s)| &s.lessons).collect();
    learn(&lessons)
}

/// The facts of the studies of one fold by the rules, whose weights should not have seen them.
pub fn facts(rules: &RuleExtractor, studies: &[Study], fold: usize, folds: usize) -> Vec<(String, Vec<Fact>)> {
    let own = studies.iter().enumerate().filter(|(i, _)| i % folds == fold).map(|(_, s)| s);
    own.map(|s| (s.doc.article.id.clone(), merge(rules.extract(&s.doc, &s.links)))).collect()
}

/// The confidence of each event, and whether gold has it. What only a title says is left out, as in scores.
pub fn judged(facts: &[Fact], gold: &GoldArticle, states: States<'_>) -> Result<Vec<(f64, bool)>> {
    let golds = Golds::new(&gold.facts, states);
    let events = facts.iter().filter(|f| !f.claim.relation.standing() && f.evidence.field == Field::Text);
    events.map(|f| Ok((f.confidence, !golds.same(&stated(f)?, states).is_empty()))).collect()
}

impl Study {
    /// How many candidates there are, and how many of them are right.
    pub fn counts(&self) -> (usize, usize) {
        (self.lessons.len(), self.lessons.iter().filter(|l| l.right).count())
    }
}
