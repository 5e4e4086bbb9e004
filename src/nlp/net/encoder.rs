//! From words to vectors, tag scores and the parser's place vectors, for many sentences at once.

use std::ops::Range;

use super::rows::Rows;
use super::sru;
use super::words::WordRows;
use super::{FAR, HIDDEN, LAYERS, NARROW, NEAR, VECTOR, WIDTH, Weights};
use crate::matrix::{Packed, Strides};

/// The weights as products need them.
#[derive(Debug, Clone)]
pub struct Encoder {
    pub vector: Packed,
    pub conv: Packed,
    pub layers: Vec<Packed>,
    pub tag: Packed,
    pub near: Packed,
    pub narrow: Packed,
    pub far: Packed,
}

/// Every layer of a batch. Sentences stand one after another, with a row of zeros before, between and behind.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    pub sentences: Vec<Range<usize>>,
    pub rows: usize,
    pub vectors: Vec<f32>,
    pub sum: Vec<f32>,
    /// The convolution before the rectifier.
    pub conv: Vec<f32>,
    /// What each recurrent layer reads.
    pub inputs: Vec<Vec<f32>>,
    pub layers: Vec<sru::Trace>,
    /// The words' vectors.
    pub output: Vec<f32>,
}

/// Changes the values between layers; training drops some of them. `layer` 0 is the sum of word features.
pub trait Between {
    fn pass(&mut self, layer: usize, values: &mut [f32]);
}

/// Leaves everything as it is.
pub struct Untouched;

impl Between for Untouched {
    fn pass(&mut self, _: usize, _: &mut [f32]) {}
}

const ROW: Strides = Strides { row: WIDTH, col: 1 };

impl Encoder {
    pub fn new(w: &Weights) -> Self {
        let tags = w.tag_bias.len();
        Self {
            vector: Packed::from_rows(VECTOR, WIDTH, &w.vector),
            conv: Packed::from_rows(3 * WIDTH, WIDTH, &w.conv),
            layers: w.layers.iter().map(|l| Packed::from_rows(WIDTH, 3 * WIDTH, &l.input)).collect(),
            tag: Packed::from_rows(WIDTH, tags, &w.tag),
            near: Packed::from_rows(WIDTH, NEAR * HIDDEN, &w.near),
            narrow: Packed::from_rows(WIDTH, NARROW, &w.narrow),
            far: Packed::from_rows(NARROW, FAR * HIDDEN, &w.far),
        }
    }

    /// Runs every layer over `sentences`. The room that `trace` has is used again.
    pub fn run(
        &self,
        w: &Weights,
        tables: &Tables<'_>,
        sentences: &[&[WordRows]],
        between: &mut impl Between,
        trace: &mut Trace,
    ) {
        trace.lay_out(sentences);
        tables.sum(self, w, sentences, trace);
        between.pass(0, &mut trace.sum);
        self.convolve(w, trace);
        for (i, (layer, packed)) in w.layers.iter().zip(&self.layers).enumerate() {
            let (input, t) = (&mut trace.inputs[i], &mut trace.layers[i]);
            between.pass(i + 1, input);
            zeroed(&mut t.gates, trace.rows * 3 * WIDTH);
            packed.add_product(input, ROW, trace.rows, &mut t.gates);
            sru::forward(layer, input, &trace.sentences, t);
            trace.inputs.get_mut(i + 1).unwrap_or(&mut trace.output).clone_from(&t.output);
        }
        between.pass(w.layers.len() + 1, &mut trace.output);
    }

    /// The sum plus the rectified convolution of it; rows between sentences stay zero.
    fn convolve(&self, w: &Weights, trace: &mut Trace) {
        zeroed(&mut trace.conv, trace.rows * WIDTH);
        let inner = WIDTH..(trace.rows - 1) * WIDTH;
        self.conv.add_product(&trace.sum, ROW, trace.rows - 2, &mut trace.conv[inner]);
        let x = trace.inputs.first_mut().unwrap_or(&mut trace.output);
        zeroed(x, trace.rows * WIDTH);
        for row in trace.sentences.iter().cloned().flatten() {
            let at = row * WIDTH..(row + 1) * WIDTH;
            let (conv, sum) = (&mut trace.conv[at.clone()], &trace.sum[at.clone()]);
            for (((x, conv), sum), bias) in x[at].iter_mut().zip(conv).zip(sum).zip(&w.conv_bias) {
                *conv += bias;
                *x = sum + conv.max(0.0);
            }
        }
    }

