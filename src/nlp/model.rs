//! The trained model, ready to tag and parse.

use super::lemmas::Lemmas;
use super::net::encoder::{Encoder, Tables, Untouched};
use super::net::words::{Vocabulary, WordRows};
use super::parser::arc_hybrid::State;
use super::parser::decode::{Content, Scorer};
use super::parser::punctuation;
pub use super::parts::{Parts, Tag};
use crate::model::{Deprel, Upos};

/// Words that go through the network at once: so many that products are quick, so few that layers stay in the cache.
const BATCH: usize = 192;

/// A model ready to read sentences.
#[derive(Debug, Clone)]
pub struct Model {
    parts: Parts,
    vocabulary: Vocabulary,
    encoder: Encoder,
    scorer: Scorer,
    lemmas: Lemmas,
}

/// What the model says of one sentence, word by word.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    pub tags: Vec<Tag>,
    /// The root is its own head.
    pub heads: Vec<usize>,
    pub labels: Vec<Deprel>,
}

impl Model {
    pub fn new(parts: Parts) -> Self {
        Self {
            vocabulary: Vocabulary::new(&parts.known_words, &parts.vector_words),
            encoder: Encoder::new(&parts.weights),
            scorer: Scorer::new(&parts.weights),
            lemmas: Lemmas::parse(&parts.edits),
            parts,
        }
    }

    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The bytes of the model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.parts.to_bytes()
    }

    pub fn lemma(&self, form: &str, xpos: &str) -> Box<str> {
        self.lemmas.lemma(form, xpos)
    }

    /// Tags and parses sentences, each a list of words.
    pub fn analyse(&self, sentences: &[Vec<&str>]) -> Vec<Analysis> {
        let mut out = Vec::with_capacity(sentences.len());
        let mut rest = sentences;
        while !rest.is_empty() {
            let mut words = 0;
            let fits = rest.iter().take_while(|s| {
                words += s.len() + 1;
                words <= BATCH
            });
            let (batch, after) = rest.split_at(fits.count().max(1));
            self.batch(batch, &mut out);
            rest = after;
        }
        out
    }

    fn batch(&self, words: &[Vec<&str>], out: &mut Vec<Analysis>) {
        let sentences: Vec<Vec<WordRows>> =
            words.iter().map(|s| s.iter().map(|w| self.vocabulary.rows(w)).collect()).collect();
        let w = &self.parts.weights;
        let tables = Tables { known: &self.parts.known, hashed: &self.parts.hashed, vectors: &self.parts.vectors };
        let rows: Vec<&[WordRows]> = sentences.iter().map(Vec::as_slice).collect();
        let trace = self.encoder.run(w, &tables, &rows, &mut Untouched);
        let scores = self.encoder.tags(w, &trace);
        let places = self.encoder.places(&trace);
        let tag = |row: usize| self.best_tag(&scores[row * self.parts.tags.len()..]);
        let tags: Vec<Vec<_>> = trace.sentences.iter().map(|rows| rows.clone().map(tag).collect()).collect();
        let skipped: Vec<Vec<bool>> = tags.iter().map(|t| skipped(t)).collect();
        let parts = trace.sentences.iter().zip(&sentences).zip(&skipped);
        let contents: Vec<Content> = parts.map(|((at, rows), skip)| Content::new(rows, at.start, skip)).collect();
        let states = self.scorer.parse(w, &places, &contents);
        for (i, (tags, state)) in tags.into_iter().zip(states).enumerate() {
            out.push(self.analysis(&words[i], tags, &skipped[i], &state));
        }
    }

    /// Puts the tree of the parsed words and the marks together.
    fn analysis(&self, words: &[&str], tags: Vec<Tag>, skipped: &[bool], state: &State) -> Analysis {
        let mut heads: Vec<usize> = (0..words.len()).collect();
        let mut labels = vec![Deprel::Punct; words.len()];
        let content: Vec<usize> = (0..words.len()).filter(|&i| !skipped[i]).collect();
        for ((&word, &head), &label) in content.iter().zip(&state.heads).zip(&state.labels) {
            (heads[word], labels[word]) = match content.get(head as usize) {
                None => (word, Deprel::Root),
                Some(&head) => (head, self.parts.labels.get(usize::from(label)).copied().unwrap_or(Deprel::Dep)),
            };
        }
        Analysis { tags, heads: punctuation::attach(words, &heads, skipped), labels }
    }

    fn best_tag(&self, scores: &[f32]) -> Tag {
        let mut best = (f32::NEG_INFINITY, (Upos::X, "FW"));
        for (&score, &tag) in scores.iter().zip(&self.parts.tags) {
            if score > best.0 {
                best = (score, tag);
            }
        }
        best.1
    }
}

/// Which words are marks that are not parsed; none of a sentence that has nothing else.
fn skipped(tags: &[Tag]) -> Vec<bool> {
    let mut skipped: Vec<bool> = tags.iter().map(|t| t.0 == Upos::Punct).collect();
    if skipped.iter().all(|s| *s) {
        skipped.fill(false);
    }
    skipped
}
