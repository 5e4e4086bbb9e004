//! Makes the model from treebanks and pretrained vectors. Needed by developers only: nothing here runs when articles
//! are read.

mod adam;
mod backward;
mod config;
pub mod evaluate;
mod example;
mod lemmas;
mod loss;
mod network;
mod rng;
mod vectors;

pub use crate::nlp::net::words::key;
pub use config::Config;
pub use network::{Lessons, train};
pub use vectors::Vectors;

use std::io::Read;
use std::path::Path;

use super::conllu::{self, Tree};
use crate::error::{Error, Result};

/// Reads a file, unpacking it if its name ends in `.xz`.
pub fn read_file(path: &Path) -> Result<String> {
    let fail = |e: std::io::Error| Error::from(e).at(path.display());
    let mut text = String::new();
    let file = std::io::BufReader::new(std::fs::File::open(path).map_err(fail)?);
    match path.extension().is_some_and(|e| e == "xz") {
        true => lzma_rust2::XzReader::new(file, true).read_to_string(&mut text),
        false => { file }.read_to_string(&mut text),
    }
    .map_err(fail)?;
    Ok(text)
}

/// Reads a treebank in CoNLL-U, plain or `.xz`.
pub fn read_treebank(path: &Path) -> Result<Vec<Tree>> {
    conllu::read(&read_file(path)?).map_err(|e| e.at(path.display()))
}
