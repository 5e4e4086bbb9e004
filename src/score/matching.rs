//! A one-to-one matching of greatest size, by augmenting paths (H. W. Kuhn, The Hungarian method, 1955).

use std::cmp::Reverse;

/// Pairs rows with columns, as many as can be; sorted by row. `quality` is `None` where the two do not match. Better pairs
/// are tried first, which settles the choice among matchings of the same size in most but not in all cases.
pub(super) fn matching(
    rows: usize,
    columns: usize,
    quality: impl Fn(usize, usize) -> Option<u8>,
) -> Vec<(usize, usize)> {
    let edges: Vec<Vec<(Reverse<u8>, usize)>> = (0..rows)
        .map(|i| {
            let mut edges: Vec<_> = (0..columns).filter_map(|j| Some((Reverse(quality(i, j)?), j))).collect();
            edges.sort_unstable();
            edges
        })
        .collect();
    let mut order: Vec<usize> = (0..rows).filter(|&i| !edges[i].is_empty()).collect();
    order.sort_by_key(|&i| edges[i][0].0);
    let mut paths = Paths { edges, taken: vec![None; columns] };
    for i in order {
        paths.place(i);
    }
    let mut pairs: Vec<_> = paths.taken.iter().enumerate().filter_map(|(j, i)| Some(((*i)?, j))).collect();
    pairs.sort_unstable();
    pairs
}

struct Paths {
    /// Of each row, its columns, best first.
    edges: Vec<Vec<(Reverse<u8>, usize)>>,
    /// The row that holds each column.
    taken: Vec<Option<usize>>,
}

impl Paths {
    /// Gives the row its best free column; failing that, one whose holder can move.
    fn place(&mut self, row: usize) {
        match self.edges[row].iter().find(|(_, j)| self.taken[*j].is_none()) {
            Some(&(_, free)) => self.taken[free] = Some(row),
            None => {
                let mut seen = vec![false; self.taken.len()];
                self.augment(row, &mut seen);
            }
        }
    }

    fn augment(&mut self, row: usize, seen: &mut [bool]) -> bool {
        for at in 0..self.edges[row].len() {
            let column = self.edges[row][at].1;
            if std::mem::replace(&mut seen[column], true) {
                continue;
            }
            if self.taken[column].is_none_or(|holder| self.augment(holder, seen)) {
                self.taken[column] = Some(row);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_move_so_that_all_find_a_place() {
        let table = [[Some(7), Some(1), None], [Some(5), None, None], [None, Some(6), Some(0)]];
        assert_eq!(matching(3, 3, |i, j| table[i][j]), [(0, 1), (1, 0), (2, 2)]);
    }

    #[test]
    fn of_two_equals_the_better_is_taken() {
        assert_eq!(matching(1, 3, |_, j| [None, Some(2), Some(3)][j]), [(0, 2)]);
    }
}
