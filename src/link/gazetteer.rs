//! Who is known: the tables of `data/gazetteer`, read into look-ups by name, by office and by id.

use std::borrow::Cow;
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bodies::Heads;
use super::index::{Index, hash};
use super::offices::Offices;
use super::references::References;
use super::titles::Titles;
use super::words::key;
use crate::error::{Error, Result};
use crate::model::{Actor, Entity, EntityKind};

/// What a name says of its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// The entity's own name or an alias.
    Own,
    /// A national adjective or the name of a people: "Iranian", "Iranians".
    Adjective,
    /// A capital or a palace: it stands for the government, or is just a place.
    Seat,
    /// A city or region of the state: only ever a place.
    Place,
}

/// One way to call somebody.
#[derive(Debug, Clone)]
pub struct Name {
    pub actor: Actor,
    pub kind: NameKind,
    /// Only text in capitals is meant: "US", never "us".
    pub capitals: bool,
    /// Written without capitals in the table: "nuclear deal".
    pub lower: bool,
}

/// The tables in memory.
pub struct Gazetteer {
    /// By id.
    pub(super) actors: Index<Actor>,
    pub(super) names: Index<Name>,
    /// Hash of the first word of a name -> the count of words of the longest name that begins with it.
    pub(super) longest: FxHashMap<u64, usize>,
    pub(super) families: Index<Actor>,
    pub(super) adjectives: FxHashMap<String, String>,
    /// The code of a state -> its capital, as the table spells it first.
    pub(super) capitals: FxHashMap<String, String>,
    /// Palaces and the like from which states are governed, folded -> the capital.
    pub(super) palaces: FxHashMap<String, String>,
    /// The code of a territory -> that of the state of which it is a part.
    pub(super) within: FxHashMap<String, String>,
    pub(super) publishers: FxHashMap<String, Publisher>,
    /// By domain.
    pub(super) houses: FxHashMap<String, House>,
    pub offices: Offices,
    pub titles: Titles,
    pub heads: Heads,
    pub references: References,
    /// First names, and whether they are women's.
    pub(super) given: FxHashMap<String, Option<bool>>,
    /// Regions of several words that belong to no state, and newspapers, folded: their words name nobody ("Persian Gulf").
    pub(super) regions: FxHashSet<String>,
    /// Islands, folded.
    pub(super) islands: FxHashSet<String>,
    /// Ids of the actors of the user's own tables.
    pub(super) own: FxHashSet<String>,
    pub(super) fingerprint: u64,
    /// Room for folding names.
    pub(super) buffer: String,
}

/// A site that speaks for the holder of an office.
#[derive(Debug, Clone)]
pub(super) struct House {
    pub country: String,
    pub office: String,
    /// The name of the organ that calls itself "the Department" there; empty if none does.
    pub body: String,
}

/// Who prints the news.
#[derive(Debug, Clone)]
pub struct Publisher {
    pub name: String,
    /// Its home state.
    pub country: Option<String>,
    /// Whether it is a government's own site: its "we" and "our" is that government.
    pub government: bool,
}

macro_rules! embedded {
    ($($file:literal),* $(,)?) => {
        fn embedded(file: &str) -> Option<&'static str> {
            match file { $($file => Some(include_str!(concat!("../../data/gazetteer/", $file))),)* _ => None }
        }
    };
}

embedded![
    "states.tsv",
    "igos.tsv",
    "groups.tsv",
    "organs.tsv",
    "people.tsv",
    "offices.tsv",
    "places.tsv",
    "publishers.tsv",
    "houses.tsv",
    "title_words.tsv",
    "titles.tsv",
    "heads.tsv",
    "references.tsv",
    "given.tsv",
];

