//! Who speaks: quotations that run over sentences, transcripts, headlines, and who "we" and "I" are in them.
//!
//! A turn is a stretch of text in somebody's words. It goes to the saying verb nearest its ends, else to the last speaker.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::certainty::Certainty;
use super::rules::{Path, Pos, Step};
use super::walk::{Filler, Scene};
use crate::model::{
    Actor, Deprel, Document, Entity, EntityKind, Field, Graph, Label, Links, Mention, MentionKind, Upos,
};

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
    /// In the order of the text; none begins before another has ended.
    quoted: Vec<Turn>,
    /// The same.
    labelled: Vec<Turn>,
    /// By sentence.
    added: Vec<Mention>,
    /// By sentence.
    anonymous: Vec<Mention>,
}

/// A quotation longer than this lacks its closing mark.
const LONGEST: usize = 14;

/// A speaker named farther back than this is no longer the one who goes on.
const BACK: usize = 2;

impl Speech {
    /// Listens to a document whose sentences with their mentions are `scenes`.
    pub fn new(doc: &Document, scenes: &[Scene<'_>], words: &Certainty, links: &Links) -> Self {
        let spans = quotations(doc);
        let inside = |at: At| spans[..spans.partition_point(|(from, _)| *from <= at)].last().is_some_and(|s| at <= s.1);
        let mut sayings: Vec<Saying> =
            scenes.iter().enumerate().flat_map(|(s, scene)| sayings(doc, scene, s, words, &inside)).collect();
        let told = subjects(scenes, &inside);
        let people: Vec<(At, Mention)> = told.iter().filter(|(_, m)| person(m)).cloned().collect();
        point(&mut sayings, &people, links.house.as_ref(), |at, noun| issuer(doc, scenes, &told, words, at, noun));
        let quoted = turns(doc, &spans, |from, to| whose(from, to, &sayings, &people));
        let described = sayings.iter().filter_map(|x| x.speaker.clone());
        let described = described.filter(|m| anonymous(m) || m.reason == POINTED).collect();
        let labelled = labelled(doc, scenes, links.house.is_some(), &sayings);
        let mut out = Self { quoted, labelled, added: Vec::new(), anonymous: described };
        let turns = out.quoted.iter().chain(&out.labelled);
        out.added = turns.flat_map(|t| first_persons(doc, scenes, t, &links.homes)).collect();
        out.added.sort_by_key(|m| (m.sentence, m.tokens.start));
        out.added.dedup_by_key(|m| (m.sentence, m.tokens.start));
        out
    }

    /// The one in whose words the token stands.
    pub fn speaker(&self, sentence: usize, token: usize) -> Option<&Mention> {
        let quoted = around(&self.quoted, (sentence, token));
        quoted.or_else(|| around(&self.labelled, (sentence, token)))?.speaker.as_ref()
    }

    /// Whether the token stands under a label that names nobody known: "QUESTION: ...", "Note: ...".
    pub fn unknown(&self, sentence: usize, token: usize) -> bool {
        around(&self.labelled, (sentence, token)).is_some_and(|t| t.speaker.is_none())
    }

    /// The speaker who is no actor, if the token heads his description: "analysts", "a joint statement".
    pub fn anonymous(&self, sentence: usize, token: usize) -> Option<&Mention> {
        of_sentence(&self.anonymous, sentence).iter().find(|m| m.head == token)
    }

    /// "We", "our", "I" of a sentence.
    pub fn mentions(&self, sentence: usize) -> impl Iterator<Item = &Mention> {
        of_sentence(&self.added, sentence).iter()
    }
}

/// The quotations with their speakers. A paragraph that opens with a mark while that of the one before was left open goes on in
/// the same words.
fn turns(doc: &Document, spans: &[(At, At)], whose: impl Fn(At, At) -> Option<Mention>) -> Vec<Turn> {
    let mut out: Vec<Turn> = Vec::new();
    for &(from, to) in spans {
        let begins = from.1 == 0 && from.0 > 0 && !same_paragraph(doc, from.0 - 1, from.0);
        let open = |t: &&Turn| t.to.0 + 1 == from.0 && mark(doc, t.to.0, t.to.1) != Some(Mark::Close);
        let goes_on = out.last().filter(open).filter(|_| begins).and_then(|t| t.speaker.clone());
        out.push(Turn { from, to, speaker: goes_on.or_else(|| whose(from, to)) });
    }
    out
}

/// The turn in which the token stands, of a list in the order of the text.
fn around(turns: &[Turn], at: At) -> Option<&Turn> {
    turns[..turns.partition_point(|t| t.from <= at)].last().filter(|t| at <= t.to)
}

/// The mentions of one sentence, of a list that is in the order of sentences.
fn of_sentence(mentions: &[Mention], sentence: usize) -> &[Mention] {
    let first = mentions.partition_point(|m| m.sentence < sentence);
    &mentions[first..first + mentions[first..].partition_point(|m| m.sentence == sentence)]
}

/// Why a speaker who is no actor is a mention.
const ANONYMOUS: &str = "speaks without being an actor";

/// Why a speaker who is only called "the envoy" is the one who spoke before.
const POINTED: &str = "spoke before";

/// Whether the speaker is only described: he can vouch for a fact, but takes no part in one.
pub fn anonymous(speaker: &Mention) -> bool {
    speaker.reason == ANONYMOUS
}

fn person(m: &Mention) -> bool {
    m.actors.first().is_some_and(|a| a.kind == EntityKind::Person)
}

/// Of whom sentences tell something outside quotations: the subject of each root.
fn subjects(scenes: &[Scene<'_>], inside: &dyn Fn(At) -> bool) -> Vec<(At, Mention)> {
    let of = |(s, scene): (usize, &Scene<'_>)| {
        let g = &scene.graph;
        let root = (0..g.sentence.tokens.len()).find(|&t| g.head(t).is_none() && !inside((s, t)))?;
        let mention = g.subjects(root).into_iter().find_map(|t| scene.mention(t))?;
        let one = mention.actors.len() == 1 && mention.kind != MentionKind::Place;
        one.then(|| ((s, root), mention.clone()))
    };
    scenes.iter().enumerate().filter_map(of).collect()
}

/// A verb of saying outside quotations, with its subject if that is an actor.
struct Saying {
    at: At,
    speaker: Option<Mention>,
    /// Its subject is "he" or "she", and nobody known.
    pronoun: bool,
    /// The word for the speaker, if it points back to somebody: "he", "the envoy".
    pointer: Option<usize>,
}

fn sayings(doc: &Document, scene: &Scene<'_>, s: usize, words: &Certainty, inside: &dyn Fn(At) -> bool) -> Vec<Saying> {
    let g = &scene.graph;
    let subject = Path(vec![Step::Subj, Step::Inside]);
    let mut out = Vec::new();
    for t in (0..g.sentence.tokens.len()).filter(|&t| !inside((s, t))) {
        let said = || words.says(g.lemma(t)) || words.quotes(g.lemma(t)) && beside(doc, s, t, inside);
        let (speaker, head) = if g.token(t).upos == Upos::Verb && said() {
            let tellers = words.tellers(g, t);
            let passive = g.passive(t) && g.subjects(t).is_empty();
            let path = if passive || tellers != g.subjects(t) { &Path(vec![Step::Obj]) } else { &subject };
            if tellers.is_empty() && !passive {
                continue;
            }
            let name = tellers.iter().find(|&&h| g.token(h).upos == Upos::Propn);
            let teller = name.or(tellers.first()).copied();
            let outlet = teller.is_some_and(|h| scene.mention(h).is_none() && words.outlets.contains(g.lemma(h)));
            let named = || scene.fill(t, Pos::Verb, path, super::walk::Want::default()).into_iter().next();
            // "General Hugo Zander, the chief of the Bordurian army, said": he, whom nobody knows, and not the army
            let speaks = |h: usize| g.token(h).upos == Upos::Propn || words.speakers.contains(g.lemma(h));
            let unknown = teller.is_some_and(|h| scene.mention(h).is_none() && speaks(h));
            (if outlet || unknown { None } else { named() }, teller)
        } else if g.deprel(t).is(Deprel::Obl) && g.case(t).as_deref() == Some("accord to") {
            let named = scene.mention(t).and_then(|m| Some(Filler { actor: m.actors.first()?.clone(), mention: m }));
            (named, Some(t))
        } else {
            continue;
        };
        if speaker.is_none()
            && let Some(mention) = head.and_then(|h| described(doc, scene, s, h, words))
        {
            let pointer = head.filter(|&h| points_back(scene, h));
            out.push(Saying { at: (s, t), speaker: Some(mention), pronoun: false, pointer });
            continue;
        }
        let quoted = speaker.as_ref().is_some_and(|f| inside((s, f.mention.head)));
        let speaker = speaker.filter(|_| !quoted).map(|f| Mention { actors: vec![f.actor], ..f.mention.clone() });
        let pointer = head.filter(|&h| speaker.is_none() && matches!(g.lemma(h), "he" | "she"));
        out.push(Saying { at: (s, t), speaker, pronoun: pointer.is_some(), pointer });
    }
    out
}

/// Whether a quotation stands next to the verb, or the sentence leads up to one: "The message reads, in part:".
fn beside(doc: &Document, s: usize, t: usize, inside: &dyn Fn(At) -> bool) -> bool {
    const NEAR: usize = 4;
    let sentence = &doc.sentences[s];
    let near = (t.saturating_sub(NEAR)..sentence.tokens.len().min(t + NEAR)).any(|u| inside((s, u)));
    near || doc.word(sentence, sentence.tokens.len() - 1) == ":"
}

/// "The envoy", "the message", with nothing that says whose or which.
fn points_back(scene: &Scene<'_>, noun: usize) -> bool {
    let g = &scene.graph;
    let the = g.by(noun, Deprel::Det).any(|d| matches!(g.lemma(d), "the" | "this"));
    let more = |c: usize| [Deprel::Nmod, Deprel::Acl, Deprel::Appos].into_iter().any(|rel| g.deprel(c).is(rel));
    let owned = |c: usize| more(c) || scene.mention(c).is_some();
    g.token(noun).xpos == "NN" && the && !g.children(noun).any(owned)
}

/// What a paper that speaks is: nobody's, or the paper of somebody, if he is known.
enum Paper {
    None,
    Statement(Option<Mention>),
    Letter(Option<Mention>),
}

/// Whose paper it is by a sentence before: "The ministry issued a statement. ... The statement said". "The document" is also
/// a paper of another name, though nobody single issued it: "They made a statement. ... The document said".
fn issuer(
    doc: &Document,
    scenes: &[Scene<'_>],
    told: &[(At, Mention)],
    words: &Certainty,
    at: At,
    noun: usize,
) -> Paper {
    let lemma = scenes[at.0].graph.lemma(noun);
    if !words.papers.contains(lemma) && !words.outlets.contains(lemma) {
        return Paper::None;
    }
    let any = words.documents.contains(lemma);
    let names = |l: &str| l == lemma || any && words.papers.contains(l);
    let named = |s: usize| scenes[s].graph.sentence.tokens.iter().position(|t| names(&t.lemma));
    let earlier = told[..told.partition_point(|(then, _)| *then < at)].iter().rev();
    let mut near = earlier.take_while(|(then, _)| at.0 - then.0 <= BACK);
    let issuer = near.find(|(then, _)| then.0 < at.0 && named(then.0).is_some()).map(|(_, m)| m.clone());
    let other = |s: usize| described(doc, &scenes[s], s, named(s)?, words);
    let paper = || (at.0.saturating_sub(BACK)..at.0).rev().find_map(other);
    let issuer = issuer.or_else(|| any.then(paper).flatten());
    if words.letters.contains(lemma) { Paper::Letter(issuer) } else { Paper::Statement(issuer) }
}

/// Gives what points back the last who spoke, if a person, else him of whom the sentence before told; a paper whoever issued it.
/// "He" is only sought where nobody known is meant. A letter of nobody named is of the office-holder on whose `house` site it stands.
fn point(sayings: &mut [Saying], people: &[(At, Mention)], house: Option<&Actor>, issuer: impl Fn(At, usize) -> Paper) {
    for i in 0..sayings.len() {
        let Some(pointer) = sayings[i].pointer else { continue };
        let at = sayings[i].at;
        let near = |then: At| at.0 - then.0 <= BACK;
        let earlier = sayings[..i].iter().rev().take_while(|x| near(x.at));
        let spoke = earlier.filter_map(|x| x.speaker.as_ref()).find(|m| m.kind != MentionKind::Place);
        let spoke = spoke.filter(|m| person(m));
        let told = || people[..people.partition_point(|(then, _)| *then < at)].last();
        let told = || told().filter(|(then, _)| near(*then)).map(|(_, m)| m);
        let who = match (sayings[i].pronoun, issuer(at, pointer)) {
            (true, _) => spoke.filter(|m| anonymous(m) || m.reason == POINTED).cloned(),
            (_, Paper::Statement(issuer)) => issuer,
            (_, Paper::Letter(issuer)) => issuer.or_else(|| told().or(spoke).cloned()).or_else(|| {
                let house = house?.clone();
                Some(Mention { actors: vec![house], reason: POINTED.to_owned(), ..sayings[i].speaker.clone()? })
            }),
            _ => spoke.or_else(told).cloned(),
        };
        let Some(who) = who else { continue };
        let reason = if anonymous(&who) { ANONYMOUS } else { POINTED };
        let tokens = pointer..pointer + 1;
        let who = Mention { sentence: at.0, tokens, head: pointer, reason: reason.to_owned(), ..who };
        sayings[i].speaker = Some(who);
    }
}

/// A speaker who is no actor, by the words up to the noun: "three diplomats"; by his name; and the actor whose paper it is that
/// speaks: "a statement by the ministry".
fn described(doc: &Document, scene: &Scene<'_>, s: usize, head: usize, words: &Certainty) -> Option<Mention> {
    let g = &scene.graph;
    let noun = g.token(head).upos == Upos::Noun && words.speakers.contains(g.lemma(head));
    if !noun && g.token(head).upos != Upos::Propn || scene.mention(head).is_some() {
        return None;
    }
    let author = words.papers.contains(g.lemma(head)).then(|| author(scene, head)).flatten();
    Some(Mention {
        sentence: s,
        tokens: head..head + 1,
        head,
        actors: vec![author.unwrap_or_else(|| stranger(doc, scene, head, words))],
        kind: MentionKind::Description,
        role: None,
        reason: ANONYMOUS.to_owned(),
        confidence: 0.8,
    })
}

/// Somebody of whom nothing is known, by his name, also one that follows ("the spokesman, Hugo Zander"), else by his description.
fn stranger(doc: &Document, scene: &Scene<'_>, word: usize, words: &Certainty) -> Actor {
    let g = &scene.graph;
    let (_, high) = g.extent(word);
    let propn = |t: &usize| g.token(*t).upos == Upos::Propn && g.within(*t, word);
    let apposed = |t: &usize| propn(t) && g.deprel(*t) == Deprel::Appos;
    let head = (word + 1..=high).find(apposed).unwrap_or(word);
    if let Some(known) = scene.mention(head).and_then(|m| m.actors.first()) {
        return known.clone();
    }
    let named = propn(&head);
    let (low, _) = g.extent(head);
    let article = |t: usize| matches!(g.token(t).upos, Upos::Det | Upos::Adp | Upos::Punct) || g.lemma(t) == "accord";
    let start = (low.max(head.saturating_sub(3))..head).find(|&t| !article(t)).unwrap_or(head);
    let last = if named { (head..=high).take_while(propn).last().unwrap_or(head) } else { further(g, head) };
    let name = g.token(start).span.join(g.token(last).span).of(doc.field(g.sentence.field)).to_owned();
    let press = (start..=last).any(|t| words.press.contains(doc.word(g.sentence, t)));
    let subject = g.deprel(word).is(Deprel::Nsubj) && !press;
    let kind = match named {
        true if subject && name.chars().any(char::is_lowercase) => EntityKind::Person,
        true => EntityKind::Media,
        false => EntityKind::Body,
    };
    entity(name, kind, None)
}

fn entity(name: String, kind: EntityKind, country: Option<String>) -> Actor {
    // "the ambassador" of one state is not that of another
    let whole = country.iter().map(String::as_str).chain([name.as_str()]).collect::<Vec<_>>().join(" ");
    let id: String = whole.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Arc::new(Entity { id: format!("speaker-{id}"), kind, name, country, wikidata: None })
}

/// Who vouches for what a mention says: officials who stand for their state by what they are called, "Bordurian officials".
pub fn voucher(doc: &Document, mention: &Mention, actor: &Actor) -> Actor {
    let sentence = &doc.sentences[mention.sentence];
    let noun = sentence.tokens[mention.head].upos == Upos::Noun;
    let described = mention.kind == MentionKind::Description && !anonymous(mention) && mention.reason != POINTED;
    if !described || actor.kind != EntityKind::State || !noun {
        return actor.clone();
    }
    let article = |t: &usize| sentence.tokens[*t].upos == Upos::Det;
    let start = mention.tokens.clone().find(|t| !article(t)).unwrap_or(mention.head);
    let span = sentence.tokens[start].span.join(sentence.tokens[mention.tokens.end - 1].span);
    entity(span.of(doc.field(sentence.field)).to_owned(), EntityKind::Body, actor.country.clone())
}

/// The last word of what a noun is followed by: "a source in the president's office".
fn further(g: &Graph<'_>, noun: usize) -> usize {
    const FAR: usize = 7;
    let phrase = |c: &usize| *c > noun && g.deprel(*c).is(Deprel::Nmod) && g.case(*c).is_some();
    let ends = g.children(noun).filter(phrase).map(|c| g.extent(c).1);
    ends.min().filter(|end| end - noun <= FAR).unwrap_or(noun)
}

/// Whose paper it is: "a statement by the ministry", "the ministry's statement".
fn author(scene: &Scene<'_>, paper: usize) -> Option<Actor> {
    let g = &scene.graph;
    let by = |c: usize| g.case(c).is_none_or(|p| matches!(&*p, "by" | "of" | "from" | "'s" | "’s"));
    let owners = g.children(paper).filter(|&c| by(c)).filter_map(|c| scene.mention(c));
    owners.filter(|m| m.kind != MentionKind::Place && m.actors.len() == 1).map(|m| m.actors[0].clone()).next()
}

/// The speaker of a quotation: of the verb in the sentences where it begins or ends, the nearest first; else the last one. Of
/// "he said" the last speaker, or the person whom the sentences before were about.
fn whose(from: At, to: At, sayings: &[Saying], people: &[(At, Mention)]) -> Option<Mention> {
    let first_after = sayings.partition_point(|x| x.at <= to);
    let earlier = &sayings[..sayings.partition_point(|x| x.at < from)];
    let after = sayings.get(first_after).filter(|x| x.at.0 == to.0).map(|x| (x.at.1 - to.1, x));
    let before = earlier.last().filter(|x| x.at.0 == from.0).map(|x| (from.1 - x.at.1, x));
    let near = match (after, before) {
        (Some(a), Some(b)) => Some(if b.0 <= a.0 + 2 { b.1 } else { a.1 }),
        (a, b) => a.or(b).map(|x| x.1),
    };
    match near {
        Some(saying) if !saying.pronoun => saying.speaker.clone(),
        near => {
            let mut recent = earlier.iter().rev().take_while(|x| from.0 - x.at.0 <= BACK);
            let last = recent.find(|x| !x.pronoun).and_then(|x| x.speaker.clone());
            let person = || people[..people.partition_point(|(at, _)| *at < from)].last();
            last.or_else(|| person().filter(|(at, _)| near.is_some() && from.0 - at.0 <= BACK).map(|(_, m)| m.clone()))
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

/// The quotations of the text, marks included. One that a paragraph leaves open ends with it, unless the next mark closes it.
fn quotations(doc: &Document) -> Vec<(At, At)> {
    let mut out = Vec::new();
    let mut open: Option<At> = None;
    let mut paragraph = usize::MAX;
    let mut last = (0, 0);
    for (s, sentence) in doc.sentences.iter().enumerate() {
        let ends = sentence.paragraph != paragraph && !open.is_some_and(|from| closes(doc, from.0, s));
        paragraph = sentence.paragraph;
        if ends || sentence.field == Field::Title {
            out.extend(open.take().map(|from| (from, last)));
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

/// Whether the first mark from sentence `s` on closes what was opened in sentence `from`: a letter of several paragraphs.
fn closes(doc: &Document, from: usize, s: usize) -> bool {
    let near = s..doc.sentences.len().min(from + LONGEST);
    let text = near.take_while(|&n| doc.sentences[n].field == Field::Text);
    let mut marks = text.flat_map(|n| (0..doc.sentences[n].tokens.len()).filter_map(move |t| mark(doc, n, t)));
    marks.next() == Some(Mark::Close)
}

/// "Zarif: Iran ...", "SECRETARY BLINKEN: ...": the label's turn ends with its paragraph; in a transcript, with the next label.
fn labelled(doc: &Document, scenes: &[Scene<'_>], house: bool, sayings: &[Saying]) -> Vec<Turn> {
    let mut out: Vec<Turn> = Vec::new();
    let labels: Vec<(usize, Label)> = (0..scenes.len()).filter_map(|s| Some((s, Label::of(doc, s)?))).collect();
    let person = |s: usize, label: &Label| label.person(scenes[s].all().filter(|m| m.sentence == s)).is_some();
    // on a government's site whoever is given the floor by name keeps it
    let floor = house && labels.iter().any(|(s, l)| doc.sentences[*s].field == Field::Text && person(*s, l));
    let labels: Vec<(usize, Label)> =
        labels.into_iter().filter(|(s, l)| !floor || person(*s, l) || nameless(doc, *s, l)).collect();
    // a transcript may begin with its first speaker, and have but two
    let first = doc.sentences.iter().position(|s| s.field == Field::Text).unwrap_or(0);
    let opens = labels.iter().any(|(s, _)| *s == first || *s == first + 1);
    for (i, (s, label)) in labels.iter().enumerate() {
        let s = *s;
        let last = doc.sentences.len() - 1;
        let text = doc.sentences[s].field == Field::Text;
        let transcript = text && (floor || labels.len() > 3 || opens && labels.len() > 1);
        let end = match labels.get(i + 1) {
            Some((next, _)) if transcript => next - 1,
            None if transcript => last,
            _ => (s..=last).take_while(|&n| same_paragraph(doc, s, n)).last().unwrap_or(s),
        };
        let full = |m: &&Mention| m.tokens.start <= 2 || m.actors.iter().all(|a| a.kind == EntityKind::Person);
        let named = label.person(scenes[s].all().filter(|m| m.sentence == s));
        let named = named.or_else(|| scenes[s].mention(label.name.end - 1).filter(full));
        let speaker = named.filter(|m| m.actors.len() == 1 && m.kind != MentionKind::Place).cloned();
        let answers = label.name.len() == 1 && doc.word(&doc.sentences[s], label.name.start) == "A";
        let asked = || interviewed(&sayings[..sayings.partition_point(|x| x.at.0 < labels[0].0)]);
        let speaker = speaker.or_else(|| answers.then(asked).flatten());
        out.push(Turn { from: (s, label.colon), to: (end, doc.sentences[end].tokens.len()), speaker });
    }
    out
}

/// Who answers in an interview: the one who is quoted before it begins, by the fullest of his names.
fn interviewed(before: &[Saying]) -> Option<Mention> {
    let name = |m: &Mention| m.actors.first().map_or("", |a| &a.name).to_owned();
    let family = |m: &Mention| name(m).rsplit(' ').next().unwrap_or_default().to_owned();
    let people: Vec<&Mention> = before.iter().filter_map(|x| x.speaker.as_ref()).filter(|m| person(m)).collect();
    let times = |m: &Mention| people.iter().filter(|o| family(o) == family(m)).count();
    let most = people.iter().map(|m| times(m)).max()?;
    let mut chosen = people.iter().filter(|m| times(m) == most);
    let first = chosen.next()?;
    let one = chosen.clone().all(|m| family(m) == family(first));
    one.then(|| chosen.fold(*first, |a, b| if name(b).len() > name(a).len() { b } else { a }).clone())
}

/// A label in capitals, or of one word: "QUESTION", "MR. PRICE", "Question".
fn nameless(doc: &Document, s: usize, label: &Label) -> bool {
    let words = label.name.clone().map(|t| doc.word(&doc.sentences[s], t));
    label.name.len() == 1 || words.collect::<String>().chars().all(|c| !c.is_lowercase())
}

fn same_paragraph(doc: &Document, a: usize, b: usize) -> bool {
    let (a, b) = (&doc.sentences[a], &doc.sentences[b]);
    a.field == b.field && a.paragraph == b.paragraph
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
