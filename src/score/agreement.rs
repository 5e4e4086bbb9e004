//! Figures of human judgement.

/// The interval in which a share lies with 95 % confidence (Wilson 1927): of `right` among `all`.
pub fn wilson(right: usize, all: usize) -> (f64, f64) {
    if all == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (all as f64, 1.96);
    let p = right as f64 / n;
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// Krippendorff's alpha for yes and no (Krippendorff 2004): 1 is full agreement, 0 what chance gives. Each unit holds the
/// judgements of one thing, two at least. `None` if nobody ever said otherwise, for then chance agrees too.
pub fn alpha(units: &[Vec<bool>]) -> Option<f64> {
    let units: Vec<&Vec<bool>> = units.iter().filter(|u| u.len() > 1).collect();
    let all: f64 = units.iter().map(|u| u.len() as f64).sum();
    let yes: f64 = units.iter().map(|u| u.iter().filter(|x| **x).count() as f64).sum();
    let observed: f64 = units
        .iter()
        .map(|u| {
            let (m, y) = (u.len() as f64, u.iter().filter(|x| **x).count() as f64);
            2.0 * y * (m - y) / (m - 1.0)
        })
        .sum::<f64>()
        / all;
    let expected = 2.0 * yes * (all - yes) / (all * (all - 1.0));
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_of_eight_in_ten() {
        let (low, high) = wilson(8, 10);
        assert!((low - 0.490).abs() < 0.001 && (high - 0.943).abs() < 0.001, "{low} {high}");
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn alpha_of_known_tables() {
        let pair = |a: u8, b: u8| vec![a == 1, b == 1];
        assert_eq!(alpha(&[pair(1, 1), pair(0, 0), pair(1, 1)]), Some(1.0));
        assert_eq!(alpha(&[pair(1, 1), pair(1, 1)]), None);
        // ten things, judged alike eight times: worked by hand from the coincidence matrix
        let units: Vec<_> = [(1, 1), (1, 1), (1, 1), (1, 1), (0, 0), (0, 0), (0, 0), (0, 0), (1, 0), (0, 1)]
            .map(|(a, b)| pair(a, b))
            .into();
        let found = alpha(&units).unwrap_or_default();
        assert!((found - (1.0 - 0.2 / (2.0 * 10.0 * 10.0 / (20.0 * 19.0)))).abs() < 1e-9, "{found}");
    }
}
