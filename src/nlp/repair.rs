//! Mends faults that the parser makes in the plainest sentences of news: "X established relations with Y", where the verb
//! is taken for an adjective of its object, and headlines ("X attacks Y", "X, Y sign pact"), which no treebank holds.

use super::stems::Stems;
use crate::model::{Deprel, Token, Upos, asks_with};

fn nominal(t: &Token) -> bool {
    matches!(t.upos, Upos::Propn | Upos::Noun | Upos::Pron)
}

/// "Borduria attacks Syldavia": in a line without a verb, a noun in -s that is a verb's third person, after a name and
/// before the rest, is that verb.
pub fn headline_verbs(tokens: &mut [Token], words: &[&str], stems: &Stems) {
    if tokens.len() < 3 || tokens.iter().any(|t| matches!(t.upos, Upos::Verb | Upos::Aux)) {
        return;
    }
    let verb = (1..tokens.len() - 1).find(|&v| {
        matches!(tokens[v].upos, Upos::Noun | Upos::Propn)
            && tokens[v - 1].upos == Upos::Propn
            && stems.third_person(words[v]).is_some()
    });
    let Some(v) = verb else { return };
    let Some(lemma) = stems.third_person(words[v]) else { return };
    let Some(root) = tokens.iter().enumerate().position(|(i, t)| t.head == i) else { return };
    let outside = |tokens: &[Token], range: std::ops::Range<usize>| {
        range.clone().find(|&i| nominal(&tokens[i]) && (!range.contains(&tokens[i].head) || tokens[i].head == i))
    };
    let (subject, object) = (outside(tokens, 0..v), outside(tokens, v + 1..tokens.len()));
    for (i, t) in tokens.iter_mut().enumerate() {
        let crosses = (i < v) != (t.head < v) || t.head == v || i == root;
        if i != v && crosses {
            t.head = v;
            t.deprel = if t.upos == Upos::Punct { Deprel::Punct } else { Deprel::Dep };
        }
    }
    (tokens[v].head, tokens[v].deprel) = (v, Deprel::Root);
    (tokens[v].upos, tokens[v].xpos, tokens[v].lemma) = (Upos::Verb, "VBZ", lemma.into_boxed_str());
    if let Some(s) = subject {
        (tokens[s].head, tokens[s].deprel) = (v, Deprel::Nsubj);
    }
    if let Some(o) = object {
        let case = tokens.iter().any(|t| t.head == o && t.deprel == Deprel::Case);
        (tokens[o].head, tokens[o].deprel) = (v, if case { Deprel::Obl } else { Deprel::Obj });
    }
}

/// "Freedonia, Sylvania sign treaty": a name, a comma and another name before the verb are its subject together.
pub fn comma_subjects(tokens: &mut [Token], words: &[&str]) {
    let Some(comma) = (1..tokens.len().min(8)).find(|&i| words[i] == ",") else { return };
    let first = (0..comma).find(|&i| tokens[i].head >= comma || tokens[i].head == i);
    let second =
        (comma + 1..tokens.len()).find(|&i| tokens[i].upos != Upos::Propn).map(|end| end - 1).filter(|&s| s > comma);
    let (Some(first), Some(last)) = (first, second) else { return };
    let name = (0..comma).all(|i| matches!(tokens[i].upos, Upos::Propn | Upos::Punct));
    let subject = (comma + 1..=last).find(|&i| tokens[i].head > last);
    let Some(subject) = subject.filter(|&s| name && tokens[s].deprel == Deprel::Nsubj) else { return };
    let verb = tokens[subject].head;
    if tokens[first].head == first {
        (tokens[verb].head, tokens[verb].deprel) = (verb, Deprel::Root);
    } else if tokens[first].head != verb {
        return;
    }
    (tokens[first].head, tokens[first].deprel) = (verb, Deprel::Nsubj);
    (tokens[subject].head, tokens[subject].deprel) = (first, Deprel::Conj);
}

