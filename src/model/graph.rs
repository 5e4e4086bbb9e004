//! The sentence graph: a view over the tree that answers what rules ask, whatever the grammar of the clause.
//!
//! After the enhanced dependencies of Schuster and Manning (2016): passives and their agents, conjoined words, control and
//! raising, relative clauses, participles, nouns carried by light verbs.

use super::{Deprel, Sentence, Token, Upos};

/// A sentence's tree with its children at hand. Steps that follow structure are bounded by the depth of the tree.
#[derive(Debug)]
pub struct Graph<'a> {
    pub sentence: &'a Sentence,
    first: Vec<u32>,
    children: Vec<u32>,
}

/// How many steps up or along a chain is followed before it is taken for a faulty tree.
const FAR: usize = 24;

impl<'a> Graph<'a> {
    pub fn new(sentence: &'a Sentence) -> Self {
        let n = sentence.tokens.len();
        let mut first = vec![0u32; n + 2];
        for (i, t) in sentence.tokens.iter().enumerate() {
            if t.head != i {
                first[t.head + 2] += 1;
            }
        }
        for i in 2..n + 2 {
            first[i] += first[i - 1];
        }
        let mut children = vec![0u32; first[n + 1] as usize];
        for (i, t) in sentence.tokens.iter().enumerate() {
            if t.head != i {
                children[first[t.head + 1] as usize] = i as u32;
                first[t.head + 1] += 1;
            }
        }
        Self { sentence, first, children }
    }

