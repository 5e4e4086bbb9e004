//! The trained model, ready to tag and parse.

use super::lemmas::Lemmas;
use super::net::WIDTH;
use super::net::encoder::{Encoder, Places, Tables, Trace, Untouched};
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

/// The layers of the last batch, kept for their room: one for each thread that reads.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    trace: Trace,
    /// Tag scores, a row a row of the trace.
    scores: Vec<f32>,
    /// The vectors of the words that are parsed, without rows between sentences.
    content: Vec<f32>,
    places: Places,
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

    /// Tags and parses sentences, each a list of words. The room that `desk` has is used again.
    pub fn analyse(&self, sentences: &[Vec<&str>], desk: &mut Desk) -> Vec<Analysis> {
        let mut out = Vec::with_capacity(sentences.len());
        let mut rest = sentences;
        while !rest.is_empty() {
            let mut words = 0;
            let fits = rest.iter().take_while(|s| {
                words += s.len() + 1;
                words <= BATCH
            });
            let (batch, after) = rest.split_at(fits.count().max(1));
            self.batch(batch, desk, &mut out);
            rest = after;
        }
        out
    }

    fn batch(&self, words: &[Vec<&str>], desk: &mut Desk, out: &mut Vec<Analysis>) {
        let rows = self.encode(words, desk);
        let tag = |row: usize| self.best_tag(&desk.scores[row * self.parts.tags.len()..]);
        let tags: Vec<Vec<_>> = desk.trace.sentences.iter().map(|rows| rows.clone().map(tag).collect()).collect();
        let skipped: Vec<Vec<bool>> = tags.iter().map(|t| skipped(t)).collect();
        let contents = self.place(&rows, &skipped, desk);
        let states = self.scorer.parse(&self.parts.weights, &desk.places, &contents);
        for (i, (tags, state)) in tags.into_iter().zip(states).enumerate() {
            out.push(self.analysis(&words[i], tags, &skipped[i], &state));
        }
    }

    /// Runs the network over sentences: word vectors and tag scores are then on the desk.
    fn encode(&self, words: &[Vec<&str>], desk: &mut Desk) -> Vec<Vec<WordRows>> {
        let rows: Vec<Vec<WordRows>> =
            words.iter().map(|s| s.iter().map(|w| self.vocabulary.rows(w)).collect()).collect();
        let tables = Tables { known: &self.parts.known, hashed: &self.parts.hashed, vectors: &self.parts.vectors };
        let sentences: Vec<&[WordRows]> = rows.iter().map(Vec::as_slice).collect();
        self.encoder.run(&self.parts.weights, &tables, &sentences, &mut Untouched, &mut desk.trace);
        self.encoder.tags(&self.parts.weights, &desk.trace, &mut desk.scores);
        rows
    }

    /// Lays the place vectors of the words that are parsed on the desk.
    fn place(&self, rows: &[Vec<WordRows>], skipped: &[Vec<bool>], desk: &mut Desk) -> Vec<Content> {
        desk.content.clear();
        let mut contents = Vec::with_capacity(rows.len());
        for ((at, rows), skip) in desk.trace.sentences.iter().zip(rows).zip(skipped) {
            let first = desk.content.len() / WIDTH;
            for row in at.clone().filter(|row| !skip[row - at.start]) {
                desk.content.extend_from_slice(&desk.trace.output[row * WIDTH..(row + 1) * WIDTH]);
            }
            contents.push(Content::packed(rows, first, skip));
        }
        self.encoder.places(&desk.content, &mut desk.places);
        contents
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
