//! Learns from annotated articles how far what rules find can be trusted, and measures it on articles not learnt from.

use rayon::prelude::*;

use super::Reader;
use crate::error::Result;
use crate::extract::dating;
use crate::extract::dating::learn::Verdict;
use crate::extract::judge::Weights;
use crate::extract::judge::learn::{Lesson, learn};
use crate::extract::{Extractor, RuleExtractor, merge};
use crate::model::{Article, Document, Fact, Field, Links};

/// An annotated article, read and linked, with what its candidates teach.
pub struct Study {
    doc: Document,
    links: Links,
    lessons: Vec<Lesson>,
    times: Vec<dating::learn::Lesson>,
}

/// Reads the articles; `right` tells whether a careful reader found a fact in them, `None` where he did not look for all.
///
/// # Errors
/// Those of `right`.
pub fn studies(
    reader: &Reader,
    rules: &RuleExtractor,
    articles: Vec<Article>,
    right: impl Fn(&Fact) -> Result<Option<bool>>,
) -> Result<Vec<Study>> {
    let linked: Vec<_> = articles.into_par_iter().map(|article| reader.link(article)).collect();
    let study = |(doc, links): (Document, Links)| {
        // careful readers leave titles out, so that what they tell is neither right nor wrong
        let told = rules.lessons(&doc, &links).into_iter().filter(|(fact, _)| fact.evidence.field == Field::Text);
        let lessons = told.map(|(fact, features)| Ok(right(&fact)?.map(|right| Lesson { features, right })));
        let lessons = lessons.filter_map(Result::transpose).collect::<Result<_>>()?;
        Ok(Study { doc, links, lessons, times: Vec::new() })
    };
    linked.into_iter().map(study).collect()
}

/// Lets the studies teach the times of facts, too: of what the rules find with their weights; `dated` tells what a careful reader
/// makes of a fact's time, `None` where he did not find the fact.
///
/// # Errors
/// Those of `dated`.
pub fn add_times(
    rules: &RuleExtractor,
    studies: &mut [Study],
    dated: impl Fn(&Fact) -> Result<Option<Verdict>>,
) -> Result<()> {
    for study in studies {
        for (mut fact, choices) in rules.timed(&study.doc, &study.links) {
            let mut marked = Vec::with_capacity(choices.len());
            for choice in choices {
                fact.claim.date = choice.period;
                marked.extend(dated(&fact)?.map(|verdict| (choice, verdict)));
            }
            study.times.extend(dating::learn::Lesson::new(marked));
        }
    }
    Ok(())
}

/// Leaves a fold out: its number, and how many there are.
pub type Out = Option<(usize, usize)>;

fn kept(studies: &[Study], out: Out) -> impl Iterator<Item = &Study> {
    let kept = studies.iter().enumerate().filter(move |(i, _)| out.is_none_or(|(fold, folds)| i % folds != fold));
    kept.map(|(_, s)| s)
}

/// The weights of candidates that all studies but those of fold `out` teach.
pub fn weights(studies: &[Study], out: Out) -> Weights {
    learn(&kept(studies, out).flat_map(|s| &s.lessons).collect::<Vec<&Lesson>>())
}

/// The weights of times that they teach.
pub fn dates(studies: &[Study], out: Out) -> Weights {
    dating::learn::learn(&kept(studies, out).flat_map(|s| &s.times).collect::<Vec<_>>())
}

/// The facts of the studies of one fold by the rules, whose weights should not have seen them.
pub fn facts(rules: &RuleExtractor, studies: &[Study], fold: usize, folds: usize) -> Vec<(String, Vec<Fact>)> {
    let own = studies.iter().enumerate().filter(|(i, _)| i % folds == fold).map(|(_, s)| s);
    own.map(|s| (s.doc.article.id.clone(), merge(rules.extract(&s.doc, &s.links)))).collect()
}

impl Study {
    /// How many candidates there are, and how many of them are right.
    pub fn counts(&self) -> (usize, usize) {
        (self.lessons.len(), self.lessons.iter().filter(|l| l.right).count())
    }
}
