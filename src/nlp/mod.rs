//! Reads English: text becomes paragraphs, sentences, tokens, tags, lemmas and Universal Dependencies trees.
//!
//! Knows nothing of diplomacy, does no IO after loading, and cannot fail: every text becomes a document.

mod clean;
pub mod conllu;
mod echoes;
mod fold;
mod language;
mod lemmas;
pub mod model;
pub mod net;
pub mod parser;
mod parts;
mod repair;
mod rolls;
mod sentences;
mod stems;
mod tokens;
pub mod train;

use crate::error::Result;
use crate::model::{Article, Document, Field, Sentence, Span, Token, Upos};
use model::{Desk, Model, Parts};

/// Sentences that are analysed together.
const AT_ONCE: usize = 64;

/// The language engine with its model. One serves all threads.
#[derive(Debug, Clone)]
pub struct Nlp {
    model: Model,
    stems: stems::Stems,
}

/// A sentence that is not analysed yet.
struct Raw {
    field: Field,
    paragraph: usize,
    tokens: Vec<Span>,
}

impl Nlp {
    /// The engine with the model that is compiled in.
    ///
    /// # Errors
    /// None, unless the program was built with a broken model.
    pub fn embedded() -> Result<Self> {
        Self::from_bytes(include_bytes!("../../data/models/english.bin")).map_err(|e| e.at("data/models/english.bin"))
    }

    /// The engine with a model that [`train`] made.
    ///
    /// # Errors
    /// The bytes are not a model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Ok(Self { model: Model::new(Parts::from_bytes(bytes)?), stems: stems::Stems::embedded() })
    }

    /// The model itself, for scores on gold words.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Reads an article: its title, then its text. Takes time in proportion to their length.
    pub fn read(&self, article: Article) -> Document {
        let title = article.title.as_deref().unwrap_or_default();
        let cleaned = clean::clean(&article.text);
        let headline: Vec<Span> = if title.trim().is_empty() { Vec::new() } else { vec![Span::new(0, title.len())] };
        let mut raws = raw(title, Field::Title, &headline);
        raws.extend(raw(&article.text, Field::Text, &cleaned.paragraphs));
        let sentences = self.analyse(&article, &raws);
        Document::new(article, sentences, cleaned.dateline)
    }

    /// Keeps the sentences and words of `trees` and predicts the rest, so that anyone can score the model.
    pub fn annotate(&self, trees: &mut [conllu::Tree]) {
        let mut desk = Desk::default();
        for trees in trees.chunks_mut(AT_ONCE) {
            let words: Vec<Vec<&str>> =
                trees.iter().map(|t| t.words.iter().map(|w| w.form.as_str()).collect()).collect();
            let analyses = self.model.analyse(&words, &mut desk);
            for (tree, found) in trees.iter_mut().zip(analyses) {
                for (i, w) in tree.words.iter_mut().enumerate() {
                    (w.upos, w.xpos) = found.tags[i];
                    (w.head, w.deprel) = (found.heads[i], found.labels[i]);
                    w.lemma = self.model.lemma(&w.form, w.xpos).into();
                }
            }
        }
    }

    /// Analyses sentences some at a time, so that memory is taken by what comes out alone.
    fn analyse(&self, article: &Article, raws: &[Raw]) -> Vec<Sentence> {
        let text = |field: Field| match field {
            Field::Title => article.title.as_deref().unwrap_or_default(),
            Field::Text => article.text.as_str(),
        };
        let mut desk = Desk::default();
        let mut out = Vec::with_capacity(raws.len());
        for raws in raws.chunks(AT_ONCE) {
            let words: Vec<Vec<&str>> =
                raws.iter().map(|r| r.tokens.iter().map(|t| t.of(text(r.field))).collect()).collect();
            let analyses = self.model.analyse(&words, &mut desk);
            out.extend(raws.iter().zip(&words).zip(&analyses).map(|((raw, words), a)| Sentence {
                field: raw.field,
                paragraph: raw.paragraph,
                span: raw.tokens.iter().copied().reduce(Span::join).unwrap_or_default(),
                tokens: self.tokens(&raw.tokens, words, a),
            }));
        }
        out
    }

    fn tokens(&self, spans: &[Span], words: &[&str], a: &model::Analysis) -> Vec<Token> {
        let token = |i: usize| Token {
            span: spans[i],
            lemma: self.lemma(words[i], a.tags[i].0, a.tags[i].1),
            upos: a.tags[i].0,
            xpos: a.tags[i].1,
            head: a.heads[i],
            deprel: a.labels[i],
        };
        let mut tokens: Vec<Token> = (0..words.len()).map(token).collect();
        self.repair(&mut tokens, words);
        tokens
    }

    fn repair(&self, tokens: &mut [Token], words: &[&str]) {
        repair::headline_verbs(tokens, words, &self.stems);
        repair::finite_verbs(tokens);
        repair::rootless_verbs(tokens, words);
        repair::cased_verbs(tokens, words, &self.stems);
        repair::comma_subjects(tokens, words);
        repair::personal_subjects(tokens);
        repair::finite_conjuncts(tokens);
        repair::called_subjects(tokens);
        repair::asked_infinitives(tokens, words);
        rolls::rolls(tokens, words);
    }

    fn lemma(&self, word: &str, upos: Upos, xpos: &'static str) -> Box<str> {
        let guess = self.model.lemma(word, xpos);
        self.stems.better(word, upos, &guess).map_or(guess, String::into_boxed_str)
    }
}

/// The sentences of some paragraphs.
fn raw(text: &str, field: Field, paragraphs: &[Span]) -> Vec<Raw> {
    let mut out = Vec::new();
    for (paragraph, &span) in paragraphs.iter().enumerate() {
        let tokens = echoes::without_echoes(text, tokens::tokens(text, span));
        for range in sentences::sentences(text, &tokens) {
            out.push(Raw { field, paragraph, tokens: tokens[range].to_vec() });
        }
    }
    out
}

/// Token and sentence spans of plain paragraphs, without a model: what raw-text scores compare.
pub fn segment(text: &str, paragraphs: &[Span]) -> (Vec<Span>, Vec<Span>) {
    let raws = raw(text, Field::Text, paragraphs);
    let sentences = raws.iter().filter_map(|r| r.tokens.iter().copied().reduce(Span::join)).collect();
    (raws.iter().flat_map(|r| r.tokens.iter().copied()).collect(), sentences)
}
