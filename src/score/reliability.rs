//! Whether confidence means something: how often facts are right, by how confident they are.

use std::fmt;

/// Facts in order of confidence, the highest first.
pub struct Reliability(Vec<(f64, bool)>);

impl Reliability {
    pub fn new(mut judged: Vec<(f64, bool)>) -> Self {
        judged.sort_by(|a, b| b.0.total_cmp(&a.0));
        Self(judged)
    }

    /// The area under the ROC curve: the odds that a right fact is more confident than a wrong one (Hanley and McNeil 1982);
    /// equals count half. `None` without right or without wrong facts.
    pub fn auc(&self) -> Option<f64> {
        let wrong = self.0.iter().filter(|(_, right)| !right).count();
        let right = self.0.len() - wrong;
        let (mut above, mut below) = (0.0, 0.0);
        for same in self.0.chunk_by(|a, b| a.0 == b.0) {
            let here = same.iter().filter(|(_, right)| !right).count() as f64;
            let good = same.len() as f64 - here;
            above += good * (wrong as f64 - below - here / 2.0);
            below += here;
        }
        (right > 0 && wrong > 0).then(|| above / (right * wrong) as f64)
    }

    /// The least confidence of the more confident half, and how many of that half are right.
    pub fn half(&self) -> Option<(f64, f64)> {
        let half = &self.0[..self.0.len().div_ceil(2)];
        Some((half.last()?.0, precision(half)))
    }
}

fn precision(facts: &[(f64, bool)]) -> f64 {
    facts.iter().filter(|(_, right)| *right).count() as f64 / facts.len().max(1) as f64
}

impl fmt::Display for Reliability {
    /// The table: for each tenth of confidence the facts, their mean confidence, and the part that is right.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(auc), Some((least, right))) = (self.auc(), self.half()) {
            writeln!(f, "area under the ROC curve {auc:.3}; precision {right:.3} in the half of {least:.2} and more")?;
        }
        writeln!(f, "confidence  facts  mean  right")?;
        for tenth in (0..10).rev() {
            let here: Vec<_> = self.0.iter().copied().filter(|(c, _)| ((c * 10.0) as usize).min(9) == tenth).collect();
            if !here.is_empty() {
                let mean = here.iter().map(|(c, _)| c).sum::<f64>() / here.len() as f64;
                let low = tenth as f64 / 10.0;
                writeln!(f, "{low:.1}-{:.1} {:>9} {mean:>6.2} {:>6.2}", low + 0.1, here.len(), precision(&here))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Reliability;

    #[test]
    fn the_area_is_one_in_order_and_a_half_in_a_tie() {
        let auc = |judged: &[(f64, bool)]| Reliability::new(judged.to_vec()).auc();
        assert_eq!(auc(&[(0.9, true), (0.2, false), (0.8, true)]), Some(1.0));
        assert_eq!(auc(&[(0.5, true), (0.5, false)]), Some(0.5));
        assert_eq!(auc(&[(0.1, true), (0.5, false)]), Some(0.0));
        assert_eq!(auc(&[(0.1, true)]), None);
    }
}
