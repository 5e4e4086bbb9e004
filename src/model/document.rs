use serde::{Deserialize, Serialize};

use super::{Article, CodePoints, Deprel, Span, Upos};

/// Which text of an article an offset counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    Title,
    Text,
}

/// A word of a sentence. It holds where it stands, never its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the sentence's field. Clitics ("'s", "n't") are tokens of their own.
    pub span: Span,
    pub lemma: Box<str>,
    pub upos: Upos,
    /// The Penn Treebank tag, such as `VBD`.
    pub xpos: &'static str,
    /// The index of the token that it hangs on; its own index for the root.
    pub head: usize,
    pub deprel: Deprel,
}

/// A sentence with its Universal Dependencies tree: exactly one token is the root, and every token reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub field: Field,
    /// Which paragraph of the field it stands in, from 0.
    pub paragraph: usize,
    /// Bytes of the field, from its first token to its last.
    pub span: Span,
    pub tokens: Vec<Token>,
}

/// An article read as English: complete, or it does not exist.
#[derive(Debug, Clone)]
pub struct Document {
    pub article: Article,
    /// Title first, then the text, in order.
    pub sentences: Vec<Sentence>,
    /// What the cleaning set aside at the head of the text: "TEHRAN, Iran -", "(Reuters)". Bytes of the text.
    pub dateline: Option<Span>,
    title_points: CodePoints,
    text_points: CodePoints,
}

impl Document {
    pub fn new(article: Article, sentences: Vec<Sentence>, dateline: Option<Span>) -> Self {
        let title_points = CodePoints::new(article.title.as_deref().unwrap_or_default());
        let text_points = CodePoints::new(&article.text);
        Self { article, sentences, dateline, title_points, text_points }
    }

    /// The whole text of a field.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => self.article.title.as_deref().unwrap_or_default(),
            Field::Text => &self.article.text,
        }
    }

    /// The letters of one token.
    pub fn word(&self, sentence: &Sentence, token: usize) -> &str {
        sentence.tokens[token].span.of(self.field(sentence.field))
    }

    /// Code points of the field, for a span of its bytes.
    pub fn code_points(&self, field: Field, span: Span) -> (usize, usize) {
        let points = match field {
            Field::Title => &self.title_points,
            Field::Text => &self.text_points,
        };
        let text = self.field(field);
        (points.before(text, span.start as usize), points.before(text, span.end as usize))
    }
}

impl Sentence {
    /// The root of the tree; 0 in a sentence without tokens.
    pub fn root(&self) -> usize {
        self.tokens.iter().enumerate().position(|(i, t)| t.head == i).unwrap_or(0)
    }

    /// The tokens that hang on `head`, in order. (Linear in the sentence: rules use an index made once.)
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(i, t)| t.head == head && *i != head).map(|(i, _)| i)
    }
}
