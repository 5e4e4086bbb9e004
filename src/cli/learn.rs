//! `learn`: from annotated articles, which candidates are facts.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::input::InputArgs;
use super::output::note;
use crate::error::{Error, Result};
use crate::extract::RuleExtractor;
use crate::pipeline::learn::{Study, facts, studies, weights};
use crate::score::{self, GoldArticle, Score, System, Texts};

/// Learn from annotated articles which candidates are facts, and score it on articles not learnt from
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  diplograph learn articles.jsonl --gold gold.jsonl --out judge.bin\n  diplograph score gold.jsonl articles.jsonl --data DIR   # DIR/models/judge.bin"
)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Their facts, as `score` reads them
    #[arg(long, required = true, value_name = "FILE", num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Where the weights go
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Score the articles in so many parts, each with what the others teach; 0 leaves it out
    #[arg(long, default_value_t = 5)]
    folds: usize,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let mut gold = Vec::new();
    for path in &args.gold {
        let text = std::fs::read_to_string(path).map_err(|e| Error::from(e).at(path.display()))?;
        gold.extend(score::read_gold(&path.display().to_string(), &text, None)?);
    }
    let reader = args.input.reader()?;
    let rules = args.input.rules()?;
    let by_id: HashMap<&str, &GoldArticle> = gold.iter().map(|g| (g.id.as_str(), g)).collect();
    let mut articles = Vec::new();
    let account = args.input.articles(|a| {
        if let Some(gold) = by_id.get(a.id.as_str()) {
            articles.push((a, *gold));
        }
    })?;
    let codes = score::state_codes(include_str!("../../data/gazetteer/states.tsv"));
    let states = |name: &str| codes.get(name).cloned();
    let studies = studies(&reader, &rules, articles, &states)?;
    let sum = |f: fn(&Study) -> usize| studies.iter().map(f).sum::<usize>();
    note(format_args!(
        "{} articles, {} events, of which candidates reach {}; {} candidates, {} of them right",
        studies.len(),
        sum(|s| s.events),
        sum(|s| s.reached),
        sum(|s| s.counts().0),
        sum(|s| s.counts().1),
    ));
    if args.folds > 1 {
        write!(out, "{}", held_out(rules, &studies, &gold, args.folds, &states)?)?;
    }
    if let Some(path) = &args.out {
        let bytes = weights(&studies, None).to_bytes();
        std::fs::write(path, bytes).map_err(|e| Error::from(e).at(path.display()))?;
    }
    account.close()
}

/// The scores of all articles, each read with what the others teach.
fn held_out(
    mut rules: RuleExtractor,
    studies: &[Study],
    gold: &[GoldArticle],
    folds: usize,
    states: score::States<'_>,
) -> Result<String> {
    let mut system = System::new();
    for fold in 0..folds {
        rules = rules.with_weights(Some(weights(studies, Some((fold, folds)))));
        for (id, facts) in facts(&rules, studies, fold, folds) {
            system.insert(id, facts.iter().map(score::stated).collect::<Result<_>>()?);
        }
    }
    let score: Score = score::score(gold, &system, &Texts::new(), states);
    Ok(score.report(true).to_string())
}
