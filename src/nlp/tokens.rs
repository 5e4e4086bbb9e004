//! Finds tokens as English treebanks of Universal Dependencies have them: punctuation apart, clitics apart, words with
//! hyphens in parts, numbers, addresses and abbreviations whole.

use super::language::{Abbreviation, LANGUAGE};
use crate::model::Span;

/// A stretch of text between white spaces, character by character with its byte offset.
struct Chunk<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    end: usize,
    /// The character after the white space that follows, if any.
    follow: Option<char>,
}

/// The tokens of the bytes `span` of `text`, in order. Linear in their length.
pub fn tokens(text: &str, span: Span) -> Vec<Span> {
    let mut out = Vec::with_capacity((span.end - span.start) as usize / 5 + 1);
    let mut rest = span.range();
    while let Some(start) = text[rest.clone()].find(|c: char| !blank(c)).map(|n| rest.start + n) {
        let end = text[start..rest.end].find(blank).map_or(rest.end, |n| start + n);
        let follow = text[end..rest.end].chars().find(|c| !blank(*c));
        let chars = text[start..end].char_indices().map(|(i, c)| (start + i, c)).collect();
        Chunk { text, chars, end, follow }.split(&mut out);
        rest.start = end;
    }
    out
}

/// White space, and marks that show nothing between words.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}') || c.is_control()
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '"' | '\u{201C}' | '\u{201E}' | '«' | '<' | '\u{2039}' | '¿' | '¡' | '`' | '|' | '•')
}

fn closes(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | ')' | ']' | '}' | '"' | '\u{201D}' | '\u{201C}' | '»' | '>' | '\u{203A}' | '%' | '|' | '°'
    )
}

pub fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2032}' | '`' | '\u{B4}')
}

fn currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '₺' | '₩' | '₪' | '﷼')
}

fn dash(c: char) -> bool {
    matches!(c, '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2212}')
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
        if from < to {
            out.push(Span::new(self.byte(from), self.byte(to)));
        }
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
        let run = (from..to).take_while(|&i| self.at(i) == c).count();
        match c {
            '-' | '.' | '*' | '_' | '=' | '~' | '!' | '?' if run > 1 => Some(run),
            '-' if to - from > 1 && !next.is_ascii_digit() => Some(1),
            '\'' | '`' if run == 2 => Some(2),
            '\u{2018}' => Some(1),
            c if apostrophe(c) && to - from > 1 => self.quote(from, to).then_some(1),
            '#' | '*' if to - from > 1 && !next.is_ascii_digit() => Some(1),
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
        let c = self.at(to - 1);
        let run = (from..to).rev().take_while(|&i| self.at(i) == c).count();
        match c {
            '!' | '?' => Some((from..to).rev().take_while(|&i| matches!(self.at(i), '!' | '?')).count()),
            '-' | '*' | '_' | '=' | '~' if run > 1 => Some(run),
            '\'' if run == 2 => Some(2),
            '.' if run > 1 => Some(run),
            '.' => (!self.keeps_stop(from, to)).then_some(1),
            ')' if self.is_emoticon(from, to) => None,
            '…' | '*' | '/' | '-' => Some(1),
            c if closes(c) || apostrophe(c) || dash(c) || currency(c) => Some(1),
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

    /// Parts a word at the marks inside it.
    fn inner(&self, from: usize, to: usize, out: &mut Vec<Span>) {
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
        let run = (i..to).take_while(|&k| self.at(k) == c).count();
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        let letters = before.is_alphabetic() && after.is_alphabetic();
        match c {
            '-' | '.' if run > 1 => Some(run),
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
        let numeric = |c: char| c.is_ascii_digit() || c == '-';
        let hyphens = (from..to.min(from + 24)).filter(|&k| self.at(k) == '-').count();
        let number = (from..to.min(from + 24)).all(|k| numeric(self.at(k)));
        !(number && (hyphens > 1 || to - from == 8))
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
