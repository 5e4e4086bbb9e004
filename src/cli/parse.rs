//! `parse`: how the language engine reads articles, as CoNLL-U or as trees to look at.

use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::output::note;
use crate::error::{Error, Result};
use crate::model::Article;
use crate::nlp::conllu::{self, Tree};
use crate::nlp::model::Desk;
use crate::nlp::{Nlp, train};
use crate::pipeline::language;
use crate::source::{self, Item, Options};

/// Print sentences, tokens, tags, lemmas and trees of articles as CoNLL-U
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  diplograph parse article.txt --tree\n  diplograph parse --from conllu test.conllu > own.conllu"
)]
pub struct Args {
    /// Files, folders, or - for standard input, of any kind that build reads
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The format, where the name does not tell it; conllu keeps sentences and tokens and predicts the rest
    #[arg(long, value_name = "KIND")]
    from: Option<String>,
    /// Draw trees in place of CoNLL-U
    #[arg(long)]
    tree: bool,
    /// Print how fast they are read on one core, in place of trees
    #[arg(long)]
    speed: bool,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let nlp = language()?;
    if args.speed {
        return speed(&nlp, &args, out);
    }
    let mut print = |trees: &[Tree]| -> Result<()> {
        let text = if args.tree { trees.iter().map(drawn).collect() } else { conllu::write_trees(trees) };
        Ok(out.write_all(text.as_bytes())?)
    };
    if args.from.as_deref() == Some("conllu") {
        for path in &args.inputs {
            let mut trees = train::read_treebank(path)?;
            nlp.annotate(&mut trees);
            print(&trees)?;
        }
        return Ok(Outcome::Done);
    }
    each(&args, |article| print(&conllu::trees(&nlp.read(article))))
}

/// Calls `read` with every article.
fn each(args: &Args, mut read: impl FnMut(Article) -> Result<()>) -> Result<Outcome> {
    let from = args.from.as_deref().map(|k| k.parse().map_err(Error::new)).transpose()?;
    let mut outcome = Outcome::Done;
    for item in source::articles(&args.inputs, &Options { from, ..Options::default() })? {
        match item {
            Item::Article(article) => read(article)?,
            Item::Skipped(skip) => {
                note(format_args!("skipped: {}: {}", skip.place, skip.why));
                outcome = Outcome::Skipped;
            }
            Item::Noted(n) => note(format_args!("note: {}: {}", n.place, n.what)),
        }
    }
    Ok(outcome)
}

/// Reads everything and tells how many tokens a second of processor time: of raw text, or, of CoNLL-U, tags and trees of
/// given words. Reading the files is not counted.
fn speed(nlp: &Nlp, args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let (mut tokens, mut seconds) = (0, 0.0);
    let mut outcome = Outcome::Done;
    if args.from.as_deref() == Some("conllu") {
        let mut desk = Desk::default();
        for path in &args.inputs {
            let trees = train::read_treebank(path)?;
            let words: Vec<Vec<&str>> =
                trees.iter().map(|t| t.words.iter().map(|w| w.form.as_str()).collect()).collect();
            let start = processor_time();
            nlp.model().analyse(&words, &mut desk);
            seconds += processor_time() - start;
            tokens += words.iter().map(Vec::len).sum::<usize>();
        }
    } else {
        outcome = each(args, |article| {
            let start = processor_time();
            let document = nlp.read(article);
            seconds += processor_time() - start;
            tokens += document.sentences.iter().map(|s| s.tokens.len()).sum::<usize>();
            Ok(())
        })?;
    }
    let rate = tokens as f64 / seconds.max(1e-9);
    writeln!(out, "{tokens} tokens in {seconds:.2} s of processor time: {rate:.0} a second")?;
    Ok(outcome)
}

/// Seconds that the first thread of this process has run; where the system does not tell (it does on Linux), of a clock.
fn processor_time() -> f64 {
    let ran = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = ran.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    let clock = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0.0, |d| d.as_secs_f64());
    nanoseconds.map_or_else(clock, |n| n / 1e9)
}

/// A tree with a word a line, children below their heads.
fn drawn(tree: &Tree) -> String {
    let mut out = format!("{}\n", tree.comment("text").unwrap_or_default());
    let mut children = vec![Vec::new(); tree.words.len()];
    let mut open = Vec::new();
    for (i, w) in tree.words.iter().enumerate() {
        match w.head == i {
            true => open.push((i, String::new(), "")),
            false => children[w.head].push(i),
        }
    }
    while let Some((i, indent, branch)) = open.pop() {
        let w = &tree.words[i];
        out += &format!("{indent}{branch}{} {} {} {}\n", w.form, w.deprel, w.upos, w.lemma);
        let below = match branch {
            "" => indent,
            "└─ " => indent + "   ",
            _ => indent + "│  ",
        };
        for (n, &child) in children[i].iter().rev().enumerate() {
            open.push((child, below.clone(), if n == 0 { "└─ " } else { "├─ " }));
        }
    }
    out + "\n"
}
