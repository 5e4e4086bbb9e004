//! A claim as clustering sees it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::curation::Curation;
use super::home;
use super::signature::Signature;
use crate::model::{Actor, Article, EntityKind, Fact, Period, Status};

/// What clustering has to know of the article that a claim was read in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub issued: Option<Date>,
    pub publisher: Option<String>,
    /// Of its text.
    pub signature: Option<Signature>,
}

impl From<&Article> for Report {
    fn from(article: &Article) -> Self {
        Self { issued: article.date, publisher: article.source.clone(), signature: Signature::of(&article.text) }
    }
}

/// Claims of one class may be one event; of two classes, never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// That it happened: asserted, alleged by somebody, or denied.
    Factual,
    /// That it is to happen.
    Planned,
    /// That it may happen.
    Possible,
}

/// One claim with what decides where it belongs.
pub struct Item<'a> {
    pub id: String,
    pub fact: &'a Fact,
    /// The two actors; of a symmetric action in order of their ids.
    pub actors: (&'a Actor, &'a Actor),
    pub class: Class,
    pub issued: Option<Date>,
    /// The publisher, or the article where it names none.
    pub publisher: &'a str,
    /// Of the article's text.
    pub signature: Option<&'a Signature>,
    pub place: Option<String>,
    /// The fact's own, or 1 if a person is certain of it.
    pub confidence: f64,
}

impl<'a> Item<'a> {
    pub fn new(fact: &'a Fact, reports: &'a BTreeMap<String, Report>, curation: &'a Curation) -> Self {
        let c = &fact.claim;
        let report = reports.get(&fact.evidence.article);
        let actors = (curation.actor(&c.source), curation.actor(&c.target));
        let swap = (c.relation.symmetric() || c.mutual) && actors.0.id > actors.1.id;
        let id = fact.id();
        Self {
            confidence: if curation.accepted.contains(&id) { 1.0 } else { fact.confidence },
            id,
            fact,
            actors: if swap { (actors.1, actors.0) } else { actors },
            class: class(fact),
            issued: report.and_then(|r| r.issued),
            publisher: report.and_then(|r| r.publisher.as_deref()).unwrap_or(&fact.evidence.article),
            signature: report.and_then(|r| r.signature.as_ref()),
            place: c.place.as_ref().map(|p| p.trim().to_lowercase()).filter(|p| !p.is_empty()),
        }
    }

    pub fn date(&self) -> Option<Period> {
        self.fact.claim.date
    }

    pub fn document(&self) -> &'a str {
        &self.fact.evidence.article
    }

    pub fn denied(&self) -> bool {
        self.fact.claim.status == Status::Denied
    }

    /// Whoever vouches for what is said: the speaker, or else the publisher.
    pub fn voice(&self) -> &'a str {
        self.fact.claim.attribution.as_ref().map_or(self.publisher, |a| &a.id)
    }

    /// Whether the publisher vouches for it, or the speaker tells of his own act.
    pub fn vouched(&self) -> bool {
        let c = &self.fact.claim;
        let both = c.relation.symmetric() || c.mutual;
        let own = |speaker: &Actor| own_act(speaker, &c.source) || (both && own_act(speaker, &c.target));
        c.status == Status::Asserted && c.attribution.as_ref().is_none_or(own)
    }
}

/// A speaker's own act, or that of the state or organ that he speaks for.
fn own_act(speaker: &Actor, source: &Actor) -> bool {
    let official = matches!(source.kind, EntityKind::State | EntityKind::Organ | EntityKind::Igo);
    speaker == source || (official && home::of(speaker).is_some() && home::of(speaker) == home::of(source))
}

fn class(fact: &Fact) -> Class {
    match fact.claim.status {
        Status::Asserted | Status::Denied => Class::Factual,
        Status::Planned => Class::Planned,
        Status::Possible if fact.claim.attribution.is_some() => Class::Factual,
        Status::Possible => Class::Possible,
    }
}
