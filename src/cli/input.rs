//! The articles that a command reads: its options, progress, and the account of what was skipped.

use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use super::Outcome;
use super::output::note;
use crate::error::{Error, Result};
use crate::extract::RuleExtractor;
use crate::model::Article;
use crate::pipeline::{self, Reader, Reading};
use crate::source::datasets::{self, Dataset};
use crate::source::{self, Format, Item};

/// Articles that are read at a time: enough for all cores, few enough for memory.
const BATCH: usize = 128;

#[derive(clap::Args, Debug)]
pub struct InputArgs {
    /// Files, folders, or - for standard input: .txt .md .html .json .jsonl .csv .parquet, RSS and Atom, or rows of event data
    /// sets, each also .gz .xz .zst .zip
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The date of articles that give none (2022-05-08)
    #[arg(long, value_parser = day)]
    date: Option<Date>,
    /// The publisher of articles that name none
    #[arg(long)]
    source: Option<String>,
    /// The format, where neither name nor content tells it: txt, md, html, json, jsonl, csv, parquet, feed, or a data set:
    /// gdelt2, gdelt1, icews, polecat, ucdp-acd, cow-wars, cow-mids, cow-diplomacy, atop, ...
    #[arg(long, value_name = "KIND", value_parser = kind)]
    from: Option<Kind>,
    /// Another name of a field: --map text=body
    #[arg(long, value_name = "OURS=THEIRS", value_parser = pair)]
    map: Vec<(String, String)>,
    /// A folder with gazetteer/ and rules/ to use in place of the built-in ones
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A table of actors of your own, which wins over ours: CSV with name,kind,country,aliases,id,wikidata,office,of,start,end
    #[arg(long, value_name = "FILE.csv")]
    actors: Vec<PathBuf>,
}

/// How inputs are written: as articles, or as rows of a data set.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Articles(Format),
    Rows(&'static Dataset),
}

fn kind(text: &str) -> Result<Kind, String> {
    if let Some(set) = datasets::named(text) {
        return Ok(Kind::Rows(set));
    }
    let sets: Vec<&str> = datasets::all().iter().map(|s| s.name).collect();
    text.parse().map(Kind::Articles).map_err(|e| format!("{e}; or a data set: {}", sets.join(", ")))
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("'{text}' is not a day: give it as 2022-05-08"))
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (ours, theirs) = text.split_once('=').ok_or("give it as OURS=THEIRS, such as text=body")?;
    Ok((ours.to_owned(), theirs.to_owned()))
}

/// What became of the inputs.
#[derive(Debug, Default)]
pub struct Account {
    pub articles: usize,
    pub facts: usize,
    pub skipped: Vec<String>,
    foreign: usize,
}

impl InputArgs {
    /// Whether all inputs exist.
    pub fn check(&self) -> Result<()> {
        source::check(&self.inputs)
    }

    /// Takes the files of event data sets out of the inputs.
    pub fn take_rows(&mut self) -> Vec<datasets::Input> {
        let from = match self.from {
            Some(Kind::Rows(set)) => Some(set),
            Some(Kind::Articles(_)) => return Vec::new(),
            None => None,
        };
        let (others, rows) = datasets::split(&self.inputs, from);
        self.inputs = others;
        rows
    }

    /// Whether no input is left.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// The folder of the user's own tables and rules.
    pub fn data(&self) -> Option<&std::path::Path> {
        self.data.as_deref()
    }

    /// What reads the articles, with the data that the options name.
    pub fn reader(&self) -> Result<Reader> {
        Reader::with_actors(self.data.as_deref(), &self.actors)
    }

    /// The rules and the network of pairs, without what was learnt of the rules.
    pub fn rules(&self) -> Result<RuleExtractor> {
        pipeline::rules(self.data.as_deref())
    }

    /// Hands on every article, unread.
    pub fn articles(&self, mut each: impl FnMut(Article)) -> Result<Account> {
        self.each(
            |_| Ok(false),
            |batch| {
                batch.into_iter().for_each(&mut each);
                Ok(0)
            },
        )
    }

    /// Reads all inputs in batches and hands each batch on. `known` tells articles that need not be read again.
    pub fn read(
        &self,
        reader: &Reader,
        known: impl Fn(&Article) -> Result<bool>,
        mut each: impl FnMut(Vec<Reading>) -> Result<()>,
    ) -> Result<Account> {
        self.each(known, |batch| {
            let read = reader.read_all(batch);
            let facts = read.iter().map(|r| r.facts.len()).sum();
            each(read)?;
            Ok(facts)
        })
    }

    /// Hands the articles on in batches; `each` returns how many facts it found.
    pub fn each(
        &self,
        known: impl Fn(&Article) -> Result<bool>,
        mut each: impl FnMut(Vec<Article>) -> Result<usize>,
    ) -> Result<Account> {
        let from = match self.from {
            Some(Kind::Articles(format)) => Some(format),
            Some(Kind::Rows(set)) => return Err(Error::new(format!("{set} has no articles")).hint("build or extract")),
            None => None,
        };
        let options = source::Options { from, map: self.map.clone(), date: self.date, source: self.source.clone() };
        let mut account = Account::default();
        let bar = progress();
        let mut batch = Vec::new();
        let mut items = source::articles(&self.inputs, &options)?;
        loop {
            let item = items.next();
            let last = item.is_none();
            match item {
                Some(Item::Article(article)) => {
                    account.articles += 1;
                    if !known(&article)? {
                        batch.push(article);
                    }
                }
                Some(Item::Skipped(skip)) => account.skip(&skip),
                Some(Item::Noted(n)) => note(format_args!("note: {}: {}", n.place, n.what)),
                None => {}
            }
            if batch.len() == BATCH || last {
                account.facts += each(std::mem::take(&mut batch))?;
                bar.set_position(account.articles as u64);
                bar.set_message(format!("{} facts", account.facts));
            }
            if last {
                break;
            }
        }
        bar.finish_and_clear();
        Ok(account)
    }
}

impl Account {
    fn skip(&mut self, skip: &source::Skip) {
        if skip.kind == source::SkipKind::NotEnglish {
            self.foreign += 1;
        }
        self.skipped.push(format!("{}: {}", skip.place, skip.why));
    }

    /// Tells of skipped inputs on stderr, and how the run ended.
    pub fn close(&self) -> Result<Outcome> {
        for line in &self.skipped {
            note(format_args!("skipped: {line}"));
        }
        if self.foreign > 0 {
            note(format_args!("{} of the skipped are not in English", self.foreign));
        }
        match (self.articles, self.skipped.len()) {
            (0, 0) => Err(Error::new("the inputs hold no article").hint("diplograph build data/articles")),
            (_, 0) => Ok(Outcome::Done),
            _ => Ok(Outcome::Skipped),
        }
    }
}

/// A counter on a terminal; nothing elsewhere.
fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {msg} ({per_sec}, {elapsed})") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
