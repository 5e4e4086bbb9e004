//! Who speaks: quotations that run over sentences, transcripts, headlines, and who "we" and "I" are in them.
//!
//! A turn is a stretch of text in somebody's words. It goes to the saying verb nearest its ends, else to the last speaker.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::certainty::Certainty;
use super::rules::{Path, Pos, Step};
use super::walk::{Filler, Scene};
use crate::model::{Actor, Deprel, Document, Entity, EntityKind, Field, Mention, MentionKind, Upos};

/// Where in the document a token stands: sentence, token.
type At = (usize, usize);

/// Somebody's words, from the first token to the last.
#[derive(Debug)]
pub struct Turn {
    from: At,
    to: At,
    /// Whose words they are, if that is known.
    pub speaker: Option<Mention>,
}

/// The turns of a document, and whom "we" and "I" stand for in them.
#[derive(Debug, Default)]
pub struct Speech {
    turns: Vec<Turn>,
    added: Vec<Mention>,
    anonymous: Vec<Mention>,
}

/// A quotation longer than this lacks its closing mark.
const LONGEST: usize = 14;

/// A speaker named farther back than this is no longer the one who goes on.
const BACK: usize = 2;

impl Speech {
    /// Listens to a document whose sentences with their mentions are `scenes`.
    pub fn new(doc: &Document, scenes: &[Scene<'_>], words: &Certainty, homes: &BTreeMap<String, Actor>) -> Self {
        let spans = quotations(doc);
        let inside = |at: At| spans.iter().any(|(from, to)| *from <= at && at <= *to);
        let sayings: Vec<Saying> =
            scenes.iter().enumerate().flat_map(|(s, scene)| sayings(doc, scene, s, words, &inside)).collect();
        let quoted = spans.iter().map(|&(from, to)| Turn { from, to, speaker: whose(from, to, &sayings) });
        let described = sayings.iter().filter_map(|x| x.speaker.clone()).filter(|m| m.kind == MentionKind::Description);
        let described = described.filter(anonymous).collect();
        let mut out = Self { turns: quoted.collect(), added: Vec::new(), anonymous: described };
        out.turns.extend(labelled(doc, scenes));
        out.added = out.turns.iter().flat_map(|t| first_persons(doc, scenes, t, homes)).collect();
        out.added.sort_by_key(|m| (m.sentence, m.tokens.start));
        out.added.dedup_by_key(|m| (m.sentence, m.tokens.start));
        out
    }

    /// The one in whose words the token stands.
    pub fn speaker(&self, sentence: usize, token: usize) -> Option<&Mention> {
        let at = (sentence, token);
        self.turns.iter().find(|t| t.from <= at && at <= t.to)?.speaker.as_ref()
    }

    /// The speaker who is no actor, if the token heads his description: "analysts", "a joint statement".
    pub fn anonymous(&self, sentence: usize, token: usize) -> Option<&Mention> {
        self.anonymous.iter().find(|m| m.sentence == sentence && m.head == token)
    }

    /// "We", "our", "I" of a sentence.
    pub fn mentions(&self, sentence: usize) -> impl Iterator<Item = &Mention> {
        self.added.iter().filter(move |m| m.sentence == sentence)
    }
}

/// Why a speaker who is no actor is a mention.
const ANONYMOUS: &str = "speaks without being an actor";

/// Whether the speaker is only described: he can vouch for a fact, but takes no part in one.
pub fn anonymous(speaker: &Mention) -> bool {
    speaker.reason == ANONYMOUS
}

/// A verb of saying outside quotations, with its subject if that is an actor.
struct Saying {
    at: At,
    speaker: Option<Mention>,
    /// Its subject is "he" or "she", and nobody known.
    pronoun: bool,
}

fn sayings(doc: &Document, scene: &Scene<'_>, s: usize, words: &Certainty, inside: &dyn Fn(At) -> bool) -> Vec<Saying> {
    let g = &scene.graph;
    let subject = Path(vec![Step::Subj, Step::Inside]);
    let mut out = Vec::new();
    for t in (0..g.sentence.tokens.len()).filter(|&t| !inside((s, t))) {
        let speaker = if g.token(t).upos == Upos::Verb && words.says(g.lemma(t)) {
            let passive = g.passive(t) && g.subjects(t).is_empty();
            let path = if passive { &Path(vec![Step::Obj]) } else { &subject };
            if g.subjects(t).is_empty() && !passive {
                continue;
            }
            scene.fill(t, Pos::Verb, path, super::walk::Want::default()).into_iter().next()
        } else if g.deprel(t).is(Deprel::Obl) && g.case(t).as_deref() == Some("accord to") {
            scene.mention(t).and_then(|m| Some(Filler { actor: m.actors.first()?.clone(), mention: m }))
        } else {
            continue;
        };
        let head = if g.token(t).upos == Upos::Verb { g.subjects(t).first().copied() } else { Some(t) };
        if speaker.is_none()
            && let Some(mention) = head.and_then(|h| described(doc, scene, s, h, words))
        {
            out.push(Saying { at: (s, t), speaker: Some(mention), pronoun: false });
            continue;
        }
        let quoted = speaker.as_ref().is_some_and(|f| inside((s, f.mention.head)));
        let speaker = speaker.filter(|_| !quoted).map(|f| Mention { actors: vec![f.actor], ..f.mention.clone() });
        let pronoun = speaker.is_none() && head.is_some_and(|h| matches!(g.lemma(h), "he" | "she"));
        out.push(Saying { at: (s, t), speaker, pronoun });
    }
    out
}

/// A speaker who is no actor, by the words up to the noun: "three diplomats".
fn described(doc: &Document, scene: &Scene<'_>, s: usize, head: usize, words: &Certainty) -> Option<Mention> {
    let g = &scene.graph;
    let noun = g.token(head).upos == Upos::Noun && words.speakers.contains(g.lemma(head));
    let (low, _) = g.extent(head);
    let article = |t: usize| matches!(g.token(t).upos, Upos::Det | Upos::Adp | Upos::Punct) || g.lemma(t) == "accord";
    let start = (low.max(head.saturating_sub(3))..head).find(|&t| !article(t)).unwrap_or(head);
    let name = g.token(start).span.join(g.token(head).span).of(doc.field(g.sentence.field)).to_owned();
    let id: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let actor = Entity { id: format!("speaker-{id}"), kind: EntityKind::Body, name, country: None, wikidata: None };
    (noun && scene.mention(head).is_none()).then(|| Mention {
        sentence: s,
        tokens: start..head + 1,
        head,
        actors: vec![Arc::new(actor)],
        kind: MentionKind::Description,
        role: None,
        reason: ANONYMOUS.to_owned(),
        confidence: 0.8,
    })
}

/// The speaker of a quotation: of the verb in the sentences where it begins or ends, the nearest first; else the last one.
fn whose(from: At, to: At, sayings: &[Saying]) -> Option<Mention> {
    let after = sayings.iter().find(|x| x.at > to && x.at.0 == to.0).map(|x| (x.at.1 - to.1, x));
    let before = sayings.iter().rfind(|x| x.at < from && x.at.0 == from.0).map(|x| (from.1 - x.at.1, x));
    let near = match (after, before) {
        (Some(a), Some(b)) => Some(if b.0 <= a.0 + 2 { b.1 } else { a.1 }),
        (a, b) => a.or(b).map(|x| x.1),
    };
    match near {
        Some(saying) if !saying.pronoun => saying.speaker.clone(),
        _ => {
            let last = sayings.iter().rfind(|x| x.at < from && !x.pronoun)?;
            last.speaker.clone().filter(|_| from.0 - last.at.0 <= BACK)
        }
    }
}

/// What a quotation mark does at its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
}

