//! Learns the weights: logistic regression with a penalty on their squares, by Adagrad (Duchi, Hazan and Singer 2011).

use super::weights::Weights;

/// A candidate with the reader's verdict.
#[derive(Debug, Clone)]
pub struct Lesson {
    pub features: Vec<u32>,
    pub right: bool,
}

/// Passes over the lessons.
const EPOCHS: usize = 20;
const RATE: f32 = 0.1;
/// How strongly a weight is drawn to zero each time that its feature is seen.
const PENALTY: f32 = 0.3;

/// Deterministic: the same lessons in the same order give the same weights.
pub fn learn(lessons: &[&Lesson]) -> Weights {
    let mut weights = Weights::zeros();
    let mut squares = vec![1e-1f32; weights.values.len()];
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut seed = 1u64;
    for _ in 0..EPOCHS {
        shuffle(&mut order, &mut seed);
        for lesson in order.iter().map(|&i| lessons[i]) {
            let wrong = weights.probability(&lesson.features) as f32 - f32::from(u8::from(lesson.right));
            for &f in &lesson.features {
                let (w, s) = (&mut weights.values[f as usize], &mut squares[f as usize]);
                let gradient = wrong + PENALTY * *w;
                *s += gradient * gradient;
                *w -= RATE * gradient / s.sqrt();
            }
        }
    }
    weights
}

/// Fisher and Yates, with a linear congruential generator (Knuth).
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for i in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (*seed >> 33) as usize % (i + 1));
    }
}
