//! Expressions of time against the day of the report: "on Sunday", "last month", "in March 2020", "two days earlier".
//!
//! After the ideas of TimeML and HeidelTime (Strötgen and Gertz 2010): a value for what the words fix, none for the rest.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::back::{self, Back, Found};
use super::line::Line;
use crate::model::{Deprel, Period, Time, Upos};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Whether the word (folded) is the name of a month or of a day of the week.
pub fn calendar_word(low: &str) -> bool {
    month(low).is_some() || weekday(low).is_some()
}

fn month(low: &str) -> Option<i8> {
    let low = low.trim_end_matches('.');
    let at = MONTHS.iter().position(|m| {
        *m == low || (low.len() >= 3 && low.len() <= 4 && m.starts_with(low) && low != "mar" && low != "augu")
    })?;
    Some(at as i8 + 1)
}

fn weekday(low: &str) -> Option<Weekday> {
    DAYS.iter().find(|(name, _)| *name == low).map(|(_, d)| *d)
}

/// The same day of another year.
fn in_year(day: Date, year: i16) -> Option<Date> {
    Date::new(year, day.month(), day.day()).ok()
}

/// Adds all expressions of time in a sentence whose value is known to those of the sentences before. `anchor` is the day of the report.
pub fn times(line: &Line<'_>, anchor: Option<Date>, named: &mut Vec<Time>) {
    let ahead =
        |w: &String| matches!(w.as_str(), "will" | "'ll" | "shall" | "upcoming" | "scheduled" | "planned" | "expected");
    let old = |day: Date, t: &Time| (4..7).contains(&(day - t.period.last()).get_days());
    let stale = anchor.is_some_and(|day| named.iter().rev().take(RECENT).any(|t| old(day, t)));
    let reader = Reader { line, anchor, future: line.low.iter().any(ahead), stale };
    let until = anchor.filter(|_| !reader.future);
    let mut at = 0;
    while at < line.len() {
        match (Back { line, named, until }).read(at).or_else(|| reader.read(at)) {
            Some((period, end)) => {
                named.push(Time { sentence: line.index, tokens: at..end, period });
                at = end;
            }
            None => at += 1,
        }
    }
}

struct Reader<'a, 'l> {
    line: &'l Line<'a>,
    anchor: Option<Date>,
    /// The sentence speaks of what is to come.
    future: bool,
    /// The report has told of some days ago before.
    stale: bool,
}

/// Words after which "upcoming" says nothing of a time.
const NEAR: usize = 9;

/// Times named before by which a report is seen to tell of days long past.
const RECENT: usize = 16;

/// Days ahead within which the present tense speaks of what is to come.
const SOON: i32 = 120;

/// So long a journey or conference is told by its first and last day.
const LONGEST_RANGE: i32 = 62;

impl Reader<'_, '_> {
    fn read(&self, at: usize) -> Found {
        self.range(at)
            .or_else(|| self.days(at))
            .or_else(|| self.calendar(at))
            .or_else(|| self.week_day(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.part_of_year(at))
            .or_else(|| self.year_alone(at))
    }

    fn low(&self, t: usize) -> &str {
        self.line.low(t)
    }

    fn year(&self, t: usize) -> Option<i16> {
        let w = self.low(t);
        (w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))
            .then(|| w.parse().ok())
            .flatten()
            .filter(|y| (1800..2100).contains(y))
    }

