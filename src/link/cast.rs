//! Who takes part in a document: the people introduced in it, by name and office.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::holders::sound;
use super::line::Line;
use super::offices::Term;
use super::persons::Phrase;
use super::roles::{Context, last_word, role_of, sort_of};
use super::titles::TitleWord;
use super::words::{initial, key, slug};
use crate::model::{Actor, Deprel, Entity, EntityKind, Role, Upos};

/// A person of the document.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) actor: Actor,
    pub(super) roles: Vec<Role>,
    /// What the text calls the person beside offices: "lawmaker", "diplomat".
    pub(super) sorts: Vec<Role>,
    /// When the reading met the person last; 0 before it did.
    pub(super) met: usize,
    /// The names by which the text calls the person, and that of the tables.
    names: Vec<String>,
    woman: bool,
}

impl Member {
    /// Whether the full name may be one of this person's. "Van Quill" of a Marta Van Quill does not make Peter Van Quill her.
    fn is_called(&self, folded: &str) -> bool {
        let family = |n: &str, of: &str| of.strip_suffix(n).is_some_and(|first| first.ends_with(' '));
        let first = folded.split(' ').next();
        let others = |n: &str| self.names.iter().any(|m| family(n, m) && m.split(' ').next() != first);
        self.names.iter().any(|n| same_person(n, folded) && !(family(n, folded) && others(n)))
    }

    fn new(actor: Actor) -> Self {
        Self { actor, roles: Vec::new(), sorts: Vec::new(), met: 0, names: Vec::new(), woman: false }
    }
}

/// The people met so far, found again by family name or office.
#[derive(Default)]
pub struct Cast {
    pub(super) members: Vec<Member>,
    by_id: FxHashMap<String, usize>,
    by_family: FxHashMap<String, Vec<usize>>,
    /// Short forms that the text gives.
    aliases: FxHashMap<String, usize>,
    /// "an envoy": when somebody without a name was called so last.
    pub(super) nameless: FxHashMap<String, usize>,
    /// Who spoke last.
    pub talker: Option<Actor>,
    clock: usize,
}

/// Who a phrase stands for, and why.
pub struct Found {
    pub actor: Actor,
    pub reason: String,
    pub confidence: f64,
    /// The words describe ("the senior diplomat") and name no office.
    pub described: bool,
}

pub(super) fn found(actor: Actor, reason: impl Into<String>, confidence: f64) -> Option<Found> {
    Some(Found { actor, reason: reason.into(), confidence, described: false })
}

impl Cast {
    /// Resolves a phrase. `introduce` lets a full name that nobody knows become a new person.
    pub fn resolve(&mut self, line: &Line<'_>, phrase: &Phrase, cx: &Context<'_>) -> Option<Found> {
        let found = match &phrase.name {
            None if phrase.actor.is_some() => found(phrase.actor.clone()?, "named later", 0.75),
            Some(name) => self.by_name(line, phrase, name.clone(), cx),
            None => {
                let title = phrase.title.as_ref().filter(|_| !phrase.open)?;
                let definite = phrase.tokens.start < title.tokens.start || line.low(title.tokens.start + 1) == "'s";
                let indefinite = matches!(line.low(phrase.tokens.start), "a" | "an" | "another");
                if indefinite {
                    self.clock += 1;
                    self.nameless.insert(last_word(&title.text).to_owned(), self.clock);
                }
                self.by_title(title, cx).or_else(|| self.described(title, cx).filter(|_| definite && !indefinite))
            }
        }?;
        if !found.described {
            let told = phrase.name.as_ref().map(|n| key(line.text(n)));
            self.remember(line, &found.actor, told, phrase, cx);
        }
        Some(found)
    }

    /// Begins the reading anew: nobody has been met.
    pub fn rewind(&mut self) {
        self.members.iter_mut().for_each(|m| m.met = 0);
        self.nameless.clear();
        self.clock = 0;
    }

    /// Whether the text says nothing of the person beside the name.
    pub fn is_stranger(&self, line: &Line<'_>, phrase: &Phrase) -> bool {
        let Some(name) = &phrase.name else { return false };
        let folded = key(line.text(name));
        let mut same = self.members.iter().filter(|m| m.names.contains(&folded));
        same.all(|m| m.actor.country.is_none() && m.roles.is_empty() && m.sorts.is_empty())
    }

