//! Whose words a text gives, over several sentences: with invented states, so that only the wording tells.

use std::path::Path;
use std::sync::LazyLock;

use diplograph::model::{Article, Claim, Status};
use diplograph::pipeline::Reader;
use tempfile::TempDir;

use crate::sentences::invented;

static DATA: LazyLock<TempDir> = LazyLock::new(|| {
    let data = TempDir::new().expect("a folder");
    let actors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences/actors.tsv");
    invented::gazetteer(&actors, &data.path().join("gazetteer"));
    data
});

/// What an article tells, read with a gazetteer of invented states.
pub fn read(article: Article) -> Vec<Claim> {
    let reader = Reader::new(Some(DATA.path())).expect("a reader");
    reader.read(article).facts.into_iter().map(|f| f.claim).collect()
}

fn claims(relation: &str, text: &str) -> Vec<Claim> {
    let told = read(Article { id: "a".into(), text: text.into(), ..Article::default() });
    told.into_iter().filter(|c| c.relation.id() == relation).collect()
}

/// The facts of a relation, as `source -> target`, those that are denied or only possible apart.
fn told(relation: &str, text: &str) -> Vec<String> {
    let asserted = claims(relation, text).into_iter().filter(|c| c.status == Status::Asserted);
    asserted.map(|c| format!("{} -> {}", c.source.name, c.target.name)).collect()
}

/// How the facts of a relation are told.
fn statuses(relation: &str, text: &str) -> Vec<String> {
    claims(relation, text).iter().map(|c| c.status.to_string()).collect()
}

#[test]
fn a_transcript_gives_each_his_own_words() {
    let text = "President of Freedonia Rufus Firefly:\nMadam President, welcome.\n\nPresident of Sylvania Ana Trentino \
                (retranslated): Thank you for this welcome.\n\nWe support your plan for the bridge, and we will help Freedonia with it.";
    let pledged = told("pledge", text);
    assert!(pledged.iter().any(|p| p.starts_with("Ana Trentino -> ")), "{pledged:?}");
    assert!(!pledged.iter().any(|p| p.starts_with("Rufus Firefly")), "{pledged:?}");
}

#[test]
fn a_label_may_print_the_name_twice_and_break_its_line() {
    let text = "President of Freedonia Rufus Firefly: Welcome.\nI am glad to see you.\nPresident of Sylvania\nAna Trentino \
                Trentino AnaPresident of Sylvania : Thank you for this welcome.\nWe will help Freedonia with the bridge.";
    assert_eq!(told("pledge", text), ["Ana Trentino -> Freedonia"]);
}

#[test]
fn he_said_after_a_long_quotation_is_the_last_speaker() {
    let text = "Rufus Firefly spoke on Monday. “Sylvania must return to the talks. That is clear,” he said.";
    assert_eq!(told("request", text), ["Rufus Firefly -> Sylvania"]);
    let text = "A storm hit the coast on Monday. “Sylvania must return to the talks. That is clear,” he said.";
    assert_eq!(told("request", text), [""; 0]);
}

#[test]
fn a_message_is_to_whom_it_congratulates() {
    let text =
        "Freedonia congratulated Sylvania on its national day. Freedonia looks forward to deepening the partnership.";
    assert_eq!(told("pledge", text), ["Freedonia -> Sylvania"]);
    let text = "Freedonia congratulated Sylvania and Latveria on the treaty. Freedonia looks forward to deepening the partnership.";
    assert_eq!(told("pledge", text), [""; 0], "of two nobody is chosen");
}

#[test]
fn what_others_believe_is_nobodys_accusation() {
    let text = "Rufus Firefly also said some believe Sylvania is supplying the rebels with weapons.";
    assert_eq!(told("accuse", text), [""; 0]);
}

#[test]
fn who_is_judged_for_something_did_it() {
    let text = "Freedonia criticized Sylvania in March for receiving Rudolf Elphberg.";
    assert_eq!(told("criticize", text), ["Freedonia -> Sylvania"]);
    assert_eq!(told("visit", text), ["Rudolf Elphberg -> Sylvania"]);
}

#[test]
fn an_act_told_twice_is_one() {
    let text = "Rufus Firefly visited Sylvania. Rufus Firefly may visit Sylvania, officials said.";
    assert_eq!(statuses("visit", text), ["asserted"]);
    let text = "Rufus Firefly visited Sylvania on May 2, 2021. Rufus Firefly may visit Sylvania on June 3, 2022, officials said.";
    assert_eq!(statuses("visit", text).len(), 2, "another day is another visit");
}

#[test]
fn a_pledge_outdoes_support_in_one_sentence_alone() {
    let text = "Freedonia pledged to support Sylvania.";
    assert_eq!((statuses("pledge", text).len(), statuses("support", text).len()), (1, 0));
    let text = "Freedonia pledged to help Sylvania with the bridge. Later Freedonia praised Sylvania.";
    assert_eq!((statuses("pledge", text).len(), statuses("support", text).len()), (1, 1));
}

#[test]
fn a_promise_is_made_whatever_it_promises() {
    let text = "Rufus Firefly promised that his government would go on helping Sylvania.";
    assert_eq!(told("pledge", text), ["Rufus Firefly -> Sylvania"]);
}
