//! Who talks, as the sentences tell it: quotation marks, and the subjects of verbs of speech.

use super::line::Line;
use super::references::{Pointer, References};
use crate::model::{Deprel, Field};

/// Follows quotation marks through the document: a quotation may go on over the sentences of its paragraph.
#[derive(Default)]
pub struct Quotes {
    open: bool,
    /// Field and paragraph that are being read.
    paragraph: Option<(Field, usize)>,
}

impl Quotes {
    /// For each token whether it stands in quotation marks, and whether a paragraph begins with the sentence.
    pub fn read(&mut self, line: &Line<'_>) -> (Vec<bool>, bool) {
        let place = (line.sentence.field, line.sentence.paragraph);
        let fresh = self.paragraph.replace(place) != Some(place);
        self.open &= !fresh;
        let mut inside = Vec::with_capacity(line.len());
        for t in 0..line.len() {
            match line.word(t) {
                "“" | "``" | "«" | "„" => self.open = true,
                "”" | "''" | "»" => self.open = false,
                "\"" => self.open = !self.open,
                _ => {}
            }
            inside.push(self.open);
        }
        (inside, fresh)
    }
}

/// Who says what the sentence tells, outside of quotations and of others' words: "Qassemi said that ...", "a site quoted him
/// as saying". The token, whether or not it is an actor.
pub fn sayer(line: &Line<'_>, quoted: &[bool], words: &References) -> Option<usize> {
    let g = &line.graph;
    let under = |v: usize| {
        std::iter::once(v).chain(g.up(v)).any(|u| {
            let rel = g.deprel(u);
            rel.is(Deprel::Ccomp) || rel.is(Deprel::Acl) || rel.is(Deprel::Advcl)
        })
    };
    (0..line.len()).find_map(|s| {
        let verb = g.head(s).filter(|&v| says(line, v, quoted, words) && !quoted[s])?;
        let subject = g.deprel(s).is(Deprel::Nsubj) && !under(verb);
        let quoting = g.deprel(s) == Deprel::Nsubj && g.lemma(verb) == "quote";
        let quoted_one = || g.by(verb, Deprel::Obj).next().filter(|_| quoting);
        subject.then(|| quoted_one().unwrap_or(s))
    })
}

/// Whether the word is a verb of speech outside of quotations.
pub fn says(line: &Line<'_>, verb: usize, quoted: &[bool], words: &References) -> bool {
    !quoted[verb] && words.is(line.graph.lemma(verb), Pointer::Say)
}
