//! Names to entities: who is meant by "Assad", "the Syrian president", "Damascus", "he", and when is "last Tuesday".
//!
//! Reads the tables of `data/gazetteer`; knows nothing of what the actors do.

mod back;
mod bodies;
mod called;
mod cast;
mod clause;
mod coref;
pub mod dates;
mod descriptions;
mod folds;
mod gazetteer;
mod holders;
mod index;
mod line;
mod linker;
mod load;
mod memory;
mod mend;
mod names;
mod offices;
mod own;
mod persons;
mod references;
mod roles;
mod speech;
mod table;
mod talk;
mod title;
mod titles;
mod words;

pub use folds::folds;
pub use gazetteer::{Gazetteer, Name, NameKind, Publisher};
pub use mend::mend;
pub use offices::{Offices, Term};
pub use words::{key, slug};

use rustc_hash::FxHashMap;

use cast::Cast;
use coref::Sieve;
use line::Line;
use linker::Linker;
use memory::{Known, Memory};
use persons::{Phrase, phrases};
use references::Pointer;
use roles::Context;
use speech::Speech;

use crate::model::{Actor, Deprel, Document, EntityKind, Field, Label, Links, Place};

/// Finds every mention of an actor in the document, with the times and places that it names. Linear in its length.
pub fn link(doc: &Document, gazetteer: &Gazetteer) -> Links {
    let printed = [doc.article.source.as_deref(), doc.article.url.as_deref()];
    let publisher = printed.into_iter().flatten().find_map(|s| gazetteer.publisher(s));
    let home = publisher.and_then(|p| gazetteer.actor(p.country.as_deref()?)).cloned();
    let official = publisher.is_some_and(|p| p.government);
    let date = doc.article.date;
    let house = date.and_then(|day| printed.into_iter().flatten().find_map(|s| gazetteer.house(s, day))).cloned();
    let cx = Context { gazetteer, date, home, official, house };
    let lines: Vec<Line<'_>> = (0..doc.sentences.len()).map(|i| Line::new(doc, i, gazetteer)).collect();
    let mut found: Vec<Vec<Phrase>> = lines.iter().map(|l| phrases(l, gazetteer)).collect();
    let (mut cast, voices) = introduce(&lines, &mut found, &cx);
    let home = |a: &Actor| gazetteer.home(a).cloned();
    let words = &gazetteer.references;
    let mut memory = Memory::default();
    let (mut last_role, mut acronyms) = (None, FxHashMap::default());
    let body = printed.into_iter().flatten().find_map(|s| gazetteer.house_body(s));
    let house = cx.house.clone().or_else(|| gazetteer.person(doc.article.source.as_deref()?));
    let mut speech = Speech::new(words, cx.home.clone().filter(|_| official), house.clone());
    speech.answers(&lines);
    speech.voices(&voices);
    let mut out = Links { house, ..Links::default() };
    for (line, phrases) in lines.iter().zip(found) {
        cast.talker = memory.talker(line.index).and_then(|t| t.person.clone());
        let mut linker = Linker::new(line, &cx);
        linker.bodies(gazetteer);
        linker.people(phrases, &mut cast, &mut last_role);
        linker.governments();
        linker.names();
        linker.acronyms(&mut acronyms);
        let mut mentions = linker.mentions;
        let woman = |a: &Actor| cast.woman(a).then_some(true).or_else(|| gazetteer.woman(&a.name));
        let known = Known { woman: &woman, home: &home };
        let mut sieve = Sieve { words, known, memory, body };
        sieve.resolve(line, &mut mentions);
        memory = sieve.memory;
        if let Some(house) = out.house.as_ref().filter(|_| line.sentence.field == Field::Title) {
            speech.guests(house, &mentions);
            memory.host(house, line.index, &sieve.known);
        }
        let side = |a: &Actor| cast.side(a).or_else(|| home(a));
        speech.resolve(line, &mut mentions, &Known { woman: &woman, home: &side }, &memory);
        out.homes.extend(mentions.iter().flat_map(|m| &m.actors).filter_map(|a| Some((a.country.clone()?, home(a)?))));
        out.mentions.append(&mut mentions);
        dates::times(line, cx.date, &mut out.times);
        out.places.extend(places(line, gazetteer));
    }
    out
}

