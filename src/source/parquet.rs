//! Parquet files, one row group at a time, and of that only the columns that are needed.

use std::cell::Cell;
use std::fs::File;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Arc, Once};

use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::reader::RowIter;
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::Type;

use super::fields::Columns;
use super::open::{Input, one};
use super::{Draft, Drafts, Skip, encoding};

/// The rows of a file on disk.
pub fn on_disk(input: Input, path: &Path) -> Drafts {
    let reader = guarded(|| SerializedFileReader::new(File::open(path)?));
    rows(input, reader.map(|r| Box::new(r) as Box<dyn FileReader>))
}

/// The rows of a file that was unpacked or came through a pipe.
pub fn in_memory(input: Input, bytes: Vec<u8>) -> Drafts {
    let reader = guarded(|| SerializedFileReader::new(bytes::Bytes::from(bytes)));
    rows(input, reader.map(|r| Box::new(r) as Box<dyn FileReader>))
}

fn rows(input: Input, reader: Result<Box<dyn FileReader>>) -> Drafts {
    let reader = match reader {
        Ok(reader) => reader,
        Err(e) => return one(Err(broken(input.place, &e))),
    };
    let schema = reader.metadata().file_metadata().schema().clone();
    let names: Vec<String> = schema.get_fields().iter().map(|f| f.name().to_owned()).collect();
    let columns = input.names.columns(&names);
    if !columns.has_text() {
        return one(Err(input.names.no_text(input.place, &names)));
    }
    let wanted = project(&schema, &columns);
    match wanted.and_then(|wanted| guarded(|| RowIter::from_file_into(reader).project(Some(wanted)))) {
        Ok(rows) => Box::new(Rows { input, rows, number: 0, done: false }),
        Err(e) => one(Err(broken(input.place, &e))),
    }
}

/// The schema with nothing but the columns in use.
fn project(schema: &Type, columns: &Columns) -> Result<Type> {
    let mut used: Vec<usize> = columns.used().collect();
    used.sort_unstable();
    let fields = used.into_iter().filter_map(|at| schema.get_fields().get(at)).map(Arc::clone).collect();
    Type::group_type_builder(schema.name()).with_fields(fields).build()
}

struct Rows {
    input: Input,
    rows: RowIter<'static>,
    number: u64,
    done: bool,
}

impl Iterator for Rows {
    type Item = Result<Draft, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let row = guarded(|| self.rows.next().transpose()).transpose()?;
        self.number += 1;
        Some(match row {
            Ok(row) => Ok(draft(&self.input, self.number, row)),
            Err(e) => {
                self.done = true;
                Err(broken(self.input.line(self.number), &e))
            }
        })
    }
}

fn draft(input: &Input, number: u64, row: Row) -> Draft {
    let (names, mut values): (Vec<String>, Vec<Field>) = row.into_columns().into_iter().unzip();
    let mut draft = input.row(number);
    input.names.columns(&names).fill(&mut draft, |at| words(std::mem::replace(&mut values[at], Field::Null)));
    draft
}

/// A value as text: a list's parts joined by a blank line.
fn words(value: Field) -> Option<String> {
    match value {
        Field::Null | Field::Group(_) | Field::MapInternal(_) => None,
        Field::Str(s) => Some(s),
        Field::Bytes(b) => Some(encoding::decode_part(b.data())),
        Field::ListInternal(l) => Some(l.elements().iter().cloned().filter_map(words).collect::<Vec<_>>().join("\n\n")),
        Field::Date(days) => moment(i64::from(days).checked_mul(86_400)?),
        Field::TimestampMillis(n) => moment(n.div_euclid(1_000)),
        Field::TimestampMicros(n) => moment(n.div_euclid(1_000_000)),
        // Their own way of displaying it panics beyond some years.
        Field::TimeMillis(_) | Field::TimeMicros(_) | Field::Decimal(_) => None,
        other => Some(other.to_string()),
    }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

static QUIET: Once = Once::new();

/// Makes an error of a panic: the Parquet library panics on some damaged files. Panics elsewhere are reported as ever.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                usual(info);
            }
        }));
    });
    GUARDED.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(false);
    read.unwrap_or_else(|_| Err(ParquetError::General("damaged".to_owned())))
}

/// The day of a second since 1970, as RFC 3339 writes it.
fn moment(second: i64) -> Option<String> {
    jiff::Timestamp::from_second(second).ok().map(|t| t.to_string())
}

fn broken(place: String, e: &ParquetError) -> Skip {
    Skip::unreadable(place, format!("not a Parquet file that can be read: {e}"))
}