    pub fn token(&self, t: usize) -> &'a Token {
        &self.sentence.tokens[t]
    }

    pub fn lemma(&self, t: usize) -> &'a str {
        &self.sentence.tokens[t].lemma
    }

    pub fn deprel(&self, t: usize) -> Deprel {
        self.sentence.tokens[t].deprel
    }

    /// The head, or `None` for the root.
    pub fn head(&self, t: usize) -> Option<usize> {
        let h = self.sentence.tokens[t].head;
        (h != t).then_some(h)
    }

    /// The word of a stretch that the others hang by.
    pub fn top(&self, tokens: &std::ops::Range<usize>) -> usize {
        let outside = |t: &usize| self.head(*t).is_none_or(|h| !tokens.contains(&h));
        tokens.clone().find(outside).unwrap_or(tokens.start)
    }

    pub fn children(&self, t: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[self.first[t] as usize..self.first[t + 1] as usize].iter().map(|&c| c as usize)
    }

    /// Children by relation: the universal part has to agree, and the subtype if `rel` has one.
    pub fn by(&self, t: usize, rel: Deprel) -> impl Iterator<Item = usize> + '_ {
        let exact = rel.as_str().contains(':');
        self.children(t).filter(move |&c| self.deprel(c) == rel || (!exact && self.deprel(c).is(rel)))
    }

    pub fn has(&self, t: usize, rel: Deprel) -> bool {
        self.by(t, rel).next().is_some()
    }

    /// The tokens from `t` up to the root, `t` first.
    pub fn up(&self, t: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(t), |&t| self.head(t)).take(FAR * 4)
    }

    /// Whether `t` lies below `top`, or is it.
    pub fn within(&self, t: usize, top: usize) -> bool {
        self.up(t).any(|u| u == top)
    }

    /// The preposition of a phrase, in lower case; of several words joined by blanks ("because of").
    pub fn case(&self, t: usize) -> Option<String> {
        let own = self.by(t, Deprel::Case).find(|&c| self.token(c).upos != Upos::Part && c < t);
        let c = own.or_else(|| self.by(t, Deprel::Mark).find(|&c| self.token(c).upos == Upos::Adp))?;
        let mut words = vec![self.lemma(c)];
        words.extend(self.by(c, Deprel::Fixed).map(|f| self.lemma(f)));
        Some(words.join(" "))
    }

    /// The word and those conjoined with it, the first first.
    pub fn conjuncts(&self, t: usize) -> Vec<usize> {
        let mut out = vec![t];
        let mut at = 0;
        while at < out.len() && out.len() < FAR * 2 {
            out.extend(self.by(out[at], Deprel::Conj));
            at += 1;
        }
        out
    }

    /// The first word of the coordination in which the word stands.
    pub fn first_conjunct(&self, t: usize) -> usize {
        let up = |&t: &usize| self.head(t).filter(|_| self.deprel(t) == Deprel::Conj);
        std::iter::successors(Some(t), up).take(FAR).last().unwrap_or(t)
    }

    pub fn passive(&self, verb: usize) -> bool {
        self.children(verb).any(|c| matches!(self.deprel(c), Deprel::AuxPass | Deprel::NsubjPass))
            || (self.token(verb).xpos == "VBN" && self.deprel(verb) == Deprel::Acl)
    }

    /// Who does what the verb says: its subject, the agent of a passive, or the one supplied by a conjoined, controlling
    /// or modified word.
    pub fn subjects(&self, verb: usize) -> Vec<usize> {
        self.subjects_from(verb, FAR)
    }

    fn subjects_from(&self, verb: usize, left: usize) -> Vec<usize> {
        if self.passive(verb) {
            return self.agents(verb);
        }
        self.surface_subject(verb, left)
    }

    /// The grammatical subject, whatever the voice.
    fn surface_subject(&self, verb: usize, left: usize) -> Vec<usize> {
        let own: Vec<_> = self.by(verb, Deprel::Nsubj).map(|s| self.antecedent(verb, s)).collect();
        if !own.is_empty() || left == 0 {
            return own;
        }
        let Some(head) = self.head(verb) else { return Vec::new() };
        match self.deprel(verb) {
            Deprel::Conj if self.predicate(head) => self.surface_subject(head, left - 1),
            Deprel::Xcomp => {
                match self.by(head, Deprel::Obj).chain(self.by(head, Deprel::Iobj)).chain(self.asked(head)).next() {
                    Some(object) if self.token(head).upos == Upos::Verb && object < verb => vec![object],
                    _ => self.surface_subject(head, left - 1),
                }
            }
            // "criticized Iran for hosting them", "accused it of helping": the one who is judged did it
            Deprel::Advcl if self.judged(verb, head).is_some() => self.judged(verb, head).into_iter().collect(),
            Deprel::Advcl if self.predicate(head) => self.surface_subject(head, left - 1),
            Deprel::Acl if self.token(verb).xpos == "VBG" => vec![head],
            // "plans to attack", "its decision to recall": who holds the noun
            Deprel::Acl => self.holders(head, left - 1),
            _ => Vec::new(),
        }
    }

    /// Whoever is asked with a preposition: "called on Syldavia to withdraw".
    pub fn asked(&self, verb: usize) -> Option<usize> {
        let words = asks_with(self.lemma(verb));
        self.by(verb, Deprel::Obl).find(|&o| self.case(o).is_some_and(|c| words.contains(&c.as_str())))
    }

    /// The object of the verb above a participle with "for", "of" or "from" ("kept them from leaving"), before it; of wishes with "on".
    fn judged(&self, verb: usize, head: usize) -> Option<usize> {
        let on = matches!(self.lemma(head), "congratulate" | "compliment");
        let reason = self
            .by(verb, Deprel::Mark)
            .any(|m| matches!(self.lemma(m), "for" | "of" | "from") || on && self.lemma(m) == "on");
        let object = self.by(head, Deprel::Obj).find(|&o| o < verb);
        object.filter(|_| reason && self.token(verb).xpos == "VBG" && !self.passive(head))
    }

    /// Who has the deed that a noun names: its possessor, or the subject of the verb that carries it.
    fn holders(&self, noun: usize, left: usize) -> Vec<usize> {
        let own: Vec<_> = self.by(noun, Deprel::NmodPoss).collect();
        match self.head(noun) {
            _ if !own.is_empty() || left == 0 => own,
            Some(verb) if matches!(self.deprel(noun), Deprel::Obj) => self.surface_subject(verb, left - 1),
            _ => own,
        }
    }

    fn agents(&self, verb: usize) -> Vec<usize> {
        let by = |c: &usize| {
            self.deprel(*c) == Deprel::OblAgent
                || (self.deprel(*c) == Deprel::Obl && self.case(*c).as_deref() == Some("by"))
        };
        let own: Vec<_> = self.children(verb).filter(by).collect();
        match self.head(verb) {
            Some(head) if own.is_empty() && self.deprel(verb) == Deprel::Conj && self.passive(head) => {
                self.children(head).filter(by).collect()
            }
            _ => own,
        }
    }

    /// Whom or what the deed befalls: the object, or the subject of a passive.
    pub fn objects(&self, verb: usize) -> Vec<usize> {
        if self.passive(verb) {
            if self.deprel(verb) == Deprel::Acl {
                return self.head(verb).into_iter().collect();
            }
            return self.surface_subject(verb, FAR);
        }
        let own: Vec<_> = self.by(verb, Deprel::Obj).map(|o| self.antecedent(verb, o)).collect();
        if !own.is_empty() {
            return own;
        }
        if self.has(verb, Deprel::Xcomp) && self.has(verb, Deprel::Iobj) {
            return self.by(verb, Deprel::Iobj).collect();
        }
        if self.deprel(verb) == Deprel::Amod && self.has(verb, Deprel::Nsubj) {
            return self.head(verb).into_iter().collect();
        }
        match self.head(verb) {
            // "met and congratulated Raisi"; "the man whom they killed" without a pronoun
            Some(_) if self.deprel(verb) == Deprel::AclRelcl && self.has(verb, Deprel::Nsubj) => Vec::new(),
            // the same where the object hangs on the first verb
            Some(first) if self.deprel(verb) == Deprel::Conj && self.by(first, Deprel::Obj).any(|o| o > verb) => {
                self.by(first, Deprel::Obj).filter(|&o| o > verb).collect()
            }
            _ => self
                .by(verb, Deprel::Conj)
                .filter(|&c| c > verb && self.token(c).upos == Upos::Verb && !self.has(c, Deprel::Nsubj))
                .flat_map(|c| self.by(c, Deprel::Obj))
                .take(1)
                .collect(),
        }
    }

    /// What a relative pronoun stands for; any other word stands for itself.
    fn antecedent(&self, verb: usize, t: usize) -> usize {
        let pronoun = |t: usize| self.token(t).upos == Upos::Pron && matches!(self.token(t).xpos, "WP" | "WDT");
        // "both of whom"
        let relative = pronoun(t) || self.by(t, Deprel::Nmod).any(pronoun);
        let clause = self.up(verb).take(6).find(|&v| self.deprel(v) == Deprel::AclRelcl);
        match clause.and_then(|v| self.head(v)) {
            Some(noun) if relative => noun,
            _ => t,
        }
    }

    /// The phrases that hang on the word by that preposition; "for" also leads to the subject of "called for them to leave".
    pub fn preps<'b>(&'b self, t: usize, prep: &'b str) -> impl Iterator<Item = usize> + 'b {
        self.children(t).filter_map(move |c| {
            let phrase = self.deprel(c).is(Deprel::Obl) || self.deprel(c).is(Deprel::Nmod);
            if phrase && self.case(c).as_deref() == Some(prep) {
                return Some(c);
            }
            let for_clause = prep == "for" && self.by(c, Deprel::Mark).any(|m| self.lemma(m) == "for");
            self.by(c, Deprel::Nsubj).next().filter(|_| for_clause)
        })
    }

    /// Whether the word heads a clause.
    pub fn predicate(&self, t: usize) -> bool {
        self.token(t).upos == Upos::Verb || self.has(t, Deprel::Cop) || self.has(t, Deprel::Nsubj)
    }

    /// The word that heads the clause in which `t` stands, `t` itself apart.
    pub fn clause(&self, t: usize) -> Option<usize> {
        self.up(t).skip(1).find(|&u| self.predicate(u))
    }

    /// The first and last token of what hangs on `t`, `t` included.
    pub fn extent(&self, t: usize) -> (usize, usize) {
        let (mut low, mut high, mut todo) = (t, t, vec![t]);
        while let Some(t) = todo.pop() {
            (low, high) = (low.min(t), high.max(t));
            todo.extend(self.children(t));
        }
        (low, high)
    }
}

/// The prepositions that lead to whoever is asked by that verb; none of verbs that ask without one.
pub fn asks_with(lemma: &str) -> &'static [&'static str] {
    match lemma {
        "call" => &["on", "upon"],
        "appeal" => &["to"],
        _ => &[],
    }
}
