//! The facts of pairs that are new in this session, kept in memory, so that what follows from them is derived without reading
//! them back.
//!
//! A pair is kept only as long as memory has all its claims: one of which the store held claims before, or whose documents are
//! changed by any other way than [`Store::insert_bulk`](super::Store), is read from the store.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use oxigraph::model::NamedNode;
use rustc_hash::FxHashSet;

use crate::cluster::{self, Report};
use crate::model::{Actor, Article, Claim, Evidence, Fact, Field, Period, Relation, Status};
use crate::rdf::encode;

/// Facts that are kept at most, about a quarter of a gigabyte; pairs that come later are read from the store.
const MOST: usize = 1_200_000;

/// Facts by pair of sides; `None` for a pair that memory has not whole.
#[derive(Default)]
pub struct Fresh {
    pairs: HashMap<NamedNode, Option<Vec<Kept>>>,
    reports: BTreeMap<Arc<str>, Report>,
    words: Words,
    facts: usize,
}

/// Words that many facts share, each kept once.
#[derive(Default)]
struct Words(FxHashSet<Arc<str>>);

impl Words {
    fn keep(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.0.get(word) {
            return Arc::clone(known);
        }
        let word: Arc<str> = word.into();
        self.0.insert(Arc::clone(&word));
        word
    }
}

/// A fact without words that decide nothing, in a third of its room.
struct Kept {
    /// The fact's id as a number.
    id: u64,
    relation: Relation,
    source: Actor,
    target: Actor,
    date: Option<Period>,
    place: Option<Arc<str>>,
    status: Status,
    attribution: Option<Actor>,
    role: Option<Arc<str>>,
    mutual: bool,
    article: Arc<str>,
    field: Field,
    start: usize,
    end: usize,
    /// Empty if it is too short to tell.
    quote: Box<str>,
    extractor: Arc<str>,
    confidence: f64,
}

impl Fresh {
    /// Remembers the facts of new documents. `is_new` tells whether the store holds no claim of a pair.
    pub fn add<E>(
        &mut self,
        documents: &[(&Article, &[Fact])],
        mut is_new: impl FnMut(&NamedNode) -> Result<bool, E>,
    ) -> Result<(), E> {
        for (article, facts) in documents {
            let mut seen = HashSet::new();
            let name: Arc<str> = article.id.as_str().into();
            for fact in *facts {
                let id = number(&fact.id());
                if !seen.insert(id) {
                    continue;
                }
                let pair = encode::pair(fact);
                if !self.pairs.contains_key(&pair) {
                    let kept = (self.facts < MOST && is_new(&pair)?).then(Vec::new);
                    self.pairs.insert(pair.clone(), kept);
                }
                if let Some(Some(kept)) = self.pairs.get_mut(&pair) {
                    kept.push(Kept::of(fact, id, &name, &mut self.words));
                    self.facts += 1;
                }
            }
            self.reports.insert(name, report(article));
        }
        Ok(())
    }

    /// All facts of a pair as the store would give them back, in order of their ids; `None` if they must be read.
    pub fn facts(&self, pair: &NamedNode) -> Option<Vec<Fact>> {
        let mut facts: Vec<_> = self.pairs.get(pair)?.as_ref()?.iter().collect();
        facts.sort_by_key(|kept| kept.id);
        Some(facts.into_iter().map(Kept::fact).collect())
    }

    /// What clustering has to know of the article of a kept fact.
    pub fn report(&self, article: &str) -> Report {
        self.reports.get(article).cloned().unwrap_or_default()
    }
}

/// An id as a number of the same order.
fn number(id: &str) -> u64 {
    u64::from_str_radix(id, 16).unwrap_or_default()
}

impl Kept {
    fn of(fact: &Fact, id: u64, article: &Arc<str>, words: &mut Words) -> Self {
        let (c, e) = (&fact.claim, &fact.evidence);
        let mut some = |word: &Option<String>| word.as_deref().filter(|w| !w.is_empty()).map(|w| words.keep(w));
        let (place, role) = (some(&c.place), some(&c.role));
        Self {
            id,
            relation: c.relation,
            source: Arc::clone(&c.source),
            target: Arc::clone(&c.target),
            date: c.date,
            place,
            status: c.status,
            attribution: c.attribution.clone(),
            role,
            mutual: c.mutual,
            article: Arc::clone(article),
            field: e.field,
            start: e.start,
            end: e.end,
            quote: if cluster::is_long(e) { e.quote.as_str().into() } else { Box::default() },
            extractor: words.keep(&e.extractor),
            confidence: encode::rounded(fact.confidence),
        }
    }

    fn fact(&self) -> Fact {
        let owned = |word: &Option<Arc<str>>| word.as_deref().map(str::to_owned);
        let claim = Claim {
            relation: self.relation,
            source: Arc::clone(&self.source),
            target: Arc::clone(&self.target),
            date: self.date,
            place: owned(&self.place),
            status: self.status,
            attribution: self.attribution.clone(),
            role: owned(&self.role),
            mutual: self.mutual,
        };
        let evidence = Evidence {
            article: self.article.to_string(),
            field: self.field,
            start: self.start,
            end: self.end,
            quote: self.quote.to_string(),
            sentence: (self.start, self.end),
            extractor: self.extractor.to_string(),
            rule: String::new(),
            source_text: String::new(),
            target_text: String::new(),
            time_text: None,
        };
        Fact { claim, evidence, confidence: self.confidence }
    }
}

fn report(article: &Article) -> Report {
    let report = Report::from(article);
    Report { publisher: report.publisher.filter(|p| !p.is_empty()), ..report }
}