fn mark(doc: &Document, s: usize, t: usize) -> Option<Mark> {
    let sentence = &doc.sentences[s];
    match doc.word(sentence, t) {
        "“" | "``" | "«" | "„" => Some(Mark::Open),
        "”" | "''" | "»" => Some(Mark::Close),
        "\"" => {
            let text = doc.field(sentence.field);
            let span = sentence.tokens[t].span;
            let gap = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "([—–-".contains(c));
            let before = gap(text[..span.start as usize].chars().next_back());
            let after = text[span.end as usize..].chars().next().is_none_or(char::is_whitespace);
            Some(if before && !after { Mark::Open } else { Mark::Close })
        }
        _ => None,
    }
}

/// The quotations of the text, marks included. One that a paragraph leaves open ends with it.
fn quotations(doc: &Document) -> Vec<(At, At)> {
    let mut out = Vec::new();
    let mut open: Option<At> = None;
    let mut paragraph = usize::MAX;
    let mut last = (0, 0);
    for (s, sentence) in doc.sentences.iter().enumerate() {
        if sentence.paragraph != paragraph || sentence.field == Field::Title {
            out.extend(open.take().map(|from| (from, last)));
            paragraph = sentence.paragraph;
        }
        if open.is_some_and(|from| s - from.0 > LONGEST) {
            open = None;
        }
        for t in 0..sentence.tokens.len() {
            match mark(doc, s, t) {
                Some(Mark::Open) if open.is_none() => open = Some((s, t)),
                Some(Mark::Close) => out.extend(open.take().map(|from| (from, (s, t)))),
                _ => {}
            }
            last = (s, t);
        }
    }
    out.extend(open.map(|from| (from, last)));
    out
}

