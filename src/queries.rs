//! The named questions of `queries/`: what each asks, what it needs to know, and its SPARQL with those values bound.
//!
//! A value reaches a query as a term in its `VALUES` block, never as text; a limit, which SPARQL takes as a number alone, as
//! the number that it was read as. It does not run queries or resolve names.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};

use crate::error::{Error, Result};
use crate::rdf::name;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries");

static QUERIES: LazyLock<Vec<Query>> = LazyLock::new(|| {
    let mut queries: Vec<_> =
        FILES.files().filter_map(|f| Query::read(f.path().file_stem()?.to_str()?, f.contents_utf8()?)).collect();
    queries.sort_by(|a, b| a.name.cmp(&b.name));
    queries
});

/// The SPARQL that finds what a look-up of the command line shows.
static LOOKUPS: LazyLock<Vec<Query>> = LazyLock::new(|| {
    let files = FILES.get_dir("lookup").into_iter().flat_map(Dir::files);
    files.filter_map(|f| Query::read(f.path().file_stem()?.to_str()?, f.contents_utf8()?)).collect()
});

/// A question with its SPARQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The file's stem: `met`.
    pub name: String,
    /// What it asks, in a sentence.
    pub question: String,
    pub params: Vec<Param>,
    /// A command that shows its use.
    pub example: String,
    /// SPARQL that runs as it stands, with the example's values.
    pub sparql: String,
}

/// Something that a question needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    pub name: String,
    pub kind: Kind,
    /// An example; of an option, its default.
    pub example: String,
    pub required: bool,
}

/// What sort of value a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of an actor, which the caller resolves to an entity id.
    Entity,
    /// An event's id.
    Event,
    /// A relation id, such as `meet`.
    Action,
    /// A day, `2022-05-08`.
    Date,
    Year,
    Number,
    Text,
    /// How many rows, or things that rows are made of: the lines `LIMIT n` with its default.
    Limit,
}

impl Kind {
    fn named(text: &str) -> Option<Self> {
        Some(match text {
            "entity" => Self::Entity,
            "event" => Self::Event,
            "action" => Self::Action,
            "date" => Self::Date,
            "year" => Self::Year,
            "number" => Self::Number,
            "text" => Self::Text,
            "limit" => Self::Limit,
            _ => return None,
        })
    }

    /// What to write for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entity => "NAME",
            Self::Event => "EVENT",
            Self::Action => "RELATION",
            Self::Date => "DAY",
            Self::Year => "YEAR",
            Self::Number | Self::Limit => "NUMBER",
            Self::Text => "TEXT",
        }
    }
}

/// All questions, in order of their names.
pub fn list() -> &'static [Query] {
    &QUERIES
}

/// The question of that name.
///
/// # Errors
/// There is none; the hint lists what there is.
pub fn named(name: &str) -> Result<&'static Query> {
    QUERIES.iter().find(|q| q.name == name).ok_or_else(|| {
        let names: Vec<_> = QUERIES.iter().map(|q| &q.name[..]).collect();
        Error::new(format!("no query is called '{name}'")).hint(format!("there are: {}", names.join(", ")))
    })
}

/// The query behind a look-up (`between`, `show`, `path`, `stats`, `search`, `why`), with its values: for each parameter
/// what was given; several values mean any of them, none that it is left open.
///
/// # Errors
/// There is no such look-up, or a value is of the wrong kind.
pub fn lookup(name: &str, values: &[(&str, Vec<String>)]) -> Result<String> {
    let query = LOOKUPS.iter().find(|q| q.name == name);
    let query = query.ok_or_else(|| Error::new(format!("no query is known for '{name}'")))?;
    let mut sparql = query.sparql.clone();
    for param in &query.params {
        let given = values.iter().find(|(n, _)| *n == param.name).map_or(&[][..], |(_, v)| v);
        let terms = given.iter().map(|v| param.term(v).map(|t| t.to_string())).collect::<Result<Vec<_>>>()?;
        if !terms.is_empty() {
            sparql = with_values(&sparql, &param.name, &terms.join(" "));
        }
    }
    Ok(sparql)
}

impl Query {
    /// Reads a file of `queries/`: comments that say what it is, then SPARQL.
    pub fn read(name: &str, text: &str) -> Option<Self> {
        let (mut question, mut example, mut params) = (String::new(), String::new(), Vec::new());
        for line in text.lines().map_while(|l| l.strip_prefix('#')).map(str::trim) {
            match line.split_once(": ") {
                Some(("param", rest)) => params.push(Param::read(rest, true)?),
                Some(("option", rest)) => params.push(Param::read(rest, false)?),
                Some(("example", rest)) => example = rest.to_owned(),
                _ if question.is_empty() => question = line.to_owned(),
                _ => {}
            }
        }
        (!question.is_empty()).then(|| Self {
            name: name.to_owned(),
            question,
            params,
            example,
            sparql: text.to_owned(),
        })
    }

