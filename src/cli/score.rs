//! `score`: the facts of a system, or of this program's own reading, against a gold file.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::Outcome;
use super::input::InputArgs;
use super::output::note;
use crate::error::{Error, Result};
use crate::score::{self, GoldArticle, Ratchet, Score, System, Texts};

/// Score the facts found in articles against a gold file
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  diplograph score gold.jsonl articles.jsonl --by-relation\n  \
    diplograph extract articles.jsonl | diplograph score gold.jsonl --system - --articles articles.jsonl")]
pub struct Args {
    /// The facts that a careful reader finds: JSON Lines, an article a line
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    #[command(flatten)]
    input: InputArgs,
    /// Score this file of facts, as extract prints them (- for standard input), in place of reading articles
    #[arg(long, value_name = "FACTS", conflicts_with = "inputs")]
    system: Option<PathBuf>,
    /// The articles of those facts (JSON Lines with id and text), to read their quotes again
    #[arg(long, value_name = "FILE", requires = "system")]
    articles: Option<PathBuf>,
    /// Only the articles of this split of the gold file
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// A line for each relation as well
    #[arg(long)]
    by_relation: bool,
    /// Every missed and every wrong fact, on standard error
    #[arg(long)]
    errors: bool,
    /// The figures as JSON
    #[arg(long)]
    json: bool,
    /// Fail if a figure is lower than in this table (measure TAB value)
    #[arg(long, value_name = "FILE")]
    ratchet: Option<PathBuf>,
    /// Write what rose into the table of --ratchet
    #[arg(long, requires = "ratchet")]
    update: bool,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let (place, text) = read(&args.gold)?;
    let gold = score::read_gold(&place, &text, args.split.as_deref())?;
    let (system, texts, outcome) = match &args.system {
        Some(path) => facts_of_file(path, args.articles.as_deref(), &gold)?,
        None => facts_of_inputs(&args.input, &gold)?,
    };
    let codes = score::state_codes(include_str!("../../data/gazetteer/states.tsv"));
    let score = score::score(&gold, &system, &texts, &|name| codes.get(name).cloned());
    show(&score, &args, out)?;
    if let Some(path) = &args.ratchet {
        hold(path, args.update, &score.measures())?;
    }
    Ok(outcome)
}

fn show(score: &Score, args: &Args, out: &mut dyn Write) -> Result<()> {
    if args.errors {
        score.misses.iter().for_each(note);
    }
    let report = score.report(args.by_relation);
    if args.json {
        let line = serde_json::to_string(&report).map_err(|e| Error::new(e.to_string()))?;
        writeln!(out, "{line}")?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(out.flush()?)
}

type Found = (System, Texts, Outcome);

fn facts_of_file(path: &Path, articles: Option<&Path>, gold: &[GoldArticle]) -> Result<Found> {
    let (place, text) = read(path)?;
    let system = score::read_system(&place, &text)?;
    let texts = match articles {
        Some(path) => read(path).and_then(|(place, text)| score::read_texts(&place, &text))?,
        None => Texts::new(),
    };
    let ids = ids(gold);
    note_strangers(system.keys().filter(|id| !ids.contains(id.as_str())));
    Ok((system, texts, Outcome::Done))
}

/// Reads those of the input's articles that the gold file knows.
fn facts_of_inputs(input: &InputArgs, gold: &[GoldArticle]) -> Result<Found> {
    let (mut system, mut texts) = (System::new(), Texts::new());
    let (ids, strangers) = (ids(gold), RefCell::new(BTreeSet::new()));
    let stranger = |id: &str| {
        let stranger = !ids.contains(id);
        if stranger {
            strangers.borrow_mut().insert(id.to_owned());
        }
        stranger
    };
    let account = input.read(
        &input.reader()?,
        |article| Ok(stranger(&article.id)),
        |batch| {
            for reading in batch {
                let facts = reading.facts.iter().map(score::stated).collect::<Result<Vec<_>>>()?;
                system.insert(reading.article.id.clone(), facts);
                texts.insert(reading.article.id, reading.article.text);
            }
            Ok(())
        },
    )?;
    let outcome = account.close()?;
    note_strangers(strangers.borrow().iter());
    note_absent(gold, &texts)?;
    Ok((system, texts, outcome))
}

fn ids(gold: &[GoldArticle]) -> HashSet<&str> {
    gold.iter().map(|a| a.id.as_str()).collect()
}

fn note_strangers<'a>(mut strangers: impl Iterator<Item = &'a String>) {
    if let Some(first) = strangers.next() {
        let n = 1 + strangers.count();
        note(format_args!("note: {n} article ids are not among the gold articles, such as '{first}': not scored"));
    }
}

/// An article that was not read counts with all its facts missed; if none was read, that is a mistake.
fn note_absent(gold: &[GoldArticle], texts: &Texts) -> Result<()> {
    let absent: Vec<_> = gold.iter().map(|a| &a.id).filter(|id| !texts.contains_key(*id)).collect();
    match absent.first() {
        Some(id) if absent.len() == gold.len() => Err(Error::new(format!(
            "no article of the gold file is in the inputs, such as '{id}'"
        ))
        .hint("articles are told by their id: the field id of JSON, the name of a text file without its ending")),
        Some(id) => {
            let n = absent.len();
            note(format_args!(
                "note: {n} articles of the gold file are not in the inputs, such as '{id}': their facts count as missed"
            ));
            Ok(())
        }
        None => Ok(()),
    }
}

/// Compares with the table; writes what rose, or a first table, if that is asked for.
fn hold(path: &Path, update: bool, measures: &[(String, f64)]) -> Result<()> {
    let place = path.display().to_string();
    let (before, after) = match std::fs::read_to_string(path) {
        Ok(text) => {
            let table = Ratchet::parse(&place, &text)?.turn(measures).map_err(|e| e.at(&place))?;
            (text, table)
        }
        Err(e) if update && e.kind() == std::io::ErrorKind::NotFound => (String::new(), Ratchet::of(measures)),
        Err(e) => return Err(Error::from(e).at(&place).hint("with --update a first table is written")),
    };
    let after = after.to_string();
    if update && after != before {
        std::fs::write(path, after).map_err(|e| Error::from(e).at(&place))?;
    }
    Ok(())
}

/// The name of a file, as errors give it, and its text.
fn read(path: &Path) -> Result<(String, String)> {
    let place = path.display().to_string();
    let mut text = String::new();
    let (place, text) = match place.as_str() {
        "-" => ("standard input".to_owned(), std::io::stdin().read_to_string(&mut text).map(|_| text)),
        _ => (place, std::fs::read_to_string(path)),
    };
    Ok((place.clone(), text.map_err(|e| Error::from(e).at(place))?))
}
