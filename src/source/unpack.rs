//! Opens a file or standard input and unpacks gzip, xz, Zstandard and ZIP archives of one data file, told by their first
//! bytes. Bounds what a small file may unpack to. Does not look into archives of several files (ZIP, tar).

use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::walk::File;
use super::zip;

/// How many bytes are looked at to tell format and encoding.
pub const HEAD: usize = 64 * 1024;

/// Up to this much is unpacked from however small a file.
const FREE: u64 = 1 << 30;

/// Beyond [`FREE`], at most this many bytes for each byte packed. Text packs 3 to 20 times, a bomb 1,000 times and more.
const RATIO: u64 = 100;

/// Memory that an xz file may ask for, in KiB; `xz -9` needs 65 MiB.
const XZ_MEMORY: u32 = 256 * 1024;

/// The unpacked bytes of an input, its first ones also apart.
pub struct Bytes {
    pub head: Vec<u8>,
    rest: Box<dyn Read + Send>,
    /// Whether the file holds these bytes as they are.
    pub plain: bool,
}

impl Bytes {
    /// All bytes from the first on.
    pub fn into_read(self) -> impl Read + Send + 'static {
        Cursor::new(self.head).chain(self.rest)
    }

    /// Everything, if it is no more than `limit` bytes.
    pub fn read_all(self, limit: usize) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        self.into_read().take(limit as u64 + 1).read_to_end(&mut all)?;
        if all.len() > limit {
            return Err(io::Error::other(format!("larger than {} MiB", limit >> 20)));
        }
        Ok(all)
    }
}

/// Opens and, if packed, unpacks.
pub fn open(file: &File) -> io::Result<Bytes> {
    let raw: Box<dyn Read + Send> = match file {
        File::Stdin => Box::new(io::stdin()),
        File::Path(path) => Box::new(std::fs::File::open(path)?),
    };
    let raw = peek(raw, true)?;
    let Some(packing) = Packing::of(&raw.head) else { return Ok(raw) };
    let packed = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: raw.into_read(), count: packed.clone() };
    peek(Box::new(Bounded { inner: packing.reader(counted)?, packed, unpacked: 0 }), false)
}

fn peek(mut rest: Box<dyn Read + Send>, plain: bool) -> io::Result<Bytes> {
    let mut head = Vec::new();
    rest.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok(Bytes { head, rest, plain })
}

/// A file's name without `.gz`, `.xz`, `.zst` or `.zip`.
pub fn without_extension(name: &str) -> &str {
    let cut = |ext: &str| {
        let at = name.len().checked_sub(ext.len())?;
        name.get(at..).filter(|end| end.eq_ignore_ascii_case(ext)).map(|_| &name[..at])
    };
    [".gz", ".xz", ".zst", ".zip"].into_iter().find_map(cut).unwrap_or(name)
}

#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Xz,
    Zstd,
    Zip,
}

impl Packing {
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            _ => zip::holds_data(head).then_some(Self::Zip),
        }
    }

    fn reader(self, packed: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
        let packed = BufReader::new(packed);
        Ok(match self {
            Self::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
            Self::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_MEMORY)),
            Self::Zstd => Box::new(zstd::Decoder::with_buffer(packed)?),
            Self::Zip => Box::new(zip::Single::new(packed)?),
        })
    }
}

/// Counts the bytes that pass.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Stops a bomb, and says of every failure that it is one of unpacking.
struct Bounded {
    inner: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    unpacked: u64,
}

impl Read for Bounded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf).map_err(|e| match e.kind() {
            io::ErrorKind::Interrupted => e,
            io::ErrorKind::UnexpectedEof => io::Error::other("cut off: the packed data ends too early"),
            _ => io::Error::other(format!("cannot be unpacked: {e}")),
        })?;
        self.unpacked += n as u64;
        if self.unpacked > FREE && self.unpacked / RATIO > self.packed.load(Ordering::Relaxed) {
            return Err(io::Error::other(format!(
                "unpacks to over {RATIO} times its size and over {} GiB",
                FREE >> 30
            )));
        }
        Ok(n)
    }
}
