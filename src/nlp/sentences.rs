//! Finds the ends of sentences between tokens.

use std::ops::Range;

use super::language::{Abbreviation, LANGUAGE};
use super::tokens::apostrophe;
use crate::model::Span;

/// Tokens after which a sentence ends in any case: it bounds memory, and no report has such a sentence.
const LONGEST: usize = 400;

/// The tokens of a paragraph, sentence by sentence.
pub fn sentences(text: &str, tokens: &[Span]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        let end = match ends(text, tokens, i) {
            true => closers(text, tokens, i + 1),
            false if i + 1 - start >= LONGEST || credit(text, tokens, i + 1) || heading(text, tokens, start, i + 1) => {
                i + 1
            }
            false => {
                i += 1;
                continue;
            }
        };
        let whole = end >= tokens.len()
            || credit(text, tokens, end)
            || heading(text, tokens, start, end)
            || begins(text, tokens, i, end)
            || end - start >= LONGEST;
        if whole {
            out.push(start..end);
            start = end;
        }
        i = end;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn word<'a>(text: &'a str, tokens: &[Span], i: usize) -> &'a str {
    tokens.get(i).map_or("", |t| t.of(text))
}

/// Whether a sentence may end at the token.
fn ends(text: &str, tokens: &[Span], i: usize) -> bool {
    let w = word(text, tokens, i);
    match w {
        "." | "…" | "。" => true,
        _ if w.ends_with(['!', '?']) => w.chars().all(|c| "!?".contains(c)),
        _ if w.ends_with("..") => true,
        _ if w.ends_with('.') && w.len() > 1 => LANGUAGE.abbreviation(w) != Some(Abbreviation::Inside),
        _ => false,
    }
}

/// The first token from `i` that is no closing quote or bracket.
fn closers(text: &str, tokens: &[Span], mut i: usize) -> usize {
    while let (Some(before), Some(t)) = (i.checked_sub(1).map(|b| tokens[b]), tokens.get(i)) {
        let w = t.of(text);
        let closes = matches!(w, ")" | "]" | "}" | "\u{201D}" | "»" | "''" | "\u{2019}")
            || matches!(w, "\"" | "'") && before.end == t.start;
        if !closes {
            break;
        }
        i += 1;
    }
    i
}

/// Whether a sentence begins at token `next` after one that may have ended at token `end`.
fn begins(text: &str, tokens: &[Span], end: usize, next: usize) -> bool {
    let last = word(text, tokens, end);
    let first = (next..next + 3).map(|i| word(text, tokens, i)).find(|w| w.chars().any(char::is_alphanumeric));
    let Some(first) = first.and_then(|w| w.chars().next().map(|c| (w, c))) else { return last == "." };
    let (w, c) = first;
    let touching = tokens[next - 1].end == tokens[next].start;
    let quoted = next > end + 1;
    match last {
        "." if touching && !quoted => {
            c.is_uppercase() || matches!(word(text, tokens, next).chars().next(), Some('[' | '(' | '"' | '\u{201C}'))
        }
        "." => !c.is_lowercase() || list_like(w),
        "…" => c.is_uppercase() && !touching,
        _ if last.ends_with("..") => c.is_uppercase() && !touching,
        _ if last.ends_with('.') => {
            !touching && c.is_uppercase() && after_abbreviation(text, tokens, end, next, w, quoted)
        }
        _ => !(c.is_lowercase() || quoted && says(text, tokens, next)),
    }
}

/// Words such as "iPhone" begin sentences in lower case.
fn list_like(w: &str) -> bool {
    w.chars().skip(1).any(char::is_uppercase)
}

/// Whether an abbreviation with a capital letter behind it ends a sentence.
fn after_abbreviation(text: &str, tokens: &[Span], end: usize, next: usize, first: &str, quoted: bool) -> bool {
    let last = word(text, tokens, end);
    let initial = last.chars().count() == 2 && last.starts_with(char::is_uppercase);
    let quote = word(text, tokens, next).starts_with(|c| matches!(c, '"' | '\u{201C}') || apostrophe(c));
    let starter = LANGUAGE.starter(&first.to_lowercase());
    starter || (quoted || quote) && !initial
}

/// Whether a picture's credit begins at the token: "Image: NASA".
fn credit(text: &str, tokens: &[Span], i: usize) -> bool {
    matches!(word(text, tokens, i), "Image" | "Photo" | "Photograph" | "Picture" | "Credit")
        && word(text, tokens, i + 1) == ":"
}

/// Whether "X said" follows a quotation, so that it goes on.
fn says(text: &str, tokens: &[Span], next: usize) -> bool {
    (next..next + 5).any(|i| saying(word(text, tokens, i)))
}

fn saying(word: &str) -> bool {
    matches!(word, "said" | "asked" | "says" | "asks" | "replied")
}

/// Fewest and most words of a heading.
const HEADING: Range<usize> = 4..26;

/// Whether what stands between two tokens is a heading that the text runs on from without a stop: "'Talks went well' In a
/// phone call, X said", "X seeks ties with Y The last round ...".
fn heading(text: &str, tokens: &[Span], start: usize, next: usize) -> bool {
    let capital = |i: usize| word(text, tokens, i).starts_with(char::is_uppercase);
    if !HEADING.contains(&(next - start)) || !capital(next) {
        return false;
    }
    let plain = |i: usize| word(text, tokens, i).ends_with(char::is_alphanumeric);
    let (first, last) = (word(text, tokens, start), word(text, tokens, next - 1));
    let pair = |w: &str| matches!(w, "\u{2018}" | "\u{2019}" | "'" | "\u{201C}" | "\u{201D}" | "\"");
    if pair(first) && pair(last) {
        let inside = (start + 1..next - 1).filter(|&i| pair(word(text, tokens, i))).count();
        return inside % 2 == 0 && plain(next - 2) && !(next..next + 3).any(|i| saying(word(text, tokens, i)));
    }
    let w = word(text, tokens, next);
    let small = w.chars().skip(1).all(char::is_lowercase) && w != "I" && LANGUAGE.starter(&w.to_lowercase());
    let goes_on = word(text, tokens, next + 1).starts_with(char::is_lowercase);
    let quoted = (start..next).any(|i| pair(word(text, tokens, i)));
    let lower = (start..next).filter(|&i| word(text, tokens, i).starts_with(char::is_lowercase)).count();
    let open = LANGUAGE.starter(last) || last.chars().count() < 3;
    small && goes_on && plain(next - 1) && !open && !quoted && lower * 3 >= next - start
}
