//! Gradients of what is learnt, tags and transitions, at their scores and behind them.

use std::ops::Range;

use super::example::Example;
use crate::matrix::{Packed, Strides};
use crate::nlp::net::encoder::Places;
use crate::nlp::net::{FACT_VALUES, FAR, HIDDEN, NEAR, Weights};
use crate::nlp::parser::arc_hybrid::{NONE, State, Transition};
use crate::nlp::parser::decode::{Scorer, number};
use crate::nlp::parser::view::View;

/// Turns tag scores into the gradient of their cross-entropy; rows between sentences get none.
pub fn tag_gradient(scores: &mut [f32], sentences: &[Range<usize>], examples: &[&Example], scale: f32, tags: usize) {
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

/// Scores as probabilities.
pub fn softmax(row: &mut [f32]) {
    let top = row.iter().fold(f32::NEG_INFINITY, |m, x| m.max(*x));
    row.iter_mut().for_each(|x| *x = (*x - top).exp());
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|x| *x /= sum);
}

/// Turns scores into the gradient of the probability of all best transitions together.
pub fn transition_gradient(scorer: &Scorer, state: &State, scores: &mut [f32], best: &[Transition], scale: f32) {
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
pub struct Seen {
    /// What was looked at, with rows of the batch in place of words.
    views: Vec<View>,
    hidden: Vec<f32>,
    masks: Vec<f32>,
    /// Gradients at the scores.
    scores: Vec<f32>,
}

impl Seen {
    pub fn push(&mut self, rows: &[usize], mut view: View, hidden: &[f32], mask: &[f32], scores: &[f32]) {
        for place in view.places.iter_mut().filter(|p| **p != NONE) {
            *place = rows[*place as usize] as u32;
        }
        self.views.push(view);
        self.hidden.extend_from_slice(hidden);
        self.masks.extend_from_slice(mask);
        self.scores.extend_from_slice(scores);
    }

    /// Adds the gradients of the parser's own weights; those at the place vectors of the batch are returned.
    pub fn gradient(&self, w: &Weights, rows: usize, g: &mut Weights) -> Places {
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
        let mut places =
            Places { near: vec![0.0; rows * NEAR * HIDDEN], narrow: Vec::new(), far: vec![0.0; rows * FAR * HIDDEN] };
        for (view, d) in self.views.iter().zip(d.chunks_exact(HIDDEN)) {
            scatter(view, d, &mut places, g);
        }
        places
    }
}

fn scatter(view: &View, d: &[f32], places: &mut Places, g: &mut Weights) {
    let add = |to: &mut [f32]| to.iter_mut().zip(d).for_each(|(t, x)| *t += x);
    add(&mut g.hidden_bias);
    for (p, &word) in view.places.iter().enumerate() {
        match word {
            NONE => add(&mut g.empty[p * HIDDEN..(p + 1) * HIDDEN]),
            word => add(places.get_mut(word as usize, p)),
        }
    }
    for (f, &value) in view.facts.iter().enumerate() {
        let at = (f * FACT_VALUES + usize::from(value)) * HIDDEN;
        add(&mut g.fact[at..at + HIDDEN]);
    }
}
