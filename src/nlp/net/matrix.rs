//! Dense matrix products in plain Rust, in one fixed order of additions, so that every machine gets the same bits.

/// Rows and columns of one register tile: eight SSE registers of sums.
const TILE_ROWS: usize = 4;
const TILE_COLS: usize = 8;

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
    pub fn add_product(&self, a: &[f32], at: Strides, count: usize, out: &mut [f32]) {
        if self.rows == 0 {
            return;
        }
        let mut block = vec![[0.0; TILE_ROWS]; self.rows];
        for first in (0..count).step_by(TILE_ROWS) {
            let height = TILE_ROWS.min(count - first);
            pack_rows(a, at, first, height, &mut block);
            for (p, panel) in self.panels.chunks_exact(self.rows).enumerate() {
                let sums = tile(&block, panel);
                self.add_tile(&sums[..height], first, p * TILE_COLS, out);
            }
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

    /// `out += a * self` for one row `a`.
    pub fn add_row_product(&self, a: &[f32], out: &mut [f32]) {
        for (panel, o) in self.panels.chunks_exact(self.rows.max(1)).zip(out.chunks_mut(TILE_COLS)) {
            let mut sums = [0.0; TILE_COLS];
            for (x, line) in a.iter().zip(panel) {
                for (s, w) in sums.iter_mut().zip(line) {
                    *s += x * w;
                }
            }
            for (o, s) in o.iter_mut().zip(sums) {
                *o += s;
            }
        }
    }
}

fn pack_rows(a: &[f32], at: Strides, first: usize, height: usize, block: &mut [[f32; TILE_ROWS]]) {
    if height < TILE_ROWS {
        block.fill([0.0; TILE_ROWS]);
    }
    for r in 0..height {
        let start = (first + r) * at.row;
        for (k, line) in block.iter_mut().enumerate() {
            line[r] = a[start + k * at.col];
        }
    }
}

#[inline]
fn tile(a: &[[f32; TILE_ROWS]], b: &[[f32; TILE_COLS]]) -> [[f32; TILE_COLS]; TILE_ROWS] {
    let mut sums = [[0.0; TILE_COLS]; TILE_ROWS];
    for (x, w) in a.iter().zip(b) {
        for r in 0..TILE_ROWS {
            for c in 0..TILE_COLS {
                sums[r][c] += x[r] * w[c];
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_odd_sizes() {
        let (m, k, n) = (5, 3, 9);
        let a: Vec<f32> = (0..m * k).map(|i| i as f32).collect();
        let b: Vec<f32> = (0..k * n).map(|i| 1.0 - i as f32).collect();
        let mut out = vec![1.0; m * n];
        Packed::from_rows(k, n, &b).add_product(&a, Strides { row: k, col: 1 }, m, &mut out);
        for r in 0..m {
            let mut row = vec![1.0; n];
            Packed::from_rows(k, n, &b).add_row_product(&a[r * k..(r + 1) * k], &mut row);
            for c in 0..n {
                let want = 1.0 + (0..k).map(|i| a[r * k + i] * b[i * n + c]).sum::<f32>();
                assert_eq!((out[r * n + c], row[c]), (want, want));
            }
        }
    }
}
