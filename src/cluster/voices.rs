//! Who speaks for himself: publishers, counted once where they print the same text.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::id;
use super::item::Item;
use crate::model::Evidence;

/// A quote of that many code points that two publishers share is one text printed twice.
const SHARED_TEXT: usize = 60;

/// How many publishers tell in words of their own: those whose articles are copies of one text, or that share a long
/// quote, count once. Linear in the number of claims.
pub fn count<'a>(items: impl Iterator<Item = &'a Item<'a>>) -> usize {
    let mut voices = Voices::default();
    let mut first_of_quote: HashMap<Cow<'_, str>, &str> = HashMap::new();
    let mut first_of_band: HashMap<(u8, u16), &Item<'_>> = HashMap::new();
    for item in items {
        voices.add(item.publisher);
        if let Some(quote) = long_quote(&item.fact.evidence) {
            voices.join(first_of_quote.entry(quote).or_insert(item.publisher), item.publisher);
        }
        let Some(signature) = item.signature else { continue };
        for band in signature.bands() {
            let first = *first_of_band.entry(band).or_insert(item);
            if voices.differ(first.publisher, item.publisher) && first.signature.is_some_and(|s| s.copies(signature)) {
                voices.join(first.publisher, item.publisher);
            }
        }
    }
    voices.count()
}

/// Whether the quote is long enough to tell; of others the words decide nothing.
pub fn is_long(e: &Evidence) -> bool {
    e.end - e.start >= SHARED_TEXT
}

/// The hash of a quote that is long enough to tell; a graph without text has nothing else of it.
fn long_quote(e: &Evidence) -> Option<Cow<'_, str>> {
    match e.quote.strip_prefix(Evidence::HASHED) {
        _ if !is_long(e) => None,
        Some(hash) => Some(hash.into()),
        None => Some(id::sha256(&e.quote).into()),
    }
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

    fn differ(&self, a: &'a str, b: &'a str) -> bool {
        a != b && self.root(a) != self.root(b)
    }

    fn join(&mut self, a: &'a str, b: &'a str) {
        let (a, b) = (self.root(a), self.root(b));
        self.0.insert(a.max(b), a.min(b));
    }

    fn count(&self) -> usize {
        self.0.iter().filter(|(a, b)| a == b).count()
    }
}
