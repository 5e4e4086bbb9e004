//! The words of `data/gazetteer/references.tsv`: pronouns and nouns that point back, verbs of speech.

use rustc_hash::FxHashMap;

use super::table::Row;
use crate::error::{Error, Result};
use crate::model::EntityKind;

/// What a word points back to, or does beside one that does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    Man,
    Woman,
    Thing,
    /// "they"
    Several,
    /// "I"
    Speaker,
    /// "we"
    Speakers,
    /// "you"
    Hearer,
    /// "the agency": the last whose name has the word.
    Called,
    /// After a possessive, its state: "his government".
    Own,
    /// "Mr", before an office that is addressed.
    Vocative,
    Addressed,
    /// An adjective for some other: "a third country".
    Vague,
    /// "the bloc": the last of that kind.
    Last(EntityKind),
    /// "the leaders"
    Persons,
    /// After "heads of": "state".
    Rank,
    /// After a group, before some of whom it is made of: "including".
    Among,
    /// "the sides": people or states.
    Parties,
    /// "the countries"
    States,
    /// Beside "our": the other state is meant, too.
    Shared,
    /// A verb whose subject speaks.
    Say,
    /// After a city, what was held or made there: "the Minsk process".
    Event,
    /// After a national adjective, people and things that are not the state: "Syldavian refugees".
    Private,
    /// After "European", a noun for which the continent is meant: "European energy".
    Continent,
    /// After a place and a hyphen: "London-based".
    Address,
    /// A nationality that a people's other one stands before: "Irish Americans".
    Second,
    /// What a high person is called with "his" or "her" before it: "His Excellency".
    Style,
    /// A verb whose object is told of something: "inform the president of the plan".
    Inform,
    /// Before "between the two sides", what only states have: "relations".
    Bond,
    /// A day or month, which begins no name.
    Day,
    /// The label of somebody who asks in a transcript.
    Question,
}

/// The table.
#[derive(Default)]
pub struct References {
    words: FxHashMap<String, Vec<Pointer>>,
    numbers: FxHashMap<String, usize>,
}

impl References {
    pub(super) fn add(&mut self, row: &Row<'_>) -> Result<()> {
        if let Ok(number) = row.get("class").parse() {
            self.numbers.insert(row.get("word").to_owned(), number);
            return Ok(());
        }
        let pointer = match row.get("class") {
            "man" => Pointer::Man,
            "woman" => Pointer::Woman,
            "thing" => Pointer::Thing,
            "several" => Pointer::Several,
            "speaker" => Pointer::Speaker,
            "speakers" => Pointer::Speakers,
            "hearer" => Pointer::Hearer,
            "called" => Pointer::Called,
            "own" => Pointer::Own,
            "vocative" => Pointer::Vocative,
            "addressed" => Pointer::Addressed,
            "vague" => Pointer::Vague,
            "persons" => Pointer::Persons,
            "parties" => Pointer::Parties,
            "states" => Pointer::States,
            "shared" => Pointer::Shared,
            "say" => Pointer::Say,
            "event" => Pointer::Event,
            "private" => Pointer::Private,
            "continent" => Pointer::Continent,
            "address" => Pointer::Address,
            "second" => Pointer::Second,
            "style" => Pointer::Style,
            "inform" => Pointer::Inform,
            "bond" => Pointer::Bond,
            "day" => Pointer::Day,
            "question" => Pointer::Question,
            "rank" => Pointer::Rank,
            "among" => Pointer::Among,
            kind => Pointer::Last(kind.parse().map_err(|_| Error::new(format!("'{kind}' is no class of this table")))?),
        };
        self.words.entry(row.get("word").to_owned()).or_default().push(pointer);
        Ok(())
    }

    /// Whether the word (folded) is of that class.
    pub fn is(&self, word: &str, pointer: Pointer) -> bool {
        self.words.get(word).is_some_and(|p| p.contains(&pointer))
    }

    /// The pronoun that the word is.
    pub fn pronoun(&self, word: &str) -> Option<Pointer> {
        use Pointer::{Hearer, Man, Several, Speaker, Speakers, Thing, Woman};
        self.find(word, |p| matches!(p, Man | Woman | Thing | Several | Speaker | Speakers | Hearer))
    }

    /// The noun that takes up one actor or a group named before.
    pub fn noun(&self, word: &str) -> Option<Pointer> {
        use Pointer::{Called, Last, Parties, Persons, States};
        self.find(word, |p| matches!(p, Last(_) | Called | Persons | Parties | States))
    }

    /// The count that a word tells, up to ten.
    pub fn number(&self, word: &str) -> Option<usize> {
        self.numbers.get(word).copied()
    }

    fn find(&self, word: &str, fits: impl Fn(&Pointer) -> bool) -> Option<Pointer> {
        self.words.get(word)?.iter().copied().find(|p| fits(p))
    }
}
