//! The command line: the only module that reads arguments, prints and exits. One file a command.

mod actors;
mod agree;
mod agreement;
mod answers;
mod asking;
mod balance;
mod bench;
mod between;
mod blocs;
mod build;
mod call;
mod check;
mod codebook;
mod common;
mod compare;
mod curate;
mod dyad;
mod endpoint;
mod export;
mod extract;
mod generate;
mod import;
mod input;
mod learn;
mod limits;
mod links;
mod load;
mod log;
mod manifest;
mod mediators;
mod movers;
mod ontology;
mod output;
mod pairs;
mod parse;
mod path;
mod plot;
mod projection;
mod publish;
mod queries;
mod query;
mod rank;
mod report;
mod retract;
mod rows;
mod rules;
mod sample;
mod score;
mod search;
mod serve;
mod show;
mod similar;
mod stats;
mod table;
mod tabulate;
mod time;
mod train;
mod update;
mod why;

pub use call::{Called, call};

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::{Error, Result};
use crate::model::Verdict;

/// Reads the news and builds a knowledge graph of diplomatic relations in which every edge cites its sentence.
#[derive(Parser)]
#[command(name = "diplograph", version, max_term_width = 110, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Where the graph lies; shared by every command that reads or writes one.
#[derive(clap::Args, Debug, Clone)]
pub struct GraphArg {
    /// The folder of the graph
    #[arg(long = "graph", value_name = "DIR", env = "DIPLOGRAPH_GRAPH", default_value = "diplograph-graph")]
    pub dir: PathBuf,
}

/// How a command ended when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// The question was understood; there is nothing to show.
    Nothing,
    /// Done, but some inputs were skipped.
    Skipped,
}

impl Outcome {
    /// Of two parts of a run: something was skipped if anything was, nothing was found if nothing was.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Skipped, _) | (_, Self::Skipped) => Self::Skipped,
            (Self::Nothing, other) | (other, Self::Nothing) => other,
            (Self::Done, Self::Done) => Self::Done,
        }
    }
}

#[derive(Subcommand)]
enum Command {
    Build(build::Args),
    Bench(bench::Args),
    Import(import::Args),
    Extract(extract::Args),
    Links(links::Args),
    Actors(actors::Args),
    Parse(parse::Args),
    Train(train::Args),
    Learn(learn::Args),
    Pairs(pairs::Args),
    Score(score::Args),
    Rules(rules::Args),
    Sample(sample::Args),
    Agree(agree::Args),
    Show(show::Args),
    Between(between::Args),
    Path(path::Args),
    Why(why::Args),
    Search(search::Args),
    Stats(stats::Args),
    Query(query::Args),
    Queries(queries::Args),
    Update(update::Args),
    Retract(retract::Args),
    /// Let facts count for nothing that their sentences do not say
    #[command(after_help = "Example:\n  diplograph reject e3f2fc610d5d4e11 --note 'another Raisi'")]
    Reject(curate::Facts),
    /// Say that facts stand in their sentences just so: they are certain from then on
    #[command(after_help = "Example:\n  diplograph accept e3f2fc610d5d4e11")]
    Accept(curate::Facts),
    /// Make two events one, or two actors
    #[command(after_help = "Examples:\n  diplograph merge e3f2fc610d5d4e11 43d8e78fe9561a8d\n  \
        diplograph merge 'Ebrahim Raisi' 'Ibrahim Raisi'")]
    Merge(curate::Two),
    /// Make facts an event of their own, apart from the others of theirs
    #[command(after_help = "Example:\n  diplograph split ef29c32637cd94e3")]
    Split(curate::Facts),
    /// Take a decision of curation back
    #[command(after_help = "Examples:\n  diplograph undo\n  diplograph undo 3\n  diplograph undo 3 --redo")]
    Undo(curate::Undo),
    Log(log::Args),
    Rank(rank::Args),
    Blocs(blocs::Args),
    Movers(movers::Args),
    Balance(balance::Args),
    Dyad(dyad::Args),
    Common(common::Args),
    Mediators(mediators::Args),
    Similar(similar::Args),
    Compare(compare::Args),
    Tabulate(tabulate::Args),
    Plot(plot::Args),
    Report(report::Args),
    Serve(serve::Args),
    Export(export::Args),
    Load(load::Args),
    Publish(publish::Args),
    Check(check::Args),
    Manifest(manifest::Args),
    Ontology(ontology::Args),
    Codebook(codebook::Args),
}

