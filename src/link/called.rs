//! Bodies whose names no table knows, by the noun before them that says what they are: "the mining company Everwin".

use std::ops::Range;
use std::sync::Arc;

use super::bodies::{Body, Heads, is_home};
use super::gazetteer::{Gazetteer, Name, NameKind};
use super::line::Line;
use super::titles::TitleWord;
use super::words::slug;
use crate::model::{Deprel, Entity, Upos};

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
}
