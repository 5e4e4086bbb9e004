//! Applies the rules to every sentence of a document.

use std::path::Path as FilePath;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Extractor;
use super::anaphora::Anaphora;
use super::certainty::Certainty;
use super::context::{Context, Told};
use super::dating::{self, Choice, Choices, Site};
use super::judge::Weights;
use super::pairs::{Input, Network};
use super::reader::{Reader, Telling};
use super::rules::{Rule, parse};
use super::setting::{Anchor, Spot};
use super::speech::Speech;
use super::standing;
use super::walk::{Scene, Words};
use super::{headline, narrative};
use crate::error::{Error, Result};
use crate::model::{Document, Fact, Field, Graph, Links, Mention, Relation, fingerprint};

static FILES: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/data/rules");

/// The extractor that needs no model and no network: rules over the sentence graph.
pub struct RuleExtractor {
    pub(super) rules: Vec<Rule>,
    /// Where the rules of pairs begin in the list: one a relation, in the order of the table.
    pub(super) pair_rules: usize,
    pub(super) by_lemma: FxHashMap<String, Vec<usize>>,
    pub(super) by_form: FxHashMap<String, String>,
    pub(super) certainty: Certainty,
    weights: Option<Weights>,
    /// What tells which time a fact has.
    dates: Option<Weights>,
    /// Reads pairs of actors for whom no rule has a path.
    pub(super) network: Option<Network>,
    anaphora: Anaphora,
    words: Words,
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
        let tables = ["anaphora.tsv", "certainty.tsv", "irregular.tsv", "light.txt", "possessed.tsv"];
        let mut files: Vec<_> = tables.iter().filter_map(|f| Some(((*f).to_owned(), table(f)?))).collect();
        files.push((name, text));
        Self::from_files(files)
    }

    fn from_files(mut files: Vec<(String, String)>) -> Result<Self> {
        files.sort();
        let mut out = Self {
            rules: Vec::new(),
            pair_rules: 0,
            by_lemma: FxHashMap::default(),
            by_form: FxHashMap::default(),
            certainty: Certainty::default(),
            weights: None,
            dates: None,
            network: None,
            anaphora: Anaphora::default(),
            words: Words::default(),
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
                None if name == "speakers.txt" => out.certainty.add_speakers(text),
                None if name == "light.txt" => {
                    out.words.light = text.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect()
                }
                None if name == "possessed.tsv" => out.words.add_possessed(name, text)?,
                None => {}
            }
        }
        out.pair_rules = out.rules.len();
        out.rules.extend(Relation::all().map(Rule::of_pair));
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

    /// The same with what was learnt of its candidates, by which the probable ones are kept.
    pub fn with_weights(self, weights: Option<Weights>) -> Self {
        let learnt = weights.as_ref().map_or(0, Weights::fingerprint);
        Self { fingerprint: self.fingerprint ^ learnt, weights, ..self }
    }

    /// The same with what was learnt of the times of facts; without it they keep those that the rules give them.
    pub fn with_dates(self, dates: Option<Weights>) -> Self {
        let learnt = dates.as_ref().map_or(0, Weights::fingerprint);
        Self { fingerprint: self.fingerprint ^ learnt.rotate_left(7), dates, ..self }
    }

    /// The same with a network that reads pairs of actors.
    pub fn with_network(self, network: Option<Network>) -> Self {
        let learnt = network.as_ref().map_or(0, Network::fingerprint);
        Self { fingerprint: self.fingerprint ^ learnt, network, ..self }
    }

    pub(super) fn weights(&self) -> Option<&Weights> {
        self.weights.as_ref()
    }

    /// Whatever rules find in the document, with its features: what weights are learnt from.
    pub fn lessons(&self, doc: &Document, links: &Links) -> Vec<(Fact, Vec<u32>)> {
        let mut out = Vec::new();
        self.each_sentence(doc, links, |reader| out.extend(reader.lessons()));
        out
    }

    /// The facts before their times are chosen, in the order of the text, each with its choices: what is learnt from.
    pub fn timed(&self, doc: &Document, links: &Links) -> Vec<(Fact, Vec<Choice>)> {
        let Found { facts, sites, .. } = self.found(doc, links);
        let choices = Choices::new(doc, links, &self.certainty, &facts, &sites);
        let all: Vec<_> = (0..facts.len()).map(|n| choices.of(n)).collect();
        facts.into_iter().zip(all).collect()
    }

    /// What the sentences tell, with the times and places that the rules give it.
    fn found(&self, doc: &Document, links: &Links) -> Found {
        let mut out = Found::default();
        self.each_sentence(doc, links, |reader| {
            let Telling { facts, near } = reader.telling();
            for (fact, token) in facts {
                out.facts.push(fact);
                out.sites.push(Site { sentence: reader.index, token });
            }
            out.near.extend(near);
        });
        narrative::settle(doc, links, &self.certainty, &mut out.facts, &out.sites);
        out
    }

    /// Each sentence with two actors or more, by its number, as the network of pairs sees it: what it is taught from.
    pub fn each_pair(&self, doc: &Document, links: &Links, mut each: impl FnMut(usize, Input<'_>)) {
        self.each_sentence(doc, links, |reader| {
            if let Some(input) = Input::new(&reader.scene, reader.index) {
                each(reader.index, input);
            }
        });
    }

    /// Reads the document sentence by sentence.
    fn each_sentence<'a>(&'a self, doc: &'a Document, links: &'a Links, mut each: impl FnMut(&Reader<'_>)) {
        let named = by_sentence(doc, &links.mentions, |m| m.sentence);
        let (times, places) =
            (by_sentence(doc, &links.times, |t| t.sentence), by_sentence(doc, &links.places, |p| p.sentence));
        let scenes: Vec<Scene<'_>> = doc
            .sentences
            .iter()
            .zip(&named)
            .map(|(s, here)| Scene::new(Graph::new(s), here.iter().collect(), &self.words, &links.homes))
            .collect();
        let speech = Speech::new(doc, &scenes, &self.certainty, links);
        let house =
            links.house.as_ref().and_then(|h| links.mentions.iter().find(|m| m.actors.as_slice() == [h.clone()]));
        let government = links.house.as_ref().and_then(|h| links.homes.get(h.country.as_ref()?));
        let publisher = government.and_then(|g| links.mentions.iter().find(|m| m.actors.as_slice() == [g.clone()]));
        let mut readers: Vec<Reader<'_>> = Vec::new();
        for (s, scene) in scenes.into_iter().enumerate() {
            let here: Vec<&Mention> = named[s].iter().chain(speech.mentions(s)).collect();
            let g = &scene.graph;
            let times = times[s]
                .iter()
                .map(|t| Anchor { token: g.top(&t.tokens), tokens: t.tokens.clone(), value: t.period })
                .collect();
            let places = places[s]
                .iter()
                .map(|p| Anchor {
                    token: g.top(&p.tokens),
                    tokens: p.tokens.clone(),
                    value: Spot { name: p.name.clone(), island: p.island },
                })
                .collect();
            let mut scene = Scene::new(scene.graph, here, &self.words, &links.homes);
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
        for reader in &mut readers {
            if let Some(context) = &mut reader.scene.context {
                context.told = &told;
            }
            each(reader);
        }
    }
}

/// What the sentences of a document tell.
#[derive(Default)]
struct Found {
    facts: Vec<Fact>,
    /// Where each was found.
    sites: Vec<Site>,
    /// The ids of those of whom they may tell more.
    near: FxHashSet<String>,
}

impl Extractor for RuleExtractor {
    fn extract(&self, doc: &Document, links: &Links) -> Vec<Fact> {
        let Found { mut facts, sites, near } = self.found(doc, links);
        if let Some(weights) = &self.dates {
            dating::date(doc, links, &self.certainty, weights, &mut facts, &sites);
        }
        dating::anniversary::settle(doc, links, &self.certainty, &mut facts, &sites);
        let standing = standing::facts(doc, links, &facts, &near);
        facts.extend(standing);
        headline::ground(doc, links, &self.certainty, facts)
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