    /// Gives somebody whom the text named without saying who he is a home.
    pub fn unveil(&mut self, name: &str, home: Option<&Actor>) -> Actor {
        let actor = invented(name, home.and_then(|h| h.country.clone()));
        let folded = key(name);
        match self.members.iter().position(|m| m.names.contains(&folded)) {
            Some(m) => {
                self.by_id.remove(&self.members[m].actor.id);
                self.members[m].actor = actor.clone();
                self.by_id.insert(actor.id.clone(), m);
            }
            None => {
                let family = last_word(&folded).to_owned();
                self.by_family.entry(family).or_default().push(self.members.len());
                self.by_id.insert(actor.id.clone(), self.members.len());
                self.members.push(Member { names: vec![folded], ..Member::new(actor.clone()) });
            }
        }
        actor
    }

    /// For whom somebody speaks: the group or organisation whose office he holds.
    pub fn side(&self, actor: &Actor) -> Option<Actor> {
        let member = &self.members[*self.by_id.get(&actor.id)?];
        let body = |r: &&Role| matches!(r.of.kind, EntityKind::Group | EntityKind::Igo);
        member.roles.iter().find(body).map(|r| r.of.clone())
    }

    pub(super) fn is_member(&self, actor: &Actor) -> bool {
        self.by_id.contains_key(&actor.id)
    }

    pub fn woman(&self, actor: &Actor) -> bool {
        self.by_id.get(&actor.id).is_some_and(|&m| self.members[m].woman)
    }

    fn by_name(
        &mut self,
        line: &Line<'_>,
        phrase: &Phrase,
        name: std::ops::Range<usize>,
        cx: &Context<'_>,
    ) -> Option<Found> {
        let folded = key(line.text(&name));
        let family = folded.rsplit(' ').next()?.to_owned();
        let single = !folded.contains(' ');
        if let Some(&member) = self.aliases.get(&folded) {
            return found(self.members[member].actor.clone(), "short form given before", 0.9);
        }
        if let Some(short) = without_house(&folded) {
            let named = |family: &str, name: &str| {
                let mut known = self.by_family.get(family).into_iter().flatten().map(|&m| &self.members[m]);
                known.find(|m| m.names.iter().any(|n| n == name))
            };
            if let (Some(member), None) = (named(last_word(short), short), named(&family, &folded)) {
                return found(member.actor.clone(), "the name without its house", 0.9);
            }
        }
        // "Su-34 bombers"
        let model = line.low(name.end) == "-" && line.low(name.end + 1).starts_with(|c: char| c.is_ascii_digit());
        (!(single && model)).then_some(())?;
        let owner = phrase.title.as_ref().and_then(|t| cx.owner(t)).or_else(|| phrase.of.clone());
        let state = owner.and_then(|s| s.country.clone());
        let fits = |a: &Actor| state.is_none() || a.country.is_none() || a.country == state;
        let known: Vec<_> = line.hit_from(name.start).map(|h| h.people().cloned().collect()).unwrap_or_default();
        // whoever bears just that name, before one of his family: "Mohammed bin Zayed Al Nahyan" after "Sultan Al Nahyan"
        let exact = !single && !known.is_empty() && line.hit_from(name.start).is_some_and(|h| h.tokens == name);
        let other =
            |m: usize| exact && !known.contains(&self.members[m].actor) && !self.members[m].names.contains(&folded);
        if let Some(member) = self.member(&folded, &family, single, &fits).filter(|&m| !other(m)) {
            return found(self.members[member].actor.clone(), "named before", 0.95);
        }
        if let Some(actor) = choose(&known, &fits, cx) {
            return found(actor, "name", 0.95);
        }
        // "Security Council Secretary Nikolai Patrushev" is of Russia's council, not of that of the United Nations
        let foreign = state.as_deref().is_some_and(|s| cx.gazetteer.actor(s).is_none_or(|a| a.kind == EntityKind::Igo));
        let own =
            |a: &Actor, t: &Term| cx.date.is_some_and(|day| t.covers(day)) && a.country.as_deref() == Some(&*t.state);
        let serving = |a: &Actor| exact && foreign && cx.gazetteer.offices.of(&a.id).any(|t| own(a, t));
        // nor is there another of the name of a president, whatever state a sentence read wrongly gives him
        let top = |t: &Term| cx.gazetteer.titles.is(&t.office, TitleWord::Top);
        let leads = |a: &Actor| exact && cx.gazetteer.offices.of(&a.id).any(|t| own(a, t) && top(t));
        let serving = |a: &Actor| serving(a) || leads(a);
        if let Some(actor) = choose(&known, &serving, cx) {
            return found(actor, "name, in office", 0.9);
        }
        // "[George W.] Quill": a first name and initials are not the king who is called so
        let cut = name.clone().skip(1).any(|t| initial(line.low(t).trim_end_matches('.')));
        if single && cut {
            return None;
        }
        if single {
            // "the Moon" is no president, and "EF/MA" signs a report
            let after_the = name.start > 0 && line.low(name.start - 1) == "the";
            let part =
                matches!(line.graph.deprel(line.head_of(&name)), Deprel::Compound | Deprel::NmodPoss | Deprel::Amod);
            let initials = line.word(name.start).len() < 4 && !line.word(name.start).contains(char::is_lowercase);
            let nobody = phrase.tokens == name && (after_the && !part || initials);
            return self.by_family_name(&family, phrase, &fits, cx).filter(|_| !nobody);
        }
        // "Amir Abdollahian": a family name of two words
        if cx.gazetteer.family(&folded).next().is_some()
            && let Some(found) = self.by_family_name(&folded, phrase, &fits, cx)
        {
            return Some(found);
        }
        if let Some(found) = self.spelt_otherwise(&folded, phrase, cx) {
            return Some(found);
        }
        let introduced = phrase.title.is_some() || phrase.honorific || phrase.of.is_some();
        if !introduced {
            // a first name that the tables know makes a person of unknown home
            let capitals = |w: &str| w.len() > 2 && w.contains(char::is_alphabetic) && !w.contains(char::is_lowercase);
            let shouted = name.clone().any(|t| capitals(line.word(t)));
            let nickname = name.clone().filter(|&t| matches!(line.word(t), "“" | "\"" | "``")).count();
            let words = name.clone().filter(|&t| line.word(t).contains(char::is_alphabetic)).count() - nickname;
            let given = cx.gazetteer.given(folded.split(' ').next()?) && words < 5 && !shouted;
            // "Zarya Quillova (Quillova)": people are shortened to their last name
            let last =
                phrase.alias.as_ref().is_some_and(|a| a.len() == 1 && line.low(a.start) == line.low(name.end - 1));
            let person = given || last || beside_people(line, &name, cx);
            return person.then(|| invented(&line.name(&name), None)).and_then(|a| found(a, "a first name", 0.6));
        }
        // "the country's Emir" is not the publisher's, and "Mr. Tanaka" is so only to a government
        let owned = phrase.title.is_none() && phrase.civil && !cx.official
            || phrase.tokens.start > 0 && matches!(line.low(phrase.tokens.start - 1), "'s" | "'");
        let beside = phrase.beside.as_ref().and_then(|s| s.country.clone());
        let country = state.or(beside).or_else(|| cx.home.as_ref().filter(|_| !owned).and_then(|h| h.country.clone()));
        found(invented(&line.name(&name), country), "introduced by the text", 0.85)
    }

