//! Codes of actors -> entities, each looked up once.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::{cameo, named, numbers};
use crate::cluster::home;
use crate::link::Gazetteer;
use crate::model::Actor;
use crate::source::datasets::{Party, Scheme};

/// Who is behind a code.
#[derive(Debug, Clone)]
pub(super) enum Found {
    One(Actor),
    /// Numbers that passed on: first and last year, and who had it.
    ByYear(Vec<(i16, i16, Actor)>),
    /// Understood, and out of scope.
    Outside(&'static str),
    /// In no table.
    Unknown,
}

impl Found {
    pub fn one(actor: Actor) -> Self {
        Self::One(actor)
    }
}

/// An actor with the number of its home among those seen.
#[derive(Debug, Clone)]
pub struct Known {
    pub actor: Actor,
    /// Counts the states and organisations in the order in which they are first met.
    pub home: u32,
}

/// Why a code gives no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Miss {
    Outside(&'static str),
    Unknown,
}

/// What was looked up already.
pub(super) struct Actors {
    gazetteer: Arc<Gazetteer>,
    seen: FxHashMap<Vec<u8>, Result<Years, Miss>>,
    /// Short codes that mean the same whatever stands beside them, with the number of who had them whenever.
    short: FxHashMap<u128, Result<u32, Miss>>,
    known: Vec<Known>,
    key: Vec<u8>,
    pub homes: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

/// Who had a code, by years, as numbers of those known; mostly one, from ever to ever.
type Years = SmallVec<[(i16, i16, u32); 1]>;

impl Actors {
    pub fn new(gazetteer: Arc<Gazetteer>) -> Self {
        let (seen, numbers) = (FxHashMap::default(), FxHashMap::default());
        Self {
            gazetteer,
            seen,
            short: FxHashMap::default(),
            known: Vec::new(),
            key: Vec::new(),
            homes: Vec::new(),
            numbers,
        }
    }

    /// Who is meant by the party in that year (any, where the year is not known): a number for [`Actors::known`].
    pub fn resolve(&mut self, party: &Party<'_>, year: Option<i16>) -> Result<u32, Miss> {
        let Some(short) = short(party) else { return self.resolve_any(party, year) };
        if let Some(found) = self.short.get(&short) {
            return *found;
        }
        let found = self.resolve_any(party, year);
        self.short.insert(short, found);
        found
    }

    fn resolve_any(&mut self, party: &Party<'_>, year: Option<i16>) -> Result<u32, Miss> {
        self.key.clear();
        self.key.push(party.scheme as u8);
        self.key.extend_from_slice(party.code);
        if matches!(party.scheme, Scheme::Named | Scheme::Iso3) {
            for more in [party.country, party.sectors, party.words] {
                self.key.push(b'\t');
                self.key.extend_from_slice(more);
            }
        }
        if !self.seen.contains_key(self.key.as_slice()) {
            let found = self.look_up(party);
            self.seen.insert(self.key.clone(), found);
        }
        let years = match &self.seen[self.key.as_slice()] {
            Ok(years) => years,
            Err(miss) => return Err(*miss),
        };
        let fits = |(from, to, _): &&(i16, i16, u32)| year.is_none_or(|y| (*from..=*to).contains(&y));
        years.iter().find(fits).map(|(_, _, number)| *number).ok_or(Miss::Unknown)
    }

    /// Whom the number of [`Actors::resolve`] stands for.
    pub fn known(&self, number: u32) -> &Known {
        &self.known[number as usize]
    }

    /// The number of a home, which is new if need be.
    pub fn home(&mut self, home: &str) -> u32 {
        if let Some(number) = self.numbers.get(home) {
            return *number;
        }
        let number = self.homes.len() as u32;
        self.numbers.insert(home.to_owned(), number);
        self.homes.push(home.to_owned());
        number
    }

    fn look_up(&mut self, party: &Party<'_>) -> Result<Years, Miss> {
        let text = |bytes| String::from_utf8_lossy(bytes);
        let gazetteer = Arc::clone(&self.gazetteer);
        let found = match party.scheme {
            Scheme::Cameo => cameo::actor(party.code, &gazetteer),
            Scheme::Named => named::icews(&text(party.code), &text(party.country), &text(party.sectors), &gazetteer),
            Scheme::Iso3 => named::polecat(party.code, party.sectors, &text(party.words), &gazetteer),
            Scheme::Cow | Scheme::Gw => {
                let holders = numbers::holders(party.scheme, &text(party.code));
                Found::ByYear(holders.iter().map(|h| (h.from, h.to, h.state(&gazetteer))).collect())
            }
        };
        match found {
            Found::One(actor) => Ok(smallvec![(i16::MIN, i16::MAX, self.add(actor))]),
            Found::ByYear(years) if years.is_empty() => Err(Miss::Unknown),
            Found::ByYear(years) => Ok(years.into_iter().map(|(a, b, actor)| (a, b, self.add(actor))).collect()),
            Found::Outside(why) => Err(Miss::Outside(why)),
            Found::Unknown => Err(Miss::Unknown),
        }
    }

    fn add(&mut self, actor: Actor) -> u32 {
        let home = self.home(&home::or_self(&actor));
        self.known.push(Known { actor, home });
        self.known.len() as u32 - 1
    }
}

/// A CAMEO code as a number, if it is no longer than five parts: these depend on nothing else, years included.
fn short(party: &Party<'_>) -> Option<u128> {
    let fits = party.scheme == Scheme::Cameo && party.code.len() <= 15;
    // the one in front tells how long it is: codes hold no zeros, but rows may hold anything
    fits.then(|| party.code.iter().fold(1, |packed, byte| packed << 8 | u128::from(*byte)))
}
