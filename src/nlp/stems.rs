//! A list of base forms, against which regular forms are checked: "downgraded" is of "downgrade", not of "downgrad".

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Upos;

/// The verbs and nouns of `data/language/stems.tsv`, and the past forms of `irregular.tsv`.
#[derive(Debug, Clone)]
pub struct Stems {
    verbs: FxHashSet<&'static str>,
    nouns: FxHashSet<&'static str>,
    irregular: FxHashMap<&'static str, &'static str>,
}

impl Stems {
    /// The list that is compiled in.
    pub fn embedded() -> Self {
        let rows = include_str!("../../data/language/stems.tsv").lines().filter_map(|l| l.split_once('\t'));
        let (mut verbs, mut nouns) = (FxHashSet::default(), FxHashSet::default());
        for (word, class) in rows {
            if class == "V" {
                verbs.insert(word)
            } else {
                nouns.insert(word)
            };
        }
        let irregular = include_str!("../../data/language/irregular.tsv").lines().filter_map(|l| l.split_once('\t'));
        Self { verbs, nouns, irregular: irregular.collect() }
    }

    /// A known base form of the word, where the guessed lemma is none; `None` if the guess may stand.
    pub fn better(&self, word: &str, upos: Upos, guess: &str) -> Option<String> {
        let known = match upos {
            Upos::Verb => &self.verbs,
            Upos::Noun => &self.nouns,
            _ => return None,
        };
        let word = word.to_lowercase();
        if upos == Upos::Verb
            && let Some(base) = self.irregular.get(word.as_str())
        {
            return (*base != guess).then(|| (*base).to_owned());
        }
        let plural_left = upos == Upos::Noun && guess == word && word.ends_with('s');
        if known.contains(guess) && !plural_left {
            return None;
        }
        bases(&word, upos).into_iter().find(|b| known.contains(b.as_str()))
    }

    /// The verb of which the word is the third person: "attacks" -> "attack".
    pub fn third_person(&self, word: &str) -> Option<String> {
        let word = word.to_lowercase();
        word.ends_with('s')
            .then(|| bases(&word, Upos::Noun).into_iter().find(|b| self.verbs.contains(b.as_str())))
            .flatten()
    }

    /// The verb of which the word is the regular past form: "opposed" -> "oppose".
    pub fn past(&self, word: &str) -> Option<String> {
        let word = word.to_lowercase();
        let known = |w: &str| bases(w, Upos::Verb).into_iter().find(|b| self.verbs.contains(b.as_str()));
        word.ends_with("ed").then(|| known(&word)).flatten()
    }
}

/// The base forms that a regular form can have, the likelier first.
fn bases(word: &str, upos: Upos) -> Vec<String> {
    let mut out = Vec::new();
    let endings: &[&str] = if upos == Upos::Verb { &["ing", "ed", "es", "s"] } else { &["es", "s"] };
    for ending in endings {
        let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() >= 2) else { continue };
        if let Some(y) = stem.strip_suffix('i') {
            out.push(format!("{y}y"));
        }
        out.extend([format!("{stem}e"), stem.to_owned()]);
        let mut letters = stem.chars().rev();
        if letters.next() == letters.next() {
            out.push(letters.rev().chain(stem.chars().next_back()).collect());
        }
    }
    out
}