    /// The one member who has a role that fits.
    pub(super) fn only(&self, fits: &dyn Fn(&Role) -> bool) -> Option<Actor> {
        let mut told = self.members.iter().filter(|m| m.roles.iter().any(fits));
        let member = told.next().filter(|_| told.next().is_none())?;
        Some(member.actor.clone())
    }

    fn member(&self, folded: &str, family: &str, single: bool, fits: &dyn Fn(&Actor) -> bool) -> Option<usize> {
        let mut same = self.by_family.get(family).into_iter().flatten().copied().filter(|&m| {
            let actor = &self.members[m].actor;
            fits(actor) && (single || self.members[m].is_called(folded))
        });
        if let Some(first) = same.next() {
            return same.all(|m| m == first).then_some(first);
        }
        // "Qaboos", "Saddam": a first name that one person of the document bears
        let first_name = |m: &Member| m.names.iter().any(|n| n.split(' ').next() == Some(folded));
        let mut called = (0..self.members.len()).filter(|&m| single && first_name(&self.members[m]));
        let first = called.next().filter(|&m| fits(&self.members[m].actor))?;
        called.next().is_none().then_some(first)
    }

    fn remember(&mut self, line: &Line<'_>, actor: &Actor, told: Option<String>, phrase: &Phrase, cx: &Context<'_>) {
        let member = *self.by_id.entry(actor.id.clone()).or_insert_with(|| {
            let actor = actor.clone();
            self.members.push(Member::new(actor));
            self.members.len() - 1
        });
        self.clock += 1;
        self.members[member].met = self.clock;
        for name in told.into_iter().chain([key(&actor.name)]) {
            if self.members[member].names.contains(&name) {
                continue;
            }
            let family = name.rsplit(' ').next().unwrap_or_default();
            let list = self.by_family.entry(family.to_owned()).or_default();
            if !list.contains(&member) {
                list.push(member);
            }
            if let Some(short) = without_house(&name) {
                self.aliases.entry(short.to_owned()).or_insert(member);
            }
            self.members[member].names.push(name);
        }
        self.members[member].woman |= phrase.woman;
        if let Some(role) = role_of(phrase, actor, cx)
            && !self.members[member].roles.contains(&role)
        {
            self.members[member].roles.push(role);
        } else if let Some(sort) = sort_of(phrase, actor, cx) {
            self.members[member].sorts.push(sort);
        }
        if let Some((alias, name)) = phrase.alias.as_ref().zip(phrase.name.as_ref()) {
            let (alias, name) = (key(line.text(alias)), key(line.text(name)));
            if !alias.is_empty() && alias.split(' ').all(|w| name.split(' ').any(|n| n == w)) {
                self.aliases.entry(alias).or_insert(member);
            }
        }
    }
}

