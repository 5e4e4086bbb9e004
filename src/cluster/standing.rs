//! How far the claims of one event let it be trusted.

use std::collections::{BTreeMap, BTreeSet};

use super::event::Standing;
use super::item::{Class, Item};
use crate::model::Status;

/// A quote of that many letters that two publishers share is one text printed twice.
const SHARED_TEXT: usize = 60;

/// The standing of claims that tell of one event.
pub fn of(items: &[&Item<'_>]) -> Standing {
    match items.first().map(|i| i.class) {
        Some(Class::Planned) => return Standing::Intended,
        None | Some(Class::Possible) => return Standing::Hypothetical,
        Some(Class::Factual) => {}
    }
    let denied: BTreeSet<_> = items.iter().filter(|i| i.denied()).map(|i| i.voice()).collect();
    let said: BTreeSet<_> = items.iter().filter(|i| !i.denied()).map(|i| i.voice()).collect();
    if said.is_empty() {
        return Standing::Denied;
    }
    if denied.iter().any(|d| said.iter().any(|s| s != d)) {
        return Standing::Disputed;
    }
    match independent(items) {
        0 if items.iter().any(|i| i.fact.claim.status == Status::Asserted) => Standing::Claimed,
        0 => Standing::Hypothetical,
        1 => Standing::Reported,
        _ => Standing::Corroborated,
    }
}

/// Those whose word counts: all but data sets that a program coded from the news, which repeat what the news says; these
/// only where there is nobody else.
pub fn voices<'i, 'a>(items: &[&'i Item<'a>]) -> Vec<&'i Item<'a>> {
    let own: Vec<_> = items.iter().copied().filter(|i| !i.fact.evidence.by_machine()).collect();
    if own.is_empty() { items.to_vec() } else { own }
}

/// How many publishers vouch for it in words of their own: those that share a long quote count once, and so do all data
/// sets that programs coded.
fn independent(items: &[&Item<'_>]) -> usize {
    let vouched: Vec<_> = items.iter().copied().filter(|i| i.vouched()).collect();
    let vouched = voices(&vouched);
    if vouched.iter().all(|i| i.fact.evidence.by_machine()) {
        return vouched.len().min(1);
    }
    let mut voice_of_quote: BTreeMap<String, &str> = BTreeMap::new();
    let mut voices = Voices::default();
    for item in vouched {
        voices.add(item.publisher);
        let quote = normal(&item.fact.evidence.quote);
        if quote.len() >= SHARED_TEXT {
            let first = *voice_of_quote.entry(quote).or_insert(item.publisher);
            voices.join(first, item.publisher);
        }
    }
    voices.count()
}

fn normal(quote: &str) -> String {
    quote.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Publishers, joined where they print the same text.
#[derive(Default)]
struct Voices<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Voices<'a> {
    fn add(&mut self, publisher: &'a str) {
        self.0.entry(publisher).or_insert(publisher);
    }

    fn root(&self, publisher: &'a str) -> &'a str {
        let mut at = publisher;
        while let Some(next) = self.0.get(at).filter(|n| **n != at) {
            at = next;
        }
        at
    }

    fn join(&mut self, a: &'a str, b: &'a str) {
        let (a, b) = (self.root(a), self.root(b));
        self.0.insert(a.max(b), a.min(b));
    }

    fn count(&self) -> usize {
        self.0.iter().filter(|(a, b)| a == b).count()
    }
}