/// "Zarif: Iran ...", "SECRETARY BLINKEN: ...": the label's turn ends with its paragraph; in a transcript, with the next label.
fn labelled(doc: &Document, scenes: &[Scene<'_>]) -> Vec<Turn> {
    let mut out: Vec<Turn> = Vec::new();
    let labels: Vec<(usize, usize)> = (0..scenes.len()).filter_map(|s| Some((s, label(doc, s)?))).collect();
    // a transcript may begin with its first speaker, and have but two
    let first = doc.sentences.iter().position(|s| s.field == Field::Text).unwrap_or(0);
    let opens = labels.iter().any(|&(s, _)| s == first || s == first + 1);
    for (i, &(s, colon)) in labels.iter().enumerate() {
        let last = doc.sentences.len() - 1;
        let text = doc.sentences[s].field == Field::Text;
        let transcript = text && (labels.len() > 3 || opens && labels.len() > 1);
        let end = match labels.get(i + 1) {
            Some(&(next, _)) if transcript => next - 1,
            None if transcript => last,
            _ => (s..=last).take_while(|&n| same_paragraph(doc, s, n)).last().unwrap_or(s),
        };
        let name = remark(doc, s, colon).map_or(colon, |r| r.start);
        let full = |m: &&Mention| m.tokens.start <= 2 || m.actors.iter().all(|a| a.kind == EntityKind::Person);
        let named = name.checked_sub(1).and_then(|t| scenes[s].mention(t)).filter(full);
        let speaker = named.filter(|m| m.actors.len() == 1 && m.kind != MentionKind::Place).cloned();
        out.push(Turn { from: (s, colon), to: (end, doc.sentences[end].tokens.len()), speaker });
    }
    out
}

fn same_paragraph(doc: &Document, a: usize, b: usize) -> bool {
    let (a, b) = (&doc.sentences[a], &doc.sentences[b]);
    a.field == b.field && a.paragraph == b.paragraph
}

/// The colon after a label that opens a paragraph: every word before it is capitalised, a remark in brackets apart. One
/// that is longer than a name with its title ends its line or has such a remark.
fn label(doc: &Document, s: usize) -> Option<usize> {
    let sentence = &doc.sentences[s];
    if s > 0 && same_paragraph(doc, s - 1, s) {
        return None;
    }
    let end = sentence.tokens.len();
    let colon = (1..end.min(LONGEST_LABEL)).find(|&t| doc.word(sentence, t) == ":")?;
    let aside = remark(doc, s, colon).unwrap_or(colon..colon);
    let capital = |t: usize| {
        let w = doc.word(sentence, t);
        matches!(w, "of" | "the" | "for" | "and" | "'s" | "’s") || w.starts_with(|c: char| !c.is_lowercase())
    };
    let sure = colon < 9 || !aside.is_empty() || colon + 1 == end;
    let goes_on = colon + 1 < end || s + 1 < doc.sentences.len();
    ((0..aside.start).all(capital) && aside.start > 0 && sure && goes_on).then_some(colon)
}

/// A label has no more words.
const LONGEST_LABEL: usize = 24;

/// The brackets right before the colon: "(retranslated)", "(speaks Russian)".
fn remark(doc: &Document, s: usize, colon: usize) -> Option<Range<usize>> {
    let word = |t: usize| doc.word(&doc.sentences[s], t);
    let open = (colon.saturating_sub(5)..colon).find(|&t| word(t) == "(")?;
    (word(colon - 1) == ")").then_some(open..colon)
}

/// Whom "we" and "I" stand for in a turn: the speaker, and for "we" the state or organisation that he speaks for.
fn first_persons(doc: &Document, scenes: &[Scene<'_>], turn: &Turn, homes: &BTreeMap<String, Actor>) -> Vec<Mention> {
    let Some(speaker) = turn.speaker.as_ref().filter(|m| !anonymous(m)) else { return Vec::new() };
    let Some(actor) = speaker.actors.first() else { return Vec::new() };
    let home = actor.country.as_ref().and_then(|c| homes.get(c));
    let all = home.filter(|_| matches!(actor.kind, EntityKind::Person | EntityKind::Organ)).unwrap_or(actor);
    let mut out = Vec::new();
    for (s, scene) in scenes.iter().enumerate().take(turn.to.0 + 1).skip(turn.from.0) {
        let tokens = &doc.sentences[s].tokens;
        for t in (0..tokens.len()).filter(|&t| turn.from <= (s, t) && (s, t) <= turn.to) {
            let who = match doc.word(&doc.sentences[s], t) {
                "We" | "we" | "Our" | "our" | "us" | "ourselves" => all,
                "I" | "My" | "my" | "me" | "myself" => actor,
                _ => continue,
            };
            if scene.mention(t).is_none() {
                out.push(first_person(s, t..t + 1, who.clone(), speaker.confidence));
            }
        }
    }
    out
}

fn first_person(sentence: usize, tokens: Range<usize>, actor: Actor, sure: f64) -> Mention {
    Mention {
        sentence,
        head: tokens.start,
        tokens,
        actors: vec![actor],
        kind: MentionKind::Pronoun,
        role: None,
        reason: "the speaker".to_owned(),
        confidence: 0.9 * sure,
    }
}
