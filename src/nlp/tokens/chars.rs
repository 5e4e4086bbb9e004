//! Classes of characters that bound tokens.

use crate::nlp::lemmas::hidden;

/// White space, and marks that show nothing between words.
pub fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || (hidden(c) && c != '\u{AD}')
}

pub fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '"' | '\u{201C}' | '\u{201E}' | '«' | '<' | '\u{2039}' | '¿' | '¡' | '`' | '|' | '•')
}

pub fn closes(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | ')' | ']' | '}' | '"' | '\u{201D}' | '\u{201C}' | '»' | '>' | '\u{203A}' | '%' | '|' | '°'
    )
}

pub fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2032}' | '`' | '\u{B4}')
}

pub fn currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '₺' | '₩' | '₪' | '﷼')
}

pub fn dash(c: char) -> bool {
    matches!(c, '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2212}')
}
