//! `agree`: what judges say of a coding sheet, and how far they agree.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Outcome;
use crate::error::{Error, Result};
use crate::score::agreement::{alpha, wilson};

/// Read judged coding sheets: precision with its interval, and how far the judges agree
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  diplograph agree first.csv second.csv")]
pub struct Args {
    /// Sheets that `sample` wrote, with yes or no in the column `right`
    #[arg(required = true, value_name = "SHEET")]
    sheets: Vec<PathBuf>,
    /// A line for each relation as well
    #[arg(long)]
    by_relation: bool,
}

/// Fact -> its relation and what a judge says of it.
type Sheet = BTreeMap<String, (String, bool)>;

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let sheets: Vec<Sheet> = args.sheets.iter().map(|p| read(p)).collect::<Result<_>>()?;
    writeln!(out, "{:24} {:>6} {:>6}  {:>9}  95 % interval", "sheet", "judged", "right", "precision")?;
    for (path, sheet) in args.sheets.iter().zip(&sheets) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        precision(&name, sheet.values().map(|(_, right)| *right), out)?;
        for relation in relations(sheet).filter(|_| args.by_relation) {
            let rights = sheet.values().filter(|(r, _)| r == relation).map(|(_, right)| *right);
            precision(&format!("  {relation}"), rights, out)?;
        }
    }
    if sheets.len() > 1 {
        agreement(&sheets, out)?;
    }
    Ok(if sheets.iter().all(BTreeMap::is_empty) { Outcome::Nothing } else { Outcome::Done })
}

fn relations(sheet: &Sheet) -> impl Iterator<Item = &str> {
    let mut names: Vec<&str> = sheet.values().map(|(r, _)| r.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter()
}

fn precision(name: &str, rights: impl Iterator<Item = bool>, out: &mut dyn Write) -> Result<()> {
    let rights: Vec<bool> = rights.collect();
    let right = rights.iter().filter(|r| **r).count();
    let (low, high) = wilson(right, rights.len());
    let share = right as f64 / rights.len().max(1) as f64;
    Ok(writeln!(out, "{name:24} {:>6} {right:>6}  {share:>9.3}  {low:.3} to {high:.3}", rights.len())?)
}

fn agreement(sheets: &[Sheet], out: &mut dyn Write) -> Result<()> {
    let mut units: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for (id, (_, right)) in sheets.iter().flatten() {
        units.entry(id).or_default().push(*right);
    }
    let units: Vec<Vec<bool>> = units.into_values().filter(|u| u.len() > 1).collect();
    let same = units.iter().filter(|u| u.iter().all(|x| *x == u[0])).count();
    let text =
        alpha(&units).map_or_else(|| "not defined: all judgements are the same".to_owned(), |a| format!("{a:.3}"));
    writeln!(out, "judged by several: {}, all of one mind on {same}; Krippendorff's alpha {text}", units.len())?;
    Ok(())
}

fn read(path: &Path) -> Result<Sheet> {
    let mut reader = csv::Reader::from_path(path).map_err(|e| Error::from(e).at(path.display()))?;
    let headers = reader.headers().map_err(|e| Error::from(e).at(path.display()))?.clone();
    let column = |name: &str| {
        headers.iter().position(|h| h == name).ok_or_else(|| {
            Error::new(format!("there is no column '{name}'"))
                .at(path.display())
                .hint("give a sheet that `sample` wrote")
        })
    };
    let (id, relation, right) = (column("id")?, column("relation")?, column("right")?);
    let mut out = Sheet::new();
    for (n, row) in reader.records().enumerate() {
        let at = format!("{}:{}", path.display(), n + 2);
        let row = row.map_err(|e| Error::from(e).at(&at))?;
        let cell = |i: usize| row.get(i).unwrap_or_default().trim();
        let judged = match cell(right).to_lowercase().as_str() {
            "" => continue,
            "yes" | "y" | "1" | "true" | "right" => true,
            "no" | "n" | "0" | "false" | "wrong" => false,
            other => return Err(Error::new(format!("'{other}' is no judgement")).at(at).hint("write yes or no")),
        };
        out.insert(cell(id).to_owned(), (cell(relation).to_owned(), judged));
    }
    Ok(out)
}
