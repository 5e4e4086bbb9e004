//! Files of hand-coded facts -> documents with facts, as the store takes them: joins [`crate::source::coded`] with the
//! gazetteer.
//!
//! Rows that say in which article they were read go back into that article, of which as much text is made again as their
//! sentences give. All other rows of a file are evidence themselves: the file is the document, the row is the quote.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::link::{Gazetteer, slug};
use crate::model::{Actor, Article, Claim, Entity, EntityKind, Evidence, Fact, Field, Run};
use crate::source::coded::{self, CodedRow, Party, Sheet, Trace};

/// What a file gave.
#[derive(Debug, Default)]
pub struct Import {
    pub documents: Vec<(Article, Vec<Fact>)>,
    /// Rows that are wrong, with their places.
    pub skipped: Vec<Error>,
    /// Names that were taken for somebody without certainty, each once.
    pub notes: Vec<String>,
}

/// Resolves the actors of hand-coded facts.
pub struct Importer {
    gazetteer: Arc<Gazetteer>,
}

impl Importer {
    /// With the names that the program carries, or those of `data/gazetteer`.
    pub fn new(data: Option<&Path>) -> Result<Self> {
        Ok(Self { gazetteer: Arc::new(super::gazetteer(data, &[])?) })
    }

    /// What an import depends on besides the file.
    pub fn version(&self) -> String {
        self.run().version
    }

    /// The same in its parts.
    pub fn run(&self) -> Run {
        let (program, names) = (env!("CARGO_PKG_VERSION"), format!("{:016x}", self.gazetteer.fingerprint()));
        let version = format!("{program}-{names}-{}", Evidence::HAND);
        Run { program: Some(program.to_owned()), names: Some(names), ..Run::of(&version) }
    }

    pub fn gazetteer(&self) -> &Arc<Gazetteer> {
        &self.gazetteer
    }

    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    /// The file cannot be read or its header is wrong; a wrong row is only skipped.
    pub fn read(&self, path: &Path) -> Result<Import> {
        let sheet = coded::read(path)?;
        let mut import = Import::default();
        let mut own = Vec::new();
        let mut traced: BTreeMap<&str, Vec<(&CodedRow, &Trace)>> = BTreeMap::new();
        for row in &sheet.rows {
            match row {
                Ok(w) => match w.row.trace.as_deref() {
                    Some(trace) => traced.entry(&trace.article).or_default().push((&w.row, trace)),
                    None => own.push(w),
                },
                Err(e) => import.skipped.push(e.clone()),
            }
        }
        import.documents.extend(self.file(&sheet, &own, &mut import.notes));
        for rows in traced.values() {
            let document = self.article(&sheet.place, rows, &mut import);
            import.documents.extend(document);
        }
        import.notes.sort();
        import.notes.dedup();
        Ok(import)
    }

    /// The file as an article, with the facts of its own rows.
    fn file(&self, sheet: &Sheet, rows: &[&coded::Written], notes: &mut Vec<String>) -> Option<(Article, Vec<Fact>)> {
        let first = rows.first()?;
        let name =
            Path::new(&sheet.place).file_name().map_or(sheet.place.clone(), |n| n.to_string_lossy().into_owned());
        let citation = first.row.citation.clone().filter(|c| rows.iter().all(|w| w.row.citation.as_ref() == Some(c)));
        let (mut points, mut byte) = (0, 0);
        let mut facts = Vec::new();
        for w in rows {
            points += sheet.text[byte..w.span.start].chars().count();
            byte = w.span.start;
            let quote = &sheet.text[w.span.clone()];
            let (start, end) = (points, points + quote.chars().count());
            let evidence = Evidence {
                article: name.clone(),
                field: Field::Text,
                start,
                end,
                quote: quote.to_owned(),
                sentence: (start, end),
                extractor: Evidence::HAND.to_owned(),
                rule: w.row.citation.clone().unwrap_or_default(),
                source_text: w.row.source.name.clone(),
                target_text: w.row.target.name.clone(),
                time_text: w.row.date.map(|d| d.to_string()),
            };
            facts.push(self.fact(&w.row, evidence, notes));
        }
        let source = Some(citation.unwrap_or_else(|| name.clone()));
        Some((Article { id: name, source, text: sheet.text.clone(), ..Article::default() }, facts))
    }

    /// An article as far as its rows quote it: blanks stand for the rest.
    fn article(&self, place: &str, rows: &[(&CodedRow, &Trace)], import: &mut Import) -> Option<(Article, Vec<Fact>)> {
        let first = rows.first()?.1;
        let title = first.title.clone();
        let mut canvas = Canvas::default();
        rows.iter().filter(|(_, t)| t.field == Field::Text).for_each(|(_, t)| canvas.write(t));
        let mut facts = Vec::new();
        for (row, trace) in rows {
            let evidence = evidence(trace);
            let sound = match trace.field {
                Field::Text => canvas.holds(&evidence),
                Field::Title => title.as_deref().is_some_and(|t| Canvas(t.chars().collect()).holds(&evidence)),
            };
            if sound {
                facts.push(self.fact(row, evidence, &mut import.notes));
            } else {
                let what = format!("the quote is not in the {} where it says", trace.field_name());
                import.skipped.push(Error::new(what).at(format!("{place}:{}", row.line)));
            }
        }
        let article = Article {
            id: first.article.clone(),
            title,
            date: first.published,
            source: first.publisher.clone(),
            url: first.url.clone(),
            text: canvas.0.into_iter().collect(),
        };
        Some((article, facts))
    }

