use std::io::Read;
use std::ops::Range;
use std::path::Path;

use csv::{Position, Reader, ReaderBuilder, StringRecord};

use super::cells::Cells;
use super::{COLUMNS, CodedRow, did_you_mean, nearest};
use crate::error::{Error, Result};
use crate::source::walk::File;
use crate::source::{encoding, json, table, unpack};

/// Most bytes of a file of facts.
const LIMIT: u64 = 1 << 30;

/// A file of facts as it was read.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// How messages call the file.
    pub place: String,
    /// The whole file as text.
    pub text: String,
    /// In order; a wrong row is an error of its own, which says where.
    pub rows: Vec<Result<Written>>,
}

/// A row, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    pub row: CodedRow,
    /// Bytes of the sheet's text, without the line's end.
    pub span: Range<usize>,
}

/// Reads a file, or standard input for `-`; it may be packed, and separated by semicolons or tabs.
///
/// # Errors
/// The file cannot be read or its header is wrong.
pub fn read(path: &Path) -> Result<Sheet> {
    let file = if path.as_os_str() == "-" { File::Stdin } else { File::Path(path.to_owned()) };
    let place = file.place();
    let bytes = unpack::open(&file).map_err(|e| Error::from(e).at(&place))?;
    if let Some(why) = encoding::binary(&bytes.head) {
        return Err(Error::new(why).at(place));
    }
    let separator = table::separator(&bytes.head);
    let mut all = Vec::new();
    let length = encoding::stream(bytes).take(LIMIT).read_to_end(&mut all).map_err(|e| Error::from(e).at(&place))?;
    if length as u64 == LIMIT {
        return Err(Error::new(format!("larger than {} MiB", LIMIT >> 20)).at(place));
    }
    let text: String = all.split_inclusive(|&b| b == b'\n').map(encoding::decode_part).collect();
    let rows = rows(&place, &text, separator)?;
    Ok(Sheet { place, text, rows })
}

fn rows(place: &str, text: &str, separator: u8) -> Result<Vec<Result<Written>>> {
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let header = header(&mut reader).map_err(|e| e.at(format!("{place}:1")))?;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            Err(e) => {
                let line = e.position().map_or(0, Position::line);
                rows.push(Err(Error::new(table::why(&e)).at(format!("{place}:{line}"))));
                return Ok(rows);
            }
        }
        if record.get(0).is_some_and(|c| c.trim_start().starts_with('#')) || record.iter().all(|c| c.trim().is_empty())
        {
            continue;
        }
        let (start, first) = record.position().map_or((0, 0), |p| (p.byte() as usize, p.line()));
        let span = trimmed(text, start..reader.position().byte() as usize);
        let line = first + text[start..span.start].matches('\n').count() as u64;
        let row = row(&header, &record, line).map_err(|e| e.at(format!("{place}:{line}")));
        rows.push(row.map(|row| Written { row, span }));
    }
}

/// The same without blanks at both ends.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let words = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// Which of [`COLUMNS`] each cell is.
fn header(reader: &mut Reader<&[u8]>) -> Result<Vec<usize>> {
    let cells = reader.headers().map_err(|e| Error::new(table::why(&e)))?;
    let header = cells.iter().map(|n| column(&n.trim().to_lowercase())).collect::<Result<Vec<_>>>()?;
    for (at, column) in header.iter().enumerate() {
        if header[..at].contains(column) {
            return Err(Error::new(format!("two columns '{}'", COLUMNS[*column])));
        }
    }
    match (0..3).find(|needed| !header.contains(needed)) {
        Some(lacking) => Err(Error::new(format!("no column '{}'", COLUMNS[lacking]))
            .hint(format!("the first line names the columns: {}", COLUMNS[..super::BY_HAND].join(",")))),
        None => Ok(header),
    }
}

fn column(name: &str) -> Result<usize> {
    COLUMNS.iter().position(|c| *c == name).ok_or_else(|| {
        let hint = nearest(name, &COLUMNS).map_or_else(|| format!("there are {}", COLUMNS.join(", ")), did_you_mean);
        Error::new(format!("no column is called '{name}'")).hint(hint)
    })
}

fn row(header: &[usize], record: &StringRecord, line: u64) -> Result<CodedRow> {
    if record.as_slice().len() as u64 > json::LINE {
        let what = format!("a row of more than {} MiB: is a quote left open?", json::LINE >> 20);
        return Err(Error::new(what));
    }
    if record.len() > header.len() {
        let (cells, columns) = (record.len(), header.len());
        let error = Error::new(format!("{cells} cells where the header has {columns}"));
        return Err(error.hint("put a cell that holds the separator in double quotes"));
    }
    let mut cells = Cells::new();
    for (cell, &column) in record.iter().zip(header) {
        cells.set_at(column, cell);
    }
    CodedRow::parse(line, cells)
}
