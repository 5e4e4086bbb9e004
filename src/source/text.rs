//! Plain text: first line the title, then optional header lines, then the text.

use super::Draft;
use super::open::Input;

/// Reads one article. A file of one line only is a text without title.
pub fn read(input: &Input, content: &str) -> Draft {
    let mut draft = input.draft();
    let (title, rest) = first_line(content);
    if rest.trim().is_empty() {
        draft.text = title.to_owned();
        return draft;
    }
    draft.title = Some(title.trim().to_owned());
    draft.text = headers(&mut draft, rest).to_owned();
    draft
}

/// The first line that is not blank, and what follows it.
fn first_line(content: &str) -> (&str, &str) {
    let start = content.len() - content.trim_start().len();
    let content = &content[start..];
    content.split_once('\n').unwrap_or((content, ""))
}

/// Takes `Date:`, `Source:` and `URL:` lines in any order and the blank lines among and behind them; returns the rest.
pub fn headers<'a>(draft: &mut Draft, mut rest: &'a str) -> &'a str {
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if !line.trim().is_empty() && !header(draft, line) {
            break;
        }
        rest = after;
    }
    rest
}

/// Whether the line is a header that was not there before; keeps its value.
fn header(draft: &mut Draft, line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    let field = match name.trim().to_ascii_lowercase().as_str() {
        "date" => &mut draft.date,
        "source" => &mut draft.source,
        "url" => &mut draft.url,
        _ => return false,
    };
    let new = field.is_none();
    if new {
        *field = Some(value.trim().to_owned()).filter(|v| !v.is_empty());
    }
    new
}
