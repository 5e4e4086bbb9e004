//! Who held which office on which day.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::index::{Index, hash};
use crate::model::Actor;

/// A spell in office. A missing bound is unknown at the start and open at the end.
#[derive(Debug, Clone)]
pub struct Term {
    pub person: Actor,
    /// Id of the state or organisation.
    pub state: Arc<str>,
    pub office: Arc<str>,
    pub start: Option<Date>,
    pub end: Option<Date>,
    /// From a table of the user's own: it wins over ours.
    pub own: bool,
}

impl Term {
    /// Whether the person was in office on that day, as far as the table tells.
    pub fn covers(&self, day: Date) -> bool {
        self.start.is_some_and(|s| s <= day) && self.end.is_none_or(|e| day <= e)
    }
}

/// All terms, by office and by person.
#[derive(Default)]
pub struct Offices {
    terms: Vec<Term>,
    words: FxHashSet<Arc<str>>,
    /// By state and office.
    by_seat: Index<u32>,
    by_person: Index<u32>,
}

impl Offices {
    pub(super) fn add(
        &mut self,
        person: &Actor,
        (state, office): (&str, &str),
        (start, end): (Option<Date>, Option<Date>),
        own: bool,
    ) {
        let (state, office) = (self.word(state), self.word(office));
        self.terms.push(Term { person: person.clone(), state, office, start, end, own });
    }

    /// One copy of each word.
    fn word(&mut self, text: &str) -> Arc<str> {
        if let Some(word) = self.words.get(text) {
            return word.clone();
        }
        let word = Arc::<str>::from(text);
        self.words.insert(word.clone());
        word
    }

    /// Makes the look-ups, once all terms are there.
    pub(super) fn sort(&mut self) {
        self.terms.sort_by_key(|t| t.start);
        (self.by_seat, self.by_person) =
            (Index::with_capacity(self.terms.len()), Index::with_capacity(self.terms.len()));
        for (at, t) in (0..).zip(&self.terms) {
            self.by_seat.push_at(seat(&t.state, &t.office), at);
            self.by_person.push(&t.person.id, at);
        }
    }

    /// The one who held the office of the state (by id) on that day. On the day of a change it is the successor;
    /// nobody if two hold it otherwise, or the table does not say.
    pub fn holder(&self, state: &str, office: &str, day: Date) -> Option<&Actor> {
        let terms = self.by_seat.at(seat(state, office)).map(|&i| &self.terms[i as usize]);
        let mut on: Vec<&Term> = terms.filter(|t| t.covers(day)).collect();
        if on.iter().any(|t| t.own) {
            on.retain(|t| t.own);
        }
        if on.len() > 1 {
            on.retain(|t| t.end != Some(day));
        }
        let first = on.first()?;
        on.iter().all(|t| t.person == first.person).then_some(&first.person)
    }

    /// Whether anybody held an office of that name.
    pub fn is_known(&self, office: &str) -> bool {
        self.words.contains(office)
    }

    /// The terms of a person (by id), in order of their start.
    pub fn of(&self, person: &str) -> impl Iterator<Item = &Term> {
        self.by_person.get(person).map(|&i| &self.terms[i as usize])
    }
}

fn seat(state: &str, office: &str) -> u64 {
    hash(state).rotate_left(32) ^ hash(office)
}
