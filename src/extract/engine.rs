//! Applies the rules to every sentence of a document.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path as FilePath;

use rustc_hash::FxHashMap;

use super::Extractor;
use super::anaphora::Anaphora;
use super::certainty::Certainty;
use super::context::{Context, Told};
use super::narrative;
use super::rules::{Rule, Sides, parse};
use super::setting::{self, Anchor};
use super::speech::{Speech, anonymous};
use super::standing;
use super::walk::{Filler, Scene, Want};
use crate::error::{Error, Result};
use crate::model::{
    Actor, Claim, Deprel, Document, EntityKind, Evidence, Fact, Field, Graph, Links, Mention, MentionKind, Period,
    Relation, Status, fingerprint,
};

static FILES: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/data/rules");

/// The extractor that needs no model and no network: rules over the sentence graph.
pub struct RuleExtractor {
    rules: Vec<Rule>,
    by_lemma: FxHashMap<String, Vec<usize>>,
    by_form: FxHashMap<String, String>,
    certainty: Certainty,
    anaphora: Anaphora,
    light: Vec<String>,
    fingerprint: u64,
}

impl RuleExtractor {
    /// A hash of the rules, to tell readings with other rules apart.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The rules that the program carries.
    pub fn embedded() -> Result<Self> {
        let files = FILES.files().filter_map(|f| Some((f.path().to_str()?.to_owned(), f.contents_utf8()?.to_owned())));
        Self::from_files(files.collect())
    }

    /// The rules of a folder in place of our own.
    pub fn from_dir(dir: &FilePath) -> Result<Self> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(|e| Error::from(e).at(dir.display()))? {
            let path = entry?.path();
            let text = std::fs::read_to_string(&path).map_err(|e| Error::from(e).at(path.display()))?;
            files.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
        }
        Self::from_files(files)
    }

    /// The rules of one file alone, with the other tables of `dir` or our own. For whoever writes rules.
    ///
    /// # Errors
    /// The file cannot be read, is not named after a relation, or a line of it is no rule.
    pub fn only(file: &FilePath, dir: Option<&FilePath>) -> Result<Self> {
        let text = std::fs::read_to_string(file).map_err(|e| Error::from(e).at(file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".rules") {
            return Err(Error::new("a file of rules is named after its relation")
                .at(file.display())
                .hint("meet.rules"));
        }
        let table = |f: &str| {
            let folder = dir.and_then(|d| std::fs::read_to_string(d.join(f)).ok());
            folder.or_else(|| Some(FILES.get_file(f)?.contents_utf8()?.to_owned()))
        };
        let tables = ["anaphora.tsv", "certainty.tsv", "irregular.tsv", "light.txt"];
        let mut files: Vec<_> = tables.iter().filter_map(|f| Some(((*f).to_owned(), table(f)?))).collect();
        files.push((name, text));
        Self::from_files(files)
    }

    fn from_files(mut files: Vec<(String, String)>) -> Result<Self> {
        files.sort();
        let mut out = Self {
            rules: Vec::new(),
            by_lemma: FxHashMap::default(),
            by_form: FxHashMap::default(),
            certainty: Certainty::default(),
            anaphora: Anaphora::default(),
            light: Vec::new(),
            fingerprint: 0,
        };
        for (name, text) in &files {
            out.fingerprint = fingerprint(out.fingerprint, text);
            match name.strip_suffix(".rules") {
                Some(id) => {
                    let relation = Relation::named(id)
                        .ok_or_else(|| Error::new(format!("no relation is called '{id}'")).at(name))?;
                    out.rules.extend(parse(name, relation, text)?);
                }
                None if name == "certainty.tsv" => out.certainty = Certainty::parse(name, text)?,
                None if name == "anaphora.tsv" => out.anaphora = Anaphora::parse(name, text)?,
                None if name == "irregular.tsv" => {
                    let rows = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
                    out.by_form.extend(rows.map(|(form, lemma)| (form.to_owned(), lemma.to_owned())));
                }
                None if name == "speakers.txt" => {
                    let nouns = text.lines().filter(|l| !l.starts_with('#')).map(str::to_owned);
                    out.certainty.speakers = nouns.collect();
                }
                None if name == "light.txt" => {
                    out.light = text.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect()
                }
                None => {}
            }
        }
        for (i, rule) in out.rules.iter().enumerate() {
            for trigger in &rule.triggers {
                let list = out.by_lemma.entry(trigger.lemma.clone()).or_default();
                if list.last() != Some(&i) {
                    list.push(i);
                }
                out.by_form.extend(forms(&trigger.lemma).map(|f| (f, trigger.lemma.clone())));
            }
        }
        Ok(out)
    }
}

