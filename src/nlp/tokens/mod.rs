//! Finds tokens as English treebanks of Universal Dependencies have them: punctuation apart, clitics apart, words with
//! hyphens in parts, numbers, addresses and abbreviations whole.

mod chars;
mod inner;

pub use chars::apostrophe;
use chars::{blank, closes, currency, dash, opens};

use super::clean::floor;
use super::language::{Abbreviation, LANGUAGE};
use super::lemmas::hidden;
use crate::model::Span;

/// A stretch of text between white spaces, character by character with its byte offset.
struct Chunk<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    end: usize,
    /// The character after the white space that follows, if any.
    follow: Option<char>,
}

/// Bytes after which a stretch without white space is cut in any case: it bounds memory, and no word is as long.
const LONGEST: usize = 4096;

/// The tokens of the bytes `span` of `text`, in order. Linear in their length.
pub fn tokens(text: &str, span: Span) -> Vec<Span> {
    let mut out = Vec::with_capacity((span.end - span.start) as usize / 5 + 1);
    let mut rest = span.range();
    while let Some(start) = text[rest.clone()].find(|c: char| !blank(c)).map(|n| rest.start + n) {
        let longest = floor(text, rest.end.min(start + LONGEST));
        let end = text[start..longest].find(blank).map_or(longest, |n| start + n);
        let follow = text[end..rest.end].chars().find(|c| !blank(*c));
        if !text[start..end].chars().all(hidden) {
            let chars = text[start..end].char_indices().map(|(i, c)| (start + i, c)).collect();
            Chunk { text, chars, end, follow }.split(&mut out);
        }
        rest.start = end;
    }
    out
}

