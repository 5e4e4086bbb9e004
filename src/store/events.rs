//! The events of a graph as one table beside its store, for networks: they need them all, and a store gives them one by one.
//!
//! `events.tsv` in the folder of a version has a line an event, in order of ids. A writer notes what it derives for a pair in
//! `events.new` before it commits that, and puts the two together when it publishes: a pair whose commit did not come about is
//! derived and noted again by the next writer, and the last note holds. Without `events.tsv` (in memory, after an update by
//! SPARQL) there is no table until all is derived anew, and readers ask the store.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::{Mode, Store};
use crate::cluster::{Event, Standing};
use crate::error::Result;
use crate::model::{Period, Relation};
use crate::rdf::{encode, name};

pub const TABLE: &str = "events.tsv";
const NOTES: &str = "events.new";

/// An event as networks take it.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    pub id: SmolStr,
    pub relation: Relation,
    /// Ids of entities. Where both sides do the same, the first by IRI is the source.
    pub source: SmolStr,
    pub target: SmolStr,
    pub symmetric: bool,
    pub period: Option<Period>,
    /// As the ontology names it.
    pub status: Cow<'static, str>,
    /// Independent publishers.
    pub publishers: u32,
    pub confidence: f64,
}

/// The table in memory.
pub struct Kept {
    text: String,
    /// Where the lines of a pair begin.
    of_pair: HashMap<SmolStr, Vec<usize>>,
}

impl Kept {
    fn new(text: String) -> Self {
        let mut of_pair: HashMap<SmolStr, Vec<usize>> = HashMap::new();
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            if let Some(pair) = line.split('\t').nth(1) {
                of_pair.entry(pair.into()).or_default().push(from);
            }
            from += line.len();
        }
        Self { text, of_pair }
    }
}

impl Store {
    /// All events in order of ids as the caller wants them, from the table; `None` if there is none that holds.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub fn event_rows<T: Send>(&self, made: impl Fn(EventRow) -> T + Sync) -> Result<Option<Vec<T>>> {
        let made = |line: &str| Some(made(row(line)?));
        // A line that this version does not understand: the store tells.
        Ok(self.event_table()?.and_then(|text| text.par_lines().map(made).collect()))
    }

    /// Those that have one of the actors on either side, by ids of entities.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub fn event_rows_of(&self, actors: &FxHashSet<String>) -> Result<Option<Vec<EventRow>>> {
        let touches = |line: &&str| {
            let cells: Option<[&str; 6]> = cells(line);
            cells.is_some_and(|[_, _, _, source, target, _]| actors.contains(source) || actors.contains(target))
        };
        Ok(self.event_table()?.and_then(|text| text.par_lines().filter(touches).map(row).collect()))
    }

    /// Those of a pair of sides, by the slug of its IRI; `None` unless the table is kept, for to read it all would take longer
    /// than to ask the store.
    pub fn event_rows_between(&self, pair: &str) -> Option<Vec<EventRow>> {
        let kept = self.events.get()?.as_ref()?;
        let lines = kept.of_pair.get(pair).map(Vec::as_slice).unwrap_or_default();
        lines.iter().map(|from| row(kept.text[*from..].lines().next()?)).collect()
    }

    /// Keeps the table in memory, if there is one, for who answers many questions: about 110 bytes an event.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub fn keep_events(&self) -> Result<()> {
        let kept = self.read_events()?.map(Kept::new);
        _ = self.events.set(kept); // who was first has read the same
        Ok(())
    }

    fn event_table(&self) -> Result<Option<Cow<'_, str>>> {
        match self.events.get() {
            Some(kept) => Ok(kept.as_ref().map(|k| Cow::Borrowed(&*k.text))),
            None => Ok(self.read_events()?.map(Cow::Owned)),
        }
    }

    fn read_events(&self) -> Result<Option<String>> {
        let disk = self.disk.as_ref().filter(|d| d.mode() == Mode::ReadOnly);
        let Some(folder) = disk.and_then(|d| d.folder()) else { return Ok(None) };
        match fs::read_to_string(folder.join(TABLE)) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            text => Ok(Some(text?)),
        }
    }

    /// Starts an empty table: all pairs are about to be derived.
    pub(super) fn begin_events(&self) -> Result<()> {
        self.disk.as_ref().and_then(|d| d.folder()).map_or(Ok(()), |folder| begin(&folder))
    }

    /// The table does not hold any more.
    pub(super) fn forget_events(&self) {
        if let Some(folder) = self.disk.as_ref().and_then(|d| d.folder()) {
            _ = fs::remove_file(folder.join(TABLE));
            _ = fs::remove_file(folder.join(NOTES));
        }
    }

    /// Notes the rows of pairs; each begins with a line that names the pair alone.
    pub(super) fn note_events<'a>(&self, rows: impl Iterator<Item = &'a str>) -> Result<()> {
        let Some(folder) = self.disk.as_ref().and_then(|d| d.folder()) else { return Ok(()) };
        if folder.join(TABLE).exists() {
            let mut notes = File::options().create(true).append(true).open(folder.join(NOTES))?;
            // A killed writer may have left half a line.
            let text: String = std::iter::once("\n").chain(rows).collect();
            notes.write_all(text.as_bytes())?;
        }
        Ok(())
    }
}

/// An empty table.
pub fn begin(folder: &Path) -> Result<()> {
    _ = fs::remove_file(folder.join(NOTES));
    // Not in place: the file may be a link to that of the former version.
    put(folder, b"")
}

