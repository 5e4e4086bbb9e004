//! `rules`: what a file of rules finds in a corpus, for whoever writes rules.

use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::input::InputArgs;
use crate::error::Result;
use crate::model::Fact;
use crate::pipeline::Reader;

/// Work on the rules
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand, Debug)]
enum Command {
    Try(Try),
}

/// Print what the rules of one file match in a corpus, each match with its quote
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  diplograph rules try data/rules/meet.rules --on data/articles")]
struct Try {
    /// A file of rules, named after its relation
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only the matches of this rule
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    #[command(flatten)]
    on: On,
}

#[derive(clap::Args, Debug)]
struct On {
    /// Before the articles, for reading's sake: rules try FILE --on ARTICLES
    #[arg(long)]
    on: bool,
    #[command(flatten)]
    input: InputArgs,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let Command::Try(args) = args.command;
    let reader = Reader::trying(args.on.input.data(), &args.file)?;
    let wanted = |f: &Fact| {
        let rule = f.evidence.rule.rsplit('/').next().unwrap_or_default();
        f.claim.relation.id() != "holds_office" && args.rule.as_deref().is_none_or(|r| r == rule)
    };
    let mut found = 0;
    let account = args.on.input.read(
        &reader,
        |_| Ok(false),
        |batch| {
            for fact in batch.iter().flat_map(|r| &r.facts).filter(|f| wanted(f)) {
                found += 1;
                line(fact, out)?;
            }
            Ok(())
        },
    )?;
    match account.close()? {
        Outcome::Done if found == 0 => Ok(Outcome::Nothing),
        outcome => Ok(outcome),
    }
}

fn line(fact: &Fact, out: &mut dyn Write) -> Result<()> {
    let (c, e) = (&fact.claim, &fact.evidence);
    writeln!(out, "{}  {} -> {}  {}", e.rule, c.source.name, c.target.name, c.status)?;
    writeln!(out, "    {}: {}", e.article, e.quote.replace(['\n', '\r'], " "))?;
    Ok(())
}
