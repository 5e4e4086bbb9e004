//! From one input to its drafts: unpack, tell the format, hand over to that format's reader.

use std::path::Path;
use std::sync::Arc;

use super::fields::Names;
use super::format::Format;
use super::unpack::{self, Bytes};
use super::walk::File;
use super::{Draft, Drafts, Skip, encoding, feed, html, json, markdown, parquet, table, text};

/// Most bytes of a plain or marked-up article; a longer one is not one article.
const ARTICLE: usize = 32 << 20;

/// Most bytes of a JSON document or a feed, which are read as a whole.
const COLLECTION: usize = 256 << 20;

/// Most bytes of a Parquet file that is packed or piped, which must be in memory to be read from its end.
const TABLE: usize = 1 << 30;

/// What a format's reader must know of its input besides the bytes.
#[derive(Debug, Clone)]
pub struct Input {
    pub place: String,
    pub stem: String,
    pub names: Arc<Names>,
}

impl Input {
    /// How messages call a line or row (counted from 1).
    pub fn line(&self, line: u64) -> String {
        format!("{}:{line}", self.place)
    }

    /// A draft of a file that holds one article.
    pub fn draft(&self) -> Draft {
        Draft { place: self.place.clone(), stem: self.stem.clone(), ..Draft::default() }
    }

    /// A draft of one row of several.
    pub fn row(&self, line: u64) -> Draft {
        Draft { place: self.line(line), stem: format!("{}-{line}", self.stem), ..Draft::default() }
    }
}

/// All that one input holds.
pub fn drafts(file: &File, from: Option<Format>, names: &Arc<Names>) -> Drafts {
    let input = Input { place: file.place(), stem: file.stem(), names: names.clone() };
    let bytes = match unpack::open(file) {
        Ok(bytes) => bytes,
        Err(e) => return one(Err(Skip::unreadable(input.place, e.to_string()))),
    };
    if bytes.head.iter().all(u8::is_ascii_whitespace) && bytes.head.len() < unpack::HEAD {
        return one(Err(Skip::empty(input.place)));
    }
    let format = from.unwrap_or_else(|| choose(file, &bytes.head));
    if format != Format::Parquet
        && let Some(why) = encoding::binary(&bytes.head)
    {
        return one(Err(Skip::unreadable(input.place, why)));
    }
    read(format, input, file, bytes)
}

fn choose(file: &File, head: &[u8]) -> Format {
    let name = match file {
        File::Path(path) => path.file_name().map(|n| n.to_string_lossy()),
        File::Stdin => None,
    };
    let name = name.as_deref().map(unpack::without_extension).map(Path::new);
    Format::choose(name, &encoding::decode(head.to_vec(), None))
}

fn read(format: Format, input: Input, file: &File, bytes: Bytes) -> Drafts {
    match format {
        Format::Txt => whole(input, bytes, ARTICLE, |i, b| one(Ok(text::read(i, &encoding::decode(b, None))))),
        Format::Markdown => whole(input, bytes, ARTICLE, |i, b| one(Ok(markdown::read(i, &encoding::decode(b, None))))),
        Format::Html => whole(input, bytes, ARTICLE, |i, b| one(html::read(i, &marked_up(b)))),
        Format::Json => whole(input, bytes, COLLECTION, |i, b| json::document(i, &encoding::decode(b, None))),
        Format::Feed => whole(input, bytes, COLLECTION, |i, b| feed::entries(i, &marked_up(b))),
        Format::Jsonl => Box::new(json::Lines::new(input, encoding::stream(bytes))),
        Format::Csv => table::rows(input, bytes),
        Format::Parquet => match file {
            File::Path(path) if bytes.plain && path.is_file() => parquet::on_disk(input, path),
            _ => whole(input, bytes, TABLE, |i, b| parquet::in_memory(i.clone(), b)),
        },
    }
}

fn marked_up(bytes: Vec<u8>) -> String {
    let declared = html::declared(&bytes);
    encoding::decode(bytes, declared)
}

fn whole(input: Input, bytes: Bytes, limit: usize, read: impl FnOnce(&Input, Vec<u8>) -> Drafts) -> Drafts {
    match bytes.read_all(limit) {
        Ok(all) => read(&input, all),
        Err(e) => one(Err(Skip::unreadable(input.place, e.to_string()))),
    }
}

/// Just this.
pub fn one(draft: Result<Draft, Skip>) -> Drafts {
    Box::new(std::iter::once(draft))
}
