//! A row: its name, its time, and what it tells.

use std::borrow::Cow;

use jiff::civil::Date;

use super::cells::{self, Record, number};
use super::codes::{self, Code};
use super::rule::{How, Said};
use super::set::{Dataset, Reads, Scheme, Use};
use super::table::Layout;
use crate::model::{Period, Relation};

/// A row of a data set.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    pub(super) layout: &'r Layout,
    pub(super) record: &'r Record,
}

/// An act that a row tells of.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'r> {
    pub relation: Relation,
    pub how: How,
    pub from: Party<'r>,
    pub to: Party<'r>,
    /// The column that said so, and its cell.
    pub column: &'static str,
    pub code: &'r [u8],
}

/// An actor as a row names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party<'r> {
    pub scheme: Scheme,
    pub code: &'r [u8],
    pub country: &'r [u8],
    pub sectors: &'r [u8],
    pub words: &'r [u8],
}

/// Why a row tells of no act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing<'r> {
    /// It is understood, and out of scope; with the code that says so, if one does.
    Outside(&'static str, &'r [u8]),
    /// A code that our tables do not have.
    Unknown(&'static str, &'r [u8]),
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong(pub String);

impl<'r> Row<'r> {
    /// The data set that it is of.
    pub fn set(self) -> &'static Dataset {
        self.layout.set
    }

    /// The line of the file, from 1.
    pub fn line(self) -> u64 {
        self.record.line
    }

    /// The row as it came, tab-separated.
    pub fn text(self) -> String {
        self.record.text()
    }

    /// The cell of one of the data set's columns; empty where the file lacks it.
    pub fn cell(self, column: usize) -> &'r [u8] {
        self.layout.at[column].map_or(&[], |at| self.record.cell(at))
    }

    /// The row's name among those of its set.
    ///
    /// # Errors
    /// It has none, or another number of cells than the file's other rows.
    pub fn id(self) -> Result<String, Wrong> {
        if self.record.len() != self.layout.width {
            return Err(Wrong(format!("{} cells instead of {}", self.record.len(), self.layout.width)));
        }
        let mut id = String::new();
        for column in &self.layout.ids {
            if !id.is_empty() {
                id.push('-');
            }
            id.push_str(&String::from_utf8_lossy(number(self.cell(*column))));
        }
        if id.bytes().all(|b| b == b'-') { Err(Wrong("no id".to_owned())) } else { Ok(id) }
    }

    /// Whether the row has a name, and as many cells as the file's other rows.
    pub fn is_sound(self) -> bool {
        let named = self.layout.ids.iter().any(|column| !number(self.cell(*column)).is_empty());
        named && self.record.len() == self.layout.width
    }

    /// A hash of the row's name, the same for the same row in whichever file.
    pub fn key(self) -> u64 {
        use std::hash::Hasher;
        let mut hasher = rustc_hash::FxHasher::default();
        hasher.write(self.layout.set.name.as_bytes());
        for column in &self.layout.ids {
            hasher.write(number(self.cell(*column)));
            hasher.write_u8(b'-');
        }
        hasher.finish()
    }

    /// When it happened; `None` where the row leaves it empty.
    ///
    /// # Errors
    /// What stands there is no date.
    pub fn date(self) -> Result<Option<Period>, Wrong> {
        let Some(column) = self.layout.date else { return Ok(None) };
        let cell = self.cell(column);
        let read = match self.layout.set.columns[column].reads {
            Reads::Year => cells::year(cell),
            _ => cells::day(cell).map(Period::day),
        };
        match read {
            None if !cell.is_empty() => Err(Wrong(format!("'{}' is no date", String::from_utf8_lossy(cell)))),
            read => Ok(read),
        }
    }

    /// The day on which the row was added, or its report published.
    pub fn issued(self) -> Option<Date> {
        self.layout.issued.and_then(|c| cells::day(self.cell(c)))
    }

    /// The last year of a span that begins with the date.
    pub fn until(self) -> Option<Period> {
        self.layout.set.used(Use::Until).next().and_then(|c| cells::year(self.cell(c)))
    }

    /// The first cell of that use that is not empty.
    pub fn text_of(self, wanted: Use) -> Option<Cow<'r, str>> {
        let cell = self.layout.set.used(wanted).map(|c| self.cell(c)).find(|c| !c.is_empty() && *c != b"NA")?;
        Some(String::from_utf8_lossy(cell))
    }

    /// The columns that are read, each with its cell: the row as evidence, such as `SQLDATE=20191024; EventCode=057`.
    pub fn quote(self) -> String {
        let mut quote = String::new();
        for &column in &self.layout.quoted {
            let cell = self.cell(column);
            if !cell.is_empty() {
                if !quote.is_empty() {
                    quote.push_str("; ");
                }
                quote.push_str(self.layout.set.columns[column].name);
                quote.push('=');
                quote.push_str(&String::from_utf8_lossy(cell));
            }
        }
        quote
    }

    /// The actor of a column.
    pub fn party(self, column: usize) -> Party<'r> {
        let scheme = match self.layout.set.columns[column].reads {
            Reads::By(scheme) => scheme,
            _ => Scheme::Named,
        };
        let code = match scheme {
            Scheme::Cow | Scheme::Gw => number(self.cell(column)),
            _ => self.cell(column),
        };
        let beside = &self.layout.beside[column];
        let cell = |at: Option<usize>| at.map_or(&[][..], |c| self.cell(c));
        Party { scheme, code, country: cell(beside.country), sectors: cell(beside.sectors), words: cell(beside.words) }
    }

    /// The states that the row is about, as parties.
    pub fn states(self) -> impl Iterator<Item = Party<'r>> {
        let columns = self.layout.actors.iter();
        columns.map(move |c| self.party(*c)).filter(|p| !p.code.is_empty())
    }

    /// Hands on every act that the row tells of. Returns why there is none, if there is none.
    pub fn deeds(self, mut each: impl FnMut(Deed<'r>)) -> Option<Nothing<'r>> {
        let (mut found, mut why) = (false, None);
        let set = self.layout.set;
        for rule in &set.rules {
            let (first, rest) = (rule.columns[0], &rule.columns[1..]);
            let code = self.cell(first);
            let said = match rest {
                [] => rule.say(code),
                [second, ..] => rule.say(&[code, self.cell(*second)].join(&b'/')),
            };
            let column = set.columns[first].name;
            match said {
                Said::Silent => {}
                Said::Unknown => why = why.or(Some(Nothing::Unknown(column, code))),
                Said::Act(Code { relation: None, .. }) => {
                    why = why.or(Some(Nothing::Outside("its code is no act of diplomacy", code)));
                }
                Said::Act(Code { relation: Some(relation), how }) => {
                    let (from, to) = (self.party(rule.from), self.party(rule.to));
                    let empty = |p: &Party<'_>| p.code.is_empty() && p.words.is_empty();
                    match (empty(&from), empty(&to)) {
                        (false, false) => {
                            each(Deed { relation, how: self.in_context(how), from, to, column, code });
                            found = true;
                        }
                        (true, _) => why = why.or(Some(Nothing::Outside("it names nobody who acts", b""))),
                        (_, true) => why = why.or(Some(Nothing::Outside("it names nobody who is acted upon", b""))),
                    }
                }
            }
        }
        let silent = if set.rules.is_empty() { "such rows tell of no act" } else { "its cells tell of no act" };
        (!found).then(|| why.unwrap_or(Nothing::Outside(silent, b"")))
    }

    fn in_context(self, how: How) -> How {
        let status = self.layout.contexts.and_then(|c| codes::status(self.cell(c)));
        How { status: status.unwrap_or(how.status), ..how }
    }
}
