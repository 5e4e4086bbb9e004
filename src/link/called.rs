//! Bodies whose names no table knows: by the noun before them that says what they are ("the mining company Everwin"), by that
//! which ends their name, or by their short form.

use std::ops::Range;
use std::sync::Arc;

use super::bodies::{Body, Heads, is_home};
use super::gazetteer::{Gazetteer, Name, NameKind};
use super::line::{Hit, Line};
use super::titles::TitleWord;
use super::words::slug;
use crate::model::{Deprel, Entity, EntityKind, Upos};

impl Heads {
    /// "the Syldavian mining company Everwin", "three Syldavia-based entities, Everwin, Lakeport Trading and Quill Brothers":
    /// bodies whose names follow what they are.
    pub fn called(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Vec<Body> {
        let Some((noun, country)) = self.sort_after(line, at) else { return Vec::new() };
        let one = line.low(noun) == line.graph.lemma(noun).to_lowercase();
        let kind = self.sorts[&line.graph.lemma(noun).to_lowercase()];
        let body = |tokens: Range<usize>, name: Range<usize>| {
            let name = line.name(&name);
            let id = format!("{}-{}", kind.as_str(), slug(&name));
            Body::one(tokens, Arc::new(Entity { id, kind, name, country: country.clone(), wikidata: None }))
        };
        if one {
            let name = self.name_after(line, noun + 1, gazetteer).filter(|n| self.hangs(line, noun, n));
            return name.map(|n| body(at..n.end, n)).into_iter().collect();
        }
        let list = matches!(line.low(noun + 1), "," | ":" | "-" | "–" | "—");
        let (mut t, mut out) = (noun + 1 + usize::from(list), Vec::new());
        loop {
            let known = line.hit_from(t).filter(|h| h.body().is_some()).map(|h| h.tokens.end);
            let name = self.name_after(line, t, gazetteer).filter(|_| known.is_none());
            let Some(end) = known.or(name.as_ref().map(|n| n.end)) else { break };
            out.extend(name.map(|n| body(n.clone(), n)));
            t = (end..end + 3).find(|&t| !line.joins(t)).unwrap_or(end);
            if t == end {
                break;
            }
        }
        // "the companies Everwin and Lakeport", but not "the companies, Marta Quill said"
        if list && out.len() < 2 { Vec::new() } else { out }
    }

    /// The noun that says what follows, of the phrase that begins at the token with a state or with the noun itself, and the state.
    fn sort_after(&self, line: &Line<'_>, at: usize) -> Option<(usize, Option<String>)> {
        let sort = |t: usize| {
            let noun = matches!(line.upos(t), Some(Upos::Noun | Upos::Propn)) && !line.capital(t);
            noun && self.sorts.contains_key(&line.graph.lemma(t).to_lowercase())
        };
        if sort(at) {
            return Some((at, None));
        }
        let hit = line.hit_from(at)?;
        let end = hit.tokens.end;
        let based = line.low(end) == "-" && line.low(end + 1) == "based";
        let home = |n: &Name| is_home(&n.actor) && (based || n.kind == NameKind::Adjective);
        let state = hit.find(home)?.actor.clone();
        let plain = |t: usize| {
            let joins = matches!(line.upos(t), Some(Upos::Adp | Upos::Aux | Upos::Cconj | Upos::Det | Upos::Pron));
            !joins && !line.capital(t) && !matches!(line.low(t), "," | ":" | ";" | "(" | ")")
        };
        let start = end + if based { 2 } else { usize::from(line.possessive(end)) };
        let noun = (start..line.len().min(start + 6)).take_while(|&t| plain(t)).find(|&t| sort(t) && !sort(t + 1))?;
        Some((noun, state.country.clone()))
    }

    /// A run of capitalised words that no table knows: "Everwin Oil Company", "Lakeport-E Marble".
    fn name_after(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<Range<usize>> {
        let titles = &gazetteer.titles;
        let office = |t: usize| {
            titles.is(line.low(t), TitleWord::Office)
                || titles.is(line.low(t).trim_end_matches('.'), TitleWord::Honorific)
        };
        let word = |t: usize| {
            let free = line.hit(t).is_none_or(|h| h.is(NameKind::Place) || h.names.is_empty());
            line.capital(t) && free && !office(t) && !super::dates::calendar_word(line.low(t))
        };
        let joins = |t: usize| matches!(line.low(t), "-" | "&" | "–") && line.capital(t + 1);
        let lone = |t: usize| line.low(t) == "," && self.lone.contains(line.low(t + 1)) && line.capital(t + 1);
        let named = matches!(line.upos(at), Some(Upos::Propn | Upos::Noun | Upos::Adj | Upos::X));
        (word(at) && named && line.hit(at).is_none_or(|h| h.tokens.start == at)).then_some(())?;
        let end = (at + 1..line.len()).find(|&t| !(word(t) || joins(t) || lone(t))).unwrap_or(line.len());
        // "Oil India Limited"
        (!line.capital(end)).then_some(at..end)
    }

    /// Whether the tree joins the name to the noun before it.
    fn hangs(&self, line: &Line<'_>, noun: usize, name: &Range<usize>) -> bool {
        let g = &line.graph;
        let inside = |t: Option<usize>| t.is_some_and(|t| name.contains(&t));
        let part = |t: usize| matches!(g.deprel(t), Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::Nmod);
        name.clone().any(|t| g.head(t) == Some(noun) && part(t)) || inside(g.head(noun)) && part(noun)
    }

    /// "Everwin Shipping Company": a body of no state, called so by the text alone.
    pub fn lone(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<Body> {
        let inside = at > 0 && (line.capital(at - 1) || matches!(line.low(at - 1), "-" | "–" | "&" | "/"));
        (!inside).then_some(())?;
        let end = self.end_of_name(line, at, gazetteer).filter(|e| e - at > 1)?;
        let noun = line.low(end - 1);
        let own = self.lone.contains(noun) && line.upos(at) != Some(Upos::Adj) && !line.capital(end);
        let name = line.name(&(at..end));
        let actor = || Entity {
            id: format!("{}-{}", self.named[noun].as_str(), slug(&name)),
            kind: self.named[noun],
            name: name.clone(),
            country: None,
            wikidata: None,
        };
        own.then(|| Body::one(at..end, Arc::new(actor())))
    }

    /// "the Lakeport Contact Group (LCG)": a body that nobody knows, its short form in brackets.
    pub fn abbreviated(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<Body> {
        let small = |t: usize| matches!(line.low(t), "of" | "for" | "and" | "the" | "on" | "in" | "&" | "-");
        let inside = at > 0 && line.low(at - 1) != "the" && (line.capital(at - 1) || line.low(at - 1) == "-");
        let begins = line.capital(at) && !small(at) && !inside;
        let end = (at + 2..line.len().min(at + LONGEST)).find(|&t| line.low(t) == "(").filter(|_| begins)?;
        let short = line.short_form(end).filter(|s| s.len() == 1)?;
        let noun = (at..end).any(|t| self.named.contains_key(line.low(t)) || self.short.contains(line.low(t)));
        let whole = (at..end).all(|t| line.capital(t) || small(t));
        // "Foreign Terrorist Organization (FTO) designations"
        let modifies = line.upos(short.end + 1) == Some(Upos::Noun);
        let office = gazetteer.titles.is(line.low(at), TitleWord::Office);
        let person =
            office || gazetteer.given(line.low(at)) || line.hit_from(at).is_some_and(|h| h.people().next().is_some());
        let initials: String =
            (at..end).filter_map(|t| line.word(t).chars().next()).filter(|c| c.is_alphabetic()).collect();
        let acronym = line.word(short.start);
        let fits = acronym.chars().all(char::is_uppercase) && shortens(acronym, &initials);
        // the short form of a name that ends there, which the tables know
        let known = line.hit(end - 1).and_then(Hit::body).is_some_and(|a| !is_home(a) || a.kind == EntityKind::Igo);
        (noun && whole && fits && !modifies && !person && !known).then_some(())?;
        let state = line.hit_from(at).and_then(|h| h.find(|n| is_home(&n.actor))).filter(|_| line.low(at + 1) != "-");
        let (kind, name) =
            (self.named.get(line.low(end - 1)).copied().unwrap_or(EntityKind::Body), line.name(&(at..end)));
        let country = state.and_then(|n| n.actor.country.clone());
        let id = format!("{}-{}", kind.as_str(), slug(&name));
        Some(Body::one(at..end, Arc::new(Entity { id, kind, name, country, wikidata: None })))
    }
}

/// So many words the name of a body has that its short form follows.
const LONGEST: usize = 14;

/// Whether the letters of the short form stand in the name in that order, the first at a word's beginning.
pub fn shortens(short: &str, name: &str) -> bool {
    let letters = |s: &str| s.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    let short = letters(short);
    let mut starts = std::iter::once(0).chain(name.match_indices([' ', '-']).map(|(at, mark)| at + mark.len()));
    starts.any(|at| {
        let rest = letters(&name[at..]);
        let mut left = rest.iter();
        rest.first() == short.first() && short.iter().all(|c| left.any(|l| l == c))
    })
}
