//! The dyad-period table straight from rows, without a store: what each state did to each other in each slice of time, each
//! row counted once.
//!
//! It differs from the table of a graph, which counts events: there rows that tell of one happening are one.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::actors::Actors;
use super::mapper::{self, Act, Mapper, Why};
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::model::{Period, Status};
use crate::source::datasets::{Block, Input, Layout, Row, Table};

/// What one side did to the other in one slice.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// By quad class: verbal and material cooperation, verbal and material conflict.
    pub quad_classes: [u32; 4],
    /// The sum of the Goldstein scores of the relations, and the lowest.
    pub goldstein: f64,
    pub lowest: f64,
}

impl Cell {
    pub fn events(&self) -> u32 {
        self.quad_classes.iter().sum()
    }

    fn add(&mut self, class: u8, score: f64) {
        self.lowest = if self.events() == 0 { score } else { self.lowest.min(score) };
        self.quad_classes[usize::from(class) - 1] += 1;
        self.goldstein += score;
    }

    fn join(&mut self, other: &Self) {
        self.lowest = if self.events() == 0 { other.lowest } else { self.lowest.min(other.lowest) };
        self.quad_classes.iter_mut().zip(other.quad_classes).for_each(|(a, b)| *a += b);
        self.goldstein += other.goldstein;
    }
}

/// The table: the slice's first month (years times twelve and months from 0), who, to whom. Years are their January.
pub type Dyads = BTreeMap<(i32, String, String), Cell>;

/// Cells by slice and the numbers of the two homes, packed.
type Packed = FxHashMap<u64, Cell>;

/// Blocks of a file that a thread has before it at a time.
const AHEAD: usize = 4;

/// What maps blocks of rows, beside others that do the same.
struct Worker {
    actors: Actors,
    told: Told,
    /// Of the rows that tell of no acts.
    tally: Tally,
}

/// What a worker found in its block.
#[derive(Default)]
struct Told {
    /// The homes that the worker had not met before.
    homes: Vec<String>,
    /// The rows that tell of acts: hash of the name, facts, and where its acts end.
    rows: Vec<(u64, u64, usize)>,
    acts: Vec<Counted>,
}

/// What counts the blocks that were mapped before, while the next ones are.
struct Counter<'m> {
    mapper: &'m mut Mapper,
    /// By worker the numbers that the mapper has for the homes that the worker has met.
    homes: Vec<Vec<u32>>,
    /// By worker what it told of its last block.
    before: Vec<Told>,
    packed: Packed,
    tally: Tally,
}

/// What a row adds to a cell; homes by the numbers of the worker.
struct Counted {
    slice: i32,
    from: u32,
    to: u32,
    class: u8,
    score: f64,
}

/// Counts the rows of a file that tell what happened; what is planned or only possible does not count. Rows whose time is
/// longer than a slice stand in none. Blocks of the file are mapped on all cores, and counted in their order.
pub fn count(mapper: &mut Mapper, input: &Input, monthly: bool, into: &mut Dyads) -> Result<Tally> {
    let mut table = Table::open(input)?;
    table.only_acts();
    let size = rayon::current_num_threads() * AHEAD;
    let mut workers: Vec<Worker> = (0..size).map(|_| Worker::new(mapper)).collect();
    let mut counter = Counter::new(mapper, size);
    let (layout, mut blocks) = table.blocks();
    let blocks_of = || (0..size).map(|_| Block::default()).collect::<Vec<_>>();
    let (mut now, mut next) = (blocks_of(), blocks_of());
    let mut more = blocks.fill(&mut now).map_err(|e| Error::from(e).at(input.place()))?;
    while more {
        let work = now.par_iter_mut().zip(&mut workers);
        let map = || work.try_for_each(|(block, worker)| worker.map(layout, block, monthly));
        let fill = || blocks.fill(&mut next);
        let ((filled, mapped), ()) = rayon::join(|| rayon::join(fill, map), || counter.count());
        more = mapped.and(filled).map_err(|e| Error::from(e).at(input.place()))?;
        workers.iter_mut().zip(&mut counter.before).for_each(|(worker, told)| std::mem::swap(&mut worker.told, told));
        std::mem::swap(&mut now, &mut next);
    }
    counter.count();
    workers.into_iter().for_each(|worker| counter.tally.join(worker.tally));
    let homes = counter.mapper.homes();
    for (key, cell) in counter.packed {
        let home = |at: u64| homes.get((at & 0xFFFF) as usize).cloned().unwrap_or_default();
        into.entry(((key >> 32) as i32, home(key >> 16), home(key))).or_default().join(&cell);
    }
    Ok(counter.tally)
}

