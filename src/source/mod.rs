//! Turns inputs into articles, one at a time, and rows of hand-coded facts into [`coded::CodedRow`]s.
//!
//! It knows file formats, compression, encodings and the names of metadata fields. It does not know what a sentence is,
//! resolves no actor, and never stops at bad input: what cannot be read becomes a [`Skip`] that says where and why.
//!
//! ```text
//! paths -> walk -> unpack -> encoding -> one reader a format -> Draft -> finish -> Item
//! ```

pub mod coded;
pub mod datasets;
mod dates;
mod encoding;
mod feed;
mod fields;
mod finish;
mod format;
mod given;
mod html;
mod json;
mod language;
mod markdown;
mod open;
mod parquet;
mod table;
mod text;
mod unpack;
mod walk;
mod zip;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::error::Result;
use crate::model::Article;

pub use format::Format;
pub use given::{Given, Intake};

/// What the person at the terminal says about all inputs.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format, where neither extension nor content tells it.
    pub from: Option<Format>,
    /// Our field and theirs: `("text", "body")` reads the text from the field `body`.
    pub map: Vec<(String, String)>,
    /// The day of publication of articles that give none.
    pub date: Option<Date>,
    /// The publisher of articles that name none.
    pub source: Option<String>,
}

/// What reading yields, in the order of the inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Article(Article),
    /// A file or a row that gave no article.
    Skipped(Skip),
    /// Something to know of the article that comes next, which is read all the same.
    Noted(Note),
}

/// A file or row that gave no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// `path` or `path:line`.
    pub place: String,
    /// What is wrong, for a person.
    pub why: String,
    pub kind: SkipKind,
}

/// Why a file or row gave no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipKind {
    /// Missing rights, broken syntax, binary data, too large.
    Unreadable,
    /// Its text is in another language.
    NotEnglish,
    /// There is no text.
    Empty,
}

/// A slip in an article's metadata, such as a date that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// `path` or `path:line`.
    pub place: String,
    pub what: String,
}

/// Whether all inputs exist, so that nothing is begun if one does not.
///
/// # Errors
/// Names the first that does not.
pub fn check(inputs: &[PathBuf]) -> Result<()> {
    walk::check(inputs)
}

/// The articles of files, folders (with all below them, sorted by name) and standard input (`-`), read as they are asked for.
///
/// # Errors
/// A path that does not exist, or a mapping of a field that articles do not have. Everything later is an [`Item::Skipped`].
pub fn articles(inputs: &[PathBuf], options: &Options) -> Result<impl Iterator<Item = Item> + Send + use<>> {
    walk::check(inputs)?;
    let settings = Arc::new(fields::Names::new(&options.map)?);
    let from = options.from;
    let mut finisher = finish::Finisher::new(options);
    let drafts = walk::files(inputs).flat_map(move |found| match found {
        Ok(file) => open::drafts(&file, from, &settings),
        Err(skip) => Box::new(std::iter::once(Err(skip))),
    });
    Ok(drafts.flat_map(move |draft| finisher.items(draft)))
}

/// An article before its date is read, its language checked and its id made unique.
#[derive(Debug, Default)]
struct Draft {
    place: String,
    /// What its id is made of if the input gives none.
    stem: String,
    id: Option<String>,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    url: Option<String>,
    text: String,
}

/// What every format's reader returns.
type Drafts = Box<dyn Iterator<Item = Result<Draft, Skip>> + Send>;

impl Skip {
    fn new(kind: SkipKind, place: impl Into<String>, why: impl Into<String>) -> Self {
        Self { place: place.into(), why: why.into(), kind }
    }

    fn unreadable(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(SkipKind::Unreadable, place, why)
    }

    fn empty(place: impl Into<String>) -> Self {
        Self::new(SkipKind::Empty, place, "there is no text")
    }
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.why)
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}
