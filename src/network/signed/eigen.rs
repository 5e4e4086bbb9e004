//! Eigenvalues of a symmetric matrix: Householder's reduction to three diagonals, then the QL iteration with implicit shifts
//! (Golub and Van Loan, Matrix Computations, 4th ed., 8.3).

/// The eigenvalues, in no order. Takes time in the cube of the rows.
pub(super) fn eigenvalues(rows: Vec<Vec<f64>>) -> Vec<f64> {
    let (mut diagonal, mut beside) = tridiagonal(rows);
    ql(&mut diagonal, &mut beside);
    diagonal
}

/// The diagonal of a similar matrix of three diagonals, and the entries beside it.
fn tridiagonal(mut a: Vec<Vec<f64>>) -> (Vec<f64>, Vec<f64>) {
    let n = a.len();
    let mut beside = vec![0.0; n];
    for k in 0..n.saturating_sub(2) {
        let mut v: Vec<f64> = (k + 1..n).map(|i| a[i][k]).collect();
        let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        let alpha = if v[0] > 0.0 { -norm } else { norm };
        beside[k] = alpha;
        v[0] -= alpha;
        let square = v.iter().map(|x| x * x).sum::<f64>();
        if square > 0.0 {
            reflect(&mut a, k + 1, &v, 2.0 / square);
        }
    }
    if n > 1 {
        beside[n - 2] = a[n - 1][n - 2];
    }
    ((0..n).map(|i| a[i][i]).collect(), beside)
}

/// H A H of the rows and columns from `from` on, where H = 1 - beta v v'.
fn reflect(a: &mut [Vec<f64>], from: usize, v: &[f64], beta: f64) {
    let product = |row: &[f64]| row[from..].iter().zip(v).map(|(x, y)| x * y).sum::<f64>();
    let mut w: Vec<f64> = a[from..].iter().map(|row| beta * product(row)).collect();
    let half = beta / 2.0 * w.iter().zip(v).map(|(x, y)| x * y).sum::<f64>();
    w.iter_mut().zip(v).for_each(|(x, y)| *x -= half * y);
    for (i, row) in a[from..].iter_mut().enumerate() {
        for (j, cell) in row[from..].iter_mut().enumerate() {
            *cell -= v[i] * w[j] + w[i] * v[j];
        }
    }
}

/// Turns the diagonal into the eigenvalues. `e[i]` stands beside `d[i]` and `d[i + 1]`; the last entry is not used.
fn ql(d: &mut [f64], e: &mut [f64]) {
    const ROUNDS: usize = 60;
    for l in 0..d.len() {
        for _ in 0..ROUNDS {
            let small = |m: &usize| *m + 1 == d.len() || e[*m].abs() <= f64::EPSILON * (d[*m].abs() + d[*m + 1].abs());
            let Some(m) = (l..d.len()).find(small) else { break };
            if m == l {
                break;
            }
            chase(d, e, l, m);
        }
    }
}

fn chase(d: &mut [f64], e: &mut [f64], l: usize, m: usize) {
    let mut g = (d[l + 1] - d[l]) / (2.0 * e[l]);
    let r = g.hypot(1.0);
    g = d[m] - d[l] + e[l] / (g + if g >= 0.0 { r } else { -r });
    let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
    for i in (l..m).rev() {
        let (f, b) = (s * e[i], c * e[i]);
        let r = f.hypot(g);
        e[i + 1] = r;
        if r == 0.0 {
            d[i + 1] -= p;
            e[m] = 0.0;
            return;
        }
        (s, c) = (f / r, g / r);
        g = d[i + 1] - p;
        let t = (d[i] - g) * s + 2.0 * c * b;
        p = s * t;
        d[i + 1] = g + p;
        g = c * t - b;
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_path_they_are_cosines() {
        let n = 7;
        let row = |i: usize| (0..n).map(|j: usize| if i.abs_diff(j) == 1 { 1.0 } else { 0.0 }).collect();
        let mut found = eigenvalues((0..n).map(row).collect());
        found.sort_by(|a, b| b.total_cmp(a));
        for (k, value) in found.iter().enumerate() {
            let known = 2.0 * (std::f64::consts::PI * (k + 1) as f64 / (n + 1) as f64).cos();
            assert!((value - known).abs() < 1e-12, "{value} {known}");
        }
    }

    #[test]
    fn of_a_complete_graph_they_are_known() {
        let row = |i: usize| (0..5).map(|j| if i == j { 0.0 } else { 1.0 }).collect();
        let mut found = eigenvalues((0..5).map(row).collect());
        found.sort_by(f64::total_cmp);
        let known = [-1.0, -1.0, -1.0, -1.0, 4.0];
        assert!(found.iter().zip(known).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
    }
}