    /// Tag scores, a row a row of the trace.
    pub fn tags(&self, w: &Weights, trace: &Trace, scores: &mut Vec<f32>) {
        scores.clear();
        (0..trace.rows).for_each(|_| scores.extend_from_slice(&w.tag_bias));
        self.tag.add_product(&trace.output, ROW, trace.rows, scores);
    }

    /// What each word adds to the parser's hidden layer at each place, a row a row of `output`.
    pub fn places(&self, output: &[f32], places: &mut Places) {
        let rows = output.len() / WIDTH;
        zeroed(&mut places.near, rows * NEAR * HIDDEN);
        zeroed(&mut places.narrow, rows * NARROW);
        zeroed(&mut places.far, rows * FAR * HIDDEN);
        self.near.add_product(output, ROW, rows, &mut places.near);
        self.narrow.add_product(output, ROW, rows, &mut places.narrow);
        self.far.add_product(&places.narrow, Strides { row: NARROW, col: 1 }, rows, &mut places.far);
    }
}

/// Makes `values` that many zeros.
fn zeroed(values: &mut Vec<f32>, len: usize) {
    values.clear();
    values.resize(len, 0.0);
}

/// What each word adds to the parser's hidden layer, by place.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub near: Vec<f32>,
    pub narrow: Vec<f32>,
    pub far: Vec<f32>,
}

impl Places {
    /// Where the vector of a row at a place lies: in `near` for the first places, in `far` for the others.
    pub fn at(row: usize, place: usize) -> (bool, Range<usize>) {
        let is_near = place < NEAR;
        let cell = if is_near { row * NEAR + place } else { row * FAR + place - NEAR };
        (is_near, cell * HIDDEN..(cell + 1) * HIDDEN)
    }

    pub fn get(&self, row: usize, place: usize) -> &[f32] {
        let (is_near, at) = Self::at(row, place);
        if is_near { &self.near[at] } else { &self.far[at] }
    }

    pub fn get_mut(&mut self, row: usize, place: usize) -> &mut [f32] {
        let (is_near, at) = Self::at(row, place);
        if is_near { &mut self.near[at] } else { &mut self.far[at] }
    }
}

impl Trace {
    fn lay_out(&mut self, sentences: &[&[WordRows]]) {
        self.sentences.clear();
        let mut rows = 1;
        for s in sentences {
            self.sentences.push(rows..rows + s.len());
            rows += s.len() + 1;
        }
        self.rows = rows.max(2);
        self.inputs.resize_with(LAYERS, Vec::new);
        self.layers.resize_with(LAYERS, sru::Trace::default);
    }
}

/// The tables of word features, as floats or as bytes.
pub struct Tables<'a> {
    pub known: &'a dyn Rows,
    pub hashed: &'a dyn Rows,
    pub vectors: &'a dyn Rows,
}

impl Tables<'_> {
    fn sum(&self, encoder: &Encoder, w: &Weights, sentences: &[&[WordRows]], trace: &mut Trace) {
        zeroed(&mut trace.vectors, trace.rows * VECTOR);
        zeroed(&mut trace.sum, trace.rows * WIDTH);
        for (span, words) in trace.sentences.iter().zip(sentences) {
            for (row, word) in span.clone().zip(*words) {
                let out = &mut trace.sum[row * WIDTH..(row + 1) * WIDTH];
                self.known.add(word.word as usize, out);
                word.hashed.iter().for_each(|&h| self.hashed.add(h as usize, out));
                match word.vector {
                    Some(v) => self.vectors.add(v as usize, &mut trace.vectors[row * VECTOR..(row + 1) * VECTOR]),
                    None => out.iter_mut().zip(&w.no_vector).for_each(|(o, v)| *o += v),
                }
            }
        }
        encoder.vector.add_product(&trace.vectors, Strides { row: VECTOR, col: 1 }, trace.rows, &mut trace.sum);
    }
}
