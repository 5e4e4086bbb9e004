//! An article with its facts -> the quads of its document graph; an entity -> its quads. No clock, no blank node.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::quads::{Quads, Subject, date, decimal, english};
use super::vocab::{dct, dg, oa, owl, prov, rdfs, sem};
use super::{manifest, name};
use crate::cluster::{Signature, home, id};
use crate::error::{Error, Result};
use crate::model::{Article, Entity, EntityKind, Evidence, Fact, Field, Status};

/// Code points of context that a sentence keeps on each side.
const CONTEXT: usize = 160;

/// What an article's stored form depends on: its metadata, its text, whoever reads it and the model of the graph.
pub fn input_hash(article: &Article, version: &str) -> String {
    let text = |o: &Option<String>| o.clone().unwrap_or_default();
    let date = article.date.map(|d| d.to_string()).unwrap_or_default();
    let parts = [&article.id, &text(&article.title), &date, &text(&article.source), &text(&article.url), &article.text];
    id::full(parts.into_iter().map(String::as_str).chain([version, manifest::MODEL]))
}

/// The graph of one document: its metadata, the sentences that carry evidence, its claims.
///
/// `version` names the extractor with its data and options; documents of one version share a run.
///
/// # Errors
/// A quote that is not the article's text between its offsets.
pub fn document(article: &Article, facts: &[Fact], version: &str) -> Result<Vec<Quad>> {
    let doc = name::document(&article.id);
    let texts = Texts::of(article);
    let mut quads = Quads::of_graph(&doc);
    describe(&mut quads.subject(doc.clone(), &[dg::DOCUMENT]), article, version);
    let mut seen = BTreeMap::new();
    for fact in facts {
        seen.entry(fact.id()).or_insert(fact);
    }
    let mut passages = BTreeMap::new();
    for (id, fact) in seen {
        texts.check(&fact.evidence).map_err(|e| e.at(&article.id))?;
        claim(&mut quads, &doc, &id, fact);
        let e = &fact.evidence;
        passages.entry((e.field, e.start, e.end)).or_insert((Some(e.quote.clone()), false));
        passages.entry((e.field, e.sentence.0, e.sentence.1)).or_insert((None, false)).1 = true;
    }
    for ((field, start, end), (quote, is_sentence)) in passages {
        let exact = texts.slice(field, start, end).or(quote).unwrap_or_default();
        passage(&mut quads, &doc, &texts, (field, start, end), &exact, is_sentence);
    }
    Ok(quads.into_vec())
}

fn describe(doc: &mut Subject<'_>, article: &Article, version: &str) {
    let url = article.url.as_deref().map(|u| match NamedNode::new(u) {
        Ok(iri) => Term::from(iri),
        Err(_) => Literal::new_simple_literal(u).into(),
    });
    doc.text(dct::IDENTIFIER, &article.id)
        .text(dct::TITLE, article.title.as_deref().unwrap_or_default())
        .maybe(dct::ISSUED, article.date.map(date))
        .text(dct::PUBLISHER, article.source.as_deref().unwrap_or_default())
        .maybe(dct::SOURCE, url)
        .text(dg::SHA256, &id::sha256(&article.text))
        .text(dg::SIGNATURE, &Signature::of(&article.text).map(|s| s.to_hex()).unwrap_or_default())
        .text(dg::INPUT_HASH, &input_hash(article, version))
        .text(dg::EXTRACTOR_VERSION, version)
        .add(prov::WAS_GENERATED_BY, manifest::run_of(version));
}

fn claim(quads: &mut Quads, doc: &NamedNode, id: &str, fact: &Fact) {
    let (c, e) = (&fact.claim, &fact.evidence);
    let (stance, factuality) = certainty(c.status, c.attribution.is_some());
    let mut node = quads.subject(name::claim(id), &[dg::CLAIM]);
    node.add(dg::ACTION_OF, name::action(c.relation.id()))
        .add(dg::ACTOR, name::entity(&c.source.id))
        .add(dg::RECIPIENT, name::entity(&c.target.id))
        .add(dg::PAIR_OF, pair(fact))
        .add(dg::STANCE, stance.into_owned())
        .add(dg::FACTUALITY, factuality.into_owned())
        .maybe(dg::SPEAKER, c.attribution.as_ref().map(|a| name::entity(&a.id)))
        .text(dg::PLACE_TEXT, c.place.as_deref().unwrap_or_default())
        .text(dg::ROLE, c.role.as_deref().unwrap_or_default())
        .maybe(dg::MUTUAL, c.mutual.then(|| Literal::from(true)))
        .add(dg::CONFIDENCE, decimal(fact.confidence))
        .add(dg::EVIDENCE, name::sentence(doc, e.field, e.sentence))
        .add(dg::QUOTE, name::selector(doc, e.field, (e.start, e.end)))
        .text(dg::EXTRACTOR, &e.extractor)
        .text(dg::RULE, &e.rule)
        .text(dg::ACTOR_TEXT, &e.source_text)
        .text(dg::RECIPIENT_TEXT, &e.target_text)
        .text(dg::TIME_TEXT, e.time_text.as_deref().unwrap_or_default())
        .add(prov::WAS_DERIVED_FROM, doc.clone());
    if let Some(period) = c.date {
        node.add(sem::EARLIEST_BEGIN, date(period.first()))
            .add(sem::LATEST_END, date(period.last()))
            .text(dg::PRECISION, period.precision().as_str());
    }
}

