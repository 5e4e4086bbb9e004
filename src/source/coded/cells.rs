//! A row and its cells: what each may hold, and how it is written.

use super::{COLUMNS, CodedRow, Party, TRACE, Trace, did_you_mean, nearest};
use crate::error::{Error, Result};
use crate::model::{EntityKind, Field, Period, Relation, Status};
use crate::source::dates;

/// No text that facts are read in is longer, in code points.
const LONGEST: usize = 32 << 20;

/// The cells of one row, by column; an empty one is `None`.
pub(super) struct Cells([Option<String>; COLUMNS.len()]);

impl Cells {
    /// All of them empty.
    pub fn new() -> Self {
        Self([const { None }; COLUMNS.len()])
    }

    /// Sets the cell of a column, given by its number.
    pub fn set_at(&mut self, column: usize, cell: &str) {
        if let Some(place) = self.0.get_mut(column) {
            let cell = if column < TRACE { cell.trim() } else { cell };
            *place = Some(cell.to_owned()).filter(|c| !c.is_empty());
        }
    }

    fn set(&mut self, column: &str, cell: impl Into<String>) {
        if let Some(at) = COLUMNS.iter().position(|c| *c == column) {
            self.0[at] = Some(cell.into());
        }
    }

    fn set_some(&mut self, column: &str, cell: Option<impl ToString>) {
        if let Some(cell) = cell {
            self.set(column, cell.to_string());
        }
    }

    fn take(&mut self, column: &str) -> Option<String> {
        COLUMNS.iter().position(|c| *c == column).and_then(|at| self.0[at].take())
    }

    fn text(&mut self, column: &str) -> String {
        self.take(column).unwrap_or_default()
    }

    fn number(&mut self, column: &str) -> Result<usize> {
        let cell = self.text(column);
        let number = cell.trim().parse().ok().filter(|n| *n <= LONGEST);
        number.ok_or_else(|| Error::new(format!("{column} is '{cell}': give a number of code points")))
    }

    /// All cells in the order of [`COLUMNS`].
    pub fn in_order(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|cell| cell.as_deref().unwrap_or_default())
    }

    fn party(&mut self, side: &str) -> Result<Option<Party>> {
        let [country, id, kind] = ["country", "id", "kind"].map(|what| self.take(&format!("{side}_{what}")));
        let kind = kind.map(|k| k.to_lowercase().parse::<EntityKind>()).transpose().map_err(Error::new)?;
        Ok(self.take(side).map(|name| Party { name, country, id, kind }))
    }

    fn set_party(&mut self, side: &str, party: &Party) {
        self.set(side, &party.name);
        self.set_some(&format!("{side}_country"), party.country.as_ref());
        self.set_some(&format!("{side}_id"), party.id.as_ref());
        self.set_some(&format!("{side}_kind"), party.kind.map(EntityKind::as_str));
    }

    fn trace(&mut self) -> Result<Option<Box<Trace>>> {
        let Some(article) = self.take("article") else { return Ok(None) };
        let published = self.take("published");
        let (start, end) = (self.number("start")?, self.number("end")?);
        let quote = self.text("quote");
        if end.checked_sub(start) != Some(quote.chars().count()) {
            return Err(Error::new(format!("the quote is not as long as from {start} to {end}")));
        }
        Ok(Some(Box::new(Trace {
            article,
            title: self.take("title"),
            published: published.map(|d| d.parse().map_err(|_| Error::new(format!("'{d}' is no day")))).transpose()?,
            publisher: self.take("publisher"),
            url: self.take("url"),
            field: field(&self.text("field"))?,
            start,
            quote,
            sentence_start: self.number("sentence_start")?,
            sentence: self.text("sentence"),
            extractor: self.text("extractor"),
            rule: self.text("rule"),
            source_text: self.text("source_text"),
            target_text: self.text("target_text"),
            time_text: self.take("time_text"),
        })))
    }

    fn set_trace(&mut self, trace: &Trace) {
        self.set("article", &trace.article);
        self.set_some("title", trace.title.as_ref());
        self.set_some("published", trace.published);
        self.set_some("publisher", trace.publisher.as_ref());
        self.set_some("url", trace.url.as_ref());
        self.set("field", trace.field_name());
        self.set("start", trace.start.to_string());
        self.set("end", (trace.start + trace.quote.chars().count()).to_string());
        self.set("quote", &trace.quote);
        self.set("sentence_start", trace.sentence_start.to_string());
        self.set("sentence", &trace.sentence);
        self.set("extractor", &trace.extractor);
        self.set("rule", &trace.rule);
        self.set("source_text", &trace.source_text);
        self.set("target_text", &trace.target_text);
        self.set_some("time_text", trace.time_text.as_ref());
    }
}

