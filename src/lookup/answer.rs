use serde::Serialize;

/// An actor, as answers name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Who {
    pub id: String,
    pub name: String,
    /// `state`, `person`, ... as [`crate::model::EntityKind`] spells it.
    pub kind: String,
}

/// One event, with everything that was said of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Happening {
    /// What `why` takes.
    pub event: String,
    /// ISO 8601: a day, month, year or interval; `None` if no text dates it.
    pub date: Option<String>,
    /// The first and last possible day.
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub relation: String,
    pub sources: Vec<Who>,
    pub targets: Vec<Who>,
    /// Whether both sides do the same.
    pub symmetric: bool,
    pub place: Option<String>,
    /// `reported`, `corroborated`, `claimed`, `intended`, `denied`, `disputed` or `hypothetical`.
    pub status: String,
    pub quad_class: Option<u8>,
    /// Goldstein's score of the action, -10 to 10.
    pub goldstein: Option<f64>,
    /// 0 to 1.
    pub confidence: f64,
    /// Independent publishers.
    pub publishers: u32,
    /// In a view as of a day, whether it had happened by then: `certain` or `possible`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
    pub said: Vec<Said>,
}

impl Happening {
    /// `meet: Bashar al-Assad – Ali Khamenei, Tehran`
    pub fn headline(&self) -> String {
        let names = |whos: &[Who]| whos.iter().map(|w| w.name.as_str()).collect::<Vec<_>>().join(", ");
        let arrow = if self.symmetric { "–" } else { "→" };
        let place = self.place.as_ref().map(|p| format!(", {p}")).unwrap_or_default();
        let relation = self.relation.replace('_', " ");
        format!("{relation}: {} {arrow} {}{place}", names(&self.sources), names(&self.targets))
    }
}

/// What one sentence says of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// What `why` takes.
    pub fact: String,
    /// The verified words of the article.
    pub quote: Option<String>,
    /// `asserts`, `denies` (somebody does) or `negates` (the writer does).
    pub stance: String,
    /// `actual`, `planned`, `intended`, `possible` or `hypothetical`.
    pub factuality: String,
    /// Who says so, where the writer does not vouch for it.
    pub speaker: Option<Who>,
    pub confidence: f64,
    pub article: Source,
}

/// The article that something was read in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    pub id: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    pub url: Option<String>,
}

/// Who somebody is, whom he deals with, and what happened last.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    #[serde(flatten)]
    pub who: Who,
    pub iri: String,
    pub wikidata: Option<String>,
    pub iso3: Option<String>,
    pub home: Option<Who>,
    /// Offices held by the person, or of the state; memberships and affiliations.
    pub standing: Vec<Standing>,
    /// Events by state or organisation of the other side, most first.
    pub partners: Vec<Partner>,
    /// All events that it takes part in.
    pub events: usize,
    /// The latest of them.
    pub recent: Vec<Happening>,
}

/// A durable relation: an office, a membership, diplomatic relations.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Standing {
    /// `tenure`, `membership`, `affiliation`, `diplomatic relation`, `alliance`.
    pub what: String,
    pub parties: Vec<Who>,
    pub office: Option<String>,
    /// The earliest and the latest day on which it may have begun, where known.
    pub begin: (Option<String>, Option<String>),
    /// The same of its end; without a latest day nothing tells that it has ended.
    pub end: (Option<String>, Option<String>),
    /// In a view as of a day, whether it held then: `certain` or `possible`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
}

/// What passed between an actor and another state or organisation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Partner {
    #[serde(flatten)]
    pub who: Who,
    pub events: u32,
    pub cooperation: u32,
    pub conflict: u32,
    /// The mean of Goldstein's scores, -10 to 10.
    pub goldstein_mean: Option<f64>,
    pub last: Option<String>,
}

/// The events between two.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    pub a: Who,
    pub b: Who,
    /// In order of time; those without a date last.
    pub events: Vec<Happening>,
}

/// The shortest chain of evidenced edges from one actor to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chain {
    pub from: Who,
    pub to: Who,
    pub steps: Vec<Step>,
}

/// One edge of a chain, with its best attested event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    pub from: Who,
    pub to: Who,
    /// All events of the two that the graph vouches for.
    pub events: u32,
    pub evidence: Happening,
}

/// Why a fact stands in the graph.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    #[serde(flatten)]
    pub said: Said,
    pub relation: String,
    pub sources: Vec<Who>,
    pub targets: Vec<Who>,
    /// The words that stand for each side and for the time.
    pub source_text: Option<String>,
    pub target_text: Option<String>,
    pub time_text: Option<String>,
    pub extractor: Option<String>,
    pub rule: Option<String>,
    /// `title` or `text`.
    pub field: String,
    /// Code points of the field: `text[start..end]` is the quote.
    pub start: Option<usize>,
    pub end: Option<usize>,
    /// The sentence around the quote, and what stands before and after it.
    pub sentence: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    /// The event that it counts for.
    pub event: Option<String>,
    pub status: Option<String>,
}

/// Names and quotes that hold a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    pub actors: Vec<Who>,
    pub facts: Vec<Hit>,
    /// Whether there are quotes that were not looked at.
    #[serde(skip)]
    pub cut: bool,
}

/// A fact whose quote holds the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hit {
    pub article: Source,
    pub quote: String,
    pub fact: String,
}

/// How much the graph holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    pub quads: usize,
    pub articles: usize,
    pub publishers: usize,
    pub facts: usize,
    pub events: usize,
    /// The first and last possible day of its events.
    pub earliest: Option<String>,
    pub latest: Option<String>,
    /// By name, then number; most first.
    pub actors: Vec<(String, usize)>,
    pub statuses: Vec<(String, usize)>,
    pub relations: Vec<(String, usize)>,
    pub most_active: Vec<(Who, usize)>,
}

/// Who a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// `others` bear the name too, but take part in fewer events.
    Found { who: Who, others: Vec<Who> },
    /// The graph has nobody of that name; `near` are names that it has.
    Unknown { near: Vec<String> },
}
