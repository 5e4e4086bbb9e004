//! When a fact of a system is a fact of the gold file: the dyad, the actors, and each attribute.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::dates::When;
use super::names::{Party, States, norm, role_words};
use super::read::{Quote, Stated};

/// A fact made ready to be compared.
pub(super) struct Item<'a> {
    pub fact: &'a Stated,
    source: Party,
    target: Party,
    date: When,
    role: BTreeSet<String>,
}

/// Which attributes of a matched fact are right.
#[derive(Clone, Copy)]
pub(super) struct Right {
    pub date: bool,
    pub status: bool,
    pub role: bool,
}

impl Right {
    pub fn all(self) -> bool {
        self.date && self.status && self.role
    }

    /// How good a match is, 0 to 7: the date weighs most, then the status.
    pub fn quality(self) -> u8 {
        4 * u8::from(self.date) + 2 * u8::from(self.status) + u8::from(self.role)
    }
}

impl<'a> Item<'a> {
    pub fn new(fact: &'a Stated, states: States<'_>) -> Self {
        Self {
            fact,
            source: Party::new(&fact.source, states),
            target: Party::new(&fact.target, states),
            date: When::new(fact.date.as_deref()),
            role: role_words(fact.role.as_deref()),
        }
    }

    /// The same two states (or organisations) and the same group of relations.
    pub fn same_dyad(&self, system: &Item<'_>) -> bool {
        self.fact.relation.group() == system.fact.relation.group() && self.pair(system, Party::is_of_state)
    }

    /// The same two actors and the same relation.
    pub fn same_actors(&self, system: &Item<'_>) -> bool {
        self.fact.relation == system.fact.relation && self.pair(system, Party::is)
    }

    fn pair(&self, system: &Item<'_>, same: fn(&Party, &Party) -> bool) -> bool {
        let either_way = self.fact.mutual || self.fact.relation.symmetric() || system.fact.relation.symmetric();
        same(&self.source, &system.source) && same(&self.target, &system.target)
            || either_way && same(&self.source, &system.target) && same(&self.target, &system.source)
    }

    /// What `system` has right, in an article of the day `report`.
    pub fn right(&self, system: &Self, report: Option<Date>) -> Right {
        Right {
            date: self.date.is(system.date, report),
            status: self.fact.status == system.fact.status,
            role: self.same_role(system),
        }
    }

    /// Half of the words of both must be common ones, and neither or both be a former office.
    fn same_role(&self, system: &Self) -> bool {
        if self.fact.relation.id() != "holds_office" {
            return true;
        }
        let (ours, theirs) = (&self.role, &system.role);
        !ours.is_empty()
            && ours.contains("former") == theirs.contains("former")
            && 2 * ours.intersection(theirs).count() >= ours.union(theirs).count()
    }
}

/// Without the second of two facts that are one joint promise given in both directions.
pub(super) fn without_echoes<'a>(golds: &[Item<'_>], systems: Vec<Item<'a>>) -> Vec<Item<'a>> {
    let mut kept: Vec<Item<'a>> = Vec::new();
    for s in systems {
        let mirrored = |k: &Item<'_>| {
            let (k, s) = (k.fact, s.fact);
            k.relation == s.relation && k.source.name == s.target.name && k.target.name == s.source.name
        };
        let echo = golds.iter().any(|g| g.fact.mutual && g.same_actors(&s)) && kept.iter().any(mirrored);
        if !echo {
            kept.push(s);
        }
    }
    kept
}

/// Whether the places are one.
pub(super) fn same_place(gold: &str, system: &str) -> bool {
    norm(gold) == norm(system)
}

/// Whether the system's words hold the last word of gold's: the family name.
pub(super) fn same_speaker(gold: &str, system: &str) -> bool {
    let (gold, system) = (norm(gold), norm(system));
    gold.split_whitespace().last().is_some_and(|family| system.split_whitespace().any(|w| w == family))
}

/// The words of a quote: given, or read from the text at its offsets.
pub(super) fn quoted(quote: &Quote, text: Option<&str>) -> String {
    match (&quote.text, text, quote.start) {
        (Some(words), ..) if !words.is_empty() => words.clone(),
        (_, Some(text), Some(start)) => code_points(text, start, quote.end),
        _ => String::new(),
    }
}

/// Whether the text has exactly the quoted words at the quote's offsets.
pub(super) fn exact(quote: &Quote, text: &str) -> bool {
    match (&quote.text, quote.start) {
        (Some(words), Some(start)) => !words.is_empty() && code_points(text, start, quote.end) == *words,
        _ => false,
    }
}

/// Whether two quotes have a word in common.
pub(super) fn overlap(gold: &str, system: &str) -> bool {
    let (gold, system) = (norm(gold), norm(system));
    let words: BTreeSet<&str> = gold.split_whitespace().collect();
    system.split_whitespace().any(|w| words.contains(w))
}

fn code_points(text: &str, start: usize, end: Option<usize>) -> String {
    text.chars().skip(start).take(end.map_or(usize::MAX, |e| e.saturating_sub(start))).collect()
}