/// Whether a run of two to four plain words stands in a list with people: "X Y, Marta Quill and Z W".
fn beside_people(line: &Line<'_>, name: &std::ops::Range<usize>, cx: &Context<'_>) -> bool {
    let heads = &cx.gazetteer.heads;
    let plain = |t: usize| {
        let word = line.word(t);
        word == "-"
            || word.contains(char::is_lowercase)
                && word.chars().all(char::is_alphabetic)
                && !heads.names_body(line.low(t))
    };
    if !(2..5).contains(&name.len()) || !name.clone().all(plain) {
        return false;
    }
    let person = |start: usize, end: usize| {
        let known = line.hit_from(start).is_some_and(|h| h.tokens.len() > 1 && h.people().next().is_some());
        known || end - start > 1 && line.hit(start).is_none() && cx.gazetteer.given(line.low(start))
    };
    let run = |t: usize| line.capital(t) && line.upos(t) == Some(Upos::Propn) && !heads.names_body(line.low(t));
    let mut end = name.end;
    while line.joins(end) {
        let start = (end..end + 3).find(|&t| !line.joins(t)).unwrap_or(end);
        let stop = (start..line.len()).find(|&t| !run(t)).unwrap_or(line.len());
        if stop == start {
            break;
        }
        if person(start, stop) {
            return true;
        }
        end = stop;
    }
    let mut start = name.start;
    while start > 0 && line.joins(start - 1) {
        let stop = (0..start).rev().find(|&t| !line.joins(t)).map_or(0, |t| t + 1);
        let begin = (0..stop).rev().find(|&t| !run(t)).map_or(0, |t| t + 1);
        if begin == stop {
            break;
        }
        if person(begin, stop) {
            return true;
        }
        start = begin;
    }
    false
}

/// The one of several people of a name who fits: in office on the day before any other.
fn choose(people: &[Actor], fits: &dyn Fn(&Actor) -> bool, cx: &Context<'_>) -> Option<Actor> {
    let mut fitting = people.iter().filter(|a| fits(a));
    let first = fitting.next()?;
    if cx.gazetteer.is_own(first) {
        return Some(first.clone());
    }
    let serving = cx.date.and_then(|d| people.iter().filter(|a| fits(a)).find(|a| cx.in_office(a, d)));
    Some(serving.unwrap_or(first).clone())
}

/// "Khalid bin Salman" of "Khalid bin Salman Al Saud", folded ("al" is left out of keys).
fn without_house(name: &str) -> Option<&str> {
    let (short, _) = name.rsplit_once(' ')?;
    (short.contains(" bin ") && !short.ends_with(" bin")).then_some(short)
}

/// Same family name, and the first names agree or one is missing.
fn same_person(a: &str, b: &str) -> bool {
    if a.ends_with(&format!(" {b}")) || b.ends_with(&format!(" {a}")) {
        return true;
    }
    let (mut a, mut b) = (a.split(' '), b.split(' '));
    let same = a.next_back() == b.next_back() && matches!((a.next(), b.next()), (Some(x), Some(y)) if x == y);
    // "John Albert Smith" is not "John Peter Smith"
    let (a, b): (Vec<_>, Vec<_>) = (a.map(sound).collect(), b.map(sound).collect());
    same && (a.is_empty() || b.is_empty() || a.iter().any(|w| b.contains(w)))
}

/// A person whom only the text knows.
pub(super) fn invented(name: &str, country: Option<String>) -> Actor {
    let home = country.as_deref().unwrap_or("x").to_lowercase();
    Arc::new(Entity {
        id: format!("person-{home}-{}", slug(name)),
        kind: EntityKind::Person,
        name: name.to_owned(),
        country,
        wikidata: None,
    })
}
