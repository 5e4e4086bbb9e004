//! The rows of a file in blocks that can be cut beside each other, for what needs neither their lines nor their text.

use std::io::{self, BufRead, Read};
use std::{mem, vec};

use super::cells::Record;
use super::cut::Cutter;
use super::spans::{Span, Spans, too_long};
use super::table::Reader;
use crate::source::json::LINE;

/// Bytes of a block of lines that are read one after the other.
const BYTES: u64 = 256 << 10;

/// Records of a block of another kind of file.
const RECORDS: usize = 1000;

/// What is left of a file, block by block.
pub struct Blocks<'t> {
    pub(super) reader: &'t mut Reader,
    /// The first record, if it is a row.
    pub(super) first: Option<Record>,
    /// The lines, where they can be read beside each other.
    pub(super) rest: Option<&'t mut Spans>,
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
    /// Lines that are to be read.
    span: Option<Span>,
    /// Whole lines that are to be cut; ends where the last row ended.
    lines: Record,
    cutter: Cutter,
    wanted: usize,
}

impl Block {
    /// Reads what is to be read; before the first row is asked for.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn load(&mut self) -> io::Result<()> {
        let bytes = &mut self.lines.bytes;
        let first = self.span.take().map_or(Ok(0), |span| span.read(bytes))?;
        self.cutter = Cutter::new(first);
        Ok(())
    }

    /// The next row. Its line is not told.
    #[expect(clippy::should_implement_trait, reason = "it lends what it returns")]
    pub fn next(&mut self) -> Option<&Record> {
        if let Some(record) = self.cut.next() {
            self.current = record;
            return Some(&self.current);
        }
        self.cutter.next(&mut self.lines, self.wanted).then_some(&self.lines)
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
        block.wanted = self.wanted;
        block.span = self.rest.as_mut().and_then(|rest| rest.next());
        // what a part is read over need not be made anew
        if block.span.is_none() {
            block.lines.bytes.clear();
        }
        match &mut *self.reader {
            _ if self.rest.is_some() => {}
            Reader::Lines { inner, .. } => whole_lines(inner, &mut block.lines.bytes, &mut self.tail)?,
            csv @ Reader::Csv { .. } => {
                let mut record = Record::default();
                while cut.len() < RECORDS && csv.next(&mut record, self.wanted)? {
                    cut.push(mem::take(&mut record));
                }
            }
        }
        let any = !cut.is_empty() || block.span.is_some() || !block.lines.bytes.is_empty();
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
            return Err(too_long());
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
        let mut blocks = Blocks { reader: &mut reader, first: None, rest: None, wanted: 1, tail: Vec::new() };
        let (mut found, mut some) = (Vec::new(), [Block::default(), Block::default()]);
        while blocks.fill(&mut some).expect("lines") {
            for block in &mut some {
                block.load().expect("what is there");
                while let Some(record) = block.next() {
                    assert_eq!(record.len(), 3);
                    found.push(record.text());
                }
            }
        }
        assert_eq!(found, lines);
    }
}
