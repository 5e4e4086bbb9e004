//! `ontology`: the terms of the graph, as Turtle.

use std::io::Write;

use super::Outcome;
use crate::error::Result;

/// Print the ontology: what the terms of the graph mean (Turtle)
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph ontology > diplograph.ttl")]
pub struct Args {}

/// The classes and properties, then the actions; each file stands alone, and so do both together.
const ONTOLOGY: [&str; 2] =
    [include_str!("../../data/ontology/diplograph.ttl"), include_str!("../../data/ontology/actions.ttl")];

pub fn run(_: Args, out: &mut dyn Write) -> Result<Outcome> {
    for file in ONTOLOGY {
        writeln!(out, "{}", file.trim_end())?;
    }
    Ok(Outcome::Done)
}
