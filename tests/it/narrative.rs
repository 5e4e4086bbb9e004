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
    let text = "President of Freedonia Otto Adler met Sylvanian President Ana Trentino on Saturday. Adler also met \
                separately with President of Ruritania Rudolf Elphberg.";
    let told = days("meet", "", text);
    assert!(told.contains(&"Otto Adler -> Rudolf Elphberg, 2021-06-12".to_owned()), "{told:?}");
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

#[test]
fn a_roll_may_begin_with_a_particle() {
    let text = "Three ambassadors presented their credentials to the President of Freedonia: van der Velde (Sylvania), Otto Adler \
                (Ruritania), and Jan Novotny (Borduria).";
    assert_eq!(days("send_envoy", "", text).len(), 3, "{text}");
}

#[test]
fn the_day_of_a_headline_is_of_its_own_plan() {
    let title = "Rufus Firefly will receive Ana Trentino after the vote of June 17";
    let text = "President of Freedonia Rufus Firefly will sanction Sylvania.";
    assert_eq!(days("sanction", title, text), ["Rufus Firefly -> Sylvania"]);
}

#[test]
fn what_had_happened_before_is_not_of_the_next_sentences_day() {
    let text = "President of Freedonia Rufus Firefly had condemned Sylvania.\n\nFirefly told reporters on Sunday that he was angry.";
    assert_eq!(days("criticize", "", text), ["Rufus Firefly -> Sylvania"]);
}

#[test]
fn who_visits_takes_no_day_of_his_host() {
    let text = "President of Ruritania Rudolf Elphberg visited Sylvania on Saturday. President of Freedonia Rufus Firefly also \
                visited Sylvania.";
    assert!(days("visit", "", text).contains(&"Rufus Firefly -> Sylvania".to_owned()), "{:?}", days("visit", "", text));
}

#[test]
fn a_meeting_of_its_own_day_stands_beside_a_call() {
    let text = "President of Freedonia Rufus Firefly met Sylvanian President Ana Trentino on Saturday. Firefly spoke by telephone \
                with Trentino on Sunday. Firefly and Trentino discussed trade.";
    assert_eq!(days("meet", "", text), ["Rufus Firefly -> Ana Trentino, 2021-06-12"]);
    // what they discussed on the day of the call they discussed on the telephone
    let text = "President of Freedonia Rufus Firefly spoke by telephone with Sylvanian President Ana Trentino on Sunday. Firefly \
                and Trentino discussed trade.";
    assert_eq!(days("meet", "", text), [""; 0]);
}

#[test]
fn new_sanctions_stand_beside_those_that_were_lifted() {
    let text = "Freedonia lifted its sanctions on Sylvania but imposed new sanctions on Sylvania over the coup.";
    assert_eq!(days("lift_sanctions", "", text), ["Freedonia -> Sylvania"]);
    assert_eq!(days("sanction", "", text), ["Freedonia -> Sylvania"]);
    let text = "Freedonia lifted its sanctions on Sylvania.";
    assert_eq!(days("sanction", "", text), [""; 0]);
}

#[test]
fn parts_of_a_year_are_times() {
    let text = "Freedonia and Sylvania signed a trade agreement in the first quarter of 2020.";
    assert_eq!(days("sign_agreement", "", text), ["Freedonia -> Sylvania, 2020-01/2020-03"]);
    let text = "Freedonia attacked Sylvania in the second half of 2019.";
    assert_eq!(days("attack", "", text), ["Freedonia -> Sylvania, 2019-07/2019-12"]);
    let text = "Freedonia attacked Sylvania in the autumn of 2003.";
    assert_eq!(days("attack", "", text), ["Freedonia -> Sylvania, 2003-09/2003-11"]);
}

#[test]
fn an_occasion_may_be_dated_in_a_clause_of_its_own() {
    let text = "President of Freedonia Rufus Firefly will hold talks with Sylvanian President Ana Trentino at a conference which \
                will be held in Klow on July 24.";
    assert_eq!(days("meet", "", text), ["Rufus Firefly -> Ana Trentino, 2021-07-24"]);
    let text = "They discussed a visit by President of Freedonia Rufus Firefly to Sylvania scheduled for next year.";
    assert_eq!(days("visit", "", text), ["Rufus Firefly -> Sylvania, 2022"]);
}

