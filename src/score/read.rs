//! Gold and system files: JSON Lines. Reads text that is already in memory; an error names the file and the line.

use std::collections::{BTreeMap, HashSet};

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use crate::error::{Error, Result};
use crate::model::{Fact, FactLine, Relation, Status};

/// An article of a gold file with the facts that a careful reader finds in it.
#[derive(Debug, Deserialize)]
pub struct GoldArticle {
    pub id: String,
    /// The day of the report, ISO 8601.
    pub date: Option<String>,
    /// The part of the gold file that it belongs to, such as `dev`.
    pub split: Option<String>,
    pub facts: Vec<Stated>,
}

/// The facts that a system found, by the article's id.
pub type System = BTreeMap<String, Vec<Stated>>;

/// The texts of articles by id, from which quotes are read again.
pub type Texts = BTreeMap<String, String>;

/// A fact as a gold file or a system states it.
#[derive(Debug, Deserialize)]
pub struct Stated {
    #[serde(deserialize_with = "relation")]
    pub relation: Relation,
    pub source: ActorName,
    pub target: ActorName,
    pub date: Option<String>,
    pub place: Option<String>,
    pub status: Option<String>,
    pub attribution: Option<String>,
    pub role: Option<String>,
    #[serde(default)]
    pub mutual: bool,
    #[serde(default, deserialize_with = "quote")]
    pub evidence: Quote,
}

/// An actor as a fact names it.
#[derive(Debug, Deserialize)]
pub struct ActorName {
    pub name: Option<String>,
    pub aliases: Option<Vec<String>>,
    /// ISO 3166-1 alpha-3, or an organisation's acronym.
    pub country: Option<String>,
}

/// The words that a fact rests on; offsets are code points, the end exclusive.
#[derive(Debug, Default, Deserialize)]
pub struct Quote {
    pub text: Option<String>,
    pub start: Option<usize>,
    pub end: Option<usize>,
    /// `title` if it stands in the headline.
    pub field: Option<String>,
}

fn relation<'de, D: Deserializer<'de>>(from: D) -> Result<Relation, D::Error> {
    let id = String::deserialize(from)?;
    Relation::named(&id).ok_or_else(|| D::Error::custom(format_args!("no relation is called '{id}'")))
}

/// Gold gives the words alone, systems an object.
fn quote<'de, D: Deserializer<'de>>(from: D) -> Result<Quote, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "evidence is neither a text nor an object of text, start and end")]
    enum Form {
        Words(String),
        Object(Quote),
    }
    Ok(match Option::<Form>::deserialize(from)? {
        Some(Form::Words(text)) => Quote { text: Some(text), ..Quote::default() },
        Some(Form::Object(quote)) => quote,
        None => Quote::default(),
    })
}

/// The articles of a gold file; `place` is its name, `split` the part that is wanted.
pub fn read_gold(place: &str, text: &str, split: Option<&str>) -> Result<Vec<GoldArticle>> {
    let (mut out, mut ids, mut splits) = (Vec::new(), HashSet::new(), Vec::new());
    each_line(place, text, |article: GoldArticle| {
        if !ids.insert(article.id.clone()) {
            return Err(Error::new(format!("article '{}' stands here a second time", article.id)));
        }
        article.facts.iter().try_for_each(checked)?;
        splits.extend(article.split.clone());
        if split.is_none() || article.split.as_deref() == split {
            out.push(article);
        }
        Ok(())
    })?;
    splits.sort();
    splits.dedup();
    match (split, out.is_empty()) {
        (Some(split), true) => {
            let known = if splits.is_empty() { "the file has no splits".to_owned() } else { splits.join(", ") };
            Err(Error::new(format!("no article is of split '{split}'")).at(place).hint(format!("--split: {known}")))
        }
        (None, true) => {
            Err(Error::new("holds no article").at(place).hint("give a gold file: JSON Lines, an article a line"))
        }
        _ => Ok(out),
    }
}

/// What a gold fact must say and a system's need not.
fn checked(fact: &Stated) -> Result<()> {
    let status = fact.status.as_deref().ok_or_else(|| Error::new(format!("a '{}' has no status", fact.relation)))?;
    status.parse::<Status>().map_err(Error::new)?;
    let nameless = [&fact.source, &fact.target].iter().any(|a| a.name.as_deref().unwrap_or_default().is_empty());
    if nameless { Err(Error::new(format!("a '{}' has an actor without a name", fact.relation))) } else { Ok(()) }
}

/// The facts of a file as `extract` prints them.
pub fn read_system(place: &str, text: &str) -> Result<System> {
    #[derive(Deserialize)]
    struct Line {
        article: String,
        #[serde(flatten)]
        fact: Stated,
    }
    let mut system = System::new();
    each_line(place, text, |line: Line| {
        system.entry(line.article).or_default().push(line.fact);
        Ok(())
    })?;
    Ok(system)
}

/// The texts of a file of articles.
pub fn read_texts(place: &str, text: &str) -> Result<Texts> {
    #[derive(Deserialize)]
    struct Line {
        id: String,
        text: String,
    }
    let mut texts = Texts::new();
    each_line(place, text, |line: Line| {
        texts.insert(line.id, line.text);
        Ok(())
    })?;
    Ok(texts)
}

/// A fact of ours in the form in which it is scored: what its printed line says.
pub fn stated(fact: &Fact) -> Result<Stated> {
    let line = serde_json::to_value(FactLine::new(fact)).and_then(serde_json::from_value);
    line.map_err(|e| Error::new(e.to_string()).at(&fact.evidence.article))
}

fn each_line<T: DeserializeOwned>(place: &str, text: &str, mut each: impl FnMut(T) -> Result<()>) -> Result<()> {
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let read = serde_json::from_str(line)
            .map_err(|e| Error::new(e.to_string().replace(" at line 1 column ", ", column ")));
        read.and_then(&mut each).map_err(|e| e.at(format_args!("{place}:{}", n + 1)))?;
    }
    Ok(())
}
