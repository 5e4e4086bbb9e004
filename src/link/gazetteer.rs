//! Who is known: the tables of `data/gazetteer`, read into look-ups by name, by office and by id.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::bodies::Heads;
use super::offices::Offices;
use super::references::References;
use super::table::{Row, rows};
use super::titles::{TitleWord, Titles};
use super::words::{key, words};
use crate::error::{Error, Result};
use crate::model::{Actor, Entity, EntityKind, Period, fingerprint};

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
    actors: FxHashMap<String, Actor>,
    names: FxHashMap<String, Vec<Name>>,
    /// First word of a name -> the count of words of the longest name that begins with it.
    longest: FxHashMap<String, usize>,
    families: FxHashMap<String, Vec<Actor>>,
    adjectives: FxHashMap<String, String>,
    publishers: FxHashMap<String, Publisher>,
    /// Domain -> country and office.
    houses: FxHashMap<String, (String, String)>,
    pub offices: Offices,
    pub titles: Titles,
    pub heads: Heads,
    pub references: References,
    /// First words of people's names -> how many bear them.
    given: FxHashMap<String, usize>,
    fingerprint: u64,
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
];

impl Gazetteer {
    /// The tables that the program carries.
    pub fn embedded() -> Result<Self> {
        Self::load(|file| Ok(Cow::Borrowed(embedded(file).unwrap_or_default())))
    }

