//! Trains the network: tags and transitions at once, batch by batch, the parser exploring its own mistakes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::adam::{Dense, Sparse, Step};
use super::backward::{self, Transposed};
use super::rng::Rng;
use super::{Vectors, lemmas};
use crate::model::{Deprel, Upos};
use crate::nlp::conllu::Tree;
use crate::nlp::model::{Model, Parts};
use crate::nlp::net::encoder::{Between, Encoder, Tables, Trace};
use crate::nlp::net::matrix::{Packed, Strides};
use crate::nlp::net::rows::{ByteRows, FloatRows};
use crate::nlp::net::words::{HASHED, HASHED_ROWS, Vocabulary, WordRows, key};
use crate::nlp::net::{FACT_VALUES, HIDDEN, LAYERS, PLACES, VECTOR, WIDTH, Weights};
use crate::nlp::parser::arc_hybrid::{NONE, State};
use crate::nlp::parser::decode::{Scorer, number};
use crate::nlp::parser::oracle::Gold;
use crate::nlp::parser::view::View;

/// Everything that training depends on but the data: the same configuration gives the same bytes.
#[derive(Debug, Clone)]
pub struct Config {
    pub seed: u64,
    pub epochs: usize,
    /// Words of a batch.
    pub batch: usize,
    /// Adam's rate; falls to a twentieth along a line.
    pub rate: f32,
    /// Part of the values between layers that is dropped.
    pub dropout: f32,
    /// Part of word rows that is dropped, in words seen once; `x / (x + count)` in all.
    pub word_dropout: f32,
    /// Probability of following the parser's own choice, from the second epoch.
    pub explore: f32,
    /// Weight of the tags in the loss.
    pub tags: f32,
    /// Times that a known word must be seen.
    pub known_from: usize,
    pub clip: f32,
    /// How much of the running average of parameters stays at each step.
    pub keep: f32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            epochs: 20,
            batch: 500,
            rate: 2e-3,
            dropout: 0.25,
            word_dropout: 0.25,
            explore: 0.9,
            tags: 0.5,
            known_from: 2,
            clip: 5.0,
            keep: 0.998,
        }
    }
}

/// A sentence as the network learns it.
struct Example {
    rows: Vec<WordRows>,
    tags: Vec<usize>,
    gold: Gold,
}

struct Trainer<'a> {
    config: &'a Config,
    rng: Rng,
    tags: Vec<(Upos, &'static str)>,
    labels: Vec<Deprel>,
    known_words: Vec<String>,
    /// Times that the word of each row was seen.
    counts: Vec<usize>,
    vectors: &'a Vectors,
    weights: Weights,
    gradient: Weights,
    dense: Dense,
    known: Sparse,
    hashed: Sparse,
    steps: i32,
    all_steps: i32,
}

/// Trains on `trees`; after each epoch `watch` sees its number and the model so far. Returns the last one's parts.
pub fn train(trees: &[Tree], vectors: &Vectors, config: &Config, mut watch: impl FnMut(usize, &Model)) -> Parts {
    let mut trainer = Trainer::new(trees, vectors, config);
    let vocabulary =
        Vocabulary::new(trainer.known_words.iter().map(String::as_str), vectors.words.iter().map(String::as_str));
    let edits = lemmas::learn(trees);
    let mut examples: Vec<Example> = trees.iter().map(|t| trainer.example(t, &vocabulary)).collect();
    let words: usize = examples.iter().map(|e| e.tags.len()).sum();
    trainer.all_steps = (words / config.batch + 1) as i32 * config.epochs as i32;
    for epoch in 0..config.epochs {
        trainer.rng.shuffle(&mut examples);
        trainer.epoch(&examples, epoch > 0);
        watch(epoch + 1, &Model::new(trainer.parts(&edits)));
    }
    trainer.parts(&edits)
}

