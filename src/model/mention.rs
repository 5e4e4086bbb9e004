use super::{Actor, Period};

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By a name: "Bashar al-Assad", "Iran", "Tehran rejected".
    Name,
    /// By a national adjective, on its own or before a noun: "Iranian".
    Adjective,
    /// By an office or a description: "the Syrian president", "the two sides".
    Description,
    /// By a pronoun: "he", "its", "we" in somebody's speech.
    Pronoun,
    /// A city or building that is just a place here ("in Tehran"): the actor is the state that it lies in.
    Place,
}

/// The office that a mention gives to its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// In lower case, without the state: "foreign minister", "former president".
    pub title: String,
    /// What the table of offices calls it: "foreign minister" of a "minister for foreign affairs"; `None` of an office that it
    /// does not know.
    pub office: Option<String>,
    /// The state or organisation whose office it is.
    pub of: Actor,
}

/// Words of one sentence that stand for an actor.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Index into the document's sentences.
    pub sentence: usize,
    /// Tokens of that sentence, half-open.
    pub tokens: std::ops::Range<usize>,
    /// The token that the rest hangs on in the tree.
    pub head: usize,
    /// Who is meant. Several for a group: "the two leaders".
    pub actors: Vec<Actor>,
    pub kind: MentionKind,
    pub role: Option<Role>,
    /// Why this entity: `name`, `office on 2022-05-08`, `pronoun, subject of the sentence before`.
    pub reason: String,
    /// How sure the linker is, 0 to 1.
    pub confidence: f64,
}

/// Words of one sentence that say when.
#[derive(Debug, Clone)]
pub struct Time {
    /// Index into the document's sentences.
    pub sentence: usize,
    /// Tokens of that sentence, half-open.
    pub tokens: std::ops::Range<usize>,
    pub period: Period,
}

/// Words of one sentence that say where.
#[derive(Debug, Clone)]
pub struct Place {
    /// Index into the document's sentences.
    pub sentence: usize,
    /// Tokens of that sentence, half-open.
    pub tokens: std::ops::Range<usize>,
    /// The usual name of the city or country.
    pub name: String,
    /// Things happen on it, not in it.
    pub island: bool,
}

/// What linking finds in a document, each list in order of the text.
#[derive(Debug, Clone, Default)]
pub struct Links {
    pub mentions: Vec<Mention>,
    pub times: Vec<Time>,
    pub places: Vec<Place>,
    /// Country code -> the state or organisation, for every actor that is mentioned.
    pub homes: std::collections::BTreeMap<String, Actor>,
    /// The office-holder for whom the publisher speaks ("Telephone conversation with ..." on a president's site).
    pub house: Option<Actor>,
}

impl Mention {
    /// The reason of a mention of the holders of one office in several states: "the presidents of Iran and Russia".
    pub const SEVERAL: &'static str = "offices of several states";
}

impl Links {
    /// The mentions of one sentence.
    pub fn mentions_of(&self, sentence: usize) -> &[Mention] {
        of(&self.mentions, sentence, |m| m.sentence)
    }

    /// The times of one sentence.
    pub fn times_of(&self, sentence: usize) -> &[Time] {
        of(&self.times, sentence, |t| t.sentence)
    }
}

/// The items of a sentence, from a list in order of the text.
fn of<T>(items: &[T], sentence: usize, at: impl Fn(&T) -> usize) -> &[T] {
    let start = items.partition_point(|i| at(i) < sentence);
    let end = items.partition_point(|i| at(i) <= sentence);
    &items[start..end]
}
