//! Names that depend on content alone: the same event has the same id in every run, on every machine.

use sha2::{Digest, Sha256};

/// How many hexadecimal digits an id has: 80 bits, a collision among ten million events has odds of 1 to 20 billion.
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
