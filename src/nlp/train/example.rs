//! A sentence of a treebank as numbers.

use crate::model::{Deprel, Upos};
use crate::nlp::conllu::{Tree, Word};
use crate::nlp::model::Tag;
use crate::nlp::net::words::{Vocabulary, WordRows};
use crate::nlp::parser::oracle::Gold;

/// A sentence as the network learns it.
pub struct Example {
    pub rows: Vec<WordRows>,
    /// The rows of the same words in a headline.
    pub headline: Vec<WordRows>,
    pub tags: Vec<usize>,
    /// Marks that are not parsed.
    pub skipped: Vec<bool>,
    /// The tree of the other words.
    pub gold: Gold,
}

impl Example {
    /// Numbers tags and labels by their place in the lists; what is not there is not learnt.
    pub fn new(tree: &Tree, vocabulary: &Vocabulary, tags: &[Tag], labels: &[Deprel]) -> Self {
        let label = |d: Deprel| labels.iter().position(|l| *l == d).unwrap_or(0) as u8;
        let skipped = marks(tree);
        let content: Vec<usize> = (0..tree.words.len()).filter(|&i| !skipped[i]).collect();
        let place = |head: usize| content.binary_search(&head).unwrap_or(0);
        let heads: Vec<usize> = content.iter().map(|&i| place(tree.words[i].head)).collect();
        let gold_labels: Vec<u8> = content.iter().map(|&i| label(tree.words[i].deprel)).collect();
        let tag = |t: (Upos, &str)| tags.iter().position(|k| *k == t).unwrap_or(usize::MAX);
        Self {
            rows: tree.words.iter().map(|w| vocabulary.rows(&w.form)).collect(),
            headline: tree.words.iter().map(|w| vocabulary.rows(&headline(w))).collect(),
            tags: tree.words.iter().map(|w| tag((w.upos, w.xpos))).collect(),
            skipped,
            gold: Gold::new(&heads, &gold_labels),
        }
    }
}

/// Which words are marks that hang on others and bear none: those are not parsed.
fn marks(tree: &Tree) -> Vec<bool> {
    let mut marks: Vec<bool> = tree.words.iter().map(|w| w.upos == Upos::Punct && w.deprel == Deprel::Punct).collect();
    tree.words.iter().enumerate().filter(|(i, w)| w.head != *i).for_each(|(_, w)| marks[w.head] = false);
    marks
}

/// A word as headlines write it.
fn headline(w: &Word) -> String {
    let mut letters = w.form.chars();
    match letters.next() {
        Some(first) if !matches!(w.upos, Upos::Adp | Upos::Cconj | Upos::Part | Upos::Punct) && w.xpos != "DT" => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => w.form.clone(),
    }
}
