//! `build`: articles in, a graph in a folder.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Write;

use super::input::InputArgs;
use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::Result;
use crate::model::Article;
use crate::store::{Change, Mode, Store};

/// Read articles and add what they tell to the graph
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
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    args.input.check()?;
    let reader = args.input.reader()?;
    let version = reader.version();
    let mut store = Store::open(&args.graph.dir, Mode::ReadWrite)?;
    store.set_run(reader.run());
    if args.no_text {
        store.leave_text_out()?;
    }
    let gazetteer = reader.gazetteer().clone();
    store.set_authority(Box::new(move |id| gazetteer.actor(id).cloned()));
    let store = RefCell::new(store);
    let changes = RefCell::new(Vec::new());
    let seen = RefCell::new(BTreeSet::new());
    let known = |article: &Article| {
        if args.prune {
            seen.borrow_mut().insert(article.id.clone());
        }
        let known = store.borrow().holds(article, &version)?;
        if known {
            changes.borrow_mut().push(Change::Unchanged);
        }
        Ok(known)
    };
    let account = args.input.read(&reader, known, |batch| {
        let documents = batch.iter().map(|r| (&r.article, r.facts.as_slice()));
        changes.borrow_mut().extend(store.borrow_mut().insert_all(documents, &version)?);
        Ok(())
    })?;
    let mut store = store.into_inner();
    let gone = if args.prune && account.skipped.is_empty() { prune(&mut store, &seen.into_inner())? } else { 0 };
    if args.prune && !account.skipped.is_empty() {
        note("inputs were skipped, so nothing is pruned");
    }
    store.derive()?;
    store.close()?;
    let count = |c: Change| changes.borrow().iter().filter(|x| **x == c).count();
    let removed = if args.prune { format!(", {gone} removed") } else { String::new() };
    writeln!(
        out,
        "{} articles: {} new, {} changed, {} unchanged{removed}; {} facts read; graph in {}",
        account.articles,
        count(Change::Added),
        count(Change::Replaced),
        count(Change::Unchanged),
        account.facts,
        args.graph.dir.display()
    )?;
    account.close()
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
