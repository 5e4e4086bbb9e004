//! Which column or key of a foreign table is which of our fields.

use super::{Draft, Skip, SkipKind};
use crate::error::{Error, Result};

/// Our fields, each with the names that data sets give it; the first is ours. Letter case, `_`, `-` and spaces mean nothing.
const FIELDS: [(&str, &[&str]); 6] = [
    ("id", &["id", "uid", "guid", "articleid", "docid", "documentid", "uuid"]),
    ("title", &["title", "headline", "heading", "articletitle"]),
    (
        "date",
        &[
            "date",
            "published",
            "publishedat",
            "datepublished",
            "publisheddate",
            "publicationdate",
            "publishdate",
            "pubdate",
            "datetime",
            "articledate",
            "storydate",
            "timestamp",
        ],
    ),
    ("source", &["source", "publisher", "publication", "outlet", "sitename", "newspaper", "agency", "sourcename"]),
    ("url", &["url", "link", "articleurl", "sourceurl", "weburl", "canonicalurl", "permalink", "href"]),
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "articlebody",
            "fulltext",
            "articletext",
            "bodytext",
            "maintext",
            "article",
            "story",
        ],
    ),
];

const TEXT: usize = 5;

/// The names to look for, field by field.
#[derive(Debug)]
pub struct Names {
    /// For each field the one name that the user gave.
    given: [Option<String>; FIELDS.len()],
}

/// Where each field stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns([Option<usize>; FIELDS.len()]);

impl Names {
    /// # Errors
    /// The mapping names a field that articles do not have.
    pub fn new(map: &[(String, String)]) -> Result<Self> {
        let mut given: [Option<String>; FIELDS.len()] = Default::default();
        for (ours, theirs) in map {
            let field = FIELDS.iter().position(|(name, _)| name == ours).ok_or_else(|| unknown(ours))?;
            given[field] = Some(theirs.clone());
        }
        Ok(Self { given })
    }

    /// Finds the fields among a row's names.
    pub fn columns<S: AsRef<str>>(&self, names: &[S]) -> Columns {
        let plain: Vec<String> = names.iter().map(|n| plain(n.as_ref())).collect();
        let mut columns = [None; FIELDS.len()];
        for (field, (_, synonyms)) in FIELDS.iter().enumerate() {
            columns[field] = match &self.given[field] {
                Some(given) => position(names, given).or_else(|| plain.iter().position(|p| *p == self::plain(given))),
                None => synonyms.iter().find_map(|s| plain.iter().position(|p| p == s)),
            };
        }
        Columns(columns)
    }

    /// The skip for a row without a text field.
    pub fn no_text<S: AsRef<str>>(&self, place: String, names: &[S]) -> Skip {
        let wanted = self.given[TEXT].as_deref().unwrap_or("text");
        let there: Vec<&str> = names.iter().map(AsRef::as_ref).take(12).collect();
        let why = format!("no field '{wanted}' among {}; name it with --map text=FIELD", there.join(", "));
        Skip::new(SkipKind::Unreadable, place, why)
    }
}

impl Columns {
    pub fn has_text(&self) -> bool {
        self.0[TEXT].is_some()
    }

    /// The positions of all fields that were found.
    pub fn used(&self) -> impl Iterator<Item = usize> {
        self.0.into_iter().flatten()
    }

    /// Fills a draft by asking for the value at each position.
    pub fn fill(&self, draft: &mut Draft, mut value: impl FnMut(usize) -> Option<String>) {
        let [id, title, date, source, url, text] = self.0.map(|at| at.and_then(&mut value));
        let set = |v: Option<String>| v.filter(|v| !v.trim().is_empty());
        (draft.id, draft.title, draft.date) = (set(id).map(|i| i.trim().to_owned()), set(title), set(date));
        (draft.source, draft.url, draft.text) = (set(source), set(url), text.unwrap_or_default());
    }
}

/// Whether a header names a text column.
pub fn names_text(header: &[&str]) -> bool {
    header.iter().any(|h| FIELDS[TEXT].1.contains(&plain(h).as_str()))
}

fn position<S: AsRef<str>>(names: &[S], wanted: &str) -> Option<usize> {
    names.iter().position(|n| n.as_ref() == wanted)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

fn unknown(field: &str) -> Error {
    let ours: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
    Error::new(format!("articles have no field '{field}'"))
        .hint(format!("write --map OURS=THEIRS, OURS being one of {}", ours.join(", ")))
}
