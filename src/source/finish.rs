//! From a draft to an article: reads the date, fills in what the options give, checks the language, makes the id unique.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Draft, Item, Note, Options, Skip, SkipKind, dates, language};
use crate::model::Article;

/// Finishes the drafts of one run, in their order.
pub struct Finisher {
    date: Option<Date>,
    source: Option<String>,
    ids: HashSet<String>,
}

impl Finisher {
    pub fn new(options: &Options) -> Self {
        Self { date: options.date, source: options.source.clone(), ids: HashSet::new() }
    }

    /// The article, behind a note if there is one; or why there is none.
    pub fn items(&mut self, draft: Result<Draft, Skip>) -> impl Iterator<Item = Item> + Send + use<> {
        let (note, item) = match draft.and_then(|d| self.article(d)) {
            Ok((note, article)) => (note.map(Item::Noted), Item::Article(article)),
            Err(skip) => (None, Item::Skipped(skip)),
        };
        note.into_iter().chain([item])
    }

    fn article(&mut self, draft: Draft) -> Result<(Option<Note>, Article), Skip> {
        if draft.text.trim().is_empty() {
            return Err(Skip::empty(draft.place));
        }
        if let Some(why) = language::foreign(&draft.text) {
            return Err(Skip::new(SkipKind::NotEnglish, draft.place, why));
        }
        let date = draft.date.as_deref().and_then(dates::read);
        let note = draft.date.as_ref().filter(|_| date.is_none()).map(|d| Note {
            place: draft.place.clone(),
            what: format!("the date '{}' cannot be read", d.chars().take(60).collect::<String>()),
        });
        let article = Article {
            id: self.unique(draft.id.unwrap_or(draft.stem)),
            title: draft.title,
            date: date.or(self.date),
            source: draft.source.or_else(|| self.source.clone()),
            url: draft.url,
            text: draft.text,
        };
        Ok((note, article))
    }

    /// The id itself where it is new, else with the first free number from 2 on.
    fn unique(&mut self, id: String) -> String {
        let mut unique = id.clone();
        let mut number = 1;
        while !self.ids.insert(unique.clone()) {
            number += 1;
            unique = format!("{id}-{number}");
        }
        unique
    }
}
