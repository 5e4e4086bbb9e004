//! The simple recurrent unit (Lei, Zhang, Wang, Dai and Artzi 2018), in both directions, with softsign gates: they
//! need no exponential, so they are fast and the same on every machine.

use std::ops::Range;

use super::{Layer, WIDTH};

const HALF: usize = WIDTH / 2;

/// What a forward pass leaves behind; the backward pass needs all of it.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Rows of candidate, forget gate and reset gate: before the recurrence as products, after it as values.
    pub gates: Vec<f32>,
    /// Rows of states.
    pub states: Vec<f32>,
    /// Rows of what the layer gives on.
    pub output: Vec<f32>,
}

/// The rows of one direction of a sentence, in the order in which the recurrence reads them.
pub fn order(rows: Range<usize>, backwards: bool) -> Box<dyn Iterator<Item = usize>> {
    if backwards { Box::new(rows.rev()) } else { Box::new(rows) }
}

/// A gate: 1/2 + x / (2 + 2 |x|).
pub fn gate(x: f32) -> f32 {
    0.5 + 0.5 * x / (1.0 + x.abs())
}

/// The slope of [`gate`], from its value.
pub fn gate_slope(g: f32) -> f32 {
    let s = 1.0 - (2.0 * g - 1.0).abs();
    0.5 * s * s
}

/// Runs the recurrence over the sentences whose rows are given. `trace.gates` holds the products of `input`.
pub fn forward(layer: &Layer, input: &[f32], sentences: &[Range<usize>], trace: &mut Trace) {
    trace.states.clear();
    trace.states.resize(input.len(), 0.0);
    trace.output.clear();
    trace.output.resize(input.len(), 0.0);
    for rows in sentences {
        for backwards in [false, true] {
            let dims = if backwards { HALF } else { 0 };
            let mut before = [0.0; HALF];
            for row in order(rows.clone(), backwards) {
                step(layer, input, dims, row, &mut before, trace);
            }
        }
    }
}

/// One word of one direction: `dims` is the first of its `HALF` dimensions.
fn step(layer: &Layer, input: &[f32], dims: usize, row: usize, before: &mut [f32; HALF], trace: &mut Trace) {
    let part = |v: &[f32], at: usize| -> [f32; HALF] { std::array::from_fn(|i| v[at + dims..at + dims + HALF][i]) };
    let (gates, at) = (&mut trace.gates[row * 3 * WIDTH..(row + 1) * 3 * WIDTH], row * WIDTH);
    let candidate = part(gates, 0);
    let (mut forget, mut reset) = (part(gates, WIDTH), part(gates, 2 * WIDTH));
    let (forget_bias, reset_bias) = (part(&layer.bias, 0), part(&layer.bias, WIDTH));
    let (forget_state, reset_state) = (part(&layer.state, 0), part(&layer.state, WIDTH));
    let x = part(input, at);
    let mut output = [0.0; HALF];
    for i in 0..HALF {
        forget[i] = gate(forget[i] + forget_bias[i] + forget_state[i] * before[i]);
        reset[i] = gate(reset[i] + reset_bias[i] + reset_state[i] * before[i]);
        before[i] = forget[i] * before[i] + (1.0 - forget[i]) * candidate[i];
        output[i] = reset[i] * before[i] + (1.0 - reset[i]) * x[i];
    }
    gates[WIDTH + dims..WIDTH + dims + HALF].copy_from_slice(&forget);
    gates[2 * WIDTH + dims..2 * WIDTH + dims + HALF].copy_from_slice(&reset);
    trace.states[at + dims..at + dims + HALF].copy_from_slice(before);
    trace.output[at + dims..at + dims + HALF].copy_from_slice(&output);
}
