//! The counts that scoring makes, and the ratios that they give.

use std::fmt;

use super::read::Stated;
use crate::model::Relation;

/// Everything that is counted.
#[derive(Debug, Default)]
pub struct Score {
    pub event: Views,
    pub standing: Views,
    pub attributes: Attributes,
    /// In the order in which the relations were met.
    pub relations: Vec<(Relation, Count)>,
    pub misses: Vec<Miss>,
    /// Whether there were texts to read quotes from.
    pub quotes_read: bool,
}

/// Facts in gold and of the system, and how many match in each view.
#[derive(Debug, Default, Clone, Copy)]
pub struct Views {
    pub gold: usize,
    pub system: usize,
    pub dyad: usize,
    pub actor: usize,
    pub full: usize,
}

/// What is right in the matched facts of the actor view.
#[derive(Debug, Default)]
pub struct Attributes {
    pub matched: usize,
    pub date: usize,
    pub status: usize,
    pub role: usize,
    pub place: Count,
    pub attribution: Count,
    /// Facts of the system in articles whose text is known.
    pub quotes: usize,
    /// Quotes that stand in the text exactly where the fact says.
    pub exact: usize,
    /// Matched facts whose quote shares a word with gold's.
    pub overlap: usize,
}

/// How many gold has, the system gives, and are right.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    pub gold: usize,
    pub system: usize,
    pub right: usize,
}

/// Precision, recall, and their harmonic mean; 0 where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prf {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

/// The attributes as shares of the matched facts, 0 to 1.
#[derive(Debug, Clone, Copy)]
pub struct Shares {
    pub date: f64,
    pub status: f64,
    pub role: f64,
    pub place_f1: f64,
    pub attribution_f1: f64,
    pub quote_exact: f64,
    pub quote_overlap: f64,
}

impl Score {
    pub(super) fn relation(&mut self, relation: Relation) -> &mut Count {
        let at = self.relations.iter().position(|(r, _)| *r == relation).unwrap_or_else(|| {
            self.relations.push((relation, Count::default()));
            self.relations.len() - 1
        });
        &mut self.relations[at].1
    }
}

impl Views {
    /// The three views by name, from loose to strict.
    pub fn named(&self) -> [(&'static str, Count); 3] {
        let count = |right| Count { gold: self.gold, system: self.system, right };
        [("dyad", count(self.dyad)), ("actor", count(self.actor)), ("full", count(self.full))]
    }
}

impl Count {
    pub fn prf(self) -> Prf {
        let (precision, recall) = (ratio(self.right, self.system), ratio(self.right, self.gold));
        let sum = precision + recall;
        Prf { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }

    /// Counts one value: whether each side has one, and whether they agree.
    pub(super) fn add(&mut self, gold: Option<&str>, system: Option<&str>, same: fn(&str, &str) -> bool) {
        let (gold, system) = (gold.filter(|v| !v.is_empty()), system.filter(|v| !v.is_empty()));
        self.gold += usize::from(gold.is_some());
        self.system += usize::from(system.is_some());
        self.right += usize::from(gold.zip(system).is_some_and(|(g, s)| same(g, s)));
    }
}

impl Attributes {
    pub fn shares(&self) -> Shares {
        Shares {
            date: ratio(self.date, self.matched),
            status: ratio(self.status, self.matched),
            role: ratio(self.role, self.matched),
            place_f1: self.place.prf().f1,
            attribution_f1: self.attribution.prf().f1,
            quote_exact: ratio(self.exact, self.quotes),
            quote_overlap: ratio(self.overlap, self.matched),
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A gold fact that was not found, or a fact of the system that gold does not have.
#[derive(Debug)]
pub struct Miss {
    /// Whether the system is wrong to give it, rather than to leave it out.
    pub wrong: bool,
    pub article: String,
    /// `meet(A -> B) 2022-05-08`
    pub fact: String,
    /// The beginning of its quote.
    pub quote: String,
}

/// Code points of a quote that are shown.
const SHOWN: usize = 140;

impl Miss {
    pub(super) fn new(wrong: bool, article: &str, fact: &Stated, quote: &str) -> Self {
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "?".to_owned());
        let (source, target) = (name(&fact.source.name), name(&fact.target.name));
        let date = fact.date.as_deref().unwrap_or("no date");
        let fact = format!("{}({source} -> {target}) {date}", fact.relation);
        Self { wrong, article: article.to_owned(), fact, quote: quote.chars().take(SHOWN).collect() }
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.wrong { "wrong " } else { "missed" };
        write!(f, "{what}  {}  {}  | {}", self.article, self.fact, self.quote.replace('\n', " "))
    }
}
