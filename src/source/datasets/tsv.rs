//! The tables that the program carries: `#` comments, a header row, rows of tab-separated cells.

/// The rows, each with its cells in the order of the header; cells that are missing at the end are empty.
pub fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default().trim())
    })
}
