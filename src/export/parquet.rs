//! Facts as Parquet, for engines that read columns: a row a fact, with the fields that `extract` prints; those of actors and
//! evidence have their names joined: `source_name`.

use std::io::Write;
use std::mem::take;
use std::sync::Arc;

use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;

use crate::error::{Error, Result};
use crate::model::{FactLine, Field};

/// Rows that are held in memory and written together.
const GROUP: usize = 16_384;

const SCHEMA: &str = "message fact {
    REQUIRED BYTE_ARRAY id (STRING);
    REQUIRED BYTE_ARRAY article (STRING);
    REQUIRED BYTE_ARRAY relation (STRING);
    REQUIRED BYTE_ARRAY source_name (STRING);
    OPTIONAL BYTE_ARRAY source_country (STRING);
    REQUIRED BYTE_ARRAY source_id (STRING);
    REQUIRED BYTE_ARRAY source_kind (STRING);
    REQUIRED BYTE_ARRAY source_text (STRING);
    REQUIRED BYTE_ARRAY target_name (STRING);
    OPTIONAL BYTE_ARRAY target_country (STRING);
    REQUIRED BYTE_ARRAY target_id (STRING);
    REQUIRED BYTE_ARRAY target_kind (STRING);
    REQUIRED BYTE_ARRAY target_text (STRING);
    OPTIONAL BYTE_ARRAY date (STRING);
    OPTIONAL BYTE_ARRAY place (STRING);
    REQUIRED BYTE_ARRAY status (STRING);
    OPTIONAL BYTE_ARRAY attribution (STRING);
    OPTIONAL BYTE_ARRAY role (STRING);
    REQUIRED BOOLEAN mutual;
    REQUIRED DOUBLE confidence;
    REQUIRED BYTE_ARRAY plover (STRING);
    REQUIRED BYTE_ARRAY cameo (STRING);
    REQUIRED BYTE_ARRAY rule (STRING);
    REQUIRED BYTE_ARRAY evidence_field (STRING);
    REQUIRED INT64 evidence_start;
    REQUIRED INT64 evidence_end;
    REQUIRED BYTE_ARRAY evidence_text (STRING);
}";

/// The values of a column that wait to be written; of a text that may be missing also whether it is there.
enum Column {
    Text(Vec<ByteArray>, Vec<i16>),
    Whole(Vec<i64>),
    Real(Vec<f64>),
    Truth(Vec<bool>),
}

/// What a fact has in a column.
enum Cell<'a> {
    Text(Option<&'a str>),
    Whole(usize),
    Real(f64),
    Truth(bool),
}

/// A file of facts that is being written.
pub struct Facts<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Column>,
    rows: usize,
}

impl<W: Write + Send> Facts<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(out: W) -> Result<Self> {
        let schema = Arc::new(parse_message_type(SCHEMA).map_err(wrong)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("diplograph ", env!("CARGO_PKG_VERSION")).to_owned());
        let file = SerializedFileWriter::new(out, schema, Arc::new(properties.build())).map_err(wrong)?;
        Ok(Self { file, columns: Vec::new(), rows: 0 })
    }

    /// Adds a fact.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, fact: &FactLine<'_>) -> Result<()> {
        let cells = cells(fact);
        if self.columns.is_empty() {
            self.columns = cells.iter().map(Cell::column).collect();
        }
        self.columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(&cell));
        self.rows += 1;
        if self.rows == GROUP { self.flush() } else { Ok(()) }
    }

    /// Writes what waits, and the end of the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn close(mut self) -> Result<()> {
        self.flush()?;
        self.file.close().map(|_| ()).map_err(wrong)
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        self.rows = 0;
        let mut group = self.file.next_row_group().map_err(wrong)?;
        for column in take(&mut self.columns) {
            let Some(mut writer) = group.next_column().map_err(wrong)? else { break };
            let written = match (writer.untyped(), column) {
                (ColumnWriter::ByteArrayColumnWriter(w), Column::Text(values, there)) => {
                    w.write_batch(&values, Some(&there), None)
                }
                (ColumnWriter::Int64ColumnWriter(w), Column::Whole(values)) => w.write_batch(&values, None, None),
                (ColumnWriter::DoubleColumnWriter(w), Column::Real(values)) => w.write_batch(&values, None, None),
                (ColumnWriter::BoolColumnWriter(w), Column::Truth(values)) => w.write_batch(&values, None, None),
                _ => return Err(Error::new("a column of facts is not what the schema says")),
            };
            written.map_err(wrong)?;
            writer.close().map_err(wrong)?;
        }
        group.close().map(|_| ()).map_err(wrong)
    }
}

impl Cell<'_> {
    /// An empty column for such cells.
    fn column(&self) -> Column {
        match self {
            Self::Text(_) => Column::Text(Vec::new(), Vec::new()),
            Self::Whole(_) => Column::Whole(Vec::new()),
            Self::Real(_) => Column::Real(Vec::new()),
            Self::Truth(_) => Column::Truth(Vec::new()),
        }
    }
}

impl Column {
    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(values, there), Cell::Text(text)) => {
                there.push(i16::from(text.is_some()));
                values.extend(text.map(ByteArray::from));
            }
            (Self::Whole(values), Cell::Whole(n)) => values.push(*n as i64),
            (Self::Real(values), Cell::Real(n)) => values.push(*n),
            (Self::Truth(values), Cell::Truth(b)) => values.push(*b),
            _ => {}
        }
    }
}

/// The cells of a fact, in the order of the schema.
fn cells<'a>(f: &'a FactLine<'a>) -> [Cell<'a>; 27] {
    let text = |s: &'a str| Cell::Text(Some(s));
    let (a, b, e) = (&f.source, &f.target, &f.evidence);
    [
        text(&f.id),
        text(f.article),
        text(f.relation),
        text(a.name),
        Cell::Text(a.country),
        text(a.id),
        text(a.kind),
        text(a.text),
        text(b.name),
        Cell::Text(b.country),
        text(b.id),
        text(b.kind),
        text(b.text),
        Cell::Text(f.date.as_deref()),
        Cell::Text(f.place),
        text(f.status),
        Cell::Text(f.attribution),
        Cell::Text(f.role),
        Cell::Truth(f.mutual),
        Cell::Real(f.confidence),
        text(f.plover),
        text(f.cameo),
        text(f.rule),
        text(match e.field {
            Field::Title => "title",
            Field::Text => "text",
        }),
        Cell::Whole(e.start),
        Cell::Whole(e.end),
        text(e.text),
    ]
}

fn wrong(e: impl std::fmt::Display) -> Error {
    Error::new(format!("the Parquet file cannot be written: {e}"))
}
