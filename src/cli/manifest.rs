//! `manifest`: what a graph was made by and from.

use std::io::Write;

use super::endpoint::Opens;
use super::table::json;
use super::{GraphArg, Outcome};
use crate::error::Result;
use crate::model::Run;
use crate::store::Manifest;

/// What the graph was made by and from: versions, hashes of the data, options
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  diplograph manifest --json\n\nIt holds no time: the same articles, program and data give the \
same. The graph holds it too, and so does every RDF that is exported of it."
)]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let manifest = args.graph.open()?.manifest()?;
    if args.json {
        json(&as_json(&manifest), out)?;
        return Ok(Outcome::Done);
    }
    writeln!(out, "model      {}", manifest.model)?;
    writeln!(out, "text       {}", if manifest.keeps_text { "kept" } else { "hashes and offsets only" })?;
    writeln!(out, "decisions  {}", manifest.decisions)?;
    for (run, documents) in &manifest.runs {
        writeln!(out, "read by    {}: {documents} documents", run.version)?;
        for (what, value) in parts(run) {
            writeln!(out, "           {what:<8} {value}")?;
        }
    }
    Ok(Outcome::Done)
}

fn parts(run: &Run) -> impl Iterator<Item = (&'static str, &str)> {
    let parts = [("program", &run.program), ("names", &run.names), ("rules", &run.rules), ("model", &run.model)];
    parts.into_iter().filter_map(|(what, value)| Some((what, value.as_deref()?)))
}

fn as_json(manifest: &Manifest) -> serde_json::Value {
    let run = |(run, documents): &(Run, usize)| {
        let mut of = serde_json::json!({ "version": run.version, "documents": documents });
        parts(run).for_each(|(what, value)| of[what] = value.into());
        of
    };
    let runs: Vec<_> = manifest.runs.iter().map(run).collect();
    serde_json::json!({
        "model": manifest.model, "keeps_text": manifest.keeps_text, "decisions": manifest.decisions, "runs": runs,
    })
}
