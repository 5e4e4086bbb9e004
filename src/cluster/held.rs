//! What had happened by a day and what held on it: certainly, possibly or not.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Derived, Event, Tie};

/// How sure it is that something had happened by a day, or held on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Certain,
    Possible,
}

impl Held {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Possible => "possible",
        }
    }
}

fn sure(certain: bool) -> Held {
    if certain { Held::Certain } else { Held::Possible }
}

impl Event {
    /// Whether it had happened by the day; `None` if it cannot have. What no text dates had happened when it was
    /// reported.
    pub fn by(&self, day: Date) -> Option<Held> {
        match (self.bounds, self.reported) {
            (Some(bounds), _) => (bounds.first() <= day).then(|| sure(bounds.last() <= day)),
            (None, reported) => Some(sure(reported.is_some_and(|(first, _)| first <= day))),
        }
    }
}

impl Tie {
    /// Whether it held on the day; `None` if it cannot have. What states have with each other holds until it is ended;
    /// an office, a war or sanctions are certain only
    /// between two days on which somebody tells of them.
    pub fn on(&self, day: Date) -> Option<Held> {
        if self.begin.0.is_some_and(|first| day < first) || self.end.1.is_some_and(|last| last < day) {
            return None;
        }
        let begun = self.begin.1.is_some_and(|last| last <= day);
        let lasting = match (self.end, self.open()) {
            ((Some(first), _), _) if day <= first => true,
            (_, true) => !matches!(self.class, "Tenure" | "Affiliation" | "War" | "SanctionsRegime"),
            _ => false,
        };
        Some(sure(begun && lasting))
    }
}

impl Derived {
    /// Leaves what may have happened by the day, or may have held on it.
    pub fn look_back_from(&mut self, day: Date) {
        self.events.retain(|e| e.by(day).is_some());
        self.ties.retain(|t| t.on(day).is_some());
        let events: BTreeSet<String> = self.events.iter().map(|e| e.id.clone()).collect();
        for tie in &mut self.ties {
            tie.started_by.retain(|e| events.contains(e));
            tie.ended_by.retain(|e| events.contains(e));
        }
        for event in &mut self.events {
            event.fulfils.retain(|e| events.contains(e));
        }
    }
}
