use std::ops::Range;

/// A half-open stretch of bytes of one text. Both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The words that the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Translates byte offsets of a text to counts of Unicode code points, in constant time.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// The count of code points before every `STEP`-th byte; empty for a text that is all ASCII.
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl CodePoints {
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { marks: Vec::new() };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += starts(block);
        }
        marks.push(count);
        Self { marks }
    }

    /// How many code points of `text` (the text this was made of) stand before byte `byte`.
    pub fn before(&self, text: &str, byte: usize) -> usize {
        if self.marks.is_empty() {
            return byte;
        }
        let block = byte / STEP;
        (self.marks[block] + starts(&text.as_bytes()[block * STEP..byte])) as usize
    }
}

/// Bytes that begin a code point.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32
}
