//! Whether a text is plainly not English. Short texts pass.

use whatlang::{Info, Lang, Script, detect};

/// Characters that are looked at.
const SAMPLE: usize = 1500;

/// Fewer letters decide nothing: a sentence full of foreign names looks like no language at all. Measured on 8,897 English
/// articles and their beginnings: three beginnings of 94 to 157 letters were taken for another language, no longer one.
const LATIN: usize = 200;

/// Another script shows at once.
const OTHER: usize = 20;

/// Why the text is taken for foreign, if so.
pub fn foreign(text: &str) -> Option<String> {
    let sample: String = text.chars().take(SAMPLE).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let found = detect(&sample)?;
    match found.script() {
        Script::Latin => (letters >= LATIN && found.lang() != Lang::Eng && found.is_reliable()).then(|| told(&found)),
        _ => (letters >= OTHER).then(|| told(&found)),
    }
}

fn told(found: &Info) -> String {
    match found.is_reliable() {
        true => format!("not English but {}", found.lang().eng_name()),
        false => format!("not English: it is in {} script", found.script().name()),
    }
}
