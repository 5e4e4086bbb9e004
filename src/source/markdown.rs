//! Markdown: front matter or the first heading give the metadata; marks become blanks, so that offsets stay those of the
//! file's own text.

use super::Draft;
use super::open::Input;
use super::text::headers;

/// Reads one article. Without front matter or heading the whole file is its text.
pub fn read(input: &Input, content: &str) -> Draft {
    let mut draft = input.draft();
    let rest = front_matter(&mut draft, content.trim_start());
    let rest = if draft.title.is_none() { heading(&mut draft, rest) } else { same_heading(&draft, rest) };
    let text = headers(&mut draft, rest);
    draft.text = blank_marks(text);
    draft
}

/// Takes the `key: value` (or `key = value`) lines between two `---` (or `+++`) lines at the start.
fn front_matter<'a>(draft: &mut Draft, content: &'a str) -> &'a str {
    let found = ["---", "+++"].into_iter().find_map(|fence| {
        let (first, rest) = content.split_once('\n')?;
        let end = lines(rest).find(|(_, line)| line.trim_end() == fence)?.0;
        (first.trim_end() == fence).then_some((&rest[..end], &rest[end..]))
    });
    let Some((matter, rest)) = found else { return content };
    for line in matter.lines() {
        if let Some((key, value)) = line.split_once([':', '=']) {
            keep(draft, key.trim(), value.trim().trim_matches(['"', '\'']));
        }
    }
    rest.split_once('\n').map_or("", |(_, rest)| rest)
}

fn keep(draft: &mut Draft, key: &str, value: &str) {
    let field = match key.to_ascii_lowercase().as_str() {
        "id" => &mut draft.id,
        "title" | "headline" => &mut draft.title,
        "date" | "published" => &mut draft.date,
        "source" | "publisher" | "publication" => &mut draft.source,
        "url" | "link" | "canonical_url" => &mut draft.url,
        _ => return,
    };
    *field = Some(value.to_owned()).filter(|v| !v.is_empty());
}

/// Takes the first line as title if it is a heading: `# Title`, or one underlined with `=`.
fn heading<'a>(draft: &mut Draft, rest: &'a str) -> &'a str {
    let rest = rest.trim_start();
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    let (under, behind) = after.split_once('\n').unwrap_or((after, ""));
    if let Some(title) = line.strip_prefix("# ") {
        draft.title = Some(title.trim().trim_end_matches('#').trim_end().to_owned());
        after
    } else if under.len() >= 3 && under.trim_end().bytes().all(|b| b == b'=') {
        draft.title = Some(line.trim().to_owned());
        behind
    } else {
        rest
    }
}

/// Passes over a first heading that repeats the front matter's title.
fn same_heading<'a>(draft: &Draft, rest: &'a str) -> &'a str {
    let mut again = Draft::default();
    let after = heading(&mut again, rest);
    if again.title == draft.title { after } else { rest }
}

/// The lines with the byte where each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

/// Puts as many blanks in the place of each mark: heading, quote and list marks, emphasis, code, links' targets, images.
fn blank_marks(text: &str) -> String {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = out.len();
        out.extend(line.chars());
        let line = &mut out[start..];
        blank_block(line);
        blank_links(line);
        blank_emphasis(line);
    }
    out.into_iter().collect()
}

/// The marks that begin a line, and a line of dashes.
fn blank_block(line: &mut [char]) {
    let lead = line.iter().take_while(|c| "#>*+-` \t".contains(**c)).count();
    let (mark, rest) = line.split_at_mut(lead);
    // A dash or star is a mark only with a blank behind it or alone in its line: "-5 degrees" and "**bold**" are text.
    let alone = rest.iter().all(|c| c.is_whitespace());
    let spaced = mark.last().is_some_and(|c| *c == ' ' || *c == '\t');
    if alone || spaced {
        mark.iter_mut().filter(|c| **c != '\t').for_each(|c| *c = ' ');
    }
}

/// `[words](target)` and `![words](target)` keep their words, `<https://...>` its address.
fn blank_links(line: &mut [char]) {
    let mut at = 0;
    while let Some(open) = position(line, at, '[') {
        at = open + 1;
        let Some(close) = position(line, at, ']') else { return };
        let end = match line.get(close + 1) {
            Some('(') => position(line, close, ')'),
            Some('[') => position(line, close + 1, ']'),
            _ => None,
        };
        let Some(end) = end else { continue };
        line[close..=end].fill(' ');
        line[open] = ' ';
        if open > 0 && line[open - 1] == '!' {
            line[open - 1] = ' ';
        }
    }
}

/// Stars, doubled underscores, tildes and backticks, and single underscores at the edge of a word.
fn blank_emphasis(line: &mut [char]) {
    for at in 0..line.len() {
        let word = |i: Option<usize>| i.and_then(|i| line.get(i)).is_some_and(|c| c.is_alphanumeric());
        let (before, after) = (word(at.checked_sub(1)), word(Some(at + 1)));
        let lone = match line[at] {
            '*' | '`' => before || after || line.get(at + 1) == Some(&'*'),
            '_' => before != after,
            '~' => line.get(at + 1) == Some(&'~') || at > 0 && line[at - 1] == ' ' && after,
            _ => false,
        };
        if lone || line[at] == '*' {
            line[at] = ' ';
        }
    }
}

fn position(line: &[char], from: usize, wanted: char) -> Option<usize> {
    line.iter().skip(from).position(|c| *c == wanted).map(|at| at + from)
}
