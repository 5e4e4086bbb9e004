//! One record as bytes, and what its cells can be read as.

use jiff::civil::Date;

use crate::model::Period;

/// The cells of a row, in one piece of memory that is used again for the next row.
#[derive(Debug, Default)]
pub struct Record {
    pub(super) bytes: Vec<u8>,
    /// Where in them the row begins and ends: they may hold others.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where each cell ends.
    pub(super) ends: Vec<usize>,
    /// How many bytes stand between two cells.
    pub(super) gap: usize,
    /// How many cells the row has; of more than are asked for, only the first are in `ends`.
    pub(super) width: usize,
    /// The line of the file, from 1.
    pub line: u64,
}

impl Record {
    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.width
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.width == 0
    }

    /// The cell of that position; empty beyond the last.
    pub fn cell(&self, at: usize) -> &[u8] {
        let Some(&end) = self.ends.get(at) else { return &[] };
        let start = if at == 0 { self.start } else { self.ends[at - 1] + self.gap };
        self.bytes[start..end].trim_ascii()
    }

    /// The cells, tab-separated, as they came.
    pub fn text(&self) -> String {
        if self.gap == 1 {
            return String::from_utf8_lossy(&self.bytes[self.start..self.end]).into_owned();
        }
        let cells: Vec<_> = (0..self.len()).map(|i| String::from_utf8_lossy(self.cell(i))).collect();
        cells.join("\t")
    }
}

/// A number of a state or act without the fraction that spreadsheets add: `200.0` is `200`.
pub fn number(cell: &[u8]) -> &[u8] {
    cell.strip_suffix(b".0").unwrap_or(cell)
}

/// A whole number.
pub fn integer(cell: &[u8]) -> Option<i32> {
    std::str::from_utf8(number(cell)).ok()?.parse().ok()
}

/// A day written as `20191024`, `20191024143000`, `2019-10-24` or with a time behind it.
pub fn day(cell: &[u8]) -> Option<Date> {
    let digits = |part: &[u8]| {
        part.iter()
            .try_fold(0i16, |n, b| b.is_ascii_digit().then(|| n.wrapping_mul(10).wrapping_add(i16::from(b - b'0'))))
    };
    let (year, month, day) = match cell {
        [_, _, _, _, b'-', _, _, b'-', _, _] => (&cell[..4], &cell[5..7], &cell[8..10]),
        [_, _, _, _, b'-', _, _, b'-', _, _, b'T' | b' ', ..] => (&cell[..4], &cell[5..7], &cell[8..10]),
        _ if (cell.len() == 8 || cell.len() == 14) && cell.iter().all(u8::is_ascii_digit) => {
            (&cell[..4], &cell[4..6], &cell[6..8])
        }
        _ => return None,
    };
    Date::new(digits(year)?, digits(month)? as i8, digits(day)? as i8).ok()
}

/// A year as a period.
pub fn year(cell: &[u8]) -> Option<Period> {
    Period::year(i16::try_from(integer(cell)?).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_every_dress() {
        for text in ["20191024", "20191024143000", "2019-10-24", "2019-10-24T00:00:00.000000000", "2019-10-24 10:00"] {
            assert_eq!(day(text.as_bytes()).map(|d| d.to_string()).as_deref(), Some("2019-10-24"), "{text}");
        }
        for text in ["", "20191324", "2019-10", "201910240", "2019/10/24", "abcdefgh"] {
            assert_eq!(day(text.as_bytes()), None, "{text}");
        }
        assert_eq!(year(b"1902.0").map(|p| p.to_string()).as_deref(), Some("1902"));
        assert_eq!((integer(b"-9.0"), integer(b"x"), integer(b"")), (Some(-9), None, None));
    }
}
