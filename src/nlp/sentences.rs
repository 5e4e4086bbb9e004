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
            false if i + 1 - start >= LONGEST || credit(text, tokens, i + 1) => i + 1,
            false => {
                i += 1;
                continue;
            }
        };
        let whole =
            end >= tokens.len() || credit(text, tokens, end) || begins(text, tokens, i, end) || end - start >= LONGEST;
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
    (next..next + 5).any(|i| matches!(word(text, tokens, i), "said" | "asked" | "says" | "asks" | "replied"))
}
