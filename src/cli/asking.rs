//! What the commands that ask share: opening the graph, finding out who is meant, telling events.

use std::cell::OnceCell;

use crate::cli::output::{note, tip};
use crate::error::{Error, Result};
use crate::link::{Gazetteer, key};
use crate::lookup::{self, Happening, Namesakes, Resolved, Said, Who};
use crate::model::{Actor, Period, Relation};
use crate::store::Store;

/// The actor of that name; `None`, with a note on what is near, if the graph has nobody of it.
pub fn who(store: &Store, name: &str) -> Result<Option<Who>> {
    let gazetteer = OnceCell::new();
    match lookup::resolve(store, name, &|name| namesakes(&gazetteer, name))? {
        Resolved::Found { who, others } => {
            if !others.is_empty() {
                note(format_args!("{name}: taken for {}; also {}", called(&who), list(others.iter().map(called), 4)));
            }
            Ok(Some(who))
        }
        Resolved::Unknown { near } => {
            nobody(name, &near, gazetteer.get());
            Ok(None)
        }
    }
}

/// Whom the gazetteer, which is read once, knows by the name.
pub fn namesakes(gazetteer: &OnceCell<Gazetteer>, name: &str) -> Result<Namesakes> {
    let gazetteer = match gazetteer.get() {
        Some(gazetteer) => gazetteer,
        None => {
            let loaded = Gazetteer::embedded()?;
            gazetteer.get_or_init(|| loaded)
        }
    };
    let name = bare(name);
    let ids = |actors: &[Actor]| actors.iter().map(|a| a.id.clone()).collect();
    Ok(Namesakes {
        whole: ids(&gazetteer.lookup(name)),
        family: ids(&gazetteer.family(&key(name)).cloned().collect::<Vec<_>>()),
    })
}

/// Without the article: the gazetteer knows "EU", not "the EU".
fn bare(name: &str) -> &str {
    let name = name.trim();
    name.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("the")).map_or(name, |(_, rest)| rest)
}

/// The id of an actor in a graph that cannot be looked into: a name of which the gazetteer knows exactly one, or else it is
/// taken for an id.
pub fn elsewhere(name: &str) -> Result<String> {
    let gazetteer = Gazetteer::embedded()?;
    match gazetteer.lookup(bare(name)).as_slice() {
        [] => Ok(name.to_owned()),
        [one] => Ok(one.id.clone()),
        several => {
            let which = several.iter().map(|a| format!("{} ({})", a.id, a.name)).collect::<Vec<_>>();
            Err(Error::new(format!("'{name}' may be several"))
                .hint(format!("give an id: {}", list(which.into_iter(), 4))))
        }
    }
}

/// Says that the graph has nobody of the name, and who else may be meant.
fn nobody(name: &str, near: &[String], gazetteer: Option<&Gazetteer>) {
    let known = gazetteer.map(|g| {
        let whole = g.lookup(bare(name));
        if whole.is_empty() { g.family(&key(name)).cloned().collect() } else { whole }
    });
    let known: Vec<String> =
        known.iter().flatten().map(|a| format!("{} ({} {})", a.name, a.kind.as_str(), a.id)).collect();
    if !known.is_empty() {
        note(format_args!("the graph tells nothing of {}", list(known.into_iter(), 4)));
        tip(format_args!("diplograph search '{name}'"));
    } else if near.is_empty() {
        note(format_args!("the graph has nobody called '{name}'"));
        tip(format_args!("diplograph search '{name}'"));
    } else {
        note(format_args!("the graph has nobody called '{name}'; did you mean {}?", near.join(" or ")));
    }
}

/// `Bashar al-Assad (person Q44329)`
pub fn called(who: &Who) -> String {
    format!("{} ({} {})", who.name, who.kind, who.id)
}

/// The first `count`, and how many more there are.
fn list(items: impl ExactSizeIterator<Item = String>, count: usize) -> String {
    let more = items.len().saturating_sub(count);
    let mut text = items.take(count).collect::<Vec<_>>().join(", ");
    if more > 0 {
        text += &format!(" and {more} more");
    }
    text
}

/// A value of `--since`: the first day of what was given.
pub fn first_day(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse::<Period>().map(Period::first)
}

/// A value of `--until`: the last day of what was given.
pub fn last_day(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse::<Period>().map(Period::last)
}

/// The relations that the words of `--relation` stand for.
pub fn relations(words: &[String]) -> Result<Vec<Relation>> {
    let mut relations = Vec::new();
    for word in words {
        let found = lookup::relations(word);
        if found.is_empty() {
            let near = lookup::nearest(word, Relation::all().map(Relation::id), 3);
            let hint = match near.is_empty() {
                true => "meet, sanction, 'verbal conflict' or CONSULT".to_owned(),
                false => near.join(", "),
            };
            return Err(Error::new(format!("'{word}' is no relation, heading or PLOVER type")).hint(hint));
        }
        relations.extend(found);
    }
    Ok(relations)
}

/// The headline, and below it what was said, at most `quotes` times.
pub fn story(event: &Happening, quotes: usize) -> String {
    let mut lines = vec![event.headline()];
    lines.extend(event.said.iter().take(quotes).map(saying));
    if event.said.len() > quotes {
        lines.push(format!("and {} more: diplograph why {}", event.said.len() - quotes, event.event));
    }
    lines.join("\n")
}

fn saying(said: &Said) -> String {
    let quote = said.quote.as_ref().map(|q| format!("“{}” ", one_line(q))).unwrap_or_default();
    let speaker = said.speaker.as_ref().map(|s| format!(", says {}", s.name)).unwrap_or_default();
    format!("  {quote}[{}{speaker}; fact {}]", cited(&said.article), said.fact)
}

/// `Al Jazeera, 2022-05-08`
pub fn cited(article: &lookup::Source) -> String {
    let publisher = article.publisher.clone().unwrap_or_else(|| article.id.clone());
    article.date.as_ref().map_or(publisher.clone(), |date| format!("{publisher}, {date}"))
}

/// Quotes run over line breaks; tables do not.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The date of an event, or a dash.
pub fn day(date: &Option<String>) -> &str {
    date.as_deref().unwrap_or("-")
}

/// Status, and how many publishers stand behind it if several do.
pub fn standing(event: &Happening) -> String {
    let later = if event.held.as_deref() == Some("possible") { ", perhaps later" } else { "" };
    match event.publishers {
        0 | 1 => format!("{}{later}", event.status),
        n => format!("{} ({n}){later}", event.status),
    }
}

/// Prints the SPARQL behind a look-up.
pub fn sparql(name: &str, values: &[(&str, Vec<String>)], out: &mut dyn std::io::Write) -> Result<super::Outcome> {
    writeln!(out, "{}", crate::queries::lookup(name, values)?.trim_end())?;
    Ok(super::Outcome::Done)
}
