//! Spelling variants folded away: the form in which names are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that names are written with or without: "al-Assad" and "Assad" compare equal.
const OPTIONAL: &[&str] = &["al", "el"];

/// One word of a name as it is compared, and whether it was written in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// Two or more letters, all of them capitals: only such text is an acronym.
    pub capitals: bool,
}

/// The words of `text`: accents, apostrophes and the dots of abbreviations taken out, lower case, split at all else.
/// Left out are "al" and "el", and single letters after the first word (initials); never digits ("E3", "EU-3").
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    for piece in text.split(|c: char| {
        !(c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '.' | '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | '`'))
    }) {
        if let Some(word) = word(piece)
            && !(OPTIONAL.contains(&word.text.as_str()) || (!out.is_empty() && initial(&word.text)))
        {
            out.push(word);
        }
    }
    out
}

/// Whether the folded word is one letter.
pub fn initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn word(piece: &str) -> Option<Word> {
    if piece.is_ascii() && piece.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return (!piece.is_empty()).then(|| Word { text: piece.to_ascii_lowercase(), capitals: all_capitals(piece) });
    }
    let letters: String = piece.nfkd().filter(|c| c.is_alphanumeric()).collect();
    let text: String = letters.chars().flat_map(char::to_lowercase).map(plain).collect();
    (!text.is_empty()).then(|| Word { capitals: all_capitals(&letters), text })
}

fn all_capitals(letters: &str) -> bool {
    letters.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !letters.chars().any(char::is_lowercase)
}

/// Letters that decomposition leaves whole.
fn plain(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        'æ' => 'a',
        'ß' => 's',
        _ => c,
    }
}

/// The words joined by blanks: the key that tables of names are looked up with.
pub fn key(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

/// What a folded name is made of.
#[derive(Clone, Copy)]
pub struct Folded {
    pub words: usize,
    /// Where the first word ends.
    pub first: usize,
    /// Whether the first word is written in capitals.
    pub capitals: bool,
}

/// Writes the key of a text.
pub fn fold(text: &str, out: &mut String) -> Folded {
    out.clear();
    if text.is_ascii() {
        return fold_ascii(text, out);
    }
    let mut folded = Folded { words: 0, first: 0, capitals: false };
    for word in words(text) {
        if folded.words == 0 {
            folded = Folded { words: 0, first: word.text.len(), capitals: word.capitals };
        } else {
            out.push(' ');
        }
        out.push_str(&word.text);
        folded.words += 1;
    }
    folded
}

/// The same for plain letters, without a list of the words: tables hold tens of thousands.
fn fold_ascii(text: &str, out: &mut String) -> Folded {
    let mut folded = Folded { words: 0, first: 0, capitals: false };
    let parts = |b: u8| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'\'' | b'`'));
    for piece in text.as_bytes().split(|b| parts(*b)) {
        let begin = out.len();
        if folded.words > 0 {
            out.push(' ');
        }
        let start = out.len();
        let letters = piece.iter().filter(|b| b.is_ascii_alphanumeric());
        out.extend(letters.clone().map(|b| char::from(b.to_ascii_lowercase())));
        let word = &out[start..];
        if word.is_empty() || OPTIONAL.contains(&word) || (folded.words > 0 && initial(word)) {
            out.truncate(begin);
            continue;
        }
        if folded.words == 0 {
            let alphabetic = letters.clone().filter(|b| b.is_ascii_alphabetic()).count() >= 2;
            folded.capitals = alphabetic && !letters.clone().any(u8::is_ascii_lowercase);
            folded.first = out.len();
        }
        folded.words += 1;
    }
    folded
}

/// An id made of a name: lower case, hyphens for everything else.
pub fn slug(name: &str) -> String {
    key(name).replace(' ', "-")
}
