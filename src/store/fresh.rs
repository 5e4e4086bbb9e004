//! The facts of pairs that are new in this session, kept in memory, so that what follows from them is derived without reading
//! them back.
//!
//! A pair is kept only as long as memory has all its claims: one of which the store held claims before, or whose documents are
//! changed by any other way than [`Store::insert_bulk`](super::Store), is read from the store.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use oxigraph::model::NamedNode;

use crate::cluster::Report;
use crate::model::{Article, Evidence, Fact};
use crate::rdf::encode;

/// Facts that are kept at most, about half a gigabyte; pairs that come later are read from the store.
const MOST: usize = 1_200_000;

/// Facts by pair of sides; `None` for a pair that memory has not whole.
#[derive(Default)]
pub struct Fresh {
    pairs: HashMap<NamedNode, Option<Vec<(String, Fact)>>>,
    reports: BTreeMap<String, Arc<Report>>,
    facts: usize,
}

impl Fresh {
    /// Remembers the facts of new documents. `is_new` tells whether the store holds no claim of a pair.
    pub fn add<E>(
        &mut self,
        documents: &[(&Article, &[Fact])],
        mut is_new: impl FnMut(&NamedNode) -> Result<bool, E>,
    ) -> Result<(), E> {
        for (article, facts) in documents {
            let mut seen = std::collections::HashSet::new();
            for fact in *facts {
                let id = fact.id();
                if !seen.insert(id.clone()) {
                    continue;
                }
                let pair = encode::pair(fact);
                if !self.pairs.contains_key(&pair) {
                    let kept = (self.facts < MOST && is_new(&pair)?).then(Vec::new);
                    self.pairs.insert(pair.clone(), kept);
                }
                if let Some(Some(kept)) = self.pairs.get_mut(&pair) {
                    kept.push((id, essence(fact)));
                    self.facts += 1;
                }
            }
            self.reports.insert(article.id.clone(), Arc::new(report(article)));
        }
        Ok(())
    }

    /// All facts of a pair, in order of their ids; `None` if they must be read.
    pub fn facts(&self, pair: &NamedNode) -> Option<Vec<&Fact>> {
        let mut facts: Vec<_> = self.pairs.get(pair)?.as_ref()?.iter().collect();
        facts.sort_by(|a, b| a.0.cmp(&b.0));
        Some(facts.into_iter().map(|(_, fact)| fact).collect())
    }

    /// What clustering has to know of the article of a kept fact.
    pub fn report(&self, article: &str) -> Report {
        self.reports.get(article).map(|r| Report::clone(r)).unwrap_or_default()
    }
}

/// The fact as the store would give it back, without words that decide nothing.
fn essence(fact: &Fact) -> Fact {
    let e = &fact.evidence;
    let evidence = Evidence {
        article: e.article.clone(),
        quote: e.quote.clone(),
        extractor: e.extractor.clone(),
        rule: String::new(),
        source_text: String::new(),
        target_text: String::new(),
        time_text: None,
        ..*e
    };
    let mut claim = fact.claim.clone();
    claim.place = claim.place.filter(|p| !p.is_empty());
    claim.role = claim.role.filter(|r| !r.is_empty());
    Fact { claim, evidence, confidence: encode::rounded(fact.confidence) }
}

fn report(article: &Article) -> Report {
    let report = Report::from(article);
    Report { publisher: report.publisher.filter(|p| !p.is_empty()), ..report }
}
