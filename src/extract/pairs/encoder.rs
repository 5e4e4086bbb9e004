//! The transformer under the network: a vector a word, from the pieces of all words of the sentence (Vaswani et al. 2017,
//! Devlin et al. 2019), in 8-bit numbers.

use super::pieces::Pieces;
use crate::matrix::{Bytes, Packed, Strides};

/// Words in pieces to vectors.
pub struct Encoder {
    pub(super) pieces: Pieces,
    /// A row a piece, in steps.
    pub(super) rows: Vec<i8>,
    pub(super) steps: Vec<f32>,
    /// What the place in the sentence adds.
    pub(super) places: Vec<f32>,
    pub(super) norm: Norm,
    pub(super) blocks: Vec<Block>,
}

/// Attention and what follows it.
pub struct Block {
    pub heads: usize,
    /// Questions, keys and values, one after another.
    pub ask: Linear,
    pub gather: Linear,
    pub first: Norm,
    pub widen: Linear,
    pub narrow: Linear,
    pub second: Norm,
}

/// A matrix in 8 bits and what is added to the product.
pub struct Linear {
    pub matrix: Bytes,
    pub bias: Vec<f32>,
}

/// Layer normalisation (Ba, Kiros and Hinton 2016).
pub struct Norm {
    pub scale: Vec<f32>,
    pub shift: Vec<f32>,
}

impl Encoder {
    /// Numbers in a vector.
    pub fn width(&self) -> usize {
        self.norm.scale.len()
    }

    /// A vector for each word: the mean of its pieces; zeros for a word without any, as for the rest of a name.
    pub fn run<'t>(&self, words: impl Iterator<Item = &'t str>) -> Vec<f32> {
        let most = self.places.len() / self.width();
        let (mut ids, mut ends) = (vec![self.pieces.begin()], Vec::new());
        for word in words {
            self.pieces.cut(word, &mut ids);
            ids.truncate(most - 1);
            ends.push(ids.len());
        }
        ids.push(self.pieces.end());
        let vectors = self.vectors(&ids);
        let mut out = vec![0.0; ends.len() * self.width()];
        let mut from = 1;
        for (word, &to) in out.chunks_exact_mut(self.width()).zip(&ends) {
            for piece in vectors[from * self.width()..to * self.width()].chunks_exact(self.width()) {
                word.iter_mut().zip(piece).for_each(|(w, p)| *w += p / (to - from) as f32);
            }
            from = to;
        }
        out
    }

    fn vectors(&self, ids: &[u32]) -> Vec<f32> {
        let width = self.width();
        let mut x = Vec::with_capacity(ids.len() * width);
        for (&id, place) in ids.iter().zip(self.places.chunks_exact(width)) {
            let (row, step) = (&self.rows[id as usize * width..][..width], self.steps[id as usize]);
            x.extend(row.iter().zip(place).map(|(v, p)| f32::from(*v) * step + p));
        }
        self.norm.run(&mut x);
        self.blocks.iter().for_each(|b| b.run(&mut x, width));
        x
    }
}

impl Block {
    fn run(&self, x: &mut [f32], width: usize) {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has it.
            return unsafe { self.run_wide(x, width) };
        }
        self.run_plain(x, width);
    }

    /// The same with wide registers, to the same bits: nothing is fused.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn run_wide(&self, x: &mut [f32], width: usize) {
        self.run_plain(x, width);
    }

    #[inline(always)]
    fn run_plain(&self, x: &mut [f32], width: usize) {
        let asked = self.ask.run(x);
        self.gather.add(&self.attend(&asked, width), x);
        self.first.run(x);
        let mut wide = self.widen.run(x);
        wide.iter_mut().for_each(|v| *v /= 1.0 + exp(-1.702 * *v));
        self.narrow.add(&wide, x);
        self.second.run(x);
    }

    /// What each piece takes from all, by how its question meets their keys.
    #[inline(always)]
    fn attend(&self, asked: &[f32], width: usize) -> Vec<f32> {
        let (row, size) = (3 * width, width / self.heads);
        let n = asked.len() / row;
        let scale = 1.0 / (size as f32).sqrt();
        let mut out = vec![0.0; n * width];
        let (mut shares, mut taken) = (vec![0.0; n * n], vec![0.0; n * size]);
        for head in 0..self.heads {
            let part = |k: usize| &asked[k * width + head * size..];
            let (across, down) = (Strides { row, col: 1 }, Strides { row: 1, col: row });
            shares.fill(0.0);
            Packed::new(size, n, part(1), down).add_product(part(0), across, n, &mut shares);
            shares.chunks_exact_mut(n).for_each(|shares| soften(shares, scale));
            taken.fill(0.0);
            Packed::new(n, size, part(2), across).add_product(&shares, Strides { row: n, col: 1 }, n, &mut taken);
            for (row, taken) in out.chunks_exact_mut(width).zip(taken.chunks_exact(size)) {
                row[head * size..][..size].copy_from_slice(taken);
            }
        }
        out
    }
}

impl Linear {
    /// The product of rows with the matrix, and what is added.
    pub fn run(&self, x: &[f32]) -> Vec<f32> {
        let rows = x.len() / self.matrix.rows();
        let mut out = vec![0.0; rows * self.matrix.cols()];
        self.add(x, &mut out);
        out
    }

    fn add(&self, x: &[f32], out: &mut [f32]) {
        out.chunks_exact_mut(self.bias.len()).for_each(|row| row.iter_mut().zip(&self.bias).for_each(|(o, b)| *o += b));
        self.matrix.add_product(x, out);
    }
}

impl Norm {
    #[inline(always)]
    fn run(&self, x: &mut [f32]) {
        let width = self.scale.len();
        for row in x.chunks_exact_mut(width) {
            let mean = sum(row, |v| v) / width as f32;
            let spread = sum(row, |v| (v - mean) * (v - mean)) / width as f32;
            let per = 1.0 / (spread + 1e-12).sqrt();
            for (v, (scale, shift)) in row.iter_mut().zip(self.scale.iter().zip(&self.shift)) {
                *v = (*v - mean) * per * scale + shift;
            }
        }
    }
}

/// The sum over the row, eight numbers at a time.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (eights, rest) = row.as_chunks::<8>();
    let mut sums = [0f32; 8];
    eights.iter().for_each(|eight| sums.iter_mut().zip(eight).for_each(|(s, v)| *s += of(*v)));
    sums.iter().sum::<f32>() + rest.iter().map(|v| of(*v)).sum::<f32>()
}

/// Makes shares of scores.
#[inline(always)]
fn soften(scores: &mut [f32], scale: f32) {
    let most = scores.iter().fold(f32::MIN, |m, s| m.max(*s));
    scores.iter_mut().for_each(|s| *s = exp((*s - most) * scale));
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|s| *s /= sum);
}

/// e to that power, to six digits: the same bits on every machine, and several at once.
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// Adding it leaves the nearest whole number in the last bits.
    const ROUND: f32 = 12_582_912.0;
    let y = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    let whole = y + ROUND;
    let part = (y - (whole - ROUND)) * std::f32::consts::LN_2;
    let power = whole.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    let series = 1.0 + part * (1.0 + part * (0.5 + part * (1.0 / 6.0 + part * (1.0 / 24.0 + part / 120.0))));
    f32::from_bits(power) * series
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn powers() {
        for x in [-80.0, -3.3, -0.5, 0.0, 0.1, 1.0, 2.7, 20.0, 80.0f32] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
        assert!(exp(-1000.0) < 1e-37);
    }
}
