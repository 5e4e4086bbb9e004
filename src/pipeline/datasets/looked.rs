use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::actors::Actors;
use crate::model::{Coverage, Period};
use crate::source::datasets::{self, Covers, Row};

/// What the rows that were read have looked at.
#[derive(Default)]
pub(super) struct Looked {
    days: BTreeMap<&'static str, BTreeSet<Date>>,
    last: Option<(&'static str, Date)>,
    years: BTreeMap<(&'static str, i16), BTreeSet<String>>,
}

impl Looked {
    /// Takes a row into account, whatever it tells.
    pub fn note(&mut self, row: Row<'_>, date: Option<Period>, actors: &mut Actors) {
        let set = row.set();
        if !set.tells() {
            return;
        }
        match set.covers {
            Covers::All => {
                let Some(day) = row.issued().or(date.map(Period::last)) else { return };
                if self.last != Some((set.name, day)) {
                    self.days.entry(set.name).or_default().insert(day);
                    self.last = Some((set.name, day));
                }
            }
            Covers::Named => {
                let Some(first) = date.map(|d| d.first().year()) else { return };
                let last = row.until().map_or(first, |u| u.last().year());
                for year in first..=last {
                    let states = self.years.entry((set.name, year)).or_default();
                    for party in row.states() {
                        if let Ok(number) = actors.resolve(&party, Some(year)) {
                            states.insert(actors.known(number).actor.id.clone());
                        }
                    }
                }
            }
        }
    }

    /// The records, by source and time.
    pub fn records(&self) -> Vec<Coverage> {
        let days = self.days.iter().flat_map(|(set, days)| days.iter().map(move |day| (*set, Period::day(*day), None)));
        let years = self.years.iter().filter_map(|((set, year), states)| {
            Some((*set, Period::year(*year)?, (!states.is_empty()).then(|| states.clone())?))
        });
        let record = |(set, period, states): (&str, Period, Option<BTreeSet<String>>)| Coverage {
            source: set.to_owned(),
            period,
            acts: datasets::named(set).and_then(datasets::Dataset::acts),
            states,
        };
        days.map(record).chain(years.map(|(s, p, states)| record((s, p, Some(states))))).collect()
    }
}
