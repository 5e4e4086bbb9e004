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

/// Learns from the lessons, in their order. Deterministic.
pub fn learn(lessons: &[&Lesson]) -> Weights {
    let mut weights = Weights::zeros();
    let mut squares = vec![1e-1f32; weights.values.len()];
    for _ in 0..EPOCHS {
        for lesson in lessons {
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
