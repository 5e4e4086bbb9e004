//! Who takes part in a document: the people introduced in it, by name and office.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::gazetteer::Gazetteer;
use super::holders::sound;
use super::line::Line;
use super::offices::Term;
use super::persons::Phrase;
use super::title::Title;
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

/// What resolution knows beside the phrase.
pub struct Context<'a> {
    pub gazetteer: &'a Gazetteer,
    /// The day of the report.
    pub date: Option<Date>,
    /// The state that an office without one belongs to: the publisher's.
    pub home: Option<Actor>,
    /// Whether the publisher is that state's government.
    pub official: bool,
    /// The holder of the office for which the publisher's site speaks.
    pub house: Option<Actor>,
}

impl Context<'_> {
    /// The role of a title in the words of the table of offices.
    pub(super) fn office<'t>(&'t self, title: &'t Title, state: &str) -> Cow<'t, str> {
        self.office_of(&title.text, title.of.as_deref(), state)
    }

    /// The same for an office of a state or of an organ of it: "spokesman" of the Foreign Ministry.
    fn office_of<'t>(&'t self, text: &'t str, of: Option<&Entity>, state: &str) -> Cow<'t, str> {
        let (titles, offices) = (&self.gazetteer.titles, &self.gazetteer.offices);
        let Some(organ) = of.filter(|o| o.kind == EntityKind::Organ) else {
            return Cow::Borrowed(titles.canonical(text, state));
        };
        let noun = self.gazetteer.noun(organ);
        let forms = [format!("{noun} {text}"), format!("{text} of the {noun}")];
        let known = forms.iter().map(|f| titles.canonical(f, state)).find(|o| offices.is_known(o));
        Cow::Owned(known.unwrap_or(&forms[1]).to_owned())
    }

    /// An office of a person; an abbreviation in full: "foreign minister" for "FM".
    fn role(&self, text: &str, of: Actor, person: &Entity) -> Role {
        let state = if of.kind == EntityKind::Organ { person.country.as_deref() } else { Some(of.id.as_str()) };
        let office = self.office_of(text, Some(&of), state.unwrap_or_default());
        let short =
            office.split(' ').count() > 1 && office.split(' ').filter_map(|w| w.chars().next()).eq(text.chars());
        let title = if short { office.to_string() } else { text.to_owned() };
        Role { title, office: self.gazetteer.offices.is_known(&office).then(|| office.into_owned()), of }
    }

    /// The office in "counterpart President"; `None` if there is none, as in "visiting counterpart".
    fn without_mirror(&self, title: &str) -> Option<String> {
        let mirror = |w: &str| self.gazetteer.titles.is(w, TitleWord::Mirror);
        if !title.split(' ').any(mirror) {
            return Some(title.to_owned());
        }
        let after: Vec<&str> = title.rsplit(' ').take_while(|w| !mirror(w)).collect();
        let text = after.into_iter().rev().collect::<Vec<_>>().join(" ");
        self.gazetteer.offices.is_known(&text).then_some(text)
    }

    /// An office of several words below those that every state has: "assistant secretary", not "prime minister".
    pub(super) fn is_lesser(&self, title: &Title) -> bool {
        let words: Vec<&str> = title.text.split(' ').collect();
        let top = (0..words.len()).any(|i| self.gazetteer.titles.is(&words[i..].join(" "), TitleWord::Top));
        words.len() > 1 && !title.plural && !top
    }

    /// Whether the words are the role's own: "the Foreign Ministry spokesman" of a spokesman of that ministry.
    pub(super) fn is_called(&self, role: &Role, text: &str) -> bool {
        if role.of.kind != EntityKind::Organ {
            return role.title == text;
        }
        let ends = |noun: &str| text.strip_suffix(&role.title).is_some_and(|rest| rest.trim_end() == noun);
        role.title == text || ends(&self.gazetteer.noun(&role.of))
    }

    /// Whether the role is that office of that state.
    pub(super) fn is_role(&self, role: &Role, office: &str, state: &Actor) -> bool {
        let home = self.gazetteer.state_of(&role.of);
        home == *state && self.office_of(&role.title, Some(&role.of), &state.id) == office
    }

    /// Whose office it is; who "the ambassador to Syldavia" serves, the publisher need not say.
    pub fn sender(&self, title: &Title) -> Option<Actor> {
        self.owner(title).or_else(|| self.home.clone().filter(|_| title.text.contains(" to ")))
    }

    /// Whether the words are one person's office, and the tables do not know whose.
    pub fn is_vacant(&self, phrase: &Phrase) -> bool {
        let Some(title) = phrase.title.as_ref().filter(|t| !t.plural && !phrase.open) else { return false };
        let Some((state, day)) = self.sender(title).zip(self.date) else { return false };
        self.gazetteer.offices.holder(&state.id, &self.office(title, &state.id), day).is_none()
            && !self.gazetteer.titles.is(last_word(&title.text), TitleWord::Mirror)
    }

    pub(super) fn in_office(&self, actor: &Actor, day: Date) -> bool {
        self.gazetteer.offices.of(&actor.id).any(|t| t.covers(day))
    }

    /// The state (as an entity) whose office it is: an organ's office is its state's.
    pub fn owner(&self, title: &Title) -> Option<Actor> {
        let of = title.of.as_ref()?;
        Some(self.gazetteer.state_of(of))
    }
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

/// What a phrase calls its person that is no office.
fn sort_of(phrase: &Phrase, actor: &Actor, cx: &Context<'_>) -> Option<Role> {
    let title = phrase.title.as_ref().filter(|t| !t.plural)?;
    let of = title.of.clone().or_else(|| cx.gazetteer.home(actor).cloned())?;
    Some(cx.role(&title.text, of, actor))
}

/// The noun of an office without a complement.
pub(super) fn last_word(title: &str) -> &str {
    title.rsplit(' ').next().unwrap_or_default()
}

/// The role that a phrase gives its person: of the state or organ that it names, else the person's own state.
pub fn role_of(phrase: &Phrase, actor: &Actor, cx: &Context<'_>) -> Option<Role> {
    let title = phrase.title.as_ref()?;
    // "Amir Abdollahian" is no emir
    let named = key(&actor.name).split(' ').any(|w| w == title.text);
    (!named || title.of.is_some()).then_some(())?;
    if title.of.is_none()
        && let Some((organ, text)) =
            cx.gazetteer.home(actor).and_then(|h| cx.gazetteer.heads.office(&title.text, h, cx.gazetteer))
    {
        return Some(cx.role(&text, organ, actor));
    }
    let of = title.of.clone().or_else(|| cx.gazetteer.home(actor).cloned())?;
    let alien = of.kind == EntityKind::State && actor.country.is_some() && actor.country != of.country;
    (!alien).then_some(())?;
    // "the Hamas leader" names an office, "the Syrian leader" describes
    let loose = of.kind == EntityKind::State && cx.gazetteer.titles.is(&title.text, TitleWord::Loose);
    (!loose).then_some(())?;
    let text = cx.without_mirror(&title.text)?;
    Some(cx.role(&text, of, actor))
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
