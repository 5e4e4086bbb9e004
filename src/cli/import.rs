//! `import`: hand-coded facts into the graph.

use std::io::Write;
use std::path::PathBuf;

use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::pipeline::coded::Importer;
use crate::source::coded::TEMPLATE;
use crate::store::{Change, Mode, Store};

/// Add hand-coded facts (CSV) to the graph
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  diplograph import --template > facts.csv\n  diplograph import facts.csv\n\n\
A file of the same name replaces what was imported of it before. Rows that `export --format facts.csv` wrote go back \
into their articles, in place of what the graph held of them.")]
pub struct Args {
    /// Files of facts, or - for standard input; also .gz .xz .zst
    #[arg(required_unless_present = "template", value_name = "FACTS.csv")]
    files: Vec<PathBuf>,
    /// Print a file to start from
    #[arg(long)]
    template: bool,
    /// A folder with gazetteer/ to use in place of the built-in one
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Keep hashes and offsets in place of the rows; for a new graph, which then stays so
    #[arg(long)]
    no_text: bool,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    if args.template {
        write!(out, "{TEMPLATE}")?;
        return Ok(Outcome::Done);
    }
    let importer = Importer::new(args.data.as_deref())?;
    let imports = args.files.iter().map(|f| importer.read(f)).collect::<Result<Vec<_>>>()?;
    let documents = || imports.iter().flat_map(|i| &i.documents).map(|(article, facts)| (article, facts.as_slice()));
    let skipped: Vec<&Error> = imports.iter().flat_map(|i| &i.skipped).collect();
    for text in imports.iter().flat_map(|i| &i.notes) {
        note(format_args!("note: {text}"));
    }
    for error in &skipped {
        let hint = error.next_step().map(|h| format!(" ({h})")).unwrap_or_default();
        note(format_args!("skipped: {error}{hint}"));
    }
    if documents().next().is_none() {
        let hint = "diplograph import --template";
        return if skipped.is_empty() { Err(Error::new("there is no row").hint(hint)) } else { Ok(Outcome::Skipped) };
    }
    let mut store = Store::open(&args.graph.dir, Mode::ReadWrite)?;
    store.set_run(importer.run());
    if args.no_text {
        store.leave_text_out()?;
    }
    let gazetteer = importer.gazetteer().clone();
    store.set_authority(Box::new(move |id| gazetteer.actor(id).cloned()));
    let changes = store.insert_all(documents(), &importer.version())?;
    store.derive()?;
    store.close()?;
    let count = |c: Change| changes.iter().filter(|x| **x == c).count();
    writeln!(
        out,
        "{} facts of {} documents: {} new, {} changed, {} unchanged; graph in {}",
        documents().map(|(_, facts)| facts.len()).sum::<usize>(),
        changes.len(),
        count(Change::Added),
        count(Change::Replaced),
        count(Change::Unchanged),
        args.graph.dir.display()
    )?;
    Ok(if skipped.is_empty() { Outcome::Done } else { Outcome::Skipped })
}
