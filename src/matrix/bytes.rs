//! Products with a matrix of 8-bit numbers. The rows on the left are rounded to 8 bits, too, and the sums are whole numbers,
//! so that every machine gets the same bits, and one with wide registers four times as fast as from floats.

/// Columns of a panel, rows of a tile, and how many numbers one instruction multiplies and adds up.
const COLS: usize = 32;
const ROWS: usize = 6;
const DEEP: usize = 4;

/// What is added to each weight, so that none is negative.
const SHIFT: i32 = 128;

/// Four weights of each column of a panel.
type Line = [[u8; DEEP]; COLS];
/// Four numbers of each row of a tile.
type Fours = [[i8; DEEP]; ROWS];
type Sums = [[i32; COLS]; ROWS];

/// A matrix as the right-hand side of products: panels of [`COLS`] columns, in each line four of their rows.
#[derive(Debug, Clone, Default)]
pub struct Bytes {
    rows: usize,
    panels: Vec<Line>,
    /// What one step of each column is worth.
    steps: Vec<f32>,
}

impl Bytes {
    /// From a matrix that is stored column after column, with what one step of each column is worth.
    pub fn from_columns(rows: usize, steps: Vec<f32>, data: &[i8]) -> Self {
        let deep = rows.div_ceil(DEEP);
        let mut panels = vec![[[SHIFT as u8; DEEP]; COLS]; steps.len().div_ceil(COLS) * deep];
        for (c, column) in data.chunks_exact(rows.max(1)).enumerate() {
            let panel = &mut panels[c / COLS * deep..][..deep];
            for (line, four) in panel.iter_mut().zip(column.chunks(DEEP)) {
                line[c % COLS].iter_mut().zip(four).for_each(|(w, v)| *w = (i32::from(*v) + SHIFT) as u8);
            }
        }
        Self { rows, panels, steps }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn cols(&self) -> usize {
        self.steps.len()
    }

    /// `out += a * self`, where both are stored row after row.
    pub fn add_product(&self, a: &[f32], out: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
            // SAFETY: the processor has both.
            return unsafe { x86::add_512(self, a, out) };
        } else if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has it.
            return unsafe { x86::add_256(self, a, out) };
        }
        self.add(a, out, plain);
    }

    /// The same with those products of a tile and a panel.
    #[inline(always)]
    fn add(&self, a: &[f32], out: &mut [f32], product: impl Fn(&[Fours], &[Line]) -> Sums) {
        let (deep, cols) = (self.rows.div_ceil(DEEP), self.cols());
        if deep == 0 || cols == 0 {
            return;
        }
        let left = Rounded::new(a, self.rows, deep);
        for (panel, from) in self.panels.chunks_exact(deep).zip((0..).step_by(COLS)) {
            let steps = &self.steps[from..cols.min(from + COLS)];
            for ((tile, scales), out) in left.tiles(deep).zip(out.chunks_mut(ROWS * cols)) {
                let rows = out.chunks_exact_mut(cols).map(|row| &mut row[from..from + steps.len()]);
                for ((row, sums), (step, sum)) in rows.zip(&product(tile, panel)).zip(scales) {
                    for ((o, s), worth) in row.iter_mut().zip(sums).zip(steps) {
                        *o += (s - SHIFT * sum) as f32 * (step * worth);
                    }
                }
            }
        }
    }
}

/// The rows on the left in 8 bits, as tiles.
struct Rounded {
    tiles: Vec<Fours>,
    /// What a step of each row is worth, and the sum of its numbers.
    scales: Vec<(f32, i32)>,
}

impl Rounded {
    #[inline(always)]
    fn new(a: &[f32], rows: usize, deep: usize) -> Self {
        /// Adding it leaves the nearest whole number in the last bits.
        const ROUND: f32 = 12_582_912.0;
        let count = a.len() / rows;
        let mut tiles = vec![[[0; DEEP]; ROWS]; count.div_ceil(ROWS) * deep];
        let mut scales = Vec::with_capacity(count);
        let mut bytes = vec![0i8; deep * DEEP];
        for (n, row) in a.chunks_exact(rows).enumerate() {
            let most = largest(row);
            let per = if most > 0.0 { 127.0 / most } else { 0.0 };
            bytes.iter_mut().zip(row).for_each(|(b, v)| *b = (v * per + ROUND).to_bits() as i8);
            let tile = &mut tiles[n / ROWS * deep..][..deep];
            tile.iter_mut().zip(bytes.as_chunks().0).for_each(|(fours, four)| fours[n % ROWS] = *four);
            scales.push((most / 127.0, bytes.iter().map(|b| i32::from(*b)).sum()));
        }
        Self { tiles, scales }
    }

    /// Each tile with the scales of its rows.
    fn tiles(&self, deep: usize) -> impl Iterator<Item = (&[Fours], &[(f32, i32)])> {
        self.tiles.chunks_exact(deep).zip(self.scales.chunks(ROWS))
    }
}

/// The largest of the absolute values; eight at a time, which is faster and the same.
#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    let (eights, rest) = row.as_chunks::<8>();
    let mut most = [0f32; 8];
    for eight in eights {
        most.iter_mut().zip(eight).for_each(|(m, v)| *m = if v.abs() > *m { v.abs() } else { *m });
    }
    most.iter().chain(rest).fold(0.0, |m, v| v.abs().max(m))
}

