//! Words in pieces that have a vector each, the longest first (WordPiece: Wu et al. 2016).

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are no words.
const MOST_CHARS: usize = 100;
/// What goes before a piece inside a word.
const INSIDE: &str = "##";
const UNKNOWN: u32 = 0;
const BEGIN: u32 = 1;
const END: u32 = 2;

/// The pieces with their numbers.
#[derive(Debug, Default)]
pub struct Pieces {
    first: FxHashMap<Box<str>, u32>,
    inside: FxHashMap<Box<str>, u32>,
}

impl Pieces {
    /// From a list, in the order of their vectors: that of unknown words, of the beginning and of the end come first.
    pub fn new<'a>(list: impl Iterator<Item = &'a str>) -> Self {
        let mut out = Self::default();
        for (n, piece) in (0..).zip(list) {
            match piece.strip_prefix(INSIDE) {
                Some(inside) => out.inside.insert(inside.into(), n),
                None => out.first.insert(piece.into(), n),
            };
        }
        out
    }

    /// What stands before the first word.
    pub fn begin(&self) -> u32 {
        BEGIN
    }

    /// What stands behind the last word.
    pub fn end(&self) -> u32 {
        END
    }

    /// Adds the pieces of a word in small letters without accents; its punctuation marks are words of their own.
    pub fn cut(&self, word: &str, out: &mut Vec<u32>) {
        let plain: String = word.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
        let mark = |c: char| c.is_ascii_punctuation() || !c.is_ascii() && !c.is_alphanumeric();
        let mut rest = plain.as_str();
        while let Some(c) = rest.chars().next() {
            let end = if mark(c) { c.len_utf8() } else { rest.find(mark).unwrap_or(rest.len()) };
            let (part, after) = rest.split_at(end);
            self.cut_part(part, out);
            rest = after;
        }
    }

    fn cut_part(&self, part: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let (mut rest, mut table) = (part, &self.first);
        while !rest.is_empty() && part.len() <= 4 * MOST_CHARS {
            let ends = rest.char_indices().map(|(i, c)| i + c.len_utf8()).rev();
            let Some((end, id)) = ends.filter_map(|end| Some((end, *table.get(&rest[..end])?))).next() else { break };
            out.push(id);
            (rest, table) = (&rest[end..], &self.inside);
        }
        if !rest.is_empty() {
            out.truncate(before);
            out.push(UNKNOWN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    #[test]
    fn words_fall_into_the_longest_pieces() {
        let pieces = Pieces::new("? < > met min ##ister ##i ' s".split(' '));
        let cut = |word: &str| {
            let mut out = Vec::new();
            pieces.cut(word, &mut out);
            out
        };
        assert_eq!(cut("Mét"), [3]);
        assert_eq!(cut("minister"), [4, 5]);
        assert_eq!(cut("minx"), [0]);
        assert_eq!(cut("'s"), [7, 8]);
        assert!(cut("").is_empty());
    }
}
