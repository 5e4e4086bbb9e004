//! Learns the lemmatiser's edits: of each ending the commonest edit, where a shorter ending would do otherwise.

use std::collections::BTreeMap;

use crate::nlp::conllu::Tree;
use crate::nlp::lemmas::{Edit, endings, straight};

/// Times that an ending must be seen; whole words count at once.
const SEEN: usize = 3;

/// The rows of [`crate::nlp::lemmas::Lemmas::parse`].
pub fn learn(trees: &[Tree]) -> String {
    let mut counts: BTreeMap<(&str, String), BTreeMap<Edit, usize>> = BTreeMap::new();
    for w in trees.iter().flat_map(|t| &t.words).filter(|w| w.lemma != "_") {
        let edit = Edit::between(&w.form, &w.lemma);
        for ending in endings(&straight(&w.form)) {
            *counts.entry((w.xpos, ending)).or_default().entry(edit.clone()).or_default() += 1;
        }
    }
    let best: BTreeMap<(&str, String), (Edit, usize)> = counts
        .into_iter()
        .filter_map(|(key, edits)| {
            let seen = edits.values().sum();
            let top = edits.into_iter().max_by_key(|(_, n)| *n)?;
            Some((key, (top.0, seen)))
        })
        .filter(|((_, ending), (_, seen))| *seen >= SEEN || ending.starts_with('^') || ending.is_empty())
        .collect();
    best.iter()
        .filter(|(key, (edit, _))| fallback(&best, key) != Some(edit))
        .map(|(key, (edit, _))| row(key, edit))
        .collect()
}

/// What the next shorter ending says.
fn fallback<'a>(
    best: &'a BTreeMap<(&str, String), (Edit, usize)>,
    (tag, ending): &(&'a str, String),
) -> Option<&'a Edit> {
    let word = ending.strip_prefix('^').unwrap_or(ending);
    let shorter = endings(word).skip(1).filter(|e| e != ending);
    shorter.into_iter().find_map(|e| best.get(&(*tag, e))).map(|(edit, _)| edit)
}

fn row((tag, ending): &(&str, String), edit: &Edit) -> String {
    format!("{tag}\t{ending}\t{}\t{}\t{}\n", u8::from(edit.keeps_case), edit.cut, edit.add)
}
