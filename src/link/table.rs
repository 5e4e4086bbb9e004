//! Reads the tab-separated tables of `data/gazetteer`: `#` comments, then a header row, then rows.

use crate::error::{Error, Result};

/// One row, with its cells by column name.
pub struct Row<'a> {
    header: &'a [&'a str],
    cells: &'a [&'a str],
}

impl<'a> Row<'a> {
    /// The cell of that column; empty if the row or the table lacks it.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.header.iter().position(|h| *h == column);
        at.and_then(|i| self.cells.get(i).copied()).unwrap_or_default()
    }

    /// The cell if there is something in it.
    pub fn some(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|c| !c.is_empty()).map(str::to_owned)
    }

    /// The values of a cell that holds several, split by `|`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        list(self.get(column))
    }
}

/// Calls `each` with the cells of those columns, for every row: a column that the table lacks is empty.
pub fn cells<'a, const N: usize>(
    name: &str,
    text: &'a str,
    columns: [&str; N],
    mut each: impl FnMut([&'a str; N]) -> Result<()>,
) -> Result<()> {
    let mut places = None;
    split(name, text, |header, cells| {
        let places = places.get_or_insert_with(|| columns.map(|c| header.iter().position(|h| *h == c)));
        each(places.map(|p| p.and_then(|i| cells.get(i).copied()).unwrap_or_default()))
    })
}

/// The values of a cell that holds several, split by `|`.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|v| !v.is_empty())
}

/// Calls `each` with every row of `text`. `name` and the line stand in front of any error.
pub fn rows<'a>(name: &str, text: &'a str, mut each: impl FnMut(Row<'_>) -> Result<()>) -> Result<()> {
    split(name, text, |header: &[&'a str], cells: &[&'a str]| each(Row { header, cells }))
}

/// Calls `each` with the header and the cells of every row.
fn split<'a>(name: &str, text: &'a str, mut each: impl FnMut(&[&'a str], &[&'a str]) -> Result<()>) -> Result<()> {
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    let Some((_, first)) = lines.next() else { return Ok(()) };
    let header: Vec<&'a str> = first.split('\t').collect();
    let mut cells: Vec<&'a str> = Vec::with_capacity(header.len());
    for (n, line) in lines {
        cells.clear();
        cells.extend(line.split('\t'));
        let at = || format!("{name}:{}", n + 1);
        if cells.len() > header.len() {
            let what = format!("{} cells, but the header has {}", cells.len(), header.len());
            return Err(Error::new(what).at(at()).hint("separate cells by one tab, values in a cell by |"));
        }
        each(&header, &cells).map_err(|e| e.at(at()))?;
    }
    Ok(())
}
