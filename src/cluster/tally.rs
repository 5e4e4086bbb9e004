//! What events add up to, so that a question about all pairs of sides need not read every event.

use super::{Action, Event};
use crate::model::Relation;

/// Events that hold and have a Goldstein score, added up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tally<'e> {
    pub events: usize,
    /// Of the scores: a mean of means would be wrong.
    pub sum: f64,
    pub lowest: f64,
    /// The first of them by id.
    pub such_as: &'e str,
}

/// What an event counts with: `None` unless it can be relied on and its action has a score.
pub fn score(event: &Event) -> Option<f64> {
    Action::of(event.action).filter(|_| event.standing.holds())?.relation.goldstein()
}

/// Whether an event of that kind makes one of its two sides the other's mediator.
pub fn mediates(action: Relation) -> bool {
    action.id() == "mediate"
}

/// The year under which an event counts: that of its first day.
pub fn year(event: &Event) -> Option<i16> {
    score(event)?;
    event.bounds.map(|b| b.first().year())
}

impl<'e> Tally<'e> {
    /// Of those among the events that count; `None` if none does.
    pub fn of(events: impl IntoIterator<Item = &'e Event>) -> Option<Self> {
        let one = |e: &'e Event| score(e).map(|s| Self { events: 1, sum: s, lowest: s, such_as: &e.id });
        events.into_iter().filter_map(one).reduce(Self::and)
    }

    fn and(self, other: Self) -> Self {
        Self {
            events: self.events + other.events,
            sum: self.sum + other.sum,
            lowest: self.lowest.min(other.lowest),
            such_as: self.such_as.min(other.such_as),
        }
    }
}
