//! Expressions of time that point back to one named before: "the same day", "a year later", "later that month", "at the time".
//!
//! TimeML's anchored expressions (Pustejovsky et al. 2003): counted from the time of what was told, not from the report's day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::line::Line;
use crate::model::{Period, Precision, Time};

/// Sentences after which nothing points back to a time any more.
const FAR: usize = 3;

/// A time and the token after its words.
pub type Found = Option<(Period, usize)>;

/// What the words from a token on mean, after the times named before.
pub struct Back<'a> {
    pub line: &'a Line<'a>,
    /// The times named so far, in the order of the text.
    pub named: &'a [Time],
    /// What is told lies no later than this: a plan named on the way is nothing to point back to.
    pub until: Option<Date>,
}

impl Back<'_> {
    /// What the words that begin at the token mean, if they point back.
    pub fn read(&self, at: usize) -> Found {
        let counted = || self.counted(at).or_else(|| self.after(at));
        self.same(at).or_else(|| self.beside(at)).or_else(counted).or_else(|| self.then(at))
    }

    fn low(&self, t: usize) -> &str {
        self.line.low(t)
    }

    /// The last time named before that is fine enough.
    fn base(&self, fine: impl Fn(&Period) -> bool) -> Option<Period> {
        let near = self.named.iter().rev().take_while(|t| t.sentence + FAR >= self.line.index);
        let over = |p: &Period| self.until.is_none_or(|day| p.first() <= day);
        near.map(|t| t.period).filter(over).find(fine)
    }

    fn day(&self) -> Option<Date> {
        self.base(|p| p.first() == p.last()).map(|p| p.first())
    }

    /// "The same day", "that month", "the same year".
    fn same(&self, at: usize) -> Found {
        let unit = match (self.low(at), self.low(at + 1)) {
            ("the" | "that" | "this", "same") => at + 2,
            ("that", _) => at + 1,
            _ => return None,
        };
        let period = match self.low(unit) {
            "day" | "date" | "morning" | "afternoon" | "evening" | "night" => Period::day(self.day()?),
            "month" => month(self.base(|p| p.precision() <= Precision::Month)?.first())?,
            "year" => Period::year(self.base(|p| p.first().year() == p.last().year())?.first().year())?,
            _ => return None,
        };
        Some((period, unit + 1))
    }

    /// "The next day", "the following week", "the day before", "the year after".
    fn beside(&self, at: usize) -> Found {
        if self.low(at) != "the" {
            return None;
        }
        let (n, unit) = match (self.low(at + 1), self.low(at + 2)) {
            ("next" | "following", _) => (1, at + 2),
            ("previous" | "preceding", _) => (-1, at + 2),
            // "the day before the talks" is told from those
            (_, "after") if self.ends(at + 3) => (1, at + 1),
            (_, "before") if self.ends(at + 3) => (-1, at + 1),
            _ => return None,
        };
        Some((self.step(n, unit)?, (at + 3).max(unit + 1)))
    }

    fn ends(&self, at: usize) -> bool {
        at >= self.line.len() || matches!(self.low(at), "," | "." | ";" | "and" | "that")
    }

    /// "Two days later", "a year earlier".
    fn counted(&self, at: usize) -> Found {
        let way = match self.low(at + 2) {
            "later" => 1,
            "earlier" => -1,
            _ => return None,
        };
        Some((self.step(way * number(self.low(at))?, at + 1)?, at + 3))
    }

    /// "On May 8, one year after they had left": when they left. Only where the time that is counted from stands right before.
    fn after(&self, at: usize) -> Found {
        let way = match self.low(at + 2) {
            "after" => -1,
            "before" => 1,
            _ => return None,
        };
        let before = self.named.last().filter(|t| t.sentence == self.line.index)?;
        let between = before.tokens.end..at;
        let about =
            |w: &str| matches!(w, "," | "exactly" | "nearly" | "almost" | "just" | "about" | "some" | "over" | "only");
        if between.is_empty() || !between.clone().all(|t| about(self.low(t))) {
            return None;
        }
        let n = way * number(self.low(at))?;
        // nothing hedges it: the very day
        let exact = between.clone().all(|t| matches!(self.low(t), "," | "exactly" | "just"));
        let day = before.period.first() == before.period.last() && matches!(self.low(at + 1), "year" | "years");
        if exact && day {
            return Some((Period::day(before.period.first().checked_add(n.years()).ok()?), at + 3));
        }
        Some((self.step(n, at + 1)?, at + 3))
    }

    /// "At the time".
    fn then(&self, at: usize) -> Found {
        let words = [self.low(at), self.low(at + 1), self.low(at + 2)];
        let alone = matches!(words, ["at", "the" | "that", "time"]) && self.ends(at + 3);
        Some((self.base(|_| alone)?, at + 3))
    }

    /// So many of the units that stand at the token from the last time on; no finer than that time itself.
    pub fn step(&self, n: i64, unit: usize) -> Option<Period> {
        match self.low(unit) {
            "day" | "days" | "morning" => Some(Period::day(self.day()?.checked_add(n.days()).ok()?)),
            "week" | "weeks" => {
                let day = self.day()?.checked_add((7 * n).days()).ok()?;
                Period::new(day.checked_sub(3.days()).ok()?, day.checked_add(3.days()).ok()?)
            }
            "month" | "months" => {
                month(self.base(|p| p.precision() <= Precision::Month)?.first().checked_add(n.months()).ok()?)
            }
            "year" | "years" => {
                let year = self.base(|p| p.first().year() == p.last().year())?.first().year();
                Period::year(year + i16::try_from(n).ok()?)
            }
            _ => None,
        }
    }
}

fn month(day: Date) -> Option<Period> {
    Period::month(day.year(), day.month())
}

/// A small number as a word or in digits; an article is one.
pub fn number(word: &str) -> Option<i64> {
    const SMALL: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let small = SMALL.iter().position(|s| *s == word).map(|i| i as i64 + 1);
    let number = small.or_else(|| word.parse().ok()).or_else(|| matches!(word, "a" | "an").then_some(1));
    number.filter(|n| (1..500).contains(n))
}
