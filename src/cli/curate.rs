//! `reject`, `accept`, `merge`, `split`, `undo`: decisions of a person, kept in the log of curation.

use std::collections::BTreeSet;
use std::io::Write;

use super::asking::{called, who};
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::lookup::{self, Reason};
use crate::model::{Decision, Verdict};
use crate::store::{Mode, Store};

/// Facts that a person has read again
#[derive(clap::Args)]
pub struct Facts {
    /// Ids of facts; of an event, for all its facts
    #[arg(required = true, value_name = "FACT")]
    facts: Vec<String>,
    #[command(flatten)]
    why: Why,
}

/// Two events, or two actors
#[derive(clap::Args)]
pub struct Two {
    /// An event or a fact of it; or an actor, who keeps his name
    a: String,
    /// The event, or the actor, that is the same
    b: String,
    #[command(flatten)]
    why: Why,
}

/// A decision by its number
#[derive(clap::Args)]
pub struct Undo {
    /// The number that `log` shows; without one the last decision that holds
    number: Option<u32>,
    /// Let an undone decision hold again
    #[arg(long, requires = "number")]
    redo: bool,
    #[command(flatten)]
    graph: GraphArg,
}

#[derive(clap::Args)]
struct Why {
    /// Why, to be kept in the log
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    graph: GraphArg,
}

/// `reject` and `accept`.
pub fn judge(verdict: Verdict, args: Facts, out: &mut dyn Write) -> Result<Outcome> {
    let store = open(&args.why.graph)?;
    let mut about = BTreeSet::new();
    for id in &args.facts {
        about.extend(facts(&store, id)?.into_iter().map(|r| r.said.fact));
    }
    decide(store, verdict, about, None, args.why.note, out)
}

/// `merge`.
pub fn merge(args: Two, out: &mut dyn Write) -> Result<Outcome> {
    let store = open(&args.why.graph)?;
    let [a, b] = [&args.a, &args.b].map(|id| whole_event(&store, id));
    let (a, b) = (a?, b?);
    if a.is_empty() && b.is_empty() {
        return merge_actors(store, args, out);
    }
    for (id, found) in [(&args.a, &a), (&args.b, &b)] {
        if found.is_empty() {
            return Err(Error::new(format!("the graph has no event or fact '{id}'")).hint("diplograph why ID"));
        }
    }
    let acts: BTreeSet<_> = a.iter().chain(&b).map(act).collect();
    if acts.len() > 1 {
        let what = "the two tell of different acts, actors or certainties; one event has one of each";
        return Err(Error::new(what).hint(format!("diplograph why {}", args.a)));
    }
    let about: BTreeSet<_> = a.into_iter().chain(b).map(|r| r.said.fact).collect();
    decide(store, Verdict::Together, about, None, args.why.note, out)
}

fn merge_actors(store: Store, args: Two, out: &mut dyn Write) -> Result<Outcome> {
    let (Some(a), Some(b)) = (who(&store, &args.a)?, who(&store, &args.b)?) else { return Ok(Outcome::Nothing) };
    if a.id == b.id {
        return Err(Error::new(format!("both are {}", called(&a))));
    }
    decide(store, Verdict::Same, [b.id].into(), Some(a.id), args.why.note, out)
}

/// `split`.
pub fn split(args: Facts, out: &mut dyn Write) -> Result<Outcome> {
    let store = open(&args.why.graph)?;
    let mut about = BTreeSet::new();
    let mut events = BTreeSet::new();
    for id in &args.facts {
        let found = facts(&store, id)?;
        events.extend(found.iter().filter_map(|r| r.event.clone()));
        about.extend(found.into_iter().map(|r| r.said.fact));
    }
    let hint = "diplograph why EVENT lists the facts of an event";
    let [event] = events.iter().collect::<Vec<_>>()[..] else {
        return Err(Error::new(format!("the facts are of {} events, not of one", events.len())).hint(hint));
    };
    if lookup::why(&store, event)?.len() == about.len() {
        return Err(Error::new("these are all the facts of the event: nothing is left to split from").hint(hint));
    }
    decide(store, Verdict::Apart, about, None, args.why.note, out)
}

/// `undo`.
pub fn undo(args: Undo, out: &mut dyn Write) -> Result<Outcome> {
    let mut store = open(&args.graph)?;
    let last = store.decisions()?.iter().rfind(|d| !d.undone).map(|d| d.number);
    let Some(number) = args.number.or(last) else {
        return Err(Error::new("no decision holds that could be undone").hint("diplograph log"));
    };
    let decision = store.set_undone(number, !args.redo)?;
    store.close()?;
    let state = if args.redo { "holds again" } else { "undone" };
    writeln!(out, "decision {number} ({}) {state}", decision.verdict.as_str())?;
    Ok(Outcome::Done)
}

fn decide(
    mut store: Store,
    verdict: Verdict,
    about: BTreeSet<String>,
    into: Option<String>,
    note: Option<String>,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let count = about.len();
    let number = store.decide(vec![Decision { number: 0, verdict, about, into, note, undone: false }])?;
    store.close()?;
    let what = if verdict == Verdict::Same { "actor" } else { "fact" };
    let plural = if count == 1 { "" } else { "s" };
    writeln!(
        out,
        "decision {number}: {}, {count} {what}{plural}; diplograph undo {number} takes it back",
        verdict.as_str()
    )?;
    Ok(Outcome::Done)
}

/// The graph for writing; unlike a build, curation makes none.
fn open(graph: &GraphArg) -> Result<Store> {
    Store::open(&graph.dir, Mode::ReadOnly)?;
    Store::open(&graph.dir, Mode::ReadWrite)
}

/// The facts behind the id of a fact or an event.
fn facts(store: &Store, id: &str) -> Result<Vec<Reason>> {
    let found = lookup::why(store, id)?;
    if found.is_empty() {
        return Err(Error::new(format!("the graph has no fact or event '{id}'")).hint("diplograph search TEXT"));
    }
    Ok(found)
}

/// All facts of the event that the id, or the fact of that id, belongs to; empty if there is none.
fn whole_event(store: &Store, id: &str) -> Result<Vec<Reason>> {
    let found = lookup::why(store, id)?;
    match found.iter().find_map(|r| r.event.clone()) {
        Some(event) => lookup::why(store, &event),
        None => Ok(found),
    }
}

/// What two facts must share to tell of one event: the act, the actors, and whether it happened, is planned or may be.
fn act(reason: &Reason) -> (String, BTreeSet<String>, &'static str) {
    let actors = reason.sources.iter().chain(&reason.targets).map(|w| w.id.clone()).collect();
    let class = match reason.said.factuality.as_str() {
        "planned" | "intended" => "planned",
        "possible" | "hypothetical" if reason.said.speaker.is_none() => "possible",
        _ => "factual",
    };
    (reason.relation.clone(), actors, class)
}
