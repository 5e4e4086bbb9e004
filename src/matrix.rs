//! Dense matrix products in plain Rust, in one fixed order of fused multiply-adds, so that every machine gets the same
//! bits.

mod bytes;

pub use bytes::Bytes;

/// Rows and columns of one tile: eight AVX registers of sums, or twice eight SSE registers one after another.
const TILE_ROWS: usize = 4;
const TILE_COLS: usize = 16;
const HALF: usize = TILE_COLS / 2;

/// A matrix packed as the right-hand side of products: panels of [`TILE_COLS`] columns, each stored row after row.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    rows: usize,
    cols: usize,
    panels: Vec<[f32; TILE_COLS]>,
}

/// How a matrix lies in a slice: the steps from a row to the next and from a column to the next.
#[derive(Debug, Clone, Copy)]
pub struct Strides {
    pub row: usize,
    pub col: usize,
}

impl Packed {
    /// Packs a `rows` x `cols` matrix.
    pub fn new(rows: usize, cols: usize, data: &[f32], at: Strides) -> Self {
        let mut panels = vec![[0.0; TILE_COLS]; cols.div_ceil(TILE_COLS) * rows];
        for (p, panel) in panels.chunks_exact_mut(rows.max(1)).enumerate() {
            let first = p * TILE_COLS;
            let width = TILE_COLS.min(cols - first);
            for (r, line) in panel.iter_mut().enumerate() {
                for (c, cell) in line[..width].iter_mut().enumerate() {
                    *cell = data[r * at.row + (first + c) * at.col];
                }
            }
        }
        Self { rows, cols, panels }
    }

    /// Packs a matrix that is stored row after row.
    pub fn from_rows(rows: usize, cols: usize, data: &[f32]) -> Self {
        Self::new(rows, cols, data, Strides { row: cols, col: 1 })
    }

    /// Packs the transpose of a `rows` x `cols` matrix that is stored row after row.
    pub fn transposed(rows: usize, cols: usize, data: &[f32]) -> Self {
        Self::new(cols, rows, data, Strides { row: 1, col: cols })
    }

    pub fn cols(&self) -> usize {
        self.cols
    }

    /// `out += a * self`, where `a` has `count` rows laid out by `at`, and `out` is stored row after row.
    ///
    /// One panel meets all rows before the next does: it stays in the nearest cache meanwhile.
    pub fn add_product(&self, a: &[f32], at: Strides, count: usize, out: &mut [f32]) {
        if self.rows == 0 {
            return;
        }
        if count == 1 {
            return self.add_row(a, at, out);
        }
        let mut blocks = vec![[0.0; TILE_ROWS]; self.rows * count.div_ceil(TILE_ROWS)];
        for (n, block) in blocks.chunks_exact_mut(self.rows).enumerate() {
            let first = n * TILE_ROWS;
            pack_rows(a, at, first, TILE_ROWS.min(count - first), block);
        }
        for (p, panel) in self.panels.chunks_exact(self.rows).enumerate() {
            for (n, block) in blocks.chunks_exact(self.rows).enumerate() {
                let first = n * TILE_ROWS;
                let sums = tile(block, panel);
                self.add_tile(&sums[..TILE_ROWS.min(count - first)], first, p * TILE_COLS, out);
            }
        }
    }

    /// The product of a single row, to the same bits.
    fn add_row(&self, a: &[f32], at: Strides, out: &mut [f32]) {
        let row: Vec<[f32; 1]> = (0..self.rows).map(|k| [a[k * at.col]]).collect();
        for (p, panel) in self.panels.chunks_exact(self.rows).enumerate() {
            self.add_tile(&tile(&row, panel), 0, p * TILE_COLS, out);
        }
    }

    fn add_tile(&self, sums: &[[f32; TILE_COLS]], row: usize, col: usize, out: &mut [f32]) {
        let width = TILE_COLS.min(self.cols - col);
        for (r, line) in sums.iter().enumerate() {
            let start = (row + r) * self.cols + col;
            for (o, s) in out[start..start + width].iter_mut().zip(line) {
                *o += s;
            }
        }
    }
}

fn pack_rows(a: &[f32], at: Strides, first: usize, height: usize, block: &mut [[f32; TILE_ROWS]]) {
    for (k, line) in block.iter_mut().enumerate() {
        let start = first * at.row + k * at.col;
        for (r, x) in line.iter_mut().enumerate() {
            *x = if r < height { a[start + r * at.row] } else { 0.0 };
        }
    }
}

type Tile<const ROWS: usize> = [[f32; TILE_COLS]; ROWS];

/// The product of some packed rows and one panel. Every machine adds in the same order, with fused operations, so the
/// bits are the same with wide registers and without. Processors without such operations (x86 before 2013) have them
/// from the mathematical library, to the same bits but slowly.
fn tile<const ROWS: usize>(a: &[[f32; ROWS]], b: &[[f32; TILE_COLS]]) -> Tile<ROWS> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx") && is_x86_feature_detected!("fma") {
        // SAFETY: the processor has both.
        return unsafe { tile_fma(a, b) };
    }
    let mut sums = [[0.0; TILE_COLS]; ROWS];
    add_columns::<0, HALF, ROWS>(a, b, &mut sums);
    add_columns::<HALF, HALF, ROWS>(a, b, &mut sums);
    sums
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx,fma")]
fn tile_fma<const ROWS: usize>(a: &[[f32; ROWS]], b: &[[f32; TILE_COLS]]) -> Tile<ROWS> {
    let mut sums = [[0.0; TILE_COLS]; ROWS];
    add_columns::<0, TILE_COLS, ROWS>(a, b, &mut sums);
    sums
}

/// The columns `FROM .. FROM + COUNT` of a tile.
#[inline(always)]
fn add_columns<const FROM: usize, const COUNT: usize, const ROWS: usize>(
    a: &[[f32; ROWS]],
    b: &[[f32; TILE_COLS]],
    out: &mut Tile<ROWS>,
) {
    let mut sums = [[0.0f32; COUNT]; ROWS];
    for (x, w) in a.iter().zip(b) {
        for r in 0..ROWS {
            for c in 0..COUNT {
                sums[r][c] = x[r].mul_add(w[FROM + c], sums[r][c]);
            }
        }
    }
    for (line, sums) in out.iter_mut().zip(sums) {
        line[FROM..FROM + COUNT].copy_from_slice(&sums);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_odd_sizes() {
        let (m, k, n) = (5, 3, 17);
        let a: Vec<f32> = (0..m * k).map(|i| i as f32).collect();
        let b: Vec<f32> = (0..k * n).map(|i| 1.0 - i as f32).collect();
        let mut out = vec![1.0; m * n];
        Packed::from_rows(k, n, &b).add_product(&a, Strides { row: k, col: 1 }, m, &mut out);
        for (r, c) in (0..m).flat_map(|r| (0..n).map(move |c| (r, c))) {
            let want = 1.0 + (0..k).map(|i| a[r * k + i] * b[i * n + c]).sum::<f32>();
            assert_eq!(out[r * n + c], want, "row {r}, column {c}");
        }
    }
}
