//! From one input to its drafts: unpack, tell the format, hand over to that format's reader.

use std::path::Path;
use std::sync::Arc;

use super::fields::Names;
use super::format::Format;
use super::unpack::{self, Bytes};
use super::walk::File;
use super::{Draft, Drafts, Skip, encoding, json, table, text};

/// Most bytes of a plain or marked-up article; a longer one is not one article.
const ARTICLE: usize = 32 << 20;

/// Most bytes of a JSON document or a feed, which are read as a whole.
const COLLECTION: usize = 256 << 20;

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
        Format::Txt => {
            whole(input, bytes, ARTICLE, |input, bytes| one(Ok(text::read(input, &encoding::decode(bytes, None)))))
        }
        Format::Json => {
            whole(input, bytes, COLLECTION, |input, bytes| json::document(input, &encoding::decode(bytes, None)))
        }
        Format::Jsonl => Box::new(json::Lines::new(input, encoding::stream(bytes))),
        Format::Csv => table::rows(input, bytes),
        _ => one(Err(Skip::unreadable(input.place, format!("{format} cannot be read yet {file:?}")))),
    }
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