/// The sums of products of the rows of a tile with the columns of a panel.
fn plain(tile: &[Fours], panel: &[Line]) -> Sums {
    let mut sums = [[0; COLS]; ROWS];
    for (fours, line) in tile.iter().zip(panel) {
        for (four, sums) in fours.iter().zip(&mut sums) {
            for (sum, weights) in sums.iter_mut().zip(line) {
                *sum += four.iter().zip(weights).map(|(a, w)| i32::from(*a) * i32::from(*w)).sum::<i32>();
            }
        }
    }
    sums
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm_loadu_si128, _mm_set1_epi32, _mm256_add_epi32, _mm256_cvtepi8_epi16,
        _mm256_cvtepu8_epi16, _mm256_madd_epi16, _mm256_setzero_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512,
        _mm512_set1_epi32, _mm512_setzero_si512,
    };
    use std::mem::transmute;

    use super::{Bytes, COLS, DEEP, Fours, Line, ROWS, Sums};

    #[target_feature(enable = "avx512f,avx512vnni")]
    pub fn add_512(matrix: &Bytes, a: &[f32], out: &mut [f32]) {
        matrix.add(a, out, |tile, panel| product_512(tile, panel));
    }

    #[target_feature(enable = "avx2")]
    pub fn add_256(matrix: &Bytes, a: &[f32], out: &mut [f32]) {
        matrix.add(a, out, |tile, panel| product_256(tile, panel));
    }

    fn whole(four: [i8; DEEP]) -> i32 {
        i32::from_ne_bytes(four.map(|b| b as u8))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub fn product_512(tile: &[Fours], panel: &[Line]) -> Sums {
        let mut sums = [[_mm512_setzero_si512(); 2]; ROWS];
        for (fours, line) in tile.iter().zip(panel) {
            // SAFETY: a line is twice 64 bytes.
            let weights = unsafe { [0, 64].map(|at| _mm512_loadu_si512(line.as_ptr().cast::<u8>().add(at).cast())) };
            for (sums, four) in sums.iter_mut().zip(fours) {
                let four = _mm512_set1_epi32(whole(*four));
                sums[0] = _mm512_dpbusd_epi32(sums[0], weights[0], four);
                sums[1] = _mm512_dpbusd_epi32(sums[1], weights[1], four);
            }
        }
        let mut out = [[0; COLS]; ROWS];
        for (row, sums) in out.iter_mut().zip(sums) {
            // SAFETY: both are 128 bytes, without invalid values.
            *row = unsafe { transmute::<[__m512i; 2], [i32; COLS]>(sums) };
        }
        out
    }

    /// Sixteen columns of two rows at a time, in 16 bits: two sums of each, which are added up at the end.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub fn product_256(tile: &[Fours], panel: &[Line]) -> Sums {
        let mut out = [[0; COLS]; ROWS];
        for (first, half) in (0..ROWS).step_by(2).flat_map(|r| [(r, 0), (r, COLS / 2)]) {
            let mut sums = [[_mm256_setzero_si256(); 4]; 2];
            for (fours, line) in tile.iter().zip(panel) {
                let wide = [0, 1].map(|r| _mm256_cvtepi8_epi16(_mm_set1_epi32(whole(fours[first + r]))));
                for n in 0..4 {
                    let quarter: &[[u8; DEEP]; 4] = line[half..].as_chunks().0.get(n).unwrap_or(&[[0; DEEP]; 4]);
                    // SAFETY: it is 16 bytes.
                    let weights = _mm256_cvtepu8_epi16(unsafe { _mm_loadu_si128(quarter.as_ptr().cast()) });
                    for (sums, four) in sums.iter_mut().zip(wide) {
                        sums[n] = _mm256_add_epi32(sums[n], _mm256_madd_epi16(weights, four));
                    }
                }
            }
            for (r, sums) in sums.into_iter().enumerate() {
                // SAFETY: both are 128 bytes, without invalid values.
                let halves = unsafe { transmute::<[__m256i; 4], [[i32; 2]; COLS / 2]>(sums) };
                out[first + r][half..half + COLS / 2].copy_from_slice(&halves.map(|[a, b]| a + b));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize, seed: i32) -> Vec<i8> {
        (0..n as i32).map(|i| ((i * 7919 + seed * 104_729) % 255 - 127) as i8).collect()
    }

    #[test]
    fn products_of_odd_sizes() {
        let (m, k, n) = (7, 10, 35);
        let (a, b) = (numbers(m * k, 1), numbers(k * n, 2));
        // a row whose largest number is 127 is not changed by rounding
        let mut left: Vec<f32> = a.iter().map(|v| f32::from(*v)).collect();
        left.iter_mut().step_by(k).for_each(|v| *v = 127.0);
        let steps: Vec<f32> = (0..n).map(|c| 0.5 * (c % 3) as f32).collect();
        let mut out = vec![1.0; m * n];
        Bytes::from_columns(k, steps.clone(), &b).add_product(&left, &mut out);
        for (r, c) in (0..m).flat_map(|r| (0..n).map(move |c| (r, c))) {
            let sum: f32 = (0..k).map(|i| left[r * k + i] * f32::from(b[c * k + i])).sum();
            assert!((out[r * n + c] - (1.0 + sum * steps[c])).abs() < 0.01, "row {r}, column {c}");
        }
    }

    #[test]
    fn wide_registers_give_the_same_sums() {
        let left: Vec<f32> = numbers(ROWS * 36, 3).iter().map(|v| f32::from(*v)).collect();
        let rows = Rounded::new(&left, 36, 9).tiles;
        let bytes = Bytes::from_columns(36, vec![1.0; COLS], &numbers(36 * COLS, 4));
        let want = plain(&rows, &bytes.panels);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has it.
            assert_eq!(unsafe { x86::product_256(&rows, &bytes.panels) }, want);
        }
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
            // SAFETY: the processor has both.
            assert_eq!(unsafe { x86::product_512(&rows, &bytes.panels) }, want);
        }
    }
}
