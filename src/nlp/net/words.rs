//! What the network sees of a word's letters: the word itself, its ends, its shape, and its pretrained vector.

use crate::nlp::lemmas::hidden;
use crate::nlp::parser::punctuation::class;

/// Rows of each hashed table.
pub const HASHED_ROWS: usize = 4096;
/// Hashed tables: suffixes of 2, 3 and 4 letters, prefixes of 2 and 3, shape.
pub const HASHED: usize = 6;

/// The rows that stand for one word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordRows {
    /// In the table of known words; 0 for all others.
    pub word: u32,
    /// In the pretrained vectors, if it has one.
    pub vector: Option<u32>,
    /// In the one table that holds all hashed features.
    pub hashed: [u32; HASHED],
    /// The class of the mark, if it is one.
    pub mark: u8,
}

/// Known words and words with a pretrained vector, both as [`key`] spells them.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    known: Numbers,
    vectors: Numbers,
}

impl Vocabulary {
    /// Row numbers follow the lists, which hold a word a line; known words begin at row 1.
    pub fn new(known: &str, vectors: &str) -> Self {
        Self { known: Numbers::new(known), vectors: Numbers::new(vectors) }
    }

    pub fn rows(&self, form: &str) -> WordRows {
        let key = key(form);
        let vector = self.vectors.get(&key).or_else(|| self.vectors.get(&without_marks(&key)?));
        WordRows {
            word: self.known.get(&key).map_or(0, |n| n + 1),
            vector,
            hashed: hashed(&key, form),
            mark: class(form),
        }
    }
}

/// A list of words with the way back from a word to its number. One text and one table: it loads at once.
#[derive(Debug, Clone, Default)]
struct Numbers {
    text: Box<str>,
    /// Where each word begins in the text, and where the next one does.
    starts: Vec<u32>,
    /// Word numbers plus one at the places of their hashes or behind them; a power of two of slots.
    slots: Vec<u32>,
}

impl Numbers {
    fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1));
        starts.push(text.len() as u32 + 1);
        let mut numbers = Self { text: text.into(), slots: vec![0; (starts.len() * 2).next_power_of_two()], starts };
        for n in 0..numbers.starts.len() as u32 - 1 {
            if let Err(slot) = numbers.find(numbers.word(n)) {
                numbers.slots[slot] = n + 1;
            }
        }
        numbers
    }

    fn word(&self, n: u32) -> &str {
        let n = n as usize;
        &self.text[self.starts[n] as usize..self.starts[n + 1] as usize - 1]
    }

    fn get(&self, word: &str) -> Option<u32> {
        if self.slots.is_empty() { None } else { self.find(word).ok() }
    }

    /// The number of the word, or the free slot in which it would be.
    fn find(&self, word: &str) -> Result<u32, usize> {
        let mut slot = fnv(word.as_bytes()) as usize & (self.slots.len() - 1);
        loop {
            match self.slots[slot].checked_sub(1) {
                None => return Err(slot),
                Some(n) if self.word(n) == word => return Ok(n),
                Some(_) => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }
}

/// The spelling by which words are looked up: lower case, digits as `0`, straight quotes.
pub fn key(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            '0'..='9' => out.push('0'),
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' => out.push('\''),
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{2033}' => out.push('"'),
            '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2212}' => out.push('–'),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            c if hidden(c) => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The word of a number-like or dashed spelling that pretrained vectors know: `0,000` for any such number.
fn without_marks(key: &str) -> Option<String> {
    match key {
        "–" => Some("--".to_owned()),
        "…" => Some("...".to_owned()),
        _ if key.len() > 24 || key.is_ascii() => None,
        _ => Some(key.chars().map(plain).collect()),
    }
}

/// The base letter of the Latin letters that news spells with and without marks.
fn plain(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        c => c,
    }
}

fn hashed(key: &str, form: &str) -> [u32; HASHED] {
    let end = |n: usize| key.char_indices().rev().nth(n - 1).map_or(key, |(i, _)| &key[i..]);
    let start = |n: usize| key.char_indices().nth(n).map_or(key, |(i, _)| &key[..i]);
    let shape = shape(form);
    let parts = [end(2), end(3), end(4), start(2), start(3), &shape];
    let mut kind = 0;
    parts.map(|part| {
        kind += 1;
        (kind - 1) * HASHED_ROWS as u32 + fnv(part.as_bytes()) % HASHED_ROWS as u32
    })
}

/// `Ayatollah` is `Xx`, `U.S.` `X.X.`, `2,000` `d,d`: classes of letters, runs of the same class cut to two.
fn shape(form: &str) -> String {
    let mut out = String::with_capacity(12);
    let (mut last, mut run) = (' ', 0);
    for c in form.chars() {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201C}' | '\u{201D}' => '"',
            c => c,
        };
        run = if class == last { run + 1 } else { 0 };
        last = class;
        if run < 2 && out.len() < 24 {
            out.push(class);
        }
    }
    out
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo): the model file depends on it, so it is fixed here.
fn fnv(bytes: &[u8]) -> u32 {
    let hash = bytes.iter().fold(0x811c_9dc5u32, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193));
    hash ^ hash >> 15
}