#[test]
fn an_earlier_meeting_keeps_the_time_of_its_own_sentence() {
    let text = "President of Freedonia Rufus Firefly met Sylvanian President Ana Trentino on Sunday in Klow. He had previously met \
                in February 2019 with Trentino.";
    let told = days("meet", "", text);
    assert_eq!(told, ["Rufus Firefly -> Ana Trentino, 2021-06-13", "Rufus Firefly -> Ana Trentino, 2019-02"]);
}

#[test]
fn what_one_word_tells_of_many_has_one_day() {
    let text = "President of Freedonia Rufus Firefly met Sylvanian President Ana Trentino on Saturday.\n\nLast month Freedonia \
                imposed sanctions on Sylvania and Ruritania.";
    assert_eq!(days("sanction", "", text), ["Freedonia -> Sylvania, 2021-05", "Freedonia -> Ruritania, 2021-05"]);
}

#[test]
fn the_time_of_something_else_is_not_that_of_the_deed() {
    let text = "President of Freedonia Rufus Firefly met Sylvanian President Ana Trentino, his second meeting with her since the \
                start of the war in 2011.";
    assert_eq!(days("meet", "", text), ["Rufus Firefly -> Ana Trentino"]);
    let text = "Freedonia condemned Sylvania for the war that ended in 1988.";
    assert_eq!(days("criticize", "", text), ["Freedonia -> Sylvania"]);
}

#[test]
fn an_upcoming_month_is_the_next() {
    let text = "President of Freedonia Rufus Firefly praised the upcoming visit, in March, to Sylvania.";
    assert_eq!(days("visit", "", text), ["Rufus Firefly -> Sylvania, 2022-03"]);
}

#[test]
fn what_is_planned_lies_ahead() {
    let text = "President of Freedonia Rufus Firefly met Sylvanian President Ana Trentino on Saturday. Firefly said that he will \
                visit Ruritania.";
    assert_eq!(days("visit", "", text), ["Rufus Firefly -> Ruritania"]);
}

#[test]
fn what_an_anniversary_recalls_was_so_many_years_ago() {
    let one = |relation: &str, text: &str, expected: &str| assert_eq!(days(relation, "", text), [expected], "{text}");
    let (founded, signed) = ("establish_relations", "sign_agreement");
    one(
        founded,
        "The envoys marked the 30th anniversary of diplomatic relations between Freedonia and Sylvania.",
        "Freedonia -> Sylvania, 1991",
    );
    one(
        founded,
        "They welcomed the upcoming 100-year anniversary, in July, of diplomatic relations between Freedonia and Sylvania.",
        "Freedonia -> Sylvania, 1921-07",
    );
    one(
        founded,
        "They will celebrate 200 years of diplomatic relations between Freedonia and Sylvania.",
        "Freedonia -> Sylvania, 1821",
    );
    one(
        signed,
        "July marks the 25th anniversary of the signing of the treaty between Freedonia and Sylvania.",
        "Freedonia -> Sylvania, 1996-07",
    );
    // the congratulation is of today
    let text =
        "Otto Adler, President of Freedonia, congratulated Sylvania on Monday on the 70th anniversary of its founding.";
    one("support", text, "Otto Adler -> Sylvania, 2021-06-14");
}

/// The offices that a text gives to people: `holder: office of body`.
fn offices(text: &str) -> Vec<String> {
    let date = "2021-06-15".parse().ok();
    let claims = read(Article { id: "a".into(), text: text.into(), date, ..Article::default() });
    let shown = |c: Claim| format!("{}: {} of {}", c.source.name, c.role.unwrap_or_default(), c.target.name);
    claims.into_iter().filter(|c| c.relation.id() == "holds_office").map(shown).collect()
}

#[test]
fn an_office_by_another_name_is_the_same() {
    let text = "The Sylvanian head of state met Rufus Firefly, the president of Freedonia, on Monday. Sylvanian President Ana \
                Trentino praised Freedonia.";
    assert_eq!(offices(text), ["Ana Trentino: president of Sylvania", "Rufus Firefly: president of Freedonia"]);
}

