//! Names that depend on content alone: the same claim has the same id in every run, on every machine.

use sha2::{Digest, Sha256};

use crate::model::{Fact, Field};

/// How many hexadecimal digits an id has: 80 bits, a collision among ten million claims has odds of 1 to 20 billion.
const DIGITS: usize = 20;

/// An id of those parts, in that order. Parts are told apart by their lengths, so no two lists have one id by chance
/// of where a part ends.
pub fn hash<S: AsRef<str>>(parts: impl IntoIterator<Item = S>) -> String {
    full(parts)[..DIGITS].to_owned()
}

/// SHA-256 of those parts, as 64 hexadecimal digits.
pub fn full<S: AsRef<str>>(parts: impl IntoIterator<Item = S>) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        let part = part.as_ref();
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part);
    }
    hex(&sha.finalize())
}

/// SHA-256 of a text's UTF-8 bytes, as `sha256sum` prints it.
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The id of a claim: what is said, in which words of which article, and what read it.
pub fn claim(fact: &Fact) -> String {
    let (c, e) = (&fact.claim, &fact.evidence);
    let text = |o: &Option<String>| o.clone().unwrap_or_default();
    hash([
        e.article.clone(),
        c.relation.id().to_owned(),
        c.source.id.clone(),
        c.target.id.clone(),
        c.date.map(|d| d.to_string()).unwrap_or_default(),
        text(&c.place),
        c.status.to_string(),
        c.attribution.as_ref().map(|a| a.id.clone()).unwrap_or_default(),
        text(&c.role),
        c.mutual.to_string(),
        (e.field == Field::Title).to_string(),
        e.start.to_string(),
        e.end.to_string(),
        e.extractor.clone(),
    ])
}
