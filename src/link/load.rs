//! Reads the tables of `data/gazetteer` into the [`Gazetteer`].

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::bodies::Heads;
use super::gazetteer::{Gazetteer, House, Name, NameKind, Publisher};
use super::index::{Index, hash};
use super::offices::Offices;
use super::references::References;
use super::table::{Row, cells, list, rows};
use super::titles::{TitleWord, Titles};
use super::words::{fold, key};
use crate::error::{Error, Result};
use crate::model::{Actor, Entity, EntityKind, Period, fingerprint};

impl Gazetteer {
    /// Reads all tables.
    pub(super) fn load<'a>(text: impl Fn(&'static str) -> Result<Cow<'a, str>>) -> Result<Self> {
        let mut g = Self::load_bodies(&text)?;
        for (file, add) in
            [("people.tsv", Self::add_people as fn(&mut Self, &str) -> Result<()>), ("offices.tsv", Self::add_offices)]
        {
            let text = text(file)?;
            g.fingerprint = fingerprint(g.fingerprint, &text);
            add(&mut g, &text)?;
        }
        // the largest table is put in order while the others are read
        let mut offices = std::mem::take(&mut g.offices);
        std::thread::scope(|scope| {
            scope.spawn(|| offices.sort());
            g.load_small(&text)
        })?;
        g.offices = offices;
        Ok(g)
    }

    /// Reads the tables of states and bodies.
    pub(super) fn load_bodies<'a>(text: &impl Fn(&'static str) -> Result<Cow<'a, str>>) -> Result<Self> {
        let mut g = Self {
            actors: Index::with_capacity(1 << 15),
            names: Index::with_capacity(1 << 17),
            longest: FxHashMap::default(),
            families: Index::with_capacity(1 << 15),
            adjectives: FxHashMap::default(),
            within: FxHashMap::default(),
            islands: FxHashSet::default(),
            capitals: FxHashMap::default(),
            palaces: FxHashMap::default(),
            publishers: FxHashMap::default(),
            houses: FxHashMap::default(),
            offices: Offices::default(),
            titles: Titles::default(),
            heads: Heads::default(),
            references: References::default(),
            given: FxHashMap::default(),
            regions: FxHashSet::default(),
            own: FxHashSet::default(),
            fingerprint: 0,
            buffer: String::new(),
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
        Ok(g)
    }

    /// The tables of places and words.
    fn load_small<'a>(&mut self, text: &impl Fn(&'static str) -> Result<Cow<'a, str>>) -> Result<()> {
        let mut read = |file: &'static str, each: &mut dyn FnMut(&mut Self, &Row<'_>) -> Result<()>| -> Result<()> {
            let text = text(file)?;
            self.fingerprint = fingerprint(self.fingerprint, &text);
            rows(file, &text, |row| each(self, &row))
        };
        read("places.tsv", &mut Self::add_place)?;
        read("publishers.tsv", &mut Self::add_publisher)?;
        read("houses.tsv", &mut Self::add_house)?;
        read("titles.tsv", &mut |g, r| {
            g.titles.add_aliases(r);
            Ok(())
        })?;
        read("heads.tsv", &mut |g, r| g.heads.add(r))?;
        read("given.tsv", &mut |g, r| {
            let woman = match r.get("sex") {
                "female" => Some(true),
                "male" => Some(false),
                _ => None,
            };
            g.given.insert(needed(r, "name")?, woman);
            Ok(())
        })?;
        read("references.tsv", &mut |g, r| g.references.add(r))?;
        Ok(())
    }

    fn add_state(&mut self, row: &Row<'_>) -> Result<()> {
        let kind = if row.get("kind") == "territory" { EntityKind::Territory } else { EntityKind::State };
        let id = needed(row, "id")?;
        let actor = self.entity(row, kind, Some(id.clone()))?;
        for name in row.list("aliases") {
            self.add_name(&actor, name, NameKind::Own);
        }
        if let Some(adjective) = row.list("adjectives").next() {
            self.adjectives.insert(actor.id.clone(), adjective.to_owned());
        }
        if let Some(capital) = row.list("capital").next() {
            self.capitals.insert(actor.id.clone(), capital.to_owned());
            self.palaces.extend(row.list("seats").map(|seat| (key(seat), capital.to_owned())));
        }
        if let Some(state) = row.some("within") {
            self.within.insert(actor.id.clone(), state);
        }
        for name in row.list("adjectives").chain(row.list("nationals")) {
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
        for name in row.list("seats") {
            self.add_name(&actor, name, NameKind::Seat);
        }
        Ok(())
    }

    fn add_people(&mut self, text: &str) -> Result<()> {
        let columns = ["id", "name", "aliases", "family", "country", "wikidata"];
        cells("people.tsv", text, columns, |[id, name, aliases, family, country, wikidata]| {
            let actor = self.new_entity(EntityKind::Person, id, name, (some(country), some(wikidata)))?;
            for name in list(aliases) {
                self.add_name(&actor, name, NameKind::Own);
            }
            if family.is_empty() {
                let mut folded = String::new();
                fold(name, &mut folded);
                self.families.push(folded.rsplit(' ').next().unwrap_or_default(), actor);
                return Ok(());
            }
            list(family).for_each(|f| self.families.push(&key(f), actor.clone()));
            Ok(())
        })
    }

    fn add_offices(&mut self, text: &str) -> Result<()> {
        let (columns, mut last) = (["person", "office", "state", "start", "end"], None);
        cells("offices.tsv", text, columns, |[person, office, state, start, end]| {
            // the spells of one person stand together
            let actor = match last.take().filter(|a: &Actor| a.id == person).or_else(|| self.actor(person).cloned()) {
                Some(actor) => actor,
                None => return Err(Error::new(format!("nobody in people.tsv has the id '{person}'"))),
            };
            if self.titles.is(office, TitleWord::Royal)
                && let Some((first, _)) = key(&actor.name).split_once(' ')
                && !self.families.get(first).any(|a| *a == actor)
            {
                self.families.push(first, actor.clone());
            }
            self.offices.add(&actor, (state, office), (day(start, false)?, day(end, true)?), false);
            last = Some(actor);
            Ok(())
        })
    }

    fn add_place(&mut self, row: &Row<'_>) -> Result<()> {
        let names = || std::iter::once(row.get("name")).chain(row.list("aliases"));
        if row.get("kind") == "island" {
            self.islands.extend(names().map(key));
        }
        // "The Hague", "Abidjan": seats of governments that are cities of their own
        if row.get("kind") != "building" {
            names().for_each(|n| drop(self.palaces.remove(&key(n))));
        }
        let names = names();
        match self.actor(row.get("country")).cloned() {
            Some(state) => names.for_each(|name| self.add_name(&state, name, NameKind::Place)),
            None => names.for_each(|name| self.add_region(name)),
        }
        Ok(())
    }

    fn add_region(&mut self, name: &str) {
        let mut key = std::mem::take(&mut self.buffer);
        let folded = fold(name, &mut key);
        if folded.words > 1 {
            let longest = self.longest.entry(hash(&key[..folded.first])).or_default();
            *longest = (*longest).max(folded.words);
            self.regions.insert(key.clone());
        }
        self.buffer = key;
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
        // "New York Times": no place is meant
        if !p.government {
            std::iter::once(row.get("name")).chain(row.list("aliases")).for_each(|name| self.add_region(name));
        }
        Ok(())
    }

    fn add_house(&mut self, row: &Row<'_>) -> Result<()> {
        let house = House {
            country: needed(row, "country")?,
            office: needed(row, "office")?,
            body: row.get("body").to_owned(),
        };
        self.houses.insert(needed(row, "domain")?, house);
        Ok(())
    }

    fn entity(&mut self, row: &Row<'_>, kind: EntityKind, country: Option<String>) -> Result<Actor> {
        needed(row, "id")?;
        self.new_entity(kind, row.get("id"), &needed(row, "name")?, (country, row.some("wikidata")))
    }

    fn new_entity(
        &mut self,
        kind: EntityKind,
        id: &str,
        name: &str,
        (country, wikidata): (Option<String>, Option<String>),
    ) -> Result<Actor> {
        if id.is_empty() || name.is_empty() {
            return Err(Error::new("the column 'id' or 'name' is empty"));
        }
        if self.actor(id).is_some() {
            return Err(Error::new(format!("the id '{id}' stands twice")));
        }
        let actor: Actor = Arc::new(Entity { id: id.to_owned(), kind, name: name.to_owned(), country, wikidata });
        self.actors.push(id, actor.clone());
        self.add_name(&actor, name, NameKind::Own);
        Ok(actor)
    }

    pub(super) fn add_name(&mut self, actor: &Actor, name: &str, kind: NameKind) {
        let mut key = std::mem::take(&mut self.buffer);
        let folded = fold(name, &mut key);
        if folded.words > 0 {
            let capitals = folded.words == 1 && folded.capitals;
            let lower = !name.contains(char::is_uppercase);
            let longest = self.longest.entry(hash(&key[..folded.first])).or_default();
            *longest = (*longest).max(folded.words);
            let at = hash(&key);
            if !self.names.at(at).any(|n| n.actor == *actor && n.kind == kind && n.capitals == capitals) {
                self.names.push_at(at, Name { actor: actor.clone(), kind, capitals, lower });
            }
        }
        self.buffer = key;
    }
}

fn some(cell: &str) -> Option<String> {
    Some(cell).filter(|c| !c.is_empty()).map(str::to_owned)
}

pub(super) fn needed(row: &Row<'_>, column: &str) -> Result<String> {
    row.some(column).ok_or_else(|| Error::new(format!("the column '{column}' is empty")))
}

/// The first (or last) day of an ISO date that may be just a month or a year.
pub(super) fn day(cell: &str, last: bool) -> Result<Option<Date>> {
    if cell.is_empty() {
        return Ok(None);
    }
    if let Some(day) = plain_day(cell) {
        return Ok(Some(day));
    }
    let period: Period = cell.parse().map_err(Error::new)?;
    Ok(Some(if last { period.last() } else { period.first() }))
}

/// A whole date, read without ado: the tables hold tens of thousands.
fn plain_day(cell: &str) -> Option<Date> {
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten();
    let (year, rest) = cell.split_once('-').filter(|_| cell.len() == 10)?;
    let (month, day) = rest.split_once('-')?;
    Date::new(number(year)?, number(month)? as i8, number(day)? as i8).ok()
}
