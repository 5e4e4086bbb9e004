//! Names of persons: those that the tables know, and runs of capitalised words.

use std::ops::Range;

use super::gazetteer::NameKind;
use super::persons::Finder;
use super::titles::TitleWord;
use crate::model::{Field, Upos};

impl Finder<'_, '_> {
    /// A name that begins at the token: one that the tables know, or a run of capitalised words. And whether it is known.
    pub(super) fn known_or_run(&self, at: usize) -> Option<(Range<usize>, bool)> {
        let known = self.line.hit_from(at).filter(|h| h.people().next().is_some()).map(|h| h.tokens.clone());
        let run = self.run(at);
        match (known, run) {
            (Some(k), Some(r))
                if r.end > k.end
                    && self
                        .line
                        .hit(k.end)
                        .is_none_or(|h| h.tokens.start < k.end || k.len() == 1 && h.people().next().is_some()) =>
            {
                Some((at..r.end, true))
            }
            (Some(k), _) => Some((k, true)),
            (None, run) => run.map(|r| (r, false)),
        }
    }

    /// Capitalised words, particles and hyphens that can be a person's name.
    fn run(&self, at: usize) -> Option<Range<usize>> {
        if !self.name_word(at) {
            return None;
        }
        let mut end = at + 1;
        while end < self.line.len() {
            let joins = matches!(self.line.word(end), "-" | "–") || self.particle(end);
            if end > at + 1 && self.line.low(end) == self.line.low(end - 1) {
                break;
            }
            if self.name_word(end) || self.mistaken(end) {
                end += 1;
            } else if self.particle(end) && self.line.low(end + 1) == "-" && self.name_word(end + 2) {
                end += 3;
            } else if joins && (self.name_word(end + 1) || self.particle(end + 1) && self.name_word(end + 2)) {
                end += 2;
            } else if let Some(close) = self.nickname(end) {
                end = close + 1;
            } else {
                break;
            }
        }
        Some(at..end)
    }

    /// The end of a nickname in quotation marks before a further name: Juan “Beto” Quill.
    fn nickname(&self, at: usize) -> Option<usize> {
        let open = matches!(self.line.word(at), "“" | "\"" | "``");
        let shut = |t: &usize| matches!(self.line.word(*t), "”" | "\"" | "''");
        let close = (at + 2..self.line.len().min(at + 5)).find(shut).filter(|_| open)?;
        let capitals = (at + 1..close).all(|t| self.line.capital(t) || self.particle(t));
        (capitals && self.name_word(close + 1)).then_some(close + 1)
    }

    /// Whether what stands there is called after the person whose name ends there: "the Marta Quill International Prize".
    pub(super) fn bears(&self, end: usize) -> bool {
        let between = |t: usize| {
            self.line.capital(t) && (self.word_is(t, TitleWord::Field) || self.word_is(t, TitleWord::Modifier))
        };
        let at = (end..end + 3).find(|&t| !between(t)).unwrap_or(end);
        self.line.capital(at) && self.word_is(at, TitleWord::Bears)
    }

    /// A word that names something else, but before a family name is a first name: "Jordan Smith".
    fn first_name(&self, t: usize) -> bool {
        let given = self.gazetteer.given(self.line.low(t)) && self.line.hit(t).is_some_and(|h| h.tokens.len() == 1);
        given && self.line.hit(t + 1).is_none() && self.line.capital(t + 1) && self.name_word(t + 1)
    }

    /// A capitalised word within a name that the tagger takes for something else: "David Gressly".
    fn mistaken(&self, t: usize) -> bool {
        let open = matches!(self.line.upos(t), Some(Upos::Noun | Upos::Adj | Upos::Adv | Upos::X | Upos::Intj));
        let text = self.line.sentence.field == Field::Text;
        text && open && self.line.capital(t) && self.line.upos(t - 1) == Some(Upos::Propn) && self.free(t)
    }

    pub(super) fn particle(&self, t: usize) -> bool {
        self.word_is(t, TitleWord::Particle)
    }

    pub(super) fn name_word(&self, t: usize) -> bool {
        self.line.upos(t) == Some(Upos::Propn) && self.line.capital(t) && self.free(t)
    }

    /// Whether the word belongs to no other name and means nothing but a name.
    fn free(&self, t: usize) -> bool {
        let taken = self
            .line
            .hit(t)
            .is_some_and(|h| h.people().next().is_none() && h.find(|n| n.kind != NameKind::Place).is_some());
        let taken = taken && !self.first_name(t);
        !taken
            && !self.office_word(t)
            && !super::dates::calendar_word(self.line.low(t))
            && !self.word_is(t, TitleWord::Field)
            && !self.word_is(t, TitleWord::Body)
    }
}
