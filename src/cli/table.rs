use std::io::Write;

use comfy_table::{ContentArrangement, Table, presets};

use crate::error::Result;

/// A table without rules. On a terminal its cells wrap to the width; in a pipe every cell is one line.
pub struct Rows(Table);

impl Rows {
    /// An empty table; no head line if `head` is empty.
    pub fn new(head: &[&str]) -> Self {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        if !head.is_empty() {
            table.set_header(head.iter().map(|h| h.to_uppercase()));
        }
        Self(table)
    }

    pub fn push<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.0.add_row(cells.into_iter().map(|c| printable(c.as_ref())));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the lines, without blanks at their ends.
    pub fn print(&mut self, out: &mut dyn Write) -> Result<()> {
        self.0.column_iter_mut().for_each(|column| _ = column.set_padding((0, 2)));
        for line in self.0.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Without control characters: a quote from the web must not steer the terminal. Line breaks stay.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// A value as JSON for programs, with a line break at the end.
pub fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}
