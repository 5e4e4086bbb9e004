//! What commands print beside their data.

use crate::error::Error;

/// A remark on stderr. A closed stderr is nobody's trouble.
pub fn note(text: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
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
