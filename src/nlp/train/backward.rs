//! The gradient of every layer of the encoder: what `net::encoder` computes, backwards.

use super::adam::Sparse;
use crate::matrix::{Packed, Strides};
use crate::nlp::net::encoder::{Places, Trace};
use crate::nlp::net::words::WordRows;
use crate::nlp::net::{FAR, HIDDEN, LAYERS, Layer, NARROW, NEAR, VECTOR, WIDTH, Weights, sru};

const HALF: usize = WIDTH / 2;

/// The transposed weights, by which gradients go back.
pub struct Transposed {
    conv: Packed,
    layers: Vec<Packed>,
    tag: Packed,
    near: Packed,
    narrow: Packed,
    far: Packed,
}

impl Transposed {
    pub fn new(w: &Weights) -> Self {
        Self {
            conv: Packed::transposed(3 * WIDTH, WIDTH, &w.conv),
            layers: w.layers.iter().map(|l| Packed::transposed(WIDTH, 3 * WIDTH, &l.input)).collect(),
            tag: Packed::transposed(WIDTH, w.tag_bias.len(), &w.tag),
            near: Packed::transposed(WIDTH, NEAR * HIDDEN, &w.near),
            narrow: Packed::transposed(WIDTH, NARROW, &w.narrow),
            far: Packed::transposed(NARROW, FAR * HIDDEN, &w.far),
        }
    }
}

/// `into += aᵀ d`, where `a` has rows of `height` numbers, `step` apart, and `d` rows of `width`.
fn outer(a: &[f32], step: usize, height: usize, d: &[f32], width: usize, into: &mut [f32]) {
    let rows = d.len() / width;
    Packed::from_rows(rows, width, d).add_product(a, Strides { row: 1, col: step }, height, into);
}

/// Adds every row of `d` to `into`.
fn add_rows(d: &[f32], into: &mut [f32]) {
    for row in d.chunks_exact(into.len()) {
        into.iter_mut().zip(row).for_each(|(b, x)| *b += x);
    }
}

/// The gradient at the words' vectors from those of the tag scores and the place vectors. `places` holds the narrow
/// vectors of the forward pass, `at` the gradients at the near and far ones.
pub fn heads(trace: &Trace, t: &Transposed, tags: &[f32], places: &Places, at: &Places, g: &mut Weights) -> Vec<f32> {
    let mut d = vec![0.0; trace.rows * WIDTH];
    let mut narrow = vec![0.0; trace.rows * NARROW];
    outer(&places.narrow, NARROW, NARROW, &at.far, FAR * HIDDEN, &mut g.far);
    t.far.add_product(&at.far, Strides { row: FAR * HIDDEN, col: 1 }, trace.rows, &mut narrow);
    add_rows(tags, &mut g.tag_bias);
    let n = g.tag_bias.len();
    let onto: [(&[f32], usize, &Packed, &mut Vec<f32>); 3] = [
        (tags, n, &t.tag, &mut g.tag),
        (&at.near, NEAR * HIDDEN, &t.near, &mut g.near),
        (&narrow, NARROW, &t.narrow, &mut g.narrow),
    ];
    for (gradient, width, back, weights) in onto {
        outer(&trace.output, WIDTH, WIDTH, gradient, width, weights);
        back.add_product(gradient, Strides { row: width, col: 1 }, trace.rows, &mut d);
    }
    d
}

/// From the gradient at the words' vectors to that at the sum of word features. `masks` are those of the forward pass.
pub fn encoder(
    trace: &Trace,
    w: &Weights,
    t: &Transposed,
    masks: &[Vec<f32>],
    mut d: Vec<f32>,
    g: &mut Weights,
) -> Vec<f32> {
    mask(&mut d, &masks[LAYERS + 1]);
    for i in (0..LAYERS).rev() {
        let (input, layer) = (&trace.inputs[i], &trace.layers[i]);
        let (gates, mut dx) = recurrence(trace, &w.layers[i], input, layer, &d, &mut g.layers[i]);
        outer(input, WIDTH, WIDTH, &gates, 3 * WIDTH, &mut g.layers[i].input);
        t.layers[i].add_product(&gates, Strides { row: 3 * WIDTH, col: 1 }, trace.rows, &mut dx);
        mask(&mut dx, &masks[i + 1]);
        d = dx;
    }
    let mut d = convolution(trace, t, d, g);
    mask(&mut d, &masks[0]);
    d
}

