//! What somebody is in the words of the text: offices by the names of the tables, and whose they are.

use std::borrow::Cow;

use jiff::civil::Date;

use super::gazetteer::Gazetteer;
use super::persons::Phrase;
use super::title::Title;
use super::titles::TitleWord;
use super::words::key;
use crate::model::{Actor, Entity, EntityKind, Role};

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

/// What a phrase calls its person that is no office.
pub(super) fn sort_of(phrase: &Phrase, actor: &Actor, cx: &Context<'_>) -> Option<Role> {
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
