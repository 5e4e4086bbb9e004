//! Articles that a program hands over, in place of files.

use super::finish::Finisher;
use super::{Draft, Item, Options};

/// The fields of an article, as they are given; a blank one counts as missing.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub id: Option<String>,
    pub title: Option<String>,
    /// In any form that files may have it: `2022-05-08`, `8 May 2022`, ...
    pub date: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub text: String,
}

/// Takes articles in, one at a time, by the rules that hold for files: other languages are skipped, ids are unique.
pub struct Intake {
    finisher: Finisher,
    taken: usize,
}

impl Intake {
    pub fn new(options: &Options) -> Self {
        Self { finisher: Finisher::new(options), taken: 0 }
    }

    /// The article, behind a note if there is one; or why there is none. An article without an id is called by its number.
    pub fn take(&mut self, given: Given) -> impl Iterator<Item = Item> + use<> {
        self.taken += 1;
        let set = |v: Option<String>| v.filter(|v| !v.trim().is_empty());
        let stem = format!("article-{}", self.taken);
        let id = set(given.id).map(|id| id.trim().to_owned());
        self.finisher.items(Ok(Draft {
            place: id.clone().unwrap_or_else(|| stem.clone()),
            stem,
            id,
            title: set(given.title),
            date: set(given.date),
            source: set(given.source),
            url: set(given.url),
            text: given.text,
        }))
    }
}
