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
    pub id: String,
    pub relation: Relation,
    /// Ids of entities. Where both sides do the same, the first by IRI is the source.
    pub source: String,
    pub target: String,
    pub symmetric: bool,
    pub period: Option<Period>,
    /// As the ontology names it.
    pub status: Cow<'static, str>,
    /// Independent publishers.
    pub publishers: u32,
    pub confidence: f64,
}

impl Store {
    /// All events in order of ids, from the table; `None` if there is none that holds.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub fn event_rows(&self) -> Result<Option<Vec<EventRow>>> {
        // A line that this version does not understand: the store tells.
        Ok(self.event_table()?.and_then(|text| text.par_lines().map(row).collect()))
    }

    /// Those that have one of the actors on either side, by ids of entities.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub fn event_rows_of(&self, actors: &FxHashSet<String>) -> Result<Option<Vec<EventRow>>> {
        let touches = |line: &&str| line.split('\t').skip(3).take(2).any(|id| actors.contains(id));
        Ok(self.event_table()?.and_then(|text| text.par_lines().filter(touches).map(row).collect()))
    }

    fn event_table(&self) -> Result<Option<String>> {
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

/// A line of the table; `None` if it is none.
fn row(line: &str) -> Option<EventRow> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    let (id, _pair, relation, source, target) = (next()?, next()?, next()?, next()?, next()?);
    let (both, first, last, status) = (next()?, next()?, next()?, next()?);
    let (publishers, confidence) = (next()?.parse().ok()?, next()?.parse().ok()?);
    let period = match (first, last) {
        ("", "") => None,
        (first, last) => Some(Period::new(first.parse().ok()?, last.parse().ok()?)?),
    };
    Some(EventRow {
        id: id.to_owned(),
        relation: Relation::named(relation)?,
        source: source.to_owned(),
        target: target.to_owned(),
        symmetric: both == "1",
        period,
        status: word(status),
        publishers,
        confidence,
    })
}