    /// The SPARQL with those values: an entity's or event's id, or what was typed for a day, year, number or text.
    ///
    /// # Errors
    /// A missing or unknown parameter, or a value of the wrong kind.
    pub fn bind(&self, values: &BTreeMap<String, String>) -> Result<String> {
        if let Some(unknown) = values.keys().find(|k| self.params.iter().all(|p| p.name != **k)) {
            return Err(Error::new(format!("the query {} has no --{unknown}", self.name)).hint(self.usage()));
        }
        let mut sparql = self.sparql.clone();
        for param in &self.params {
            match values.get(&param.name) {
                Some(value) if param.kind == Kind::Limit => sparql = param.with_limit(&sparql, value)?,
                Some(value) => sparql = with_values(&sparql, &param.name, &param.term(value)?.to_string()),
                None if param.required => {
                    return Err(
                        Error::new(format!("the query {} needs --{}", self.name, param.name)).hint(self.usage())
                    );
                }
                None => {}
            }
        }
        Ok(sparql)
    }

    fn usage(&self) -> String {
        format!("for example: {}", self.example)
    }
}

impl Param {
    /// `who entity "Bashar al-Assad"`
    fn read(text: &str, required: bool) -> Option<Self> {
        let mut parts = text.splitn(3, ' ');
        let (name, kind) = (parts.next()?, Kind::named(parts.next()?)?);
        let example = parts.next()?.trim_matches('"');
        Some(Self { name: name.to_owned(), kind, example: example.to_owned(), required })
    }

    fn wrong(&self, value: &str, what: &str) -> Error {
        Error::new(format!("--{}: '{value}' is no {what}", self.name))
    }

    /// The query with another number in each line that is `LIMIT` and the default alone.
    fn with_limit(&self, sparql: &str, value: &str) -> Result<String> {
        let most: u64 = value.parse().map_err(|_| self.wrong(value, "whole number"))?;
        let default = format!("LIMIT {}", self.example);
        let line =
            |l: &str| if l.trim() == default { l.replace(&default, &format!("LIMIT {most}")) } else { l.to_owned() };
        Ok(sparql.split('\n').map(line).collect::<Vec<_>>().join("\n"))
    }

    fn term(&self, value: &str) -> Result<Term> {
        let wrong = |what: &str| self.wrong(value, what);
        Ok(match self.kind {
            Kind::Entity => name::entity(value).into(),
            Kind::Event => name::event(value).into(),
            Kind::Action => name::action(value).into(),
            Kind::Text | Kind::Limit => Literal::new_simple_literal(value).into(),
            Kind::Year => Literal::from(value.parse::<i64>().map_err(|_| wrong("year, such as 2022"))?).into(),
            Kind::Number => {
                value.parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(|| wrong("number"))?;
                Literal::new_typed_literal(value, xsd::DECIMAL).into()
            }
            Kind::Date => {
                let day: Date = value.parse().map_err(|_| wrong("day, such as 2022-05-08"))?;
                Literal::new_typed_literal(day.to_string(), xsd::DATE).into()
            }
        })
    }
}

/// The query with those terms in every `VALUES ?name { ... }`.
fn with_values(sparql: &str, name: &str, term: &str) -> String {
    let opening = format!("VALUES ?{name} {{");
    let mut parts = sparql.split(&opening[..]);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once('}').map_or("", |(_, rest)| rest);
        out.push_str(&format!("{opening} {term} }}{rest}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_say_what_the_queries_take() {
        for query in list() {
            assert!(query.question.ends_with(['?', '.']), "{}", query.name);
            assert!(query.example.starts_with(&format!("diplograph query {}", query.name)), "{}", query.name);
            for param in &query.params {
                let place = match param.kind {
                    Kind::Limit => format!("LIMIT {}\n", param.example),
                    _ => format!("VALUES ?{} {{", param.name),
                };
                assert!(query.sparql.contains(&place), "{} {}", query.name, param.name);
            }
        }
    }

    #[test]
    fn a_value_cannot_leave_its_block() {
        let query = named("exclusive").unwrap();
        let hostile = r#"x" } } DROP ALL # \"#;
        let bound = query.bind(&BTreeMap::from([("publisher".into(), hostile.into())])).unwrap();
        assert!(bound.contains(r#"VALUES ?publisher { "x\" } } DROP ALL # \\" }"#), "{bound}");
        assert!(query.bind(&BTreeMap::new()).is_err());
        assert!(query.bind(&BTreeMap::from([("publsher".into(), "x".into())])).is_err());
    }
}
