//! Who held which office on which day.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::model::Actor;

/// A spell in office. A missing bound is unknown at the start and open at the end.
#[derive(Debug, Clone)]
pub struct Term {
    pub person: Actor,
    /// Id of the state or organisation.
    pub state: String,
    pub office: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
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
    by_seat: FxHashMap<(String, String), Vec<usize>>,
    by_person: FxHashMap<String, Vec<usize>>,
}

impl Offices {
    pub(super) fn add(&mut self, person: Actor, state: &str, office: &str, start: Option<Date>, end: Option<Date>) {
        let at = self.terms.len();
        self.by_seat.entry((state.to_owned(), office.to_owned())).or_default().push(at);
        self.by_person.entry(person.id.clone()).or_default().push(at);
        self.terms.push(Term { person, state: state.to_owned(), office: office.to_owned(), start, end });
    }

    pub(super) fn sort(&mut self) {
        let terms = &self.terms;
        for list in self.by_seat.values_mut().chain(self.by_person.values_mut()) {
            list.sort_by_key(|&i| (terms[i].start, i));
        }
    }

    /// The one who held the office of the state (by id) on that day. On the day of a change it is the successor;
    /// nobody if two hold it otherwise, or the table does not say.
    pub fn holder(&self, state: &str, office: &str, day: Date) -> Option<&Actor> {
        let seat = self.by_seat.get(&(state.to_owned(), office.to_owned()))?;
        let mut on: Vec<&Term> = seat.iter().map(|&i| &self.terms[i]).filter(|t| t.covers(day)).collect();
        if on.len() > 1 {
            on.retain(|t| t.end != Some(day));
        }
        let first = on.first()?;
        on.iter().all(|t| t.person == first.person).then_some(&first.person)
    }

    /// The terms of a person (by id), in order of their start.
    pub fn of(&self, person: &str) -> impl Iterator<Item = &Term> {
        self.by_person.get(person).into_iter().flatten().map(|&i| &self.terms[i])
    }
}
