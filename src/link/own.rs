//! Tables of the user's own (`--actors FILE.csv`): they win over ours.

use std::path::Path;
use std::sync::Arc;

use super::gazetteer::{Gazetteer, NameKind};
use super::load::day;
use super::words::{key, slug};
use crate::error::{Error, Result};
use crate::model::{Actor, Entity, EntityKind};

/// The columns that such a table may have; `name` and `kind` it must have.
const COLUMNS: [&str; 10] = ["name", "kind", "country", "aliases", "id", "wikidata", "office", "of", "start", "end"];

impl Gazetteer {
    /// Adds the rows of a CSV file with a head line:
    ///
    /// - `name`, `kind` (state, territory, igo, organ, group, treaty, person, media, body);
    /// - `country`: code of the home state or organisation; `aliases`: other names, split by `|`;
    /// - `id`: of an actor of ours that the row adds to, or of a new one; without it, one of ours of that name and kind
    ///   is meant, else a new actor; `wikidata`;
    /// - `office`, `of` (id of a state or organisation), `start`, `end` (ISO dates): a spell in office of a person.
    pub fn add_own(&mut self, path: &Path) -> Result<()> {
        let place = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| Error::from(e).at(&place))?;
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let head = reader.headers().map_err(|e| broken(&e).at(&place))?.clone();
        if let Some(unknown) = head.iter().find(|c| !COLUMNS.contains(c)) {
            let hint = format!("the columns are {}", COLUMNS.join(", "));
            return Err(Error::new(format!("'{unknown}' is no column")).at(format!("{place}:1")).hint(hint));
        }
        for record in reader.records() {
            let record = record.map_err(|e| broken(&e).at(&place))?;
            let line = record.position().map_or(0, csv::Position::line);
            let get =
                |column: &str| head.iter().position(|c| c == column).and_then(|i| record.get(i)).unwrap_or_default();
            self.add_own_row(&get).map_err(|e| e.at(format!("{place}:{line}")))?;
        }
        self.fingerprint = crate::model::fingerprint(self.fingerprint, &text);
        self.offices.sort();
        Ok(())
    }

    fn add_own_row<'r>(&mut self, get: &dyn Fn(&str) -> &'r str) -> Result<()> {
        let (name, kind) = (get("name"), get("kind").parse::<EntityKind>().map_err(Error::new)?);
        if key(name).is_empty() {
            return Err(Error::new("the column 'name' is empty"));
        }
        for column in ["country", "of"] {
            let code = get(column);
            let known = self.actor(code).is_some() || self.actor(&format!("org-{}", code.to_lowercase())).is_some();
            if !code.is_empty() && !known {
                return Err(Error::new(format!("{column}: nobody has the id '{code}'"))
                    .hint("diplograph actors NAME shows ids"));
            }
        }
        let actor = self.own_actor(name, kind, get);
        for alias in std::iter::once(name).chain(get("aliases").split('|')) {
            self.add_name(&actor, alias.trim(), NameKind::Own);
            self.prefer(&actor, alias);
        }
        if kind == EntityKind::Person {
            let family = key(name).rsplit(' ').next().unwrap_or_default().to_owned();
            if !self.families.get(&family).any(|a| *a == actor) {
                self.families.push(&family, actor.clone());
            }
            self.families.prefer(&family, |a| *a == actor);
        }
        self.own_office(&actor, get)
    }

    fn own_office<'r>(&mut self, actor: &Actor, get: &dyn Fn(&str) -> &'r str) -> Result<()> {
        if get("office").is_empty() {
            return Ok(());
        }
        let of = [get("of"), get("country")].into_iter().find(|c| !c.is_empty());
        let of = of.ok_or_else(|| Error::new("an office needs the columns 'of' or 'country'"))?.to_owned();
        let (start, end) = (day(get("start"), false)?, day(get("end"), true)?);
        if start.zip(end).is_some_and(|(s, e)| e < s) {
            return Err(Error::new(format!("the office ends ({}) before it starts ({})", get("end"), get("start"))));
        }
        self.offices.add(actor, (&of, &get("office").to_lowercase()), (start, end), true);
        Ok(())
    }

    /// The actor that the row is about: ours of that id or of that name and kind, else a new one.
    fn own_actor<'r>(&mut self, name: &str, kind: EntityKind, get: &dyn Fn(&str) -> &'r str) -> Actor {
        let some = |column: &str| Some(get(column)).filter(|v| !v.is_empty()).map(str::to_owned);
        let same = |a: &&Actor| a.kind == kind && some("country").is_none_or(|c| a.country.as_ref() == Some(&c));
        let ours = match some("id") {
            Some(id) => self.actor(&id).filter(|a| a.kind == kind).cloned(),
            None => self.names(&key(name)).map(|n| &n.actor).find(same).cloned(),
        };
        ours.unwrap_or_else(|| {
            let id = some("id").unwrap_or_else(|| format!("own-{}-{}", kind.as_str(), slug(name)));
            let (country, wikidata) = (some("country"), some("wikidata"));
            let actor: Actor = Arc::new(Entity { id: id.clone(), kind, name: name.to_owned(), country, wikidata });
            self.actors.push(&id, actor.clone());
            actor
        })
    }

    /// Puts the actor first among those who are called so.
    fn prefer(&mut self, actor: &Actor, name: &str) {
        self.own.insert(actor.id.clone());
        self.names.prefer(&key(name), |n| n.actor == *actor);
    }
}

fn broken(e: &csv::Error) -> Error {
    let line = e.position().map(|p| format!("line {}: ", p.line())).unwrap_or_default();
    Error::new(format!("{line}{e}")).hint("the file is CSV with a head line, separated by commas")
}
