//! The trained model: the network, its words and tables, the lemmatiser's edits, and how they lie in a file.

use super::lemmas::Lemmas;
use super::net::encoder::{Encoder, Tables, Untouched};
use super::net::rows::ByteRows;
use super::net::words::{Vocabulary, WordRows};
use super::net::{HIDDEN, PLACES, VECTOR, WIDTH, Weights};
use super::parser::arc_hybrid::NONE;
use super::parser::decode::Scorer;
use crate::error::{Error, Result};
use crate::model::{Deprel, Upos};
use crate::nlp::conllu::xpos_named;

const MAGIC: &[u8] = b"diplograph english 1\n";
/// Words that go through the network at once: so many that products are quick, so few that layers stay in the cache.
const BATCH: usize = 192;

/// Everything that training makes.
#[derive(Debug, Clone)]
pub struct Parts {
    pub tags: Vec<(Upos, &'static str)>,
    pub labels: Vec<Deprel>,
    pub known_words: Vec<String>,
    pub vector_words: Vec<String>,
    pub known: ByteRows,
    pub hashed: ByteRows,
    pub vectors: ByteRows,
    pub weights: Weights,
    /// Rows of [`Lemmas::parse`].
    pub edits: String,
}

/// A model ready to read sentences.
#[derive(Debug, Clone)]
pub struct Model {
    parts: Parts,
    vocabulary: Vocabulary,
    encoder: Encoder,
    scorer: Scorer,
    lemmas: Lemmas,
}

/// What the model says of one sentence, word by word.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    pub tags: Vec<(Upos, &'static str)>,
    /// The root is its own head.
    pub heads: Vec<usize>,
    pub labels: Vec<Deprel>,
}

impl Model {
    pub fn new(parts: Parts) -> Self {
        let words = |list: &'_ [String]| list.to_vec();
        let (known, vectors) = (words(&parts.known_words), words(&parts.vector_words));
        Self {
            vocabulary: Vocabulary::new(known.iter().map(String::as_str), vectors.iter().map(String::as_str)),
            encoder: Encoder::new(&parts.weights),
            scorer: Scorer::new(&parts.weights),
            lemmas: Lemmas::parse(&parts.edits),
            parts,
        }
    }

    pub fn lemma(&self, form: &str, xpos: &str) -> Box<str> {
        self.lemmas.lemma(form, xpos)
    }

    /// Tags and parses sentences, each a list of words.
    pub fn analyse(&self, sentences: &[Vec<&str>]) -> Vec<Analysis> {
        let rows: Vec<Vec<WordRows>> =
            sentences.iter().map(|s| s.iter().map(|w| self.vocabulary.rows(w)).collect()).collect();
        let mut out = Vec::with_capacity(rows.len());
        let mut from = 0;
        while from < rows.len() {
            let mut words = 0;
            let fits = rows[from..].iter().take_while(|s| {
                words += s.len() + 1;
                words <= BATCH
            });
            let to = from + fits.count().max(1);
            self.batch(&rows[from..to], &mut out);
            from = to;
        }
        out
    }

    fn batch(&self, sentences: &[Vec<WordRows>], out: &mut Vec<Analysis>) {
        let w = &self.parts.weights;
        let tables = Tables { known: &self.parts.known, hashed: &self.parts.hashed, vectors: &self.parts.vectors };
        let words: Vec<&[WordRows]> = sentences.iter().map(Vec::as_slice).collect();
        let trace = self.encoder.run(w, &tables, &words, &mut Untouched);
        let tags = self.encoder.tags(w, &trace);
        let places = self.encoder.places(&trace);
        for rows in &trace.sentences {
            let wide = PLACES * HIDDEN;
            let state = self.scorer.parse(w, &places[rows.start * wide..rows.end * wide], rows.len());
            let head = |(i, &h): (usize, &u32)| if h == NONE { i } else { h as usize };
            let label = |(h, &l): (&u32, &u8)| match *h {
                NONE => Deprel::Root,
                _ => self.parts.labels.get(usize::from(l)).copied().unwrap_or(Deprel::Dep),
            };
            let tag = |row: usize| self.best_tag(&tags[row * self.parts.tags.len()..]);
            out.push(Analysis {
                tags: rows.clone().map(tag).collect(),
                heads: state.heads.iter().enumerate().map(head).collect(),
                labels: state.heads.iter().zip(&state.labels).map(label).collect(),
            });
        }
    }

    fn best_tag(&self, scores: &[f32]) -> (Upos, &'static str) {
        let mut best = (f32::NEG_INFINITY, (Upos::X, "FW"));
        for (&score, &tag) in scores.iter().zip(&self.parts.tags) {
            if score > best.0 {
                best = (score, tag);
            }
        }
        best.1
    }
}

impl Parts {
    /// The bytes of the model file: a list of blocks, each behind its length (32 bits, little endian).
    pub fn to_bytes(&mut self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut put = |bytes: &[u8]| {
            out.extend((bytes.len() as u32).to_le_bytes());
            out.extend(bytes);
        };
        let tags: Vec<String> = self.tags.iter().map(|(u, x)| format!("{u} {x}")).collect();
        let labels: Vec<&str> = self.labels.iter().map(|l| l.as_str()).collect();
        put(tags.join("\n").as_bytes());
        put(labels.join("\n").as_bytes());
        put(self.known_words.join("\n").as_bytes());
        put(self.vector_words.join("\n").as_bytes());
        put(self.edits.as_bytes());
        for rows in [&self.known, &self.hashed, &self.vectors] {
            put(&floats_to_bytes(&rows.scales));
            put(&rows.data.iter().map(|b| b.cast_unsigned()).collect::<Vec<u8>>());
        }
        for block in self.weights.blocks() {
            put(&floats_to_bytes(block));
        }
        out
    }

    /// Reads what [`Parts::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let broken = || Error::new("this is not a language model of this version").hint("make one with 'train'");
        let mut blocks = Blocks(bytes.strip_prefix(MAGIC).ok_or_else(broken)?);
        let tags: Vec<_> = blocks.lines()?.iter().filter_map(|l| tag(l)).collect();
        let labels: Vec<_> = blocks.lines()?.iter().filter_map(|l| Deprel::named(l)).collect();
        let (known_words, vector_words) = (blocks.lines()?, blocks.lines()?);
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

fn tag(line: &str) -> Option<(Upos, &'static str)> {
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

    fn lines(&mut self) -> Result<Vec<String>> {
        Ok(self.text()?.lines().map(str::to_owned).collect())
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