/// Makes a past-tense verb that was hung on the noun after it the head of its clause again. A participle that stands before
/// its noun follows a determiner, an adverb or another adjective; a name or noun right before it is its subject.
pub fn finite_verbs(tokens: &mut [Token]) {
    for v in 1..tokens.len() {
        let noun = tokens[v].head;
        let past = tokens[v].upos == Upos::Verb && matches!(tokens[v].xpos, "VBD" | "VBN");
        if !(past && tokens[v].deprel == Deprel::Amod && noun > v) {
            continue;
        }
        let name = tokens[noun].upos == Upos::Propn;
        if nominal(&tokens[v - 1]) && below(tokens, v - 1, noun) {
            over_object(tokens, v, noun);
        } else if nominal(&tokens[v - 1]) {
            after_subject(tokens, v, noun);
        } else if tokens[v - 1].upos == Upos::Cconj && (name || tokens[v].xpos == "VBD") {
            after_verb(tokens, v, noun);
        }
    }
}

/// "The bloc called for talks." read as a bloc so called: where a whole sentence has no subject, the past form right below its
/// root is its verb.
pub fn rootless_verbs(tokens: &mut [Token], words: &[&str]) {
    let Some(root) = tokens.iter().enumerate().position(|(i, t)| t.head == i) else { return };
    let clause = |t: &Token| t.deprel.is(Deprel::Nsubj) || t.deprel.is(Deprel::Csubj) || t.deprel == Deprel::Cop;
    if !nominal(&tokens[root]) || words.last() != Some(&".") || tokens.iter().any(clause) {
        return;
    }
    let past = |t: &Token| t.upos == Upos::Verb && matches!(t.xpos, "VBD" | "VBN") && t.deprel == Deprel::Acl;
    let Some(v) = (root + 1..tokens.len()).find(|&v| tokens[v].head == root && past(&tokens[v])) else { return };
    for t in tokens[v + 1..].iter_mut().filter(|t| t.head == root) {
        t.head = v;
    }
    (tokens[v].head, tokens[v].deprel) = (v, Deprel::Root);
    (tokens[root].head, tokens[root].deprel) = (v, Deprel::Nsubj);
}

/// "Sylvania opposed the plan" read as a preposition: a past form that marks the noun after it, and has a subject of its own
/// or stands right behind the noun on which its noun hangs, is the verb of the two. What a word joins to another
/// preposition stays ("as opposed to", "based on").
pub fn cased_verbs(tokens: &mut [Token], words: &[&str], stems: &Stems) {
    for v in 1..tokens.len() {
        let object = tokens[v].head;
        let joined = tokens.get(v + 1).is_some_and(|t| matches!(t.upos, Upos::Adp | Upos::Part))
            || matches!(tokens[v - 1].upos, Upos::Adp | Upos::Sconj);
        if tokens[v].deprel != Deprel::Case || joined || object <= v {
            continue;
        }
        let Some(lemma) = stems.past(words[v]) else { continue };
        let above = tokens[object].head;
        if (0..v).any(|s| tokens[s].head == v && tokens[s].deprel.is(Deprel::Nsubj)) {
            over_object(tokens, v, object);
        } else if above < v && nominal(&tokens[above]) {
            over_subject(tokens, v, above, object);
        } else {
            continue;
        }
        (tokens[v].upos, tokens[v].xpos, tokens[v].lemma) = (Upos::Verb, "VBD", lemma.into_boxed_str());
    }
}

/// The object hangs on the subject: the verb takes the subject's place, and both hang on it.
fn over_subject(tokens: &mut [Token], v: usize, subject: usize, object: usize) {
    let root = tokens[subject].head == subject;
    (tokens[v].head, tokens[v].deprel) =
        if root { (v, Deprel::Root) } else { (tokens[subject].head, tokens[subject].deprel) };
    tokens[v + 1..].iter_mut().filter(|t| t.head == subject).for_each(|t| t.head = v);
    (tokens[subject].head, tokens[subject].deprel) = (v, Deprel::Nsubj);
    (tokens[object].head, tokens[object].deprel) = (v, Deprel::Obj);
}

