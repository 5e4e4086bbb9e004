//! Wars whose rows are the states that took part: who fought whom follows from their sides and times.
//!
//! Where one state stands alone on a side, it fought all of the other; where several stand on both, the rows do not say who
//! met whom, and every pair is only possible.

use jiff::civil::Date;

use super::cells::integer;
use super::row::Row;
use super::set::Use;
use crate::model::{Period, Status};

/// A state that took part in a war.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belligerent {
    war: Vec<u8>,
    side: Vec<u8>,
    /// When it fought; mostly once.
    spells: Vec<Period>,
}

/// An opponent: its place among the belligerents, when the two fought, and how sure it is that they met.
pub type Opponent = (usize, Period, Status);

impl Belligerent {
    /// Reads a row: the war is the first part of its name, the side the last.
    pub fn of(row: Row<'_>) -> Self {
        let set = row.set();
        let ids: Vec<&[u8]> = set.used(Use::Id).map(|c| row.cell(c)).collect();
        let spells: Vec<i32> = set.used(Use::Spell).map(|c| integer(row.cell(c)).unwrap_or(-9)).collect();
        Self {
            war: ids.first().map(|id| id.to_vec()).unwrap_or_default(),
            side: ids.last().map(|id| id.to_vec()).unwrap_or_default(),
            spells: spells.chunks(6).filter_map(spell).collect(),
        }
    }

    fn fights(&self, other: &Self) -> bool {
        self.war == other.war && self.side != other.side
    }
}

/// Month, day and year of the beginning, then of the end; what is unknown is as wide as it may be.
fn spell(cells: &[i32]) -> Option<Period> {
    let [month, day, year, to_month, to_day, to_year] = *cells else { return None };
    let bounds = |month: i32, day: i32, year: i32| {
        let year = i16::try_from(year).ok().filter(|y| *y > 0)?;
        let whole = Period::year(year)?;
        let Some(month) = i8::try_from(month).ok().and_then(|m| Period::month(year, m)) else { return Some(whole) };
        let day = i8::try_from(day).ok().and_then(|d| Date::new(year, month.first().month(), d).ok());
        Some(day.map_or(month, Period::day))
    };
    Period::new(bounds(month, day, year)?.first(), bounds(to_month, to_day, to_year)?.last())
}

/// The opponents of the belligerent of that place.
pub fn opponents(all: &[Belligerent], at: usize) -> Vec<Opponent> {
    let mine = &all[at];
    let others: Vec<usize> = (0..all.len()).filter(|i| mine.fights(&all[*i])).collect();
    let own_side = all.iter().filter(|b| b.war == mine.war && b.side == mine.side).count();
    let status = if own_side == 1 || others.len() == 1 { Status::Asserted } else { Status::Possible };
    let mut found = Vec::new();
    for other in others {
        for a in &mine.spells {
            for b in all[other].spells.iter().filter(|b| a.overlaps(**b)) {
                let both = Period::new(a.first().max(b.first()), a.last().min(b.last()));
                found.extend(both.map(|both| (other, both, status)));
            }
        }
    }
    found
}
