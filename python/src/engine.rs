//! Reading articles.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use diplograph::cluster::{Signature, home};
use diplograph::error::Result;
use diplograph::model::{Actor, FactLine};
use diplograph::pipeline::{Reader, Reading};
use diplograph::rdf::{encode, manifest};
use diplograph::source::{self, Given, Item, Options};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use pythonize::pythonize;

use crate::events::lines;
use crate::{claim, exception, raised};

/// Everything that reads an article, loaded once and shared by all threads.
#[pyclass(frozen, module = "diplograph._native")]
pub struct Engine(Reader);

/// Takes in the articles of one run: fills in their dates and publishers, skips other languages, keeps ids apart.
#[pyclass(frozen, module = "diplograph._native")]
pub struct Intake(Mutex<source::Intake>);

/// An article as Python has it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Fields {
    id: Option<String>,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    url: Option<String>,
    text: String,
}

impl From<Fields> for Given {
    fn from(f: Fields) -> Self {
        Self { id: f.id, title: f.title, date: f.date, source: f.source, url: f.url, text: f.text }
    }
}

#[pymethods]
impl Intake {
    #[new]
    #[pyo3(signature = (date, source))]
    fn new(py: Python<'_>, date: Option<&str>, source: Option<String>) -> PyResult<Self> {
        let day = |text: &str| {
            let hint = Some("give it as 2022-05-08");
            text.parse().map_err(|_| exception(py, "UsageError", &format!("'{text}' is not a day"), hint))
        };
        let options = Options { date: date.map(day).transpose()?, source, ..Options::default() };
        Ok(Self(Mutex::new(source::Intake::new(&options))))
    }
}

impl Intake {
    /// What comes of each article: itself, or nothing; and what is to be said of them.
    fn take(&self, given: Vec<Fields>) -> PyResult<(Vec<Vec<Item>>, Vec<String>)> {
        let mut intake = self.0.lock().map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
        let items: Vec<Vec<Item>> = given.into_iter().map(|g| intake.take(g.into()).collect()).collect();
        let said = items.iter().flatten().filter_map(|item| match item {
            Item::Skipped(skip) => Some(format!("skipped: {skip}")),
            Item::Noted(note) => Some(note.to_string()),
            Item::Article(_) => None,
        });
        let said = said.collect();
        Ok((items, said))
    }
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (data, actors))]
    fn new(py: Python<'_>, data: Option<PathBuf>, actors: Vec<PathBuf>) -> PyResult<Self> {
        let reader = py.detach(|| Reader::with_actors(data.as_deref(), &actors));
        reader.map(Self).map_err(|e| raised(py, &e))
    }

    /// The version of the program and of its data.
    fn version(&self) -> String {
        self.0.version()
    }

    /// Reads articles on all cores. Returns the facts of each, in their order, and remarks.
    fn read<'py>(
        &self,
        py: Python<'py>,
        intake: &Intake,
        articles: Vec<Fields>,
    ) -> PyResult<(Vec<Bound<'py, PyList>>, Vec<String>)> {
        let (items, said) = intake.take(articles)?;
        let (readings, whose) = py.detach(|| self.readings(items));
        let lists: Vec<_> = (0..whose).map(|_| PyList::empty(py)).collect();
        for (index, reading) in readings {
            for fact in &reading.facts {
                lists[index].append(pythonize(py, &FactLine::new(fact))?)?;
            }
        }
        Ok((lists, said))
    }

    /// Reads articles for a cluster. Returns of each its facts, each with the pair of sides that it is about and its line for
    /// [`crate::events`], and if they are wanted its document and its actors as N-Quads; `None` of an article that was skipped.
    #[pyo3(signature = (intake, articles, nquads))]
    fn read_claims<'py>(
        &self,
        py: Python<'py>,
        intake: &Intake,
        articles: Vec<Fields>,
        nquads: bool,
    ) -> PyResult<(Vec<Option<Told<'py>>>, Vec<String>)> {
        let (items, said) = intake.take(articles)?;
        let (readings, whose) = py.detach(|| self.readings(items));
        let mut told: Vec<_> = (0..whose).map(|_| None).collect();
        for (index, reading) in &readings {
            let (document, actors) = match nquads {
                true => self.document(reading).map_err(|e| raised(py, &e))?,
                false => Default::default(),
            };
            told[*index] = Some((claims(py, reading)?, document, actors));
        }
        Ok((told, said))
    }
}

/// The facts of an article, its document, and its actors.
type Told<'py> = (Bound<'py, PyList>, String, Vec<Described>);

/// An actor's id, by what one of its descriptions is chosen, and its record as N-Quads.
type Described = (String, String, String);

fn claims<'py>(py: Python<'py>, Reading { article, facts }: &Reading) -> PyResult<Bound<'py, PyList>> {
    let signature = Signature::of(&article.text);
    let list = PyList::empty(py);
    for fact in facts {
        let line = serde_json::to_string(&claim::line(fact, article, signature.as_ref()));
        let line = line.map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
        let dict = pythonize(py, &FactLine::new(fact))?;
        list.append((dict, claim::pair(fact), line))?;
    }
    Ok(list)
}

impl Engine {
    /// The document with its claims and what read it, as N-Quads; and its actors, which other articles may describe in another way.
    fn document(&self, Reading { article, facts }: &Reading) -> Result<(String, Vec<Described>)> {
        let run = self.0.run();
        let mut quads = encode::document(article, facts, &run.version)?;
        quads.extend(manifest::run(&run));
        let all =
            facts.iter().flat_map(|f| [Some(&f.claim.source), Some(&f.claim.target), f.claim.attribution.as_ref()]);
        let mut actors: Vec<Actor> = all.flatten().cloned().collect();
        let named: BTreeSet<String> = actors.iter().map(|a| a.id.clone()).collect();
        let mut homes = BTreeMap::new();
        for actor in &actors {
            if let (Some(home), Some(country)) = (home::of(actor), &actor.country) {
                let known =
                    || self.0.gazetteer().actor(&home).cloned().unwrap_or_else(|| Arc::new(home::record(country)));
                homes.entry(home.clone()).or_insert_with(known);
            }
        }
        actors.extend(homes.into_iter().filter(|(id, _)| !named.contains(id)).map(|(_, home)| home));
        let described = actors.iter().map(|actor| {
            let (name, kind, country) = actor.described();
            let order = format!("{name}\t{kind}\t{}", country.unwrap_or_default());
            (actor.id.clone(), order, lines(encode::entity(actor)))
        });
        let described: BTreeSet<Described> = described.collect();
        Ok((lines(quads), described.into_iter().collect()))
    }

    /// The readings with the number of their article, and how many there were.
    fn readings(&self, items: Vec<Vec<Item>>) -> (Vec<(usize, Reading)>, usize) {
        let count = items.len();
        let (mut numbers, mut articles) = (Vec::new(), Vec::new());
        for (number, item) in
            items.into_iter().enumerate().flat_map(|(n, items)| items.into_iter().map(move |i| (n, i)))
        {
            if let Item::Article(article) = item {
                numbers.push(number);
                articles.push(article);
            }
        }
        (numbers.into_iter().zip(self.0.read_all(articles)).collect(), count)
    }
}
