//! A file of lines in parts that are read where they are wanted, beside each other.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::source::json::LINE;

/// Bytes that a part begins in: as much as stays in a core's own cache while it is read and cut.
const BYTES: u64 = 256 << 10;

/// Bytes that are read at a time of a line that goes beyond its part.
const MORE: usize = 4 << 10;

/// The parts that are left of a file.
pub struct Spans {
    file: Arc<File>,
    at: u64,
    end: u64,
}

/// The lines that begin from one byte of a file to another.
pub struct Span {
    file: Arc<File>,
    from: u64,
    to: u64,
}

impl Spans {
    /// The lines from that byte on, where one begins; `None` for what is no regular file.
    pub fn of(path: &Path, at: u64) -> Option<Self> {
        let file = File::open(path).ok()?;
        let about = file.metadata().ok().filter(|m| m.is_file() && m.len() > 0)?;
        Some(Self { file: Arc::new(file), at, end: about.len() })
    }
}

impl Iterator for Spans {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let from = self.at;
        self.at = self.end.min(from + BYTES);
        (from < self.end).then(|| Span { file: Arc::clone(&self.file), from, to: self.at })
    }
}

impl Span {
    /// Reads the lines in place of what `to` holds; returns where the first begins.
    ///
    /// # Errors
    /// The file cannot be read, or a line is too long.
    pub fn read(&self, to: &mut Vec<u8>) -> io::Result<usize> {
        // a line begins at `from` if the byte before ends one
        let whole = (self.to - self.from + 1) as usize;
        to.resize(whole, 0);
        self.fill(to, 0)?;
        let Some(end) = memchr::memchr(b'\n', &to[..to.len().min(whole - 1)]) else {
            to.clear();
            return Ok(0);
        };
        while to.last() != Some(&b'\n') && self.more(to)? {}
        Ok(end + 1)
    }

    /// Reads more, up to the end of a line; whether there is more.
    fn more(&self, to: &mut Vec<u8>) -> io::Result<bool> {
        let had = to.len();
        to.resize(had + MORE, 0);
        self.fill(to, had)?;
        match memchr::memchr(b'\n', &to[had..]) {
            Some(end) => to.truncate(had + end + 1),
            None if to.len() as u64 >= LINE => return Err(too_long()),
            None => {}
        }
        Ok(to.len() > had)
    }

    /// Reads what follows the first `had` bytes; cuts off what the file does not fill.
    fn fill(&self, to: &mut Vec<u8>, mut had: usize) -> io::Result<()> {
        while had < to.len() {
            match read_at(&self.file, &mut to[had..], self.from - 1 + had as u64) {
                Ok(0) => to.truncate(had),
                Ok(read) => had += read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }
}

pub(super) fn too_long() -> io::Error {
    io::Error::other(format!("a line of more than {} MiB", LINE >> 20))
}

#[cfg(unix)]
fn read_at(file: &File, to: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, to, at)
}

#[cfg(windows)]
fn read_at(file: &File, to: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, to, at)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    /// All lines, part by part.
    fn lines(spans: Option<Spans>) -> Vec<Vec<u8>> {
        let (mut bytes, mut all) = (Vec::new(), Vec::new());
        for span in spans.into_iter().flatten() {
            let first = span.read(&mut bytes).expect("a part");
            all.extend(bytes[first..].split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec));
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn parts_hold_each_line_once(
            lengths in prop::collection::vec(prop_oneof![0..300usize, 0..300_000usize], 1..12),
            near in prop::collection::vec(-2..3i64, 1..4),
            ended: bool,
        ) {
            let mut text: Vec<u8> = lengths.iter().flat_map(|n| [&vec![b'x'; *n][..], b"\n"].concat()).collect();
            let first = text.iter().position(|b| *b == b'\n').map_or(0, |at| at + 1);
            // ends of lines where parts meet
            for (part, by) in near.iter().enumerate() {
                let at = first as i64 + (part as i64 + 1) * BYTES as i64 + by;
                if let Some(byte) = text.get_mut(at as usize) {
                    *byte = b'\n';
                }
            }
            if !ended {
                text.pop();
            }
            let mut file = tempfile::NamedTempFile::new().expect("a file");
            file.write_all(&text).expect("room");
            let found = lines(Spans::of(file.path(), first as u64));
            let expected = text[first.min(text.len())..].split_inclusive(|b| *b == b'\n');
            prop_assert!(found == expected.map(<[u8]>::to_vec).collect::<Vec<_>>());
        }
    }
}
