//! Who takes part in a document: the people introduced in it, by name and office.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::gazetteer::Gazetteer;
use super::line::Line;
use super::offices::Term;
use super::persons::Phrase;
use super::title::Title;
use super::titles::TitleWord;
use super::words::{key, slug};
use crate::model::{Actor, Entity, EntityKind, Role};

/// How many years after leaving a top office, and before taking it, a bare family name is enough.
const LATELY_BEFORE: i64 = 8;
const LATELY_AFTER: i64 = 1;

/// A person of the document.
#[derive(Debug)]
struct Member {
    actor: Actor,
    roles: Vec<Role>,
    woman: bool,
}

/// The people met so far, found again by family name or office.
#[derive(Default)]
pub struct Cast {
    members: Vec<Member>,
    by_id: FxHashMap<String, usize>,
    by_family: FxHashMap<String, Vec<usize>>,
}

/// Who a phrase stands for, and why.
pub struct Found {
    pub actor: Actor,
    pub reason: String,
    pub confidence: f64,
    /// The words describe ("the senior diplomat") and name no office.
    pub described: bool,
}

fn found(actor: Actor, reason: impl Into<String>, confidence: f64) -> Option<Found> {
    Some(Found { actor, reason: reason.into(), confidence, described: false })
}

/// What resolution knows beside the phrase.
pub struct Context<'a> {
    pub gazetteer: &'a Gazetteer,
    /// The day of the report.
    pub date: Option<Date>,
    /// The state that an office without one belongs to: the publisher's.
    pub home: Option<Actor>,
    /// Whether the publisher is that state's government.
    pub official: bool,
}

impl Context<'_> {
    /// The role of a title in the words of the table of offices.
    fn office<'t>(&'t self, title: &'t Title, state: &str) -> &'t str {
        self.gazetteer.titles.canonical(&title.text, state)
    }

    fn in_office(&self, actor: &Actor, day: Date) -> bool {
        self.gazetteer.offices.of(&actor.id).any(|t| t.covers(day))
    }

    /// The state (as an entity) whose office it is: an organ's office is its state's.
    pub fn owner(&self, title: &Title) -> Option<Actor> {
        let of = title.of.as_ref()?;
        Some(match of.kind {
            EntityKind::Organ => self.gazetteer.home(of).unwrap_or(of).clone(),
            _ => of.clone(),
        })
    }
}

impl Cast {
    /// Resolves a phrase. `introduce` lets a full name that nobody knows become a new person.
    pub fn resolve(&mut self, line: &Line<'_>, phrase: &Phrase, cx: &Context<'_>) -> Option<Found> {
        let found = match &phrase.name {
            Some(name) => self.by_name(line, phrase, name.clone(), cx),
            None => {
                let title = phrase.title.as_ref()?;
                let definite = phrase.tokens.start < title.tokens.start || line.low(title.tokens.start + 1) == "'s";
                let indefinite = matches!(line.low(phrase.tokens.start), "a" | "an" | "another");
                self.by_title(title, cx).or_else(|| self.described(title, cx).filter(|_| definite && !indefinite))
            }
        }?;
        if !found.described {
            self.remember(&found.actor, phrase, cx);
        }
        Some(found)
    }

    /// For whom somebody speaks: the group or organisation whose office he holds.
    pub fn side(&self, actor: &Actor) -> Option<Actor> {
        let member = &self.members[*self.by_id.get(&actor.id)?];
        let body = |r: &&Role| matches!(r.of.kind, EntityKind::Group | EntityKind::Igo);
        member.roles.iter().find(body).map(|r| r.of.clone())
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
        let state = phrase.title.as_ref().and_then(|t| cx.owner(t)).and_then(|s| s.country.clone());
        let fits = |a: &Actor| state.is_none() || a.country.is_none() || a.country == state;
        if let Some(member) = self.member(&folded, &family, single, &fits) {
            return found(self.members[member].actor.clone(), "named before", 0.95);
        }
        let known: Vec<_> = line.hit_from(name.start).map(|h| h.people().cloned().collect()).unwrap_or_default();
        if let Some(actor) = choose(&known, &fits, cx) {
            return found(actor, "name", 0.95);
        }
        if single {
            return self.by_family_name(&family, phrase, &fits, cx);
        }
        let introduced = phrase.title.is_some() || phrase.honorific;
        if !introduced {
            // a first name that the tables know makes a person of unknown home
            let shouted = name.clone().any(|t| line.word(t).len() > 2 && !line.word(t).contains(char::is_lowercase));
            let given = cx.gazetteer.given(folded.split(' ').next()?) && name.len() < 5 && !shouted;
            return given.then(|| invented(line.text(&name), None)).and_then(|a| found(a, "a first name", 0.6));
        }
        // "the country's Emir" is not the publisher's
        let owned = phrase.tokens.start > 0 && matches!(line.low(phrase.tokens.start - 1), "'s" | "'");
        let country = state.or_else(|| cx.home.as_ref().filter(|_| !owned).and_then(|h| h.country.clone()));
        found(invented(line.text(&name), country), "introduced by the text", 0.85)
    }

