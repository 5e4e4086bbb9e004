//! Several models read together: their probabilities are averaged, step by step. Too slow for articles, better than each
//! alone: what they make of plain text is what one small model then learns from (Hinton, Vinyals and Dean 2015; for
//! parsers Kuncoro et al. 2016).

use super::loss::softmax;
use crate::nlp::model::{Analysis, Desk, Model, skipped};
use crate::nlp::net::words::WordRows;
use crate::nlp::parser::arc_hybrid::State;
use crate::nlp::parser::decode::{Content, Scorer};
use crate::nlp::parser::view::View;

/// One of the models with what it made of a sentence.
struct Member<'a> {
    model: &'a Model,
    desk: Desk,
    rows: Vec<Vec<WordRows>>,
    content: Content,
}

/// What `models`, which must be of the same treebanks, say together of a sentence.
pub fn analyse(models: &[Model], words: &[&str]) -> Analysis {
    let Some(first) = models.first() else { return Analysis::default() };
    let sentence = [words.to_vec()];
    let member = |model| {
        let mut desk = Desk::default();
        let rows = Model::encode(model, &sentence, &mut desk);
        Member { model, desk, rows, content: Content::default() }
    };
    let mut members: Vec<Member<'_>> = models.iter().map(member).collect();
    let count = first.parts().tags.len();
    let tag = |at: usize| {
        // A row of zeros stands before the sentence.
        let of = |m: &Member<'_>| m.desk.scores[(at + 1) * count..(at + 2) * count].to_vec();
        first.best_tag(&mean(members.iter().map(of)))
    };
    let tags: Vec<_> = (0..words.len()).map(tag).collect();
    let skip = [skipped(&tags)];
    for m in &mut members {
        m.content = m.model.place(&m.rows, &skip, &mut m.desk).pop().unwrap_or_default();
    }
    let mut state = State::new(members[0].content.rows.len());
    while !state.done() {
        let scores = mean(members.iter().map(|m| m.scores(&state)));
        state.take(first.scorer.best(&state, &scores));
    }
    first.analysis(words, tags, &skip[0], &state)
}

impl Member<'_> {
    /// Scores of the transitions; those that are not allowed have none.
    fn scores(&self, state: &State) -> Vec<f32> {
        let (w, scorer) = (&self.model.parts().weights, &self.model.scorer);
        let view = View::of(state, &self.content.marks);
        let hidden = Scorer::hidden(w, &self.desk.places, &self.content.rows, &view).map(|h| h.max(0.0));
        let mut scores = Vec::new();
        scorer.scores(w, &hidden, &mut scores);
        for (score, kind) in scores.iter_mut().zip(&scorer.kinds) {
            *score = if state.allows(*kind) { *score } else { f32::NEG_INFINITY };
        }
        scores
    }
}

/// The sum of the probabilities that scores stand for.
fn mean(all: impl Iterator<Item = Vec<f32>>) -> Vec<f32> {
    let mut sum = Vec::new();
    for mut scores in all {
        softmax(&mut scores);
        sum.resize(scores.len(), 0.0);
        sum.iter_mut().zip(&scores).for_each(|(s, x)| *s += x);
    }
    sum
}
