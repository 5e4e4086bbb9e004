//! Labels of turns: "Zarif:", "SECRETARY BLINKEN:", "President of Iran Hassan Rouhani (retranslated):".

use std::ops::Range;

use super::{Document, EntityKind, Mention};

/// The words before a colon that opens a paragraph and say who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Tokens that name or describe the speaker.
    pub name: Range<usize>,
    pub colon: usize,
}

/// A label has no more words.
const LONGEST: usize = 24;
/// So many words are a name with its title; more of them are a label only with a remark or at the end of a line.
const SHORT: usize = 9;
/// Words of a remark with its brackets.
const REMARK: usize = 5;

impl Label {
    /// Who speaks: the first person whom the label names. Of a name that is printed twice the second is the same.
    pub fn person<'m>(&self, mut mentions: impl Iterator<Item = &'m Mention>) -> Option<&'m Mention> {
        let inside = |m: &&Mention| self.name.start <= m.tokens.start && m.tokens.end <= self.name.end;
        mentions.find(|m| inside(m) && matches!(m.actors.as_slice(), [a] if a.kind == EntityKind::Person))
    }

    /// The label that the sentence begins with: every word before the colon is capitalised, small words
    /// and a remark in brackets apart.
    pub fn of(doc: &Document, s: usize) -> Option<Self> {
        let sentence = &doc.sentences[s];
        let same =
            |o: usize| doc.sentences[o].field == sentence.field && doc.sentences[o].paragraph == sentence.paragraph;
        let word = |t: usize| doc.word(sentence, t);
        let end = sentence.tokens.len();
        // an interview may run on without a new line
        let asked = end > 2 && matches!(word(0), "Q" | "A") && word(1) == ":";
        if s > 0 && same(s - 1) && !asked {
            return None;
        }
        let colon = (1..end.min(LONGEST)).find(|&t| word(t) == ":")?;
        let remark = (word(colon - 1) == ")").then(|| (colon.saturating_sub(REMARK)..colon).find(|&t| word(t) == "("));
        let name = 0..remark.flatten().unwrap_or(colon);
        // small words stand inside of names and titles, not at their ends: "of", "bin", "the"
        let small = |t: usize| word(t).chars().count() <= 3 && t > 0 && t + 1 < name.end;
        let capital = |t: usize| small(t) || word(t).starts_with(|c: char| !c.is_lowercase());
        // "King Abdullah II of Jordan Abdullah II King of Jordan : Thank you"
        let apart = sentence.tokens[colon - 1].span.end < sentence.tokens[colon].span.start;
        let sure = colon < SHORT || name.end < colon || apart || colon + 1 == end;
        let goes_on = colon + 1 < end || s + 1 < doc.sentences.len();
        (!name.is_empty() && sure && goes_on && name.clone().all(capital)).then_some(Self { name, colon })
    }
}
