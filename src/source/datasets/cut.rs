//! Finds where lines and their cells end, in one pass over the bytes.

use super::cells::Record;

/// Bytes that are looked at at once.
const PIECE: usize = 64;

/// A place among lines, and what is known of the bytes around it.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    /// Where the next line begins.
    at: usize,
    /// Where the piece begins of which marks are left.
    piece: usize,
    left: Marks,
}

/// A bit for each byte that is a tab or ends a line, the lowest for the first.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Marks {
    tabs: u64,
    ends: u64,
}

impl Cutter {
    /// At a byte with which a line begins.
    pub fn new(at: usize) -> Self {
        // nothing is left of the piece before
        Self { at, piece: at.wrapping_sub(PIECE), left: Marks::default() }
    }

    /// Makes the next of the record's lines its row, as [`Cutter::line`] does; false at the end of its bytes.
    pub fn next(&mut self, record: &mut Record, wanted: usize) -> bool {
        let more = self.at < record.bytes.len();
        if more {
            self.line(record, wanted);
        }
        more
    }

    /// Finds the first cells of the line, as many as are wanted, and counts the others. Looking at all bytes takes less time
    /// than to search for each tab by itself, cells are so short.
    pub fn line(&mut self, record: &mut Record, wanted: usize) {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("popcnt") {
            // SAFETY: the processor has all three.
            return unsafe { self.line_by_vectors(record, wanted) };
        }
        self.line_by(record, wanted, marks_in_words);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,popcnt")]
    fn line_by_vectors(&mut self, record: &mut Record, wanted: usize) {
        self.line_by(record, wanted, |piece| marks_in_vectors(piece));
    }

    #[inline(always)]
    fn line_by(&mut self, record: &mut Record, wanted: usize, marks_in: impl Fn(&[u8; PIECE]) -> Marks) {
        record.begin(self.at);
        loop {
            let end = self.left.ends & self.left.ends.wrapping_neg();
            let before = end.wrapping_sub(1);
            record.add(self.left.tabs & before, self.piece, wanted);
            if end != 0 {
                self.left = Marks { tabs: self.left.tabs & !before, ends: self.left.ends ^ end };
                record.end = self.piece + end.trailing_zeros() as usize;
                break;
            }
            self.piece = self.piece.wrapping_add(PIECE);
            let Some(rest) = record.bytes.get(self.piece..) else {
                record.end = record.bytes.len();
                break;
            };
            self.left = match rest.first_chunk() {
                Some(piece) => marks_in(piece),
                None => marks_in(&padded(rest)),
            };
        }
        self.at = record.end + 1;
        record.close(wanted);
    }
}

impl Record {
    fn begin(&mut self, at: usize) {
        self.ends.clear();
        (self.start, self.width, self.gap) = (at, 1, 1);
    }

    /// Takes the tabs of a piece for ends of cells.
    #[inline(always)]
    fn add(&mut self, mut tabs: u64, piece: usize, wanted: usize) {
        let count = tabs.count_ones() as usize;
        self.width += count;
        self.ends.extend((0..count.min(wanted.saturating_sub(self.ends.len()))).map(|_| {
            let tab = tabs.trailing_zeros() as usize;
            tabs &= tabs.wrapping_sub(1);
            piece + tab
        }));
    }

    fn close(&mut self, wanted: usize) {
        if self.bytes[self.start..self.end].last() == Some(&b'\r') {
            self.end -= 1;
        }
        if self.ends.len() < wanted {
            self.ends.push(self.end);
        }
    }
}

/// The last bytes, with zeros behind.
fn padded(bytes: &[u8]) -> [u8; PIECE] {
    std::array::from_fn(|at| bytes.get(at).copied().unwrap_or_default())
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn marks_in_vectors(piece: &[u8; PIECE]) -> Marks {
    use std::arch::x86_64::{_mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_set_epi64x, _mm256_set1_epi8};
    let mut found = Marks::default();
    for (half, bytes) in piece.as_chunks::<32>().0.iter().enumerate() {
        let words: [i64; 4] = std::array::from_fn(|at| i64::from_le_bytes(bytes.as_chunks().0[at]));
        let vector = _mm256_set_epi64x(words[3], words[2], words[1], words[0]);
        let equal = |byte: u8| {
            let same = _mm256_cmpeq_epi8(vector, _mm256_set1_epi8(byte as i8));
            u64::from(_mm256_movemask_epi8(same) as u32) << (32 * half)
        };
        found.tabs |= equal(b'\t');
        found.ends |= equal(b'\n');
    }
    found
}

/// The same by eight bytes at a time.
fn marks_in_words(piece: &[u8; PIECE]) -> Marks {
    let mut found = Marks::default();
    for (at, word) in piece.as_chunks().0.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        found.tabs |= equal_bytes(word, b'\t') << (8 * at);
        found.ends |= equal_bytes(word, b'\n') << (8 * at);
    }
    found
}

/// A bit for each byte that is equal (Warren, Hacker's Delight, 6-1).
fn equal_bytes(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x7F; 8]);
    let zero = word ^ u64::from_le_bytes([byte; 8]);
    let highest = !(((zero & LOW) + LOW) | zero | LOW);
    // the highest bits of eight bytes, side by side
    (highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Hostile bytes: many ends and tabs, zeros, halves of characters, bytes that differ from a tab or an end by one bit; and
    /// now and then a long line.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let marks =
            prop_oneof![Just(b'\t'), Just(b'\n'), Just(b'\r'), Just(0), Just(0xC3), Just(0x89), Just(0x8A), Just(8)];
        let byte = prop_oneof![2 => marks, 1 => any::<u8>()];
        let piece = prop_oneof![
            9 => prop::collection::vec(byte, 0..90),
            1 => (any::<u8>(), 0..9000usize).prop_map(|(byte, n)| vec![byte; n]),
            1 => Just(b"\r\n".to_vec()),
        ];
        prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    fn is_cut(record: &Record, line: &[u8], wanted: usize) -> Result<(), TestCaseError> {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        prop_assert_eq!(&record.bytes[record.start..record.end], line);
        let cells: Vec<&[u8]> = line.split(|b| *b == b'\t').collect();
        prop_assert_eq!(record.len(), cells.len());
        for (at, cell) in cells.into_iter().enumerate() {
            prop_assert_eq!(record.cell(at), if at < wanted { cell.trim_ascii() } else { b"" });
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_and_cells_are_those_of_a_plain_cut(bytes in bytes(), at in 0..70usize, wanted in 0..90usize) {
            let at = at.min(bytes.len());
            let mut record = Record { bytes: bytes.clone(), ..Record::default() };
            let mut cutter = Cutter::new(at);
            for line in bytes[at..].split_inclusive(|b| *b == b'\n') {
                prop_assert!(cutter.next(&mut record, wanted));
                is_cut(&record, line, wanted)?;
            }
            prop_assert!(!cutter.next(&mut record, wanted));
            let mut plain = Cutter::new(at);
            for line in bytes[at..].split_inclusive(|b| *b == b'\n') {
                plain.line_by(&mut record, wanted, marks_in_words);
                is_cut(&record, line, wanted)?;
            }
        }
    }
}
