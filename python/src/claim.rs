//! A fact with all that clustering has to know of it, as one line of JSON: what travels between the workers of a cluster.

use std::sync::Arc;

use diplograph::cluster::{Report, Signature, home};
use diplograph::model::{Actor, Article, Claim, Entity, EntityKind, Evidence, Fact, Field, Period, Relation};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Who {
    id: String,
    kind: EntityKind,
    name: String,
    country: Option<String>,
    wikidata: Option<String>,
}

/// The line.
#[derive(Serialize, Deserialize)]
pub struct Line {
    relation: String,
    source: Who,
    target: Who,
    /// First and last day.
    date: Option<(String, String)>,
    place: Option<String>,
    status: String,
    attribution: Option<Who>,
    role: Option<String>,
    mutual: bool,
    confidence: f64,
    article: String,
    field: Field,
    start: usize,
    end: usize,
    quote: String,
    sentence: (usize, usize),
    extractor: String,
    rule: String,
    source_text: String,
    target_text: String,
    time_text: Option<String>,
    issued: Option<String>,
    publisher: Option<String>,
    signature: Option<String>,
}

/// The two sides whose claims are put together: the key of a block, as the graph has it.
pub fn pair(fact: &Fact) -> (String, String) {
    let (a, b) = (home::or_self(&fact.claim.source), home::or_self(&fact.claim.target));
    if a <= b { (a, b) } else { (b, a) }
}

/// The line of a fact. `signature` is that of its article, which is the same for all of them.
pub fn line(fact: &Fact, article: &Article, signature: Option<&Signature>) -> Line {
    let (c, e) = (fact.claim.clone(), fact.evidence.clone());
    Line {
        relation: c.relation.id().to_owned(),
        source: who(&c.source),
        target: who(&c.target),
        date: c.date.map(|d| (d.first().to_string(), d.last().to_string())),
        place: c.place,
        status: c.status.as_str().to_owned(),
        attribution: c.attribution.as_ref().map(who),
        role: c.role,
        mutual: c.mutual,
        // As many digits as the graph keeps.
        confidence: (fact.confidence * 10_000.0).round() / 10_000.0,
        article: e.article,
        field: e.field,
        start: e.start,
        end: e.end,
        quote: e.quote,
        sentence: e.sentence,
        extractor: e.extractor,
        rule: e.rule,
        source_text: e.source_text,
        target_text: e.target_text,
        time_text: e.time_text,
        issued: article.date.map(|d| d.to_string()),
        publisher: article.source.clone(),
        signature: signature.map(Signature::to_hex),
    }
}

fn who(actor: &Actor) -> Who {
    let Entity { id, kind, name, country, wikidata } = Entity::clone(actor);
    Who { id, kind, name, country, wikidata }
}

impl From<Who> for Actor {
    fn from(Who { id, kind, name, country, wikidata }: Who) -> Self {
        Arc::new(Entity { id, kind, name, country, wikidata })
    }
}

impl Line {
    /// The article's id with what is known of it, and the fact; `None` of a line that this version did not write.
    pub fn read(self) -> Option<(String, Report, Fact)> {
        let day = |text: &String| text.parse().ok();
        let date = match &self.date {
            Some((first, last)) => Some(Period::new(day(first)?, day(last)?)?),
            None => None,
        };
        let report = Report {
            issued: self.issued.as_ref().and_then(day),
            publisher: self.publisher,
            signature: self.signature.as_deref().and_then(Signature::from_hex),
        };
        let claim = Claim {
            relation: Relation::named(&self.relation)?,
            source: self.source.into(),
            target: self.target.into(),
            date,
            place: self.place,
            status: self.status.parse().ok()?,
            attribution: self.attribution.map(Actor::from),
            role: self.role,
            mutual: self.mutual,
        };
        let evidence = Evidence {
            article: self.article.clone(),
            field: self.field,
            start: self.start,
            end: self.end,
            quote: self.quote,
            sentence: self.sentence,
            extractor: self.extractor,
            rule: self.rule,
            source_text: self.source_text,
            target_text: self.target_text,
            time_text: self.time_text,
        };
        Some((self.article, report, Fact { claim, evidence, confidence: self.confidence }))
    }
}
