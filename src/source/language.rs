//! Whether a text is plainly not English. Short texts pass.

use whatlang::{Lang, detect};

/// Characters that are looked at.
const SAMPLE: usize = 4000;

/// Fewer letters than this decide nothing.
const LETTERS: usize = 120;

/// Why the text is taken for foreign, if so.
pub fn foreign(text: &str) -> Option<String> {
    let sample: String = text.chars().take(SAMPLE).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < LETTERS {
        return None;
    }
    let found = detect(&sample)?;
    (found.lang() != Lang::Eng && found.is_reliable()).then(|| format!("not English but {}", found.lang().eng_name()))
}