impl Extractor for RuleExtractor {
    fn extract(&self, doc: &Document, links: &Links) -> Vec<Fact> {
        let named = by_sentence(doc, &links.mentions, |m| m.sentence);
        let (times, places) =
            (by_sentence(doc, &links.times, |t| t.sentence), by_sentence(doc, &links.places, |p| p.sentence));
        let scenes: Vec<Scene<'_>> = doc
            .sentences
            .iter()
            .zip(&named)
            .map(|(s, here)| Scene::new(Graph::new(s), here.iter().collect(), &self.light))
            .collect();
        let speech = Speech::new(doc, &scenes, &self.certainty, &links.homes);
        let house =
            links.house.as_ref().and_then(|h| links.mentions.iter().find(|m| m.actors.as_slice() == [h.clone()]));
        let government = links.house.as_ref().and_then(|h| links.homes.get(h.country.as_ref()?));
        let publisher = government.and_then(|g| links.mentions.iter().find(|m| m.actors.as_slice() == [g.clone()]));
        let mut readers: Vec<Reader<'_>> = Vec::new();
        for (s, scene) in scenes.into_iter().enumerate() {
            let here: Vec<&Mention> = named[s].iter().chain(speech.mentions(s)).collect();
            if here.is_empty() {
                continue;
            }
            let anchor = |tokens: &Range<usize>| {
                let g = &scene.graph;
                tokens.clone().find(|&t| g.head(t).is_none_or(|h| !tokens.contains(&h))).unwrap_or(tokens.start)
            };
            let times = times[s]
                .iter()
                .map(|t| Anchor { token: anchor(&t.tokens), tokens: t.tokens.clone(), value: t.period })
                .collect();
            let places = places[s]
                .iter()
                .map(|p| Anchor { token: anchor(&p.tokens), tokens: p.tokens.clone(), value: p.name.clone() })
                .collect();
            let mut scene = Scene::new(scene.graph, here, &self.light);
            scene.context = Some(Context {
                sentence: s,
                speech: &speech,
                words: &self.certainty,
                told: &[],
                anaphora: &self.anaphora,
                house: house.filter(|_| doc.sentences[s].field == Field::Title),
                publisher,
            });
            readers.push(Reader { rules: self, doc, index: s, scene, times, places, homes: &links.homes });
        }
        let told: Vec<Told> = readers.iter().flat_map(Reader::told).collect();
        let mut facts = Vec::new();
        for reader in &mut readers {
            if let Some(context) = &mut reader.scene.context {
                context.told = &told;
            }
            facts.extend(reader.facts());
        }
        narrative::settle(doc, links, &mut facts);
        let standing = standing::facts(doc, links, &facts);
        facts.extend(standing);
        facts
    }
}

/// The regular forms of a word.
fn forms(lemma: &str) -> impl Iterator<Item = String> {
    let (stem, y) = match (lemma.strip_suffix('e'), lemma.strip_suffix('y')) {
        (Some(stem), _) => (stem.to_owned(), None),
        (_, Some(stem)) => (lemma.to_owned(), Some(stem.to_owned())),
        _ => (lemma.to_owned(), None),
    };
    let past = y.as_ref().map_or_else(|| format!("{stem}ed"), |y| format!("{y}ied"));
    let third = y.map_or_else(|| format!("{lemma}s"), |y| format!("{y}ies"));
    [past, third, format!("{stem}ing")].into_iter()
}

