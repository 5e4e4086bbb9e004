use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// When something happened, as bounds: at the earliest on the first day, at the latest on the last.
///
/// "2020", "in March" and "on Sunday" are all exact statements of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Date,
    last: Date,
}

/// How fine a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Day,
    Month,
    Year,
    Interval,
}

impl Precision {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Interval => "interval",
        }
    }
}

impl Period {
    /// The days from `first` to `last`; `None` if they are the wrong way round.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    pub fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// A whole month (`month` 1 to 12).
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self { first, last: first.last_of_year() })
    }

    pub fn first(self) -> Date {
        self.first
    }

    pub fn last(self) -> Date {
        self.last
    }

    pub fn precision(self) -> Precision {
        if self.first == self.last {
            Precision::Day
        } else if Self::month(self.first.year(), self.first.month()) == Some(self) {
            Precision::Month
        } else if Self::year(self.first.year()) == Some(self) {
            Precision::Year
        } else {
            Precision::Interval
        }
    }

    /// Whether some day lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

/// ISO 8601: `2022-05-08`, `2022-05`, `2022`, or an interval of two of the shortest such forms, `2020/2022`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (self.first, self.last);
        match self.precision() {
            Precision::Day => write!(f, "{a}"),
            Precision::Month => write!(f, "{:04}-{:02}", a.year(), a.month()),
            Precision::Year => write!(f, "{:04}", a.year()),
            Precision::Interval => {
                let starts_year = (a.month(), a.day()) == (1, 1);
                let ends_year = (b.month(), b.day()) == (12, 31);
                if starts_year && ends_year {
                    write!(f, "{:04}/{:04}", a.year(), b.year())
                } else if a.day() == 1 && b == b.last_of_month() {
                    write!(f, "{:04}-{:02}/{:04}-{:02}", a.year(), a.month(), b.year(), b.month())
                } else {
                    write!(f, "{a}/{b}")
                }
            }
        }
    }
}

/// Reads what [`Period`] displays. The error is a sentence for a person.
impl FromStr for Period {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let wrong = || format!("'{s}' is not a date: give 2022-05-08, 2022-05, 2022, or two of them with / between");
        let (first, last) = match s.split_once('/') {
            Some((a, b)) => (part(a.trim()).ok_or_else(wrong)?, part(b.trim()).ok_or_else(wrong)?),
            None => {
                let p = part(s.trim()).ok_or_else(wrong)?;
                (p, p)
            }
        };
        Self::new(first.first, last.last).ok_or_else(|| format!("'{s}' ends before it begins"))
    }
}

fn part(s: &str) -> Option<Period> {
    let digits = |r: &str| r.bytes().all(|b| b.is_ascii_digit()).then(|| r.parse::<i16>().ok()).flatten();
    match s.len() {
        4 => Period::year(digits(s)?),
        7 if s.as_bytes()[4] == b'-' => Period::month(digits(&s[..4])?, digits(&s[5..])? as i8),
        10 if s.as_bytes()[4] == b'-' && s.as_bytes()[7] == b'-' => {
            let (y, m, d) = (digits(&s[..4])?, digits(&s[5..7])?, digits(&s[8..])?);
            Date::new(y, m as i8, d as i8).ok().map(Period::day)
        }
        _ => None,
    }
}