impl CodedRow {
    pub(super) fn cells(&self) -> Cells {
        let mut cells = Cells::new();
        cells.set("relation", self.relation.id());
        cells.set_party("source", &self.source);
        cells.set_party("target", &self.target);
        cells.set_some("date", self.date);
        cells.set_some("place", self.place.as_ref());
        cells.set("status", self.status.as_str());
        cells.set_some("citation", self.citation.as_ref());
        if let Some(speaker) = &self.attribution {
            cells.set_party("attribution", speaker);
        }
        cells.set_some("role", self.role.as_ref());
        cells.set_some("mutual", self.mutual.then_some("yes"));
        cells.set_some("confidence", (self.confidence != 1.0).then_some(self.confidence));
        if let Some(trace) = &self.trace {
            cells.set_trace(trace);
        }
        cells
    }

    /// Checks a row's cells.
    pub(super) fn parse(line: u64, mut cells: Cells) -> Result<Self> {
        let status = cells.take("status").map(|s| s.to_lowercase().parse()).transpose().map_err(Error::new)?;
        Ok(Self {
            line,
            relation: relation(&cells.text("relation"))?,
            source: cells.party("source")?.ok_or_else(|| Error::new("no source: who did it?"))?,
            target: cells.party("target")?.ok_or_else(|| Error::new("no target: to whom?"))?,
            date: cells.take("date").map(|d| period(&d)).transpose()?,
            place: cells.take("place"),
            status: status.unwrap_or(Status::Asserted),
            citation: cells.take("citation"),
            attribution: cells.party("attribution")?,
            role: cells.take("role"),
            mutual: yes(&cells.text("mutual"))?,
            confidence: cells.take("confidence").map_or(Ok(1.0), |c| share(&c))?,
            trace: cells.trace()?,
        })
    }
}

fn relation(id: &str) -> Result<Relation> {
    if id.is_empty() {
        return Err(Error::new("no relation"));
    }
    let plain = id.to_lowercase().replace([' ', '-'], "_");
    Relation::named(&plain).ok_or_else(|| {
        let all: Vec<&str> = Relation::all().map(Relation::id).collect();
        let hint = nearest(&plain, &all).map_or_else(|| format!("give one of {}", all.join(", ")), did_you_mean);
        Error::new(format!("no relation '{id}'")).hint(hint)
    })
}

fn period(written: &str) -> Result<Period> {
    written.parse().or_else(|e: String| dates::read(written).map(Period::day).ok_or_else(|| Error::new(e)))
}

fn field(written: &str) -> Result<Field> {
    match written {
        "title" => Ok(Field::Title),
        "" | "text" => Ok(Field::Text),
        other => Err(Error::new(format!("field is '{other}': give text or title"))),
    }
}

fn yes(written: &str) -> Result<bool> {
    match written.to_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "" | "no" | "false" | "0" => Ok(false),
        _ => Err(Error::new(format!("mutual is '{written}': give yes or no"))),
    }
}

fn share(written: &str) -> Result<f64> {
    let number = written.parse().ok().filter(|c| (0.0..=1.0).contains(c));
    number.ok_or_else(|| Error::new(format!("confidence is '{written}': give a number from 0 to 1, such as 0.9")))
}
