//! Scores against a treebank, as the CoNLL shared tasks count (Zeman et al. 2018), on gold sentences and words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustc_hash::FxHashSet;

use crate::model::Span;
use crate::nlp::conllu::Tree;
use crate::nlp::model::{Desk, Model};
use crate::nlp::segment;

/// Words, and how many of them are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    pub words: usize,
    pub upos: usize,
    pub xpos: usize,
    pub lemma: usize,
    /// Right heads.
    pub uas: usize,
    /// Right heads with the right universal relation; punctuation counts.
    pub las: usize,
}

impl Scores {
    /// A count as a percentage of words.
    pub fn percent(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.words.max(1) as f64
    }
}

impl std::fmt::Display for Scores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [upos, xpos, lemma, uas, las] =
            [self.upos, self.xpos, self.lemma, self.uas, self.las].map(|n| self.percent(n));
        write!(
            f,
            "words {:6}  UPOS {upos:5.2}  XPOS {xpos:5.2}  lemma {lemma:5.2}  UAS {uas:5.2}  LAS {las:5.2}",
            self.words
        )
    }
}

/// Scores of a model on gold words.
pub fn evaluate<'a>(model: &Model, trees: impl Iterator<Item = &'a Tree>) -> Scores {
    let mut desk = Desk::default();
    let mut s = Scores::default();
    for tree in trees {
        let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
        let found = model.analyse(&[words], &mut desk).pop().unwrap_or_default();
        for (i, w) in tree.words.iter().enumerate() {
            let (upos, xpos) = found.tags[i];
            let attached = found.heads[i] == w.head;
            s.words += 1;
            s.upos += usize::from(upos == w.upos);
            s.xpos += usize::from(xpos == w.xpos);
            s.lemma += usize::from(*model.lemma(&w.form, xpos) == *w.lemma);
            s.uas += usize::from(attached);
            s.las += usize::from(attached && found.labels[i].is(w.deprel));
        }
    }
    s
}

/// Spans found in raw text against gold spans.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    pub gold: usize,
    pub found: usize,
    pub right: usize,
}

impl Found {
    /// The harmonic mean of precision and recall, in percent.
    pub fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }

    fn count(&mut self, gold: &[Span], found: &[Span]) {
        let known: FxHashSet<Span> = gold.iter().copied().collect();
        self.gold += gold.len();
        self.found += found.len();
        self.right += found.iter().filter(|s| known.contains(s)).count();
    }
}

/// The score table of a treebank: each part of it on gold words, and GUM's news from raw text.
pub fn table(model: &Model, trees: &[Tree]) -> String {
    let (parts, news) = parts(trees);
    let mut out = String::new();
    for (part, trees) in parts {
        let _ = writeln!(out, "{part:8} {}", evaluate(model, trees.into_iter()));
    }
    if !news.is_empty() {
        let (tokens, sentences) = evaluate_raw(news.into_iter());
        let _ = writeln!(out, "GUM news from raw text: token F1 {:.2}, sentence F1 {:.2}", tokens.f1(), sentences.f1());
    }
    out
}

/// The same scores as measures with names, from 0 to 1.
pub fn measures(model: &Model, trees: &[Tree]) -> Vec<(String, f64)> {
    let (parts, news) = parts(trees);
    let mut out = Vec::new();
    for (part, trees) in parts {
        let s = evaluate(model, trees.into_iter());
        let counts = [("UPOS", s.upos), ("XPOS", s.xpos), ("lemma", s.lemma), ("UAS", s.uas), ("LAS", s.las)];
        out.extend(counts.map(|(name, count)| (format!("{part} {name}"), s.percent(count) / 100.0)));
    }
    if !news.is_empty() {
        let (tokens, sentences) = evaluate_raw(news.into_iter());
        out.push(("GUM news token F1".to_owned(), tokens.f1() / 100.0));
        out.push(("GUM news sentence F1".to_owned(), sentences.f1() / 100.0));
    }
    out
}

/// The parts of a treebank by name, and the news of GUM among them.
fn parts(trees: &[Tree]) -> (BTreeMap<&str, Vec<&Tree>>, Vec<&Tree>) {
    let mut parts: BTreeMap<&str, Vec<&Tree>> = BTreeMap::new();
    let mut news = Vec::new();
    let (mut part, mut document) = ("all", "");
    for tree in trees {
        part = tree.comment("source_treebank").unwrap_or(part);
        document = tree.comment("newdoc id").unwrap_or(document);
        parts.entry(part).or_default().push(tree);
        news.extend(document.starts_with("GUM_news").then_some(tree));
    }
    (parts, news)
}

/// Tokens and sentences found in the text of `trees`, given its lines: paragraphs, headings and captions.
pub fn evaluate_raw<'a>(trees: impl Iterator<Item = &'a Tree>) -> (Found, Found) {
    let (mut tokens, mut sentences) = (Found::default(), Found::default());
    let mut line: Vec<&Tree> = Vec::new();
    let mut score = |trees: &[&Tree]| {
        let (text, gold_tokens, gold_sentences) = laid_out(trees);
        let (t, s) = segment(&text, &[Span::new(0, text.len())]);
        tokens.count(&gold_tokens, &t);
        sentences.count(&gold_sentences, &s);
    };
    let mut ends = Vec::new();
    for tree in trees {
        let begins = tree.comment("newpar").is_some() || tree.comment("newdoc id").is_some();
        if begins {
            ends = blocks(tree);
        }
        if begins || ends.contains(&0) {
            score(&std::mem::take(&mut line));
        }
        ends = ends.iter().filter_map(|n: &usize| n.checked_sub(1)).collect();
        line.push(tree);
    }
    score(&line);
    (tokens, sentences)
}

/// After how many sentences the blocks end that begin with this one: `newpar_block = p (6 s) | caption (1 s)`.
fn blocks(tree: &Tree) -> Vec<usize> {
    let count = |block: &str| block.rsplit_once('(')?.1.strip_suffix(" s)")?.parse().ok();
    tree.comment("newpar_block").unwrap_or_default().split(" | ").filter_map(count).collect()
}

/// The text of a paragraph with the spans of its tokens and sentences.
fn laid_out(trees: &[&Tree]) -> (String, Vec<Span>, Vec<Span>) {
    let (mut text, mut tokens, mut sentences) = (String::new(), Vec::new(), Vec::new());
    for tree in trees {
        let first = text.len();
        let mut last = first;
        for w in &tree.words {
            let start = text.len();
            text.push_str(&w.form);
            last = text.len();
            tokens.push(Span::new(start, last));
            if w.space_after {
                text.push(' ');
            }
        }
        sentences.push(Span::new(first, last));
    }
    (text, tokens, sentences)
}