    fn fact(&self, row: &CodedRow, evidence: Evidence, notes: &mut Vec<String>) -> Fact {
        let mut actor = |party, guess| self.actor(party, guess, notes);
        let holder = if row.role.is_some() { EntityKind::Person } else { EntityKind::Body };
        let claim = Claim {
            relation: row.relation,
            source: actor(&row.source, holder),
            target: actor(&row.target, EntityKind::Body),
            date: row.date,
            place: row.place.clone(),
            status: row.status,
            attribution: row.attribution.as_ref().map(|a| actor(a, EntityKind::Body)),
            role: row.role.clone(),
            mutual: row.mutual,
        };
        Fact { claim, evidence, confidence: row.confidence }
    }

    /// Who is meant: by id, else by name and country; somebody new, of the kind that is guessed, if nobody is called so.
    fn actor(&self, party: &Party, guess: EntityKind, notes: &mut Vec<String>) -> Actor {
        if let Some(id) = &party.id {
            return self.by_id(id, party, guess);
        }
        if let Some(known) = self.gazetteer.actor(&party.name) {
            return known.clone();
        }
        let mut called = self.gazetteer.lookup(&party.name);
        if let Some(country) = &party.country {
            called.retain(|a| a.id == *country || a.country.as_ref() == Some(country));
        }
        if let Some(kind) = party.kind {
            called.retain(|a| a.kind == kind);
        }
        let Some(first) = called.first() else {
            return invented(party, party.kind.unwrap_or(guess), notes);
        };
        if called.len() > 1 {
            let all: Vec<_> = called.iter().map(|a| format!("{} ({})", a.name, a.id)).collect();
            notes.push(format!("'{}' is taken for the first of {}", party.name, all.join(", ")));
        }
        first.clone()
    }

    /// The entity of that id: as the gazetteer has it, unless the row says otherwise.
    fn by_id(&self, id: &str, party: &Party, guess: EntityKind) -> Actor {
        let known = self.gazetteer.actor(id);
        let same = |a: &&Actor| {
            party.kind.is_none() || (party.kind == Some(a.kind) && party.country == a.country && party.name == a.name)
        };
        if let Some(actor) = known.filter(same) {
            return actor.clone();
        }
        let number = id.strip_prefix('Q').filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()));
        Arc::new(Entity {
            id: id.to_owned(),
            kind: party.kind.unwrap_or(guess),
            name: party.name.clone(),
            country: party.country.clone(),
            wikidata: known.and_then(|a| a.wikidata.clone()).or_else(|| number.map(|_| id.to_owned())),
        })
    }
}

fn invented(party: &Party, kind: EntityKind, notes: &mut Vec<String>) -> Actor {
    notes.push(format!("nobody is known as '{}': taken for a new {}", party.name, kind.as_str()));
    let home = party.country.as_deref().unwrap_or("x").to_lowercase();
    let id = format!("{}-{home}-{}", kind.as_str(), slug(&party.name));
    Arc::new(Entity { id, kind, name: party.name.clone(), country: party.country.clone(), wikidata: None })
}

fn evidence(t: &Trace) -> Evidence {
    Evidence {
        article: t.article.clone(),
        field: t.field,
        start: t.start,
        end: t.start + t.quote.chars().count(),
        quote: t.quote.clone(),
        sentence: (t.sentence_start, t.sentence_start + t.sentence.chars().count()),
        extractor: t.extractor.clone(),
        rule: t.rule.clone(),
        source_text: t.source_text.clone(),
        target_text: t.target_text.clone(),
        time_text: t.time_text.clone(),
    }
}

/// A text that is known in parts, by code points.
#[derive(Default)]
struct Canvas(Vec<char>);

impl Canvas {
    fn write(&mut self, t: &Trace) {
        let end = t.sentence_start + t.sentence.chars().count();
        if self.0.len() < end {
            self.0.resize(end, ' ');
        }
        for (place, c) in self.0[t.sentence_start..end].iter_mut().zip(t.sentence.chars()) {
            *place = c;
        }
    }

    /// Whether the quote stands where it should, inside its sentence.
    fn holds(&self, e: &Evidence) -> bool {
        let inside = e.sentence.0 <= e.start && e.end <= e.sentence.1 && e.sentence.1 <= self.0.len();
        inside && self.0[e.start..e.end].iter().copied().eq(e.quote.chars())
    }
}