    /// The tables of a folder in place of our own; a table that it lacks is ours.
    pub fn from_dir(dir: &Path) -> Result<Self> {
        Self::load(|file| match std::fs::read_to_string(dir.join(file)) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Cow::Borrowed(embedded(file).unwrap_or_default())),
            Err(e) => Err(Error::from(e).at(dir.join(file).display())),
        })
    }

    fn load<'a>(text: impl Fn(&'static str) -> Result<Cow<'a, str>>) -> Result<Self> {
        let mut g = Self {
            actors: FxHashMap::default(),
            names: FxHashMap::default(),
            longest: FxHashMap::default(),
            families: FxHashMap::default(),
            adjectives: FxHashMap::default(),
            publishers: FxHashMap::default(),
            houses: FxHashMap::default(),
            offices: Offices::default(),
            titles: Titles::default(),
            heads: Heads::default(),
            references: References::default(),
            given: FxHashMap::default(),
            fingerprint: 0,
        };
        let mut read = |file: &'static str, each: &mut dyn FnMut(&mut Self, &Row<'_>) -> Result<()>| -> Result<()> {
            let text = text(file)?;
            g.fingerprint = fingerprint(g.fingerprint, &text);
            rows(file, &text, |row| each(&mut g, &row))
        };
        read("title_words.tsv", &mut |g, r| g.titles.add(r))?;
        read("states.tsv", &mut Self::add_state)?;
        read("igos.tsv", &mut |g, r| g.add_body(r, EntityKind::Igo))?;
        read("organs.tsv", &mut |g, r| g.add_body(r, EntityKind::Organ))?;
        read("groups.tsv", &mut |g, r| g.add_body(r, EntityKind::Group))?;
        read("people.tsv", &mut Self::add_person)?;
        read("offices.tsv", &mut Self::add_office)?;
        read("places.tsv", &mut Self::add_place)?;
        read("publishers.tsv", &mut Self::add_publisher)?;
        read("houses.tsv", &mut Self::add_house)?;
        read("titles.tsv", &mut |g, r| {
            g.titles.add_aliases(r);
            Ok(())
        })?;
        read("heads.tsv", &mut |g, r| g.heads.add(r))?;
        read("references.tsv", &mut |g, r| g.references.add(r))?;
        g.offices.sort();
        Ok(g)
    }

    /// A hash of the tables, to tell readings with other tables apart.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The entity of that id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.get(id)
    }

    /// Everybody who is called so, in the order of the tables; `name` is folded first.
    pub fn lookup(&self, name: &str) -> Vec<Actor> {
        let found = self.names.get(&key(name)).into_iter().flatten();
        let mut out: Vec<Actor> = Vec::new();
        for n in found.filter(|n| n.kind != NameKind::Place) {
            if !out.contains(&n.actor) {
                out.push(n.actor.clone());
            }
        }
        out
    }

    /// The names of a key (words folded and joined by blanks).
    pub fn names(&self, key: &str) -> &[Name] {
        self.names.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many words the longest name that begins with `first` has; 0 if none does.
    pub fn longest(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or(0)
    }

    /// The people of that family name (folded).
    pub fn family(&self, name: &str) -> &[Actor] {
        self.families.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the word (folded) is a first name of several people of the tables.
    pub fn given(&self, word: &str) -> bool {
        self.given.get(word).is_some_and(|n| *n > 3)
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
        let host = source.split("//").nth(1).and_then(|rest| rest.split('/').next())?;
        let mut domains = std::iter::successors(Some(host), |h| h.split_once('.').map(|(_, rest)| rest));
        let (country, office) = domains.find_map(|d| self.houses.get(d))?;
        let state = self.actor(country)?;
        self.offices.holder(&state.id, office, day)
    }

    /// The state or organisation that the actor belongs to, as an entity.
    pub fn home(&self, actor: &Entity) -> Option<&Actor> {
        let country = actor.country.as_deref()?;
        self.actors.get(country).or_else(|| self.actors.get(&format!("org-{}", country.to_lowercase())))
    }

    fn add_state(&mut self, row: &Row<'_>) -> Result<()> {
        let kind = if row.get("kind") == "territory" { EntityKind::Territory } else { EntityKind::State };
        let id = needed(row, "id")?;
        let actor = self.entity(row, kind, Some(id.clone()))?;
        for name in row.list("aliases") {
            self.add_name(&actor, name, NameKind::Own);
        }
        for name in row.list("adjectives").chain(row.list("nationals")) {
            self.adjectives.entry(actor.id.clone()).or_insert_with(|| name.to_owned());
            self.add_name(&actor, name, NameKind::Adjective);
        }
        for name in row.list("capital").chain(row.list("seats")) {
            self.add_name(&actor, name, NameKind::Seat);
        }
        Ok(())
    }

    fn add_body(&mut self, row: &Row<'_>, kind: EntityKind) -> Result<()> {
        let kind = match row.get("kind") {
            "treaty" => EntityKind::Treaty,
            "organ" if kind == EntityKind::Igo => EntityKind::Organ,
            "company" | "church" | "ngo" => EntityKind::Body,
            "media" => EntityKind::Media,
            _ => kind,
        };
        let country = row.some("country").or_else(|| row.some("acronym"));
        let actor = self.entity(row, kind, country)?;
        for name in row.list("aliases") {
            self.add_name(&actor, name, NameKind::Own);
        }
        for name in row.list("adjectives") {
            self.add_name(&actor, name, NameKind::Adjective);
        }
        Ok(())
    }

    fn add_person(&mut self, row: &Row<'_>) -> Result<()> {
        let actor = self.entity(row, EntityKind::Person, row.some("country"))?;
        for name in row.list("aliases") {
            self.add_name(&actor, name, NameKind::Own);
        }
        if let Some((first, _)) = key(&actor.name).split_once(' ') {
            *self.given.entry(first.to_owned()).or_default() += 1;
        }
        let last = || key(&actor.name).rsplit(' ').next().unwrap_or_default().to_owned();
        let families: Vec<_> = row.list("family").map(key).collect();
        for family in if families.is_empty() { vec![last()] } else { families } {
            self.families.entry(family).or_default().push(actor.clone());
        }
        Ok(())
    }

    fn add_office(&mut self, row: &Row<'_>) -> Result<()> {
        let Some(person) = self.actors.get(row.get("person")).cloned() else {
            return Err(Error::new(format!("nobody in people.tsv has the id '{}'", row.get("person"))));
        };
        let (start, end) = (day(row.get("start"), false)?, day(row.get("end"), true)?);
        if self.titles.is(row.get("office"), TitleWord::Royal)
            && let Some((first, _)) = key(&person.name).split_once(' ')
        {
            let named = self.families.entry(first.to_owned()).or_default();
            if !named.contains(&person) {
                named.push(person.clone());
            }
        }
        self.offices.add(person, row.get("state"), row.get("office"), start, end);
        Ok(())
    }

    fn add_place(&mut self, row: &Row<'_>) -> Result<()> {
        let Some(state) = self.actors.get(row.get("country")).cloned() else { return Ok(()) };
        for name in std::iter::once(row.get("name")).chain(row.list("aliases")) {
            self.add_name(&state, name, NameKind::Place);
        }
        Ok(())
    }

    fn add_publisher(&mut self, row: &Row<'_>) -> Result<()> {
        let p = Publisher {
            name: needed(row, "name")?,
            country: row.some("country"),
            government: row.get("kind") == "government",
        };
        for name in std::iter::once(row.get("name")).chain(row.list("aliases")).chain(row.list("domain")) {
            self.publishers.entry(key(name)).or_insert_with(|| p.clone());
        }
        Ok(())
    }

    fn add_house(&mut self, row: &Row<'_>) -> Result<()> {
        self.houses.insert(needed(row, "domain")?, (needed(row, "country")?, needed(row, "office")?));
        Ok(())
    }

    fn entity(&mut self, row: &Row<'_>, kind: EntityKind, country: Option<String>) -> Result<Actor> {
        let (id, name) = (needed(row, "id")?, needed(row, "name")?);
        let actor: Actor = Arc::new(Entity { id, kind, name, country, wikidata: row.some("wikidata") });
        if self.actors.insert(actor.id.clone(), actor.clone()).is_some() {
            return Err(Error::new(format!("the id '{}' stands twice", actor.id)));
        }
        let name = actor.name.clone();
        self.add_name(&actor, &name, NameKind::Own);
        Ok(actor)
    }

    fn add_name(&mut self, actor: &Actor, name: &str, kind: NameKind) {
        let parts = words(name);
        let Some(first) = parts.first() else { return };
        let capitals = parts.len() == 1 && first.capitals;
        let lower = !name.contains(char::is_uppercase);
        let longest = self.longest.entry(first.text.clone()).or_default();
        *longest = (*longest).max(parts.len());
        let key = parts.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        let known = self.names.entry(key).or_default();
        if !known.iter().any(|n| n.actor == *actor && n.kind == kind && n.capitals == capitals) {
            known.push(Name { actor: actor.clone(), kind, capitals, lower });
        }
    }
}

fn needed(row: &Row<'_>, column: &str) -> Result<String> {
    row.some(column).ok_or_else(|| Error::new(format!("the column '{column}' is empty")))
}

/// The first (or last) day of an ISO date that may be just a month or a year.
fn day(cell: &str, last: bool) -> Result<Option<Date>> {
    if cell.is_empty() {
        return Ok(None);
    }
    let period: Period = cell.parse().map_err(Error::new)?;
    Ok(Some(if last { period.last() } else { period.first() }))
}
