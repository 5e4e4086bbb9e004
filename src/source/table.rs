//! Tables with a header line, separated by commas, semicolons or tabs. Reads record by record.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use super::fields::Columns;
use super::json::LINE;
use super::open::{Input, one};
use super::unpack::Bytes;
use super::{Draft, Drafts, Skip, encoding};

/// The rows of a table; its header must name a text column.
pub fn rows(input: Input, bytes: Bytes) -> Drafts {
    let separator = separator(&bytes.head);
    let left = Arc::new(AtomicU64::new(LINE));
    let guarded = Guarded { inner: encoding::stream(bytes), left: left.clone() };
    let mut reader = ReaderBuilder::new().delimiter(separator).from_reader(guarded);
    let names: Vec<String> = match reader.byte_headers() {
        Ok(header) => header.iter().map(|cell| encoding::decode_part(cell).trim().to_owned()).collect(),
        Err(e) => return one(Err(Skip::unreadable(input.line(1), why(&e)))),
    };
    let columns = input.names.columns(&names);
    if !columns.has_text() {
        return one(Err(input.names.no_text(input.place.clone(), &names)));
    }
    Box::new(Rows { input, reader, columns, left, done: false })
}

/// The separator that the header line has most of.
pub fn separator(head: &[u8]) -> u8 {
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |c: u8| line.iter().filter(|&&b| b == c).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&c| count(c)).unwrap_or(b',')
}

struct Rows<R> {
    input: Input,
    reader: Reader<R>,
    columns: Columns,
    left: Arc<AtomicU64>,
    done: bool,
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Draft, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.left.store(LINE, Ordering::Relaxed);
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

impl<R: Read> Rows<R> {
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
struct Guarded<R> {
    inner: R,
    left: Arc<AtomicU64>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)? as u64;
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(n), Ordering::Relaxed);
        if left == 0 && n > 0 {
            let why = format!("a record of more than {} MiB: is a quote left open?", LINE >> 20);
            return Err(io::Error::other(why));
        }
        Ok(n as usize)
    }
}
