//! What was learnt: a weight for each feature that matters.

use crate::error::{Error, Result};

/// Bits of a feature's number.
pub const BITS: u32 = 18;

/// Weights of features by their number.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    pub values: Vec<f32>,
}

/// A weight smaller than this is not kept.
const LEAST: f32 = 0.02;
/// Steps of a kept weight in 1.
const SCALE: f32 = 32.0;

impl Weights {
    pub fn zeros() -> Self {
        Self { values: vec![0.0; 1 << BITS] }
    }

    /// A hash, to tell readings with other weights apart.
    pub fn fingerprint(&self) -> u64 {
        self.values.iter().fold(1, |h, w| super::features::mix(h, u64::from(w.to_bits())))
    }

    /// The probability of a candidate with these features.
    pub fn probability(&self, features: &[u32]) -> f64 {
        1.0 / (1.0 + (-self.sum(features)).exp())
    }

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

    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut out = Self::zeros();
        let (mut at, mut bytes) = (0usize, bytes.iter());
        while let Some(&first) = bytes.next() {
            let (mut gap, mut shift, mut byte) = (usize::from(first & 127), 7, first);
            while byte >= 128 {
                byte = *bytes.next().ok_or_else(|| Error::new("the judge's weights are cut off"))?;
                gap |= usize::from(byte & 127) << shift;
                shift += 7;
            }
            at += gap;
            let weight = *bytes.next().ok_or_else(|| Error::new("the judge's weights are cut off"))? as i8;
            *out.values.get_mut(at).ok_or_else(|| Error::new("the judge's weights are no such file"))? =
                f32::from(weight) / SCALE;
        }
        Ok(out)
    }
}