    /// "President Assad", "Assad": somebody in office on that day, if only one is called so.
    fn by_family_name(
        &self,
        family: &str,
        phrase: &Phrase,
        fits: &dyn Fn(&Actor) -> bool,
        cx: &Context<'_>,
    ) -> Option<Found> {
        let Some(day) = cx.date else { return self.ever_in_office(family, phrase, fits, cx) };
        let mut people: Vec<&Actor> =
            cx.gazetteer.family(family).iter().filter(|a| fits(a) && cx.in_office(a, day)).collect();
        if let Some(title) = &phrase.title {
            let state = cx.owner(title).or_else(|| cx.home.clone()).map(|s| s.id.clone());
            let holds = |a: &Actor| {
                cx.gazetteer.offices.of(&a.id).any(|t| {
                    t.covers(day)
                        && state.as_ref().is_none_or(|s| **s == *t.state)
                        && *cx.office(title, &t.state) == *t.office
                })
            };
            let exact: Vec<&Actor> = people.iter().copied().filter(|a| holds(a)).collect();
            if exact.len() == 1 {
                return found(exact[0].clone(), format!("office and family name on {day}"), 0.9);
            }
        } else {
            people.retain(|a| {
                cx.gazetteer
                    .offices
                    .of(&a.id)
                    .any(|t| t.covers(day) && cx.gazetteer.titles.is(&t.office, TitleWord::Top))
            });
        }
        people.dedup();
        if let Some(own) = people.iter().find(|a| cx.gazetteer.is_own(a)) {
            return found((*own).clone(), format!("family name in the user's table, in office on {day}"), 0.9);
        }
        if people.is_empty() && phrase.title.is_none() {
            return self.lately_in_office(family, day, cx);
        }
        match people.as_slice() {
            [one] => found((*one).clone(), format!("family name, in office on {day}"), 0.8),
            _ if phrase.title.as_ref().is_some_and(|t| t.of.is_some()) => {
                let title = phrase.title.as_ref()?;
                let country = cx.owner(title)?.country.clone();
                found(invented(&capitalised(family), country), "family name after an office", 0.6)
            }
            _ => None,
        }
    }

    /// A bare family name of nobody in office: the only one who was head of state or government not long before that day,
    /// or was about to be.
    fn lately_in_office(&self, family: &str, day: Date, cx: &Context<'_>) -> Option<Found> {
        let near = |t: &Term| {
            cx.gazetteer.titles.is(&t.office, TitleWord::Top)
                && t.start.is_some_and(|s| s <= day.saturating_add(LATELY_AFTER.years()))
                && t.end.is_none_or(|e| day <= e.saturating_add(LATELY_BEFORE.years()))
        };
        let mut people = cx.gazetteer.family(family).iter().filter(|a| cx.gazetteer.offices.of(&a.id).any(near));
        let first = people.next()?;
        if people.all(|a| a == first) {
            found(first.clone(), format!("family name, in office near {day}"), 0.65)
        } else {
            None
        }
    }

    /// Without a date: the only one of that family name who ever held the office.
    fn ever_in_office(
        &self,
        family: &str,
        phrase: &Phrase,
        fits: &dyn Fn(&Actor) -> bool,
        cx: &Context<'_>,
    ) -> Option<Found> {
        let title = phrase.title.as_ref()?;
        let top = cx.gazetteer.titles.is(&title.text, TitleWord::Top);
        let held = |a: &&Actor| {
            cx.gazetteer
                .offices
                .of(&a.id)
                .any(|t| top && t.end.is_none_or(|e| e.year() > 1989) && *cx.office(title, &t.state) == *t.office)
        };
        let mut people = cx.gazetteer.family(family).iter().filter(|a| fits(a)).filter(held);
        let first = people.next()?;
        if people.all(|a| a == first) { found(first.clone(), "office and family name", 0.7) } else { None }
    }

