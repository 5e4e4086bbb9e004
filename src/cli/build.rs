//! `build`: articles in, a graph in a folder.

use std::cell::RefCell;
use std::io::Write;

use super::input::InputArgs;
use super::{GraphArg, Outcome};
use crate::error::Result;
use crate::store::{Change, Mode, Store};

/// Read articles and add what they tell to the graph
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  diplograph build data/articles --graph my-graph\n\nThe same article again changes nothing; an article \
whose text has changed replaces its former facts."
)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    args.input.check()?;
    let reader = args.input.reader()?;
    let version = reader.version();
    let mut store = Store::open(&args.graph.dir, Mode::ReadWrite)?;
    let gazetteer = reader.gazetteer().clone();
    store.set_authority(Box::new(move |id| gazetteer.actor(id).cloned()));
    let store = RefCell::new(store);
    let changes = RefCell::new(Vec::new());
    let known = |article: &_| {
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
    store.derive()?;
    store.close()?;
    let count = |c: Change| changes.borrow().iter().filter(|x| **x == c).count();
    writeln!(
        out,
        "{} articles: {} new, {} changed, {} unchanged; {} facts read; graph in {}",
        account.articles,
        count(Change::Added),
        count(Change::Replaced),
        count(Change::Unchanged),
        account.facts,
        args.graph.dir.display()
    )?;
    account.close()
}
