//! The greedy parser: look, score, take the best transition that is allowed.

use super::arc_hybrid::{NONE, State, Transition};
use super::punctuation::together;
use super::view::View;
use crate::matrix::{Packed, Strides};
use crate::nlp::net::encoder::Places;
use crate::nlp::net::words::WordRows;
use crate::nlp::net::{FACT_VALUES, HIDDEN, Weights};

/// The part of the network that scores transitions.
#[derive(Debug, Clone)]
pub struct Scorer {
    pub transition: Packed,
    pub kinds: Vec<Transition>,
}

/// The words of a sentence that are parsed.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The rows of their place vectors.
    pub rows: Vec<usize>,
    /// The class of the marks before each.
    pub marks: Vec<u8>,
}

impl Content {
    /// The words of `words`, the first of which has row `first`, for which `skipped` is false.
    pub fn new(words: &[WordRows], first: usize, skipped: &[bool]) -> Self {
        let rows = (0..words.len()).filter(|&i| !skipped[i]).map(|i| first + i).collect();
        Self { rows, marks: marks(words, skipped) }
    }

    /// The same where skipped words have no rows.
    pub fn packed(words: &[WordRows], first: usize, skipped: &[bool]) -> Self {
        let marks = marks(words, skipped);
        Self { rows: (first..first + marks.len()).collect(), marks }
    }
}

/// The class of the marks before each word that is parsed.
fn marks(words: &[WordRows], skipped: &[bool]) -> Vec<u8> {
    let mut after = 0;
    let content = (0..words.len()).filter(|&i| !skipped[i]);
    content
        .map(|i| {
            let before = words[after..i].iter().map(|w| w.mark);
            after = i + 1;
            together(before)
        })
        .collect()
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

    /// The hidden layer before the rectifier, of a state of the words with those rows.
    pub fn hidden(w: &Weights, places: &Places, rows: &[usize], view: &View) -> [f32; HIDDEN] {
        let mut hidden = [0.0; HIDDEN];
        let mut add = |v: &[f32]| hidden.iter_mut().zip(v).for_each(|(h, x)| *h += x);
        add(&w.hidden_bias);
        for (p, &word) in view.places.iter().enumerate() {
            match word {
                NONE => add(&w.empty[p * HIDDEN..(p + 1) * HIDDEN]),
                word => add(places.get(rows[word as usize], p)),
            }
        }
        for (f, &value) in view.facts.iter().enumerate() {
            let at = (f * FACT_VALUES + usize::from(value)) * HIDDEN;
            add(&w.fact[at..at + HIDDEN]);
        }
        hidden
    }

    /// Scores of all transitions, a row a rectified hidden layer.
    pub fn scores(&self, w: &Weights, rectified: &[f32], out: &mut Vec<f32>) {
        let states = rectified.len() / HIDDEN;
        out.clear();
        (0..states).for_each(|_| out.extend_from_slice(&w.transition_bias));
        self.transition.add_product(rectified, Strides { row: HIDDEN, col: 1 }, states, out);
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

    /// The trees of a batch as finished states. All sentences take their steps together, so that products are large.
    pub fn parse(&self, w: &Weights, places: &Places, sentences: &[Content]) -> Vec<State> {
        let mut states: Vec<State> = sentences.iter().map(|s| State::new(s.rows.len())).collect();
        let mut open: Vec<usize> = (0..states.len()).filter(|&i| !states[i].done()).collect();
        let (mut hidden, mut scores) = (Vec::new(), Vec::new());
        while !open.is_empty() {
            hidden.clear();
            for &i in &open {
                let layer = Self::hidden(w, places, &sentences[i].rows, &View::of(&states[i], &sentences[i].marks));
                hidden.extend(layer.map(|h| h.max(0.0)));
            }
            self.scores(w, &hidden, &mut scores);
            for (&i, scores) in open.iter().zip(scores.chunks_exact(self.kinds.len())) {
                let best = self.best(&states[i], scores);
                states[i].take(best);
            }
            open.retain(|&i| !states[i].done());
        }
        states
    }
}
