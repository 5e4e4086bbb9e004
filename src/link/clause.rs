//! What the clause around a pronoun says of whom it can mean: its subject, its object, whoever has the thing that it speaks of.

use super::line::Line;
use super::memory::{Seen, distinct};
use crate::model::{Actor, Deprel, EntityKind, Upos};

/// In "urged Russia to end its war", "thanked him for his stance": the object that the verb speaks of, if it is an actor.
/// `None` if no object governs the pronoun.
pub(super) fn controlled<'s>(line: &Line<'_>, t: usize, here: &'s [Seen]) -> Option<Option<&'s Seen>> {
    let g = &line.graph;
    let under = |&u: &usize| match g.deprel(u) {
        Deprel::Xcomp => true,
        rel if rel.is(Deprel::Advcl) => {
            let called = g.head(u).is_some_and(|v| g.lemma(v) == "call");
            let mark = |m: usize| matches!(line.low(m), "of" | "for" | "from") || called && line.low(m) == "to";
            g.by(u, Deprel::Mark).any(mark)
        }
        rel if rel.is(Deprel::Obl) => {
            matches!(g.case(u).as_deref(), Some("for" | "of" | "over" | "because of"))
                || matches!(g.lemma(u), "response" | "retaliation" | "reaction")
        }
        _ => false,
    };
    let part = std::iter::once(t).chain(g.up(t)).take_while(|&u| !g.deprel(u).is(Deprel::Ccomp)).find(under)?;
    let verb = g.head(part).filter(|&v| v < part)?;
    let objects = g.by(verb, Deprel::Obj).chain(g.by(verb, Deprel::Iobj));
    // "imposed sanctions on Russia for its war"
    let against = |&o: &usize| matches!(g.case(o).as_deref(), Some("on" | "upon" | "against"));
    let struck = g.by(verb, Deprel::Obj).flat_map(|o| g.by(o, Deprel::Nmod)).chain(g.by(verb, Deprel::Obl));
    let struck = struck.filter(|o| against(o) && g.deprel(part).is(Deprel::Obl));
    let actor = |o: usize| here.iter().rfind(|s| s.sentence == line.index && s.coordination == o && !s.weak);
    // "hold talks for its" speaks of no actor: the subject's
    objects.chain(g.asked(verb)).chain(struck).filter(|&o| o < part && o != t).find_map(actor).map(Some)
}

/// "Iran kept its word", "the Saudis cannot reach their goals": those who are the subject of the clause in which the pronoun
/// says whose something is. `None` if that clause has none, or it is no actor.
pub(super) fn bound(line: &Line<'_>, t: usize, here: &[Seen]) -> Option<Vec<Actor>> {
    let g = &line.graph;
    (g.deprel(t) == Deprel::NmodPoss).then_some(())?;
    let mut verb = g.clause(t)?;
    let subject = loop {
        if let Some(subject) = g.by(verb, Deprel::Nsubj).next() {
            break subject;
        }
        let open = matches!(g.deprel(verb), Deprel::Xcomp | Deprel::Advcl | Deprel::Conj);
        verb = g.clause(verb).filter(|&up| open && up != verb)?;
    };
    let same = |s: &&Seen| s.sentence == line.index && s.coordination == subject && !s.weak;
    let actors = distinct(here.iter().filter(same).map(|s| s.actor.clone()));
    (subject < t && !actors.is_empty()).then_some(actors)
}

/// "France and its partners", "Iran's compliance with its pledges": whoever stands next before "and", or has the thing of
/// which the pronoun's noun is a part.
pub(super) fn possessor(line: &Line<'_>, t: usize, here: &[Seen], person: bool) -> Option<Vec<Actor>> {
    let g = &line.graph;
    (g.deprel(t) == Deprel::NmodPoss).then_some(())?;
    let those = |fits: &dyn Fn(&Seen) -> bool| {
        let found = distinct(here.iter().filter(|s| s.sentence == line.index && fits(s)).map(|s| s.actor.clone()));
        (!found.is_empty()).then_some(found)
    };
    if t > 0
        && line.low(t - 1) == "and"
        && let Some(found) = those(&|s| s.end + 1 == t && !s.weak)
    {
        return Some(found);
    }
    let mut part = g.head(t)?;
    loop {
        let rel = g.deprel(part);
        let inner = matches!(rel, Deprel::Obj | Deprel::Xcomp)
            || [Deprel::Nmod, Deprel::Obl, Deprel::Acl].iter().any(|r| rel.is(*r))
            // "Trump's lawyer and his wife" may be the lawyer's
            || rel == Deprel::Conj && !person;
        part = g.head(part).filter(|_| inner)?;
        if g.by(part, Deprel::Nsubj).next().is_some() {
            return None;
        }
        if let Some(owner) = g.by(part, Deprel::NmodPoss).find(|&o| o < t) {
            return those(&|s| s.coordination == owner);
        }
    }
}

/// Whether the subject of the clause is a noun in the plural: "the Saudis", "Russian officials".
pub(super) fn plural(line: &Line<'_>, t: usize) -> bool {
    let subject = line.graph.clause(t).and_then(|v| line.graph.by(v, Deprel::Nsubj).next());
    // "the United States" is one
    let state = |s: usize| line.hit(s).and_then(|h| h.body()).is_some_and(|a| a.kind == EntityKind::State);
    subject.is_some_and(|s| {
        line.sentence.tokens[s].xpos.ends_with('S') && !(line.upos(s) == Some(Upos::Propn) && state(s))
    })
}

/// "..., he said" behind what is said.
pub(super) fn trailing(line: &Line<'_>, t: usize) -> bool {
    let closed = t > 0 && matches!(line.word(t - 1), "," | "”" | "''" | "\"");
    closed && line.graph.head(t).is_some_and(|v| v > t && v + 6 >= line.len())
}

/// The subject of the clause whose object or adjunct the pronoun is: it cannot mean the same.
pub(super) fn rival(line: &Line<'_>, t: usize) -> Option<usize> {
    let g = &line.graph;
    let object = matches!(g.deprel(t), Deprel::Obj | Deprel::Iobj) || g.deprel(t).is(Deprel::Obl);
    let plain = object && !line.low(t).ends_with("self") && !line.low(t).ends_with("selves");
    let verb = g.head(t).filter(|_| plain)?;
    // "greeted Rouhani and congratulated him"
    let first = if g.deprel(verb) == Deprel::Conj { g.head(verb) } else { None };
    g.by(verb, Deprel::Nsubj).next().or_else(|| g.by(first?, Deprel::Nsubj).next())
}
