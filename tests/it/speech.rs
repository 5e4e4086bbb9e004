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

/// Who vouches for the facts of a relation, if not the writer.
fn vouchers(relation: &str, text: &str) -> Vec<String> {
    let by = |c: Claim| c.attribution.map_or_else(|| "-".to_owned(), |a| a.name.clone());
    claims(relation, text).into_iter().map(by).collect()
}

#[test]
fn who_speaks_may_be_no_actor() {
    let text = "Ruritania attacked a Syldavian outpost on Monday, Hugo Zander said.";
    assert_eq!(vouchers("attack", text), ["Hugo Zander"]);
    let text = "Ruritania attacked a Syldavian outpost on Monday, the head of the mission, Hugo Zander, said.";
    assert_eq!(vouchers("attack", text), ["Hugo Zander"]);
    let text = "According to the envoy of the miners, Ruritania attacked a Syldavian outpost on Monday.";
    assert_eq!(vouchers("attack", text), ["envoy of the miners"]);
    let text = "Ruritania attacked a Syldavian outpost on Monday, according to a statement by Latveria.";
    assert_eq!(vouchers("attack", text), ["Latveria"], "a statement is its author's word");
}

#[test]
fn he_who_is_quoted_speaks_not_he_who_quotes_him() {
    let text = "“Ruritania attacked a Syldavian outpost on Monday,” a radio station quoted Viktor Domm as saying.";
    assert_eq!(vouchers("attack", text), ["Viktor Domm"]);
    let text =
        "“The winter was hard,” Viktor Domm said. “Ruritania attacked a Syldavian outpost on Monday,” he concluded.";
    assert_eq!(vouchers("attack", text), ["Viktor Domm"]);
}

#[test]
fn the_envoy_is_the_last_who_spoke() {
    let text = "Viktor Domm said on Monday that the winter was hard. Ruritania attacked a Syldavian outpost, the diplomat added.";
    assert_eq!(vouchers("attack", text), ["Viktor Domm"]);
    let text = "Viktor Domm sent a letter to the mayor. The letter reads, in part:\n\n\
                “The winter was hard. Spring was worse.\n\n“Summer came. Then Ruritania attacked a Syldavian outpost.”";
    assert_eq!(vouchers("attack", text), ["Viktor Domm"], "in every paragraph of it");
}

#[test]
fn a_paper_is_nobody_who_spoke_before() {
    let text = "Viktor Domm met the mayor and said that the winter was hard. \
                The document said that Ruritania attacked a Syldavian outpost.";
    assert_eq!(vouchers("attack", text), ["document"]);
    let text =
        "Viktor Domm said that the winter was hard. The newspaper said that Ruritania attacked a Syldavian outpost.";
    assert_eq!(vouchers("attack", text), ["newspaper"]);
}

#[test]
fn leaders_vouch_for_what_they_promise_each_other() {
    let text = "Ana Trentino, Karl Sapt and Rufus Firefly met on Monday. \
                The leaders issued a statement saying that they would strengthen cooperation.";
    assert_eq!(vouchers("pledge", text), ["-", "-", "-"]);
}

#[test]
fn officials_vouch_by_what_they_are_called() {
    let text = "Latverian officials said Ruritania attacked a Syldavian outpost on Monday.";
    assert_eq!(vouchers("attack", text), ["Latverian officials"]);
    let text = "Latveria said Ruritania attacked a Syldavian outpost on Monday.";
    assert_eq!(vouchers("attack", text), ["Latveria"]);
}

#[test]
fn who_owns_up_to_his_deed_vouches_for_it() {
    let text = "Ruritania acknowledged that it had attacked a Syldavian outpost.";
    assert_eq!(vouchers("attack", text), ["Ruritania"]);
    let text = "Ruritania said on Monday that it had attacked a Syldavian outpost.";
    assert_eq!(vouchers("attack", text), ["-"], "whose deed it is");
}

#[test]
fn a_deed_of_which_somebody_is_accused_is_possible() {
    let text = "Latveria accused Ruritania of attacking Syldavia.";
    assert_eq!(
        (statuses("attack", text), vouchers("attack", text)),
        (vec!["possible".into()], vec!["Latveria".into()])
    );
}

#[test]
fn who_relays_what_somebody_said_vouches_for_it() {
    let text = "According to Hugo Zander, Viktor Domm said he welcomes the reforms of Sylvania.";
    assert_eq!(vouchers("support", text), ["Hugo Zander"]);
}

#[test]
fn who_is_interviewed_answers() {
    let text = "Hugo Zander, a historian, says that the winter was hard. Zander told our reporter that spring was worse. \
                Q: What came then? A: In summer Ruritania attacked a Syldavian outpost. Q: And then? A: Then came autumn.";
    assert_eq!(vouchers("attack", text).len(), 1);
    assert!(vouchers("attack", text)[0].ends_with("Zander"), "{:?}", vouchers("attack", text));
}

#[test]
fn thanks_are_given_by_who_would_like_to_give_them() {
    let text = "Viktor Domm: I would like to thank Sylvania for its support.";
    assert_eq!(statuses("support", text), ["asserted"]);
}

#[test]
fn the_document_is_the_paper_told_of_before() {
    let text = "The ministers made a joint statement after dinner. \
                The document said that Ruritania attacked a Syldavian outpost.";
    assert_eq!(vouchers("attack", text), ["joint statement"]);
}

#[test]
fn a_newspaper_speaks_for_itself_and_not_for_its_state() {
    let text = "The Latverian Morning newspaper said that Ruritania attacked a Syldavian outpost.";
    let vouchers = vouchers("attack", text);
    assert!(vouchers.len() == 1 && vouchers[0].contains("newspaper"), "{vouchers:?}");
}

#[test]
fn a_ministry_reports_a_meeting_and_vouches_for_a_plan() {
    let text = "According to a statement by Latveria, Ana Trentino met Karl Sapt on Monday.";
    assert_eq!(vouchers("meet", text), ["-"], "the channel of an ordinary report");
    let text = "According to a statement by Latveria, Ana Trentino will meet Karl Sapt on Monday.";
    assert_eq!(vouchers("meet", text), ["Latveria"]);
}

#[test]
fn responsibility_is_taken_or_denied() {
    let text = "Viktor Domm accepted responsibility for the murder of Karl Sapt.";
    assert_eq!(statuses("kill", text), ["asserted"]);
    let text = "Viktor Domm denied responsibility for the murder of Karl Sapt.";
    assert_eq!(statuses("kill", text), ["denied"]);
}
