//! A file of a data set: recognised, opened, its columns found, its records read one by one.

use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use csv::ReaderBuilder;

use super::block::Blocks;
use super::cells::{self, Record};
use super::cut::Cutter;
use super::row::Row;
use super::set::{self, Dataset, Reads, Use};
use super::spans::{Spans, too_long};
use crate::error::{Error, Result};
use crate::source::json::LINE;
use crate::source::table::{Guarded, guarded, why};
use crate::source::unpack::Bytes;
use crate::source::walk::{self, File};
use crate::source::{encoding, unpack};

/// A file, and the data set that it is of.
#[derive(Debug, Clone)]
pub struct Input {
    file: File,
    pub set: &'static Dataset,
}

impl Input {
    /// A file of that set.
    pub fn new(path: &Path, set: &'static Dataset) -> Self {
        Self { file: File::Path(path.to_owned()), set }
    }

    /// How messages call the file.
    pub fn place(&self) -> String {
        self.file.place()
    }

    /// The file's name without folders.
    pub fn name(&self) -> String {
        match &self.file {
            File::Path(path) => path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
            File::Stdin => "stdin".to_owned(),
        }
    }

    /// The file's size in bytes, packed as it is; 0 if nobody knows.
    pub fn size(&self) -> u64 {
        match &self.file {
            File::Path(path) => path.metadata().map_or(0, |m| m.len()),
            File::Stdin => 0,
        }
    }
}

/// Parts inputs into those of data sets, file by file, and the others, which are left as they were given.
/// With `from`, all files are of that set.
pub fn split(inputs: &[PathBuf], from: Option<&'static Dataset>) -> (Vec<PathBuf>, Vec<Input>) {
    let (mut others, mut found) = (Vec::new(), Vec::new());
    for input in inputs {
        let files: Vec<_> = walk::files(std::slice::from_ref(input)).flatten().collect();
        let sets: Vec<_> = files.iter().map(|f| from.or_else(|| recognised(f))).collect();
        if sets.iter().all(Option::is_none) {
            others.push(input.clone());
            continue;
        }
        for (file, set) in files.into_iter().zip(sets) {
            match (set, file) {
                (Some(set), file) => found.push(Input { file, set }),
                (None, File::Path(path)) => others.push(path),
                (None, File::Stdin) => {}
            }
        }
    }
    (others, found)
}

/// Names of files that are looked into.
const ENDINGS: [&str; 5] = ["csv", "tsv", "tab", "txt", "export"];

fn recognised(file: &File) -> Option<&'static Dataset> {
    let File::Path(path) = file else { return None };
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let ending = unpack::without_extension(&name).rsplit('.').next()?.to_owned();
    let head = ENDINGS.contains(&ending.as_str()).then(|| unpack::open(file).ok()).flatten()?.head;
    recognise(&head)
}

/// The data set that the first bytes of an unpacked file are of.
pub fn recognise(head: &[u8]) -> Option<&'static Dataset> {
    let share = |set: &&'static Dataset| {
        let line = first_line(head, set.separator)?;
        let named = header(set, &line).map(|found| found * 1000 / set.columns.len());
        named.or_else(|| headless(set, &line).then_some(1000))
    };
    let best = set::all().iter().filter_map(|s| Some((share(&s)?, s))).max_by_key(|(share, _)| *share);
    best.map(|(_, set)| set)
}

fn first_line(head: &[u8], separator: u8) -> Option<Vec<String>> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let line = head.split(|b| matches!(b, b'\n' | b'\r')).next()?;
    let cells = line.split(|b| *b == separator);
    Some(cells.map(|c| String::from_utf8_lossy(c).trim().trim_matches('"').to_owned()).collect())
}

/// How many of the set's columns the line names, if it names all that are read, and four of five at least.
fn header(set: &Dataset, line: &[String]) -> Option<usize> {
    let has = |name: &str| line.iter().any(|cell| cell.eq_ignore_ascii_case(name));
    let needed = [Use::Id, Use::Date, Use::Actor, Use::State, Use::Code];
    let needed = set.columns.iter().filter(|c| c.uses.iter().any(|u| needed.contains(u)));
    let found = set.columns.iter().filter(|c| has(c.name)).count();
    (needed.map(|c| c.name).all(has) && found * 5 >= set.columns.len() * 4).then_some(found)
}

