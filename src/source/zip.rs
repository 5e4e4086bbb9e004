//! A ZIP archive of one data file, read as a stream, as GDELT publishes its files. Does not list archives: what holds
//! several files, or is encrypted, or an office document, is left alone.

use std::io::{self, BufRead, Read};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

/// What a local file header begins with (PKWARE APPNOTE 4.3.7).
const HEADER: &[u8] = b"PK\x03\x04";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
const FIXED: usize = 30;

/// Endings of data files; the parts of office documents have others.
const ENDINGS: [&str; 7] = [".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".export"];

/// Whether the first bytes are those of an archive whose first file is data that can be read here.
pub fn holds_data(head: &[u8]) -> bool {
    let Some(name) = name(head) else { return false };
    let plain = number(head, 6, 2) & 1 == 0 && matches!(number(head, 8, 2), 0 | 8);
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    plain && ENDINGS.iter().any(|e| name.ends_with(e))
}

fn name(head: &[u8]) -> Option<&[u8]> {
    head.starts_with(HEADER).then(|| head.get(FIXED..FIXED + number(head, 26, 2)))?
}

fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    let part = bytes.get(at..at + length).unwrap_or_default();
    part.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b))
}

/// The first file of an archive, unpacked; an error at its end if its checksum is wrong or another file follows.
pub struct Single<R> {
    body: Body<R>,
    crc: Crc,
    /// The checksum, where the header has it.
    expected: Option<u32>,
}

enum Body<R> {
    Stored(io::Take<R>),
    Deflated(DeflateDecoder<R>),
    Done,
}

impl<R: BufRead> Single<R> {
    /// Reads the header.
    pub fn new(mut packed: R) -> io::Result<Self> {
        let mut head = [0; FIXED];
        packed.read_exact(&mut head)?;
        let skip = (number(&head, 26, 2) + number(&head, 28, 2)) as u64;
        io::copy(&mut packed.by_ref().take(skip), &mut io::sink())?;
        let later = number(&head, 6, 2) & 8 != 0;
        let body = match number(&head, 8, 2) {
            8 => Body::Deflated(DeflateDecoder::new(packed)),
            0 if !later => Body::Stored(packed.take(number(&head, 18, 4) as u64)),
            _ => return Err(io::Error::other("a ZIP archive of a kind that is not read here: unpack it first")),
        };
        let expected = (!later).then(|| number(&head, 14, 4) as u32);
        Ok(Self { body, crc: Crc::new(), expected })
    }

    /// Looks at what follows the file.
    fn finish(&mut self) -> io::Result<()> {
        let mut rest = match std::mem::replace(&mut self.body, Body::Done) {
            Body::Stored(rest) => rest.into_inner(),
            Body::Deflated(rest) => rest.into_inner(),
            Body::Done => return Ok(()),
        };
        let mut next = Vec::new();
        rest.by_ref().take(24).read_to_end(&mut next)?;
        let expected = self.expected.unwrap_or_else(|| {
            let at = if next.starts_with(DESCRIPTOR) { 4 } else { 0 };
            number(&next, at, 4) as u32
        });
        if expected != self.crc.sum() {
            return Err(io::Error::other("the checksum of the file in the ZIP archive is wrong"));
        }
        if next.windows(4).any(|w| w == HEADER) {
            return Err(io::Error::other("the ZIP archive holds several files, of which only the first is read"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Single<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = match &mut self.body {
            Body::Stored(body) => body.read(buf)?,
            Body::Deflated(body) => body.read(buf)?,
            Body::Done => 0,
        };
        self.crc.update(&buf[..n]);
        if n == 0 && !buf.is_empty() {
            self.finish()?;
        }
        Ok(n)
    }
}