impl<'a> Trainer<'a> {
    fn new(trees: &[Tree], vectors: &'a Vectors, config: &'a Config) -> Self {
        let (mut tags, mut labels, mut words) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for w in trees.iter().flat_map(|t| &t.words) {
            *tags.entry((w.upos, w.xpos)).or_insert(0usize) += 1;
            *labels.entry(w.deprel).or_insert(0usize) += 1;
            *words.entry(key(&w.form)).or_insert(0usize) += 1;
        }
        labels.remove(&Deprel::Root);
        words.retain(|_, n| *n >= config.known_from);
        let tags: Vec<_> = tags.into_iter().filter(|(_, n)| *n >= 3).map(|(t, _)| t).collect();
        let labels: Vec<_> = labels.into_keys().collect();
        let mut rng = Rng::new(config.seed);
        let weights = start(tags.len(), 1 + 2 * labels.len(), &mut rng);
        let mut table = |rows: usize| {
            let data = (0..rows * WIDTH).map(|_| 0.1 * (rng.uniform() - 0.5)).collect();
            Sparse::new(FloatRows { width: WIDTH, data })
        };
        Self {
            config,
            known: table(words.len() + 1),
            hashed: table(HASHED * HASHED_ROWS),
            counts: std::iter::once(0).chain(words.values().copied()).collect(),
            known_words: words.into_keys().collect(),
            vectors,
            gradient: Weights::zeros(tags.len(), 1 + 2 * labels.len()),
            dense: Dense::new(&weights),
            weights,
            tags,
            labels,
            rng,
            steps: 0,
            all_steps: 0,
        }
    }

    fn example(&self, tree: &Tree, vocabulary: &Vocabulary) -> Example {
        let label = |d: Deprel| self.labels.iter().position(|l| *l == d).unwrap_or(0) as u8;
        let heads: Vec<usize> = tree.words.iter().map(|w| w.head).collect();
        let labels: Vec<u8> = tree.words.iter().map(|w| label(w.deprel)).collect();
        let tag = |t: (Upos, &str)| self.tags.iter().position(|k| *k == t).unwrap_or(usize::MAX);
        Example {
            rows: tree.words.iter().map(|w| vocabulary.rows(&w.form)).collect(),
            tags: tree.words.iter().map(|w| tag((w.upos, w.xpos))).collect(),
            gold: Gold::new(&heads, &labels),
        }
    }

    fn epoch(&mut self, examples: &[Example], explore: bool) {
        let mut from = 0;
        while from < examples.len() {
            let mut words = 0;
            let enough = examples[from..].iter().position(|e| {
                words += e.tags.len();
                words >= self.config.batch
            });
            let to = enough.map_or(examples.len(), |n| from + n + 1);
            self.batch(&examples[from..to], words, explore);
            from = to;
        }
    }

    fn batch(&mut self, examples: &[Example], words: usize, explore: bool) {
        let rows: Vec<Vec<WordRows>> = examples.iter().map(|e| self.drop_words(&e.rows)).collect();
        let rows: Vec<&[WordRows]> = rows.iter().map(Vec::as_slice).collect();
        let encoder = Encoder::new(&self.weights);
        let tables = Tables { known: &self.known.rows, hashed: &self.hashed.rows, vectors: &self.vectors.rows };
        let mut masks = Masks { rng: self.rng.clone(), rate: self.config.dropout, masks: Vec::new() };
        let trace = encoder.run(&self.weights, &tables, &rows, &mut masks);
        self.rng = masks.rng;
        let mut tags = encoder.tags(&self.weights, &trace);
        tag_gradient(&mut tags, &trace.sentences, examples, self.config.tags / words as f32, self.tags.len());
        let places = encoder.places(&trace);
        let seen = self.explore(examples, &trace, &places, 1.0 / words as f32, explore);
        let transposed = Transposed::new(&self.weights);
        let at_places = seen.gradient(&self.weights, trace.rows, &mut self.gradient);
        let d = backward::heads(&trace, &transposed, &tags, &at_places, &mut self.gradient);
        let d = backward::encoder(&trace, &self.weights, &transposed, &masks.masks, d, &mut self.gradient);
        backward::words(&trace, &rows, &d, &mut self.gradient, &mut self.known, &mut self.hashed);
        self.step();
    }

    /// Rows of words with some taken for unknown, rare ones more often.
    fn drop_words(&mut self, rows: &[WordRows]) -> Vec<WordRows> {
        let mut rows = rows.to_vec();
        for row in rows.iter_mut().filter(|r| r.word != 0) {
            let p = self.config.word_dropout;
            if self.rng.chance(p / (p + self.counts[row.word as usize] as f32)) {
                row.word = 0;
            }
        }
        rows
    }

