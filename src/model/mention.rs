use super::Actor;

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
    /// The office that the words give to the person, as written: "Foreign Minister".
    pub role: Option<String>,
    /// Why this entity: `name`, `office on 2022-05-08`, `pronoun, subject of the sentence before`.
    pub reason: String,
    /// How sure the linker is, 0 to 1.
    pub confidence: f64,
}
