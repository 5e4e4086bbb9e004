//! The words that offices are made of, and what they are called in the table of offices.

use rustc_hash::{FxHashMap, FxHashSet};

use super::table::Row;
use crate::error::{Error, Result};

/// What a word does in the name of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleWord {
    /// The office itself: "minister", "president".
    Office,
    /// Stands before it: "foreign", "deputy", "supreme".
    Modifier,
    /// Follows "of" or "for": "state", "defense", "affairs".
    Field,
    /// Stands before a name and says nothing of the office: "Mr", "Sheikh".
    Honorific,
    /// An office so high that the bare family name of its holder is enough.
    Top,
    /// Its holder leads the state.
    Head,
    /// Stands for the office of somebody else: "counterpart".
    Mirror,
    /// Its holder is called by the first name: "king", "sultan", "pope".
    Royal,
    /// Describes rather than names an office: "diplomat", "leader".
    Loose,
    /// Stands inside a name without a capital: "bin", "van".
    Particle,
    /// May stand before an office: "the", "his".
    Determiner,
    /// Stands for the state named last: "the country's president".
    Country,
    /// May be followed by "to": "ambassador", "adviser".
    Sent,
    /// Ends the name of a body or place, never of a person: "foundation", "river".
    Body,
    /// Stands after the name of a person after whom it is called: "room", "prize".
    Bears,
    /// "Mr", "Dr": an honorific that people of any state have.
    Civil,
    /// An office below the one that it stands before: "deputy".
    Under,
    /// Serves a person and not his state: "spokesman", "adviser".
    Personal,
    /// Says what somebody is whose name follows, and is nobody without it: "citizen", "pilot".
    Sort,
}

/// The tables `title_words.tsv` and `titles.tsv`.
#[derive(Default)]
pub struct Titles {
    words: FxHashMap<String, Vec<TitleWord>>,
    /// (phrase, state or "") -> the office's name in the table of offices.
    canonical: FxHashMap<(String, String), String>,
    plural: FxHashMap<String, String>,
    women: FxHashSet<String>,
    /// "diplomat" -> the offices of diplomats.
    covers: FxHashMap<String, Vec<String>>,
}

impl Titles {
    pub(super) fn add(&mut self, row: &Row<'_>) -> Result<()> {
        let word = row.get("word").to_owned();
        let class = match row.get("class") {
            "office" => TitleWord::Office,
            "modifier" => TitleWord::Modifier,
            "field" => TitleWord::Field,
            "honorific" => TitleWord::Honorific,
            "top" => TitleWord::Top,
            "mirror" => TitleWord::Mirror,
            "loose" => TitleWord::Loose,
            "royal" => TitleWord::Royal,
            "covers" => {
                let offices = row.list("means").map(str::to_owned).collect();
                self.covers.insert(word, offices);
                return Ok(());
            }
            "particle" => TitleWord::Particle,
            "determiner" => TitleWord::Determiner,
            "country" => TitleWord::Country,
            "body" => TitleWord::Body,
            "bears" => TitleWord::Bears,
            "civil" => TitleWord::Civil,
            "under" => TitleWord::Under,
            "personal" => TitleWord::Personal,
            "sort" => TitleWord::Sort,
            "sent" => TitleWord::Sent,
            "led" => TitleWord::Head,
            "same" => {
                self.canonical
                    .insert((without_articles(&word), row.get("state").to_owned()), row.get("means").to_owned());
                return Ok(());
            }
            other => {
                return Err(Error::new(format!(
                    "'{other}' is no class: office, modifier, field, honorific, top, mirror, loose, royal, particle, determiner, \
                     body, bears, civil, under, personal, sort, country, sent, led, covers, same"
                )));
            }
        };
        if matches!(class, TitleWord::Office | TitleWord::Sort) {
            self.plural.insert(plural(&word), word.clone());
        }
        if row.get("means") == "woman" {
            self.women.insert(word.clone());
        }
        self.words.entry(word).or_default().push(class);
        Ok(())
    }

    /// A row of `titles.tsv`: other names of an office, in some states or everywhere.
    pub(super) fn add_aliases(&mut self, row: &Row<'_>) {
        for alias in row.list("aliases") {
            let mut states: Vec<_> = row.list("states").collect();
            if states.is_empty() {
                states.push("");
            }
            for state in states {
                self.canonical
                    .entry((without_articles(&alias.to_lowercase()), state.to_owned()))
                    .or_insert_with(|| row.get("office").to_owned());
            }
        }
    }

    pub fn is(&self, word: &str, class: TitleWord) -> bool {
        self.words.get(word).is_some_and(|c| c.contains(&class))
    }

    /// The singular of an office in the plural: "ministers" -> "minister".
    pub fn singular(&self, word: &str) -> Option<&str> {
        self.plural.get(word).map(String::as_str)
    }

    /// Whether the word says that the person is a woman: "Mrs", "queen".
    pub fn woman(&self, word: &str) -> bool {
        self.women.contains(word)
    }

    /// Whether the description ("senior diplomat") fits somebody of that office ("deputy foreign minister"). A high office
    /// is no description: a foreign minister is not "the prime minister".
    pub fn covers(&self, description: &str, office: &str) -> bool {
        // "the deputy minister" is a deputy, whatever the ministry
        let under = |w: &str| self.is(w, TitleWord::Under);
        if let Some(low) = description.split(' ').find(|w| under(w)).filter(|w| *w != description) {
            let without = |title: &str| title.split(' ').filter(|w| *w != low).collect::<Vec<_>>().join(" ");
            return office.split(' ').any(|w| w == low) && self.covers(&without(description), &without(office));
        }
        let noun = description.rsplit(' ').next().unwrap_or_default();
        let ends = |o: &str| office == o || self.shortens(o, office) || office.starts_with(&format!("{o} "));
        if description != noun && (self.is(description, TitleWord::Top) || self.is(description, TitleWord::Head)) {
            return ends(description);
        }
        ends(noun) || self.covers.get(noun).is_some_and(|offices| offices.iter().any(|o| ends(o)))
    }

    /// Whether the short form ("the minister") may stand for the office: "foreign minister", but no "deputy minister".
    pub fn shortens(&self, short: &str, office: &str) -> bool {
        let rest = office.strip_suffix(short).and_then(|r| r.strip_suffix(' '));
        rest.is_some_and(|r| !r.split(' ').any(|w| self.is(w, TitleWord::Under)))
    }

    /// Whether the phrase, of several words, is what some states call the office of who leads them.
    pub fn is_unique(&self, phrase: &str) -> bool {
        let of = |state: &str, office: &str| !state.is_empty() && self.is(office, TitleWord::Head);
        let bare = without_articles(phrase);
        phrase.contains(" of ") && self.canonical.iter().any(|((p, s), o)| *p == bare && of(s, o))
    }

    /// What the table of offices calls this role in that state (by id).
    pub fn canonical<'a>(&'a self, role: &'a str, state: &str) -> &'a str {
        let bare = without_articles(role);
        let find = |state: &str| self.canonical.get(&(bare.clone(), state.to_owned()));
        find(state).or_else(|| find("")).map_or(role, String::as_str)
    }
}

/// "leader of the islamic revolution" and "leader of islamic revolution" are one.
fn without_articles(title: &str) -> String {
    title.replace(" the ", " ")
}

fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if word.ends_with('s') || word.ends_with("ch") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}