/// The first look: full names make the cast, so that a headline's short name finds its person.
/// Also whom the labels of a transcript name.
fn introduce(lines: &[Line<'_>], found: &mut [Vec<Phrase>], cx: &Context<'_>) -> (Cast, Vec<Option<Actor>>) {
    let mut cast = Cast::default();
    for (line, phrases) in lines.iter().zip(found.iter_mut()) {
        let mut last: Option<(usize, Actor)> = None;
        let mut group: Option<(usize, Actor)> = None;
        for p in phrases.iter_mut() {
            let joined = |end: usize| end < p.tokens.start && (end..p.tokens.start).all(|t| line.joins(t));
            if p.name.as_ref().is_none_or(|n| n.len() < 2) {
                group = members(line, p, cx);
                continue;
            }
            p.beside = last.take().filter(|(end, _)| joined(*end)).and_then(|(_, a)| cx.gazetteer.home(&a).cloned());
            p.beside = group
                .take()
                .filter(|(at, _)| *at == p.tokens.start || joined(*at))
                .map(|(_, home)| home)
                .or(p.beside.take());
            last = cast.resolve(line, p, cx).map(|f| (p.tokens.end, f.actor));
        }
    }
    let labels = lines.iter().zip(found.iter()).filter_map(|(l, phrases)| {
        let label = Label::of(l.doc, l.index).filter(|_| l.sentence.field == Field::Text)?;
        let named = phrases.iter().find(|p| p.name.is_some() && p.tokens.end <= label.name.end);
        Some(named.and_then(|p| cast.resolve(l, p, cx)).map(|f| f.actor))
    });
    let voices = labels.collect();
    unveil(lines, found, &mut cast, cx);
    cast.rewind();
    (cast, voices)
}

/// "Syldavian officials, including": where the names of a group begin, and its state.
fn members(line: &Line<'_>, group: &Phrase, cx: &Context<'_>) -> Option<(usize, Actor)> {
    let title = group.title.as_ref().filter(|t| t.plural && t.more.is_empty() && group.name.is_none())?;
    let at = (group.tokens.end..line.len()).find(|&t| !line.joins(t))?;
    let among = cx.gazetteer.references.is(line.low(at), Pointer::Among);
    among.then_some((at + 1, cx.owner(title)?))
}

/// "The former envoy to Syldavia says ...": an office alone that begins the text is that of the first speaker whom the text
/// names without saying who he is.
fn unveil(lines: &[Line<'_>], found: &mut [Vec<Phrase>], cast: &mut Cast, cx: &Context<'_>) {
    let words = &cx.gazetteer.references;
    let speaks = |line: &Line<'_>, p: &Phrase| {
        let head = line.head_of(&p.tokens);
        let verb = line.graph.head(head).filter(|_| line.graph.deprel(head) == Deprel::Nsubj);
        verb.is_some_and(|v| words.is(line.graph.lemma(v), Pointer::Say))
    };
    let first = (0..lines.len().min(OPENING)).find_map(|l| {
        let at =
            found[l].iter().position(|p| p.name.is_none() && !p.whose && speaks(&lines[l], p) && cx.is_vacant(p))?;
        Some((l, at))
    });
    let Some((line, at)) = first else { return };
    let (Some(title), None) = (&found[line][at].title, &found[line][at].actor) else { return };
    let (text, owner) = (title.text.clone(), cx.sender(title));
    let named = |p: &Phrase| p.title.as_ref().is_some_and(|t| t.text == text && p.name.is_some());
    if found.iter().flatten().any(named) {
        return;
    }
    let stranger = |l: usize, p: &Phrase| {
        let full = p
            .name
            .as_ref()
            .is_some_and(|n| n.len() > 1 && lines[l].hit_from(n.start).is_none_or(|h| h.people().next().is_none()));
        full && p.title.is_none() && p.of.is_none() && speaks(&lines[l], p) && cast.is_stranger(&lines[l], p)
    };
    let speaker =
        (line + 1..lines.len().min(line + SOON)).find_map(|l| Some((l, found[l].iter().position(|p| stranger(l, p))?)));
    let Some((l, p)) = speaker else { return };
    let name = lines[l].name(found[l][p].name.as_ref().unwrap_or(&found[l][p].tokens));
    let actor = cast.unveil(&name, owner.as_ref());
    found[line][at].actor = Some(actor);
}

/// So many sentences, the headline among them, open a text; and so many later its first speaker is named.
const OPENING: usize = 3;
const SOON: usize = 8;

/// "At the ministry".
fn inside(line: &Line<'_>, t: usize) -> bool {
    t > 1 && line.low(t - 1) == "the" && line.low(t - 2) == "at"
}

/// Cities and countries that the sentence names, wherever they stand. A palace or ministry is in the capital.
fn places(line: &Line<'_>, gazetteer: &Gazetteer) -> Vec<Place> {
    let mut out = Vec::new();
    for hit in &line.hits {
        let name = match hit.find(|n| n.actor.kind != EntityKind::Person && n.kind != NameKind::Adjective) {
            Some(n) if matches!(n.kind, NameKind::Seat | NameKind::Place) => {
                let name = line.text(&hit.tokens);
                gazetteer.palace(name).unwrap_or(name).to_owned()
            }
            Some(n)
                if n.kind == NameKind::Own && n.actor.kind == EntityKind::Organ && inside(line, hit.tokens.start) =>
            {
                let capital = n.actor.country.as_deref().and_then(|c| gazetteer.capital(c));
                let Some(capital) = capital else { continue };
                capital.to_owned()
            }
            Some(n) if matches!(n.actor.kind, EntityKind::State | EntityKind::Territory) => n.actor.name.clone(),
            _ => continue,
        };
        let island = gazetteer.is_island(&name);
        out.push(Place { sentence: line.index, tokens: hit.tokens.clone(), name, island });
    }
    out
}
