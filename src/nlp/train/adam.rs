//! Adam (Kingma and Ba 2015) with a running average of the parameters, which is what is kept in the end.

use crate::nlp::net::Weights;
use crate::nlp::net::rows::FloatRows;

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.99;
const EPSILON: f32 = 1e-8;

/// How far one step goes.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub rate: f32,
    /// Factor that bounds the gradient's length.
    pub clip: f32,
    /// Number of this step, from 1.
    pub number: i32,
    /// How much of the average stays.
    pub keep: f32,
}

struct Moments<'a> {
    mean: &'a mut [f32],
    square: &'a mut [f32],
}

/// Moments and averages of the dense parameters.
pub struct Dense {
    mean: Weights,
    square: Weights,
    pub average: Weights,
}

impl Dense {
    pub fn new(weights: &Weights) -> Self {
        let zeros = Weights::zeros(weights.tag_bias.len(), weights.transition_bias.len());
        Self { mean: zeros.clone(), square: zeros, average: weights.clone() }
    }

    /// One step down `gradient`, which is then zero.
    pub fn step(&mut self, weights: &mut Weights, gradient: &mut Weights, step: Step) {
        let moments = self.mean.blocks().into_iter().zip(self.square.blocks());
        let blocks = weights.blocks().into_iter().zip(gradient.blocks()).zip(self.average.blocks());
        for (((w, g), average), (mean, square)) in blocks.zip(moments) {
            descend(w, g, Moments { mean, square }, step);
            average.iter_mut().zip(w.iter()).for_each(|(a, w)| *a += (1.0 - step.keep) * (w - *a));
            g.fill(0.0);
        }
    }
}

/// A table in training: only rows that were looked up are touched.
pub struct Sparse {
    pub rows: FloatRows,
    pub average: FloatRows,
    gradient: Vec<f32>,
    touched: Vec<usize>,
    is_touched: Vec<bool>,
    mean: Vec<f32>,
    square: Vec<f32>,
    /// The step at which a row's average was last brought up to date.
    averaged: Vec<i32>,
}

impl Sparse {
    pub fn new(rows: FloatRows) -> Self {
        let (len, count) = (rows.data.len(), rows.data.len() / rows.width.max(1));
        Self {
            average: rows.clone(),
            rows,
            gradient: vec![0.0; len],
            touched: Vec::new(),
            is_touched: vec![false; count],
            mean: vec![0.0; len],
            square: vec![0.0; len],
            averaged: vec![0; count],
        }
    }

    /// Adds to the gradient of a row.
    pub fn learn(&mut self, row: usize, gradient: &[f32]) {
        if !std::mem::replace(&mut self.is_touched[row], true) {
            self.touched.push(row);
        }
        let at = row * self.rows.width;
        self.gradient[at..].iter_mut().zip(gradient).for_each(|(g, x)| *g += x);
    }

    /// The sum of squares of the gradient.
    pub fn norm(&self) -> f64 {
        let width = self.rows.width;
        let rows = self.touched.iter().map(|r| &self.gradient[r * width..(r + 1) * width]);
        rows.map(|g| g.iter().map(|x| f64::from(x * x)).sum::<f64>()).sum()
    }

    pub fn step(&mut self, step: Step) {
        let width = self.rows.width;
        for row in std::mem::take(&mut self.touched) {
            self.catch_up(row, step.number - 1, step.keep);
            let at = row * width..(row + 1) * width;
            let moments = Moments { mean: &mut self.mean[at.clone()], square: &mut self.square[at.clone()] };
            descend(&mut self.rows.data[at.clone()], &self.gradient[at.clone()], moments, step);
            self.gradient[at].fill(0.0);
            self.is_touched[row] = false;
        }
    }

    /// Brings the average of a row, which has stood still since, to step `number`.
    fn catch_up(&mut self, row: usize, number: i32, keep: f32) {
        let still = number - self.averaged[row];
        self.averaged[row] = number;
        let stays = keep.powi(still);
        let at = row * self.rows.width..(row + 1) * self.rows.width;
        let values = self.rows.data[at.clone()].iter();
        self.average.data[at].iter_mut().zip(values).for_each(|(a, w)| *a = stays * *a + (1.0 - stays) * w);
    }

    /// Brings all averages to step `number`.
    pub fn catch_up_all(&mut self, number: i32, keep: f32) {
        (0..self.averaged.len()).for_each(|row| self.catch_up(row, number, keep));
    }
}

fn descend(w: &mut [f32], g: &[f32], moments: Moments<'_>, step: Step) {
    let first = 1.0 - BETA1.powi(step.number);
    let second = 1.0 - BETA2.powi(step.number);
    let rate = step.rate * second.sqrt() / first;
    for (((w, g), m), v) in w.iter_mut().zip(g).zip(moments.mean).zip(moments.square) {
        let g = g * step.clip;
        *m += (1.0 - BETA1) * (g - *m);
        *v += (1.0 - BETA2) * (g * g - *v);
        *w -= rate * *m / (v.sqrt() + EPSILON);
    }
}
