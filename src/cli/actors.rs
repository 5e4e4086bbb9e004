//! `actors`: what the gazetteer knows of a name, without any graph.

use std::io::Write;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;

use super::Outcome;
use super::output::{note, tip};
use super::table::{Rows, json};
use crate::error::Result;
use crate::link::{Gazetteer, NameKind, Term, key};
use crate::model::Actor;
use crate::pipeline;

/// Whom a name may mean, and why: what the built-in tables of names and offices say
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  diplograph actors Khamenei\n  diplograph actors UAE --json")]
pub struct Args {
    /// A name, an alias, a family name or an id
    name: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// A folder with gazetteer/ to use in place of the built-in one
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A table of actors of your own, which wins over ours: CSV with name,kind,country,aliases,id,wikidata,office,of,start,end
    #[arg(long, value_name = "FILE.csv")]
    actors: Vec<PathBuf>,
}

/// One who may be meant.
#[derive(Serialize)]
struct Known<'a> {
    id: &'a str,
    kind: &'a str,
    name: &'a str,
    country: Option<&'a str>,
    wikidata: Option<&'a str>,
    /// How the name leads to him.
    why: &'static str,
    offices: Vec<Office<'a>>,
}

/// A spell in office; a bound that is missing is unknown at the start and open at the end.
#[derive(Serialize)]
struct Office<'a> {
    office: &'a str,
    of: &'a str,
    start: Option<String>,
    end: Option<String>,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let gazetteer = pipeline::gazetteer(args.data.as_deref(), &args.actors)?;
    let found = called(&gazetteer, &args.name);
    if found.is_empty() {
        note(format_args!("the gazetteer knows nobody called '{}'", args.name));
        tip("a row in data/gazetteer, or --data DIR with one of your own");
        return Ok(Outcome::Nothing);
    }
    let known: Vec<Known<'_>> = found.iter().map(|(actor, why)| known(&gazetteer, actor, why)).collect();
    if args.json {
        json(&known, out)?;
        return Ok(Outcome::Done);
    }
    for (i, k) in known.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        print(k, out)?;
    }
    Ok(Outcome::Done)
}

/// Everybody the name leads to, each once, with the first way that does.
fn called(gazetteer: &Gazetteer, name: &str) -> Vec<(Actor, &'static str)> {
    let mut found: Vec<(Actor, &'static str)> = Vec::new();
    let folded = key(name);
    let by_id = [name.to_owned(), name.to_uppercase()].into_iter().filter_map(|id| gazetteer.actor(&id).cloned());
    let by_name = gazetteer.names(&folded).map(|n| (n.actor.clone(), way(n.kind)));
    let by_family = gazetteer.family(&folded).map(|a| (a.clone(), "family name"));
    for (actor, why) in by_id.map(|a| (a, "id")).chain(by_name).chain(by_family) {
        if !found.iter().any(|(known, _)| *known == actor) {
            found.push((actor, why));
        }
    }
    found
}

fn way(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Own => "name or alias",
        NameKind::Adjective => "adjective or people",
        NameKind::Seat => "capital or seat: the government, or just the place",
        NameKind::Place => "a place in it",
    }
}

fn known<'a>(gazetteer: &'a Gazetteer, actor: &'a Actor, why: &'static str) -> Known<'a> {
    Known {
        id: &actor.id,
        kind: actor.kind.as_str(),
        name: &actor.name,
        country: actor.country.as_deref(),
        wikidata: actor.wikidata.as_deref(),
        why,
        offices: gazetteer.offices.of(&actor.id).map(office).collect(),
    }
}

fn office(term: &Term) -> Office<'_> {
    let day = |d: Option<Date>| d.map(|d| d.to_string());
    Office { office: &term.office, of: &term.state, start: day(term.start), end: day(term.end) }
}

fn print(k: &Known<'_>, out: &mut dyn Write) -> Result<()> {
    let country = k.country.filter(|c| *c != k.id).map(|c| format!(" of {c}")).unwrap_or_default();
    let wikidata = k.wikidata.filter(|w| *w != k.id).map(|w| format!(", Wikidata {w}")).unwrap_or_default();
    writeln!(out, "{}: {}{country} ({}{wikidata}), by {}", k.name, k.kind, k.id, k.why)?;
    let mut rows = Rows::new(&[]);
    for o in &k.offices {
        let [from, to] = [&o.start, &o.end].map(|d| d.as_deref().unwrap_or(""));
        rows.push(["", o.office, o.of, from, to]);
    }
    if rows.is_empty() { Ok(()) } else { rows.print(out) }
}
