//! What was learnt: a weight for each feature that matters.

use crate::error::{Error, Result};

/// Bits of a feature's number.
pub const BITS: u32 = 18;

/// Weights of features by their number.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// 2^[`BITS`] of them; most are 0.
    pub values: Vec<f32>,
}

/// A weight smaller than this is not kept.
const LEAST: f32 = 0.02;
/// Steps of a kept weight in 1.
const SCALE: f32 = 32.0;

impl Weights {
    /// Weights that know nothing.
    pub fn zeros() -> Self {
        Self { values: vec![0.0; 1 << BITS] }
    }

    /// A hash, to tell readings with other weights apart.
    pub fn fingerprint(&self) -> u64 {
        self.values.iter().fold(1, |h, w| super::features::mix(h, u64::from(w.to_bits())))
    }

    /// The probability, 0 to 1, that a careful reader takes a candidate with these features for a fact.
    pub fn probability(&self, features: &[u32]) -> f64 {
        1.0 / (1.0 + (-self.sum(features)).exp())
    }

    /// The sum of the weights of features: a logarithm of odds.
    pub fn sum(&self, features: &[u32]) -> f64 {
        features.iter().map(|f| f64::from(self.values[*f as usize])).sum()
    }

    /// Gaps between numbers as LEB128, each followed by the weight in a byte.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut last = 0;
        for (i, w) in self.values.iter().enumerate().filter(|(_, w)| w.abs() >= LEAST) {
            let mut gap = i - last;
            last = i;
            while gap >= 128 {
                out.push((gap % 128) as u8 | 128);
                gap /= 128;
            }
            out.push(gap as u8);
            out.push((w * SCALE).round().clamp(-127.0, 127.0) as i8 as u8);
        }
        out
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes end too early or name a feature that there cannot be.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut out = Self::zeros();
        let (mut at, mut bytes) = (0usize, bytes.iter());
        while let Some(&first) = bytes.next() {
            let (mut gap, mut shift, mut byte) = (usize::from(first & 127), 7, first);
            while byte >= 128 {
                byte = *bytes.next().ok_or_else(|| Error::new("the weights are cut off"))?;
                let part = usize::from(byte & 127).checked_shl(shift).filter(|_| shift < 28);
                gap |= part.ok_or_else(|| Error::new("the weights are no such file"))?;
                shift += 7;
            }
            at += gap;
            let weight = *bytes.next().ok_or_else(|| Error::new("the weights are cut off"))? as i8;
            *out.values.get_mut(at).ok_or_else(|| Error::new("the weights are no such file"))? =
                f32::from(weight) / SCALE;
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::Weights;

    #[test]
    fn weights_come_back_in_steps_of_a_thirty_second() {
        let mut weights = Weights::zeros();
        (weights.values[0], weights.values[5], weights.values[200_000]) = (0.5, -3.0, 100.0);
        let back = Weights::from_bytes(&weights.to_bytes()).unwrap();
        assert_eq!((back.values[0], back.values[5], back.values[200_000]), (0.5, -3.0, 127.0 / 32.0));
        assert_eq!(back.values.iter().filter(|w| **w != 0.0).count(), 3);
    }

    #[test]
    fn cut_or_foreign_bytes_are_refused() {
        let mut weights = Weights::zeros();
        weights.values[300] = 1.0;
        let bytes = weights.to_bytes();
        assert!(Weights::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        assert!(Weights::from_bytes(&[255, 255, 255, 127, 1]).is_err());
        assert!(Weights::from_bytes(&[255; 40]).is_err());
    }
}
