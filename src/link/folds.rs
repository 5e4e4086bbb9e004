//! What of a sentence is a name or a list of names, for reading it again with each as one plain word.

use std::ops::Range;

use crate::model::{Deprel, Document, EntityKind, Fold, Links, Mention, MentionKind, Sentence, Token, Upos};

/// Common words of each kind, which treebanks know well. Neighbours get different ones.
const PEOPLE: [&str; 4] = ["Obama", "Clinton", "Bush", "Powell"];
const STATES: [&str; 4] = ["Germany", "France", "Russia", "Japan"];
const BODIES: [&str; 2] = ["Pentagon", "Congress"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Person,
    State,
    Body,
}

struct Name {
    sentence: usize,
    tokens: Range<usize>,
    class: Class,
}

/// The names of a linked document, in the order of the text; neighbours in a list ("Iran, Russia and Turkey") together.
pub fn folds(doc: &Document, links: &Links) -> Vec<Fold> {
    let mut names: Vec<Name> = Vec::new();
    for (i, m) in links.mentions.iter().enumerate().filter(|(_, m)| m.kind == MentionKind::Name) {
        let free = |n: &Name| names.last().is_none_or(|l| l.sentence < n.sentence || l.tokens.end <= n.tokens.start);
        let Some(mut name) = name(doc, m).filter(free) else { continue };
        if let Some(side) = links.mentions[..i].last().filter(|side| serves(doc, &name, side)) {
            name.tokens.start = side.tokens.start;
            names.pop_if(|n| n.sentence == name.sentence && n.tokens.end > side.tokens.start);
        }
        names.push(name);
    }
    let mut out: Vec<Fold> = Vec::new();
    let mut rest = names.as_slice();
    while let Some(first) = rest.first() {
        let count = listed(doc, rest);
        let nth = out.iter().rev().take_while(|f| f.sentence == first.sentence).count();
        out.push(Fold {
            sentence: first.sentence,
            parts: rest[..count].iter().map(|n| n.tokens.clone()).collect(),
            stand_in: stand_in(first.class, nth),
        });
        rest = &rest[count..];
    }
    out.retain(|f| f.parts.len() > 1 || f.parts.first().is_some_and(|p| hard(doc, f.sentence, p)));
    out
}

/// Whether a person's title begins with the name of his side: "[Kremlin] [spokesman Dmitry Peskov]".
fn serves(doc: &Document, person: &Name, side: &Mention) -> bool {
    let beside = side.sentence == person.sentence && side.tokens.end == person.tokens.start;
    let tokens = &doc.sentences[person.sentence].tokens;
    let below = |t: usize| side.tokens.contains(&tokens[t].head) || person.tokens.contains(&tokens[t].head);
    let body = side.actors.iter().all(|a| a.kind != EntityKind::Person);
    beside && person.class == Class::Person && body && side.tokens.clone().all(below)
}

fn stand_in(class: Class, nth: usize) -> &'static str {
    match class {
        Class::Person => PEOPLE[nth % PEOPLE.len()],
        Class::State => STATES[nth % STATES.len()],
        Class::Body => BODIES[nth % BODIES.len()],
    }
}

/// Whether a name by itself is hard to parse: it has a title or words that are no proper nouns.
fn hard(doc: &Document, sentence: usize, name: &Range<usize>) -> bool {
    let tokens = &doc.sentences[sentence].tokens[name.clone()];
    let plain = |t: &Token| t.upos == Upos::Propn && (t.deprel.is(Deprel::Flat) || t.deprel.is(Deprel::Compound));
    tokens.iter().filter(|t| !plain(t)).count() > 1 || tokens.len() > 3 || tokens.iter().any(|t| t.upos != Upos::Propn)
}

