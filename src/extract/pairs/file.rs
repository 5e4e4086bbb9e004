//! The file of weights, as `scripts/pairs.py` writes it.
//!
//! Four lines of text: what it is, the relations with how often it was shown each (`meet=3752`), the sizes, the pieces of
//! words. Then tables, one after another: what a step of each row is worth (32-bit floats, little endian), then the rows, a byte a
//! number, which stands for that many steps. Matrices are written column after column; what is added to their products,
//! and the numbers of normalisation, are floats.

use super::encoder::{Block, Encoder, Linear, Norm};
use super::network::{Layer, Network, Table};
use super::pieces::Pieces;
use crate::error::{Error, Result};
use crate::matrix::{Bytes as Matrix, Packed};
use crate::model::{Relation, fingerprint};

const MAGIC: &str = "diplograph pairs 2";

/// The file's rest.
struct Bytes<'a>(&'a [u8]);

/// Numbers in a word's vector, heads and blocks of the encoder, numbers between two of its layers, places; numbers in a token's
/// vector, in what attention compares, points of attention, numbers before the output.
struct Sizes {
    vector: usize,
    heads: usize,
    blocks: usize,
    inner: usize,
    places: usize,
    width: usize,
    looks: usize,
    eyes: usize,
    hidden: usize,
}

impl Network {
    /// Reads a file of weights.
    ///
    /// # Errors
    /// It is no such file, or ends too early.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut rest = Bytes(bytes);
        if rest.line()? != MAGIC {
            return Err(wrong("it does not begin with its name"));
        }
        let relation = |cell: &str| {
            let (id, seen) = cell.split_once('=').ok_or_else(|| wrong("a relation has no count"))?;
            let relation = Relation::named(id).ok_or_else(|| wrong(&format!("no relation is called '{id}'")))?;
            Ok((relation, seen.parse().map_err(|_| wrong("a relation has no count"))?))
        };
        let relations = rest.line()?.split(' ').map(relation).collect::<Result<Vec<_>>>()?;
        let sizes = Sizes::parse(rest.line()?)?;
        let list = rest.line()?;
        if list.split(' ').count() < 3 {
            return Err(wrong("it has no pieces of words"));
        }
        let outputs = 2 * relations.len() + 3;
        let Sizes { vector, width, looks, eyes, hidden, .. } = sizes;
        let [upos, deprel, kind, actor, how, fact] = [12, 20, 16, 12, 8, 4];
        let seen = eyes * width + 2 * width + 2 * (actor + how) + 4 * fact;
        let fingerprint = fingerprint(0, &format!("{:x?}", sum(bytes)));
        Ok(Self {
            relations,
            encoder: rest.encoder(list, &sizes)?,
            upos: rest.table(20, upos)?,
            deprel: rest.table(64, deprel)?,
            kind: rest.table(14, kind)?,
            first: rest.linear(vector + upos + deprel + kind, width)?,
            attention: rest.linear(width, looks)?,
            marks: [rest.table(24, looks)?, rest.table(24, looks)?, rest.table(10, looks)?],
            focus: rest.layer(looks, eyes)?,
            way: rest.table(10, width)?,
            actor: rest.table(14, actor)?,
            how: rest.table(12, how)?,
            facts: rest.table(24, fact)?,
            hidden: rest.linear(seen, hidden)?,
            output: rest.layer(hidden, outputs)?,
            fingerprint,
        })
    }
}