/// The items of each sentence; they come in the order of the text.
fn by_sentence<'l, T>(doc: &Document, items: &'l [T], sentence: impl Fn(&T) -> usize) -> Vec<&'l [T]> {
    let mut rest = items;
    let mut take = |s: usize| {
        let count = rest.iter().take_while(|i| sentence(i) == s).count();
        let (here, after) = rest.split_at(count);
        rest = after;
        here
    };
    (0..doc.sentences.len()).map(&mut take).collect()
}

struct Reader<'a> {
    rules: &'a RuleExtractor,
    doc: &'a Document,
    index: usize,
    scene: Scene<'a>,
    times: Vec<Anchor<Period>>,
    places: Vec<Anchor<String>>,
    homes: &'a BTreeMap<String, Actor>,
}

impl<'a> Reader<'a> {
    fn facts(&self) -> Vec<Fact> {
        let mut out = Vec::new();
        for t in 0..self.scene.graph.sentence.tokens.len() {
            let lemma = self.lemma(t);
            let Some(candidates) = self.rules.by_lemma.get(&lemma) else { continue };
            let mut fired: Vec<Relation> = Vec::new();
            for &r in candidates {
                let rule = &self.rules.rules[r];
                if fired.contains(&rule.relation) || !self.fits(rule, t, &lemma) {
                    continue;
                }
                let found = self.apply(rule, t);
                if !found.is_empty() {
                    fired.push(rule.relation);
                    out.extend(found);
                }
            }
        }
        out
    }

    /// What the sentence tells by itself, for words further on that point back to it.
    fn told(&self) -> Vec<Told> {
        let mut out = Vec::new();
        for token in 0..self.scene.graph.sentence.tokens.len() {
            let lemma = self.lemma(token);
            for &r in self.rules.by_lemma.get(&lemma).map(Vec::as_slice).unwrap_or_default() {
                let rule = &self.rules.rules[r];
                if self.fits(rule, token, &lemma) {
                    let alone = |f: Filler<'_>| Mention { actors: vec![f.actor], ..f.mention.clone() };
                    let own = |f: &Filler<'_>| !f.is_group();
                    let pairs = self.pairs(rule, token).into_iter().filter(|(a, b)| own(a) && own(b));
                    out.extend(pairs.map(|(a, b)| Told {
                        sentence: self.index,
                        token,
                        relation: rule.relation,
                        sides: [alone(a), alone(b)],
                    }));
                }
            }
        }
        out
    }

    /// The lemma; where no rule knows it, that of the verb whose regular form the word is ("downgraded").
    fn lemma(&self, t: usize) -> String {
        let lemma = self.scene.graph.lemma(t).to_lowercase();
        if self.rules.by_lemma.contains_key(&lemma) {
            return lemma;
        }
        let word = words(self.doc, self.index, &(t..t + 1)).to_lowercase();
        self.rules.by_form.get(&word).cloned().unwrap_or(lemma)
    }

    fn fits(&self, rule: &Rule, t: usize, lemma: &str) -> bool {
        let g = &self.scene.graph;
        let inside_name = self.scene.mention(t).is_some_and(|m| m.kind != MentionKind::Description || m.role.is_some());
        let word = |t: usize| g.sentence.tokens.get(t).map(|x| x.lemma.to_lowercase());
        let trigger = rule.triggers.iter().filter(|x| x.lemma == lemma).any(|x| match &x.particle {
            None => true,
            Some(p) => {
                let next: Option<Vec<_>> =
                    p.split(' ').enumerate().map(|(i, w)| (word(t + 1 + i)? == w).then_some(())).collect();
                next.is_some()
                    || g.children(t).any(|c| {
                        matches!(g.deprel(c), Deprel::CompoundPrt | Deprel::Advmod) && c > t && g.lemma(c) == p
                    })
            }
        });
        rule.pos.fits(g.token(t).upos)
            && !inside_name
            && trigger
            && rule.when.iter().all(|w| self.scene.holds(t, rule.pos, w))
            && !rule.unless.iter().any(|w| self.scene.holds(t, rule.pos, w))
    }

