//! `search`: names and quotes that hold a text.

use std::io::Write;

use super::Outcome;
use super::asking::{called, cited, one_line, sparql};
use super::endpoint::AskedArg;
use super::output::note;
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::lookup;

/// Names and quotes that hold a text
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph search 'nuclear talks'")]
pub struct Args {
    /// The text; upper case and accents make no difference
    text: String,
    /// How many quotes to show
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the SPARQL that finds the same, instead of the answer
    #[arg(long)]
    show_sparql: bool,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: AskedArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    if args.show_sparql {
        return sparql("search", &[("text", vec![args.text])], out);
    }
    let mut found = lookup::search(&args.time.open(&args.graph)?, &args.text, usize::MAX)?;
    let all = found.facts.len();
    found.facts.truncate(args.limit);
    if args.json {
        json(&found, out)?;
    } else {
        for who in &found.actors {
            writeln!(out, "{}", called(who))?;
        }
        let mut rows = Rows::new(&["article", "quote", "fact"]);
        for hit in &found.facts {
            rows.push([&cited(&hit.article), &one_line(&hit.quote), &hit.fact]);
        }
        if !rows.is_empty() {
            rows.print(out)?;
        }
    }
    if found.actors.is_empty() && all == 0 {
        note(format_args!("no name and no quote holds '{}'", args.text));
        return Ok(Outcome::Nothing);
    }
    if all > args.limit {
        note(format_args!("the first {} of {all}; --limit shows more", args.limit));
    }
    Ok(Outcome::Done)
}