    /// "the Syrian president": somebody of the document, else the holder on the day of the report.
    fn by_title(&self, title: &Title, cx: &Context<'_>) -> Option<Found> {
        if title.plural {
            return None;
        }
        match cx.owner(title) {
            Some(state) => {
                let office = cx.office(title, &state.id);
                let mut told = self.members.iter().filter(|m| {
                    m.roles
                        .iter()
                        .any(|r| r.of == state && cx.gazetteer.titles.canonical(&r.title, &state.id) == office)
                });
                if let Some(member) = told.next().filter(|_| told.next().is_none()) {
                    return found(member.actor.clone(), "office named before", 0.9);
                }
                let day = cx.date?;
                let holder = cx.gazetteer.offices.holder(&state.id, office, day)?;
                found(holder.clone(), format!("office on {day}"), 0.85)
            }
            None => {
                let text = &title.text;
                let exact = |r: &Role| r.title == *text;
                let ours = |r: &Role| r.title == *text && cx.official && cx.home.as_ref() == Some(&r.of);
                let short = |r: &Role| {
                    r.title.ends_with(&format!(" {text}"))
                        || r.title.starts_with(&format!("{text} of "))
                        || r.title.starts_with(&format!("{text} for "))
                };
                if let Some(actor) = self.only(&exact).or_else(|| self.only(&ours)).or_else(|| self.only(&short)) {
                    return found(actor, "office named before", 0.8);
                }
                // a government's own paper calls its officers by their office alone
                let (state, day) = (cx.home.as_ref().filter(|_| cx.official)?, cx.date?);
                let holder = cx.gazetteer.offices.holder(&state.id, cx.office(title, &state.id), day)?;
                let told = self.members.iter().any(|m| m.roles.iter().any(|r| exact(r) || short(r)));
                if told { None } else { found(holder.clone(), format!("the publisher's office on {day}"), 0.8) }
            }
        }
    }

    /// "the senior Iranian diplomat", "the envoy": the one of the document whose office is of that sort.
    fn described(&self, title: &Title, cx: &Context<'_>) -> Option<Found> {
        let owner = cx.owner(title);
        let loose =
            |r: &Role| owner.as_ref().is_none_or(|o| *o == r.of) && cx.gazetteer.titles.covers(&title.text, &r.title);
        (!title.plural).then_some(())?;
        Some(Found { described: true, ..found(self.only(&loose)?, "described by the office", 0.75)? })
    }

    /// The one member who has a role that fits.
    fn only(&self, fits: &dyn Fn(&Role) -> bool) -> Option<Actor> {
        let mut told = self.members.iter().filter(|m| m.roles.iter().any(fits));
        let member = told.next().filter(|_| told.next().is_none())?;
        Some(member.actor.clone())
    }

    fn member(&self, folded: &str, family: &str, single: bool, fits: &dyn Fn(&Actor) -> bool) -> Option<usize> {
        let mut same = self.by_family.get(family).into_iter().flatten().copied().filter(|&m| {
            let actor = &self.members[m].actor;
            fits(actor) && (single || same_person(&key(&actor.name), folded))
        });
        if let Some(first) = same.next() {
            return same.all(|m| m == first).then_some(first);
        }
        // "Qaboos", "Saddam": a first name that one person of the document bears
        let first_name = |m: &Member| key(&m.actor.name).split(' ').next() == Some(folded);
        let mut called = (0..self.members.len()).filter(|&m| single && first_name(&self.members[m]));
        let first = called.next().filter(|&m| fits(&self.members[m].actor))?;
        called.next().is_none().then_some(first)
    }

    fn remember(&mut self, actor: &Actor, phrase: &Phrase, cx: &Context<'_>) {
        let member = *self.by_id.entry(actor.id.clone()).or_insert_with(|| {
            self.members.push(Member { actor: actor.clone(), roles: Vec::new(), woman: false });
            self.members.len() - 1
        });
        let name = key(&actor.name);
        let families = name.split(' ').next_back().into_iter();
        for family in families {
            let list = self.by_family.entry(family.to_owned()).or_default();
            if !list.contains(&member) {
                list.push(member);
            }
        }
        self.members[member].woman |= phrase.woman;
        if let Some(role) = role_of(phrase, actor, cx)
            && !self.members[member].roles.contains(&role)
        {
            self.members[member].roles.push(role);
        }
    }
}

/// The role that a phrase gives its person: of the state that it names, else the person's own.
pub fn role_of(phrase: &Phrase, actor: &Actor, cx: &Context<'_>) -> Option<Role> {
    let title = phrase.title.as_ref()?;
    let of = cx.owner(title).or_else(|| cx.gazetteer.home(actor).cloned())?;
    // "the Hamas leader" names an office, "the Syrian leader" describes
    let loose = of.kind == EntityKind::State && cx.gazetteer.titles.is(&title.text, TitleWord::Loose);
    (!loose).then_some(())?;
    Some(Role { title: title.text.clone(), of })
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

/// Same family name, and the first names agree or one is missing.
fn same_person(a: &str, b: &str) -> bool {
    if a.ends_with(&format!(" {b}")) || b.ends_with(&format!(" {a}")) {
        return true;
    }
    let (mut a, mut b) = (a.split(' '), b.split(' '));
    a.next_back() == b.next_back() && matches!((a.next(), b.next()), (Some(x), Some(y)) if x == y)
}

/// A person whom only the text knows.
fn invented(name: &str, country: Option<String>) -> Actor {
    let home = country.as_deref().unwrap_or("x").to_lowercase();
    Arc::new(Entity {
        id: format!("person-{home}-{}", slug(name)),
        kind: EntityKind::Person,
        name: name.to_owned(),
        country,
        wikidata: None,
    })
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