    fn apply(&self, rule: &Rule, t: usize) -> Vec<Fact> {
        let pairs = self.pairs(rule, t);
        if pairs.is_empty() {
            return Vec::new();
        }
        let base = rule.status.unwrap_or(Status::Asserted);
        let words = &self.rules.certainty;
        let stance = match self.scene.context.filter(|_| rule.said()) {
            Some(context) => words.said(&self.scene, t, context.speaker(&self.scene, t).1, base),
            None if rule.presupposed => words.presupposed(&self.scene, t, base),
            None => words.stance(&self.scene, t, base, rule.relation.group() == "consult"),
        };
        let Some(mut stance) = stance else { return Vec::new() };
        // "we will help", "we will respond": the promise and the threat are made
        if matches!(rule.relation.id(), "pledge" | "threaten") && stance.status == Status::Planned {
            stance.status = Status::Asserted;
        }
        pairs.into_iter().map(|(a, b)| self.fact(rule, t, &a, &b, &stance)).collect()
    }

    fn pairs(&self, rule: &Rule, t: usize) -> Vec<(Filler<'a>, Filler<'a>)> {
        let first = |paths: &[super::rules::Path], want: Want<'_>| {
            paths.iter().map(|p| self.scene.fill(t, rule.pos, p, want)).find(|f| !f.is_empty()).unwrap_or_default()
        };
        let mut out = Vec::new();
        match &rule.sides {
            Sides::Two { source, target } => {
                let sources = self.voiced(rule, t, first(source, Want::default()));
                let Some(one) = sources.first() else { return out };
                let foreign_to = one.actor.country.as_deref().filter(|_| !rule.domestic);
                let targets = first(target, Want { places: rule.place_target, foreign_to });
                let home = one.actor.country.as_deref();
                if rule.alone && targets.iter().any(|b| b.actor.country.as_deref() == home) {
                    return out;
                }
                for a in &sources {
                    out.extend(targets.iter().map(|b| (a.clone(), b.clone())));
                }
                if rule.both_ways {
                    out.extend(out.clone().into_iter().map(|(a, b)| (b, a)));
                }
            }
            Sides::Pair(paths) => {
                let members = first(paths, Want::default());
                for (i, a) in members.iter().enumerate() {
                    out.extend(members[i + 1..].iter().map(|b| (a.clone(), b.clone())));
                }
                if rule.both_ways {
                    out.extend(out.clone().into_iter().map(|(a, b)| (b, a)));
                }
            }
        }
        if rule.home_target {
            for (_, b) in &mut out {
                let home = b.actor.country.as_ref().and_then(|c| self.homes.get(c));
                b.actor = home.unwrap_or(&b.actor).clone();
            }
        }
        out.retain(|(a, b)| allowed(rule, a, b));
        if out.len() > MOST_PAIRS { Vec::new() } else { out }
    }

    /// "Both leaders noted ... as we urge Russia": "we" are those who say so, if one of them is of that side.
    fn voiced(&self, rule: &Rule, t: usize, sources: Vec<Filler<'a>>) -> Vec<Filler<'a>> {
        let we = |f: &Filler<'_>| f.mention.kind == MentionKind::Pronoun && f.actor.kind == EntityKind::State;
        let (Some(context), [one]) = (self.scene.context, sources.as_slice()) else { return sources };
        if !rule.verbal || rule.said() || !we(one) {
            return sources;
        }
        let (speakers, _) = context.speaker(&self.scene, t);
        let own = speakers.iter().any(|s| s.actor.country == one.actor.country);
        if own { speakers } else { sources }
    }

    fn fact(
        &self,
        rule: &Rule,
        t: usize,
        a: &Filler<'a>,
        b: &Filler<'a>,
        stance: &super::certainty::Stance<'a>,
    ) -> Fact {
        let g = &self.scene.graph;
        let time = setting::time(g, t, &self.times);
        let place = setting::place(g, t, &self.places);
        let own =
            |s: &Filler<'_>| s.actor == a.actor || (s.actor.country.is_some() && s.actor.country == a.actor.country);
        // who promises or condemns vouches for that himself; of deeds, one's own included, he is but the teller
        let voiced = |s: &&Filler<'_>| !rule.verbal || !own(s) && !anonymous(s.mention);
        let attribution = stance.speaker.as_ref().filter(voiced).map(|s| s.actor.clone());
        // "Blinken stressed the US commitment": what a person says for his state is his own word
        let voice = stance
            .speaker
            .as_ref()
            .filter(|s| own(s) && rule.verbal && matches!(s.actor.kind, EntityKind::Person | EntityKind::Organ))
            .filter(|_| stance.status != Status::Denied);
        let a = voice.filter(|_| a.actor.kind != EntityKind::Person).unwrap_or(a);
        let here = [a.mention, b.mention].into_iter().filter(|m| m.sentence == self.index);
        let mut tokens: Vec<_> = here.map(|m| m.tokens.clone()).chain(std::iter::once(t..t + 1)).collect();
        tokens.extend(self.scene.carrier(t).map(|c| c..c + 1));
        let confidence =
            0.9 * a.mention.confidence.min(b.mention.confidence) * if attribution.is_some() { 0.9 } else { 1.0 };
        let claim = Claim {
            relation: rule.relation,
            source: a.actor.clone(),
            target: b.actor.clone(),
            date: time.map(|w| w.value),
            place: place.map(|p| p.value.clone()),
            status: stance.status,
            attribution,
            role: None,
            mutual: rule.mutual,
        };
        let mut evidence = evidence(self.doc, self.index, &tokens, (a.mention, b.mention), &rule.name);
        evidence.time_text = time.map(|w| words(self.doc, self.index, &w.tokens).to_owned());
        Fact { claim, evidence, confidence }
    }
}

