//! Trains the network: tags and transitions at once, batch by batch, the parser exploring its own mistakes.

use std::collections::BTreeMap;

use super::adam::{Dense, Sparse, Step};
use super::backward::{self, Transposed};
use super::config::Config;
use super::example::Example;
use super::loss::{Seen, tag_gradient, transition_gradient};
use super::rng::Rng;
use super::{Vectors, lemmas};
use crate::error::{Error, Result};
use crate::model::Deprel;
use crate::nlp::conllu::Tree;
use crate::nlp::model::{Model, Parts, Tag};
use crate::nlp::net::encoder::{Between, Encoder, Places, Tables, Trace};
use crate::nlp::net::rows::{ByteRows, FloatRows};
use crate::nlp::net::words::{HASHED, HASHED_ROWS, Vocabulary, WordRows, key};
use crate::nlp::net::{FACT_VALUES, HIDDEN, LAYERS, NARROW, VECTOR, WIDTH, Weights};
use crate::nlp::parser::arc_hybrid::State;
use crate::nlp::parser::decode::{Content, Scorer, number};
use crate::nlp::parser::view::View;

struct Trainer<'a> {
    config: &'a Config,
    rng: Rng,
    tags: Vec<Tag>,
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

/// What is learnt from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lessons<'a> {
    /// Treebanks: tags, relations, known words and lemmas are theirs.
    pub gold: &'a [Tree],
    /// Trees that a larger network made of plain text (Hinton, Vinyals and Dean 2015; `scripts/trees.py`). Each epoch mixes as many of them, in turn, with all of `gold`.
    pub made: &'a [Tree],
}

/// Trains from the weights of `start` if it is given (a model of the same treebanks); after each epoch `watch` sees its
/// number and the model so far. Returns the last one.
///
/// # Errors
/// `start` has other tags, labels or words than the treebanks.
pub fn train(
    lessons: Lessons<'_>,
    vectors: &Vectors,
    config: &Config,
    start: Option<&Parts>,
    mut watch: impl FnMut(usize, &Model),
) -> Result<Model> {
    let mut trainer = Trainer::new(lessons.gold, vectors, config);
    if let Some(start) = start {
        trainer.go_on_from(start)?;
    }
    let vocabulary = Vocabulary::new(&trainer.known_words.join("\n"), &vectors.words.join("\n"));
    let edits = lemmas::learn(lessons.gold);
    let examples = |trees: &[Tree]| -> Vec<Example> {
        trees.iter().map(|t| Example::new(t, &vocabulary, &trainer.tags, &trainer.labels)).collect()
    };
    let (mut gold, mut made) = (examples(lessons.gold), examples(lessons.made));
    let words = |examples: &[Example]| examples.iter().map(|e| e.tags.len()).sum::<usize>();
    let share = gold.len().min(made.len());
    let made_words = words(&made) * share / made.len().max(1);
    trainer.all_steps = ((words(&gold) + made_words) / config.batch + 1) as i32 * config.epochs as i32;
    let mut next = made.len();
    for epoch in 0..config.epochs {
        trainer.rng.shuffle(&mut gold);
        if next + share > made.len() {
            trainer.rng.shuffle(&mut made);
            next = 0;
        }
        let order = in_turn(&gold, &made[next..next + share]);
        next += share;
        trainer.epoch(&order, epoch > 0);
        watch(epoch + 1, &Model::new(trainer.parts(&edits)));
    }
    Ok(Model::new(trainer.parts(&edits)))
}

