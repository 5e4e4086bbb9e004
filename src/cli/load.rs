//! `load`: a graph that was dumped, or made elsewhere in the same model, into a graph here.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::PathBuf;

use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::store::{Mode, RdfFormat, Store, format_of, read_rdf};

/// Add RDF of the same model from elsewhere to the graph; what breaks its rules is refused
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  diplograph export graph.trig\n  diplograph load graph.trig --graph other\n\nDocuments replace those of \
the same id. Events, relations and edges are derived anew from the claims."
)]
pub struct Args {
    /// Files of RDF (nq, trig, nt, ttl, rdf, jsonld), or - for the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format, where the file's ending does not tell
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<RdfFormat>,
    #[command(flatten)]
    graph: GraphArg,
}

fn format(name: &str) -> Result<RdfFormat, String> {
    format_of(name).ok_or_else(|| format!("'{name}' is no RDF format: nq, trig, nt, ttl, rdf, jsonld"))
}

/// Findings that are shown of what is refused.
const SHOWN: usize = 10;

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let mut quads = Vec::new();
    for file in &args.files {
        quads.extend(read(file, args.format).map_err(|e| e.at(file.display()))?);
    }
    let mut store = Store::open(&args.graph.dir, Mode::ReadWrite)?;
    let documents = store.accept(quads)?;
    store.derive_all()?;
    let report = store.check()?;
    if !report.sound() {
        store.abandon()?;
        for finding in report.findings.iter().take(SHOWN) {
            note(format_args!("{}: {}: {}", finding.rule, finding.subject, finding.what));
        }
        let what = format!("refused, nothing was loaded: it breaks the rules {} times", report.findings.len());
        return Err(Error::new(what).hint("mend the file; the lines above name the rule and the thing"));
    }
    let quads = store.len()?;
    store.close()?;
    writeln!(out, "{documents} documents loaded; {quads} quads in {}", args.graph.dir.display())?;
    Ok(Outcome::Done)
}

fn read(file: &PathBuf, format: Option<RdfFormat>) -> Result<Vec<oxigraph::model::Quad>> {
    let ending = file.extension().and_then(|e| e.to_str());
    let format = format.or_else(|| format_of(ending?));
    let format = format.ok_or_else(|| Error::new("the ending tells no RDF format").hint("give --format nq"))?;
    let reader: Box<dyn Read> =
        if file.as_os_str() == "-" { Box::new(std::io::stdin()) } else { Box::new(BufReader::new(File::open(file)?)) };
    read_rdf(format, reader)
}
