//! `update`: changes the graph by SPARQL Update.

use std::io::{Read, Write};

use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::store::{Mode, Store};

/// Change the graph by SPARQL 1.1 Update
#[derive(clap::Args)]
#[command(after_help = "What you change by hand is yours to keep sound: `diplograph check` tells.\n\nExample:\n  \
    diplograph update -e 'INSERT DATA { entity:SYR skos:altLabel \"Syrian Arab Republic\"@en }'")]
pub struct Args {
    /// A file with the update; - for the standard input
    #[arg(value_name = "FILE", required_unless_present = "text")]
    file: Option<String>,
    /// The update itself
    #[arg(short = 'e', long = "text", value_name = "SPARQL", conflicts_with = "file")]
    text: Option<String>,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, _: &mut dyn Write) -> Result<Outcome> {
    let sparql = match (args.text, args.file.as_deref()) {
        (Some(text), _) => text,
        (None, Some("-") | None) => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            text
        }
        (None, Some(file)) => std::fs::read_to_string(file).map_err(|e| Error::from(e).at(file))?,
    };
    let mut store = Store::open(&args.graph.dir, Mode::ReadWrite)?;
    let before = store.len()?;
    store.update(&sparql)?;
    let after = store.len()?;
    store.close()?;
    note(format_args!("{before} quads before, {after} now"));
    Ok(Outcome::Done)
}