/// All of `first`, with all of the not longer `second` spread among them.
fn in_turn<'a, T>(first: &'a [T], second: &'a [T]) -> Vec<&'a T> {
    let (n, m) = (first.len(), second.len());
    (0..n).flat_map(|i| std::iter::once(&first[i]).chain(&second[i * m / n..(i + 1) * m / n])).collect()
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

    fn go_on_from(&mut self, start: &Parts) -> Result<()> {
        let same = (&self.tags, &self.labels) == (&start.tags, &start.labels);
        if !same || self.known_words.join("\n") != start.known_words {
            return Err(Error::new("the model to go on from was trained on other treebanks"));
        }
        self.weights = start.weights.clone();
        self.dense = Dense::new(&self.weights);
        self.known = Sparse::new(FloatRows::from(&start.known));
        self.hashed = Sparse::new(FloatRows::from(&start.hashed));
        Ok(())
    }

    fn epoch(&mut self, examples: &[&Example], explore: bool) {
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

    fn batch(&mut self, examples: &[&Example], words: usize, explore: bool) {
        let rows: Vec<Vec<WordRows>> = examples.iter().map(|e| self.drop_words(e)).collect();
        let rows: Vec<&[WordRows]> = rows.iter().map(Vec::as_slice).collect();
        let encoder = Encoder::new(&self.weights);
        let tables = Tables { known: &self.known.rows, hashed: &self.hashed.rows, vectors: &self.vectors.rows };
        let mut masks = Masks { rng: self.rng.clone(), rate: self.config.dropout, masks: Vec::new() };
        let (mut trace, mut tags, mut places) = (Trace::default(), Vec::new(), Places::default());
        encoder.run(&self.weights, &tables, &rows, &mut masks, &mut trace);
        self.rng = masks.rng;
        encoder.tags(&self.weights, &trace, &mut tags);
        tag_gradient(&mut tags, &trace.sentences, examples, self.config.tags / words as f32, self.tags.len());
        encoder.places(&trace.output, &mut places);
        let seen = self.explore(examples, &trace, &places, 1.0 / words as f32, explore);
        let transposed = Transposed::new(&self.weights);
        let at_places = seen.gradient(&self.weights, trace.rows, &mut self.gradient);
        let d = backward::heads(&trace, &transposed, &tags, &places, &at_places, &mut self.gradient);
        let d = backward::encoder(&trace, &self.weights, &transposed, &masks.masks, d, &mut self.gradient);
        backward::words(&trace, &rows, &d, &mut self.gradient, &mut self.known, &mut self.hashed);
        self.step();
    }

    /// Rows of words with some taken for unknown, rare ones more often.
    fn drop_words(&mut self, example: &Example) -> Vec<WordRows> {
        let headline = self.rng.chance(self.config.headlines);
        let mut rows = if headline { &example.headline } else { &example.rows }.clone();
        let Config { word_dropout, vector_dropout, .. } = *self.config;
        for row in rows.iter_mut() {
            // Words that are not known were seen once.
            let count = self.counts[row.word as usize].max(1) as f32;
            if row.word != 0 && self.rng.chance(word_dropout / (word_dropout + count)) {
                row.word = 0;
            }
            if vector_dropout > 0.0 && self.rng.chance(vector_dropout / (vector_dropout + count)) {
                row.vector = None;
            }
        }
        rows
    }

    /// Parses the batch, noting each state's view and the gradient of its scores.
    fn explore(&mut self, examples: &[&Example], trace: &Trace, places: &Places, scale: f32, explore: bool) -> Seen {
        let scorer = Scorer::new(&self.weights);
        let mut seen = Seen::default();
        let mut scores = Vec::new();
        for (example, rows) in examples.iter().zip(&trace.sentences) {
            let content = Content::new(&example.rows, rows.start, &example.skipped);
            let mut state = State::new(content.rows.len());
            while !state.done() {
                let view = View::of(&state, &content.marks);
                let rectified = Scorer::hidden(&self.weights, places, &content.rows, &view).map(|h| h.max(0.0));
                let (hidden, mask) = self.drop_hidden(rectified);
                scorer.scores(&self.weights, &hidden, &mut scores);
                let choice = scorer.best(&state, &scores);
                let best = example.gold.best(&state);
                let follow = explore && self.rng.chance(self.config.explore);
                let taught = best.iter().copied().max_by(|a, b| scores[number(*a)].total_cmp(&scores[number(*b)]));
                transition_gradient(&scorer, &state, &mut scores, &best, scale);
                seen.push(&content.rows, view, &hidden, &mask, &scores);
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
            known_words: self.known_words.join("\n"),
            vector_words: self.vectors.words.join("\n"),
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
    fill(&mut w.near, 3 * WIDTH, HIDDEN);
    fill(&mut w.narrow, WIDTH, NARROW);
    fill(&mut w.far, 5 * NARROW, HIDDEN);
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
