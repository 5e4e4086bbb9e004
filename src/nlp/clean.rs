//! Finds the paragraphs of a report and leaves out what is no part of it: datelines, credits, share bars. Nothing is
//! changed: paragraphs are stretches of the text, and a line break inside a sentence is just white space in one.

use super::language::LANGUAGE;
use crate::model::Span;

/// A text without its trimmings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    pub paragraphs: Vec<Span>,
    /// Place, date and agency at the head of the report, with the dash behind them.
    pub dateline: Option<Span>,
}

/// Paragraphs among which the dateline is looked for: a headline and a caption may stand before it.
const DATELINE_WITHIN: usize = 5;
/// Longest dateline, in bytes.
const DATELINE_LONGEST: usize = 120;

/// The paragraphs of a text. Linear in its length.
pub fn clean(text: &str) -> Cleaned {
    let lines = lines(text);
    let mut cleaned = Cleaned { paragraphs: join(text, &lines), dateline: None };
    cleaned.paragraphs.retain(|p| !LANGUAGE.is_boilerplate(p.of(text)));
    for p in cleaned.paragraphs.iter_mut() {
        *p = without_bullet(text, without_credit(text, without_site(text, *p)));
    }
    for p in cleaned.paragraphs.iter_mut().take(DATELINE_WITHIN) {
        if let Some(end) = dateline(p.of(text)) {
            let at = p.start as usize + end;
            cleaned.dateline = Some(trimmed(text, p.start as usize, at));
            *p = trimmed(text, at, p.end as usize);
            break;
        }
    }
    cleaned.paragraphs.retain(|p| p.start < p.end);
    cleaned
}

/// The bytes without white space around them.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let all = &text[start..end];
    let front = all.len() - all.trim_start().len();
    Span::new(start + front.min(all.trim_end().len()), start + all.trim_end().len())
}

/// Every line without white space around it; an empty one is a gap.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{C}'])
        .map(|line| {
            start += line.len();
            trimmed(text, start - line.len(), start)
        })
        .collect()
}

/// Lines as paragraphs: a line goes on in the next one if it breaks off in the middle of a sentence.
fn join(text: &str, lines: &[Span]) -> Vec<Span> {
    let width = wrapped_at(text, lines);
    let mut out: Vec<Span> = Vec::new();
    let mut last = None;
    for &line in lines {
        if line.start == line.end {
            // The second half of a Windows line break is no gap.
            let between = last.map_or("", |l: Span| &text[l.end as usize..line.start as usize]);
            if between.bytes().filter(|b| *b == b'\n').count() > 1 || !between.contains('\r') {
                last = None;
            }
            continue;
        }
        match (last, out.last_mut()) {
            (Some(before), Some(p)) if goes_on(text, before, line, width) => *p = p.join(line),
            _ => out.push(line),
        }
        last = Some(line);
    }
    out
}

/// The width at which lines are wrapped, if they are: most of them are about as long as the longest.
fn wrapped_at(text: &str, lines: &[Span]) -> Option<usize> {
    let long = |l: &&Span| l.end > l.start;
    let widths: Vec<usize> = lines.iter().filter(long).map(|l| l.of(text).chars().count()).collect();
    let longest = widths.iter().copied().max().filter(|w| (40..=110).contains(w))?;
    let full = widths.iter().filter(|w| **w + 16 >= longest).count();
    (widths.len() >= 4 && full * 2 > widths.len()).then_some(longest)
}

fn goes_on(text: &str, before: Span, line: Span, width: Option<usize>) -> bool {
    let (a, b) = (before.of(text), line.of(text));
    let stopped = a.ends_with(['.', '!', '?', '"', '\u{201D}', ':', ';', ')', ']']);
    let first = b.chars().next().unwrap_or(' ');
    let full = width.is_some_and(|w| a.chars().count() + 16 >= w);
    let open = || a.matches('(').count() > a.matches(')').count() && b.contains(')');
    let broken = || {
        let labelled = label(b) && b.len() + a.len() < LABEL_LONGEST;
        first.is_lowercase() || open() || breaks_off(a) || labelled || within_a_name(a, b)
    };
    !LANGUAGE.is_boilerplate(a) && !bullet(b) && (full || !stopped && (broken() || b.contains('(') && listed(a)))
}

/// Whether the line ends within a roll of people: "A (Syldavia), B (Borduria)," or "... (Borduria), Olga".
fn listed(line: &str) -> bool {
    let rest = line.rfind("), ").map(|i| &line[i + 3..]);
    let name =
        |rest: &str| rest.len() < 40 && rest.split(' ').all(|w| w.len() <= 3 || w.starts_with(char::is_uppercase));
    line.ends_with("),") || rest.is_some_and(name)
}

/// A headline is shorter than this, or its words begin with capitals.
const HEADLINE_LONGEST: usize = 60;
/// Within so many bytes the label of a speaker ends.
const LABEL_WITHIN: usize = 120;
/// The longest line with a speaker's name, in bytes.
const LABEL_LONGEST: usize = 400;

/// Whether the line ends with a word that begins something, or is too long and plain for a heading.
fn breaks_off(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let plain = || {
        let long = words.iter().filter(|w| w.chars().count() > 3);
        let (all, small) = long.fold((0, 0), |(n, k), w| (n + 1, k + usize::from(w.starts_with(char::is_lowercase))));
        line.chars().count() > HEADLINE_LONGEST && small * 2 > all && line.ends_with(char::is_alphabetic)
    };
    words.len() > 1 && (LANGUAGE.unfinished(words[words.len() - 1]) || plain())
}

