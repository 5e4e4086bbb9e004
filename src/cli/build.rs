//! `build`: articles and rows of event data sets in, a graph in a folder.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Write;

use super::input::{Account, InputArgs};
use super::output::note;
use super::rows::{self, RowArgs};
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::model::{Article, Run};
use crate::pipeline::Reader;
use crate::pipeline::datasets::Mapper;
use crate::store::{Change, Mode, Store};

/// Read articles, or rows of event data sets, and add what they tell to the graph
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  diplograph build data/articles --graph my-graph\n\nThe same article again changes nothing; an article \
whose text has changed replaces its former facts. With --prune the graph is that of the inputs alone."
)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Take out the articles of the graph that the inputs no longer hold (nothing if an input was skipped)
    #[arg(long)]
    prune: bool,
    /// Keep hashes and offsets in place of the articles' words; for a new graph, which then stays so
    #[arg(long)]
    no_text: bool,
    #[command(flatten)]
    rows: RowArgs,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(mut args: Args, out: &mut dyn Write) -> Result<Outcome> {
    args.input.check()?;
    let inputs = args.input.take_rows();
    let mut mapper = if inputs.is_empty() { None } else { Some(Mapper::new(args.input.data())?) };
    let reader = if args.input.is_empty() { None } else { Some(args.input.reader()?) };
    let mut store = Store::open(&args.graph.dir, Mode::ReadWrite)?;
    match (&reader, &mapper) {
        (Some(reader), _) => store.set_run(reader.run()),
        (None, Some(mapper)) => store.set_run(Run::of(&mapper.version())),
        (None, None) => {}
    }
    if args.no_text {
        store.leave_text_out()?;
    }
    let gazetteer = match (&reader, &mapper) {
        (Some(reader), _) => reader.gazetteer().clone(),
        (None, Some(mapper)) => mapper.gazetteer().clone(),
        (None, None) => return Err(Error::new("the inputs hold no article").hint("diplograph build data/articles")),
    };
    store.set_authority(Box::new(move |id| gazetteer.actor(id).cloned()));
    let mut seen = BTreeSet::new();
    let (mut lines, mut ends) = (Vec::new(), Vec::new());
    if let Some(mapper) = &mut mapper {
        let version = mapper.version();
        let mut changes = Vec::new();
        let account = rows::read(&inputs, &args.rows, mapper, |batch| {
            if args.prune {
                seen.extend(batch.iter().map(|(article, _)| article.id.clone()));
            }
            changes.extend(insert(&mut store, &batch, &version)?);
            Ok(())
        })?;
        store.add_coverage(&mapper.coverage())?;
        lines.push(format!("{}; {}", account.line(), counted(&changes)));
        ends.push(account.close());
    }
    if let Some(reader) = &reader {
        let (account, changes) = articles(&args.input, reader, &mut store, args.prune.then_some(&mut seen))?;
        let Account { articles, facts, .. } = account;
        lines.push(format!("{articles} articles: {}; {facts} facts read", counted(&changes)));
        ends.push(account.close()?);
    }
    let whole = !ends.contains(&Outcome::Skipped);
    if args.prune && whole {
        lines.push(format!("{} removed", prune(&mut store, &seen)?));
    } else if args.prune {
        note("inputs were skipped, so nothing is pruned");
    }
    store.derive()?;
    store.close()?;
    writeln!(out, "{}; graph in {}", lines.join("; "), args.graph.dir.display())?;
    Ok(ends.into_iter().reduce(Outcome::and).unwrap_or(Outcome::Done))
}

/// Reads the articles and stores what they tell; `seen` collects their ids.
fn articles(
    input: &InputArgs,
    reader: &Reader,
    store: &mut Store,
    seen: Option<&mut BTreeSet<String>>,
) -> Result<(Account, Vec<Change>)> {
    let version = reader.version();
    let (store, seen, changes) = (RefCell::new(store), RefCell::new(seen), RefCell::new(Vec::new()));
    let known = |article: &Article| {
        if let Some(seen) = seen.borrow_mut().as_mut() {
            seen.insert(article.id.clone());
        }
        let known = store.borrow().holds(article, &version)?;
        if known {
            changes.borrow_mut().push(Change::Unchanged);
        }
        Ok(known)
    };
    let account = input.read(reader, known, |batch| {
        let documents = batch.iter().map(|r| (&r.article, r.facts.as_slice()));
        changes.borrow_mut().extend(store.borrow_mut().insert_all(documents, &version)?);
        Ok(())
    })?;
    Ok((account, changes.into_inner()))
}

/// Stores documents of rows, but for those whose row is stored already.
fn insert(store: &mut Store, batch: &[rows::Told], version: &str) -> Result<Vec<Change>> {
    let mut new = Vec::with_capacity(batch.len());
    for (article, facts) in batch {
        if !store.holds_text(article, version)? {
            new.push((article, facts.as_slice()));
        }
    }
    let mut changes = vec![Change::Unchanged; batch.len() - new.len()];
    changes.extend(store.insert_all(new, version)?);
    Ok(changes)
}

fn counted(changes: &[Change]) -> String {
    let count = |c: Change| changes.iter().filter(|x| **x == c).count();
    let (new, changed, same) = (count(Change::Added), count(Change::Replaced), count(Change::Unchanged));
    format!("{new} new, {changed} changed, {same} unchanged")
}

/// Takes out the articles that were read once and are not among the inputs; files of hand-coded facts stay.
fn prune(store: &mut Store, seen: &BTreeSet<String>) -> Result<usize> {
    let coded = store.coded_by_hand()?;
    let gone: Vec<_> =
        store.articles()?.into_iter().map(|a| a.id).filter(|id| !seen.contains(id) && !coded.contains(id)).collect();
    for id in &gone {
        store.retract(id)?;
    }
    Ok(gone.len())
}
