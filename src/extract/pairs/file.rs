//! The file of weights, as `scripts/pairs.py` writes it.
//!
//! Four lines of text: what it is, the relations with how often it was shown each (`meet=3752`), the sizes, the words. Then tables, one after another: each row is a
//! step (32-bit float, little endian) and a byte a number, which stands for that many steps.

use super::network::{Layer, Network, Table};
use crate::error::{Error, Result};
use crate::matrix::Packed;
use crate::model::{Relation, fingerprint};

const MAGIC: &str = "diplograph pairs 1";

/// The file's rest.
struct Bytes<'a>(&'a [u8]);

/// Numbers in a word's vector, in a token's, in what attention compares, points of attention, convolutions.
struct Sizes {
    vector: usize,
    width: usize,
    looks: usize,
    eyes: usize,
    convolutions: usize,
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
        let words = (0..).zip(list.split(' ')).map(|(n, w)| (w.into(), n)).collect();
        let outputs = 2 * relations.len();
        let count = list.split(' ').count();
        let Sizes { vector, width, looks, eyes, convolutions } = sizes;
        let [upos, deprel, kind, actor, how, fact] = [12, 20, 16, 12, 8, 4];
        let seen = eyes * width + 2 * width + 2 * (actor + how) + 4 * fact;
        let fingerprint = fingerprint(0, &format!("{:x?}", sum(bytes)));
        Ok(Self {
            relations,
            words,
            vectors: rest.table(count, vector)?,
            upos: rest.table(20, upos)?,
            deprel: rest.table(64, deprel)?,
            kind: rest.table(14, kind)?,
            first: rest.layer(2 * vector + upos + deprel + kind, width)?,
            convolutions: (0..convolutions).map(|_| rest.layer(3 * width, width)).collect::<Result<_>>()?,
            attention: rest.layer(width, looks)?,
            marks: [rest.table(24, looks)?, rest.table(24, looks)?, rest.table(10, looks)?],
            focus: rest.layer(looks, eyes)?,
            way: rest.table(10, width)?,
            actor: rest.table(14, actor)?,
            how: rest.table(12, how)?,
            facts: rest.table(24, fact)?,
            hidden: rest.layer(seen, 128)?,
            output: rest.layer(128, outputs)?,
            fingerprint,
        })
    }
}

impl Sizes {
    fn parse(line: &str) -> Result<Self> {
        let numbers: Vec<usize> = line.split(' ').filter_map(|n| n.parse().ok()).filter(|n| *n <= 512).collect();
        match numbers[..] {
            [vector, width, looks, eyes, convolutions @ 0..=4] => Ok(Self { vector, width, looks, eyes, convolutions }),
            _ => Err(wrong("its sizes are no five numbers")),
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

    fn table(&mut self, rows: usize, cols: usize) -> Result<Table> {
        let mut values = Vec::with_capacity(rows * cols);
        for row in self.take(rows * (4 + cols))?.chunks_exact(4 + cols) {
            let (step, numbers) = row.split_at(4);
            let step = f32::from_le_bytes(step.try_into().unwrap_or_default());
            values.extend(numbers.iter().map(|b| f32::from(*b as i8) * step));
        }
        Ok(Table { cols, values })
    }

    /// A matrix and its bias, which is one row.
    fn layer(&mut self, rows: usize, cols: usize) -> Result<Layer> {
        let matrix = Packed::from_rows(rows, cols, &self.table(rows, cols)?.values);
        Ok(Layer { matrix, bias: self.table(1, cols)?.values })
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
            b"diplograph pairs 1\nmeet=9\n1 2\n",
            b"diplograph pairs 1\nmeet=9\n4 8 4 1 1\na b\n1",
        ] {
            assert!(Network::from_bytes(bytes).is_err());
        }
    }
}
