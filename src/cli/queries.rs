//! `queries`: the questions that have a name.

use std::io::Write;

use super::Outcome;
use super::table::{Rows, json};
use crate::error::Result;
use crate::queries::{Param, Query, list};

/// List the named questions
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph queries\n  diplograph query met --who Assad")]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    if args.json {
        json(&list().iter().map(as_json).collect::<Vec<_>>(), out)?;
        return Ok(Outcome::Done);
    }
    let mut rows = Rows::new(&["name", "question", "parameters"]);
    for query in list() {
        let params = query.params.iter().map(shown).collect::<Vec<_>>().join(" ");
        rows.push([&query.name, &query.question, &params]);
    }
    rows.print(out)?;
    Ok(Outcome::Done)
}

/// `--who NAME`; in brackets if it may be left out.
fn shown(param: &Param) -> String {
    let text = format!("--{} {}", param.name, param.kind.as_str());
    if param.required { text } else { format!("[{text}]") }
}

fn as_json(query: &Query) -> serde_json::Value {
    let param = |p: &Param| serde_json::json!({ "name": p.name, "kind": p.kind.as_str(), "required": p.required, "example": p.example });
    serde_json::json!({
        "name": query.name,
        "question": query.question,
        "parameters": query.params.iter().map(param).collect::<Vec<_>>(),
        "example": query.example,
    })
}
