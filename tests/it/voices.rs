//! Publishers who print one text are one voice, however often it is printed.

use std::sync::Arc;

use diplograph::cluster::Signature;
use diplograph::model::{Actor, Article, Claim, Entity, EntityKind, Evidence, Fact, Field, Relation, Status};
use diplograph::store::Store;

use crate::graph::{VERSION, dump, graph};

const AGENCY: &str = "The foreign minister of Arland met the president of Borduria on Monday. The two spoke for an hour in \
    the guest house by the lake. Officials of both sides called the conversation frank and useful. Trade between the two \
    neighbours has halved since the border was closed last winter. Farmers in the valley have asked for it to be opened \
    before the harvest. A joint commission is to look into the claims of families who lost their land. No day was named for \
    its first session. The minister left for home in the evening without speaking to the press.";

/// What other newsrooms make of it: the first two thirds; the whole with a head and a tail of their own.
fn cut() -> String {
    AGENCY.split_inclusive(". ").take(6).collect()
}

fn framed() -> String {
    format!("It was a busy day in the capital, our correspondent writes. {AGENCY} Shops in the old town stayed shut.")
}

const OWN: &str = "After months of silence the president of Borduria has received Arland's top diplomat. It was the first \
    such encounter since spring, and it was short. People close to the talks say that grain and water were what mattered \
    most. Whether the crossing at the mill will open again nobody would tell. Our reporter saw three cars leave the villa.";

fn actor(id: &str) -> Actor {
    let (kind, name) = (EntityKind::State, id.to_owned());
    Arc::new(Entity { id: id.to_owned(), kind, name, country: Some(id.to_owned()), wikidata: None })
}

/// An article of a publisher, with the meeting as its one fact, said in the words of its first sentence.
fn article(publisher: &str, text: &str) -> (Article, Vec<Fact>) {
    let article = Article {
        id: publisher.to_lowercase(),
        date: Some("2024-03-05".parse().unwrap()),
        source: Some(publisher.to_owned()),
        text: text.to_owned(),
        ..Article::default()
    };
    let end = 12;
    let evidence = Evidence {
        article: article.id.clone(),
        field: Field::Text,
        start: 0,
        end,
        quote: text.chars().take(end).collect(),
        sentence: (0, end),
        extractor: "rules".to_owned(),
        rule: "meet/test".to_owned(),
        source_text: "minister".to_owned(),
        target_text: "president".to_owned(),
        time_text: None,
    };
    let claim = Claim {
        relation: Relation::named("meet").unwrap(),
        source: actor("ARL"),
        target: actor("BOR"),
        date: Some("2024-03-04".parse().unwrap()),
        place: None,
        status: Status::Asserted,
        attribution: None,
        role: None,
        mutual: false,
    };
    (article, vec![Fact { claim, evidence, confidence: 0.9 }])
}

/// The status of the one event, and how many voices tell of it.
#[track_caller]
fn told(store: &Store) -> String {
    let rows = store.select("SELECT ?s ?n { ?e a dg:Event ; dg:status ?s ; dg:sourceCount ?n }").unwrap();
    let rows: Vec<_> = rows.words().map(|row| row.join(" ")).collect();
    rows.join("; ")
}

#[test]
fn an_agency_s_report_in_five_papers_is_one_voice() {
    let mut articles: Vec<_> = ["Herald", "Courier", "Mail"].iter().map(|p| article(p, AGENCY)).collect();
    articles.push(article("Gazette", &cut()));
    articles.push(article("Tribune", &framed()));
    assert_eq!(told(&graph(&articles)), "dg:Reported 1");
    articles.push(article("Observer", OWN));
    assert_eq!(told(&graph(&articles)), "dg:Corroborated 2");
    articles.reverse();
    assert_eq!(told(&graph(&articles)), "dg:Corroborated 2", "the order does not matter");
}

#[test]
fn signatures_are_kept_so_that_articles_may_come_one_by_one() {
    let mut articles = vec![article("Herald", AGENCY), article("Observer", OWN), article("Gazette", &cut())];
    let mut store = Store::memory().unwrap();
    let mut seen = Vec::new();
    for (article, facts) in &articles {
        store.insert(article, facts, VERSION).unwrap();
        store.derive().unwrap();
        seen.push(told(&store));
    }
    assert_eq!(seen, ["dg:Reported 1", "dg:Corroborated 2", "dg:Corroborated 2"]);
    assert_eq!(dump(&store), dump(&graph(&articles)));
    articles[1] = article("Observer", &framed());
    store.insert(&articles[1].0, &articles[1].1, VERSION).unwrap();
    store.derive().unwrap();
    assert_eq!(told(&store), "dg:Reported 1", "an article that became a copy vouches for nothing");
    assert_eq!(dump(&store), dump(&graph(&articles)));
}

#[test]
fn signatures_estimate_the_share_of_common_wording() {
    let signature = |text: &str| Signature::of(text).unwrap();
    let (whole, own) = (signature(AGENCY), signature(OWN));
    assert_eq!(whole.resemblance(&whole), 1.0);
    assert_eq!(whole, signature(&AGENCY.to_uppercase().replace('.', " -- ")), "case and punctuation do not count");
    assert_eq!(Signature::from_hex(&whole.to_hex()).as_ref(), Some(&whole));
    assert_eq!(Signature::from_hex("00ff"), None);
    assert_eq!(Signature::of("Too short."), None);
    for text in [cut(), framed(), OWN.to_owned()] {
        let (estimate, exact) = (whole.resemblance(&signature(&text)), jaccard(AGENCY, &text));
        assert!((estimate - exact).abs() < 0.13, "{estimate} is not near {exact}");
    }
    assert!(whole.copies(&signature(&cut())) && whole.copies(&signature(&framed())));
    assert!(!whole.copies(&own));
}

/// The share of common runs of three words among all of two texts, counted.
fn jaccard(a: &str, b: &str) -> f64 {
    let runs = |text: &str| {
        let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        words.windows(3).map(|w| w.join(" ").to_lowercase()).collect::<std::collections::BTreeSet<_>>()
    };
    let (a, b) = (runs(a), runs(b));
    a.intersection(&b).count() as f64 / a.union(&b).count() as f64
}
