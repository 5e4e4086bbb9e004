//! A fact as one line of JSON: the form that `extract` prints and that scorers and other programs read.

use serde::Serialize;

use super::{Actor, Fact, Field};

/// The fields of the line, in the order in which they are printed.
#[derive(Serialize)]
pub struct FactLine<'a> {
    pub id: String,
    pub article: &'a str,
    pub relation: &'a str,
    pub source: ActorLine<'a>,
    pub target: ActorLine<'a>,
    /// ISO 8601: a day, a month, a year or an interval.
    pub date: Option<String>,
    pub place: Option<&'a str>,
    pub status: &'a str,
    /// The name of the one who says so.
    pub attribution: Option<&'a str>,
    pub role: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mutual: bool,
    pub confidence: f64,
    pub plover: &'a str,
    pub cameo: &'a str,
    pub rule: &'a str,
    pub evidence: EvidenceLine<'a>,
}

#[derive(Serialize)]
pub struct ActorLine<'a> {
    pub name: &'a str,
    pub country: Option<&'a str>,
    pub id: &'a str,
    pub kind: &'a str,
    /// The words of the mention.
    pub text: &'a str,
}

#[derive(Serialize)]
pub struct EvidenceLine<'a> {
    /// `title` if the offsets count in the title; else the text.
    pub field: Field,
    /// Code points of the field.
    pub start: usize,
    pub end: usize,
    pub text: &'a str,
}

impl<'a> FactLine<'a> {
    pub fn new(fact: &'a Fact) -> Self {
        let (c, e) = (&fact.claim, &fact.evidence);
        Self {
            id: fact.id(),
            article: &e.article,
            relation: c.relation.id(),
            source: ActorLine::new(&c.source, &e.source_text),
            target: ActorLine::new(&c.target, &e.target_text),
            date: c.date.map(|d| d.to_string()),
            place: c.place.as_deref(),
            status: c.status.as_str(),
            attribution: c.attribution.as_ref().map(|a| a.name.as_str()),
            role: c.role.as_deref(),
            mutual: c.mutual,
            confidence: (fact.confidence * 1000.0).round() / 1000.0,
            plover: c.relation.plover(),
            cameo: c.relation.cameo(),
            rule: &e.rule,
            evidence: EvidenceLine { field: e.field, start: e.start, end: e.end, text: &e.quote },
        }
    }
}

impl<'a> ActorLine<'a> {
    fn new(actor: &'a Actor, text: &'a str) -> Self {
        Self { name: &actor.name, country: actor.country.as_deref(), id: &actor.id, kind: actor.kind.as_str(), text }
    }
}
