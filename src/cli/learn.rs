//! `learn`: from annotated articles, how far what rules find can be trusted. For developers, and for whoever annotates.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::input::InputArgs;
use super::output::note;
use crate::error::{Error, Result};
use crate::extract::RuleExtractor;
use crate::extract::dating::learn::Verdict;
use crate::extract::judge::Weights;
use crate::model::{Fact, Field};
use crate::pipeline::learn::{Study, add_times, dates, facts, studies, weights};
use crate::score::{self, Dated, GoldArticle, Golds, Reliability, Score, System, Texts};

/// Learn from annotated articles how far each kind of fact can be trusted, and score it on articles not learnt from
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  diplograph learn articles.jsonl --gold gold.jsonl --out judge.bin\n  diplograph extract articles.jsonl --data DIR   # reads DIR/models/judge.bin"
)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Their facts, as `score` reads them
    #[arg(long, required = true, value_name = "FILE", num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Further facts that are right, but not all that the articles tell: only times are learnt from them
    #[arg(long, value_name = "FILE", num_args = 1..)]
    some: Vec<PathBuf>,
    /// Learn only from the articles of this split of the gold files
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// Where the weights go
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where the weights of times go: which of the times that a report names a fact has
    #[arg(long, value_name = "FILE")]
    out_dates: Option<PathBuf>,
    /// Score the articles in so many parts, each with what the others teach; 0 leaves it out
    #[arg(long, default_value_t = 5)]
    folds: usize,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let gold = read(&args.gold, args.split.as_deref())?;
    let some = read(&args.some, None)?;
    let reader = args.input.reader()?;
    let rules = args.input.rules()?;
    let codes = score::state_codes(include_str!("../../data/gazetteer/states.tsv"));
    let states = |name: &str| codes.get(name).cloned();
    let golds: HashMap<&str, Golds<'_>> =
        some.iter().chain(&gold).map(|g| (g.id.as_str(), Golds::new(&g.facts, &states))).collect();
    let whole: HashSet<&str> = gold.iter().map(|g| g.id.as_str()).collect();
    let right = |fact: &Fact| {
        let Some(golds) = golds.get(fact.evidence.article.as_str()) else { return Ok(false) };
        Ok(!golds.same(&score::stated(fact)?, &states).is_empty())
    };
    let judged = |fact: &Fact| whole.contains(fact.evidence.article.as_str()).then(|| right(fact)).transpose();
    let mut articles = Vec::new();
    let account = args.input.articles(|a| {
        if golds.contains_key(a.id.as_str()) {
            articles.push(a);
        }
    })?;
    let mut studies = studies(&reader, &rules, articles, judged)?;
    let rules = rules.with_weights(Some(weights(&studies, None)));
    let days: HashMap<&str, Option<&str>> =
        some.iter().chain(&gold).map(|g| (g.id.as_str(), g.date.as_deref())).collect();
    add_times(&rules, &mut studies, |fact| {
        let id = fact.evidence.article.as_str();
        let Some(golds) = golds.get(id) else { return Ok(None) };
        Ok(golds.dated(&score::stated(fact)?, days[id], &states).map(|d| match d {
            Dated::Same => Verdict::Right,
            Dated::Likely => Verdict::Likely,
            Dated::Other => Verdict::Wrong,
        }))
    })?;
    let sum = |f: fn((usize, usize)) -> usize| studies.iter().map(|s| f(s.counts())).sum::<usize>();
    note(format_args!("{} articles, {} candidates, {} of them right", studies.len(), sum(|c| c.0), sum(|c| c.1)));
    if args.folds > 1 {
        let (system, sure) = held_out(rules, &studies, args.folds, judged)?;
        let score: Score = score::score(&gold, &system, &Texts::new(), &states);
        write!(out, "{}{}", score.report(true), Reliability::new(sure))?;
    }
    if let Some(path) = &args.out {
        write_weights(path, &weights(&studies, None))?;
    }
    if let Some(path) = &args.out_dates {
        write_weights(path, &dates(&studies, None))?;
    }
    account.close()
}

fn read(paths: &[PathBuf], split: Option<&str>) -> Result<Vec<GoldArticle>> {
    let mut gold = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(path).map_err(|e| Error::from(e).at(path.display()))?;
        gold.extend(score::read_gold(&path.display().to_string(), &text, split)?);
    }
    Ok(gold)
}

fn write_weights(path: &Path, weights: &Weights) -> Result<()> {
    std::fs::write(path, weights.to_bytes()).map_err(|e| Error::from(e).at(path.display()))
}

/// The facts of all articles, each read with what the others teach; and the confidence of the events that are judged, with whether
/// they are right.
fn held_out(
    mut rules: RuleExtractor,
    studies: &[Study],
    folds: usize,
    judged: impl Fn(&Fact) -> Result<Option<bool>>,
) -> Result<(System, Vec<(f64, bool)>)> {
    let (mut system, mut sure) = (System::new(), Vec::new());
    for fold in 0..folds {
        let out = Some((fold, folds));
        rules = rules.with_weights(Some(weights(studies, out))).with_dates(Some(dates(studies, out)));
        for (id, facts) in facts(&rules, studies, fold, folds) {
            for f in facts.iter().filter(|f| !f.claim.relation.standing() && f.evidence.field == Field::Text) {
                sure.extend(judged(f)?.map(|right| (f.confidence, right)));
            }
            system.insert(id, facts.iter().map(score::stated).collect::<Result<_>>()?);
        }
    }
    Ok((system, sure))
}
