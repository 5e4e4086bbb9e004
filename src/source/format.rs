use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// How an input is written. Compression is apart from it and always recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// First line the title; then optional `Date:`, `Source:`, `URL:` lines; then the text.
    Txt,
    Markdown,
    Html,
    /// An object, an array of objects, or `{"articles": [...]}`.
    Json,
    /// An object a line.
    Jsonl,
    /// A table with a header, separated by commas, semicolons or tabs.
    Csv,
    Parquet,
    /// RSS or Atom.
    Feed,
}

impl Format {
    /// Every format, as `--from` lists them.
    pub const ALL: [Self; 8] =
        [Self::Txt, Self::Markdown, Self::Html, Self::Json, Self::Jsonl, Self::Csv, Self::Parquet, Self::Feed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Feed => "feed",
        }
    }

    /// The format of that extension (without the dot, in any case); `None` for one that says nothing.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Self::Txt,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" | "tsv" => Self::Csv,
            "parquet" | "pq" => Self::Parquet,
            "feed" | "rss" | "atom" | "rdf" => Self::Feed,
            _ => return None,
        })
    }

    /// The format that the first characters of an unpacked input show; plain text if they show none.
    pub fn sniff(head: &str) -> Self {
        let head = head.trim_start();
        let start: String = head.chars().take(64).collect::<String>().to_ascii_lowercase();
        let tag = |names: &[&str]| names.iter().any(|n| start.starts_with(n));
        if head.starts_with("PAR1") {
            Self::Parquet
        } else if tag(&["<rss", "<feed", "<rdf:rdf"]) {
            Self::Feed
        } else if tag(&["<?xml"]) {
            if ["<rss", "<feed", "<rdf:RDF"].iter().any(|t| head.contains(t)) { Self::Feed } else { Self::Html }
        } else if tag(&["<!doctype html", "<html", "<head", "<body", "<!--", "<meta", "<article", "<div", "<p>"]) {
            Self::Html
        } else if start.starts_with(['{', '[']) {
            json(head)
        } else if start.starts_with("# ") || start.starts_with("---\n") || start.starts_with("---\r\n") {
            Self::Markdown
        } else if table(head) {
            Self::Csv
        } else {
            Self::Txt
        }
    }

    /// The format to read with: what the extension says, unless the content plainly is of a kindred one.
    pub(super) fn choose(name: Option<&Path>, head: &str) -> Self {
        let named = name.and_then(Path::extension).and_then(|e| Self::from_extension(&e.to_string_lossy()));
        let seen = Self::sniff(head);
        let markup = head.trim_start().get(..5).is_some_and(|s| ["<!doc", "<html"].contains(&&*s.to_ascii_lowercase()));
        match (named, seen) {
            (Some(_), Self::Parquet) | (None, _) => seen,
            (Some(Self::Txt), Self::Html) if markup => Self::Html,
            (Some(Self::Json), Self::Jsonl) | (Some(Self::Html), Self::Feed) => seen,
            (Some(named), _) => named,
        }
    }
}

/// Lines of objects if the first line is a whole object and others follow.
fn json(head: &str) -> Format {
    let mut lines = head.lines().filter(|l| !l.trim().is_empty());
    let whole = |line: &str| line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    match (lines.next(), lines.next()) {
        (Some(first), Some(_)) if whole(first) => Format::Jsonl,
        _ => Format::Json,
    }
}

/// Whether the first line is a header that names a text column.
fn table(head: &str) -> bool {
    let Some(first) = head.lines().next() else { return false };
    let cells: Vec<&str> = first.split([',', ';', '\t']).map(|c| c.trim().trim_matches('"')).collect();
    cells.len() > 1 && super::fields::names_text(&cells)
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads what [`Format`] displays, and extensions. The error is a sentence for a person.
impl FromStr for Format {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        Self::from_extension(s).ok_or_else(|| {
            let all: Vec<&str> = Self::ALL.iter().map(|f| f.as_str()).collect();
            format!("'{s}' is no format: give {}", all.join(", "))
        })
    }
}
