//! Learns from annotated articles which candidates are facts, and measures it on articles that were not learnt from.

use rayon::prelude::*;

use super::Reader;
use crate::error::Result;
use crate::extract::judge::learn::{Lesson, learn};
use crate::extract::judge::Weights;
use crate::extract::{Extractor, RuleExtractor, merge};
use crate::model::{Article, Document, Fact, Field, Links};
use crate::score::{GoldArticle, Golds, States, Stated, stated};

/// An annotated article, read and linked.
pub struct Study {
    doc: Document,
    links: Links,
    lessons: Vec<Lesson>,
    /// Gold events, and those of them that some candidate meets.
    pub events: usize,
    pub reached: usize,
}

/// Reads the articles of `gold` and labels their candidates.
///
/// # Errors
/// A fact that cannot be written down (never seen).
pub fn studies(
    reader: &Reader,
    rules: &RuleExtractor,
    articles: Vec<(Article, &GoldArticle)>,
    states: States<'_>,
) -> Result<Vec<Study>> {
    let linked: Vec<(Document, Links, &GoldArticle)> = articles
        .into_par_iter()
        .map(|(article, gold)| {
            let (doc, links) = reader.link(article);
            (doc, links, gold)
        })
        .collect();
    linked.into_iter().map(|(doc, links, gold)| study(rules, doc, links, gold, states)).collect()
}

fn study(rules: &RuleExtractor, doc: Document, links: Links, gold: &GoldArticle, states: States<'_>) -> Result<Study> {
    let golds = Golds::new(&gold.facts, states);
    let places: Vec<Vec<(usize, usize)>> = gold.facts.iter().map(|f| places(&doc.article.text, f)).collect();
    let place_of = |fact: &Stated| {
        let at = gold.facts.iter().position(|f| std::ptr::eq(f, fact));
        at.map(|i| places[i].as_slice()).unwrap_or_default()
    };
    let mut reached = vec![false; gold.facts.len()];
    let mut lessons = Vec::new();
    for (fact, (sentence, token), features) in rules.lessons(&doc, &links) {
        let s = &doc.sentences[sentence];
        let (start, end) = doc.code_points(s.field, s.tokens[token].span);
        let found = stated(&fact)?;
        let same = golds.same(&found, states);
        let inside = |f: &&Stated| place_of(f).iter().any(|(from, to)| *from <= start && end <= *to);
        for f in same.iter().filter(|f| inside(f)) {
            if let Some(at) = gold.facts.iter().position(|g| std::ptr::eq(g, *f)) {
                reached[at] = true;
            }
        }
        let right = match (s.field, same.is_empty()) {
            (Field::Title, true) => continue,
            (Field::Title, false) => true,
            (Field::Text, false) if same.iter().any(|f| inside(&f)) => true,
            (Field::Text, false) => continue,
            // the right states and the right words, but another of their people or organs: neither right nor wrong
            (Field::Text, true) if golds.alike(&found, states).iter().any(|f| inside(&f)) => continue,
            (Field::Text, true) => false,
        };
        lessons.push(Lesson { features, right });
    }
    let events = gold.facts.iter().filter(|f| !f.relation.standing()).count();
    Ok(Study { doc, links, lessons, events, reached: reached.iter().filter(|r| **r).count() })
}

/// Where the words of a gold fact stand in the text (code points).
fn places(text: &str, fact: &Stated) -> Vec<(usize, usize)> {
    let Some(quote) = fact.evidence.text.as_deref().filter(|q| !q.is_empty()) else { return Vec::new() };
    let points = |b: usize| text[..b].chars().count();
    text.match_indices(quote).map(|(at, q)| (points(at), points(at + q.len()))).collect()
}

/// The weights that all studies but those of fold `out` of `folds` teach; `None` leaves out none.
pub fn weights(studies: &[Study], out: Option<(usize, usize)>) -> Weights {
    let kept = studies.iter().enumerate().filter(|(i, _)| out.is_none_or(|(fold, folds)| i % folds != fold));
    let lessons: Vec<&Lesson> = kept.flat_map(|(_, s)| &s.lessons).collect();
    learn(&lessons)
}

/// The facts of the studies of one fold by the rules with weights that did not see them.
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
