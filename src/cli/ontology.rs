//! `ontology`: the terms of the graph, as Turtle.

use std::io::Write;

use super::Outcome;
use crate::error::Result;

/// Print the ontology: what the terms of the graph mean (Turtle)
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph ontology > diplograph.ttl")]
pub struct Args {}

const ONTOLOGY: &str = include_str!("../../data/ontology/diplograph.ttl");

pub fn run(_: Args, out: &mut dyn Write) -> Result<Outcome> {
    Ok(out.write_all(ONTOLOGY.as_bytes()).map(|()| Outcome::Done)?)
}