impl Chunk<'_> {
    fn at(&self, i: usize) -> char {
        self.chars.get(i).map_or(' ', |c| c.1)
    }

    fn byte(&self, i: usize) -> usize {
        self.chars.get(i).map_or(self.end, |c| c.0)
    }

    fn of(&self, from: usize, to: usize) -> &str {
        &self.text[self.byte(from)..self.byte(to)]
    }

    fn push(&self, from: usize, to: usize, out: &mut Vec<Span>) {
        let shows = |i: usize| !hidden(self.at(i));
        if (from..to).any(shows) {
            out.push(Span::new(self.byte(from), self.byte(to)));
        }
    }

    /// How many characters at the head of the places are the same. Only for runs that become one token: the time is
    /// linear in all.
    fn run(&self, places: impl Iterator<Item = usize> + Clone) -> usize {
        let first = places.clone().next().map_or(' ', |i| self.at(i));
        places.take_while(|&i| self.at(i) == first).count()
    }

    fn split(&self, out: &mut Vec<Span>) {
        let mut ends = Vec::new();
        let (mut from, mut to) = (0, self.chars.len());
        while let Some(n) = self.leading(from, to) {
            self.push(from, from + n, out);
            from += n;
        }
        while let Some(n) = self.trailing(from, to) {
            ends.push((to - n, to));
            to -= n;
        }
        self.word(from, to, out);
        ends.into_iter().rev().for_each(|(a, b)| self.push(a, b, out));
    }

    /// How many characters of punctuation begin the stretch.
    fn leading(&self, from: usize, to: usize) -> Option<usize> {
        let (c, next) = (self.at(from), self.at(from + 1));
        if from >= to {
            return None;
        }
        match c {
            '-' | '.' | '*' | '_' | '=' | '~' | '!' | '?' if next == c => Some(self.run(from..to)),
            '-' if to - from > 1 && !next.is_ascii_digit() => Some(1),
            '\'' | '`' if next == c && to - from > 1 && self.at(from + 2) != c => Some(2),
            '\u{2018}' => Some(1),
            c if apostrophe(c) && to - from > 1 => self.quote(from, to).then_some(1),
            '#' | '*' if to - from > 1 && !next.is_alphabetic() => Some(1),
            '/' | '!' | '?' | '…' if to - from > 1 => Some(1),
            c if opens(c) || closes(c) || dash(c) || currency(c) => Some(1),
            _ => None,
        }
    }

    /// Whether the apostrophe at `from` opens a quotation: not that of "'s" or "'90s".
    fn quote(&self, from: usize, to: usize) -> bool {
        !self.at(from + 1).is_ascii_digit() && self.clitic(from, to) != Some(to - from)
    }

    /// How many characters of punctuation end the stretch.
    fn trailing(&self, from: usize, to: usize) -> Option<usize> {
        if to <= from + 1 {
            return None;
        }
        let (c, before) = (self.at(to - 1), self.at(to - 2));
        match c {
            '!' | '?' => Some((from..to).rev().take_while(|&i| matches!(self.at(i), '!' | '?')).count()),
            '-' | '*' | '_' | '=' | '~' | '.' if before == c => Some(self.run((from..to).rev())),
            '\'' if before == c && (to - from == 2 || self.at(to - 3) != c) => Some(2),
            '.' => (!self.keeps_stop(from, to)).then_some(1),
            ')' if self.is_emoticon(from, to) => None,
            '…' | '*' | '/' | '-' => Some(1),
            c if currency(c) => (!before.is_alphabetic()).then_some(1),
            ')' if to - from == 2 && self.at(from).is_alphanumeric() => None,
            c if closes(c) || apostrophe(c) || dash(c) => Some(1),
            _ => None,
        }
        .filter(|n| from + n < to)
    }

    fn is_emoticon(&self, from: usize, to: usize) -> bool {
        matches!(self.of(from, to), ":)" | ";)" | ":-)" | ";-)" | "=)")
    }

    /// Whether the full stop that ends the stretch belongs to its word.
    fn keeps_stop(&self, from: usize, to: usize) -> bool {
        let before = self.at(to - 2);
        let number = self.follow.is_some_and(|c| c.is_ascii_digit());
        let initial = to - from == 2 && before.is_uppercase();
        if initial {
            return before != 'I' || self.follow.is_some_and(char::is_uppercase);
        }
        let letters = (from..to).step_by(2).all(|i| self.at(i).is_alphabetic() && self.at(i + 1) == '.');
        if letters && (to - from).is_multiple_of(2) {
            return true;
        }
        let dash = (from..to).rev().find(|&i| self.at(i) == '-').map_or(from, |i| i + 1);
        if to - from > 24 {
            return false;
        }
        match LANGUAGE.abbreviation(self.of(from, to)).or_else(|| LANGUAGE.abbreviation(self.of(dash, to))) {
            Some(Abbreviation::Number) => number,
            Some(_) => true,
            None => matches!(self.of(from, to), "Ph.D." | "M.Sc." | "B.Sc."),
        }
    }

    /// What is left between the punctuation: addresses whole, other words by clitics and inner marks.
    fn word(&self, from: usize, to: usize, out: &mut Vec<Span>) {
        if from >= to {
            return;
        }
        if self.is_address(from, to) {
            return self.push(from, to, out);
        }
        if let Some(n) = self.clitic(from, to).filter(|n| from + n < to) {
            self.inner(from, to - n, out);
            return self.push(to - n, to, out);
        }
        if to - from < 12
            && let Some(n) = LANGUAGE.contraction(&self.of(from, to).to_lowercase())
        {
            self.push(from, from + n, out);
            return self.push(from + n, to, out);
        }
        self.inner(from, to, out);
    }

    fn is_address(&self, from: usize, to: usize) -> bool {
        let word = self.of(from, to);
        let web = word.contains("://") || word.starts_with("www.");
        let mail = word.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'));
        web || mail || word.starts_with('@') || word.starts_with('#')
    }

    /// The length of the clitic that ends the stretch: "'s", "n't" and their like.
    fn clitic(&self, from: usize, to: usize) -> Option<usize> {
        let tail = |n: usize| -> Option<String> {
            let start = to.checked_sub(n).filter(|s| *s >= from)?;
            let fold = |i: usize| if apostrophe(self.at(i)) { '\'' } else { self.at(i).to_ascii_lowercase() };
            Some((start..to).map(fold).collect())
        };
        match (tail(2).as_deref(), tail(3).as_deref()) {
            (_, Some(t @ ("'re" | "'ve" | "'ll" | "n't"))) => Some(t.len()),
            (Some("'s" | "'m" | "'d"), _) => Some(2),
            _ => None,
        }
    }
}