    /// Parses the batch, noting each state's view and the gradient of its scores.
    fn explore(&mut self, examples: &[Example], trace: &Trace, places: &[f32], scale: f32, explore: bool) -> Seen {
        let scorer = Scorer::new(&self.weights);
        let mut seen = Seen::default();
        let mut scores = Vec::new();
        for (example, rows) in examples.iter().zip(&trace.sentences) {
            let own = &places[rows.start * PLACES * HIDDEN..rows.end * PLACES * HIDDEN];
            let mut state = State::new(rows.len());
            while !state.done() {
                let view = View::of(&state);
                let rectified = Scorer::hidden(&self.weights, own, &view).map(|h| h.max(0.0));
                let (hidden, mask) = self.drop_hidden(rectified);
                scorer.scores(&self.weights, &hidden, &mut scores);
                let choice = scorer.best(&state, &scores);
                let best = example.gold.best(&state);
                let follow = explore && self.rng.chance(self.config.explore);
                let taught = best.iter().copied().max_by(|a, b| scores[number(*a)].total_cmp(&scores[number(*b)]));
                transition_gradient(&scorer, &state, &mut scores, &best, scale);
                seen.push(rows.start, view, &hidden, &mask, &scores);
                state.take(if follow { choice } else { taught.unwrap_or(choice) });
            }
        }
        seen
    }

    fn drop_hidden(&mut self, mut hidden: [f32; HIDDEN]) -> ([f32; HIDDEN], [f32; HIDDEN]) {
        let rate = self.config.dropout;
        let mut mask = [0.0; HIDDEN];
        for (h, m) in hidden.iter_mut().zip(&mut mask) {
            let kept = if self.rng.chance(rate) { 0.0 } else { 1.0 / (1.0 - rate) };
            *m = if *h > 0.0 { kept } else { 0.0 };
            *h *= kept;
        }
        (hidden, mask)
    }

    fn step(&mut self) {
        let squares: f64 = self.gradient.blocks().iter().flat_map(|b| b.iter()).map(|x| f64::from(x * x)).sum();
        let norm = (squares + self.known.norm() + self.hashed.norm()).sqrt() as f32;
        let done = self.steps as f32 / self.all_steps.max(1) as f32;
        self.steps += 1;
        let step = Step {
            rate: self.config.rate * (1.0 - 0.95 * done.min(1.0)) * (self.steps as f32 / 100.0).min(1.0),
            clip: (self.config.clip / norm).min(1.0),
            number: self.steps,
            keep: self.config.keep.min(1.0 - 1.0 / (1.0 + self.steps as f32 / 4.0)),
        };
        self.dense.step(&mut self.weights, &mut self.gradient, step);
        self.known.step(step);
        self.hashed.step(step);
    }

    /// The model of the averaged parameters.
    fn parts(&mut self, edits: &str) -> Parts {
        self.known.catch_up_all(self.steps, self.config.keep);
        self.hashed.catch_up_all(self.steps, self.config.keep);
        Parts {
            tags: self.tags.clone(),
            labels: self.labels.clone(),
            known_words: self.known_words.clone(),
            vector_words: self.vectors.words.clone(),
            known: ByteRows::from(&self.known.average),
            hashed: ByteRows::from(&self.hashed.average),
            vectors: ByteRows::from(&self.vectors.rows),
            weights: self.dense.average.clone(),
            edits: edits.to_owned(),
        }
    }
}

/// Random weights of the size that keeps values alike from layer to layer (Glorot and Bengio 2010).
fn start(tags: usize, transitions: usize, rng: &mut Rng) -> Weights {
    let mut w = Weights::zeros(tags, transitions);
    let mut fill = |values: &mut [f32], inputs: usize, outputs: usize| {
        let bound = (6.0 / (inputs + outputs) as f32).sqrt();
        values.iter_mut().for_each(|v| *v = bound * (2.0 * rng.uniform() - 1.0));
    };
    fill(&mut w.vector, VECTOR * 4, WIDTH);
    fill(&mut w.conv, 3 * WIDTH, WIDTH);
    for layer in &mut w.layers {
        fill(&mut layer.input, WIDTH, WIDTH);
        layer.bias[..WIDTH].fill(0.5);
    }
    fill(&mut w.tag, WIDTH, tags);
    fill(&mut w.place, 4 * WIDTH, HIDDEN);
    fill(&mut w.fact, 8 * FACT_VALUES, HIDDEN);
    fill(&mut w.transition, HIDDEN, transitions);
    w
}

/// Drops values between layers and keeps the masks for the way back.
struct Masks {
    rng: Rng,
    rate: f32,
    masks: Vec<Vec<f32>>,
}

impl Between for Masks {
    fn pass(&mut self, layer: usize, values: &mut [f32]) {
        debug_assert!(layer == self.masks.len() && layer <= LAYERS + 1);
        let keep = 1.0 / (1.0 - self.rate);
        let mask: Vec<f32> = values.iter().map(|_| if self.rng.chance(self.rate) { 0.0 } else { keep }).collect();
        values.iter_mut().zip(&mask).for_each(|(v, m)| *v *= m);
        self.masks.push(mask);
    }
}

