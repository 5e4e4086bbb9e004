//! Figures that may only rise: a table of measures and the values that they must not fall below.

use std::fmt::Write;

use crate::error::{Error, Result};

/// By how much a measure may fall unnoticed: half of the last printed digit.
const SLACK: f64 = 0.0005;

/// A table `measure TAB value`, with its comments. What it lists is held, nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratchet(Vec<Line>);

#[derive(Debug, Clone, PartialEq)]
enum Line {
    /// A comment, the header, an empty line.
    Kept(String),
    Measure {
        name: String,
        floor: f64,
    },
}

impl Ratchet {
    /// Reads a table; `place` is its name.
    pub fn parse(place: &str, text: &str) -> Result<Self> {
        let line = |(n, line): (usize, &str)| {
            if line.trim().is_empty() || line.starts_with('#') || line == HEADER {
                return Ok(Line::Kept(line.to_owned()));
            }
            let cells = line.split_once('\t').and_then(|(name, value)| Some((name, value.trim().parse().ok()?)));
            let (name, floor) = cells.filter(|(_, v): &(_, f64)| v.is_finite()).ok_or_else(|| {
                Error::new(format!("'{line}' is no measure and value"))
                    .at(format_args!("{place}:{}", n + 1))
                    .hint("event actor F1<TAB>0.512")
            })?;
            Ok(Line::Measure { name: name.trim().to_owned(), floor })
        };
        text.lines().enumerate().map(line).collect::<Result<_>>().map(Self)
    }

    /// A first table, that holds all of `measures` but precision and recall: those trade against each other, F1 does not.
    pub fn of(measures: &[(String, f64)]) -> Self {
        let held = measures.iter().filter(|(name, _)| !name.ends_with(" P") && !name.ends_with(" R"));
        let lines = held.map(|(name, value)| Line::Measure { name: name.clone(), floor: *value });
        Self([Line::Kept(HEADER.to_owned())].into_iter().chain(lines).collect())
    }

    /// Fails if a measure fell, and tells which and by how much; else gives the table with what rose.
    pub fn turn(&self, measures: &[(String, f64)]) -> Result<Self> {
        let (mut fallen, mut lines) = (Vec::new(), Vec::new());
        for line in &self.0 {
            let Line::Measure { name, floor } = line else {
                lines.push(line.clone());
                continue;
            };
            let (_, now) = measures.iter().find(|(known, _)| known == name).ok_or_else(|| unknown(name, measures))?;
            if floor - now > SLACK {
                fallen.push(format!("{name} fell by {:.4}, from {floor:.4} to {now:.4}", floor - now));
            }
            lines.push(Line::Measure { name: name.clone(), floor: now.max(*floor) });
        }
        if fallen.is_empty() {
            return Ok(Self(lines));
        }
        Err(Error::new(fallen.join("; "))
            .hint("--errors shows what is missed and wrong; a fall that is meant goes into the file by hand"))
    }
}

const HEADER: &str = "measure\tvalue";

fn unknown(name: &str, measures: &[(String, f64)]) -> Error {
    let names: Vec<_> = measures.iter().map(|(n, _)| n.as_str()).collect();
    Error::new(format!("no measure is called '{name}' in this run")).hint(format!("measures: {}", names.join(", ")))
}

impl std::fmt::Display for Ratchet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in &self.0 {
            match line {
                Line::Kept(text) => f.write_str(text)?,
                Line::Measure { name, floor } => write!(f, "{name}\t{floor:.4}")?,
            }
            f.write_char('\n')?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# held\nmeasure\tvalue\nstatus\t0.5000\n";

    fn turn(status: f64) -> Result<String> {
        let table = Ratchet::parse("t.tsv", TABLE)?;
        table.turn(&[("status".to_owned(), status)]).map(|t| t.to_string())
    }

    #[test]
    fn it_only_goes_up() {
        assert_eq!(turn(0.4996).as_deref(), Ok(TABLE), "within the slack, and the floor stays");
        assert_eq!(turn(0.75), Ok(TABLE.replace("0.5000", "0.7500")));
        assert_eq!(
            turn(0.4).map_err(|e| e.to_string()),
            Err("status fell by 0.1000, from 0.5000 to 0.4000".to_owned())
        );
    }

    #[test]
    fn mistakes_are_named() {
        let message = |text: &str| Ratchet::parse("t.tsv", text).and_then(|t| t.turn(&[])).map_err(|e| e.to_string());
        assert_eq!(message("\nstatus 0.5\n"), Err("t.tsv:2: 'status 0.5' is no measure and value".to_owned()));
        assert_eq!(message("statsu\t0.5\n"), Err("no measure is called 'statsu' in this run".to_owned()));
    }
}
