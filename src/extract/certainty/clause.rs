//! What the tree says of a clause: whether it is negated, conditional, a purpose, or only names who speaks.

use crate::model::{Deprel, Graph};

/// "..., the envoy said": a clause of its own that names a speaker and has nothing to say, however it hangs on what is said.
pub fn tag(g: &Graph<'_>, verb: usize) -> bool {
    let loose = match g.deprel(verb) {
        Deprel::Parataxis => true,
        Deprel::Acl | Deprel::Advcl => {
            let (low, _) = g.extent(verb);
            let mark = |t: usize| matches!(g.lemma(t), "," | "”" | "\"" | "''");
            let apart = mark(low) || low > 0 && mark(low - 1);
            let finite = matches!(g.token(verb).xpos, "VBD" | "VBZ" | "VBP");
            finite && apart && g.has(verb, Deprel::Nsubj) && !g.has(verb, Deprel::Mark) && !g.has(verb, Deprel::Obj)
        }
        _ => false,
    };
    loose && !g.has(verb, Deprel::Ccomp)
}

/// "must not X, but must Y": a conjunct with "but" or an auxiliary of its own is not denied with the first.
pub fn apart(g: &Graph<'_>, t: usize) -> bool {
    let own = |c: usize| g.deprel(c) == Deprel::Aux || g.deprel(c) == Deprel::Cc && g.lemma(c) == "but";
    g.deprel(t) == Deprel::Conj && g.children(t).any(own)
}

/// "Not", but for "not only X but also Y"; "not once", "no longer".
pub fn denies(g: &Graph<'_>, adverb: usize) -> bool {
    let next = g.sentence.tokens.get(adverb + 1).map_or("", |n| &*n.lemma);
    match g.lemma(adverb) {
        "not" | "n't" | "never" => !matches!(next, "only" | "just" | "merely"),
        "once" | "long" => g.children(adverb).any(|c| matches!(g.lemma(c), "not" | "no")),
        _ => false,
    }
}

/// Whether the word is negated.
pub fn negated(g: &Graph<'_>, t: usize) -> bool {
    g.children(t).any(|c| match g.deprel(c) {
        Deprel::Advmod | Deprel::Cc => denies(g, c) || g.lemma(c) == "no",
        Deprel::Det => g.lemma(c) == "no",
        _ => false,
    })
}

/// Whether a phrase only sets the scene: "in a meeting with", "after the talks", "with their support, he hopes".
pub fn frame(g: &Graph<'_>, t: usize) -> bool {
    const SCENE: [&str; 11] =
        ["in", "during", "at", "after", "on", "following", "follow", "before", "since", "amid", "upon"];
    let first = g.head(t).is_some_and(|head| t < head);
    let scene = |case: &str| SCENE.contains(&case) || first && case == "with";
    g.deprel(t).is(Deprel::Obl) && g.case(t).is_some_and(|c| scene(&c))
}

/// "Was able to", "has been able to".
pub fn past(g: &Graph<'_>, t: usize) -> bool {
    g.by(t, Deprel::Cop).any(|c| matches!(g.token(c).xpos, "VBD" | "VBN"))
}

/// Whether the clause is a condition: "if they fail", "unless".
pub fn conditional(g: &Graph<'_>, t: usize) -> bool {
    g.by(t, Deprel::Mark).any(|m| matches!(g.lemma(m), "if" | "unless" | "whether" | "should" | "provided"))
}

/// Whether what a word tells is to come only if something else does: "if they fail, he will".
pub fn conditioned(g: &Graph<'_>, t: usize) -> bool {
    let depends = |c: usize| conditional(g, c) && !g.within(t, c);
    g.up(t).any(|u| g.by(u, Deprel::Advcl).any(depends))
}

/// Whose words a noun tells: "Khan's statement", "claims by the ministry".
pub fn owners(g: &Graph<'_>, noun: usize) -> Vec<usize> {
    let by = |c: &usize| g.case(*c).is_none_or(|p| matches!(&*p, "by" | "of" | "from" | "'s" | "’s"));
    let named = g.by(noun, Deprel::NmodPoss).chain(g.by(noun, Deprel::Nmod).filter(by));
    let owners: Vec<_> = named.chain(g.by(noun, Deprel::Compound)).collect();
    let verb = g.head(noun).filter(|_| owners.is_empty() && g.deprel(noun) == Deprel::Obj);
    verb.map_or(owners, |verb| g.subjects(verb))
}

/// "to meet Raisi" after "flew to Tehran".
pub fn purpose(g: &Graph<'_>, t: usize) -> bool {
    g.by(t, Deprel::Mark).any(|m| g.lemma(m) == "to") && g.token(t).xpos == "VB"
}
