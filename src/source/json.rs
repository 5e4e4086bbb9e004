//! JSON documents and JSON Lines. A row's text is taken over untouched.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::fields::Names;
use super::open::{Input, one};
use super::{Draft, Drafts, Skip, encoding};

/// Most bytes of one line of JSON Lines, and of one record of a table.
pub const LINE: u64 = 64 << 20;

/// So many lines that are no JSON, with no article before them, and the file is given up.
const PATIENCE: u64 = 100;

/// An object, an array of objects, or an object that holds such an array as `articles`; several of them in a row, too.
pub fn document(input: &Input, text: &str) -> Drafts {
    let mut rows = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => collect(input, value, &mut rows),
            Err(e) => {
                rows.push(Err(Skip::unreadable(input.line(e.line() as u64), invalid(&e))));
                break;
            }
        }
    }
    match <[_; 1]>::try_from(rows) {
        Ok([Ok(single)]) if single.place == input.line(1) => {
            one(Ok(Draft { place: input.place.clone(), stem: input.stem.clone(), ..single }))
        }
        Ok(single) => Box::new(single.into_iter()),
        Err(rows) => Box::new(rows.into_iter()),
    }
}

/// Adds the rows of one value, each numbered by its place among all.
fn collect(input: &Input, value: Value, rows: &mut Vec<Result<Draft, Skip>>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|v| collect_row(input, v, rows)),
        Value::Object(mut object) => match object.get_mut("articles").map(Value::take) {
            Some(Value::Array(values)) => values.into_iter().for_each(|v| collect_row(input, v, rows)),
            Some(other) => {
                object.insert("articles".to_owned(), other);
                collect_row(input, Value::Object(object), rows);
            }
            None => collect_row(input, Value::Object(object), rows),
        },
        other => collect_row(input, other, rows),
    }
}

fn collect_row(input: &Input, value: Value, rows: &mut Vec<Result<Draft, Skip>>) {
    rows.push(row(input, rows.len() as u64 + 1, value));
}

/// One object a line, read as it is asked for.
pub(super) struct Lines {
    input: Input,
    reader: Box<dyn BufRead + Send>,
    line: u64,
    /// Bad lines so far; `None` once a line was good.
    bad: Option<u64>,
    done: bool,
}

impl Lines {
    pub fn new(input: Input, reader: Box<dyn BufRead + Send>) -> Self {
        Self { input, reader, line: 0, bad: Some(0), done: false }
    }

    /// The next line, or why there is none; `None` at the end.
    fn read(&mut self) -> Option<Result<Vec<u8>, Skip>> {
        let mut line = Vec::new();
        let read = self.reader.by_ref().take(LINE).read_until(b'\n', &mut line);
        self.line += 1;
        match read {
            Ok(0) => None,
            Ok(n) if n as u64 == LINE && line.last() != Some(&b'\n') => {
                drop(line);
                let why = format!("a line of more than {} MiB", LINE >> 20);
                self.done = self.reader.skip_until(b'\n').is_err();
                Some(Err(Skip::unreadable(self.input.line(self.line), why)))
            }
            Ok(_) => Some(Ok(line)),
            Err(e) => {
                self.done = true;
                Some(Err(Skip::unreadable(self.input.line(self.line), e.to_string())))
            }
        }
    }

    fn parse(&mut self, line: &[u8]) -> Result<Draft, Skip> {
        match serde_json::from_str(&encoding::decode_part(line)) {
            Ok(value) => {
                self.bad = None;
                row(&self.input, self.line, value)
            }
            Err(e) => {
                self.bad = self.bad.map(|n| n + 1);
                self.done = self.bad == Some(PATIENCE);
                let end = if self.done { "; so are all lines before: giving the file up" } else { "" };
                Err(Skip::unreadable(self.input.line(self.line), invalid(&e) + end))
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Draft, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.read()? {
                Ok(line) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(line) => return Some(self.parse(&line)),
                Err(skip) => return Some(Err(skip)),
            }
        }
        None
    }
}

fn invalid(e: &serde_json::Error) -> String {
    let what = e.to_string();
    let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(w, _)| w);
    format!("invalid JSON: {what} (column {})", e.column())
}

fn row(input: &Input, line: u64, value: Value) -> Result<Draft, Skip> {
    let Value::Object(mut object) = value else {
        return Err(Skip::unreadable(input.line(line), "not a JSON object"));
    };
    let mut draft = input.row(line);
    fill(&mut draft, &input.names, &mut object)?;
    Ok(draft)
}

/// Takes the fields out of an object. Keys without a value do not hide a synonym that has one.
fn fill(draft: &mut Draft, names: &Names, object: &mut Map<String, Value>) -> Result<(), Skip> {
    let keys: Vec<String> = object.iter().filter(|(_, v)| !blank(v)).map(|(k, _)| k.clone()).collect();
    let columns = names.columns(&keys);
    if !columns.has_text() {
        let all: Vec<&String> = object.keys().collect();
        let empty = names.columns(&all).has_text();
        let place = draft.place.clone();
        return Err(if empty { Skip::empty(place) } else { names.no_text(place, &all) });
    }
    columns.fill(draft, |at| object.get_mut(&keys[at]).and_then(|v| words(v.take())));
    Ok(())
}

fn blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(s) => s.trim().is_empty(),
        Value::Array(a) => a.is_empty(),
        _ => false,
    }
}

/// A value as text: paragraphs of an array joined by a blank line, an object by its `name`.
fn words(value: Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s),
        Value::Number(n) => Some(n.to_string()),
        Value::Array(values) => Some(values.into_iter().filter_map(words).collect::<Vec<_>>().join("\n\n")),
        Value::Object(mut o) => o.remove("name").and_then(words),
        Value::Null | Value::Bool(_) => None,
    }
}
