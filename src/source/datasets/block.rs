//! The rows of a file in blocks that can be cut beside each other, for what needs neither their lines nor their text.

use std::io::{self, BufRead, Read};
use std::{mem, vec};

use super::cells::Record;
use super::table::Reader;
use crate::source::json::LINE;

/// Bytes of a block of lines.
const BYTES: u64 = 1 << 20;

/// Records of a block of another kind of file.
const RECORDS: usize = 1000;

/// What is left of a file, block by block.
pub struct Blocks<'t> {
    pub(super) reader: &'t mut Reader,
    /// The first record, if it is a row.
    pub(super) first: Option<Record>,
    /// How many cells of a row are found.
    pub(super) wanted: usize,
    /// The beginning of a line whose end is in the next block.
    pub(super) tail: Vec<u8>,
}

/// Some rows, in order.
#[derive(Default)]
pub struct Block {
    /// Rows that are cut already.
    cut: vec::IntoIter<Record>,
    current: Record,
    /// Whole lines that are to be cut; ends where the last row ended.
    lines: Record,
    /// Where the next line begins.
    at: usize,
    wanted: usize,
}

impl Block {
    /// The next row. Its line is not told.
    #[expect(clippy::should_implement_trait, reason = "it lends what it returns")]
    pub fn next(&mut self) -> Option<&Record> {
        if let Some(record) = self.cut.next() {
            self.current = record;
            return Some(&self.current);
        }
        let lines = &mut self.lines;
        let rest = lines.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        (lines.start, lines.end, lines.gap) = (self.at, self.at + length, 1);
        self.at += length + 1;
        lines.cut(self.wanted);
        Some(lines)
    }
}

impl Blocks<'_> {
    /// Fills blocks in order, in place of what they held; false at the end of the file, when none has a row.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn fill(&mut self, blocks: &mut [Block]) -> io::Result<bool> {
        let mut any = false;
        for block in blocks {
            any |= self.fill_one(block)?;
        }
        Ok(any)
    }

    fn fill_one(&mut self, block: &mut Block) -> io::Result<bool> {
        let mut cut: Vec<Record> = self.first.take().into_iter().collect();
        block.lines.bytes.clear();
        (block.at, block.wanted) = (0, self.wanted);
        match &mut *self.reader {
            Reader::Lines { inner, .. } => whole_lines(inner, &mut block.lines.bytes, &mut self.tail)?,
            csv @ Reader::Csv { .. } => {
                let mut record = Record::default();
                while cut.len() < RECORDS && csv.next(&mut record, self.wanted)? {
                    cut.push(mem::take(&mut record));
                }
            }
        }
        let any = !cut.is_empty() || !block.lines.bytes.is_empty();
        block.cut = cut.into_iter();
        Ok(any)
    }
}

/// Some lines; the last one of the file may lack its end.
fn whole_lines(inner: &mut impl BufRead, to: &mut Vec<u8>, tail: &mut Vec<u8>) -> io::Result<()> {
    to.append(tail);
    loop {
        let read = inner.by_ref().take(BYTES).read_to_end(to)?;
        if read == 0 {
            return Ok(());
        }
        if let Some(end) = memchr::memrchr(b'\n', to) {
            tail.extend_from_slice(&to[end + 1..]);
            to.truncate(end + 1);
            return Ok(());
        }
        if to.len() as u64 >= LINE {
            return Err(io::Error::other(format!("a line of more than {} MiB", LINE >> 20)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_the_lines_of_a_file_in_order() {
        let lines: Vec<String> = (0..200_000).map(|n| format!("{n}\tb\tc")).collect();
        let mut reader = Reader::Lines { inner: Box::new(io::Cursor::new(lines.join("\r\n"))), line: 0 };
        let mut blocks = Blocks { reader: &mut reader, first: None, wanted: 1, tail: Vec::new() };
        let (mut found, mut some) = (Vec::new(), [Block::default(), Block::default()]);
        while blocks.fill(&mut some).expect("lines") {
            for block in &mut some {
                while let Some(record) = block.next() {
                    assert_eq!(record.len(), 3);
                    found.push(record.text());
                }
            }
        }
        assert_eq!(found, lines);
    }
}
