//! Commands as a program calls them: what they would print comes back.

use clap::Parser;

use super::output::keeping;
use super::{Cli, Outcome, run};
use crate::error::{Error, Result};

/// What a command did and said.
#[derive(Debug)]
pub struct Called {
    pub outcome: Outcome,
    /// What it would have printed.
    pub out: Vec<u8>,
    /// What it would have remarked on stderr, a line each.
    pub notes: Vec<String>,
}

/// Runs a command with those arguments, the first being its name, in this process: nothing is printed, nothing exits.
///
/// Limits of a query end a process, so give `--timeout=0 --max-memory=0` with `query`; `serve` does not return.
///
/// # Errors
/// Those of the command, and arguments that it does not take.
pub fn call<S: AsRef<str>>(args: &[S]) -> Result<Called> {
    let words = std::iter::once("diplograph").chain(args.iter().map(AsRef::as_ref));
    let cli = Cli::try_parse_from(words).map_err(|e| misused(&e.render().to_string(), args))?;
    let mut out = Vec::new();
    let (outcome, notes) = keeping(|| run(cli.command, &mut out));
    Ok(Called { outcome: outcome?, out, notes })
}

/// The first paragraph of what clap has to say.
fn misused<S: AsRef<str>>(said: &str, args: &[S]) -> Error {
    let what = said.split("\n\n").next().unwrap_or_default();
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    let command = args.first().map(AsRef::as_ref).unwrap_or_default();
    Error::new(what.strip_prefix("error: ").unwrap_or(&what)).hint(format!("diplograph {command} --help"))
}