fn mask(d: &mut [f32], mask: &[f32]) {
    d.iter_mut().zip(mask).for_each(|(d, m)| *d *= m);
}

fn convolution(trace: &Trace, t: &Transposed, d: Vec<f32>, g: &mut Weights) -> Vec<f32> {
    let mut through = d.clone();
    for (x, conv) in through.iter_mut().zip(&trace.conv) {
        *x = if *conv > 0.0 { *x } else { 0.0 };
    }
    let inner = &through[WIDTH..(trace.rows - 1) * WIDTH];
    outer(&trace.sum, WIDTH, 3 * WIDTH, inner, WIDTH, &mut g.conv);
    add_rows(inner, &mut g.conv_bias);
    let mut windows = vec![0.0; (trace.rows - 2) * 3 * WIDTH];
    t.conv.add_product(inner, Strides { row: WIDTH, col: 1 }, trace.rows - 2, &mut windows);
    let mut sum = d;
    for (row, window) in windows.chunks_exact(3 * WIDTH).enumerate() {
        sum[row * WIDTH..].iter_mut().zip(window).for_each(|(s, x)| *s += x);
    }
    sum
}

/// Gradients of a recurrent layer at its products and, by the highway, at its input.
fn recurrence(
    trace: &Trace,
    layer: &Layer,
    input: &[f32],
    t: &sru::Trace,
    d: &[f32],
    g: &mut Layer,
) -> (Vec<f32>, Vec<f32>) {
    let mut gates = vec![0.0; t.gates.len()];
    let mut dx = vec![0.0; input.len()];
    for rows in &trace.sentences {
        for backwards in [false, true] {
            let mut carry = [0.0; HALF];
            // Against the order of the forward pass.
            for row in sru::order(rows.clone(), !backwards) {
                let before = if backwards { row + 1 } else { row - 1 };
                let before = rows.contains(&before).then_some(before);
                let first = if backwards { HALF } else { 0 };
                for (i, carry) in (first..first + HALF).zip(&mut carry) {
                    let at = row * WIDTH + i;
                    let [z, f, r] = [0, 1, 2].map(|k| (row * 3 + k) * WIDTH + i);
                    let (forget, reset) = (t.gates[f], t.gates[r]);
                    let state_before = before.map_or(0.0, |b| t.states[b * WIDTH + i]);
                    let state = *carry + d[at] * reset;
                    let df = state * (state_before - t.gates[z]) * sru::gate_slope(forget);
                    let dr = d[at] * (t.states[at] - input[at]) * sru::gate_slope(reset);
                    dx[at] = d[at] * (1.0 - reset);
                    (gates[z], gates[f], gates[r]) = (state * (1.0 - forget), df, dr);
                    *carry = state * forget + df * layer.state[i] + dr * layer.state[WIDTH + i];
                    g.state[i] += df * state_before;
                    g.state[WIDTH + i] += dr * state_before;
                    g.bias[i] += df;
                    g.bias[WIDTH + i] += dr;
                }
            }
        }
    }
    (gates, dx)
}

/// Gives the gradient at the sum of word features to the tables.
pub fn words(
    trace: &Trace,
    words: &[&[WordRows]],
    d: &[f32],
    g: &mut Weights,
    known: &mut Sparse,
    hashed: &mut Sparse,
) {
    outer(&trace.vectors, VECTOR, VECTOR, d, WIDTH, &mut g.vector);
    for (span, words) in trace.sentences.iter().zip(words) {
        for (row, word) in span.clone().zip(*words) {
            let d = &d[row * WIDTH..(row + 1) * WIDTH];
            known.learn(word.word as usize, d);
            word.hashed.iter().for_each(|&h| hashed.learn(h as usize, d));
            if word.vector.is_none() {
                g.no_vector.iter_mut().zip(d).for_each(|(b, x)| *b += x);
            }
        }
    }
}