/// Turns tag scores into the gradient of their cross-entropy; rows between sentences get none.
fn tag_gradient(scores: &mut [f32], sentences: &[Range<usize>], examples: &[Example], scale: f32, tags: usize) {
    let mut gold = vec![usize::MAX; scores.len() / tags];
    for (rows, example) in sentences.iter().zip(examples) {
        gold[rows.clone()].copy_from_slice(&example.tags);
    }
    for (row, gold) in scores.chunks_exact_mut(tags).zip(gold) {
        if gold == usize::MAX {
            row.fill(0.0);
            continue;
        }
        softmax(row);
        row[gold] -= 1.0;
        row.iter_mut().for_each(|x| *x *= scale);
    }
}

fn softmax(row: &mut [f32]) {
    let top = row.iter().fold(f32::NEG_INFINITY, |m, x| m.max(*x));
    row.iter_mut().for_each(|x| *x = (*x - top).exp());
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|x| *x /= sum);
}

/// Turns scores into the gradient of the probability of all best transitions together.
fn transition_gradient(
    scorer: &Scorer,
    state: &State,
    scores: &mut [f32],
    best: &[crate::nlp::parser::arc_hybrid::Transition],
    scale: f32,
) {
    for (score, kind) in scores.iter_mut().zip(&scorer.kinds) {
        if !state.allows(*kind) {
            *score = f32::NEG_INFINITY;
        }
    }
    softmax(scores);
    let right: f32 = best.iter().map(|t| scores[number(*t)]).sum::<f32>().max(1e-20);
    for t in best {
        let p = &mut scores[number(*t)];
        *p -= *p / right;
    }
    scores.iter_mut().for_each(|x| *x *= scale);
}

/// What the parser saw in a batch, state by state.
#[derive(Default)]
struct Seen {
    /// The first row of the sentence in the batch, and what was looked at.
    views: Vec<(usize, View)>,
    hidden: Vec<f32>,
    masks: Vec<f32>,
    /// Gradients at the scores.
    scores: Vec<f32>,
}

impl Seen {
    fn push(&mut self, first: usize, view: View, hidden: &[f32], mask: &[f32], scores: &[f32]) {
        self.views.push((first, view));
        self.hidden.extend_from_slice(hidden);
        self.masks.extend_from_slice(mask);
        self.scores.extend_from_slice(scores);
    }

    /// Gradients of the parser's own weights, and those at the place vectors of the batch, which are returned.
    fn gradient(&self, w: &Weights, rows: usize, g: &mut Weights) -> Vec<f32> {
        let (states, kinds) = (self.views.len(), w.transition_bias.len());
        let scores = Packed::from_rows(states, kinds, &self.scores);
        scores.add_product(&self.hidden, Strides { row: 1, col: HIDDEN }, HIDDEN, &mut g.transition);
        for row in self.scores.chunks_exact(kinds) {
            g.transition_bias.iter_mut().zip(row).for_each(|(b, x)| *b += x);
        }
        let mut d = vec![0.0; states * HIDDEN];
        let back = Packed::transposed(HIDDEN, kinds, &w.transition);
        back.add_product(&self.scores, Strides { row: kinds, col: 1 }, states, &mut d);
        d.iter_mut().zip(&self.masks).for_each(|(d, m)| *d *= m);
        let mut places = vec![0.0; rows * PLACES * HIDDEN];
        for ((first, view), d) in self.views.iter().zip(d.chunks_exact(HIDDEN)) {
            scatter(*first, view, d, &mut places, g);
        }
        places
    }
}

fn scatter(first: usize, view: &View, d: &[f32], places: &mut [f32], g: &mut Weights) {
    let add = |to: &mut [f32]| to.iter_mut().zip(d).for_each(|(t, x)| *t += x);
    add(&mut g.hidden_bias);
    for (p, &word) in view.places.iter().enumerate() {
        match word {
            NONE => add(&mut g.empty[p * HIDDEN..(p + 1) * HIDDEN]),
            word => {
                let at = ((first + word as usize) * PLACES + p) * HIDDEN;
                add(&mut places[at..at + HIDDEN]);
            }
        }
    }
    for (f, &value) in view.facts.iter().enumerate() {
        let at = (f * FACT_VALUES + usize::from(value)) * HIDDEN;
        add(&mut g.fact[at..at + HIDDEN]);
    }
}
