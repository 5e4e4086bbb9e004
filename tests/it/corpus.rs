//! Articles with the facts that a careful reader finds in them: what the program finds may only get better.
//!
//! The sample articles are always read; the annotated news beside the project where it is there. A table of floors that was
//! passed for good is raised by the command that the message names.

use std::path::{Path, PathBuf};

use diplograph::model::{Article, Fact, Field};
use diplograph::pipeline::{Reader, Reading};
use diplograph::score::{self, Ratchet, Score, System, Texts};
use diplograph::source::{self, Item, Options};

/// Articles, their gold file and the table of floors; paths from the project's root.
struct Corpus {
    gold: &'static str,
    articles: &'static str,
    /// The day of articles that give none.
    date: Option<&'static str>,
    floors: &'static str,
}

const SAMPLES: Corpus = Corpus {
    gold: "tests/corpus/expected.jsonl",
    articles: "data/articles",
    date: None,
    floors: "tests/corpus/scores.tsv",
};

const BESIDE: [Corpus; 2] = [
    Corpus {
        gold: "../shared/gold/dev.jsonl",
        articles: "../shared/articles/dev.jsonl",
        date: None,
        floors: "tests/corpus/shared-dev-scores.tsv",
    },
    Corpus {
        gold: "../shared/gold/seed.jsonl",
        articles: "../shared/articles/seed.txt",
        date: Some("2022-05-08"),
        floors: "tests/corpus/shared-seed-scores.tsv",
    },
];

#[test]
fn sample_articles() {
    SAMPLES.hold();
}

#[test]
fn news_beside_the_project() {
    for corpus in BESIDE {
        if at(corpus.gold).is_file() {
            corpus.hold();
        } else {
            println!("note: no {}: not scored", corpus.gold);
        }
    }
}

impl Corpus {
    /// Fails if a figure fell below its floor.
    fn hold(&self) {
        let (score, command) = (self.score(), self.command());
        print!("{}\n{}", self.gold, score.report(false));
        let table = std::fs::read_to_string(at(self.floors)).unwrap();
        match Ratchet::parse(self.floors, &table).and_then(|floors| floors.turn(&score.measures())) {
            Ok(risen) if risen.to_string() != table => println!("note: floors can be raised: {command} --update"),
            Ok(_) => {}
            Err(e) => panic!("{e}\n  {}\n  {command} --errors", e.next_step().unwrap_or_default()),
        }
    }

    /// The same score by hand.
    fn command(&self) -> String {
        let date = self.date.map(|d| format!(" --date {d}")).unwrap_or_default();
        format!("diplograph score {} {}{date} --ratchet {}", self.gold, self.articles, self.floors)
    }

    fn score(&self) -> Score {
        let gold = std::fs::read_to_string(at(self.gold)).unwrap();
        let gold = score::read_gold(self.gold, &gold, None).unwrap();
        let (mut system, mut texts) = (System::new(), Texts::new());
        for Reading { article, facts } in Reader::new(None).unwrap().read_all(self.read()) {
            facts.iter().for_each(|f| assert_quoted(&article, f));
            system.insert(article.id.clone(), facts.iter().map(|f| score::stated(f).unwrap()).collect());
            texts.insert(article.id, article.text);
        }
        assert!(gold.iter().all(|a| texts.contains_key(&a.id)), "every article of {} is read", self.gold);
        let codes = score::state_codes(&std::fs::read_to_string(at("data/gazetteer/states.tsv")).unwrap());
        score::score(&gold, &system, &texts, &|name| codes.get(name).cloned())
    }

    fn read(&self) -> Vec<Article> {
        let options = Options { date: self.date.map(|d| d.parse().unwrap()), ..Options::default() };
        let items = source::articles(&[at(self.articles)], &options).unwrap();
        items
            .map(|item| match item {
                Item::Article(article) => article,
                other => panic!("{}: {other:?}", self.articles),
            })
            .collect()
    }
}

/// The quote stands where the evidence says, within its sentence.
fn assert_quoted(article: &Article, fact: &Fact) {
    let e = &fact.evidence;
    let field = match e.field {
        Field::Title => article.title.as_deref().unwrap_or_default(),
        Field::Text => &article.text,
    };
    let quote: String = field.chars().skip(e.start).take(e.end - e.start).collect();
    assert_eq!(quote, e.quote, "{}, {}", article.id, e.rule);
    assert!(e.sentence.0 <= e.start && e.end <= e.sentence.1, "{}, {}: {:?}", article.id, e.rule, e.sentence);
}

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
