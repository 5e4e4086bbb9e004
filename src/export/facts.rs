//! The facts as the table that `import` reads: the columns of hand-coded facts, then where each was read.

use std::collections::BTreeMap;
use std::io::Write;

use crate::error::{Error, Result};
use crate::model::{Actor, Article, Evidence, Fact};
use crate::source::coded::{self, CodedRow, Party, Trace};
use crate::store::{Passages, Store};

/// One row a fact, in order of articles and places in them. Returns how many.
///
/// # Errors
/// The graph keeps no text: a row without its quote could not be read back.
pub fn write(store: &Store, out: impl Write) -> Result<usize> {
    if store.is_textless() {
        let hint = "diplograph export events.csv, or graph.trig for everything";
        return Err(Error::new("the graph keeps no text, and a row of facts is nothing without its quote").hint(hint));
    }
    let articles: BTreeMap<String, Article> = store.articles()?.into_iter().map(|a| (a.id.clone(), a)).collect();
    let facts = store.facts(None)?;
    let mut rows = Vec::with_capacity(facts.len());
    for of_one in facts.chunk_by(|a, b| a.evidence.article == b.evidence.article) {
        let Some(article) = of_one.first().and_then(|f| articles.get(&f.evidence.article)) else { continue };
        let passages = store.passages(&article.id)?;
        rows.extend(of_one.iter().map(|fact| row(fact, article, &passages)));
    }
    coded::write(&rows, out)?;
    Ok(rows.len())
}

fn row(fact: &Fact, article: &Article, passages: &Passages) -> CodedRow {
    let c = &fact.claim;
    let trace = trace(fact, article, passages);
    let some = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
    let printed = || article.url.clone().or_else(|| article.source.clone());
    CodedRow {
        line: 0,
        relation: c.relation,
        source: party(&c.source),
        target: party(&c.target),
        date: c.date,
        place: c.place.clone(),
        status: c.status,
        citation: if trace.extractor == Evidence::HAND { some(&trace.rule) } else { printed() },
        attribution: c.attribution.as_ref().map(party),
        role: c.role.clone(),
        mutual: c.mutual,
        confidence: fact.confidence,
        trace: Some(Box::new(trace)),
    }
}

fn party(actor: &Actor) -> Party {
    Party {
        name: actor.name.clone(),
        country: actor.country.clone(),
        id: Some(actor.id.clone()),
        kind: Some(actor.kind),
    }
}

fn trace(fact: &Fact, article: &Article, passages: &Passages) -> Trace {
    let e = &fact.evidence;
    let sentence = passages.get(&(e.field, e.sentence.0, e.sentence.1)).cloned();
    Trace {
        article: article.id.clone(),
        title: article.title.clone(),
        published: article.date,
        publisher: article.source.clone(),
        url: article.url.clone(),
        field: e.field,
        start: e.start,
        quote: e.quote.clone(),
        sentence_start: e.sentence.0,
        sentence: sentence.unwrap_or_default(),
        extractor: e.extractor.clone(),
        rule: e.rule.clone(),
        source_text: e.source_text.clone(),
        target_text: e.target_text.clone(),
        time_text: e.time_text.clone(),
    }
}