    fn day_number(&self, t: usize) -> Option<i8> {
        let w = self.low(t);
        let digits = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &w[digits.len()..];
        (matches!(suffix, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2)
            .then(|| digits.parse().ok())
            .flatten()
            .filter(|d| (1..=31).contains(d))
    }

    /// "from 1980 to 1988", "between 2011 and 2014", "2019-2020".
    fn range(&self, at: usize) -> Found {
        let start = at + usize::from(matches!(self.low(at), "from" | "between"));
        let first = self.year(start)?;
        if !matches!(self.line.low(start + 1), "to" | "and" | "-" | "–" | "until" | "/")
            || (self.low(start + 1) == "and" && start == at)
        {
            return None;
        }
        let last = self.year(start + 2)?;
        let period = Period::new(Period::year(first)?.first(), Period::year(last)?.last())?;
        Some((period, start + 3))
    }

    /// "June 1-2, 2021", "from April 19 to 22", "May 30 to June 2", "1-2 June", "on Friday and Saturday".
    fn days(&self, at: usize) -> Found {
        let (first, end) = self.day(at)?;
        let and = matches!(self.low(end), "and" | "&");
        if !and && !matches!(self.low(end), "-" | "–" | "—" | "to" | "through" | "until") {
            return None;
        }
        let (last, end) = self.day_after(first, end + 1)?;
        let (first, last, end) = match self.year(end + usize::from(self.low(end) == ",")) {
            Some(year) if first.year() != year => (in_year(first, year)?, in_year(last, year)?, end),
            _ => (first, last, end),
        };
        let end = end
            + self.year(end).map_or(0, |_| 1)
            + self.year(end + 1).filter(|_| self.low(end) == ",").map_or(0, |_| 2);
        let length = (last - first).get_days();
        ((1..LONGEST_RANGE).contains(&length) && (!and || length == 1))
            .then(|| Period::new(first, last))
            .flatten()
            .map(|period| (period, end))
    }

    /// One day, and the token after it: a date, a day of the week, or the bare number that a range of days begins with.
    fn day(&self, at: usize) -> Option<(Date, usize)> {
        if let (Some(first), "-" | "–" | "to" | "and", Some(_)) =
            (self.day_number(at), self.low(at + 1), self.day_number(at + 2))
            && let Some(m) = month(self.low(at + 3))
        {
            let skip = at + 4 + usize::from(self.low(at + 4) == ",");
            let year = self.year(skip).or_else(|| self.nearest_year(m, Some(first), at))?;
            return Some((Date::new(year, m, first).ok()?, at + 1));
        }
        let (period, end) = self.calendar(at).or_else(|| self.week_day(at))?;
        (period.first() == period.last()).then(|| (period.first(), end))
    }

    /// The day that ends a range: a date, or the bare number of a day of the same month.
    fn day_after(&self, first: Date, at: usize) -> Option<(Date, usize)> {
        match (self.day_number(at), month(self.low(at + 1))) {
            (Some(day), None) => Some((Date::new(first.year(), first.month(), day).ok()?, at + 1)),
            (Some(day), Some(m)) if m == first.month() => Some((Date::new(first.year(), m, day).ok()?, at + 2)),
            _ => self.day(at),
        }
    }

    /// "8 May 2022", "May 8, 2022", "May 8", "in March", "March 2020", "2022-05-08".
    fn calendar(&self, at: usize) -> Found {
        if let Ok(period) = self.low(at).parse::<Period>()
            && self.low(at).len() == 10
        {
            return Some((period, at + 1));
        }
        let lead = at
            + usize::from(
                matches!(self.low(at), "early" | "late" | "mid" | "mid-" | "last" | "this" | "next")
                    && month(self.low(at + 1)).is_some(),
            );
        if let (Some(day), Some(m)) = (self.day_number(at), month(self.low(at + 1))) {
            return self.dated(m, Some(day), at, at + 2);
        }
        let m = month(self.low(lead)).filter(|_| self.line.capital(lead))?;
        match self.day_number(lead + 1).filter(|_| self.year(lead + 1).is_none()) {
            Some(day) => self.dated(m, Some(day), lead, lead + 2),
            // "May" the verb, "March" the walk: a lone month needs a word before it that makes it one
            None if self.low(lead) == "may" && self.year(lead + 1).is_none() && !self.led(lead) => None,
            None => self.dated(m, None, lead, lead + 1),
        }
    }

    /// Whether the clause of the token speaks of what is to come: "signed on Thursday" does not, though what is signed "will"
    /// bring something, but "noted the upcoming summit in July" does.
    fn ahead(&self, t: usize) -> bool {
        let g = &self.line.graph;
        // the parser hangs ", in July," by the noun or the verb
        let coming = |a: usize| matches!(self.low(a), "upcoming" | "forthcoming" | "scheduled" | "planned");
        if (t.saturating_sub(NEAR)..t).any(|a| coming(a) && g.deprel(a) == Deprel::Amod) {
            return true;
        }
        let Some(verb) = g.up(t).skip(1).find(|&v| matches!(g.token(v).upos, Upos::Verb)) else { return self.future };
        match g.token(verb).xpos {
            "VBD" => false,
            _ if g.by(verb, Deprel::Aux).any(|a| matches!(g.lemma(a), "will" | "shall" | "would")) => true,
            "VBN" if g.by(verb, Deprel::Aux).any(|a| g.lemma(a) == "have") => false,
            "VBN" if g.by(verb, Deprel::AuxPass).any(|a| g.token(a).xpos == "VBD") => false,
            _ => self.future,
        }
    }

    /// Whether what is to be done stands before the token: "is to receive him in April", "agreed to meet in April".
    fn intended(&self, t: usize) -> bool {
        const PLANS: [&str; 12] = [
            "be", "due", "set", "plan", "intend", "hope", "expect", "agree", "schedule", "decide", "invite", "prepare",
        ];
        let g = &self.line.graph;
        let Some(verb) = g.up(t).skip(1).find(|&v| g.token(v).upos == Upos::Verb) else { return false };
        let to = g.by(verb, Deprel::Mark).any(|m| g.lemma(m) == "to");
        let is = g.children(verb).any(|c| matches!(g.deprel(c), Deprel::Aux | Deprel::Cop) && g.lemma(c) == "be");
        verb < t
            && to
            && g.token(verb).xpos == "VB"
            && (is || g.head(verb).is_some_and(|h| PLANS.contains(&g.lemma(h))))
    }

    /// Whether the clause of the token is in the present tense: "before the sanctions start in November".
    fn present(&self, t: usize) -> bool {
        let g = &self.line.graph;
        let verb = g.up(t).skip(1).find(|&v| matches!(g.token(v).upos, Upos::Verb));
        verb.is_some_and(|v| matches!(g.token(v).xpos, "VBP" | "VBZ"))
    }

    fn led(&self, t: usize) -> bool {
        t > 0
            && matches!(
                self.low(t - 1),
                "in" | "last"
                    | "this"
                    | "next"
                    | "since"
                    | "of"
                    | "early"
                    | "late"
                    | "during"
                    | "by"
                    | "until"
                    | "from"
            )
    }

    /// A month, maybe with a day; the year stands at `end` (after a comma or "of"), or is the one nearest the report.
    fn dated(&self, m: i8, day: Option<i8>, at: usize, end: usize) -> Found {
        let skip = end + usize::from(matches!(self.low(end), "," | "of"));
        let (year, end) = match (self.year(skip), self.year_from_here(skip)) {
            (Some(year), _) => (year, skip + 1),
            (_, Some(year)) => (year, skip + 2),
            _ => (self.nearest_year(m, day, at)?, end),
        };
        let period = match day {
            Some(day) => Period::day(Date::new(year, m, day).ok()?),
            None => Period::month(year, m)?,
        };
        Some((period, end))
    }

    /// "This year", "last year", "next year".
    fn year_from_here(&self, at: usize) -> Option<i16> {
        let steps = match self.low(at) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        Some(self.anchor.filter(|_| self.low(at + 1) == "year")?.year() + steps)
    }

    fn nearest_year(&self, m: i8, day: Option<i8>, at: usize) -> Option<i16> {
        let anchor = self.anchor?;
        let later = (m, day.unwrap_or(1)) > (anchor.month(), anchor.day());
        let soon =
            || Date::new(anchor.year(), m, day.unwrap_or(1)).is_ok_and(|d| d <= anchor.saturating_add(SOON.days()));
        let last = at > 0 && self.low(at - 1) == "last";
        let next = at > 0 && self.low(at - 1) == "next";
        Some(match (later, self.ahead(at)) {
            (false, _) if next => anchor.year() + 1,
            (true, _) if last => anchor.year() - 1,
            (true, false) if soon() && (self.present(at) || self.intended(at)) => anchor.year(),
            // up to a fortnight ahead is this year's even in a report that looks back
            (true, false)
                if Date::new(anchor.year(), m, day.unwrap_or(1))
                    .is_ok_and(|d| d > anchor.saturating_add(14.days())) =>
            {
                anchor.year() - 1
            }
            (false, ahead) if m < anchor.month() && (ahead || self.intended(at)) => anchor.year() + 1,
            _ => anchor.year(),
        })
    }

    fn week_day(&self, at: usize) -> Found {
        let lead = at + usize::from(matches!(self.low(at), "last" | "next" | "this" | "past" | "coming"));
        let wanted = weekday(self.low(lead)).filter(|_| self.line.capital(lead))?;
        // "Monday, February 3"
        let dated = (self.low(lead + 1) == ",").then(|| self.calendar(lead + 2)).flatten();
        if let Some(day) = dated.filter(|(p, _)| p.first() == p.last()) {
            return Some(day);
        }
        let anchor = self.anchor?;
        let back = i64::from(wanted.until(anchor.weekday()));
        let days = match self.low(at) {
            "next" | "coming" => 7 - back,
            "last" if back == 0 => -7,
            _ if self.low(at) != "last" && self.ahead(lead) => (7 - back) % 7,
            // six days back is seldom called so; a report dated in another time zone may be a day behind its own words
            _ if back == 6 && lead == at && !self.stale => 1,
            _ => -back,
        };
        Some((Period::day(anchor.checked_add(days.days()).ok()?), lead + 1))
    }

    /// "today", "yesterday", "last week", "this year", "the same day".
    fn relative(&self, at: usize) -> Found {
        let anchor = self.anchor?;
        let day = |n: i64| anchor.checked_add(n.days()).ok().map(Period::day);
        match self.low(at) {
            "today" | "tonight" => return Some((day(0)?, at + 1)),
            "this" if matches!(self.low(at + 1), "morning" | "afternoon" | "evening") => {
                return Some((day(0)?, at + 2));
            }
            "last" if matches!(self.low(at + 1), "night" | "evening") => return Some((day(-1)?, at + 2)),
            "yesterday" => return Some((day(-1)?, at + 1)),
            "tomorrow" => return Some((day(1)?, at + 1)),
            _ => {}
        }
        let steps = match self.low(at) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        let period = match self.low(at + 1) {
            "week" => {
                let monday = anchor
                    .checked_add((-i64::from(anchor.weekday().to_monday_zero_offset()) + 7 * steps).days())
                    .ok()?;
                Period::new(monday, monday.checked_add(6.days()).ok()?)?
            }
            "month" => {
                let in_month = anchor.first_of_month().checked_add(steps.months()).ok()?;
                Period::month(in_month.year(), in_month.month())?
            }
            "year" => {
                let year = anchor.year() + steps as i16;
                // "last year in June"
                let month = month(self.low(at + 3)).filter(|_| self.low(at + 2) == "in" && self.line.capital(at + 3));
                if let Some(month) = month {
                    return Some((Period::month(year, month)?, at + 4));
                }
                Period::year(year)?
            }
            _ => return None,
        };
        Some((period, at + 2))
    }

    /// "two days ago"; "three years earlier", if no time before it is known.
    fn counted(&self, at: usize) -> Found {
        let n = back::number(self.low(at)).filter(|_| matches!(self.low(at + 2), "ago" | "earlier"))?;
        let today = Time { sentence: self.line.index, tokens: at..at, period: Period::day(self.anchor?) };
        Some((Back { line: self.line, named: &[today], until: None }.step(-n, at + 1)?, at + 3))
    }

    /// "the first half of 2017", "the third quarter of 2020", "autumn 2003", "the summer of 2019".
    fn part_of_year(&self, at: usize) -> Found {
        const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
        const SEASONS: [(&str, i8); 4] = [("spring", 3), ("summer", 6), ("autumn", 9), ("fall", 9)];
        let counted = ORDINALS.iter().zip(0..).find(|(o, _)| **o == self.low(at)).and_then(|(_, n): (_, i8)| {
            let months = match self.low(at + 1) {
                "half" if n < 2 => 6,
                "quarter" => 3,
                _ => return None,
            };
            Some((1 + n * months, months, at + 2))
        });
        let season = || SEASONS.iter().find(|(s, _)| *s == self.low(at)).map(|&(_, m)| (m, 3, at + 1));
        // "this spring", "last summer"
        let from_here = || {
            let (m, months, end) =
                SEASONS.iter().find(|(s, _)| *s == self.low(at + 1)).map(|&(_, m)| (m, 3, at + 2))?;
            let steps = match self.low(at) {
                "this" => 0,
                "next" => i16::from(self.anchor?.month() >= m),
                "last" => -i16::from(self.anchor?.month() < m + 3),
                _ => return None,
            };
            Some((m, months, self.anchor?.year() + steps, end))
        };
        let told = || {
            let (month, months, end) = counted.or_else(season)?;
            let end = end + usize::from(self.low(end) == "of");
            Some((month, months, self.year(end)?, end + 1))
        };
        let (month, months, year, end) = from_here().or_else(told)?;
        let last = Period::month(year, month + months - 1)?.last();
        Some((Period::new(Period::month(year, month)?.first(), last)?, end))
    }

    /// "in 2020", "the 2015 agreement", "the 1990s".
    fn year_alone(&self, at: usize) -> Found {
        if let Some(year) = self.year(at) {
            return Some((Period::year(year)?, at + 1));
        }
        let decade =
            self.low(at).strip_suffix('s').filter(|d| d.len() == 4 && d.ends_with('0'))?.parse::<i16>().ok()?;
        let period = Period::new(Period::year(decade)?.first(), Period::year(decade + 9)?.last())?;
        Some((period, at + 1))
    }
}