/// Whether a sentence, or the label of who speaks, breaks off before a word with a capital: "met with Ana / Trentino on Monday."
fn within_a_name(before: &str, line: &str) -> bool {
    let word = line.split(|c: char| c.is_whitespace() || ".,:;".contains(c)).next().unwrap_or_default();
    let capital = word.starts_with(char::is_uppercase) && !LANGUAGE.starter(&word.to_lowercase());
    let speaker = line[word.len()..].starts_with(':');
    let head = &line[..floor(line, LABEL_WITHIN)];
    let labelled = head.split(['.', ',']).next().is_some_and(|h| h.contains(':'));
    let sentence = || before.contains(", ") || before.split_whitespace().any(|w| LANGUAGE.finite(w));
    let open = before.ends_with(char::is_alphabetic) && line.contains(['.', '!', '?', ':', ';']);
    capital && open && if labelled { speaker && before.len() < HEADLINE_LONGEST } else { sentence() }
}

/// Whether the line begins with a name and a colon apart from it, as the pages of some governments print who speaks.
fn label(line: &str) -> bool {
    let name = line.split_once(" :").map(|(name, _)| name);
    name.is_some_and(|n| n.len() < 120 && !n.contains(['.', ':', ',']) && n.starts_with(char::is_uppercase))
}

fn bullet(line: &str) -> bool {
    let mut chars = line.chars();
    let mark = chars
        .next()
        .is_some_and(|c| matches!(c, '•' | '●' | '▪' | '◦' | '‣' | '·' | '*' | '-' | '–' | '—' | '■' | '►'));
    mark && chars.next().is_some_and(char::is_whitespace)
}

fn without_bullet(text: &str, p: Span) -> Span {
    match bullet(p.of(text)) {
        true => {
            let mark = p.of(text).chars().next().map_or(0, char::len_utf8);
            trimmed(text, p.start as usize + mark, p.end as usize)
        }
        false => p,
    }
}

/// Cuts "[Courtesy of ...]", "(AP Photo/...)", "[File: ...]" off the end of a caption.
fn without_credit(text: &str, p: Span) -> Span {
    let all = p.of(text);
    let open = match all.chars().last() {
        Some(']') => all.rfind('['),
        Some(')') => all.rfind('(').filter(|&i| all[i..].contains('/') || all[i..].to_lowercase().contains("photo")),
        _ => None,
    };
    let credit = open.filter(|&i| i > 0 && all.len() - i < 120 && !all[..i].trim_end().ends_with(['.', ',', '!', '?']));
    match credit {
        Some(i) => trimmed(text, p.start as usize, p.start as usize + i),
        None => p,
    }
}

/// Cuts the site's name off a headline: "Leaders meet in Geneva | World News".
fn without_site(text: &str, p: Span) -> Span {
    let all = p.of(text);
    match all.find(" | ") {
        Some(i) if all.len() < 250 && !all.ends_with(['.', '!', '?']) && all[..i].contains(' ') => {
            trimmed(text, p.start as usize, p.start as usize + i)
        }
        _ => p,
    }
}

/// Where the dateline ends that begins the paragraph: behind its dash.
fn dateline(paragraph: &str) -> Option<usize> {
    let head = &paragraph[..floor(paragraph, DATELINE_LONGEST)];
    let (at, len) = first_dash(head)?;
    let (place, rest) = (paragraph[..at].trim_end(), paragraph[at + len..].trim_start());
    let next = rest.chars().find(|c| c.is_alphanumeric())?;
    let agency = place.ends_with(')') && place.contains('(');
    let shape = place.split_whitespace().collect::<Vec<_>>();
    let begins = next.is_uppercase() || next.is_ascii_digit() || agency;
    (begins && !shape.is_empty() && shape.len() <= 9 && is_place(place, &shape, agency)).then_some(at + len)
}

/// Upper case ("TEHRAN"), an agency in brackets, or few capitalised words with a comma or alone ("Tehran, Iran").
fn is_place(place: &str, words: &[&str], agency: bool) -> bool {
    let letters = |w: &str| w.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let capital = |w: &&str| {
        let w = w.trim_start_matches(['(', '[']);
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '/') || matches!(w, "of" | "de" | "al")
    };
    let first = letters(words[0]);
    let upper = first.chars().count() >= 3 && first.chars().all(char::is_uppercase);
    words.iter().all(capital) && (upper || agency || place.contains(',') && words.len() <= 6 || words.len() <= 2)
}

/// The first dash between spaces, a double hyphen, or a long dash: its place and length.
fn first_dash(head: &str) -> Option<(usize, usize)> {
    let spaced = |i: usize| {
        head[..i].ends_with([' ', ')', '\u{A0}']) || head[i..].chars().nth(1).is_some_and(char::is_whitespace)
    };
    let marks = head
        .char_indices()
        .filter(|(_, c)| matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2012}' | '\u{2212}' | '\u{2015}'));
    let hit = marks.map(|(i, c)| (i, c.len_utf8())).find(|&(i, _)| head[i..].starts_with("--") || spaced(i))?;
    let run = head[hit.0..].chars().take_while(|c| *c == '-').count();
    Some((hit.0, hit.1.max(run)))
}

/// The greatest character boundary up to `at`.
pub fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}