impl Worker {
    fn new(mapper: &Mapper) -> Self {
        let actors = Actors::new(Arc::clone(mapper.gazetteer()));
        Self { actors, told: Told::default(), tally: Tally::default() }
    }

    fn map(&mut self, layout: &Layout, block: &mut Block, monthly: bool) -> io::Result<()> {
        block.load()?;
        let met = self.actors.homes.len();
        while let Some(record) = block.next() {
            self.add(layout.row(record), monthly);
        }
        self.told.homes.extend_from_slice(&self.actors.homes[met..]);
        Ok(())
    }

    fn add(&mut self, row: Row<'_>, monthly: bool) {
        let tally = &mut self.tally;
        tally.rows += 1;
        let Some(date) = row.date().ok().filter(|_| row.is_sound()) else {
            return tally.rejected.add("it cannot be read", b"");
        };
        let slice = date.and_then(|d| slice(d, monthly));
        let (mut facts, acts) = (0, &mut self.told.acts);
        let told = |act: Act<'_>| facts += self::told(&act, slice, acts);
        match mapper::acts(&mut self.actors, row, date, told) {
            None => self.told.rows.push((row.key(), facts, self.told.acts.len())),
            Some(Why::Outside(why, code)) => tally.outside.add(why, code),
            Some(Why::Rejected(why, code)) => tally.rejected.add(why, code),
        }
    }
}

impl<'m> Counter<'m> {
    fn new(mapper: &'m mut Mapper, workers: usize) -> Self {
        let before = (0..workers).map(|_| Told::default()).collect();
        let homes = vec![Vec::new(); workers];
        Self { mapper, homes, before, packed: Packed::default(), tally: Tally::default() }
    }

    /// Counts what the blocks told, but for rows that came before.
    fn count(&mut self) {
        let Self { mapper, homes, before, packed, tally } = self;
        for (told, homes) in before.iter_mut().zip(homes) {
            homes.extend(told.homes.drain(..).map(|home| mapper.home(&home)));
            let mut first = 0;
            for (key, facts, end) in told.rows.drain(..) {
                let acts = &told.acts[first..end];
                first = end;
                if !mapper.is_new(key) {
                    tally.outside.add("the row came before", b"");
                    continue;
                }
                tally.told += 1;
                tally.facts += facts;
                for act in acts {
                    let home = |number: u32| u64::from(homes[number as usize] & 0xFFFF);
                    let key = (act.slice as u64) << 32 | home(act.from) << 16 | home(act.to);
                    packed.entry(key).or_default().add(act.class, act.score);
                }
            }
            told.acts.clear();
        }
    }
}

/// Adds what an act counts for; returns how many facts it is.
fn told(act: &Act<'_>, slice: Option<i32>, into: &mut Vec<Counted>) -> u64 {
    let (how, relation) = (act.deed.how, act.deed.relation);
    let facts = 1 + u64::from(how.both);
    let (Some(slice), Some(class), Status::Asserted) = (slice, relation.quad_class(), how.status) else {
        return facts;
    };
    let score = relation.goldstein().unwrap_or_default();
    let [a, b] = act.homes;
    let either = how.both || how.mutual || relation.symmetric();
    if either || !how.reverse {
        into.push(Counted { slice, from: a, to: b, class, score });
    }
    if either || how.reverse {
        into.push(Counted { slice, from: b, to: a, class, score });
    }
    facts
}

/// The number of the slice that holds the period wholly.
fn slice(period: Period, monthly: bool) -> Option<i32> {
    let (first, last) = (period.first(), period.last());
    let month = |d: jiff::civil::Date| i32::from(d.year()) * 12 + if monthly { i32::from(d.month()) - 1 } else { 0 };
    (month(first) == month(last)).then(|| month(first))
}
