//! The greedy parser: look, score, take the best transition that is allowed.

use super::arc_hybrid::{NONE, State, Transition};
use super::view::View;
use crate::nlp::net::matrix::Packed;
use crate::nlp::net::{FACT_VALUES, HIDDEN, PLACES, Weights};

/// The part of the network that scores transitions.
#[derive(Debug, Clone)]
pub struct Scorer {
    pub transition: Packed,
    pub kinds: Vec<Transition>,
}

/// The transitions of a model with that many labels, in the order of its scores.
pub fn transitions(labels: usize) -> Vec<Transition> {
    let labels = 0..labels as u8;
    let arcs = labels.flat_map(|l| [Transition::Left(l), Transition::Right(l)]);
    std::iter::once(Transition::Shift).chain(arcs).collect()
}

/// The number of a transition in that order.
pub fn number(t: Transition) -> usize {
    match t {
        Transition::Shift => 0,
        Transition::Left(l) => 1 + 2 * usize::from(l),
        Transition::Right(l) => 2 + 2 * usize::from(l),
    }
}

impl Scorer {
    pub fn new(w: &Weights) -> Self {
        let count = w.transition_bias.len();
        Self {
            transition: Packed::from_rows(HIDDEN, count, &w.transition),
            kinds: transitions(count.saturating_sub(1) / 2),
        }
    }

    /// The hidden layer before the rectifier. `places` holds the place vectors of the sentence's words, row by row.
    pub fn hidden(w: &Weights, places: &[f32], view: &View) -> [f32; HIDDEN] {
        let mut hidden = [0.0; HIDDEN];
        let mut add = |v: &[f32]| hidden.iter_mut().zip(v).for_each(|(h, x)| *h += x);
        add(&w.hidden_bias);
        for (p, &word) in view.places.iter().enumerate() {
            match word {
                NONE => add(&w.empty[p * HIDDEN..(p + 1) * HIDDEN]),
                word => {
                    let at = (word as usize * PLACES + p) * HIDDEN;
                    add(&places[at..at + HIDDEN]);
                }
            }
        }
        for (f, &value) in view.facts.iter().enumerate() {
            let at = (f * FACT_VALUES + usize::from(value)) * HIDDEN;
            add(&w.fact[at..at + HIDDEN]);
        }
        hidden
    }

    /// Scores of all transitions from a rectified hidden layer.
    pub fn scores(&self, w: &Weights, rectified: &[f32; HIDDEN], out: &mut Vec<f32>) {
        out.clear();
        out.extend_from_slice(&w.transition_bias);
        self.transition.add_row_product(rectified, out);
    }

    /// The allowed transition with the highest score; the first of equals.
    pub fn best(&self, state: &State, scores: &[f32]) -> Transition {
        let allowed = [Transition::Shift, Transition::Left(0), Transition::Right(0)].map(|t| state.allows(t));
        let mut best = (f32::NEG_INFINITY, None);
        for (&score, &kind) in scores.iter().zip(&self.kinds) {
            let open = match kind {
                Transition::Shift => allowed[0],
                Transition::Left(_) => allowed[1],
                Transition::Right(_) => allowed[2],
            };
            if open && (score > best.0 || best.1.is_none()) {
                best = (score, Some(kind));
            }
        }
        best.1.unwrap_or(Transition::Shift)
    }

    /// The tree of a sentence of `len` words as a finished state.
    pub fn parse(&self, w: &Weights, places: &[f32], len: usize) -> State {
        let mut state = State::new(len);
        let mut scores = Vec::with_capacity(self.kinds.len());
        while !state.done() {
            let rectified = Self::hidden(w, places, &View::of(&state)).map(|h| h.max(0.0));
            self.scores(w, &rectified, &mut scores);
            state.take(self.best(&state, &scores));
        }
        state
    }
}
