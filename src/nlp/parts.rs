//! What training makes, and how it lies in a file: the network, its words and tables, the lemmatiser's edits.

use super::conllu::xpos_named;
use super::net::rows::ByteRows;
use super::net::{VECTOR, WIDTH, Weights};
use crate::error::{Error, Result};
use crate::model::{Deprel, Upos};

const MAGIC: &[u8] = b"diplograph english 1\n";

/// A universal tag and a fine one.
pub type Tag = (Upos, &'static str);

/// Everything that training makes.
#[derive(Debug, Clone)]
pub struct Parts {
    pub tags: Vec<Tag>,
    pub labels: Vec<Deprel>,
    /// A word a line, as are those with vectors.
    pub known_words: String,
    pub vector_words: String,
    pub known: ByteRows,
    pub hashed: ByteRows,
    pub vectors: ByteRows,
    pub weights: Weights,
    /// Rows of [`Lemmas::parse`].
    pub edits: String,
}

impl Parts {
    /// The bytes of the model file: a list of blocks, each behind its length (32 bits, little endian).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut put = |bytes: &[u8]| {
            out.extend((bytes.len() as u32).to_le_bytes());
            out.extend(bytes);
        };
        let tags: Vec<String> = self.tags.iter().map(|(u, x)| format!("{u} {x}")).collect();
        let labels: Vec<&str> = self.labels.iter().map(|l| l.as_str()).collect();
        put(tags.join("\n").as_bytes());
        put(labels.join("\n").as_bytes());
        put(self.known_words.as_bytes());
        put(self.vector_words.as_bytes());
        put(self.edits.as_bytes());
        for rows in [&self.known, &self.hashed, &self.vectors] {
            put(&floats_to_bytes(&rows.scales));
            put(&rows.data.iter().map(|b| b.cast_unsigned()).collect::<Vec<u8>>());
        }
        for block in self.weights.clone().blocks() {
            put(&floats_to_bytes(block));
        }
        out
    }

    /// Reads what [`Parts::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let broken = || Error::new("this is not a language model of this version").hint("make one with 'train'");
        let mut blocks = Blocks(bytes.strip_prefix(MAGIC).ok_or_else(broken)?);
        let tags: Vec<_> = blocks.text()?.lines().filter_map(tag).collect();
        let labels: Vec<_> = blocks.text()?.lines().filter_map(Deprel::named).collect();
        let (known_words, vector_words) = (blocks.text()?.to_owned(), blocks.text()?.to_owned());
        let edits = blocks.text()?.to_owned();
        let (known, hashed, vectors) = (blocks.rows(WIDTH)?, blocks.rows(WIDTH)?, blocks.rows(VECTOR)?);
        let mut weights = Weights::zeros(tags.len(), 1 + 2 * labels.len());
        for block in weights.blocks() {
            let read = blocks.floats()?;
            if read.len() != block.len() {
                return Err(broken());
            }
            *block = read;
        }
        Ok(Self { tags, labels, known_words, vector_words, known, hashed, vectors, weights, edits })
    }
}

fn tag(line: &str) -> Option<Tag> {
    let (upos, xpos) = line.split_once(' ')?;
    Some((Upos::named(upos)?, xpos_named(xpos)))
}

fn floats_to_bytes(floats: &[f32]) -> Vec<u8> {
    floats.iter().flat_map(|f| f.to_le_bytes()).collect()
}

/// What is left to read of a model file.
struct Blocks<'a>(&'a [u8]);

impl<'a> Blocks<'a> {
    fn next(&mut self) -> Result<&'a [u8]> {
        let short = || Error::new("the language model ends too early");
        let (len, rest) = self.0.split_first_chunk().ok_or_else(short)?;
        let (block, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize).ok_or_else(short)?;
        self.0 = rest;
        Ok(block)
    }

    fn text(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.next()?).map_err(|e| Error::new(format!("the language model: {e}")))
    }

    fn floats(&mut self) -> Result<Vec<f32>> {
        let (chunks, _) = self.next()?.as_chunks();
        Ok(chunks.iter().map(|c| f32::from_le_bytes(*c)).collect())
    }

    fn rows(&mut self, width: usize) -> Result<ByteRows> {
        let scales = self.floats()?;
        let data = self.next()?.iter().map(|b| b.cast_signed()).collect();
        Ok(ByteRows { width, scales, data })
    }
}