/// More pairs than this are a list, not a deed of each with each (the annotation guide).
const MOST_PAIRS: usize = 6;

fn allowed(rule: &Rule, a: &Filler<'_>, b: &Filler<'_>) -> bool {
    let (x, y) = (&a.actor, &b.actor);
    let foreign = rule.domestic || x.country.is_none() || x.country != y.country;
    let kind = |kinds: &[EntityKind], k: EntityKind| match kinds {
        [] => !matches!(k, EntityKind::Media | EntityKind::Treaty),
        some => some.contains(&k),
    };
    // somebody of no known side may well be of the other's
    let sided = |a: &Actor| a.kind != EntityKind::Person || a.country.is_some();
    x != y && foreign && sided(x) && sided(y) && kind(&rule.source_kinds, x.kind) && kind(&rule.target_kinds, y.kind)
}

fn words<'d>(doc: &'d Document, sentence: usize, tokens: &Range<usize>) -> &'d str {
    let s = &doc.sentences[sentence];
    s.tokens[tokens.start].span.join(s.tokens[tokens.end - 1].span).of(doc.field(s.field))
}

/// The evidence that covers all of the given stretches of a sentence.
pub(super) fn evidence(
    doc: &Document,
    sentence: usize,
    parts: &[Range<usize>],
    sides: (&Mention, &Mention),
    rule: &str,
) -> Evidence {
    let s = &doc.sentences[sentence];
    let start = parts.iter().map(|p| p.start).min().unwrap_or(0);
    let end = parts.iter().map(|p| p.end).max().unwrap_or(1).max(start + 1);
    let span = s.tokens[start].span.join(s.tokens[end - 1].span);
    let (from, to) = doc.code_points(s.field, span);
    let side = |m: &Mention| words(doc, m.sentence, &m.tokens).to_owned();
    Evidence {
        article: doc.article.id.clone(),
        field: s.field,
        start: from,
        end: to,
        quote: span.of(doc.field(s.field)).to_owned(),
        sentence: doc.code_points(s.field, s.span),
        extractor: "rules".to_owned(),
        rule: rule.to_owned(),
        source_text: side(sides.0),
        target_text: side(sides.1),
        time_text: None,
    }
}
