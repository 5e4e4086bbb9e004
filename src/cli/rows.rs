//! Rows of event data sets: what commands that read them share. Progress, batches, the account of every row, and the file
//! of rejected rows.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar};

use super::Outcome;
use super::output::{note, tip};
use crate::error::{Error, Result};
use crate::model::{Article, Fact};
use crate::pipeline::datasets::{Mapped, Mapper, Tally};
use crate::source::datasets::{Dataset, Input};

/// Rows that are handed on at a time.
const BATCH: usize = 10_000;

/// How many codes of a reason are shown.
const CODES: usize = 8;

#[derive(clap::Args, Debug)]
pub struct RowArgs {
    /// Write the rows of data sets that could not be read or mapped to this file, each with its reason (CSV)
    #[arg(long, value_name = "FILE.csv")]
    rejected: Option<PathBuf>,
}

/// What became of the rows of all files.
#[derive(Debug, Default)]
pub struct Account {
    pub tally: Tally,
    files: usize,
    sets: Vec<&'static Dataset>,
    skipped: usize,
}

/// A document with its facts.
pub type Told = (Article, Vec<Fact>);

/// Reads all files and hands the documents of their rows on in batches.
pub fn read(
    inputs: &[Input],
    args: &RowArgs,
    mapper: &mut Mapper,
    mut each: impl FnMut(Vec<Told>) -> Result<()>,
) -> Result<Account> {
    let mut account = Account::default();
    let mut rejected = args.rejected.as_deref().map(Rejects::new).transpose()?;
    let (bar, start) = (progress(), Instant::now());
    let mut batch = Vec::new();
    for input in inputs {
        let place = input.place();
        let before = account.tally.rows;
        let mut rows = 0;
        let mut failed = None;
        let read = mapper.read(input, |row, mapped| {
            let mut keep = |result: Result<()>| result.inspect_err(|e| failed = Some(e.clone()));
            match mapped {
                Mapped::Facts(told) => batch.push(*told),
                Mapped::Outside(_) => {}
                Mapped::Rejected(why) => {
                    if let Some(file) = &mut rejected {
                        keep(file.write(&place, row.line(), &why, &row.text()))?;
                    }
                }
            }
            rows += 1;
            if rows % BATCH as u64 == 0 {
                bar.set_position(before + rows);
                bar.set_message(rate(before + rows, start));
            }
            if batch.len() == BATCH { keep(each(std::mem::take(&mut batch))) } else { Ok(()) }
        });
        match read {
            Ok(tally) => account.add(input, tally),
            // whoever takes the rows has failed, not the file: a full disk, a closed pipe
            Err(e) => match failed {
                Some(failed) => return Err(failed),
                None => account.skip(&e),
            },
        }
    }
    each(batch)?;
    if let Some(file) = rejected {
        file.close()?;
    }
    bar.finish_and_clear();
    Ok(account)
}

impl Account {
    /// Counts a file that could not be read, and says so.
    pub fn skip(&mut self, e: &Error) {
        note(format_args!("skipped: {e}"));
        if let Some(hint) = e.next_step() {
            tip(hint);
        }
        self.skipped += 1;
    }

    /// Counts a file that was read.
    pub fn add(&mut self, input: &Input, tally: Tally) {
        self.files += 1;
        if !self.sets.iter().any(|s| s.name == input.set.name) {
            self.sets.push(input.set);
        }
        self.tally.join(tally);
    }

    /// One line: how many rows of what gave how many facts.
    pub fn line(&self) -> String {
        let t = &self.tally;
        let sets: Vec<&str> = self.sets.iter().map(|s| s.name).collect();
        format!(
            "{} rows of {} in {} {}: {} gave {} facts, {} out of scope, {} rejected",
            t.rows,
            sets.join(", "),
            self.files,
            if self.files == 1 { "file" } else { "files" },
            t.told,
            t.facts,
            t.outside.total(),
            t.rejected.total()
        )
    }

    /// Tells on stderr why rows gave no facts, and how the run ended.
    pub fn close(&self) -> Outcome {
        for (word, reasons) in [("out of scope", &self.tally.outside), ("rejected", &self.tally.rejected)] {
            for (rows, why, codes) in reasons.by_count() {
                note(format_args!("{word}: {rows} rows: {why}{}", shown(&codes)));
            }
        }
        match (self.tally.rejected.total(), self.skipped) {
            (0, 0) => Outcome::Done,
            _ => Outcome::Skipped,
        }
    }
}

fn shown(codes: &[(String, u64)]) -> String {
    let first: Vec<String> = codes.iter().take(CODES).map(|(code, n)| format!("{code} {n}")).collect();
    match codes.len() {
        0 => String::new(),
        n if n > CODES => format!(" ({}, and {} more)", first.join(", "), n - CODES),
        _ => format!(" ({})", first.join(", ")),
    }
}

fn rate(rows: u64, start: Instant) -> String {
    let per_second = rows as f64 / start.elapsed().as_secs_f64().max(1e-9);
    format!("rows, {} a second", HumanCount(per_second as u64))
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = indicatif::ProgressStyle::with_template("{spinner} {human_pos} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The file of rejected rows.
struct Rejects(csv::Writer<std::fs::File>);

impl Rejects {
    fn new(path: &Path) -> Result<Self> {
        let mut writer = csv::Writer::from_path(path)?;
        writer.write_record(["file", "line", "reason", "row"])?;
        Ok(Self(writer))
    }

    fn write(&mut self, place: &str, line: u64, why: &str, row: &str) -> Result<()> {
        Ok(self.0.write_record([place, &line.to_string(), why, row])?)
    }

    fn close(mut self) -> Result<()> {
        Ok(self.0.flush()?)
    }
}
