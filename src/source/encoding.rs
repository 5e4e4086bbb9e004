//! Bytes to text: byte order marks, UTF-16, what HTML and XML declare, UTF-8, else a guess by the bytes' statistics
//! (chardetng, as in Firefox). Tells binary data from text.

use std::io::{self, BufRead, BufReader, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::unpack::{Bytes, HEAD};

/// A whole document as text without its byte order mark. `declared` is what the document itself says of its encoding.
pub fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> String {
    let marked = Encoding::for_bom(&bytes).map(|(e, _)| e);
    let encoding = marked.or_else(|| wide(&bytes)).or(declared);
    if encoding.is_none_or(|e| e == UTF_8) {
        let skip = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        if let Ok(text) = std::str::from_utf8(&bytes[skip..]) {
            return text.to_owned();
        }
    }
    let encoding = encoding.unwrap_or_else(|| guess(&bytes));
    encoding.decode(&bytes).0.into_owned()
}

/// One line or cell: UTF-8, or what its bytes look like.
pub fn decode_part(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => guess(bytes).decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// A long input as UTF-8, recoded as it is read if its head is in another encoding. A stray byte further on stays as it
/// is, for [`decode_part`].
pub fn stream(bytes: Bytes) -> Box<dyn BufRead + Send> {
    let head = &bytes.head;
    let (text, decoder) = (utf8_from(head), encoding(head).new_decoder_with_bom_removal());
    let mut raw = BufReader::with_capacity(HEAD, bytes.into_read());
    if let Some(skip) = text {
        // The mark lies within the head, which is in memory: this cannot fail.
        let _ = io::copy(&mut raw.by_ref().take(skip as u64), &mut io::sink());
        return Box::new(raw);
    }
    Box::new(BufReader::new(Recode { raw, decoder, done: false }))
}

/// At which byte the text begins, if the input is UTF-8 by its head.
pub fn utf8_from(head: &[u8]) -> Option<usize> {
    (encoding(head) == UTF_8).then_some(if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 })
}

fn encoding(head: &[u8]) -> &'static Encoding {
    let marked = Encoding::for_bom(head).map(|(e, _)| e);
    marked.or_else(|| wide(head)).unwrap_or_else(|| if utf8(head) { UTF_8 } else { guess(head) })
}

/// Why these first bytes cannot be text, if so.
pub fn binary(head: &[u8]) -> Option<String> {
    let known = MAGIC.iter().find(|(magic, at, _)| head.get(*at..).is_some_and(|h| h.starts_with(magic)));
    if let Some((_, _, what)) = known {
        return Some(format!("{what}, not text"));
    }
    let text = Encoding::for_bom(head).or_else(|| wide(head).map(|e| (e, 0)));
    let strange = match text {
        Some((encoding, _)) if encoding != UTF_8 => {
            encoding.decode(head).0.chars().filter(|&c| control(c) || c == '\u{FFFD}').count() * 2
        }
        _ => head.iter().filter(|&&b| control(char::from(b)) && b < 0x80).count(),
    };
    (strange * 20 > head.len()).then(|| "binary data, not text".to_owned())
}

/// What other files begin with, at which byte, and what they are.
const MAGIC: [(&[u8], usize, &str); 10] = [
    (b"%PDF-", 0, "a PDF file"),
    (b"PK\x03\x04", 0, "a ZIP archive or office document"),
    (b"7z\xBC\xAF\x27\x1C", 0, "a 7z archive"),
    (b"Rar!", 0, "a RAR archive"),
    (b"BZh", 0, "a bzip2 file"),
    (b"ustar", 257, "a tar archive"),
    (b"\x89PNG", 0, "a picture"),
    (b"\xFF\xD8\xFF", 0, "a picture"),
    (b"SQLite format 3\0", 0, "a database"),
    (b"\x7FELF", 0, "a program"),
];

fn control(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\x0C' | '\x1B')
}

/// UTF-16 without a mark: every other byte of mostly Western text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    let many = |n: usize| half >= 2 && n * 10 > half * 7;
    let few = |n: usize| n * 20 < half.max(1);
    match (many(even), many(odd)) {
        (false, true) if few(even) => Some(UTF_16LE),
        (true, false) if few(odd) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether it is UTF-8, but for a character cut off at the end.
fn utf8(head: &[u8]) -> bool {
    std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Recodes to UTF-8 while reading. Wants a buffer of some bytes at least: stands behind a [`BufReader`] always.
struct Recode<R> {
    raw: R,
    decoder: Decoder,
    done: bool,
}

impl<R: BufRead> Read for Recode<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while !self.done {
            let input = self.raw.fill_buf()?;
            let last = input.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, buf, last);
            self.raw.consume(read);
            self.done = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}
