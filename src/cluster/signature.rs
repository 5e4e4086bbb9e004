//! How much of their wording two texts share, told from short signatures of them: MinHash (Broder 1997) of runs of three
//! words, the lowest byte of each minimum (b-bit minwise hashing, Li and König 2010).

use crate::model::fingerprint;

/// Hash functions: the standard error of a resemblance of one half is 0.045.
const SIZE: usize = 128;

/// Words of a run.
const RUN: usize = 3;

/// Two texts of that resemblance are one text printed twice, shortened or added to. Reports of one event that two
/// newsrooms wrote share some hundredths of their runs.
const COPY: f64 = 0.3;

/// What is kept of a text's wording. Texts can be compared by it, and not be read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature([u8; SIZE]);

impl Signature {
    /// Of words in lower case, without punctuation; `None` for a text of less than three words.
    pub fn of(text: &str) -> Option<Self> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let words: Vec<u64> = words.map(|w| fingerprint(0, &w.to_lowercase())).collect();
        if words.len() < RUN {
            return None;
        }
        let mut minima = [u32::MAX; SIZE];
        for run in words.windows(RUN) {
            let run = run.iter().fold(0, |hash, word| mix(hash ^ word));
            for (minimum, (factor, term)) in minima.iter_mut().zip(FUNCTIONS) {
                *minimum = (*minimum).min((run.wrapping_mul(factor).wrapping_add(term) >> 32) as u32);
            }
        }
        Some(Self(minima.map(|m| m as u8)))
    }

    /// As hexadecimal digits.
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// The way back of [`Signature::to_hex`].
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; SIZE];
        if text.len() != 2 * SIZE {
            return None;
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// An estimate of the share of runs that both texts have among those that either has (Jaccard 1901), 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f64 {
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() as f64 / SIZE as f64;
        // Bytes that are equal by chance.
        let chance = 1.0 / 256.0;
        ((same - chance) / (1.0 - chance)).max(0.0)
    }

    /// Whether the two are the same text, more or less.
    pub fn copies(&self, other: &Self) -> bool {
        self.resemblance(other) >= COPY
    }

    /// Pieces of which two copies share at least one with probability 0.997 or more, and other texts hardly any: what is
    /// compared at all (locality-sensitive hashing, Indyk and Motwani 1998).
    pub fn bands(&self) -> impl Iterator<Item = (u8, u16)> + '_ {
        (0..).zip(self.0.chunks_exact(2)).map(|(i, pair)| (i, u16::from_le_bytes([pair[0], pair[1]])))
    }
}

/// The finalizer of SplitMix64 (Steele et al. 2014).
const fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Factors and terms of the hash functions (multiply-shift, Dietzfelbinger 1996).
const FUNCTIONS: [(u64, u64); SIZE] = {
    let mut functions = [(0, 0); SIZE];
    let mut i = 0;
    while i < SIZE {
        let seed = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        functions[i] = (mix(seed) | 1, mix(!seed));
        i += 1;
    }
    functions
};
