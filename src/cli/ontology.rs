//! `ontology`: the terms of the graph, as Turtle or as a page.

use std::io::Write;

use super::Outcome;
use crate::error::Result;
use crate::rdf::page;
use crate::rdf::terms::ONTOLOGY;

/// Print the ontology: what the terms of the graph mean (Turtle, or a page for people)
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  diplograph ontology > diplograph.ttl\n  diplograph ontology --html > diplograph.html"
)]
pub struct Args {
    /// Print a page of HTML
    #[arg(long)]
    html: bool,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    if args.html {
        write!(out, "{}", page::page(&ONTOLOGY.join("\n"))?)?;
        return Ok(Outcome::Done);
    }
    for file in ONTOLOGY {
        writeln!(out, "{}", file.trim_end())?;
    }
    Ok(Outcome::Done)
}
