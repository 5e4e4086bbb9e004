//! Dictionary forms: for each fine tag, edits of word endings, the longest ending first, learnt from a treebank.

use rustc_hash::FxHashMap;

use crate::model::XPOS;

/// Longest ending that an edit is learnt for, in characters; a whole word may be longer.
pub const LONGEST: usize = 7;
/// Stands before the ending that is a whole word.
pub const WHOLE: char = '^';

/// Cuts characters off the end, puts others there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    /// Whether it works on the word as it is written; else on the word in lower case.
    pub keeps_case: bool,
    pub cut: u8,
    pub add: String,
}

/// Edits by fine tag and ending.
#[derive(Debug, Clone, Default)]
pub struct Lemmas {
    /// A map a tag, in the order of [`XPOS`].
    edits: Vec<FxHashMap<String, Edit>>,
}

impl Edit {
    /// The edit that makes `lemma` of `form`.
    pub fn between(form: &str, lemma: &str) -> Self {
        let keeps_case = form != form.to_lowercase() && lemma.starts_with(|c: char| c.is_uppercase());
        let from = if keeps_case { form.to_owned() } else { form.to_lowercase() };
        let same = from.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        let cut = from.chars().count() - same;
        Self { keeps_case, cut: cut.min(255) as u8, add: lemma.chars().skip(same).collect() }
    }

    pub fn apply(&self, form: &str) -> Option<String> {
        let mut word = if self.keeps_case { form.to_owned() } else { form.to_lowercase() };
        for _ in 0..self.cut {
            word.pop()?;
        }
        word.push_str(&self.add);
        (!word.is_empty()).then_some(word)
    }
}

impl Lemmas {
    /// The edits that `rows` list as tag, ending, case, cut, addition, apart by tabs.
    pub fn parse(rows: &str) -> Self {
        let mut edits = vec![FxHashMap::default(); XPOS.len()];
        for row in rows.lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let &[tag, ending, case, cut, add] = cells.as_slice() else { continue };
            let Some(map) = XPOS.iter().position(|x| *x == tag).and_then(|i| edits.get_mut(i)) else { continue };
            let edit = Edit { keeps_case: case == "1", cut: cut.parse().unwrap_or(0), add: add.to_owned() };
            map.insert(ending.to_owned(), edit);
        }
        Self { edits }
    }

    /// The lemma of a word; the word itself where nothing is known.
    pub fn lemma(&self, form: &str, xpos: &str) -> Box<str> {
        let seen: String;
        let form = match form.chars().any(hidden) {
            true => {
                seen = form.chars().filter(|c| !hidden(*c)).collect();
                &seen
            }
            false => form,
        };
        let Some(edits) = XPOS.iter().position(|x| *x == xpos).and_then(|i| self.edits.get(i)) else {
            return form.into();
        };
        let lower = straight(form);
        let found = endings(&lower).find_map(|e| edits.get(&e)?.apply(form));
        found.map_or_else(|| form.into(), String::into_boxed_str)
    }
}

/// Marks that are not seen, such as the soft hyphen.
pub fn hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Lower case, with straight apostrophes: the spelling that endings are looked up in.
pub fn straight(form: &str) -> String {
    form.to_lowercase().replace('\u{2019}', "'")
}

/// The whole word, then its endings from the longest to the empty one.
pub fn endings(word: &str) -> impl Iterator<Item = String> + '_ {
    let count = word.chars().count().min(LONGEST);
    let tails =
        (0..=count).rev().map(move |n| word.char_indices().rev().take(n).last().map_or("", |(i, _)| &word[i..]));
    std::iter::once(format!("{WHOLE}{word}")).chain(tails.map(str::to_owned))
}