/// What is noted of a pair.
pub(super) fn rows(pair: &str, events: &[Event]) -> String {
    let pair = pair.rsplit('/').next().unwrap_or_default();
    let mut rows = format!("{pair}\n");
    for e in events {
        let swap = e.mutual && name::entity(&e.source.id).as_str() > name::entity(&e.target.id).as_str();
        let (source, target) = if swap { (&e.target.id, &e.source.id) } else { (&e.source.id, &e.target.id) };
        let day = |of: fn(Period) -> Date| e.bounds.map(|b| of(b).to_string()).unwrap_or_default();
        let (first, last, status) = (day(Period::first), day(Period::last), e.standing.as_str());
        let (id, action, both) = (&e.id, e.action.id(), u8::from(e.mutual));
        let (sources, confidence) = (e.sources, encode::rounded(e.confidence));
        _ = writeln!(
            rows,
            "{id}\t{pair}\t{action}\t{source}\t{target}\t{both}\t{first}\t{last}\t{status}\t{sources}\t{confidence}"
        );
    }
    rows
}

/// Puts the notes of a version into its table.
pub fn publish(folder: &Path) -> Result<()> {
    let (table, notes) = (folder.join(TABLE), folder.join(NOTES));
    if !table.exists() || !notes.exists() {
        return Ok(());
    }
    let (former, noted) = (fs::read_to_string(&table)?, fs::read_to_string(&notes)?);
    let mut of_pair: HashMap<&str, HashSet<&str>> = HashMap::new();
    for line in noted.lines().filter(|l| !l.is_empty()) {
        match line.split('\t').nth(1) {
            None => _ = of_pair.insert(line, HashSet::new()),
            Some(pair) => _ = of_pair.entry(pair).or_default().insert(line),
        }
    }
    let kept = former.lines().filter(|l| l.split('\t').nth(1).is_some_and(|pair| !of_pair.contains_key(pair)));
    let mut lines: Vec<&str> = kept.chain(of_pair.values().flatten().copied()).collect();
    lines.par_sort_unstable();
    let mut text = lines.join("\n");
    text.push_str(if lines.is_empty() { "" } else { "\n" });
    put(folder, text.as_bytes())?;
    Ok(fs::remove_file(notes)?)
}

/// Whole or not at all.
fn put(folder: &Path, bytes: &[u8]) -> Result<()> {
    let part = folder.join("events.part");
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(fs::rename(part, folder.join(TABLE))?)
}

fn word(status: &str) -> Cow<'static, str> {
    let known = Standing::ALL.iter().map(|s| s.as_str()).find(|s| *s == status);
    known.map_or_else(|| Cow::Owned(status.to_owned()), Cow::Borrowed)
}

/// The cells of a line, of which the last holds all that is left; `None` if there are too few.
fn cells<const N: usize>(line: &str) -> Option<[&str; N]> {
    let (mut cells, mut from) = ([""; N], 0);
    let mut tabs = memchr::memchr_iter(b'\t', line.as_bytes());
    for cell in &mut cells[..N - 1] {
        let to = tabs.next()?;
        (*cell, from) = (&line[from..to], to + 1);
    }
    cells[N - 1] = &line[from..];
    Some(cells)
}

/// A line of the table; `None` if it is none.
fn row(line: &str) -> Option<EventRow> {
    let [id, _pair, relation, source, target, both, first, last, status, publishers, confidence] = cells(line)?;
    let period = match (first, last) {
        ("", "") => None,
        (first, last) => Some(Period::new(day(first)?, day(last)?)?),
    };
    Some(EventRow {
        id: id.into(),
        relation: Relation::named(relation)?,
        source: source.into(),
        target: target.into(),
        symmetric: both == "1",
        period,
        status: word(status),
        publishers: publishers.parse().ok()?,
        confidence: confidence.parse().ok()?,
    })
}

/// A day as this module writes it: parsed by hand, as a table has more than a million.
fn day(cell: &str) -> Option<Date> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *cell.as_bytes() else { return cell.parse().ok() };
    let number =
        |digits: &[u8]| digits.iter().try_fold(0i16, |n, d| d.is_ascii_digit().then(|| n * 10 + i16::from(d - b'0')));
    let (month, day) = (number(&[m0, m1])?, number(&[d0, d1])?);
    Date::new(number(&[y0, y1, y2, y3])?, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_or_is_none() {
        let line = "0a\tLCA_SWZ\trecognize\tLCA\tperson-made-swz-0\t0\t1991-02-07\t1991-02-28\tClaimed\t2\t0.99";
        let read = row(line).expect("a row");
        let period = read.period.map(|p| (p.first().to_string(), p.last().to_string()));
        assert_eq!((&*read.id, &*read.source, &*read.target), ("0a", "LCA", "person-made-swz-0"));
        assert_eq!(period, Some(("1991-02-07".to_owned(), "1991-02-28".to_owned())));
        assert_eq!((read.relation.id(), &*read.status, read.publishers), ("recognize", "Claimed", 2));
        for (from, to) in [("\t0.99", ""), ("-28", "-31"), ("1991-02-07", "1991-2-7"), ("recognize", "?")] {
            assert_eq!(row(&line.replace(from, to)), None, "{from} as {to}");
        }
        assert_eq!(row(&line.replace("1991-02-07\t1991-02-28", "\t")).map(|r| r.period), Some(None));
    }
}
