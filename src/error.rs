//! The one error: where it happened, what is wrong, and what to do next.

use std::fmt;

/// What went wrong, in words for the person at the terminal.
///
/// Displays as `PLACE: WHAT`; [`Error::hint`] is printed on a line of its own by the front door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    place: Option<String>,
    what: String,
    hint: Option<String>,
    closed_pipe: bool,
}

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error that has no place of its own yet.
    pub fn new(what: impl Into<String>) -> Self {
        Self { place: None, what: what.into(), hint: None, closed_pipe: false }
    }

    /// Says where: a path, `path:line`, an article's id. An inner place that is already set stays, behind the outer one.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(match self.place {
            Some(inner) => format!("{place}: {inner}"),
            None => place.to_string(),
        });
        self
    }

    /// Says what to type or change next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the reader of our output has gone away, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }

    /// What to do next, if there is something to say.
    pub fn next_step(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl std::error::Error for Error {}

impl From<csv::Error> for Error {
    fn from(e: csv::Error) -> Self {
        let text = e.to_string();
        match e.into_kind() {
            csv::ErrorKind::Io(e) => e.into(),
            _ => Self::new(text),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Self { closed_pipe: e.kind() == std::io::ErrorKind::BrokenPipe, ..Self::new(e.to_string()) }
    }
}
