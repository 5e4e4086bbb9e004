//! The facts as a table: the columns of hand-coded facts first, which `import` reads, then where each was read.

use std::io::Write;

use crate::error::Result;
use crate::model::{Fact, Field};

const HEAD: [&str; 20] = [
    "relation",
    "source",
    "target",
    "date",
    "place",
    "status",
    "citation",
    "attribution",
    "role",
    "mutual",
    "confidence",
    "article",
    "field",
    "start",
    "end",
    "quote",
    "extractor",
    "source_text",
    "target_text",
    "time_text",
];

/// What read the hand-coded facts.
const HAND: &str = "hand";

/// One row a fact, in the order given; actors by their ids. Returns how many.
pub fn write(facts: &[Fact], out: impl Write) -> Result<usize> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEAD).map_err(super::plain)?;
    for fact in facts {
        csv.write_record(row(fact)).map_err(super::plain)?;
    }
    csv.flush()?;
    Ok(facts.len())
}

fn row(fact: &Fact) -> [String; 20] {
    let (c, e) = (&fact.claim, &fact.evidence);
    let or_empty = |o: &Option<String>| o.clone().unwrap_or_default();
    [
        c.relation.id().to_owned(),
        c.source.id.clone(),
        c.target.id.clone(),
        c.date.map(|d| d.to_string()).unwrap_or_default(),
        or_empty(&c.place),
        c.status.to_string(),
        citation(fact),
        c.attribution.as_ref().map(|a| a.id.clone()).unwrap_or_default(),
        or_empty(&c.role),
        if c.mutual { "yes".into() } else { String::new() },
        fact.confidence.to_string(),
        e.article.clone(),
        if e.field == Field::Title { "title".into() } else { "text".into() },
        e.start.to_string(),
        e.end.to_string(),
        e.quote.clone(),
        e.extractor.clone(),
        e.source_text.clone(),
        e.target_text.clone(),
        or_empty(&e.time_text),
    ]
}

/// The citation of a hand-coded fact; of any other the rule that read it.
fn citation(fact: &Fact) -> String {
    match fact.evidence.extractor.as_str() {
        HAND => fact.evidence.rule.clone(),
        extractor => format!("{extractor}: {}", fact.evidence.rule),
    }
}
