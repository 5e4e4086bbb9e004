//! Nouns that stand for a state or one of its organs: "Iranian officials", "the Turkish Foreign Ministry", "Ministry of
//! Defence of Russia", "Iran's Trade Promotion Organization". Which nouns: `data/gazetteer/heads.tsv`.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::gazetteer::{Gazetteer, Name, NameKind};
use super::line::{Hit, Line};
use super::table::Row;
use super::titles::TitleWord;
use super::words::{key, slug};
use crate::error::{Error, Result};
use crate::model::{Actor, Entity, EntityKind, Field, Upos};

/// The table of nouns.
#[derive(Default)]
pub struct Heads {
    nouns: FxHashMap<String, Head>,
    /// Nouns of the own name of a body that its short form follows: "the Lakeport Contact Group (LCG)".
    pub(super) short: FxHashSet<String>,
    /// Nouns that end or begin the own name of a body.
    pub(super) named: FxHashMap<String, EntityKind>,
    /// Those of them that need no state: "Everwin Shipping Company".
    pub(super) lone: FxHashSet<String>,
    /// Pattern of a name -> the first noun that has it.
    slugs: FxHashMap<String, String>,
    /// What a body is whose name follows, and is no actor without it: "company", "bank".
    pub(super) sorts: FxHashMap<String, EntityKind>,
    /// Words of the names of states that stand with an article: "the Netherlands".
    articles: FxHashSet<String>,
    /// The words that the nouns begin with.
    first: FxHashSet<String>,
    longest: usize,
}

#[derive(Clone)]
struct Head {
    /// The name of the organ, with ADJ for the adjective and NAME for the name; `None` if the state is meant.
    organ: Option<String>,
    alone: bool,
    /// Without capitals the state is meant.
    cased: bool,
    /// May follow the name of a person: "the Obama administration".
    personal: bool,
    /// Whose it is where it stands alone: the code of a state.
    whose: Option<String>,
    kind: EntityKind,
}

/// A noun phrase for a state or its organ.
pub struct Body {
    pub tokens: Range<usize>,
    pub actor: Actor,
    /// The other states of "Russian and Turkish officials".
    pub more: Vec<Actor>,
}

impl Body {
    pub(super) fn one(tokens: Range<usize>, actor: Actor) -> Self {
        Self { tokens, actor, more: Vec::new() }
    }
}

impl Heads {
    pub(super) fn add(&mut self, row: &Row<'_>) -> Result<()> {
        let noun = row.get("noun").to_owned();
        let kind = row.get("kind");
        let organ = match kind {
            "state" => None,
            "organ" | "cased" | "group" => row.some("name"),
            "named" | "lone" => {
                let kind = row.some("name").map_or(Ok(EntityKind::Organ), |n| n.parse()).map_err(Error::new)?;
                if row.get("kind") == "lone" {
                    self.lone.insert(noun.clone());
                }
                self.named.insert(noun, kind);
                return Ok(());
            }
            "short" => {
                self.short.insert(noun);
                return Ok(());
            }
            "sort" => {
                let kind = row.some("name").map_or(Ok(EntityKind::Body), |n| n.parse()).map_err(Error::new)?;
                self.sorts.insert(noun, kind);
                return Ok(());
            }
            "article" => {
                self.articles.insert(noun);
                return Ok(());
            }
            other => {
                return Err(Error::new(format!(
                    "'{other}' is no kind: state, organ, cased, group, named, lone, short, sort, article"
                )));
            }
        };
        if let Some(pattern) = &organ {
            self.slugs.entry(pattern.clone()).or_insert_with(|| slug(&noun));
        }
        self.first.extend(noun.split(' ').next().map(str::to_owned));
        self.longest = self.longest.max(noun.split(' ').count());
        let alone = row.get("alone");
        let head = Head {
            organ,
            alone: alone == "alone",
            cased: kind == "cased",
            personal: alone == "person",
            whose: Some(alone).filter(|a| a.chars().all(char::is_uppercase) && !a.is_empty()).map(str::to_owned),
            kind: if kind == "group" { EntityKind::Group } else { EntityKind::Organ },
        };
        self.nouns.insert(noun, head);
        Ok(())
    }

