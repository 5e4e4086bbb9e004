//! Which states data sets have looked at in a slice of time, all of it, for the acts that are asked for.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Coverage, Period, Relation};

/// What one source has looked at throughout a slice.
enum Seen<'a> {
    All,
    These(&'a BTreeSet<String>),
}

/// What the sources have looked at throughout one slice of time.
pub(super) struct Looked<'a>(Vec<Seen<'a>>);

impl<'a> Looked<'a> {
    /// A source that looks at all states covers the slice if its records together hold every day of it; one that looks
    /// at some, if one record holds the whole slice.
    ///
    /// `relations` are those asked for, none for all: a source that looks only for alliances says nothing of wars.
    pub fn at(coverage: &'a [Coverage], slice: Period, relations: &[Relation]) -> Self {
        let looks = |c: &Coverage| {
            let asked = |acts: &BTreeSet<String>| relations.iter().all(|r| acts.contains(r.id()));
            c.acts.as_ref().is_none_or(|acts| !relations.is_empty() && asked(acts))
        };
        let days = |p: Period| i64::from((p.last() - p.first()).get_days()) + 1;
        let mut all: BTreeMap<&str, i64> = BTreeMap::new();
        let mut seen = Vec::new();
        for record in coverage.iter().filter(|c| c.period.overlaps(slice) && looks(c)) {
            let whole = record.period.contains(slice.first()) && record.period.contains(slice.last());
            match &record.states {
                Some(states) if whole => seen.push(Seen::These(states)),
                None => {
                    let part =
                        Period::new(record.period.first().max(slice.first()), record.period.last().min(slice.last()));
                    *all.entry(&record.source).or_default() += part.map_or(0, days);
                }
                Some(_) => {}
            }
        }
        if all.values().any(|n| *n >= days(slice)) {
            seen.push(Seen::All);
        }
        Self(seen)
    }

    /// Whether some source looked at both.
    pub fn both(&self, a: &str, b: &str) -> bool {
        self.0.iter().any(|seen| match seen {
            Seen::All => true,
            Seen::These(states) => states.contains(a) && states.contains(b),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(source: &str, period: &str, states: Option<&[&str]>) -> Coverage {
        let states = states.map(|s| s.iter().map(|x| (*x).to_owned()).collect());
        Coverage { source: source.to_owned(), period: period.parse().expect("a period"), acts: None, states }
    }

    #[test]
    fn a_slice_is_covered_only_as_a_whole() {
        let all = [
            record("daily", "2020-02-01/2020-02-28", None),
            record("daily", "2020-02-29", None),
            record("daily", "2020-03-01", None),
            record("yearly", "2021", Some(&["AAA", "BBB"])),
        ];
        let both = |slice: &str, a, b| Looked::at(&all, slice.parse().expect("a period"), &[]).both(a, b);
        assert!(both("2020-02", "AAA", "CCC"));
        assert!(!both("2020-03", "AAA", "CCC"), "one day of a month");
        assert!(!both("2020", "AAA", "CCC"));
        assert!(both("2021", "AAA", "BBB") && both("2021-05", "BBB", "AAA"));
        assert!(!both("2021", "AAA", "CCC"));
    }

    #[test]
    fn a_source_covers_only_the_acts_that_it_looks_for() {
        let acts = Some(["ally", "pledge"].map(str::to_owned).into());
        let all = [Coverage { acts, ..record("alliances", "2021", Some(&["AAA", "BBB"])) }];
        let both = |relations: &[&str]| {
            let relations: Vec<_> = relations.iter().filter_map(|r| Relation::named(r)).collect();
            Looked::at(&all, "2021".parse().expect("a period"), &relations).both("AAA", "BBB")
        };
        assert!(both(&["ally"]) && both(&["ally", "pledge"]));
        assert!(!both(&[]) && !both(&["ally", "attack"]));
    }
}
