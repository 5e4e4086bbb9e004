//! What a request asks for: the pairs of its query string or form.

use std::str::FromStr;

use jiff::civil::Date;

use super::reply::Problem;
use crate::lookup;
use crate::model::{Period, Relation};

/// Names and values, in order; a name may stand more than once.
#[derive(Debug, Clone, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `a=1&b=2`, percent-encoded.
    ///
    /// # Errors
    /// Bytes that are no UTF-8.
    pub fn read(text: &[u8]) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text).into_owned().collect();
        let told = || text.to_ascii_uppercase().windows(9).any(|w| w == b"%EF%BF%BD");
        if pairs.iter().any(|(k, v)| k.contains('\u{FFFD}') || v.contains('\u{FFFD}')) && !told() {
            return Err(Problem::wrong("a parameter is not in UTF-8"));
        }
        Ok(Self(pairs))
    }

    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Refuses names that nobody reads, so that a slip is not taken for an answer.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        match self.0.iter().find(|(k, _)| !known.contains(&k.as_str())) {
            None => Ok(()),
            Some((name, _)) => {
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                Err(Problem::wrong(format!("there is no parameter '{name}' here")).next(format!("there are: {known}")))
            }
        }
    }

    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// The value of a name that may stand once.
    pub fn one(&self, name: &str) -> Result<Option<&str>, Problem> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Problem::wrong(format!("the parameter '{name}' stands twice"))),
            (value, None) => Ok(value),
        }
    }

    pub fn required(&self, name: &str) -> Result<&str, Problem> {
        let value = self.one(name)?.map(str::trim).filter(|v| !v.is_empty());
        value.ok_or_else(|| Problem::wrong(format!("the parameter '{name}' is missing")))
    }

    /// A value that is read, or what it is when nothing is said.
    pub fn parsed<T: FromStr>(&self, name: &str, otherwise: T) -> Result<T, Problem> {
        match self.one(name)?.filter(|v| !v.is_empty()) {
            None => Ok(otherwise),
            Some(text) => text.parse().map_err(|_| Problem::wrong(format!("'{text}' is no value of '{name}'"))),
        }
    }

    /// The first day of `2022-05-08`, `2022-05` or `2022`.
    pub fn since(&self) -> Result<Option<Date>, Problem> {
        Ok(self.period("since")?.map(Period::first))
    }

    /// The last day of it.
    pub fn until(&self) -> Result<Option<Date>, Problem> {
        Ok(self.period("until")?.map(Period::last))
    }

    fn period(&self, name: &str) -> Result<Option<Period>, Problem> {
        let text = self.one(name)?.filter(|v| !v.is_empty());
        text.map(|t| t.parse().map_err(|e| Problem::wrong(format!("{name}: {e}")))).transpose()
    }

    /// The relations that `relation` names, by id, heading or PLOVER type, several with commas.
    pub fn relations(&self) -> Result<Vec<Relation>, Problem> {
        let mut relations = Vec::new();
        for word in self.all("relation").flat_map(|v| v.split(',')).map(str::trim).filter(|w| !w.is_empty()) {
            let found = lookup::relations(word);
            if found.is_empty() {
                let what = format!("'{word}' is no relation, heading or PLOVER type");
                return Err(Problem::wrong(what).next("GET /api/relations lists them"));
            }
            relations.extend(found);
        }
        Ok(relations)
    }

    /// All pairs but those of some names.
    pub fn without<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter(|(k, _)| !names.contains(&k.as_str())).map(|(k, v)| (k.as_str(), v.as_str()))
    }
}