/// Whether the line is a row of the set: as many cells, with a number and a date where they should be.
fn headless(set: &Dataset, line: &[String]) -> bool {
    let short = set.columns.last().is_some_and(|c| c.uses.contains(&Use::Url)) as usize;
    let cell = |at: usize| line.get(at).map(String::as_bytes).unwrap_or_default();
    let number = |at: usize| !cell(at).is_empty() && cell(at).iter().all(|b| b.is_ascii_digit() || *b == b'-');
    let date = |at: usize| match set.columns[at].reads {
        Reads::Year => cells::year(cell(at)).is_some(),
        _ => cells::day(cell(at)).is_some(),
    };
    set.header != Some(true)
        && (line.len() == set.columns.len() || line.len() + short == set.columns.len())
        && set.used(Use::Id).all(number)
        && set.used(Use::Date).all(date)
}

/// Where in the file's rows each column of the set stands.
#[derive(Debug)]
pub struct Layout {
    pub set: &'static Dataset,
    pub(super) at: Vec<Option<usize>>,
    pub(super) width: usize,
    pub(super) ids: Vec<usize>,
    pub(super) date: Option<usize>,
    pub(super) issued: Option<usize>,
    pub(super) contexts: Option<usize>,
    /// The columns that a row quotes as its evidence.
    pub(super) quoted: Vec<usize>,
    pub(super) actors: Vec<usize>,
    pub(super) beside: Vec<Beside>,
}

/// The columns that say more of the actor of a column.
#[derive(Debug, Default, Clone)]
pub(super) struct Beside {
    pub words: Option<usize>,
    pub country: Option<usize>,
    pub sectors: Option<usize>,
}

impl Layout {
    fn new(set: &'static Dataset, at: Vec<Option<usize>>, width: usize) -> Self {
        let mut beside = vec![Beside::default(); set.columns.len()];
        for (column, c) in set.columns.iter().enumerate() {
            for of in &c.uses {
                match of {
                    Use::Words(actor) => beside[*actor].words = Some(column),
                    Use::Country(actor) => beside[*actor].country = Some(column),
                    Use::Sectors(actor) => beside[*actor].sectors = Some(column),
                    _ => {}
                }
            }
        }
        let quoted = |(_, c): &(usize, &set::Column)| {
            !c.uses.is_empty() && !c.uses.iter().any(|u| matches!(u, Use::Url | Use::Issued))
        };
        Self {
            at,
            width,
            ids: set.used(Use::Id).collect(),
            date: set.used(Use::Date).next(),
            issued: set.used(Use::Issued).next(),
            contexts: set.used(Use::Contexts).next(),
            quoted: set.columns.iter().enumerate().filter(quoted).map(|(at, _)| at).collect(),
            actors: set.used(Use::Actor).chain(set.used(Use::State)).collect(),
            beside,
            set,
        }
    }

    /// A record of the file as a row.
    pub fn row<'r>(&'r self, record: &'r Record) -> Row<'r> {
        Row { layout: self, record }
    }

    /// From a first line: its names, or, if it has none, the order of the set.
    fn of(set: &'static Dataset, line: &Record) -> Result<(Self, bool)> {
        let names: Vec<String> = (0..line.len()).map(|i| String::from_utf8_lossy(line.cell(i)).into_owned()).collect();
        let place = |name: &str| names.iter().position(|n| n.trim_matches('"').eq_ignore_ascii_case(name));
        let named = set.header != Some(false) && place(set.columns[0].name).is_some();
        if named {
            let at = set.columns.iter().map(|c| place(c.name)).collect();
            return match header(set, &names) {
                Some(_) => Ok((Self::new(set, at, line.len()), true)),
                None => Err(wrong(set, "the header lacks columns")),
            };
        }
        if set.header == Some(true) {
            return Err(wrong(set, "the first line names no columns"));
        }
        let at = (0..set.columns.len()).map(|i| (i < line.len()).then_some(i)).collect();
        match headless(set, &names) {
            true => Ok((Self::new(set, at, line.len()), false)),
            false => Err(wrong(set, format!("{} cells in the first line", line.len()))),
        }
    }
}

fn wrong(set: &Dataset, what: impl Into<String>) -> Error {
    let first: Vec<&str> = set.columns.iter().take(4).map(|c| c.name).collect();
    Error::new(format!("not {}: {}", set.title, what.into())).hint(format!(
        "a file with {} columns: {}, ...; or another --from",
        set.columns.len(),
        first.join(", ")
    ))
}

/// An open file.
pub struct Table {
    pub layout: Layout,
    reader: Reader,
    /// The first record, if it is a row.
    first: Option<Record>,
    /// The file from its second line on, where it can be read in any order.
    rest: Option<Spans>,
    /// How many cells of a row are found.
    wanted: usize,
}

