//! What facts take from the report around them: places, days, and quotes for what only the headline tells.

use diplograph::extract::{Extractor, RuleExtractor, merge};
use diplograph::model::{Article, Fact, Field};
use diplograph::pipeline::Reader;

/// The facts of an article of 15 June 2021, a Tuesday.
fn facts(title: &str, text: &str) -> Vec<Fact> {
    let article = Article {
        id: "a".to_owned(),
        date: "2021-06-15".parse().ok(),
        title: Some(title.to_owned()),
        text: text.to_owned(),
        ..Article::default()
    };
    let (doc, links) = Reader::new(None).unwrap().link(article);
    merge(RuleExtractor::embedded().unwrap().extract(&doc, &links))
}

fn one(facts: &[Fact], relation: &str) -> Fact {
    let of: Vec<_> = facts.iter().filter(|f| f.claim.relation.id() == relation).collect();
    assert_eq!(of.len(), 1, "{relation}: {of:?}");
    of[0].clone()
}

#[test]
fn a_visit_seats_the_meetings_on_it() {
    let text = "German Chancellor Angela Merkel visited Paris on Sunday. She met French President Emmanuel Macron.";
    let meeting = one(&facts("", text), "meet").claim;
    assert_eq!(meeting.place.as_deref(), Some("Paris"));
    assert_eq!(meeting.date.map(|d| d.to_string()).as_deref(), Some("2021-06-13"));
}

#[test]
fn what_is_condemned_somewhere_is_not_condemned_there() {
    let text = "French President Emmanuel Macron condemned Russia for crimes in Ukraine.";
    assert_eq!(one(&facts("", text), "criticize").claim.place, None);
}

#[test]
fn the_year_in_the_name_of_a_deal_dates_nothing() {
    let text = "The United States withdrew from the 2015 Paris Agreement.";
    assert_eq!(one(&facts("", text), "leave").claim.date, None);
}

#[test]
fn a_headline_is_quoted_from_the_text() {
    let text = "“Angela Merkel and Emmanuel Macron” – so ran the programme’s first line on Sunday.";
    let meeting = one(&facts("Angela Merkel met Emmanuel Macron", text), "meet");
    let e = &meeting.evidence;
    assert_eq!((e.field, e.quote.as_str()), (Field::Text, "Angela Merkel and Emmanuel Macron"));
    // “, ” and – are one code point each and three bytes
    let quote: String = text.chars().skip(e.start).take(e.end - e.start).collect();
    assert_eq!(quote, e.quote);
}

#[test]
fn a_headline_alone_is_quoted_itself() {
    let meeting = one(&facts("Angela Merkel met Emmanuel Macron", "Nobody is named here."), "meet");
    assert_eq!((meeting.evidence.field, meeting.evidence.start), (Field::Title, 0));
}

#[test]
fn offices_of_several_states_are_held_by_each() {
    let text = "The presidents of Russia and France met in Paris.";
    let all = facts("", text);
    let offices: Vec<_> = all.iter().filter(|f| f.claim.relation.id() == "holds_office").map(|f| &f.claim).collect();
    let said: Vec<_> =
        offices.iter().map(|c| (c.source.name.as_str(), c.target.name.as_str(), c.role.as_deref())).collect();
    let expected = [("Vladimir Putin", "Russia", Some("president")), ("Emmanuel Macron", "France", Some("president"))];
    assert_eq!(said, expected);
}
