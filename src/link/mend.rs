//! Trees that cannot be right, seen from who is who: a person joined to a noun inside another person's office, or to a month.

use crate::model::{Deprel, Document, EntityKind, Links, Mention, Token, Upos};

/// Mends the trees of a document by the names and times found in it.
pub fn mend(doc: &mut Document, links: &Links) {
    for s in 0..doc.sentences.len() {
        let mentions = links.mentions_of(s);
        let mut owner = vec![None; doc.sentences[s].tokens.len()];
        for (i, m) in mentions.iter().enumerate() {
            owner[m.tokens.clone()].fill(Some(i));
        }
        let mut timed = vec![false; owner.len()];
        for t in links.times_of(s) {
            timed[t.tokens.clone()].fill(true);
        }
        let words: Vec<String> = (0..owner.len()).map(|t| doc.word(&doc.sentences[s], t).to_owned()).collect();
        let tokens = &mut doc.sentences[s].tokens;
        for m in mentions.iter().filter(|m| person(m)) {
            let Some(top) = top(tokens, m) else { continue };
            let joined = tokens[top].head;
            if tokens[top].deprel != Deprel::Conj || owner[joined].is_some() {
                continue;
            }
            if timed[joined] {
                after_a_time(tokens, top, joined);
            } else if closed(&words, m.tokens.start) {
                let above = std::iter::successors(Some(joined), |&t| below_noun(tokens, t)).take(DEPTH);
                let other = above.filter_map(|t| owner[t]).find(|&i| person(&mentions[i]));
                if let Some(head) = other.and_then(|i| self::top(tokens, &mentions[i])).filter(|&h| h < top) {
                    tokens[top].head = head;
                }
            }
        }
    }
}

const DEPTH: usize = 5;

fn person(m: &Mention) -> bool {
    m.actors.len() == 1 && m.actors[0].kind == EntityKind::Person
}

/// The token of the mention that hangs on a word outside.
fn top(tokens: &[Token], m: &Mention) -> Option<usize> {
    m.tokens.clone().find(|&t| !m.tokens.contains(&tokens[t].head) && tokens[t].upos != Upos::Punct)
}

/// The noun that the token is told of.
fn below_noun(tokens: &[Token], t: usize) -> Option<usize> {
    let inside = tokens[t].deprel.is(Deprel::Nmod) || tokens[t].deprel == Deprel::Appos;
    inside.then_some(tokens[t].head)
}

/// Whether a comma closes what stands before "and": "A, the envoy to the talks, and B".
fn closed(words: &[String], start: usize) -> bool {
    start >= 2 && matches!(words[start - 1].as_str(), "and" | "&") && words[start - 2] == ","
}

/// "In late July, A and his delegation met B": A is no second July, but who met.
fn after_a_time(tokens: &mut [Token], top: usize, time: usize) {
    let verb = tokens[time].head;
    let subject = |t: &Token| t.head == verb && t.deprel.is(Deprel::Nsubj);
    if verb <= top || tokens[verb].upos != Upos::Verb || tokens.iter().any(subject) {
        return;
    }
    for t in tokens[top + 1..verb].iter_mut().filter(|t| t.head == time && t.deprel == Deprel::Conj) {
        t.head = top;
    }
    (tokens[top].head, tokens[top].deprel) = (verb, Deprel::Nsubj);
}
