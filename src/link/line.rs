//! A sentence made ready for linking: its words folded, and the names of the gazetteer found in it.

use std::ops::Range;

use super::gazetteer::{Gazetteer, Name, NameKind};
use super::words::words;
use crate::model::{Actor, Deprel, Document, EntityKind, Graph, Sentence, Upos};

/// A name of the gazetteer in a sentence: the longest that begins there. That of a region names nobody.
#[derive(Debug, Clone)]
pub struct Hit<'g> {
    pub tokens: Range<usize>,
    pub names: Vec<&'g Name>,
}

impl<'g> Hit<'g> {
    /// The first reading of that kind of name for an actor that fits.
    pub fn find(&self, fits: impl Fn(&Name) -> bool) -> Option<&'g Name> {
        self.names.iter().copied().find(|n| fits(n))
    }

    /// The state, territory or body meant, if the hit can be one (a person never is).
    pub fn body(&self) -> Option<&'g Actor> {
        self.find(|n| n.kind != NameKind::Place && n.actor.kind != EntityKind::Person).map(|n| &n.actor)
    }

    /// The people of that name.
    pub fn people(&self) -> impl Iterator<Item = &'g Actor> {
        self.names.iter().filter(|n| n.actor.kind == EntityKind::Person).map(|n| &n.actor)
    }

    pub fn is(&self, kind: NameKind) -> bool {
        self.names.iter().any(|n| n.kind == kind)
    }
}

/// One sentence with what linking looks at.
pub struct Line<'a> {
    pub doc: &'a Document,
    pub index: usize,
    pub sentence: &'a Sentence,
    pub graph: Graph<'a>,
    /// Each token in lower case, accents and dots taken out.
    pub low: Vec<String>,
    pub hits: Vec<Hit<'a>>,
    /// Token -> the hit that covers it.
    hit_at: Vec<Option<usize>>,
}

impl<'a> Line<'a> {
    pub fn new(doc: &'a Document, index: usize, gazetteer: &'a Gazetteer) -> Self {
        let sentence = &doc.sentences[index];
        let scanned = Scanned::new(doc, sentence);
        let hits = scanned.hits(gazetteer);
        let mut hit_at = vec![None; sentence.tokens.len()];
        for (h, hit) in hits.iter().enumerate() {
            hit_at[hit.tokens.clone()].fill(Some(h));
        }
        Self { doc, index, sentence, graph: Graph::new(sentence), low: scanned.low, hits, hit_at }
    }

    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub fn word(&self, t: usize) -> &'a str {
        self.doc.word(self.sentence, t)
    }

    /// The token in lower case; empty past the end.
    pub fn low(&self, t: usize) -> &str {
        self.low.get(t).map(String::as_str).unwrap_or_default()
    }

    pub fn upos(&self, t: usize) -> Option<Upos> {
        self.sentence.tokens.get(t).map(|t| t.upos)
    }

    /// Whether the token begins with a capital letter.
    pub fn capital(&self, t: usize) -> bool {
        t < self.len() && self.word(t).starts_with(char::is_uppercase)
    }

    /// Whether the token is a possessive ending.
    pub fn possessive(&self, t: usize) -> bool {
        matches!(self.low(t), "'s" | "'")
    }

    /// Whether the token only joins what stands before and after it.
    pub fn joins(&self, t: usize) -> bool {
        matches!(self.low(t), "," | "and" | "&")
    }

    /// The capitalised words in brackets (and quotation marks) that begin at the token, with or without an article.
    pub fn short_form(&self, at: usize) -> Option<Range<usize>> {
        let mark = |t: usize| matches!(self.word(t), "“" | "”" | "\"" | "``" | "''" | "‘" | "’");
        let within = at + 1..self.len().min(at + 8);
        let end = { within }.find(|&t| self.low(t) == ")").filter(|_| self.low(at) == "(")?;
        let start = (at + 1..end).find(|&t| !mark(t) && self.low(t) != "the")?;
        let end = (start..end).find(|&t| mark(t)).unwrap_or(end);
        (end - start < 4 && (start..end).all(|t| self.capital(t))).then_some(start..end)
    }

    /// The hit that begins at the token.
    pub fn hit_from(&self, t: usize) -> Option<&Hit<'a>> {
        self.hit(t).filter(|h| h.tokens.start == t)
    }

    /// The hit that covers the token.
    pub fn hit(&self, t: usize) -> Option<&Hit<'a>> {
        self.hits.get((*self.hit_at.get(t)?)?)
    }

    /// The token of a stretch that the rest hangs on: the first whose head lies outside it.
    pub fn head_of(&self, tokens: &Range<usize>) -> usize {
        let outside = |&t: &usize| {
            self.graph.head(t).is_none_or(|h| !tokens.contains(&h)) && self.graph.deprel(t) != Deprel::Punct
        };
        tokens.clone().find(outside).unwrap_or(tokens.start)
    }

    /// The words of a stretch as a name: on one line.
    pub fn name(&self, tokens: &Range<usize>) -> String {
        self.text(tokens).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words of a stretch as they stand in the text.
    pub fn text(&self, tokens: &Range<usize>) -> &'a str {
        if tokens.is_empty() {
            return "";
        }
        let span = self.sentence.tokens[tokens.start].span.join(self.sentence.tokens[tokens.end - 1].span);
        span.of(self.doc.field(self.sentence.field))
    }
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Barrier {
    #[default]
    None,
    /// "People's Republic": part of a name that is written so.
    Possessive,
    /// Punctuation that no name crosses.
    Closed,
}

