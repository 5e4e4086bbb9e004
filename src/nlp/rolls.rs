//! Rolls of people: "Twenty ambassadors will present their credentials: A (Syldavia), B (Borduria), and C (Ruritania)". No
//! treebank holds them, and the parser loses its way in them; here each name joins the first, and stands for what the colon
//! announces.

use std::ops::Range;

use super::language::LANGUAGE;
use crate::model::{Deprel, Token, Upos};

/// So many people make a roll.
const LEAST: usize = 3;
/// The longest name, and the most words within brackets.
const LONGEST: usize = 12;

/// One of a roll: the name, and what is said of it in brackets.
struct Entry {
    name: Range<usize>,
    brackets: Range<usize>,
}

/// Hangs the names of a roll on each other, and the first on the subject of the clause that announces it.
pub fn rolls(tokens: &mut [Token], words: &[&str]) {
    let mut start = 0;
    while let Some(open) = (start..words.len()).find(|&i| words[i] == "(") {
        let roll = roll(tokens, words, open);
        start = roll.last().map_or(open + 1, |e| e.brackets.end);
        if roll.len() >= LEAST {
            bind(tokens, words, &roll);
        }
    }
}

/// The entries that follow each other from the bracket on, with nothing but commas and "and" between.
fn roll(tokens: &[Token], words: &[&str], open: usize) -> Vec<Entry> {
    let named = |i: usize| tokens[i].upos == Upos::Propn || words[i].starts_with(char::is_uppercase);
    let part = |i: &usize| named(*i) || LANGUAGE.particle(words[*i]);
    let within = |from: usize| from..words.len().min(from + LONGEST);
    let first = (0..open).rev().take_while(part).take(LONGEST + 1).last().filter(|&f| open - f <= LONGEST);
    // a particle begins the first name after a colon only: "known as Otto Adler"
    let first = first.and_then(|f| (f..open).find(|&i| named(i) || i > 0 && words[i - 1] == ":"));
    let mut out = Vec::new();
    let (mut name, mut open) = (first, open);
    while let Some(at) = name.filter(|&at| at < open && part(&at) && (at..open).any(named)) {
        let Some(close) = within(open + 1).find(|&i| words[i] == ")").filter(|&c| c > open + 1) else { break };
        out.push(Entry { name: at..open, brackets: open..close + 1 });
        let next = within(close + 1).find(|&i| !matches!(words[i], "," | ";" | "and"));
        let bracket = next.and_then(|n| within(n).find(|i| !part(i)));
        let Some(bracket) = bracket.filter(|&b| words[b] == "(" && next > Some(close + 1)) else { break };
        (name, open) = (next, bracket);
    }
    out
}

fn bind(tokens: &mut [Token], words: &[&str], roll: &[Entry]) {
    let (Some(first), Some(last)) = (roll.first(), roll.last()) else { return };
    let whole = first.name.start..last.brackets.end;
    let top = first.name.start;
    if tokens[whole.clone()].iter().zip(whole.clone()).any(|(t, i)| t.head == i) {
        (tokens[top].head, tokens[top].deprel) = (top, Deprel::Root);
    } else if let Some(over) = announced(tokens, words, top).filter(|&t| leads_outside(tokens, &whole, t)) {
        (tokens[top].head, tokens[top].deprel) = (over, Deprel::List);
    } else if !leads_outside(tokens, &whole, tokens[top].head) {
        return;
    }
    for (n, entry) in roll.iter().enumerate() {
        let at = entry.name.start;
        if n > 0 {
            (tokens[at].head, tokens[at].deprel) = (top, Deprel::Conj);
            hang(tokens, roll[n - 1].brackets.end..at, at, Deprel::Punct);
        }
        hang(tokens, at + 1..entry.name.end, at, Deprel::Flat);
        let inside = entry.brackets.start + 1..entry.brackets.end - 1;
        let outside = |tokens: &[Token], t: usize| !inside.contains(&tokens[t].head) || tokens[t].head == t;
        let noun = inside.clone().find(|&t| outside(tokens, t)).unwrap_or(inside.start);
        for t in entry.brackets.clone().filter(|&t| t != noun) {
            if outside(tokens, t) || !inside.contains(&t) {
                tokens[t].head = noun;
                tokens[t].deprel = if inside.contains(&t) { Deprel::Dep } else { Deprel::Punct };
            }
        }
        (tokens[noun].head, tokens[noun].deprel) = (at, Deprel::Appos);
    }
}

/// Whether the way up from the token does not lead through the roll.
fn leads_outside(tokens: &[Token], roll: &Range<usize>, mut t: usize) -> bool {
    while !roll.contains(&t) && tokens[t].head != t {
        t = tokens[t].head;
    }
    !roll.contains(&t)
}

fn hang(tokens: &mut [Token], range: Range<usize>, head: usize, deprel: Deprel) {
    for t in &mut tokens[range] {
        t.head = head;
        t.deprel = if t.upos == Upos::Cconj { Deprel::Cc } else { deprel };
    }
}

/// What a colon before the roll announces: the last plural noun before it that is a subject ("ambassadors", "the following"),
/// else the last plural noun.
fn announced(tokens: &[Token], words: &[&str], top: usize) -> Option<usize> {
    let before = top.checked_sub(2).filter(|_| words[top - 1] == ":")?;
    let several = |t: &usize| matches!(tokens[*t].xpos, "NNS" | "NNPS");
    let subject = |t: &usize| tokens[*t].deprel.is(Deprel::Nsubj);
    let nouns = || (0..=before).rev().filter(several);
    nouns().find(subject).or_else(|| nouns().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use proptest::prelude::*;

    const ROLL: &str = "Envoys came : van Adler ( Syldavia ) , Otto ( Borduria ) and Jan ( Ruritania )";

    fn token(word: &str) -> Token {
        let upos = if word.starts_with(char::is_uppercase) { Upos::Propn } else { Upos::Punct };
        let xpos = if word == "Envoys" { "NNS" } else { "NNP" };
        Token { span: Span::new(0, 0), lemma: word.into(), upos, xpos, head: 0, deprel: Deprel::Nsubj }
    }

    fn root(tokens: &[Token], mut t: usize) -> Option<usize> {
        for _ in 0..=tokens.len() {
            if tokens[t].head == t {
                return Some(t);
            }
            t = tokens[t].head;
        }
        None
    }

    proptest! {
        /// Whatever tree the parser made of it, a roll leaves one root, and every way up leads to it.
        #[test]
        fn a_roll_leaves_a_tree(
            order in Just((0..18).collect::<Vec<_>>()).prop_shuffle(),
            picks in prop::collection::vec(any::<prop::sample::Index>(), 18),
        ) {
            let words: Vec<&str> = ROLL.split(' ').collect();
            let mut tokens: Vec<Token> = words.iter().map(|w| token(w)).collect();
            tokens[order[0]].head = order[0];
            for n in 1..order.len() {
                tokens[order[n]].head = order[picks[n].index(n)];
            }
            prop_assert_eq!(roll(&tokens, &words, 5).len(), 3);
            let rooted = (3..18).contains(&order[0]);
            rolls(&mut tokens, &words);
            let roots: Vec<Option<usize>> = (0..tokens.len()).map(|t| root(&tokens, t)).collect();
            prop_assert!(roots.iter().all(|r| r.is_some() && *r == roots[0]), "{roots:?}");
            // a roll with the root in it is always bound: Otto and Jan join van
            prop_assert!(!rooted || [9, 14].iter().all(|&t| tokens[t].head == 3));
        }
    }
}
