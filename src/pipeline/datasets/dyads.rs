//! The dyad-period table straight from rows, without a store: what each state did to each other in each slice of time, each
//! row counted once.
//!
//! It differs from the table of a graph, which counts events: there rows that tell of one happening are one.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::mapper::{Mapper, Why};
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::model::{Period, Status};
use crate::source::datasets::{Input, Record, Row, Table};

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

/// Counts the rows of a file that tell what happened; what is planned or only possible does not count. Rows whose time is
/// longer than a slice stand in none.
pub fn count(mapper: &mut Mapper, input: &Input, monthly: bool, into: &mut Dyads) -> Result<Tally> {
    let mut table = Table::open(input)?;
    table.only_acts();
    let (mut record, mut tally, mut packed) = (Record::default(), Tally::default(), Packed::default());
    while table.next(&mut record).map_err(|e| Error::from(e).at(input.place()))? {
        add(mapper, table.layout.row(&record), monthly, &mut packed, &mut tally);
    }
    let homes = mapper.homes();
    for (key, cell) in packed {
        let home = |at: u64| homes.get((at & 0xFFFF) as usize).cloned().unwrap_or_default();
        into.entry(((key >> 32) as i32, home(key >> 16), home(key))).or_default().join(&cell);
    }
    Ok(tally)
}

fn add(mapper: &mut Mapper, row: Row<'_>, monthly: bool, packed: &mut Packed, tally: &mut Tally) {
    tally.rows += 1;
    let (key, date) = match row.key().and_then(|key| Ok((key, row.date()?))) {
        Ok(read) => read,
        Err(_) => return tally.rejected.add("it cannot be read", b""),
    };
    let mut acts = Vec::new();
    match mapper.acts(row, date, |act| acts.push(act)) {
        None if mapper.is_new(key) => {}
        None => return tally.outside.add("the row came before", b""),
        Some(Why::Outside(why, code)) => return tally.outside.add(why, code),
        Some(Why::Rejected(why, code)) => return tally.rejected.add(why, code),
    }
    let slice = date.and_then(|d| slice(d, monthly));
    tally.told += 1;
    for act in acts {
        let (how, relation) = (act.deed.how, act.deed.relation);
        tally.facts += 1 + u64::from(how.both);
        let (Some(slice), Some(class), Status::Asserted) = (slice, relation.quad_class(), how.status) else { continue };
        let score = relation.goldstein().unwrap_or_default();
        let pack = |a: u32, b: u32| (slice as u64) << 32 | u64::from(a & 0xFFFF) << 16 | u64::from(b & 0xFFFF);
        let (a, b) = (act.from.home, act.to.home);
        let either = how.both || how.mutual || relation.symmetric();
        if either || !how.reverse {
            packed.entry(pack(a, b)).or_default().add(class, score);
        }
        if either || how.reverse {
            packed.entry(pack(b, a)).or_default().add(class, score);
        }
    }
}

/// The number of the slice that holds the period wholly.
fn slice(period: Period, monthly: bool) -> Option<i32> {
    let (first, last) = (period.first(), period.last());
    let month = |d: jiff::civil::Date| i32::from(d.year()) * 12 + if monthly { i32::from(d.month()) - 1 } else { 0 };
    (month(first) == month(last)).then(|| month(first))
}