impl Sizes {
    fn parse(line: &str) -> Result<Self> {
        let numbers: Vec<usize> = line.split(' ').filter_map(|n| n.parse().ok()).filter(|n| *n <= 4096).collect();
        match numbers[..] {
            [vector, heads, blocks @ 0..=12, inner, places, width, looks, eyes, hidden]
                if heads > 0
                    && vector > 0
                    && vector % heads == 0
                    && places > 3
                    && [width, eyes].iter().all(|n| *n > 0) =>
            {
                Ok(Self { vector, heads, blocks, inner, places, width, looks, eyes, hidden })
            }
            _ => Err(wrong("its sizes are no nine numbers")),
        }
    }
}

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n).ok_or_else(|| wrong("it is cut off"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn line(&mut self) -> Result<&'a str> {
        let end = self.0.iter().position(|b| *b == b'\n').ok_or_else(|| wrong("it is cut off"))?;
        let line = self.take(end + 1)?;
        std::str::from_utf8(&line[..end]).map_err(|_| wrong("its head is no text"))
    }

    fn numbers(&mut self, n: usize) -> Result<Vec<f32>> {
        let float = |b: &[u8]| f32::from_le_bytes(b.try_into().unwrap_or_default());
        Ok(self.take(4 * n)?.chunks_exact(4).map(float).collect())
    }

    /// Rows with what a step of each is worth.
    fn steps(&mut self, rows: usize, cols: usize) -> Result<(Vec<f32>, Vec<i8>)> {
        let steps = self.numbers(rows)?;
        Ok((steps, self.take(rows * cols)?.iter().map(|b| *b as i8).collect()))
    }

    fn table(&mut self, rows: usize, cols: usize) -> Result<Table> {
        let (steps, bytes) = self.steps(rows, cols)?;
        let row = |(row, step): (&[i8], f32)| row.iter().map(|b| f32::from(*b) * step).collect::<Vec<_>>();
        Ok(Table { cols, values: bytes.chunks_exact(cols.max(1)).zip(steps).flat_map(row).collect() })
    }

    /// A matrix, stored column after column, and its bias.
    fn layer(&mut self, rows: usize, cols: usize) -> Result<Layer> {
        let matrix = Packed::transposed(cols, rows, &self.table(cols, rows)?.values);
        Ok(Layer { matrix, bias: self.numbers(cols)? })
    }

    /// The same left in bytes.
    fn linear(&mut self, rows: usize, cols: usize) -> Result<Linear> {
        let (steps, bytes) = self.steps(cols, rows)?;
        Ok(Linear { matrix: Matrix::from_columns(rows, steps, &bytes), bias: self.numbers(cols)? })
    }

    fn norm(&mut self, n: usize) -> Result<Norm> {
        Ok(Norm { scale: self.numbers(n)?, shift: self.numbers(n)? })
    }

    fn encoder(&mut self, pieces: &str, sizes: &Sizes) -> Result<Encoder> {
        let (n, inner) = (sizes.vector, sizes.inner);
        let (steps, rows) = self.steps(pieces.split(' ').count(), n)?;
        let places = self.table(sizes.places, n)?.values;
        let norm = self.norm(n)?;
        let mut block = || {
            Ok(Block {
                heads: sizes.heads,
                ask: self.linear(n, 3 * n)?,
                gather: self.linear(n, n)?,
                first: self.norm(n)?,
                widen: self.linear(n, inner)?,
                narrow: self.linear(inner, n)?,
                second: self.norm(n)?,
            })
        };
        let blocks = (0..sizes.blocks).map(|_| block()).collect::<Result<_>>()?;
        Ok(Encoder { pieces: Pieces::new(pieces.split(' ')), rows, steps, places, norm, blocks })
    }
}

fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(1, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3))
}

fn wrong(what: &str) -> Error {
    Error::new(format!("the weights of pairs are no such file: {what}"))
}

#[cfg(test)]
mod tests {
    use super::Network;

    #[test]
    fn foreign_and_cut_files_are_refused() {
        for bytes in [
            &b""[..],
            b"something else\n",
            b"diplograph pairs 2\nmeet=9\n1 2\n",
            b"diplograph pairs 2\nmeet=9\n4 2 1 8 4 8 4 1 1\na b\n1",
        ] {
            assert!(Network::from_bytes(bytes).is_err());
        }
    }
}
