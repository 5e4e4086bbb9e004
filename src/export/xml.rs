use std::borrow::Cow;

/// The text without the characters that XML 1.0 forbids (section 2.2): one of them makes readers refuse the file.
pub(super) fn permitted(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_permitted) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| is_permitted(*c)).collect())
}

fn is_permitted(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
