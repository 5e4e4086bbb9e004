//! Parts words at the marks inside them: hyphens, slashes, units, missing spaces.

use super::Chunk;
use super::chars::{currency, dash, opens};
use crate::model::Span;
use crate::nlp::language::LANGUAGE;

impl Chunk<'_> {
    /// Parts a word at the marks inside it.
    pub(super) fn inner(&self, from: usize, to: usize, out: &mut Vec<Span>) {
        let mut start = from;
        let mut i = from + 1;
        while i < to {
            match self.mark(from, start, i, to) {
                Some(n) => {
                    self.push(start, i, out);
                    self.push(i, i + n, out);
                    start = i + n;
                    i = start + 1;
                }
                None => {
                    if self.unit_at(start, i, to) {
                        self.push(start, i, out);
                        start = i;
                    }
                    i += 1;
                }
            }
        }
        self.push(start, to, out);
    }

    /// The length of the mark at `i` that is a token of its own inside a word.
    fn mark(&self, from: usize, start: usize, i: usize, to: usize) -> Option<usize> {
        let (before, c, after) = (self.at(i - 1), self.at(i), self.at(i + 1));
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        let letters = before.is_alphabetic() && after.is_alphabetic();
        match c {
            '-' | '.' if after == c && i + 1 < to => Some(self.run(i..to)),
            '-' | '\u{2010}' | '\u{2011}' => self.parts_at(from, start, i, to).then_some(1),
            c if dash(c) || opens(c) || c == '…' => Some(1),
            '"' | '\u{201D}' | ';' | '=' | '?' | '!' | ']' => Some(1),
            '/' | ':' | ',' | ')' | '&' => (!digits && (letters || c == ')')).then_some(1).filter(|_| c != '&'),
            '.' => self.joins_sentences(i, to).then_some(1),
            c if currency(c) && after.is_ascii_digit() && before != '$' => None,
            _ => None,
        }
    }

    /// Whether the hyphen at `i` is a token: not after a prefix, not in dates and telephone numbers.
    fn parts_at(&self, from: usize, start: usize, i: usize, to: usize) -> bool {
        if i + 1 >= to {
            return false;
        }
        let first = self.of(start, i);
        if start == from && first.len() <= 7 && LANGUAGE.prefix(&first.to_lowercase()) {
            return false;
        }
        if self.given_name_at(start, i, to) {
            return false;
        }
        let numeric = |c: char| c.is_ascii_digit() || c == '-';
        let hyphens = (from..to.min(from + 24)).filter(|&k| self.at(k) == '-').count();
        let number = (from..to.min(from + 24)).all(|k| numeric(self.at(k)));
        !(number && (hyphens > 1 || to - from == 8))
    }

    /// Whether the hyphen at `i` stands inside a Korean or Chinese given name.
    fn given_name_at(&self, start: usize, i: usize, to: usize) -> bool {
        let short = (2..=5).contains(&(i - start)) && to - i <= 7;
        short
            && self.at(start).is_uppercase()
            && self.at(start + 1).is_lowercase()
            && LANGUAGE.name_syllable(&self.of(i + 1, to).to_lowercase())
    }

    /// Whether the full stop at `i` ends one sentence and the next begins without a space ("ended.The").
    fn joins_sentences(&self, i: usize, to: usize) -> bool {
        i >= 2
            && to - i > 3
            && self.at(i - 1).is_lowercase()
            && self.at(i - 2).is_lowercase()
            && self.at(i + 1).is_uppercase()
            && self.at(i + 2).is_lowercase()
    }

    /// Whether a unit begins at `i` behind a number ("10km", "5pm"), or a number behind a currency ("US$5").
    fn unit_at(&self, start: usize, i: usize, to: usize) -> bool {
        if currency(self.at(i - 1)) {
            return self.at(i).is_ascii_digit();
        }
        let numeric = (start..i).rev().take(20).all(|k| self.at(k).is_ascii_digit() || ".,:".contains(self.at(k)));
        self.at(i - 1).is_ascii_digit()
            && to - i <= 3
            && numeric
            && matches!(
                self.of(i, to).to_ascii_lowercase().as_str(),
                "km" | "cm"
                    | "mm"
                    | "kg"
                    | "am"
                    | "pm"
                    | "gb"
                    | "mb"
                    | "kb"
                    | "ghz"
                    | "mhz"
                    | "mph"
                    | "lbs"
                    | "ft"
                    | "mw"
                    | "gw"
                    | "m"
                    | "bn"
            )
    }
}
