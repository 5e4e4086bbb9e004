//! Hand-coded facts: reads and writes FACTS.csv, one fact a row. Checks what a row alone can tell; who its actors are, the
//! pipeline finds out.
//!
//! The same columns carry the facts that were read in articles, with their evidence, so that they can be corrected in a
//! spreadsheet and read again.

mod cells;
mod sheet;

use std::io::Write;

use csv::WriterBuilder;
use jiff::civil::Date;

pub use sheet::{Sheet, Written, read};

use crate::error::{Error, Result};
use crate::model::{EntityKind, Field, Period, Relation, Status};

/// The columns in the order in which they are written. The first three must be there; the order is free. A person fills
/// the first [`BY_HAND`]; the rest tells actors apart exactly, and where in an article a fact was read.
pub const COLUMNS: [&str; 36] = [
    "relation",
    "source",
    "target",
    "date",
    "place",
    "status",
    "citation",
    "attribution",
    "role",
    "mutual",
    "confidence",
    "source_country",
    "target_country",
    "attribution_country",
    "source_id",
    "source_kind",
    "target_id",
    "target_kind",
    "attribution_id",
    "attribution_kind",
    "article",
    "title",
    "published",
    "publisher",
    "url",
    "field",
    "start",
    "end",
    "quote",
    "sentence_start",
    "sentence",
    "extractor",
    "rule",
    "source_text",
    "target_text",
    "time_text",
];

/// How many of [`COLUMNS`] the template has.
pub const BY_HAND: usize = 13;

/// Where the columns of [`Trace`] begin in [`COLUMNS`]: their cells are taken with the blanks around them.
const TRACE: usize = 20;

/// A file to start from: the header, and what the columns mean in rows that are not read.
pub const TEMPLATE: &str = "\
relation,source,target,date,place,status,citation,attribution,role,mutual,confidence,source_country,target_country
# One fact a row. Rows that begin with # are not read. Only relation and source and target must be filled in.
# date: 2022-05-08 or 2022-05 or 2022 or two of them with / between.
# status: asserted (taken if empty) or planned or possible or denied.
# citation: where it can be read. attribution: who says so if the citation does not vouch for it.
# role: the office for holds_office. mutual: yes if both sides promise the same. confidence: 0 to 1; 1 if empty.
# source_country and target_country: ISO 3166-1 alpha-3 code where the name alone is not clear.
# meet,Bashar al-Assad,Ali Khamenei,2022-05-08,Tehran,asserted,https://example.org/report,,,,,SYR,IRN
";

/// One row, checked but for its actors.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedRow {
    /// The line of the file, from 1; not written.
    pub line: u64,
    pub relation: Relation,
    pub source: Party,
    pub target: Party,
    pub date: Option<Period>,
    pub place: Option<String>,
    pub status: Status,
    /// Where it can be read; if `None`, the row itself is all the evidence.
    pub citation: Option<String>,
    /// Who says so.
    pub attribution: Option<Party>,
    pub role: Option<String>,
    pub mutual: bool,
    /// 0 to 1.
    pub confidence: f64,
    /// Where it was read, if not in this file.
    pub trace: Option<Box<Trace>>,
}

/// An actor as a row names him.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// As coded.
    pub name: String,
    /// ISO 3166-1 alpha-3 or an organisation's acronym, to tell actors of one name apart.
    pub country: Option<String>,
    /// The entity's id, where the coder knows it.
    pub id: Option<String>,
    pub kind: Option<EntityKind>,
}

/// An article and the words in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    pub article: String,
    pub title: Option<String>,
    pub published: Option<Date>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub field: Field,
    /// Code points of the field; the quote ends as many further on as it has.
    pub start: usize,
    pub quote: String,
    pub sentence_start: usize,
    pub sentence: String,
    pub extractor: String,
    pub rule: String,
    pub source_text: String,
    pub target_text: String,
    pub time_text: Option<String>,
}

impl Trace {
    /// `title` or `text`.
    pub fn field_name(&self) -> &'static str {
        if self.field == Field::Title { "title" } else { "text" }
    }
}

/// Writes the header and the rows. What is written reads as the same rows.
///
/// # Errors
/// Writing fails.
pub fn write<'a>(rows: impl IntoIterator<Item = &'a CodedRow>, out: impl Write) -> Result<()> {
    let mut writer = WriterBuilder::new().from_writer(out);
    let failed = |e: csv::Error| match e.into_kind() {
        csv::ErrorKind::Io(e) => Error::from(e),
        other => Error::new(format!("{other:?}")),
    };
    writer.write_record(COLUMNS).map_err(failed)?;
    for row in rows {
        writer.write_record(row.cells().in_order()).map_err(failed)?;
    }
    Ok(writer.flush()?)
}

fn nearest<'a>(wanted: &str, all: &[&'a str]) -> Option<&'a str> {
    let scored = all.iter().map(|name| (strsim::jaro_winkler(name, wanted), *name)).filter(|(score, _)| *score > 0.75);
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean '{name}'?")
}