pub(super) enum Reader {
    /// Separated by tabs, nothing quoted, a record a line: cut by hand, which is the fastest.
    Lines {
        inner: Box<dyn BufRead + Send>,
        line: u64,
    },
    Csv {
        reader: csv::Reader<Guarded>,
        record: csv::ByteRecord,
    },
}

impl Table {
    /// Opens the file and finds its columns.
    ///
    /// # Errors
    /// It cannot be read, or is not of the set.
    pub fn open(input: &Input) -> Result<Self> {
        let at = |e: Error| e.at(input.place());
        let bytes = unpack::open(&input.file).map_err(|e| at(e.into()))?;
        let text = encoding::utf8_from(&bytes.head).filter(|_| bytes.plain);
        let mut reader = Reader::new(bytes, input.set.separator);
        let mut first = Record::default();
        if !reader.next(&mut first, usize::MAX).map_err(|e| at(e.into()))? {
            return Err(at(Error::new("there is no row")));
        }
        let rest = match (&reader, &input.file, text) {
            (Reader::Lines { .. }, File::Path(path), Some(from)) => {
                Spans::of(path, (from + first.bytes.len() + 1) as u64)
            }
            _ => None,
        };
        let (layout, named) = Layout::of(input.set, &first).map_err(at)?;
        Ok(Self { layout, reader, first: (!named).then_some(first), rest, wanted: usize::MAX })
    }

    /// From now on finds only the cells that tell of acts, which is faster: place, address and day of addition are empty.
    pub fn only_acts(&mut self) {
        let Layout { set, at, beside, .. } = &self.layout;
        let uses = [Use::Id, Use::Date, Use::Actor, Use::State, Use::Code, Use::Contexts, Use::War, Use::Spell];
        let needed = (0..at.len()).filter(|c| set.columns[*c].uses.iter().any(|u| uses.contains(u)));
        let beside = beside.iter().flat_map(|b| [b.words, b.country, b.sectors]).flatten();
        self.wanted = needed.chain(beside).filter_map(|c| at[c]).max().map_or(0, |at| at + 1);
    }

    /// The layout, and the rows that are left in blocks, which can be cut beside each other.
    pub fn blocks(&mut self) -> (&Layout, Blocks<'_>) {
        let Self { layout, reader, first, rest, wanted } = self;
        (layout, Blocks { reader, first: first.take(), rest: rest.as_mut(), wanted: *wanted, tail: Vec::new() })
    }

    /// Reads the next record; false at the end. An error that [`io::ErrorKind::InvalidData`] marks concerns one record
    /// only.
    pub fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        match self.first.take() {
            Some(first) => {
                *record = first;
                Ok(true)
            }
            None => self.reader.next(record, self.wanted),
        }
    }
}

impl Reader {
    fn new(bytes: Bytes, separator: u8) -> Self {
        if separator == b'\t' {
            return Self::Lines { inner: encoding::stream(bytes), line: 0 };
        }
        let mut builder = ReaderBuilder::new();
        builder.delimiter(separator).has_headers(false).flexible(true);
        Self::Csv { reader: guarded(bytes, &builder), record: csv::ByteRecord::new() }
    }

    pub(super) fn next(&mut self, to: &mut Record, wanted: usize) -> io::Result<bool> {
        to.bytes.clear();
        to.ends.clear();
        to.start = 0;
        match self {
            Self::Lines { inner, line } => {
                *line += 1;
                to.line = *line;
                next_line(inner, to, wanted)
            }
            Self::Csv { reader, record } => {
                reader.get_mut().renew();
                let there = reader.read_byte_record(record).map_err(|e| io::Error::other(why(&e)))?;
                // lines that end in carriage returns alone are not counted as lines by the csv crate
                let line = |p: &csv::Position| if p.line() == 1 { p.record() + 1 } else { p.line() };
                (to.line, to.gap) = (record.position().map_or(0, line), 0);
                to.bytes.extend_from_slice(record.as_slice());
                to.end = to.bytes.len();
                to.width = record.len();
                to.ends.extend((0..record.len()).filter_map(|i| record.range(i)).map(|r| r.end));
                Ok(there)
            }
        }
    }
}

/// A line, without its end, and where the first cells end that are wanted.
fn next_line(inner: &mut Box<dyn BufRead + Send>, to: &mut Record, wanted: usize) -> io::Result<bool> {
    let length = inner.by_ref().take(LINE).read_until(b'\n', &mut to.bytes)?;
    if length as u64 == LINE {
        return Err(too_long());
    }
    if to.bytes.last() == Some(&b'\n') {
        to.bytes.pop();
    }
    Cutter::new(0).line(to, wanted);
    Ok(length > 0)
}