/// The words of a sentence in the form in which names are compared.
struct Scanned<'a> {
    low: Vec<String>,
    words: Vec<(String, usize, bool, bool)>,
    /// What stands before word n.
    barrier: Vec<Barrier>,
    _doc: std::marker::PhantomData<&'a ()>,
}

impl<'a> Scanned<'a> {
    fn new(doc: &'a Document, sentence: &'a Sentence) -> Self {
        let mut out = Self { low: Vec::new(), words: Vec::new(), barrier: Vec::new(), _doc: std::marker::PhantomData };
        let mut blocked = Barrier::Closed;
        for (t, token) in sentence.tokens.iter().enumerate() {
            let text = doc.word(sentence, t);
            if let Some(word) = plain(text).filter(|_| token.upos != Upos::Part) {
                out.barrier.push(std::mem::take(&mut blocked));
                out.words.push((word.clone(), t, false, false));
                out.low.push(word);
                continue;
            }
            // "US$" is money, no state
            let folded = if text.contains('$') { Vec::new() } else { words(text) };
            let low = if text.starts_with(['\'', '’']) {
                text.to_lowercase().replace('’', "'")
            } else if folded.len() == 1 {
                folded[0].text.clone()
            } else {
                text.to_lowercase().replace('’', "'")
            };
            out.low.push(low);
            if folded.is_empty() {
                if token.upos == Upos::Punct && !matches!(text, "-" | "–" | "." | "'" | "’") && !is_article(text) {
                    blocked = Barrier::Closed;
                }
            } else if token.upos == Upos::Part {
                let own = blocked == Barrier::None && matches!(out.low[t].as_str(), "'s");
                blocked = if own { Barrier::Possessive } else { Barrier::Closed };
            } else {
                let upper = text.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
                // "G-7" is no initial
                let next = |n: usize| sentence.tokens.get(t + n).map_or("", |_| doc.word(sentence, t + n));
                let numbered = next(1) == "-" && next(2).starts_with(|c: char| c.is_ascii_digit());
                let single = !out.words.is_empty() && folded.len() == 1 && super::words::initial(&folded[0].text);
                let initial = single && !numbered;
                for w in folded.into_iter().filter(|_| !initial) {
                    out.barrier.push(std::mem::take(&mut blocked));
                    out.words.push((w.text, t, w.capitals, upper));
                }
            }
        }
        out
    }

    fn hits<'g>(&self, gazetteer: &'g Gazetteer) -> Vec<Hit<'g>> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            match self.longest(at, gazetteer) {
                Some((mut hit, count)) => {
                    hit.tokens.start = self.with_article(&hit);
                    out.push(hit);
                    at += count;
                }
                None => at += 1,
            }
        }
        out
    }

    /// The longest name that begins at word `at`, and the count of its words.
    fn longest<'g>(&self, at: usize, gazetteer: &'g Gazetteer) -> Option<(Hit<'g>, usize)> {
        let first = &self.words[at].0;
        let owns = self.barrier.get(at + 1) == Some(&Barrier::Possessive);
        let most = if owns { gazetteer.longest(&format!("{first}s")) } else { 0 };
        let most = most.max(gazetteer.longest(first)).min(self.words.len() - at);
        let mut found = None;
        let mut key = String::new();
        for count in 1..=most {
            let (word, token, ..) = &self.words[at + count - 1];
            if count > 1 {
                match self.barrier[at + count - 1] {
                    Barrier::None => {}
                    Barrier::Possessive => key.push('s'),
                    Barrier::Closed => break,
                }
                key.push(' ');
            }
            key.push_str(word);
            let names: Vec<_> = gazetteer.names(&key).filter(|n| self.allows(n, at, count)).collect();
            if !names.is_empty() || self.words[at].3 && gazetteer.is_region(&key) {
                found = Some((Hit { tokens: self.words[at].1..token + 1, names }, count));
            }
        }
        found
    }

    /// The first token of a body's name with the article that the folded words leave out: "El Salvador", "al-Qaeda".
    fn with_article(&self, hit: &Hit<'_>) -> usize {
        let start = hit.tokens.start;
        let before = |n: usize| start.checked_sub(n).map_or("", |t| self.low[t].as_str());
        let back = if matches!(before(1), "-" | "–") { 2 } else { 1 };
        if hit.body().is_some() && is_article(before(back)) { start - back } else { start }
    }

    /// Whether the text's capitals are those of the name.
    fn allows(&self, name: &Name, at: usize, count: usize) -> bool {
        let (_, _, capitals, upper) = self.words[at];
        // "G-7": one letter and a number
        let capitals = capitals || upper && count > 1 && self.words[at].0.len() == 1;
        if name.capitals {
            // a word in a line of capitals is no acronym
            let shouted =
                |at: usize| self.words.get(at).is_some_and(|(word, _, capitals, _)| *capitals && word.len() > 2);
            let word = self.words[at].0.len() == 2 && at > 0 && shouted(at - 1) && shouted(at + 1);
            capitals && !word
        } else if capitals && count == 1 && self.words[at].0.len() < 4 && name.actor.kind == EntityKind::Person {
            // initials, not the family of Ma
            false
        } else {
            (upper && (count > 1 || self.words[at].0.len() > 1)) || (name.lower && count > 1)
        }
    }
}

/// A word of small letters that is folded already, as most are.
fn plain(text: &str) -> Option<String> {
    let small = text.len() > 2 && text.bytes().all(|b| b.is_ascii_lowercase());
    small.then(|| text.to_owned())
}

fn is_article(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "al" | "el")
}
