//! `log`: the decisions of curation, to be read, kept in a file and applied to another graph.

use std::io::Write;
use std::path::PathBuf;

use super::asking::one_line;
use super::endpoint::Opens;
use super::output::note;
use super::table::Rows;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::lookup;
use crate::model::{Decision, Verdict};
use crate::store::{Mode, Store};

/// What people have decided: rejected, accepted, merged, split
#[derive(clap::Args)]
#[command(
    after_help = "The log is part of the graph, and every build replays it. `--json` prints it as JSON Lines, and \
    `--apply FILE` adds such lines to the log of another graph of the same articles.\n\nExamples:\n  diplograph log\n  \
    diplograph log --json > decisions.jsonl\n  diplograph log --apply decisions.jsonl --graph new-graph"
)]
pub struct Args {
    /// Print JSON Lines
    #[arg(long, conflicts_with = "apply")]
    json: bool,
    /// Add the decisions of a file to the log
    #[arg(long, value_name = "FILE")]
    apply: Option<PathBuf>,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.graph.open()?;
    if let Some(file) = &args.apply {
        drop(store);
        return apply(file, &args.graph, out);
    }
    let log = store.decisions()?;
    if log.is_empty() {
        note("nothing was decided");
        return Ok(Outcome::Nothing);
    }
    if args.json {
        for decision in &log {
            serde_json::to_writer(&mut *out, decision).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        return Ok(Outcome::Done);
    }
    let mut rows = Rows::new(&["no", "decision", "about", "note"]);
    for decision in &log {
        let undone = if decision.undone { " (undone)" } else { "" };
        let verdict = format!("{}{undone}", decision.verdict.as_str());
        rows.push([
            &decision.number.to_string(),
            &verdict,
            &about(&store, decision)?,
            decision.note.as_deref().unwrap_or(""),
        ]);
    }
    rows.print(out)?;
    Ok(Outcome::Done)
}

/// The facts with their words, or the actors.
fn about(store: &Store, decision: &Decision) -> Result<String> {
    if decision.verdict == Verdict::Same {
        let aliases = decision.about.iter().cloned().collect::<Vec<_>>().join(", ");
        return Ok(format!("{aliases} is {}", decision.into.as_deref().unwrap_or_default()));
    }
    let mut lines = Vec::new();
    for fact in &decision.about {
        let reason = lookup::why(store, fact)?.into_iter().next();
        let quoted = |quote: String| format!(": “{}”", one_line(&quote));
        let words = reason.map(|r| format!("{}{}", r.relation, r.said.quote.map(quoted).unwrap_or_default()));
        lines.push(format!("{fact} {}", words.unwrap_or_else(|| "(not in the graph now)".to_owned())));
    }
    Ok(lines.join("\n"))
}

fn apply(file: &std::path::Path, graph: &GraphArg, out: &mut dyn Write) -> Result<Outcome> {
    let at = |e: Error| e.at(file.display());
    let text = std::fs::read_to_string(file).map_err(|e| at(e.into()))?;
    let mut decisions: Vec<Decision> = Vec::new();
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let read = serde_json::from_str(line);
        decisions.push(read.map_err(|e| {
            Error::new(format!("line {}: {e}", i + 1)).at(file.display()).hint("diplograph log --json")
        })?);
    }
    let mut store = Store::open(&graph.dir, Mode::ReadWrite)?;
    let count = decisions.len();
    store.decide(decisions)?;
    store.close()?;
    writeln!(out, "{count} decisions applied")?;
    Ok(Outcome::Done)
}