    /// The longest noun of the table that begins at the token (the last word compared by lemma), and its end.
    fn noun(&self, line: &Line<'_>, at: usize) -> Option<(&Head, usize)> {
        let lemma = || self.first.contains(&line.graph.lemma(at).to_lowercase());
        (at < line.len() && (self.first.contains(line.low(at)) || lemma())).then_some(())?;
        let mut found = None;
        let mut key = String::new();
        for end in at + 1..=(at + self.longest).min(line.len()) {
            let stem = key.clone();
            key.push_str(line.low(end - 1));
            let lemma = stem + &line.graph.lemma(end - 1).to_lowercase();
            let noun = !matches!(line.upos(end - 1), Some(Upos::Verb | Upos::Aux | Upos::Adp));
            if let Some(head) = self.nouns.get(&lemma).or_else(|| self.nouns.get(&key)).filter(|_| noun) {
                found = Some((head, end));
            }
            key.push(' ');
        }
        found
    }

    /// The phrase that begins with a state or its adjective at the token.
    pub fn after_state(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<Body> {
        let hit = line.hit_from(at)?;
        let name = hit.find(|n| is_home(&n.actor))?;
        let state = &name.actor;
        let mut start = hit.tokens.end;
        start += usize::from(line.possessive(start));
        if name.kind == NameKind::Place {
            return self.of_place(line, at, start, state, gazetteer);
        }
        if let Some((organ, end)) = own_organ(line, start, state) {
            return Some(Body::one(at..end, organ));
        }
        let (more, start) = further_states(line, start);
        // up to two further modifiers: "Israeli occupation forces"
        let found = (start..start + 3).find_map(|t| self.noun(line, t));
        let named_by_text = || self.own_name(line, at, start, name.kind, state, gazetteer).filter(|_| more.is_empty());
        let Some((head, end)) = found else { return named_by_text() };
        let noun = end - 1;
        // "Syldavia's opposition to the plan"
        if head.kind == EntityKind::Group && line.possessive(start - 1) && line.low(end) == "to" {
            return None;
        }
        let ours = (start..noun).all(|t| line.graph.up(t).take(4).any(|u| u == noun)) || head.organ.is_some();
        let follows = head.organ.is_some() && self.noun(line, start).is_some();
        if !ours || !follows && !line.graph.up(at).take(6).any(|u| (start..end).contains(&u)) {
            return named_by_text();
        }
        if let Some(body) = counted(line, at..end, gazetteer) {
            return Some(body);
        }
        // "Iran's top diplomat" is an office, which has a holder
        let text = line.text(&(start..end)).to_lowercase();
        (head.organ.is_some() || gazetteer.titles.canonical(&text, &state.id) == text).then_some(())?;
        let named = |state: &Actor| self.organ(head, line.capital(noun), state, gazetteer);
        Some(Body { tokens: at..end, actor: named(state), more: more.iter().map(named).collect() })
    }

    /// The noun that follows a person's name and stands for his state: "the Obama administration", "Lukashenko's regime".
    pub fn after_person(&self, line: &Line<'_>, at: usize) -> Option<Range<usize>> {
        let start = at + usize::from(line.possessive(at));
        let (_, end) = self.noun(line, start).filter(|(head, _)| head.personal)?;
        Some(start..end)
    }

    /// "Iran's Trade Promotion Organization", "the Iranian Space Agency": called so by the text alone.
    fn own_name(
        &self,
        line: &Line<'_>,
        at: usize,
        start: usize,
        kind: NameKind,
        state: &Actor,
        gazetteer: &Gazetteer,
    ) -> Option<Body> {
        // "the Iran-Kuwait Friendship Association" is of neither alone
        let shared = at > 1 && matches!(line.low(at - 1), "-" | "–") && line.capital(at - 2);
        let end = self.end_of_name(line, start, gazetteer).filter(|_| !shared)?;
        let name = line.name(&(start..end));
        let name = match kind {
            NameKind::Adjective => format!("{} {name}", line.text(&(at..start))),
            _ => format!("{name} of {}", self.with_article(&state.name)),
        };
        let known = gazetteer.names(&key(line.text(&(start..end)))).find(|n| n.actor.country == state.country);
        let actor = known.map(|n| n.actor.clone()).unwrap_or_else(|| self.told(line, start..end, name, state));
        Some(Body::one(at..end, actor))
    }

    /// "Northamptonshire Police".
    fn of_place(&self, line: &Line<'_>, at: usize, start: usize, state: &Actor, gazetteer: &Gazetteer) -> Option<Body> {
        let end = self.end_of_name(line, start, gazetteer)?;
        let name = line.name(&(at..end));
        (end == start + 1 && !line.possessive(start - 1))
            .then(|| Body::one(at..end, self.told(line, at..end, name, state)))
    }

    /// A body of which nobody can say what it is: "the Syldavian Lawyers Guild".
    pub fn unknown(&self, line: &Line<'_>, tokens: Range<usize>, state: &Actor) -> Actor {
        let (name, country) = (line.name(&tokens), state.country.clone());
        let id = format!("{}-{}", EntityKind::Body.as_str(), slug(&name));
        Arc::new(Entity { id, kind: EntityKind::Body, name, country, wikidata: None })
    }

    /// A body that only the text knows.
    fn told(&self, line: &Line<'_>, tokens: Range<usize>, name: String, state: &Actor) -> Actor {
        let last = self.named.get(line.low(tokens.end - 1)).or_else(|| self.named.get(line.low(tokens.start)));
        let id = format!("organ-{}-{}", state.id.to_lowercase(), slug(line.text(&tokens)));
        let country = state.country.clone().or_else(|| Some(state.id.clone()));
        Arc::new(Entity { id, kind: last.copied().unwrap_or(EntityKind::Organ), name, country, wikidata: None })
    }

    /// The end of a body's own name that begins at the token: capitalised words of which the last says what it is
    /// ("Trade Promotion Organization"), or the first ("Ministry of Agriculture").
    pub(super) fn end_of_name(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<usize> {
        let word = |t: usize| {
            let free = line.hit(t).is_none_or(|h| h.is(NameKind::Place) || h.names.is_empty());
            let person = t > at
                && gazetteer.given(line.low(t))
                && line.capital(t + 1)
                && !self.named.contains_key(line.low(t + 1));
            let day = super::dates::calendar_word(line.low(t));
            line.capital(t)
                && free
                && !person
                && !day
                && matches!(line.upos(t), Some(Upos::Propn | Upos::Noun | Upos::Adj))
        };
        let joins = |t: usize| match line.low(t) {
            "of" | "for" | "on" => word(t + 1 + usize::from(line.low(t + 1) == "the")),
            "the" => matches!(line.low(t - 1), "of" | "for" | "on"),
            // "Everwin Mining, Ltd."
            "," if self.lone.contains(line.low(t + 1)) => line.capital(t + 1),
            "and" | "&" | "," => word(t + 1) && self.first_word(line, at),
            _ => false,
        };
        (line.sentence.field == Field::Text && word(at)).then_some(())?;
        let run = (at + 1..line.len()).find(|&t| !(word(t) || joins(t))).unwrap_or(line.len());
        // "Chamber of Commerce, Industries and Mines" does not end with the industries
        let first = self.first_word(line, at);
        let ends = |t: usize| self.named.contains_key(line.low(t)) && !(first && self.lone.contains(line.low(t)));
        let noun = (at..run.min(at + 9)).rfind(|&t| ends(t))?;
        let of = |t: usize| matches!(line.low(t), "of" | "for" | "on");
        let run = self.before_person(line, noun, run, gazetteer);
        if of(noun + 1) && noun + 2 < run || noun == at { Some(run).filter(|r| *r > at + 2) } else { Some(noun + 1) }
    }

    /// The end of the field of "Council of the Judiciary Marta Quill", where a person's name of two words or more follows it.
    fn before_person(&self, line: &Line<'_>, noun: usize, run: usize, gazetteer: &Gazetteer) -> usize {
        let titles = &gazetteer.titles;
        let field = |t: usize| titles.is(line.low(t), TitleWord::Field) || titles.is(line.low(t), TitleWord::Modifier);
        let known =
            |t: usize| field(t) || titles.is(line.low(t), TitleWord::Body) || self.named.contains_key(line.low(t));
        let last = (noun + 1..run).rfind(|&t| field(t) && line.capital(t));
        let name = |t: usize| line.capital(t) && line.upos(t) == Some(Upos::Propn) && !known(t);
        let end = last.map_or(run, |t| t + 1);
        if run - end > 1 && (end..run).all(name) { end } else { run }
    }

    /// Whether the name begins with the word that says what it is, which lets it go on with "and".
    fn first_word(&self, line: &Line<'_>, at: usize) -> bool {
        self.named.contains_key(line.low(at)) && matches!(line.low(at + 1), "of" | "for" | "on")
    }

    /// The phrase "NOUN of STATE" that begins at the token, or a noun that stands alone for the organ of `home`.
    pub fn before_state(
        &self,
        line: &Line<'_>,
        at: usize,
        home: Option<&Actor>,
        gazetteer: &Gazetteer,
    ) -> Option<Body> {
        let Some((head, end)) = self.noun(line, at) else { return self.name_of_state(line, at, gazetteer) };
        let person = || line.hit_from(end + 1).and_then(|h| gazetteer.home(h.people().next()?).cloned());
        if head.organ.is_none() {
            // "the government of Ethiopia", "officials of the United States"
            let whole = |stop: usize| !list_goes_on(line, stop) && !line.possessive(stop);
            if let Some((state, stop)) = state_after(line, end).filter(|(_, stop)| whole(*stop)) {
                return Some(Body::one(at..stop, state.clone()));
            }
            // "the government of Abdrabbuh Mansur Hadi"
            let state = person().filter(|_| line.low(end) == "of")?;
            return Some(Body::one(at..end, state));
        }
        if let Some((state, stop)) = state_after(line, end) {
            return Some(Body::one(at..stop, self.organ(head, line.capital(end - 1), state, gazetteer)));
        }
        let start = at - usize::from(at > 0 && line.low(at - 1) == "the");
        let home = home.filter(|_| head.alone && line.capital(at))?;
        Some(Body::one(start..end, self.organ(head, true, home, gazetteer)))
    }

    /// "the House of Representatives": an organ that stands alone in one state only.
    pub fn of_one_state(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<Body> {
        // "the Speaker of the House of Representatives" is a person
        let of = (at.saturating_sub(2)..at).find(|&t| line.low(t) == "of");
        let owned = of.is_some_and(|t| t > 0 && gazetteer.titles.is(line.low(t - 1), TitleWord::Office));
        let begins = line.capital(at) && !owned && (at == 0 || !line.capital(at - 1) || line.low(at - 1) == "the");
        let (head, end) = self.noun(line, at).filter(|_| begins)?;
        let state = gazetteer.actor(head.whose.as_deref()?)?;
        Some(Body::one(at..end, self.organ(head, true, state, gazetteer)))
    }

    /// "the Departments of Defense and Homeland Security": one noun for several organs.
    pub fn listed(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<Body> {
        let hit = line.hit_from(at);
        let state = hit.and_then(|h| {
            Some((h.find(|n| is_home(&n.actor) && n.kind != NameKind::Place)?.actor.clone(), h.tokens.end))
        });
        let start = state.as_ref().map_or(at, |(_, end)| end + usize::from(line.possessive(*end)));
        let noun = if start < line.len() { line.graph.lemma(start).to_lowercase() } else { return None };
        let many = line.low(start) != noun && line.capital(start) && line.low(start + 1) == "of";
        (many && self.named.contains_key(&noun)).then_some(())?;
        let organ = |t: usize, end: usize| {
            let field = line.text(&(t..end)).to_lowercase();
            let ours = |n: &&Name| {
                n.actor.kind == EntityKind::Organ && state.as_ref().is_none_or(|(s, _)| n.actor.country == s.country)
            };
            let forms = [format!("{noun} of {field}"), format!("{noun} of the {field}")];
            let known = forms.iter().find_map(|f| gazetteer.names(&key(f)).find(ours).map(|n| n.actor.clone()));
            known.or_else(|| Some(self.organ(self.nouns.get(&forms[0])?, true, &state.as_ref()?.0, gazetteer)))
        };
        let (mut t, mut end, mut organs) = (start + 2, start + 2, Vec::new());
        while let Some((actor, stop)) =
            (t + 1..=line.len().min(t + 5)).rev().find_map(|stop| Some((organ(t, stop)?, stop)))
        {
            organs.push(actor);
            (t, end) = (stop, stop);
            while line.joins(t) {
                t += 1;
            }
            if t == end {
                break;
            }
        }
        let mut organs = organs.into_iter();
        let (first, more) = (organs.next()?, organs.collect::<Vec<_>>());
        (!more.is_empty()).then_some(Body { tokens: at..end, actor: first, more })
    }

    /// Whether the word (folded) ends or begins the own name of a body.
    pub fn names_body(&self, word: &str) -> bool {
        self.named.contains_key(word)
    }

    /// "the Syrian government and opposition groups": a group without a state, beside the government of one.
    pub fn beside_government(
        &self,
        line: &Line<'_>,
        at: usize,
        state: Option<&Actor>,
        gazetteer: &Gazetteer,
    ) -> Option<Body> {
        let (head, end) = self.noun(line, at).filter(|(h, _)| h.alone && h.kind == EntityKind::Group)?;
        Some(Body::one(at..end, self.organ(head, true, state?, gazetteer)))
    }

    /// "Trade Promotion Organization of Iran".
    fn name_of_state(&self, line: &Line<'_>, at: usize, gazetteer: &Gazetteer) -> Option<Body> {
        let end =
            self.end_of_name(line, at, gazetteer).filter(|e| at + 1 < *e && (at == 0 || !line.capital(at - 1)))?;
        let (state, stop) = state_after(line, end)?;
        let name = format!("{} of {}", line.name(&(at..end)), self.with_article(&state.name));
        Some(Body::one(at..stop, self.told(line, at..end, name, state)))
    }

    fn organ(&self, head: &Head, capital: bool, state: &Actor, gazetteer: &Gazetteer) -> Actor {
        let Some(pattern) = head.organ.as_ref().filter(|_| capital || !head.cased) else { return state.clone() };
        let name = pattern.replace("ADJ", gazetteer.adjective(state)).replace("NAME", &self.with_article(&state.name));
        let same = |n: &&Name| n.actor.country == state.country && n.actor.kind == head.kind;
        if let Some(known) = gazetteer.names(&key(&name)).find(same) {
            return known.actor.clone();
        }
        let noun = self.slugs.get(pattern).map(String::as_str).unwrap_or_default();
        let id = format!("{}-{}-{noun}", head.kind.as_str(), state.id.to_lowercase());
        let country = state.country.clone().or_else(|| Some(state.id.clone()));
        Arc::new(Entity { id, kind: head.kind, name, country, wikidata: None })
    }

    /// An office whose name begins with an organ's: "foreign ministry spokesman" is the spokesman of that ministry.
    pub fn office(&self, title: &str, state: &Actor, gazetteer: &Gazetteer) -> Option<(Actor, String)> {
        let ends = title.match_indices(' ').map(|(i, _)| i).rev();
        let mut parts = ends.map(|i| (&title[..i], &title[i + 1..]));
        let (head, rest) = parts.find_map(|(noun, rest)| Some((self.nouns.get(noun)?, rest)))?;
        let organ = head.organ.is_some() && !head.cased && state.kind == EntityKind::State;
        organ.then(|| (self.organ(head, true, state, gazetteer), rest.to_owned()))
    }

    fn with_article(&self, name: &str) -> String {
        let the = name.split(' ').any(|w| self.articles.contains(&w.to_lowercase()));
        if the { format!("the {name}") } else { name.to_owned() }
    }
}

/// "three European countries": a name of the tables that begins with a count.
fn counted(line: &Line<'_>, tokens: Range<usize>, gazetteer: &Gazetteer) -> Option<Body> {
    let start = tokens.start.checked_sub(1).filter(|&t| line.upos(t) == Some(Upos::Num))?;
    let name = gazetteer.names(&key(line.text(&(start..tokens.end)))).find(|n| n.actor.kind == EntityKind::Igo)?;
    Some(Body::one(start..tokens.end, name.actor.clone()))
}

/// The state named after "of", and the end.
fn state_after<'a>(line: &'a Line<'_>, at: usize) -> Option<(&'a Actor, usize)> {
    let skip = at + 1 + usize::from(line.low(at + 1) == "the");
    let hit = line.hit_from(skip).filter(|_| line.low(at) == "of")?;
    let state = hit.body().filter(|a| matches!(a.kind, EntityKind::State | EntityKind::Territory | EntityKind::Igo))?;
    Some((state, hit.tokens.end))
}

/// Whether another state follows in a list: "the governments of Mali, Guinea and ...".
fn list_goes_on(line: &Line<'_>, at: usize) -> bool {
    let next = (at..at + 3).find(|&t| !matches!(line.low(t), "," | "and" | "the"));
    let state = next.and_then(|t| line.hit_from(t)).and_then(Hit::body);
    next != Some(at) && state.is_some_and(is_home)
}

pub(super) fn is_home(actor: &Actor) -> bool {
    matches!(actor.kind, EntityKind::State | EntityKind::Territory | EntityKind::Igo)
}

/// An organ of the tables after its state's possessive: "Iran's Quds Force".
fn own_organ(line: &Line<'_>, at: usize, state: &Actor) -> Option<(Actor, usize)> {
    let hit = line.hit_from(at).filter(|_| line.possessive(at - 1))?;
    let ours = |a: &Actor| matches!(a.kind, EntityKind::Organ | EntityKind::Group) && a.country == state.country;
    let organ = hit.find(|n| n.kind == NameKind::Own && ours(&n.actor))?;
    Some((organ.actor.clone(), hit.tokens.end))
}

/// The other states of "Russian, Iranian and Turkish", and the end.
fn further_states(line: &Line<'_>, start: usize) -> (Vec<Actor>, usize) {
    let (mut out, mut end) = (Vec::new(), start);
    let mut at = start;
    while matches!(line.low(at), "," | "and") {
        at += 1 + usize::from(line.low(at) == "," && line.low(at + 1) == "and");
        let Some(hit) = line.hit_from(at) else { break };
        let Some(name) = hit.find(|n| n.kind == NameKind::Adjective && is_home(&n.actor)) else { break };
        out.push(name.actor.clone());
        at = hit.tokens.end;
        end = at;
    }
    (out, end)
}
