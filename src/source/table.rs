//! Tables with a header line, separated by commas, semicolons or tabs. Reads record by record.

use std::io::{self, BufRead, Read};

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use super::fields::Columns;
use super::json::LINE;
use super::open::{Input, one};
use super::unpack::Bytes;
use super::{Draft, Drafts, Skip, encoding};

/// The rows of a table; its header must name a text column.
pub fn rows(input: Input, bytes: Bytes) -> Drafts {
    let separator = separator(&bytes.head);
    let mut reader = guarded(bytes, ReaderBuilder::new().delimiter(separator));
    let names: Vec<String> = match reader.byte_headers() {
        Ok(header) => header.iter().map(|cell| encoding::decode_part(cell).trim().to_owned()).collect(),
        Err(e) => return one(Err(Skip::unreadable(input.line(1), why(&e)))),
    };
    let columns = input.names.columns(&names);
    if !columns.has_text() {
        return one(Err(input.names.no_text(input.place.clone(), &names)));
    }
    Box::new(Rows { input, reader, columns, done: false })
}

/// A reader of decoded records, none of which may be longer than [`LINE`].
pub fn guarded(bytes: Bytes, builder: &ReaderBuilder) -> Reader<Guarded> {
    builder.from_reader(Guarded { inner: encoding::stream(bytes), left: LINE })
}

/// The separator that the header line has most of.
pub fn separator(head: &[u8]) -> u8 {
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |c: u8| line.iter().filter(|&&b| b == c).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&c| count(c)).unwrap_or(b',')
}

struct Rows {
    input: Input,
    reader: Reader<Guarded>,
    columns: Columns,
    done: bool,
}

impl Iterator for Rows {
    type Item = Result<Draft, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.reader.get_mut().renew();
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => Some(self.row(&record)),
            Err(e) => {
                self.done = e.is_io_error();
                let line = e.position().map_or_else(|| self.reader.position().line(), csv::Position::line);
                Some(Err(Skip::unreadable(self.input.line(line), why(&e))))
            }
        }
    }
}

impl Rows {
    fn row(&self, record: &ByteRecord) -> Result<Draft, Skip> {
        let line = record.position().map_or(0, csv::Position::line);
        if record.as_slice().contains(&0) {
            return Err(Skip::unreadable(self.input.line(line), "the row holds NUL bytes"));
        }
        let mut draft = self.input.row(line);
        self.columns.fill(&mut draft, |at| record.get(at).map(encoding::decode_part));
        Ok(draft)
    }
}

/// What is wrong with a record, without its position.
pub fn why(e: &csv::Error) -> String {
    match e.kind() {
        ErrorKind::Io(e) => e.to_string(),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells where the header has {expected_len}")
        }
        _ => e.to_string(),
    }
}

/// Stops at a record that never ends, such as one with a quote that is never closed.
pub struct Guarded {
    inner: Box<dyn BufRead + Send>,
    left: u64,
}

impl Guarded {
    /// A new record begins.
    pub fn renew(&mut self) {
        self.left = LINE;
    }
}

impl Read for Guarded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        if self.left == 0 && n > 0 {
            let why = format!("a record of more than {} MiB: is a quote left open?", LINE >> 20);
            return Err(io::Error::other(why));
        }
        self.left = self.left.saturating_sub(n as u64);
        Ok(n)
    }
}
