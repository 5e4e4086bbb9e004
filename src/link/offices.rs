//! Who held which office on which day.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

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
    words: FxHashMap<Arc<str>, u32>,
    by_seat: FxHashMap<(u32, u32), Vec<u32>>,
    by_person: FxHashMap<String, Vec<u32>>,
}

impl Offices {
    pub(super) fn add(
        &mut self,
        person: &Actor,
        (state, office): (&str, &str),
        (start, end): (Option<Date>, Option<Date>),
        own: bool,
    ) {
        let at = self.terms.len() as u32;
        let ((s, state), (o, office)) = (self.word(state), self.word(office));
        self.by_seat.entry((s, o)).or_default().push(at);
        match self.by_person.get_mut(&person.id) {
            Some(terms) => terms.push(at),
            None => _ = self.by_person.insert(person.id.clone(), vec![at]),
        }
        self.terms.push(Term { person: person.clone(), state, office, start, end, own });
    }

    /// One copy of each word, and its number.
    fn word(&mut self, text: &str) -> (u32, Arc<str>) {
        if let Some((word, number)) = self.words.get_key_value(text) {
            return (*number, word.clone());
        }
        let (number, word) = (self.words.len() as u32, Arc::<str>::from(text));
        self.words.insert(word.clone(), number);
        (number, word)
    }

    pub(super) fn sort(&mut self) {
        let terms = &self.terms;
        for list in self.by_seat.values_mut().chain(self.by_person.values_mut()).filter(|l| l.len() > 1) {
            list.sort_by_key(|&i| (terms[i as usize].start, i));
        }
    }

    /// The one who held the office of the state (by id) on that day. On the day of a change it is the successor;
    /// nobody if two hold it otherwise, or the table does not say.
    pub fn holder(&self, state: &str, office: &str, day: Date) -> Option<&Actor> {
        let seat = self.by_seat.get(&(*self.words.get(state)?, *self.words.get(office)?))?;
        let mut on: Vec<&Term> = seat.iter().map(|&i| &self.terms[i as usize]).filter(|t| t.covers(day)).collect();
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
        self.words.contains_key(office)
    }

    /// The terms of a person (by id), in order of their start.
    pub fn of(&self, person: &str) -> impl Iterator<Item = &Term> {
        self.by_person.get(person).into_iter().flatten().map(|&i| &self.terms[i as usize])
    }
}