/// The pair of sides (states, organisations, or actors of none) that a fact belongs to.
pub fn pair(fact: &Fact) -> NamedNode {
    name::pair(&home::or_self(&fact.claim.source), &home::or_self(&fact.claim.target))
}

/// A number with as many digits as the graph keeps.
pub fn rounded(x: f64) -> f64 {
    decimal(x).value().parse().unwrap_or(x)
}

/// Stance and factuality of a status. A denial with a speaker is his; one without is the outlet's.
fn certainty(status: Status, attributed: bool) -> (NamedNodeRef<'static>, NamedNodeRef<'static>) {
    match status {
        Status::Asserted => (dg::ASSERTS, dg::ACTUAL),
        Status::Planned => (dg::ASSERTS, dg::PLANNED),
        Status::Possible => (dg::ASSERTS, dg::POSSIBLE),
        Status::Denied if attributed => (dg::DENIES, dg::ACTUAL),
        Status::Denied => (dg::NEGATES, dg::ACTUAL),
    }
}

/// A stretch of text with its selector; a sentence also has a node of its own and its context.
fn passage(quads: &mut Quads, doc: &NamedNode, texts: &Texts, at: (Field, usize, usize), exact: &str, sentence: bool) {
    let (field, start, end) = at;
    let selector = name::selector(doc, field, (start, end));
    let mut node = quads.subject(selector.clone(), &[oa::POSITION, oa::QUOTE]);
    node.count(oa::START, start).count(oa::END, end).add(oa::EXACT, Literal::new_simple_literal(exact));
    node.text(dg::FIELD, if field == Field::Title { "title" } else { "text" });
    if sentence {
        node.text(oa::PREFIX, &texts.slice(field, start.saturating_sub(CONTEXT), start).unwrap_or_default());
        node.text(oa::SUFFIX, &texts.slice(field, end, (end + CONTEXT).min(texts.len(field))).unwrap_or_default());
        quads
            .subject(name::sentence(doc, field, (start, end)), &[dg::SENTENCE, oa::SPECIFIC_RESOURCE])
            .add(oa::HAS_SOURCE, doc.clone())
            .add(oa::HAS_SELECTOR, selector);
    }
}

/// The authority record of an entity, for the default graph.
pub fn entity(entity: &Entity) -> Vec<Quad> {
    let mut quads = Quads::of_default_graph();
    let home = home::of(entity).filter(|h| *h != entity.id);
    let wikidata = entity.wikidata.as_deref().and_then(wikidata);
    let is_state = entity.kind == EntityKind::State;
    quads
        .subject(name::entity(&entity.id), &[dg::ACTOR_CLASS, name::class(entity.kind)])
        .add(rdfs::LABEL, english(&entity.name))
        .text(dg::SLUG, &entity.id)
        .maybe(dg::COUNTRY, home.as_deref().map(name::entity))
        .text(dg::COUNTRY_CODE, entity.country.as_deref().unwrap_or_default())
        .text(dg::ISO3, if is_state { &entity.id } else { "" })
        .maybe(owl::SAME_AS, wikidata);
    quads.into_vec()
}

fn wikidata(id: &str) -> Option<NamedNode> {
    let digits = id.strip_prefix('Q')?;
    let sound = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| NamedNode::new_unchecked(format!("http://www.wikidata.org/entity/{id}")))
}

/// The texts of an article with the byte of every code point, so that slicing takes no walk.
struct Texts<'a> {
    title: (&'a str, Vec<u32>),
    text: (&'a str, Vec<u32>),
}

impl<'a> Texts<'a> {
    fn of(article: &'a Article) -> Self {
        let marks = |t: &'a str| (t, t.char_indices().map(|(i, _)| i as u32).chain([t.len() as u32]).collect());
        Self { title: marks(article.title.as_deref().unwrap_or_default()), text: marks(&article.text) }
    }

    fn field(&self, field: Field) -> &(&'a str, Vec<u32>) {
        match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        }
    }

    fn len(&self, field: Field) -> usize {
        self.field(field).1.len() - 1
    }

    fn slice(&self, field: Field, start: usize, end: usize) -> Option<String> {
        let (text, marks) = self.field(field);
        let (from, to) = (*marks.get(start)?, *marks.get(end)?);
        text.get(from as usize..to as usize).map(str::to_owned)
    }

    /// An article without text is taken at its word.
    fn check(&self, e: &Evidence) -> Result<()> {
        if self.field(e.field).0.is_empty() {
            return Ok(());
        }
        let inside = e.sentence.0 <= e.start && e.end <= e.sentence.1 && e.sentence.1 <= self.len(e.field);
        if inside && self.slice(e.field, e.start, e.end).as_deref() == Some(e.quote.as_str()) {
            return Ok(());
        }
        Err(Error::new(format!("the quote of rule {} is not the text from {} to {}", e.rule, e.start, e.end)))
    }
}
