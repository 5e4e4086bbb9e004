//! People by their office and by a bare family name: who holds or held it, and who of the document is described by it.

use jiff::ToSpan;
use jiff::civil::Date;

use super::cast::{Cast, Found, Member, found, invented};
use super::offices::Term;
use super::persons::Phrase;
use super::roles::{Context, last_word};
use super::title::Title;
use super::titles::TitleWord;
use super::words::key;
use crate::model::{Actor, EntityKind, Role};

/// How many years after leaving a top office, and before taking it, a bare family name is enough.
const LATELY_BEFORE: i64 = 8;
const LATELY_AFTER: i64 = 1;
/// The same for those who led their state.
const LED_BEFORE: i64 = 25;
const LED_AFTER: i64 = 2;
/// And before which an office and a family name are.
const FORMERLY: i64 = 25;

impl Cast {
    /// "President Assad", "Assad": somebody in office on that day, if only one is called so.
    pub(super) fn by_family_name(
        &self,
        family: &str,
        phrase: &Phrase,
        fits: &dyn Fn(&Actor) -> bool,
        cx: &Context<'_>,
    ) -> Option<Found> {
        let Some(day) = cx.date else { return self.ever_in_office(family, phrase, fits, cx) };
        let mut people: Vec<&Actor> = cx.gazetteer.family(family).filter(|a| fits(a) && cx.in_office(a, day)).collect();
        if let Some(title) = &phrase.title {
            let holds = |a: &Actor, state: Option<&Actor>| {
                cx.gazetteer.offices.of(&a.id).any(|t| {
                    t.covers(day) && state.is_none_or(|s| *s.id == *t.state) && cx.office(title, &t.state) == *t.office
                })
            };
            let only = |state: Option<&Actor>| {
                let mut exact = people.iter().copied().filter(|a| holds(a, state));
                exact.next().filter(|_| exact.next().is_none())
            };
            let owner = cx.owner(title);
            let exact = match &owner {
                Some(state) => only(Some(state)),
                None => cx.home.as_ref().and_then(|h| only(Some(h))).or_else(|| only(None)),
            };
            if let Some(holder) = exact {
                return found(holder.clone(), format!("office and family name on {day}"), 0.9);
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
        if people.is_empty() {
            let former = match &phrase.title {
                Some(title) => formerly(family, title, fits, day, cx),
                None => self.lately_in_office(family, day, cx),
            };
            if former.is_some() || phrase.title.is_none() {
                return former;
            }
        }
        match people.as_slice() {
            [one] => found((*one).clone(), format!("family name, in office on {day}"), 0.8),
            _ => {
                let title = phrase.title.as_ref()?;
                // "Assistant Secretary Witkowsky" in a paper of the government whose officer that is
                let own = || cx.home.clone().filter(|_| cx.official && cx.is_lesser(title));
                let country = cx.owner(title).or_else(own)?.country.clone();
                found(invented(&capitalised(family), country), "family name after an office", 0.6)
            }
        }
    }

    /// A bare family name of nobody in office: the only one who was head of state or government not long before that day,
    /// or was about to be.
    fn lately_in_office(&self, family: &str, day: Date, cx: &Context<'_>) -> Option<Found> {
        let titles = &cx.gazetteer.titles;
        let near = |t: &Term| {
            let led = titles.is(&t.office, TitleWord::Head);
            let (before, after) = if led { (LED_BEFORE, LED_AFTER) } else { (LATELY_BEFORE, LATELY_AFTER) };
            (led || titles.is(&t.office, TitleWord::Top))
                && t.start.is_some_and(|s| s <= day.saturating_add(after.years()))
                && t.end.is_none_or(|e| day <= e.saturating_add(before.years()))
        };
        let mut people = cx.gazetteer.family(family).filter(|a| cx.gazetteer.offices.of(&a.id).any(near));
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
                .any(|t| top && t.end.is_none_or(|e| e.year() > 1989) && cx.office(title, &t.state) == *t.office)
        };
        let mut people = cx.gazetteer.family(family).filter(|a| fits(a)).filter(held);
        let first = people.next()?;
        if people.all(|a| a == first) { found(first.clone(), "office and family name", 0.7) } else { None }
    }

    /// The holder of the office on that day if the name is his, spelt otherwise: "Mohammad bin Abdul Rahman Al Thani".
    pub(super) fn spelt_otherwise(&self, name: &str, phrase: &Phrase, cx: &Context<'_>) -> Option<Found> {
        let title = phrase.title.as_ref()?;
        let (state, day) = (cx.owner(title).or_else(|| cx.home.clone())?, cx.date?);
        let holder = cx.gazetteer.offices.holder(&state.id, &cx.office(title, &state.id), day)?;
        let (family, other) = (sound(name.rsplit(' ').next()?), key(&holder.name));
        let same = other.split(' ').any(|w| sound(w) == family) && family.len() > 1;
        same.then(|| found(holder.clone(), format!("office and a like name on {day}"), 0.85)).flatten()
    }

    /// "the Syrian president": somebody of the document, else the holder on the day of the report.
    pub(super) fn by_title(&self, title: &Title, cx: &Context<'_>) -> Option<Found> {
        if title.plural {
            return None;
        }
        match cx.owner(title) {
            Some(state) => {
                let office = cx.office(title, &state.id);
                let mut told = self.members.iter().filter(|m| m.roles.iter().any(|r| cx.is_role(r, &office, &state)));
                if let Some(member) = told.next().filter(|_| told.next().is_none()) {
                    return found(member.actor.clone(), "office named before", 0.9);
                }
                let day = cx.date?;
                let holder = cx.gazetteer.offices.holder(&state.id, &office, day)?;
                found(holder.clone(), format!("office on {day}"), 0.85)
            }
            None => {
                let text = &title.text;
                let exact = |r: &Role| cx.is_called(r, text);
                let ours = |r: &Role| {
                    r.title == *text && cx.official && cx.home.as_ref() == Some(&cx.gazetteer.state_of(&r.of))
                };
                let short = |r: &Role| {
                    cx.gazetteer.titles.shortens(text, &r.title)
                        || r.title.starts_with(&format!("{text} of "))
                        || r.title.starts_with(&format!("{text} for "))
                };
                // a government's own paper calls its officers by their office alone
                let publishers = || {
                    let (state, day) = (cx.home.as_ref()?, cx.date?);
                    let office = cx.office(title, &state.id);
                    // "the Leader" is what only that state's papers call theirs
                    let theirs = cx.official
                        || title.capital && *office != *title.text && cx.gazetteer.titles.is(&office, TitleWord::Head);
                    cx.gazetteer.offices.holder(&state.id, &office, day).filter(|_| theirs).map(|h| (h, day))
                };
                // but not by an office that the text gives to somebody else alone: "the Secretary and the Foreign Minister"
                let named = self.only(&exact);
                let given = |h: &Actor| self.members.iter().any(|m| m.actor == *h && m.roles.iter().any(exact));
                // on a president's own site he is "the President", whoever his guest is
                let plain = cx.home.as_ref().is_some_and(|s| *cx.office(title, &s.id) == *title.text);
                let house = |h: &Actor| plain && cx.house.as_ref() == Some(h);
                // "the Leader" with a capital is theirs, whoever leads a party
                let titled = !cx.official;
                let theirs = |h: &Actor| {
                    self.is_member(h) && (titled || house(h) || named.as_ref().is_none_or(|n| n == h) || given(h))
                };
                if let Some((holder, day)) = publishers().filter(|(h, _)| theirs(h)) {
                    let who = found(holder.clone(), format!("the publisher's office on {day}"), 0.8)?;
                    return Some(Found { described: true, ..who });
                }
                if let Some(actor) = self.one_of_several(&exact, title, cx) {
                    return found(actor, "the one of that office who spoke, or the publisher's", 0.75);
                }
                if let Some(actor) = named.clone().or_else(|| self.only(&ours)).or_else(|| self.only(&short)) {
                    return found(actor, "office named before", 0.8);
                }
                if let Some(actor) = self.serving(title, cx) {
                    return found(actor, "in office, and named before", 0.8);
                }
                let (holder, day) = publishers()?;
                let told = self.members.iter().any(|m| m.roles.iter().any(|r| exact(r) || short(r)));
                if told { None } else { found(holder.clone(), format!("the publisher's office on {day}"), 0.8) }
            }
        }
    }

    /// "the foreign minister" where the document has several: whoever spoke last, else the publisher's state's.
    fn one_of_several(&self, exact: &dyn Fn(&Role) -> bool, title: &Title, cx: &Context<'_>) -> Option<Actor> {
        let serves = |a: &Actor| {
            let covers = |t: &Term| cx.date.is_some_and(|day| t.covers(day));
            // a secretary of state is no "foreign minister"
            cx.gazetteer.offices.of(&a.id).any(|t| covers(t) && title.text == *t.office)
        };
        let holds = |m: &&Member| m.roles.iter().any(exact) || m.roles.is_empty() && serves(&m.actor);
        let holders: Vec<&Actor> = self.members.iter().filter(holds).map(|m| &m.actor).collect();
        (holders.len() > 1).then_some(())?;
        let ours = |a: &Actor| cx.home.as_ref().is_some_and(|h| a.country == h.country);
        let mut home = holders.iter().copied().filter(|a| ours(a));
        let home = home.next().filter(|_| home.next().is_none());
        self.talker.as_ref().filter(|t| holders.contains(t)).or(home).cloned()
    }

    /// "the Prime Minister": the only one of the document who holds such an office on the day of the report.
    fn serving(&self, title: &Title, cx: &Context<'_>) -> Option<Actor> {
        let day = cx.date?;
        let holds = |a: &Actor| {
            cx.gazetteer.offices.of(&a.id).any(|t| t.covers(day) && cx.office(title, &t.state) == *t.office)
        };
        let mut serving = self.members.iter().map(|m| &m.actor).filter(|a| holds(a));
        serving.next().filter(|_| serving.next().is_none()).cloned()
    }

    /// "the senior Iranian diplomat", "the envoy": the last one of the document whose office is of that sort; of high offices
    /// the only one.
    pub(super) fn described(&self, title: &Title, cx: &Context<'_>) -> Option<Found> {
        let titles = &cx.gazetteer.titles;
        let owner = cx.owner(title);
        let ours = |r: &Role| owner.as_ref().is_none_or(|o| *o == cx.gazetteer.state_of(&r.of));
        // "the secretary of the Space Agency" is no secretary of state
        let organ = title.of.as_ref().filter(|o| o.kind == EntityKind::Organ);
        let noun = last_word(&title.text);
        let within = |r: &Role| {
            let same = r.title == noun || titles.shortens(noun, &r.title);
            organ.is_none_or(|o| r.of == *o || r.of.kind != EntityKind::Organ && same)
        };
        let loose = |r: &Role| ours(r) && within(r) && titles.covers(&title.text, &r.title);
        (!title.plural).then_some(())?;
        let high = titles.is(&title.text, TitleWord::Top) || titles.is(last_word(&title.text), TitleWord::Head);
        let ranks = |r: &Role| titles.is(titles.canonical(&r.title, &r.of.id), TitleWord::Top);
        let actor = if high { self.only(&loose)? } else { self.latest(&loose, &ranks, &title.text)? };
        Some(Found { described: true, ..found(actor, "described by the office", 0.75)? })
    }

    /// Whoever was met last of those who fit, unless somebody without a name was called so since; before any was met the only one.
    fn latest(&self, fits: &dyn Fn(&Role) -> bool, high: &dyn Fn(&Role) -> bool, title: &str) -> Option<Actor> {
        let fitting = |m: &&Member| m.met > 0 && m.roles.iter().chain(&m.sorts).any(fits);
        // a minister is "the diplomat" only where no lesser one is
        let rank = |m: &&Member| (!m.roles.iter().any(|r| fits(r) && high(r)), m.met);
        let Some(last) = self.members.iter().filter(fitting).max_by_key(rank) else { return self.only(fits) };
        let nameless = self.nameless.get(last_word(title)).copied().unwrap_or_default();
        (nameless < last.met).then(|| last.actor.clone())
    }
}

/// "President Obama" years later: the last of that family name who had held the office by then, all of one state.
fn formerly(family: &str, title: &Title, fits: &dyn Fn(&Actor) -> bool, day: Date, cx: &Context<'_>) -> Option<Found> {
    let held = |a: &Actor| {
        let terms = cx.gazetteer.offices.of(&a.id).filter(|t| t.start.is_some_and(|s| s <= day));
        let near = terms.filter(|t| t.end.is_none_or(|e| day <= e.saturating_add(FORMERLY.years())));
        near.filter(|t| cx.office(title, &t.state) == *t.office).filter_map(|t| t.end).max()
    };
    let people = cx.gazetteer.family(family).filter(|a| fits(a));
    let mut people: Vec<_> = people.filter_map(|a| Some((held(a)?, a))).collect();
    people.sort();
    let (_, last) = people.last()?;
    let one = people.iter().all(|(_, a)| a.country == last.country);
    one.then(|| found((*last).clone(), format!("office and family name before {day}"), 0.75)).flatten()
}

/// The consonants of a folded word, letters that alphabets render in several ways made one.
pub(super) fn sound(word: &str) -> String {
    let plain = word.replace("kh", "h").replace("gh", "g").replace("ph", "f").replace("ck", "k").replace("dh", "d");
    let mut out = String::new();
    for c in plain.chars() {
        let c = match c {
            'q' | 'c' => 'k',
            'w' => 'v',
            'z' => 's',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' => continue,
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
