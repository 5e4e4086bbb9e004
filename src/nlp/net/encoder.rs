//! From words to vectors, tag scores and the parser's place vectors, for many sentences at once.

use std::ops::Range;

use super::matrix::{Packed, Strides};
use super::rows::Rows;
use super::sru;
use super::words::WordRows;
use super::{FAR, HIDDEN, NARROW, NEAR, VECTOR, WIDTH, Weights};

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

    /// Runs every layer over `sentences`.
    pub fn run(
        &self,
        w: &Weights,
        tables: &Tables<'_>,
        sentences: &[&[WordRows]],
        between: &mut impl Between,
    ) -> Trace {
        let mut trace = Trace::laid_out(sentences);
        tables.sum(self, w, sentences, &mut trace);
        between.pass(0, &mut trace.sum);
        let mut x = self.convolve(w, &mut trace);
        for (i, (layer, packed)) in w.layers.iter().zip(&self.layers).enumerate() {
            between.pass(i + 1, &mut x);
            let mut t = sru::Trace { gates: vec![0.0; trace.rows * 3 * WIDTH], ..Default::default() };
            packed.add_product(&x, ROW, trace.rows, &mut t.gates);
            sru::forward(layer, &x, &trace.sentences, &mut t);
            trace.inputs.push(x);
            x = t.output.clone();
            trace.layers.push(t);
        }
        between.pass(w.layers.len() + 1, &mut x);
        trace.output = x;
        trace
    }

    /// The sum plus the rectified convolution of it; rows between sentences stay zero.
    fn convolve(&self, w: &Weights, trace: &mut Trace) -> Vec<f32> {
        trace.conv = vec![0.0; trace.rows * WIDTH];
        let inner = WIDTH..(trace.rows - 1) * WIDTH;
        self.conv.add_product(&trace.sum, ROW, trace.rows - 2, &mut trace.conv[inner]);
        let mut x = vec![0.0; trace.rows * WIDTH];
        for row in trace.sentences.iter().cloned().flatten() {
            for i in 0..WIDTH {
                let at = row * WIDTH + i;
                trace.conv[at] += w.conv_bias[i];
                x[at] = trace.sum[at] + trace.conv[at].max(0.0);
            }
        }
        x
    }

    /// Tag scores, a row a row of the trace.
    pub fn tags(&self, w: &Weights, trace: &Trace) -> Vec<f32> {
        let mut scores = w.tag_bias.repeat(trace.rows);
        self.tag.add_product(&trace.output, ROW, trace.rows, &mut scores);
        scores
    }

    /// What each word adds to the parser's hidden layer at each place, a row a row of the trace.
    pub fn places(&self, trace: &Trace) -> Places {
        let mut places = Places {
            near: vec![0.0; trace.rows * NEAR * HIDDEN],
            narrow: vec![0.0; trace.rows * NARROW],
            far: vec![0.0; trace.rows * FAR * HIDDEN],
        };
        self.near.add_product(&trace.output, ROW, trace.rows, &mut places.near);
        self.narrow.add_product(&trace.output, ROW, trace.rows, &mut places.narrow);
        self.far.add_product(&places.narrow, Strides { row: NARROW, col: 1 }, trace.rows, &mut places.far);
        places
    }
}

/// What each row of a trace adds to the parser's hidden layer, by place.
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
    fn laid_out(sentences: &[&[WordRows]]) -> Self {
        let mut rows = 1;
        let mut spans = Vec::with_capacity(sentences.len());
        for s in sentences {
            spans.push(rows..rows + s.len());
            rows += s.len() + 1;
        }
        Self { sentences: spans, rows: rows.max(2), ..Self::default() }
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
        trace.vectors = vec![0.0; trace.rows * VECTOR];
        trace.sum = vec![0.0; trace.rows * WIDTH];
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