/// The subject hangs on the object: the verb takes the object's place, and both hang on it.
fn over_object(tokens: &mut [Token], v: usize, noun: usize) {
    let root = tokens[noun].head == noun;
    (tokens[v].head, tokens[v].deprel) =
        if root { (v, Deprel::Root) } else { (tokens[noun].head, tokens[noun].deprel) };
    (tokens[noun].head, tokens[noun].deprel) = (v, Deprel::Obj);
    for t in tokens[..v].iter_mut().filter(|t| t.head == noun) {
        t.head = v;
        if nominal(t) {
            t.deprel = Deprel::Nsubj;
        }
    }
}

/// The object hangs on the subject: "Netanyahu praised Trump" read as two names, one of them praised.
fn after_subject(tokens: &mut [Token], v: usize, noun: usize) {
    let mut subject = v - 1;
    while tokens[subject].head != subject && tokens[subject].head < v && nominal(&tokens[tokens[subject].head]) {
        subject = tokens[subject].head;
    }
    let hangs = |t: &Token| nominal_link(t.deprel);
    if tokens[noun].head >= v || !hangs(&tokens[noun]) || !below(tokens, noun, subject) && tokens[noun].head != subject
    {
        return;
    }
    let root = tokens[subject].head == subject;
    (tokens[v].head, tokens[v].deprel) =
        if root { (v, Deprel::Root) } else { (tokens[subject].head, clause_of(tokens[subject].deprel)) };
    (tokens[subject].head, tokens[subject].deprel) = (v, Deprel::Nsubj);
    (tokens[noun].head, tokens[noun].deprel) = (v, Deprel::Obj);
    for t in tokens[v + 1..].iter_mut().filter(|t| t.head == subject) {
        t.head = v;
        t.deprel = if t.deprel.is(Deprel::Acl) { Deprel::Advcl } else { t.deprel };
    }
}

/// "cut short a visit and praised Trump": the verb after the conjunction joins the one before.
fn after_verb(tokens: &mut [Token], v: usize, noun: usize) {
    let mut first = tokens[noun].head;
    for _ in 0..tokens.len() {
        if first >= v || tokens[first].upos == Upos::Verb || tokens[first].head == first {
            break;
        }
        first = tokens[first].head;
    }
    if first >= v || tokens[first].upos != Upos::Verb || tokens[noun].deprel != Deprel::Conj {
        return;
    }
    (tokens[v].head, tokens[v].deprel) = (first, Deprel::Conj);
    (tokens[noun].head, tokens[noun].deprel) = (v, Deprel::Obj);
    if tokens[v - 1].head == noun {
        tokens[v - 1].head = v;
    }
}

fn nominal_link(d: Deprel) -> bool {
    [Deprel::Obj, Deprel::Conj, Deprel::Appos, Deprel::Dep, Deprel::List, Deprel::Flat].into_iter().any(|k| d.is(k))
        || d == Deprel::Nmod
        || d == Deprel::Parataxis
}