/// What a run may write to: data to `out`; notes go to stderr by [`output::note`].
type Out<'a> = &'a mut dyn Write;

fn run(command: Command, out: Out) -> Result<Outcome> {
    match command {
        Command::Build(args) => build::run(args, out),
        Command::Bench(args) => bench::run(args, out),
        Command::Import(args) => import::run(args, out),
        Command::Extract(args) => extract::run(args, out),
        Command::Links(args) => links::run(args, out),
        Command::Actors(args) => actors::run(args, out),
        Command::Parse(args) => parse::run(args, out),
        Command::Train(args) => train::run(args, out),
        Command::Learn(args) => learn::run(args, out),
        Command::Pairs(args) => pairs::run(args, out),
        Command::Score(args) => score::run(args, out),
        Command::Rules(args) => rules::run(args, out),
        Command::Sample(args) => sample::run(args, out),
        Command::Agree(args) => agree::run(args, out),
        Command::Show(args) => show::run(args, out),
        Command::Between(args) => between::run(args, out),
        Command::Path(args) => path::run(args, out),
        Command::Why(args) => why::run(args, out),
        Command::Search(args) => search::run(args, out),
        Command::Stats(args) => stats::run(args, out),
        Command::Query(args) => query::run(args, out),
        Command::Queries(args) => queries::run(args, out),
        Command::Update(args) => update::run(args, out),
        Command::Rank(args) => rank::run(args, out),
        Command::Blocs(args) => blocs::run(args, out),
        Command::Movers(args) => movers::run(args, out),
        Command::Balance(args) => balance::run(args, out),
        Command::Dyad(args) => dyad::run(args, out),
        Command::Common(args) => common::run(args, out),
        Command::Mediators(args) => mediators::run(args, out),
        Command::Similar(args) => similar::run(args, out),
        Command::Compare(args) => compare::run(args, out),
        Command::Tabulate(args) => tabulate::run(args, out),
        Command::Plot(args) => plot::run(args, out),
        Command::Report(args) => report::run(args, out),
        Command::Retract(args) => retract::run(args, out),
        Command::Reject(args) => curate::judge(Verdict::Reject, args, out),
        Command::Accept(args) => curate::judge(Verdict::Accept, args, out),
        Command::Merge(args) => curate::merge(args, out),
        Command::Split(args) => curate::split(args, out),
        Command::Undo(args) => curate::undo(args, out),
        Command::Log(args) => log::run(args, out),
        Command::Serve(args) => serve::run(args, out),
        Command::Export(args) => export::run(args, out),
        Command::Load(args) => load::run(args, out),
        Command::Publish(args) => publish::run(args, out),
        Command::Check(args) => check::run(args, out),
        Command::Manifest(args) => manifest::run(args, out),
        Command::Ontology(args) => ontology::run(args, out),
        Command::Codebook(args) => codebook::run(args, out),
    }
}

/// The program: parses the arguments, runs the command, turns its outcome into the exit status
/// (0 done, 1 nothing found, 2 wrong use or failure, 3 done with inputs skipped).
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let result = run(cli.command, &mut out).and_then(|o| out.flush().map(|()| o).map_err(Error::from));
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Skipped) => ExitCode::from(3),
        Err(e) if e.is_closed_pipe() => ExitCode::SUCCESS,
        Err(e) => {
            output::fail(&e);
            ExitCode::from(2)
        }
    }
}