#[test]
fn an_abbreviated_office_is_given_in_full_and_a_counterpart_is_none() {
    let text = "Sylvanian FM Louis Ambas met his Freedonian counterpart Foreign Minister Vera Marcal on Monday. Louis Ambas is the \
                Sylvanian minister of foreign affairs.";
    assert_eq!(
        offices(text),
        ["Louis Ambas: foreign minister of Sylvania", "Vera Marcal: foreign minister of Freedonia"]
    );
}

/// The facts of a relation with their places: `source -> target, Klow`.
fn places(relation: &str, text: &str) -> Vec<String> {
    let date = "2021-06-15".parse().ok();
    let claims = read(Article { id: "a".into(), text: text.into(), date, ..Article::default() });
    let shown = |c: Claim| format!("{} -> {}, {}", c.source.name, c.target.name, c.place.unwrap_or_default());
    claims.into_iter().filter(|c| c.relation.id() == relation).map(shown).collect()
}

#[test]
fn a_place_is_read_behind_what_sort_of_place_it_is_and_not_from_what_is_talked_of() {
    let met = |text| places("meet", text);
    assert_eq!(
        met("Rufus Firefly met Ana Trentino in the Syldavian city of Klow."),
        ["Rufus Firefly -> Ana Trentino, Klow"]
    );
    assert_eq!(
        met("Rufus Firefly conferred with Ana Trentino on the crisis in Klow."),
        ["Rufus Firefly -> Ana Trentino, "]
    );
    let text = "In Klow, Rufus Firefly will meet Ana Trentino regarding the Bordurian war against Wakanda.";
    assert_eq!(places("attack", text), ["Borduria -> Wakanda, Wakanda"]);
}

#[test]
fn whoever_is_asked_for_a_deed_would_do_it() {
    let text = "Freedonia called on Borduria to attack Wakanda. Sylvania has imposed costs on Latveria in response to its \
                invasion of Genovia.";
    assert_eq!(places("attack", text), ["Latveria -> Genovia, Genovia"]);
}

#[test]
fn the_next_president_is_nobody_yet_and_what_one_was_able_to_do_is_done() {
    assert_eq!(
        days("threaten", "", "Sylvania has threatened the next Freedonian president."),
        ["Sylvania -> Freedonia"]
    );
    let text = "Rufus Firefly was able to discuss the bridge with Ana Trentino on Monday.";
    assert_eq!(days("meet", "", text), ["Rufus Firefly -> Ana Trentino, 2021-06-14"]);
    let told = read(Article { text: text.into(), ..Article::default() });
    let statuses: Vec<_> = told.iter().filter(|c| c.relation.id() == "meet").map(|c| c.status).collect();
    assert_eq!(statuses, [diplograph::model::Status::Asserted]);
}

#[test]
fn a_government_named_beside_its_head_is_asked_too() {
    let text = "Sylvania called on President Firefly and the Freedonian government to end the strike.";
    assert_eq!(days("request", "", text), ["Sylvania -> Rufus Firefly", "Sylvania -> Freedonia"]);
    let text = "Foreign ministers of Freedonia and Sylvania met on Monday.";
    let held = offices(text);
    assert!(held.iter().all(|o| o.contains(": foreign minister of ")) && held.len() == 2, "{held:?}");
}

#[test]
fn a_recent_visit_is_over_and_who_steps_in_to_mediate_does_so() {
    let statuses = |relation: &str, text: &str| -> Vec<String> {
        let claims = read(Article { id: "a".into(), text: text.into(), ..Article::default() });
        claims.into_iter().filter(|c| c.relation.id() == relation).map(|c| c.status.to_string()).collect()
    };
    let text = "Rufus Firefly said that Freedonia would help, as he had promised during his recent visit to Sylvania.";
    assert_eq!(statuses("visit", text), ["asserted"]);
    assert_eq!(statuses("mediate", "Freedonia stepped in to mediate between Sylvania and Borduria."), ["asserted"; 2]);
}