fn ours(file: &'static str) -> Result<Cow<'static, str>> {
    Ok(Cow::Borrowed(embedded(file).unwrap_or_default()))
}

fn text_in(dir: &Path, file: &'static str) -> Result<Cow<'static, str>> {
    match std::fs::read_to_string(dir.join(file)) {
        Ok(text) => Ok(Cow::Owned(text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => ours(file),
        Err(e) => Err(Error::from(e).at(dir.join(file).display())),
    }
}

impl Gazetteer {
    /// The tables that the program carries.
    pub fn embedded() -> Result<Self> {
        Self::load(ours)
    }

    /// The tables of a folder in place of our own; a table that it lacks is ours.
    pub fn from_dir(dir: &Path) -> Result<Self> {
        Self::load(|file| text_in(dir, file))
    }

    /// States, organisations and groups alone, which is read in a tenth of the time.
    pub fn embedded_bodies() -> Result<Self> {
        Self::load_bodies(&ours)
    }

    /// The same of a folder.
    pub fn bodies_from_dir(dir: &Path) -> Result<Self> {
        Self::load_bodies(&|file: &'static str| text_in(dir, file))
    }

    /// A hash of the tables, to tell readings with other tables apart.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The entity of that id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.get(id).find(|a| a.id == id)
    }

    /// Everybody who is called so, in the order of the tables; `name` is folded first.
    pub fn lookup(&self, name: &str) -> Vec<Actor> {
        let mut out: Vec<Actor> = Vec::new();
        for n in self.names(&key(name)).filter(|n| n.kind != NameKind::Place) {
            if !out.contains(&n.actor) {
                out.push(n.actor.clone());
            }
        }
        out
    }

    /// The names of a key (words folded and joined by blanks).
    pub fn names(&self, key: &str) -> impl Iterator<Item = &Name> {
        self.names.get(key)
    }

    /// Whether the words (folded) name a region or newspaper that is nobody.
    pub fn is_region(&self, key: &str) -> bool {
        self.regions.contains(key)
    }

    /// The capital in which the palace of that name stands.
    pub fn palace(&self, name: &str) -> Option<&str> {
        self.palaces.get(&key(name)).map(String::as_str)
    }

    /// The capital of a state.
    pub fn capital(&self, country: &str) -> Option<&str> {
        self.capitals.get(country).map(String::as_str)
    }

    /// Whether things happen on the place of that name.
    pub fn is_island(&self, name: &str) -> bool {
        self.islands.contains(&key(name))
    }

    /// How many words the longest name that begins with `first` has; 0 if none does.
    pub fn longest(&self, first: &str) -> usize {
        self.longest.get(&hash(first)).copied().unwrap_or(0)
    }

    /// The people of that family name (folded).
    pub fn family(&self, name: &str) -> impl Iterator<Item = &Actor> {
        self.families.get(name)
    }

    /// Whether the word (folded) is a first name.
    pub fn given(&self, word: &str) -> bool {
        self.given.contains_key(word)
    }

    /// Whether somebody of that name is a woman, as far as the first name tells.
    pub fn woman(&self, name: &str) -> Option<bool> {
        *self.given.get(key(name).split(' ').next()?)?
    }

    /// Whether a table of the user's own names the actor.
    pub fn is_own(&self, actor: &Entity) -> bool {
        self.own.contains(&actor.id)
    }

    /// The adjective of a state, else its name: "Iranian", "Zanzibar".
    pub fn adjective<'a>(&'a self, state: &'a Entity) -> &'a str {
        self.adjectives.get(&state.id).unwrap_or(&state.name)
    }

    /// The publisher that a source line or an address names: "Tehran Times, https://www.tehrantimes.com/...".
    pub fn publisher(&self, source: &str) -> Option<&Publisher> {
        let name = source.split([',', '(', '|']).next().unwrap_or_default();
        let host = source.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let domains = std::iter::successors(Some(host), |h| h.split_once('.').map(|(_, rest)| rest));
        [source, name].into_iter().chain(domains).find_map(|n| self.publishers.get(&key(n)))
    }

    /// The one for whom a site speaks on that day, by the address of an article.
    pub fn house(&self, source: &str, day: jiff::civil::Date) -> Option<&Actor> {
        let house = self.house_at(source)?;
        let state = self.actor(&house.country)?;
        self.offices.holder(&state.id, &house.office, day)
    }

    /// The organ that the site calls "the Department".
    pub fn house_body(&self, source: &str) -> Option<&Actor> {
        let name = key(&self.house_at(source)?.body);
        self.names(&name).map(|n| &n.actor).find(|a| a.kind == EntityKind::Organ)
    }

    fn house_at(&self, source: &str) -> Option<&House> {
        let host = source.split("//").nth(1).and_then(|rest| rest.split('/').next())?;
        let mut domains = std::iter::successors(Some(host), |h| h.split_once('.').map(|(_, rest)| rest));
        domains.find_map(|d| self.houses.get(d))
    }

    /// The only person of that name: a speech names its speaker as its source.
    pub fn person(&self, name: &str) -> Option<Actor> {
        let folded = key(name);
        let mut called = self.names(&folded).map(|n| &n.actor);
        let first = called.next().filter(|a| a.kind == EntityKind::Person)?;
        called.all(|a| a == first).then(|| first.clone())
    }

    /// The state whose organ it is, else the actor itself.
    pub fn state_of(&self, actor: &Actor) -> Actor {
        let home = self.home(actor).filter(|_| actor.kind == EntityKind::Organ);
        home.unwrap_or(actor).clone()
    }

    /// The actor with the state that its territory is a part of as its home: Zanzibar and its president are Tanzania's.
    pub fn of_its_state(&self, actor: Actor) -> Actor {
        match actor.country.as_deref().and_then(|c| self.within.get(c)) {
            Some(state) => Actor::new(Entity { country: Some(state.clone()), ..Entity::clone(&actor) }),
            None => actor,
        }
    }

    /// The noun for an organ without its state: "foreign ministry".
    pub fn noun(&self, organ: &Entity) -> String {
        let Some(id) = organ.id.strip_prefix("organ-") else { return key(&organ.name) };
        let Some(home) = self.home(organ) else { return id.replace('-', " ") };
        let id = id.strip_prefix(&format!("{}-", home.id.to_lowercase())).unwrap_or(id).replace('-', " ");
        let id = id.strip_suffix(&format!(" of {}", key(&home.name))).unwrap_or(&id);
        id.strip_prefix(&format!("{} ", key(self.adjective(home)))).unwrap_or(id).to_owned()
    }

    /// The state or organisation that the actor belongs to, as an entity.
    pub fn home(&self, actor: &Entity) -> Option<&Actor> {
        let country = actor.country.as_deref()?;
        self.actor(country).or_else(|| self.actor(&format!("org-{}", country.to_lowercase())))
    }
}
