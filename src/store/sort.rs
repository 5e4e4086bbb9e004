//! Lines in order of their bytes, however many: what memory does not hold waits sorted in unnamed temporary files.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Lines, Seek, Write};

use rayon::prelude::*;

use crate::error::{Error, Result};

/// Bytes of lines that stay in memory.
const MEMORY: usize = 256 << 20;

/// Bytes that a line costs beside its own.
const OVERHEAD: usize = 32;

/// Takes lines in any order and gives them back sorted. A line has no line break in it.
pub struct Sorter {
    lines: Vec<String>,
    size: usize,
    most: usize,
    runs: Vec<File>,
}

impl Default for Sorter {
    fn default() -> Self {
        Self::within(MEMORY)
    }
}

impl Sorter {
    /// One that keeps no more than so many bytes in memory.
    pub fn within(most: usize) -> Self {
        Self { lines: Vec::new(), size: 0, most, runs: Vec::new() }
    }

    /// # Errors
    /// A full disk.
    pub fn push(&mut self, line: String) -> Result<()> {
        self.size += line.len() + OVERHEAD;
        self.lines.push(line);
        if self.size < self.most { Ok(()) } else { self.spill() }
    }

    fn spill(&mut self) -> Result<()> {
        self.lines.par_sort_unstable();
        let mut run = BufWriter::new(tempfile::tempfile()?);
        for line in self.lines.drain(..) {
            run.write_all(line.as_bytes())?;
            run.write_all(b"\n")?;
        }
        let mut run = run.into_inner().map_err(|e| Error::from(e.into_error()))?;
        run.rewind()?;
        self.runs.push(run);
        self.size = 0;
        Ok(())
    }

    /// Gives every different line once, in order.
    ///
    /// # Errors
    /// The first one of `give`; a temporary file that cannot be read.
    pub fn each(mut self, mut give: impl FnMut(&str) -> Result<()>) -> Result<()> {
        if self.runs.is_empty() {
            self.lines.par_sort_unstable();
            self.lines.dedup();
            return self.lines.iter().try_for_each(|line| give(line));
        }
        self.spill()?;
        let mut runs: Vec<Lines<_>> = self.runs.into_iter().map(|run| BufReader::new(run).lines()).collect();
        let mut heads = BinaryHeap::new();
        for (at, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next().transpose()?.map(|line| Reverse((line, at))));
        }
        let mut last = None;
        while let Some(Reverse((line, at))) = heads.pop() {
            heads.extend(runs[at].next().transpose()?.map(|next| Reverse((next, at))));
            if last.as_ref() != Some(&line) {
                give(&line)?;
                last = Some(line);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_sorted_beyond_memory() {
        let lines = || (0..2000u32).map(|n| format!("{:05} ü", n.wrapping_mul(2_654_435_761) % 1500));
        for most in [1 << 20, 5000] {
            let mut sorter = Sorter::within(most);
            lines().for_each(|line| sorter.push(line).expect("a line"));
            let mut found = Vec::new();
            let keep = |line: &str| {
                found.push(line.to_owned());
                Ok(())
            };
            sorter.each(keep).expect("lines");
            let expected: std::collections::BTreeSet<String> = lines().collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{most}");
        }
    }
}
