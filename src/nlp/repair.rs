//! Mends a fault that the parser makes in the plainest sentences of news: "X established relations with Y", where the verb
//! is taken for an adjective of its object.

use crate::model::{Deprel, Token, Upos};

/// Makes a past-tense verb that was hung on the noun after it the head of its clause again. A participle that stands before
/// its noun follows a determiner, an adverb or another adjective; a name or noun right before it is its subject.
pub fn finite_verbs(tokens: &mut [Token]) {
    for v in 1..tokens.len() {
        let noun = tokens[v].head;
        let past = tokens[v].upos == Upos::Verb && matches!(tokens[v].xpos, "VBD" | "VBN");
        let before = matches!(tokens[v - 1].upos, Upos::Propn | Upos::Noun | Upos::Pron);
        if !(past && before && tokens[v].deprel == Deprel::Amod && noun > v && below(tokens, v - 1, noun)) {
            continue;
        }
        let root = tokens[noun].head == noun;
        (tokens[v].head, tokens[v].deprel) =
            if root { (v, Deprel::Root) } else { (tokens[noun].head, tokens[noun].deprel) };
        (tokens[noun].head, tokens[noun].deprel) = (v, Deprel::Obj);
        for t in 0..v {
            if tokens[t].head == noun && t != v {
                tokens[t].head = v;
                if matches!(tokens[t].upos, Upos::Propn | Upos::Noun | Upos::Pron) {
                    tokens[t].deprel = Deprel::Nsubj;
                }
            }
        }
    }
}

/// Whether the token hangs on `top`, at any depth, by tokens that all stand before the verb.
fn below(tokens: &[Token], mut t: usize, top: usize) -> bool {
    for _ in 0..tokens.len() {
        let head = tokens[t].head;
        if head == top {
            return true;
        }
        if head == t || head > top {
            return false;
        }
        t = head;
    }
    false
}
