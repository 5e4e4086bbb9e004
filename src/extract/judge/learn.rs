//! Learns the weights: logistic regression with Adagrad (Duchi, Hazan and Singer 2011), the mean of all steps kept.

use super::weights::Weights;

/// A candidate with the reader's verdict.
#[derive(Debug, Clone)]
pub struct Lesson {
    pub features: Vec<u32>,
    pub right: bool,
}

/// Passes over the lessons.
const EPOCHS: usize = 12;
const RATE: f32 = 0.15;
/// How strongly weights are drawn to zero at each step.
const DECAY: f32 = 2e-6;

/// Deterministic: the same lessons in the same order give the same weights.
pub fn learn(lessons: &[&Lesson]) -> Weights {
    let mut weights = Weights::zeros();
    let size = weights.values.len();
    let (mut squares, mut sums) = (vec![1e-2f32; size], vec![0.0f64; size]);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut seed = 1u64;
    let mut kept = 0.0;
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (seed >> 33) as usize % (i + 1));
        }
        for &i in &order {
            let lesson = lessons[i];
            let wrong = weights.probability(&lesson.features) as f32 - f32::from(u8::from(lesson.right));
            if wrong.abs() < 1e-3 {
                continue;
            }
            for &f in &lesson.features {
                let f = f as usize;
                let gradient = wrong + DECAY * lessons.len() as f32 * 0.01 * weights.values[f];
                squares[f] += gradient * gradient;
                weights.values[f] -= RATE * gradient / squares[f].sqrt();
            }
        }
        if epoch >= EPOCHS / 2 {
            kept += 1.0;
            sums.iter_mut().zip(&weights.values).for_each(|(s, w)| *s += f64::from(*w));
        }
    }
    weights.values.iter_mut().zip(&sums).for_each(|(w, s)| *w = (s / kept) as f32);
    weights
}
