//! Reads the tables of `data/gazetteer` into the [`Gazetteer`].

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::bodies::Heads;
use super::gazetteer::{Gazetteer, Name, NameKind, Publisher};
use super::offices::Offices;
use super::references::References;
use super::table::{Row, rows};
use super::titles::{TitleWord, Titles};
use super::words::{key, words};
use crate::error::{Error, Result};
use crate::model::{Actor, Entity, EntityKind, Period, fingerprint};

impl Gazetteer {
    pub(super) fn load<'a>(text: impl Fn(&'static str) -> Result<Cow<'a, str>>) -> Result<Self> {
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
            own: FxHashSet::default(),
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
        g.offices.sort();
        Ok(g)
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
        Ok(())
    }

    fn add_person(&mut self, row: &Row<'_>) -> Result<()> {
        let actor = self.entity(row, EntityKind::Person, row.some("country"))?;
        for name in row.list("aliases") {
            self.add_name(&actor, name, NameKind::Own);
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
        self.offices.add(&person, (row.get("state"), row.get("office")), (start, end), false);
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

    pub(super) fn add_name(&mut self, actor: &Actor, name: &str, kind: NameKind) {
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