/// What a clause is to the word on which its subject was hung.
fn clause_of(d: Deprel) -> Deprel {
    if matches!(d, Deprel::Obj | Deprel::Obl | Deprel::Nsubj) { Deprel::Ccomp } else { d }
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

/// "X announced it planned to join": an "it" with a personal verb and what it plans is no empty subject.
pub fn personal_subjects(tokens: &mut [Token]) {
    const EMPTY: [&str; 12] =
        ["seem", "appear", "happen", "turn", "take", "be", "remain", "prove", "become", "make", "come", "begin"];
    for t in 0..tokens.len() {
        let verb = tokens[t].head;
        let infinitive = |x: &Token| x.head == verb && x.deprel == Deprel::Xcomp && x.upos == Upos::Verb;
        let personal = tokens[verb].upos == Upos::Verb && !EMPTY.contains(&&*tokens[verb].lemma);
        if tokens[t].deprel == Deprel::Expl && t < verb && personal && tokens.iter().any(infinitive) {
            tokens[t].deprel = Deprel::Nsubj;
        }
    }
}

/// "X urged the embassy to reconsider and spoke with Y": a finite verb does not join an infinitive but the finite verb above.
pub fn finite_conjuncts(tokens: &mut [Token]) {
    let finite = |t: &Token| t.upos == Upos::Verb && matches!(t.xpos, "VBD" | "VBZ" | "VBP");
    for v in 0..tokens.len() {
        let first = tokens[v].head;
        let helped = |v: usize| {
            tokens[..].iter().any(|t| t.head == v && (t.deprel == Deprel::Aux || t.deprel.is(Deprel::Nsubj)))
        };
        let bare = matches!(tokens[first].xpos, "VB" | "VBG") && tokens[first].upos == Upos::Verb;
        if tokens[v].deprel != Deprel::Conj || !finite(&tokens[v]) || !bare || helped(v) {
            continue;
        }
        // "did not reconsider and left" hangs on its own helping verb
        if tokens.iter().any(|t| t.head == first && matches!(t.deprel, Deprel::Aux)) {
            continue;
        }
        let mut above = first;
        for _ in 0..4 {
            let next = tokens[above].head;
            if next == above || next >= v {
                break;
            }
            above = next;
            if finite(&tokens[above]) {
                tokens[v].head = above;
                break;
            }
        }
    }
}

/// "The envoy to Y, X, has met Z": one who is spoken to does not stand before a verb that has no other subject.
pub fn called_subjects(tokens: &mut [Token]) {
    for t in 0..tokens.len() {
        let verb = tokens[t].head;
        let helped = |v: usize| tokens.iter().any(|x| x.head == v && x.deprel.is(Deprel::Aux));
        let finite = tokens[verb].upos == Upos::Verb
            && (matches!(tokens[verb].xpos, "VBD" | "VBZ") || tokens[verb].xpos != "VB" && helped(verb));
        let subject = |x: &Token| x.head == verb && (x.deprel.is(Deprel::Nsubj) || x.deprel.is(Deprel::Csubj));
        if tokens[t].deprel == Deprel::Vocative
            && t < verb
            && nominal(&tokens[t])
            && finite
            && !tokens.iter().any(subject)
        {
            tokens[t].deprel = Deprel::Nsubj;
        }
    }
}

/// "Called on Syldavia to withdraw", "appealed to it to stop": what is asked of somebody is no aim of the asking.
pub fn asked_infinitives(tokens: &mut [Token], words: &[&str]) {
    let under = |tokens: &[Token], head: usize, lemma: &[&str]| {
        tokens.iter().any(|t| t.head == head && lemma.contains(&&*t.lemma.to_lowercase()))
    };
    for v in 1..tokens.len() {
        let asking = tokens[v].head;
        let prepositions = asks_with(&tokens[asking].lemma);
        if prepositions.is_empty() {
            continue;
        }
        let infinitive = tokens[v].xpos == "VB" && tokens[v].deprel == Deprel::Advcl && asking < v;
        let asked = (asking + 1..v)
            .any(|o| tokens[o].head == asking && tokens[o].deprel.is(Deprel::Obl) && under(tokens, o, prepositions));
        if infinitive && asked && tokens[asking].upos == Upos::Verb && under(tokens, v, &["to"]) {
            tokens[v].deprel = Deprel::Xcomp;
            // ", after a meeting with its envoy": when it was asked
            let scene = |tokens: &[Token], o: usize| {
                let case = tokens[..o].iter().position(|t| t.head == o && t.deprel == Deprel::Case);
                case.is_some_and(|c| {
                    matches!(&*tokens[c].lemma, "after" | "during" | "following" | "follow")
                        && c > 0
                        && words[c - 1] == ","
                })
            };
            for o in v + 1..tokens.len() {
                if tokens[o].head == v && tokens[o].deprel.is(Deprel::Obl) && scene(tokens, o) {
                    tokens[o].head = asking;
                }
            }
        }
    }
}
