use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use smallvec::SmallVec;
use smol_str::SmolStr;

use crate::model::{Coverage, Period, Relation};

/// What a projection reads: the actors, and the events between them.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// By id.
    pub actors: BTreeMap<String, Actor>,
    pub events: Vec<Event>,
    /// What comes before an event's id in its IRI.
    pub event_base: String,
    /// What data sets have looked at.
    pub coverage: Vec<Coverage>,
}

/// An actor as the graph describes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Actor {
    pub iri: String,
    pub label: String,
    /// As [`crate::model::EntityKind`] spells it.
    pub kind: String,
    /// The id of the state or organisation that it belongs to; `None` for one that belongs to nobody.
    pub home: Option<String>,
    pub wikidata: Option<String>,
    pub iso3: Option<String>,
    pub region: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// The state's number in the Correlates of War.
    pub cow: Option<u16>,
    /// The state's number after Gleditsch and Ward (1999).
    pub gw: Option<u16>,
}

/// The ids of those on one side of an event: hardly ever more than one.
pub type Sides = SmallVec<[SmolStr; 1]>;

/// One happening between actors, who are given by their ids.
#[derive(Debug, Clone)]
pub struct Event {
    /// The slug of its IRI.
    pub id: SmolStr,
    pub relation: Relation,
    pub sources: Sides,
    pub targets: Sides,
    /// Whether both sides do the same, so that it counts in both directions.
    pub symmetric: bool,
    pub period: Option<Period>,
    /// The graph's word: `Reported`, `Corroborated`, `Disputed`, ...
    pub status: Cow<'static, str>,
    /// Independent publishers.
    pub source_count: u32,
    pub confidence: f64,
}

impl Record {
    /// Leaves the events that may have happened by the day; those without a date stay.
    pub fn look_back_from(&mut self, day: Date) {
        self.events.retain(|e| e.period.is_none_or(|p| p.first() <= day));
    }

    /// The event's IRI; only its id where the record has no [`Record::event_base`].
    pub fn event_iri(&self, event: &Event) -> String {
        format!("{}{}", self.event_base, event.id)
    }

    /// The id of the state or organisation that stands for the actor on the level of states: its home, or itself.
    pub fn home<'a>(&'a self, id: &'a str) -> &'a str {
        self.actors.get(id).and_then(|a| a.home.as_deref()).unwrap_or(id)
    }
}
