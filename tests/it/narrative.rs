//! What a fact takes from the report around it: its day, and who stands in a list; with invented states.

use diplograph::model::{Article, Claim};

use crate::speech::read;

/// The facts of a relation with their days: `source -> target, 2021-06-14`.
fn days(relation: &str, title: &str, text: &str) -> Vec<String> {
    let date = "2021-06-15".parse().ok();
    let claims =
        read(Article { id: "a".into(), title: Some(title.into()), text: text.into(), date, ..Article::default() });
    let day = |c: &Claim| c.date.map_or_else(String::new, |d| format!(", {d}"));
    let shown = |c: Claim| format!("{} -> {}{}", c.source.name, c.target.name, day(&c));
    claims.into_iter().filter(|c| c.relation.id() == relation).map(shown).collect()
}

#[test]
fn one_who_also_meets_somebody_does_so_on_the_same_day() {
    let text = "President of Freedonia Rufus Firefly met Sylvanian President Ana Trentino on Saturday. Firefly also met \
                separately with President of Ruritania Rudolf Elphberg.";
    let told = days("meet", "", text);
    assert!(told.contains(&"Rufus Firefly -> Rudolf Elphberg, 2021-06-12".to_owned()), "{told:?}");
}

#[test]
fn the_lead_is_of_the_day_that_the_next_sentence_names() {
    let text = "President of Freedonia Rufus Firefly has condemned Sylvania.\n\nFirefly told reporters on Sunday that he was angry.";
    assert_eq!(days("criticize", "", text), ["Rufus Firefly -> Sylvania, 2021-06-13"]);
}

#[test]
fn a_plan_is_for_the_day_of_the_headline() {
    let title = "On June 17, Rufus Firefly will receive Ana Trentino";
    let text =
        "President of Freedonia Rufus Firefly will hold talks with President of Sylvania Ana Trentino in the palace.";
    assert_eq!(days("meet", title, text), ["Rufus Firefly -> Ana Trentino, 2021-06-17"]);
}

#[test]
fn a_roll_names_who_comes_and_from_where() {
    let text = "Three ambassadors presented their credentials to the President of Freedonia: Otto Adler (Republic of\n\
                Sylvania), Maria da\nSilva Campos (Kingdom of Ruritania), and Jan Novotny (Borduria).";
    let sent = days("send_envoy", "", text);
    let states: Vec<&str> = sent.iter().filter_map(|f| f.split(',').next()).collect();
    assert_eq!(states, ["Sylvania -> Freedonia", "Ruritania -> Freedonia", "Borduria -> Freedonia"]);
}
