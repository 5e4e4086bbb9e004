//! What commands print beside their data.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

thread_local! {
    /// The remarks of a command that a program has called, in place of stderr.
    static KEPT: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// A remark on stderr, or kept for the program that has called the command. A closed stderr is nobody's trouble.
pub fn note(text: impl std::fmt::Display) {
    KEPT.with_borrow_mut(|kept| match kept {
        Some(kept) => kept.push(text.to_string()),
        None => _ = writeln!(std::io::stderr(), "{text}"),
    });
}

/// Runs something and keeps the remarks that it makes on this thread.
pub fn keeping<T>(run: impl FnOnce() -> T) -> (T, Vec<String>) {
    let outer = KEPT.replace(Some(Vec::new()));
    let done = run();
    (done, KEPT.replace(outer).unwrap_or_default())
}

/// An error, and on a line of its own what to do next.
pub fn fail(e: &Error) {
    note(format_args!("error: {e}"));
    if let Some(next) = e.next_step() {
        tip(next);
    }
}

/// What to type or change next, on a line of its own.
pub fn tip(next: impl std::fmt::Display) {
    note(format_args!("  try: {next}"));
}

/// Writes a file whole or not at all: beside it, then renamed.
pub fn into_file<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let at = |e: Error| e.at(path.display());
    let mut file = BufWriter::new(File::create(&part).map_err(|e| at(e.into()))?);
    let written = write(&mut file).and_then(|done| file.flush().map(|()| done).map_err(Error::from));
    match written {
        Ok(done) => std::fs::rename(&part, path).map(|()| done).map_err(|e| at(e.into())),
        Err(e) => {
            let _ = std::fs::remove_file(&part);
            Err(at(e))
        }
    }
}
