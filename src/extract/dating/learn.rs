//! Learns which of the choices is right: a conditional logit with a penalty on the squares of its weights, by Adagrad.

use super::Choice;
use crate::extract::judge::Weights;

/// What a careful reader makes of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// He names no day, and the choice is the likely one: that of the report.
    Likely,
    Wrong,
}

/// The choices of a fact with his verdicts.
#[derive(Debug, Clone)]
pub struct Lesson(Vec<(Vec<u32>, Verdict)>);

impl Lesson {
    /// `None` if no choice is right, or all are, which teaches nothing.
    pub fn new(choices: impl IntoIterator<Item = (Choice, Verdict)>) -> Option<Self> {
        let all: Vec<_> = choices.into_iter().map(|(c, verdict)| (c.features, verdict)).collect();
        let right = all.iter().filter(|(_, v)| *v == Verdict::Right).count();
        (right > 0 && right < all.len()).then_some(Self(all))
    }
}

/// Passes over the lessons.
const EPOCHS: usize = 5;
const RATE: f32 = 0.05;
/// How strongly a weight is drawn to zero each time that its feature is seen.
const PENALTY: f32 = 0.1;
/// How much less than a wrong choice a likely one weighs.
const LIKELY: f64 = 0.1;

/// Learns from the lessons, in their order. Deterministic.
pub fn learn(lessons: &[&Lesson]) -> Weights {
    let mut weights = Weights::zeros();
    let mut squares = vec![1e-1f32; weights.values.len()];
    for _ in 0..EPOCHS {
        for Lesson(choices) in lessons {
            let sums: Vec<f64> = choices.iter().map(|(f, _)| weights.sum(f)).collect();
            let most = sums.iter().copied().fold(f64::MIN, f64::max);
            let weigh = |(s, c): (&f64, &(Vec<u32>, Verdict))| {
                (s - most).exp() * if c.1 == Verdict::Likely { LIKELY } else { 1.0 }
            };
            let odds: Vec<f64> = sums.iter().zip(choices).map(weigh).collect();
            let all: f64 = odds.iter().sum();
            let right: f64 = odds.iter().zip(choices).filter(|(_, c)| c.1 == Verdict::Right).map(|(o, _)| o).sum();
            for ((features, verdict), odds) in choices.iter().zip(&odds) {
                let wanted = if *verdict == Verdict::Right { odds / right } else { 0.0 };
                let wrong = (odds / all - wanted) as f32;
                for &f in features {
                    let (w, s) = (&mut weights.values[f as usize], &mut squares[f as usize]);
                    let gradient = wrong + PENALTY * wrong.abs() * *w;
                    *s += gradient * gradient;
                    *w -= RATE * gradient / s.sqrt();
                }
            }
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::super::Choice;
    use super::{Lesson, Verdict, learn};

    fn choice(features: &[u32]) -> Choice {
        Choice { features: features.to_vec(), ..Choice::default() }
    }

    #[test]
    fn the_choice_that_was_right_weighs_most() {
        let marked =
            [(choice(&[1, 2]), Verdict::Right), (choice(&[1, 3]), Verdict::Wrong), (choice(&[4]), Verdict::Likely)];
        let lesson = Lesson::new(marked).unwrap();
        let weights = learn(&[&lesson; 20]);
        let sums = [[1, 2].as_slice(), &[4], &[1, 3]].map(|f| weights.sum(f));
        assert!(sums[0] > sums[1] && sums[1] > sums[2], "a likely choice is not as wrong as a wrong one: {sums:?}");
    }

    #[test]
    fn what_leaves_no_choice_teaches_nothing() {
        assert!(Lesson::new([(choice(&[1]), Verdict::Wrong), (choice(&[2]), Verdict::Likely)]).is_none());
        assert!(Lesson::new([(choice(&[1]), Verdict::Right)]).is_none());
    }
}