/// The part of a mention that is a name: what stands before a comma, with its article; with an office between commas.
fn name(doc: &Document, m: &Mention) -> Option<Name> {
    let sentence = &doc.sentences[m.sentence];
    let word = |t: usize| if t < sentence.tokens.len() { doc.word(sentence, t) } else { "" };
    let mut tokens = m.tokens.clone();
    let closed = apposed(sentence, &word, &tokens);
    tokens.end = closed.or_else(|| tokens.clone().find(|&t| word(t) == ",")).unwrap_or(tokens.end);
    let opens = |t: &usize| !matches!(sentence.tokens[*t].upos, Upos::Verb | Upos::Adp | Upos::Pron | Upos::Adv);
    tokens.start = tokens.clone().find(opens).unwrap_or(tokens.end);
    if tokens.is_empty() || matches!(word(tokens.end - 1), "'s" | "’s" | "'" | "’") {
        return None;
    }
    let class = match m.actors.first()?.kind {
        EntityKind::Person => Class::Person,
        EntityKind::State | EntityKind::Territory | EntityKind::Igo => Class::State,
        _ => Class::Body,
    };
    let proper = sentence.tokens[tokens.end - 1].upos == Upos::Propn || tokens.len() > 1;
    let article = tokens.start.checked_sub(1).filter(|&t| word(t).eq_ignore_ascii_case("the"));
    let own = article.filter(|&t| class == Class::State && tokens.contains(&sentence.tokens[t].head));
    tokens.start = own.unwrap_or(tokens.start);
    tokens.end = aside(&word, tokens.end, sentence.tokens.len());
    proper.then_some(Name { sentence: m.sentence, tokens, class })
}

/// The end of a name with an office between commas, "A, the envoy of B to the talks, "; the second comma goes with it
/// unless a list goes on there.
fn apposed<'d>(sentence: &Sentence, word: &dyn Fn(usize) -> &'d str, tokens: &Range<usize>) -> Option<usize> {
    tokens.clone().find(|&t| word(t) == ",")?;
    let plain = |t: usize| {
        let token = &sentence.tokens[t];
        !matches!(token.upos, Upos::Verb | Upos::Aux | Upos::Pron | Upos::Sconj | Upos::Cconj)
    };
    let last = sentence.tokens.len().min(tokens.end + OFFICE);
    let close = (tokens.end..last).find(|&t| matches!(word(t), "," | "." | ";") || !plain(t))?;
    match word(close) {
        "," if matches!(word(close + 1), "and" | "&") || word(close + 1).starts_with(char::is_uppercase) => Some(close),
        "," => Some(close + 1),
        "." | ";" => Some(close),
        _ => None,
    }
}

/// So many words may follow the office that stands between commas.
const OFFICE: usize = 8;

/// How many of the names, from the first, are one list: only commas stand between them, and "and" before the last name or
/// behind it ("Iran, Russia and other states").
fn listed(doc: &Document, names: &[Name]) -> usize {
    let sentence = &doc.sentences[names[0].sentence];
    let word = |t: usize| if t < sentence.tokens.len() { doc.word(sentence, t) } else { "" };
    let mut count = 1;
    while let Some(next) = names.get(count) {
        let last = &names[count - 1];
        if next.sentence != last.sentence || (next.class == Class::Person) != (last.class == Class::Person) {
            break;
        }
        let between: Vec<&str> = (last.tokens.end..next.tokens.start).map(word).collect();
        match between.as_slice() {
            [","] => count += 1,
            ["and" | "&"] | [",", "and"] => return count + 1,
            _ => break,
        }
    }
    let end = names[count - 1].tokens.end;
    let goes_on = word(end) == "and" || word(end) == "," && word(end + 1) == "and";
    if goes_on { count } else { 1 }
}

/// The end of ", for his part," after a name: it says nothing, and hides the verb.
fn aside<'d>(word: &dyn Fn(usize) -> &'d str, at: usize, len: usize) -> usize {
    let is = |i: usize, words: &[&str]| at + i < len && words.iter().any(|w| w.eq_ignore_ascii_case(word(at + i)));
    let found = is(0, &[","])
        && is(1, &["for", "on"])
        && is(2, &["his", "her", "its", "their"])
        && is(3, &["part", "side"])
        && is(4, &[","]);
    if found { at + 5 } else { at }
}
