//! `query`: a question in SPARQL.

use std::io::{Read, Write};
use std::path::Path;

use super::answers::{self, Format};
use super::asking::open;
use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};

/// Ask in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE, over all graphs unless FROM is given
#[derive(clap::Args)]
#[command(after_help = "The prefixes of the graph need no declaration.\n\nExamples:\n  \
    diplograph query -e 'SELECT ?e WHERE { ?e a dg:Event ; dg:status dg:Disputed }'\n  \
    diplograph query my.rq --format csv")]
pub struct Args {
    /// A file with a query; - for the standard input
    #[arg(value_name = "FILE.rq", required_unless_present = "text")]
    file: Option<String>,
    /// The query itself
    #[arg(short = 'e', long = "text", value_name = "SPARQL", conflicts_with = "file")]
    text: Option<String>,
    /// table, csv, tsv, json, xml; of triples ttl, nt, nq, trig, rdf, jsonld
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = answers::format)]
    format: Format,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let sparql = match (args.text, args.file) {
        (Some(text), _) => text,
        (None, Some(file)) => read(&file)?,
        (None, None) => return Err(Error::new("no query").hint("give a file, or -e 'SELECT ...'")),
    };
    let answers = open(&args.graph)?.query(&sparql)?;
    answers::write(&answers, args.format, out)?;
    if answers.is_empty() {
        note("no answer");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn read(file: &str) -> Result<String> {
    if file == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(Path::new(file)).map_err(|e| Error::from(e).at(file))
}
