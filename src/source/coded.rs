//! Hand-coded facts: reads and writes FACTS.csv, one fact a row. Checks what a row alone can tell; who its actors are, the
//! pipeline finds out.

use std::io::Write;
use std::path::Path;

use csv::{ByteRecord, Reader, ReaderBuilder, WriterBuilder};

use super::table::Guarded;
use super::walk::File;
use super::{dates, encoding, table, unpack};
use crate::error::{Error, Result};
use crate::model::{Period, Relation, Status};

/// The columns in the order in which they are written. The first three must be there; the order is free.
pub const COLUMNS: [&str; 13] = [
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
];

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
    /// Names as coded.
    pub source: String,
    pub target: String,
    pub date: Option<Period>,
    pub place: Option<String>,
    pub status: Status,
    /// Where it can be read; if `None`, the row itself is all the evidence.
    pub citation: Option<String>,
    /// Who says so.
    pub attribution: Option<String>,
    pub role: Option<String>,
    pub mutual: bool,
    /// 0 to 1.
    pub confidence: f64,
    /// ISO 3166-1 alpha-3 or an organisation's acronym, to tell actors of one name apart.
    pub source_country: Option<String>,
    pub target_country: Option<String>,
}

/// The rows of a file, or of standard input for `-`; it may be packed, and separated by semicolons or tabs.
///
/// # Errors
/// The file cannot be opened or its header is wrong. A wrong row is an error of its own, after which reading goes on.
pub fn read(path: &Path) -> Result<impl Iterator<Item = Result<CodedRow>> + Send + use<>> {
    let file = if path.as_os_str() == "-" { File::Stdin } else { File::Path(path.to_owned()) };
    let place = file.place();
    let bytes = unpack::open(&file).map_err(|e| Error::from(e).at(&place))?;
    if let Some(why) = encoding::binary(&bytes.head) {
        return Err(Error::new(why).at(place));
    }
    let separator = table::separator(&bytes.head);
    let reader = table::guarded(bytes, ReaderBuilder::new().delimiter(separator).flexible(true));
    Rows::new(place.clone(), reader).map_err(|e| e.at(format!("{place}:1")))
}

/// Writes the header and the rows. What is written reads as the same rows.
///
/// # Errors
/// Writing fails.
pub fn write<'a>(rows: impl IntoIterator<Item = &'a CodedRow>, out: impl Write) -> Result<()> {
    let mut writer = WriterBuilder::new().from_writer(out);
    let failed = |e: csv::Error| Error::new(table::why(&e));
    writer.write_record(COLUMNS).map_err(failed)?;
    for row in rows {
        writer.write_record(row.cells()).map_err(failed)?;
    }
    Ok(writer.flush()?)
}

impl CodedRow {
    /// The cells in the order of [`COLUMNS`].
    fn cells(&self) -> [String; COLUMNS.len()] {
        let text = |s: &Option<String>| s.clone().unwrap_or_default();
        [
            self.relation.to_string(),
            self.source.clone(),
            self.target.clone(),
            self.date.map(|d| d.to_string()).unwrap_or_default(),
            text(&self.place),
            self.status.to_string(),
            text(&self.citation),
            text(&self.attribution),
            text(&self.role),
            if self.mutual { "yes".to_owned() } else { String::new() },
            if self.confidence == 1.0 { String::new() } else { self.confidence.to_string() },
            text(&self.source_country),
            text(&self.target_country),
        ]
    }

    /// Checks a row's cells, which come in the order of [`COLUMNS`], without blanks around them.
    fn parse(line: u64, cells: [String; COLUMNS.len()]) -> Result<Self> {
        let [relation, source, target, date, place, status, citation, attribution, role, mutual, confidence, of, to] =
            cells;
        let some = |s: String| Some(s).filter(|s| !s.is_empty());
        Ok(Self {
            line,
            relation: self::relation(&relation)?,
            source: some(source).ok_or_else(|| Error::new("no source: who did it?"))?,
            target: some(target).ok_or_else(|| Error::new("no target: to whom?"))?,
            date: some(date).map(|d| period(&d)).transpose()?,
            place: some(place),
            status: some(status).map_or(Ok(Status::Asserted), |s| s.to_lowercase().parse()).map_err(Error::new)?,
            citation: some(citation),
            attribution: some(attribution),
            role: some(role),
            mutual: yes(&mutual)?,
            confidence: some(confidence).map_or(Ok(1.0), |c| share(&c))?,
            source_country: some(of),
            target_country: some(to),
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

fn nearest<'a>(wanted: &str, all: &[&'a str]) -> Option<&'a str> {
    let scored = all.iter().map(|name| (strsim::jaro_winkler(name, wanted), *name)).filter(|(score, _)| *score > 0.75);
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean '{name}'?")
}

struct Rows {
    place: String,
    reader: Reader<Guarded>,
    /// Which of [`COLUMNS`] each cell is.
    header: Vec<usize>,
    done: bool,
}

impl Rows {
    fn new(place: String, mut reader: Reader<Guarded>) -> Result<Self> {
        let cells = reader.byte_headers().map_err(|e| Error::new(table::why(&e)))?;
        let names: Vec<String> = cells.iter().map(|c| encoding::decode_part(c).trim().to_lowercase()).collect();
        let header = names.iter().map(|n| column(n)).collect::<Result<Vec<_>>>()?;
        for (at, column) in header.iter().enumerate() {
            if header[..at].contains(column) {
                return Err(Error::new(format!("two columns '{}'", COLUMNS[*column])));
            }
        }
        match (0..3).find(|needed| !header.contains(needed)) {
            Some(lacking) => Err(Error::new(format!("no column '{}'", COLUMNS[lacking]))
                .hint(format!("the first line names the columns: {}", COLUMNS.join(",")))),
            None => Ok(Self { place, reader, header, done: false }),
        }
    }

    fn row(&self, record: &ByteRecord, line: u64) -> Result<CodedRow> {
        if record.len() > self.header.len() {
            let (cells, columns) = (record.len(), self.header.len());
            let error = Error::new(format!("{cells} cells where the header has {columns}"));
            return Err(error.hint("put a cell that holds the separator in double quotes"));
        }
        let mut cells: [String; COLUMNS.len()] = Default::default();
        for (cell, &column) in record.iter().zip(&self.header) {
            cells[column] = encoding::decode_part(cell).trim().to_owned();
        }
        CodedRow::parse(line, cells)
    }
}

fn column(name: &str) -> Result<usize> {
    COLUMNS.iter().position(|c| *c == name).ok_or_else(|| {
        let hint = nearest(name, &COLUMNS).map_or_else(|| format!("there are {}", COLUMNS.join(", ")), did_you_mean);
        Error::new(format!("no column is called '{name}'")).hint(hint)
    })
}

impl Iterator for Rows {
    type Item = Result<CodedRow>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = ByteRecord::new();
        while !self.done {
            self.reader.get_mut().renew();
            let read = self.reader.read_byte_record(&mut record);
            let line = record.position().map_or(0, csv::Position::line);
            let place = format!("{}:{line}", self.place);
            match read {
                Ok(false) => return None,
                Ok(true) if record.get(0).is_some_and(|c| c.trim_ascii().starts_with(b"#")) => {}
                Ok(true) if record.iter().all(|c| c.trim_ascii().is_empty()) => {}
                Ok(true) => return Some(self.row(&record, line).map_err(|e| e.at(place))),
                Err(e) => {
                    self.done = true;
                    return Some(Err(Error::new(table::why(&e)).at(place)));
                }
            }
        }
        None
    }
}
