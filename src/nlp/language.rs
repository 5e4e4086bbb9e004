//! The word lists of `data/language`, compiled in.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// How an abbreviation stands to the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// Inside a name or phrase: never the end.
    Inside,
    /// An abbreviation only before a figure.
    Number,
    /// May be the end.
    End,
}

/// All lists.
#[derive(Debug)]
pub struct Language {
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    contractions: FxHashMap<&'static str, usize>,
    particles: FxHashSet<&'static str>,
    prefixes: FxHashSet<&'static str>,
    syllables: FxHashSet<&'static str>,
    starters: FxHashSet<&'static str>,
    unfinished: FxHashSet<&'static str>,
    finite: FxHashSet<&'static str>,
    boilerplate: FxHashSet<&'static str>,
    boilerplate_starts: Vec<&'static str>,
}

/// The one copy.
pub static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::new);

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.starts_with('#') && !l.is_empty())
}

fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(text).filter_map(|l| l.split_once('\t'))
}

impl Language {
    fn new() -> Self {
        let boilerplate = include_str!("../../data/language/boilerplate.txt");
        let kind = |k| match k {
            "inside" => Abbreviation::Inside,
            "number" => Abbreviation::Number,
            _ => Abbreviation::End,
        };
        Self {
            abbreviations: pairs(include_str!("../../data/language/abbreviations.tsv"))
                .map(|(word, k)| (word, kind(k)))
                .collect(),
            contractions: pairs(include_str!("../../data/language/contractions.tsv"))
                .filter_map(|(word, len)| Some((word, len.parse().ok()?)))
                .collect(),
            particles: rows(include_str!("../../data/language/name-particles.txt")).collect(),
            prefixes: rows(include_str!("../../data/language/prefixes.txt")).collect(),
            syllables: rows(include_str!("../../data/language/name-syllables.txt")).collect(),
            starters: rows(include_str!("../../data/language/starters.txt")).collect(),
            unfinished: rows(include_str!("../../data/language/unfinished.txt")).collect(),
            finite: rows(include_str!("../../data/language/finite.txt")).collect(),
            boilerplate: rows(boilerplate).filter_map(|l| l.strip_prefix("= ")).collect(),
            boilerplate_starts: rows(boilerplate).filter_map(|l| l.strip_prefix("^ ")).collect(),
        }
    }

    /// Of a word with its full stop.
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        self.abbreviations.get(word).copied()
    }

    /// The length of the first token of a word that is two, such as "cannot".
    pub fn contraction(&self, word: &str) -> Option<usize> {
        self.contractions.get(word).copied()
    }

    /// Whether it is a small word within names.
    pub fn particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether a hyphen does not part this beginning from its word.
    pub fn prefix(&self, word: &str) -> bool {
        self.prefixes.contains(word)
    }

    /// Whether a hyphen does not part this syllable from the given name before it.
    pub fn name_syllable(&self, word: &str) -> bool {
        self.syllables.contains(word)
    }

    /// Whether the word, with a capital letter, rather begins a sentence than goes on with a name.
    pub fn starter(&self, word: &str) -> bool {
        self.starters.contains(word)
    }

    /// Whether a line that ends with the word breaks off.
    pub fn unfinished(&self, word: &str) -> bool {
        self.unfinished.contains(word)
    }

    /// Whether the word looks like a verb that a heading mostly lacks.
    pub fn finite(&self, word: &str) -> bool {
        let plain = word.bytes().all(|b| b.is_ascii_lowercase());
        plain && (word.len() > 3 && word.ends_with("ed") || self.finite.contains(word))
    }

    /// Whether a line is no part of a report.
    pub fn is_boilerplate(&self, line: &str) -> bool {
        let line = line.trim_matches(|c: char| c.is_whitespace() || ":»>|".contains(c));
        if line.is_empty() || line.len() > 200 {
            return false;
        }
        let lower = line.to_lowercase();
        self.boilerplate.contains(lower.as_str()) || self.boilerplate_starts.iter().any(|s| lower.starts_with(s))
    }
}
