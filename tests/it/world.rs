//! The small world of `tests/queries/graph.txt`, as articles with facts.

use std::collections::BTreeMap;
use std::sync::Arc;

use diplograph::model::{Actor, Article, Claim, Entity, EntityKind, Evidence, Fact, Field, Relation};

const TEXT: &str = include_str!("../queries/graph.txt");

/// Every article of the world with its facts.
pub fn articles() -> Vec<(Article, Vec<Fact>)> {
    let mut entities = BTreeMap::new();
    let mut articles: Vec<(Article, Vec<Fact>)> = Vec::new();
    let mut sentence = (0, 0);
    for line in TEXT.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let (kind, rest) = line.split_once(' ').expect("a keyword");
        let cells: Vec<_> = rest.split(" | ").map(|c| if c == "-" { None } else { Some(c.to_owned()) }).collect();
        match kind {
            "entity" => {
                let entity = entity(&cells);
                entities.insert(entity.id.clone(), Arc::new(entity));
            }
            "article" => articles.push((article(&cells), Vec::new())),
            "text" => sentence = add_sentence(&mut articles.last_mut().expect("an article").0, rest),
            _ => {
                let (article, facts) = articles.last_mut().expect("an article");
                facts.push(fact(&cells, &entities, article, sentence));
            }
        }
    }
    articles
}

fn entity(cells: &[Option<String>]) -> Entity {
    let kinds = [EntityKind::State, EntityKind::Igo, EntityKind::Person];
    let kind = kinds.into_iter().find(|k| Some(k.as_str()) == cells[1].as_deref()).expect("a kind");
    let text = |i: usize| cells[i].clone().expect("a value");
    Entity { id: text(0), kind, name: text(2), country: cells[3].clone(), wikidata: cells[4].clone() }
}

fn article(cells: &[Option<String>]) -> Article {
    Article {
        id: cells[0].clone().expect("an id"),
        title: cells[3].clone(),
        date: cells[1].as_ref().map(|d| d.parse().expect("a day")),
        source: cells[2].clone(),
        url: cells[0].as_ref().map(|id| format!("https://news.example/{id}")),
        text: String::new(),
    }
}

/// Adds a sentence to the article's text; returns where it stands, in code points.
fn add_sentence(article: &mut Article, sentence: &str) -> (usize, usize) {
    if !article.text.is_empty() {
        article.text.push(' ');
    }
    let start = article.text.chars().count();
    article.text.push_str(sentence);
    (start, article.text.chars().count())
}

fn fact(
    cells: &[Option<String>],
    entities: &BTreeMap<String, Actor>,
    article: &Article,
    sentence: (usize, usize),
) -> Fact {
    let text = |i: usize| cells[i].clone().unwrap_or_default();
    let actor = |i: usize| cells[i].as_ref().map(|id| Arc::clone(entities.get(id).expect("a declared entity")));
    let claim = Claim {
        relation: Relation::named(&text(0)).expect("a relation"),
        source: actor(1).expect("a source"),
        target: actor(2).expect("a target"),
        date: cells[3].as_ref().map(|d| d.parse().expect("a date")),
        place: cells[4].clone(),
        status: text(5).parse().expect("a status"),
        attribution: actor(6),
        role: cells[7].clone(),
        mutual: false,
    };
    // The quote leaves the full stop out, so that it differs from its sentence.
    let (start, end) = (sentence.0, sentence.1 - 1);
    let evidence = Evidence {
        article: article.id.clone(),
        field: Field::Text,
        start,
        end,
        quote: article.text.chars().skip(start).take(end - start).collect(),
        sentence,
        extractor: "rules".to_owned(),
        rule: format!("{}/test", claim.relation),
        source_text: claim.source.name.clone(),
        target_text: claim.target.name.clone(),
        time_text: cells[3].clone(),
    };
    Fact { claim, evidence, confidence: text(8).parse().expect("a confidence") }
}
