//! `sample`: a coding sheet, facts drawn by chance for a person to judge.

use std::collections::BTreeMap;
use std::io::Write;

use super::Outcome;
use super::input::InputArgs;
use crate::error::Result;
use crate::model::{Fact, fingerprint};

/// Draw facts by chance and write them as a coding sheet (CSV), with their quotes, to be judged
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Write yes or no into the column `right`; then: diplograph agree A.csv B.csv\n\nExample:\n  diplograph sample articles.jsonl --n 200 --by relation > sheet.csv"
)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// How many facts
    #[arg(long, default_value_t = 200)]
    n: usize,
    /// As many of each kind, as far as there are so many
    #[arg(long, value_enum)]
    by: Option<Stratum>,
    /// Another number draws other facts
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Stratum {
    Relation,
    Rule,
    Status,
}

impl Stratum {
    fn of(self, fact: &Fact) -> String {
        match self {
            Self::Relation => fact.claim.relation.id().to_owned(),
            Self::Rule => fact.evidence.rule.clone(),
            Self::Status => fact.claim.status.to_string(),
        }
    }
}

/// The columns of the sheet; the last two are for the judge.
pub const COLUMNS: [&str; 13] = [
    "id",
    "article",
    "relation",
    "source",
    "target",
    "date",
    "place",
    "status",
    "attribution",
    "rule",
    "quote",
    "right",
    "note",
];

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let reader = args.input.reader()?;
    let mut strata: BTreeMap<String, Vec<(u64, Fact)>> = BTreeMap::new();
    let account = args.input.read(
        &reader,
        |_| Ok(false),
        |batch| {
            for fact in batch.into_iter().flat_map(|r| r.facts) {
                let list = strata.entry(args.by.map(|b| b.of(&fact)).unwrap_or_default()).or_default();
                list.push((fingerprint(args.seed, &fact.id()), fact));
                // what can no longer be drawn need not be kept
                if list.len() > 4 * args.n + 64 {
                    list.sort_by_key(|(n, _)| *n);
                    list.truncate(args.n);
                }
            }
            Ok(())
        },
    )?;
    let drawn = draw(strata, args.n);
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(COLUMNS)?;
    drawn.iter().try_for_each(|f| sheet.write_record(row(f)))?;
    sheet.flush()?;
    match account.close()? {
        Outcome::Done if drawn.is_empty() => Ok(Outcome::Nothing),
        outcome => Ok(outcome),
    }
}

/// One fact of each stratum in turn, until there are `n`.
fn draw(strata: BTreeMap<String, Vec<(u64, Fact)>>, n: usize) -> Vec<Fact> {
    let mut lists: Vec<Vec<(u64, Fact)>> = strata.into_values().collect();
    for list in &mut lists {
        list.sort_by_key(|x| std::cmp::Reverse(x.0));
    }
    let mut out = Vec::new();
    while out.len() < n && lists.iter().any(|l| !l.is_empty()) {
        let turn = lists.iter_mut().filter_map(Vec::pop).map(|(_, f)| f);
        out.extend(turn.take(n - out.len()));
    }
    out
}

fn row(fact: &Fact) -> [String; 13] {
    let (c, e) = (&fact.claim, &fact.evidence);
    [
        fact.id(),
        e.article.clone(),
        c.relation.id().to_owned(),
        c.source.name.clone(),
        c.target.name.clone(),
        c.date.map(|d| d.to_string()).unwrap_or_default(),
        c.place.clone().unwrap_or_default(),
        c.status.to_string(),
        c.attribution.as_ref().map(|a| a.name.clone()).unwrap_or_default(),
        e.rule.clone(),
        e.quote.clone(),
        String::new(),
        String::new(),
    ]
}
