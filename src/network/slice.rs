//! Time cut into equal steps. One rule for all that is counted by year or month: an event stands in the slice that
//! holds its period wholly; one that is undated, or too vague for one slice, stands in none.

use jiff::ToSpan;

use super::Record;
use crate::model::Period;

/// How long a slice of time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    #[default]
    Year,
    Month,
}

impl Step {
    /// The slice that wholly holds the period; `None` if it reaches over several.
    pub fn slice(self, period: Period) -> Option<Period> {
        let first = period.first();
        let slice = match self {
            Self::Year => Period::year(first.year()),
            Self::Month => Period::month(first.year(), first.month()),
        };
        slice.filter(|s| s.contains(period.last()))
    }

    /// The slice after that one; `None` at the end of the calendar.
    pub fn next(self, slice: Period) -> Option<Period> {
        self.slice(Period::day(slice.last().checked_add(1.day()).ok()?))
    }

    /// All slices from the first to the last, gaps filled.
    pub fn range(self, slices: impl IntoIterator<Item = Period>) -> Vec<Period> {
        let slices: Vec<Period> = slices.into_iter().collect();
        let (Some(first), Some(last)) = (slices.iter().min(), slices.iter().max()) else { return Vec::new() };
        std::iter::successors(Some(*first), |s| self.next(*s)).take_while(|s| s <= last).collect()
    }
}

impl Record {
    /// The slices from the first to the last event that stands in one.
    pub fn slices(&self, step: Step) -> Vec<Period> {
        step.range(self.events.iter().filter_map(|e| step.slice(e.period?)))
    }
}
