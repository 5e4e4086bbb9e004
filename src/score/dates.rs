//! How dates are compared: by their first and last day.

use jiff::civil::Date;

use crate::model::{Period, Precision};

/// The date of a fact as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Unsaid,
    Unreadable,
    Said(Period),
}

impl When {
    /// Of an ISO date, month, year or interval; a time of day is cut off.
    pub fn new(date: Option<&str>) -> Self {
        let Some(date) = date.filter(|d| !d.is_empty()) else { return Self::Unsaid };
        let days: Vec<_> = date.splitn(2, '/').map(day).filter(|d| !d.is_empty()).collect();
        days.join("/").parse().map_or(Self::Unreadable, Self::Said)
    }

    /// Whether `system` is right where gold says `self`. Where the text names no day, the day of the report or the day
    /// before it will do as well as none.
    pub fn is(self, system: Self, report: Option<Date>) -> bool {
        match (self, system) {
            (Self::Unsaid, Self::Unsaid) => true,
            (Self::Unsaid, Self::Said(period)) if period.precision() == Precision::Day => {
                report.is_some_and(|r| r == period.first() || r.yesterday().ok() == Some(period.first()))
            }
            (Self::Unsaid, _) => false,
            _ => self == system,
        }
    }
}

fn day(text: &str) -> &str {
    let text = text.trim();
    text.get(..10).unwrap_or(text)
}

/// The day on which an article appeared.
pub(super) fn report_day(date: Option<&str>) -> Option<Date> {
    date.map(day)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_gold_leaves_open_may_be_the_reports() {
        let check = |gold: Option<&str>, system: Option<&str>, expected: bool| {
            let report = report_day(Some("2022-03-01T08:00"));
            assert_eq!(When::new(gold).is(When::new(system), report), expected, "{gold:?} {system:?}");
        };
        check(None, None, true);
        check(None, Some("2022-02-28"), true);
        check(None, Some("2022-02-27"), false);
        check(None, Some("2022-03"), false);
        check(None, Some("soon"), false);
        check(Some("2022-02"), Some("2022-02-01/2022-02-28"), true);
        check(Some("2022"), None, false);
        check(Some("2022-02-28"), Some("2022-02-28T10:00"), true);
    }
}
