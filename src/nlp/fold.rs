//! Reads sentences again with names folded: "Secretary of State John Kerry" becomes one plain word, so that what is left is
//! a sentence as treebanks have many, and the tree is found that long names had hidden.

use std::ops::Range;

use super::Nlp;
use super::model::{Analysis, Desk};
use crate::model::{Deprel, Document, Fold, Sentence, Token, Upos};

impl Nlp {
    /// Parses the sentences of `folds` again, each fold as one word. Folds are in the order of the text and do not overlap.
    /// The words inside a fold keep their tags and what they hang on there.
    pub fn refold(&self, doc: &mut Document, folds: &[Fold]) {
        let groups: Vec<&[Fold]> = folds.chunk_by(|a, b| a.sentence == b.sentence).collect();
        let places: Vec<Vec<Range<usize>>> =
            groups.iter().map(|g| places(doc.sentences[g[0].sentence].tokens.len(), g)).collect();
        let words: Vec<Vec<&str>> = groups.iter().zip(&places).map(|(g, p)| folded(doc, g, p)).collect();
        let analyses = self.model.analyse(&words, &mut Desk::default());
        let fresh: Vec<(usize, Sentence)> = groups
            .iter()
            .zip(places.iter().zip(analyses))
            .map(|(g, (places, a))| (g[0].sentence, self.unfolded(doc, g, places, &a)))
            .collect();
        for (at, sentence) in fresh {
            doc.sentences[at] = sentence;
        }
    }

    /// The sentence with the tree of its folded words.
    fn unfolded(&self, doc: &Document, folds: &[Fold], places: &[Range<usize>], a: &Analysis) -> Sentence {
        let before = &doc.sentences[folds[0].sentence];
        let mut sentence = before.clone();
        folds.iter().for_each(|f| bind(&mut sentence.tokens, f));
        let tops: Vec<usize> = places.iter().map(|p| top(&sentence.tokens, p)).collect();
        for (n, &top) in tops.iter().enumerate() {
            let token = &mut sentence.tokens[top];
            (token.head, token.deprel) = (tops[a.heads[n]], a.labels[n]);
            let name = places[n].len() > 1 || folds.iter().any(|f| f.tokens() == places[n]);
            if name {
                (token.upos, token.xpos) = (Upos::Propn, "NNP");
            } else {
                (token.upos, token.xpos) = a.tags[n];
                token.lemma = self.lemma(doc.word(before, top), token.upos, token.xpos);
            }
        }
        let words: Vec<&str> = (0..sentence.tokens.len()).map(|t| doc.word(before, t)).collect();
        self.repair(&mut sentence.tokens, &words);
        sentence
    }
}

/// Gives the words of a fold one top: those of each name hang on its first noun, later names on the first one.
fn bind(tokens: &mut [Token], fold: &Fold) {
    let tops: Vec<usize> = fold.parts.iter().map(|p| top(tokens, p)).collect();
    for (part, &top) in fold.parts.iter().zip(&tops) {
        for t in part.clone().filter(|&t| t != top) {
            if !part.contains(&tokens[t].head) || tokens[t].head == t {
                (tokens[t].head, tokens[t].deprel) = (top, Deprel::Flat);
            }
        }
        // a word of the name that hung on its top by a detour outside
        (tokens[top].head, tokens[top].deprel) = (top, Deprel::Root);
    }
    let [first, others @ ..] = tops.as_slice() else { return };
    for &other in others {
        (tokens[other].head, tokens[other].deprel) = (*first, Deprel::Conj);
    }
    for (pair, &next) in fold.parts.windows(2).zip(others) {
        for token in &mut tokens[pair[0].end..pair[1].start] {
            token.head = next;
            token.deprel = if token.upos == Upos::Punct { Deprel::Punct } else { Deprel::Cc };
        }
    }
}

/// The stretches of tokens that are one word each once names are folded.
fn places(len: usize, folds: &[Fold]) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(len);
    let mut at = 0;
    for fold in folds {
        let tokens = fold.tokens();
        out.extend((at..tokens.start).map(|t| t..t + 1));
        at = tokens.end;
        out.push(tokens);
    }
    out.extend((at..len).map(|t| t..t + 1));
    out
}

fn folded<'d>(doc: &'d Document, folds: &[Fold], places: &[Range<usize>]) -> Vec<&'d str> {
    let sentence = &doc.sentences[folds[0].sentence];
    let stand_in = |p: &Range<usize>| folds.iter().find(|f| f.tokens() == *p).map(|f| f.stand_in);
    places.iter().map(|p| stand_in(p).unwrap_or_else(|| doc.word(sentence, p.start))).collect()
}

/// The token of a stretch that the rest hangs on.
fn top(tokens: &[Token], place: &Range<usize>) -> usize {
    let outside = |&t: &usize| {
        let token = &tokens[t];
        (!place.contains(&token.head) || token.head == t)
            && !matches!(token.upos, Upos::Punct | Upos::Det | Upos::Cconj)
    };
    place.clone().find(outside).unwrap_or(place.start)
}
