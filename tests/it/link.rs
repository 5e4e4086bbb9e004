//! Who is who: mentions of a document, and tables of the user's own.

use std::path::PathBuf;

use diplograph::link::Gazetteer;
use diplograph::model::{Article, EntityKind, Links, Mention};
use diplograph::pipeline::Reader;
use tempfile::TempDir;

fn article(text: &str) -> Article {
    Article { id: "a".to_owned(), date: "2021-06-15".parse().ok(), text: text.to_owned(), ..Article::default() }
}

/// The names of those whom the words stand for, each time that they are mentioned.
fn meant(reader: &Reader, article: Article, words: &str) -> Vec<Vec<String>> {
    let (doc, links): (_, Links) = reader.link(article);
    let text = |m: &Mention| {
        let s = &doc.sentences[m.sentence];
        s.tokens[m.tokens.start].span.join(s.tokens[m.tokens.end - 1].span).of(doc.field(s.field)).to_owned()
    };
    let names = |m: &Mention| m.actors.iter().map(|a| a.name.clone()).collect();
    links.mentions.iter().filter(|m| text(m) == words).map(names).collect()
}

fn check(reader: &Reader, text: &str, words: &str, expected: &[&str]) {
    assert_eq!(meant(reader, article(text), words), [expected], "{words} in: {text}");
}

#[test]
fn words_stand_for_actors() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    check("Russian and Danish diplomats met in Vienna.", "Russian and Danish diplomats", &["Russia", "Denmark"]);
    check(
        "Senate leaders - Anna Brown, Carl Smith and Peter White - arrived in Paris.",
        "Senate leaders",
        &["Anna Brown", "Carl Smith", "Peter White"],
    );
    check(
        "Vladimir Putin met with the Kazakh and Belarusian presidents. After the talks, the leaders made a statement.",
        "the leaders",
        &["Vladimir Putin", "Kassym-Jomart Tokayev", "Alexander Lukashenko"],
    );
    check("The European Union criticized Russia. The bloc called for talks.", "The bloc", &["European Union"]);
    check("Russia and China held talks. They agreed on trade.", "They", &["Russia", "China"]);
    check("The EU condemned the attack.", "EU", &["European Union"]);
}

#[test]
fn organs_and_governments_are_named_by_their_states() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    check("Putin's government rejected the plan.", "government", &["Russia"]);
    let text = "Officials of Iran's Trade Promotion Organization (TPO) came to Baku. The TPO has an office there.";
    let short = vec!["Trade Promotion Organization of Iran".to_owned()];
    assert_eq!(meant(&reader, article(text), "TPO"), [short.clone(), short]);
    check(
        "The Qatari Foreign Ministry condemned the attack.",
        "Qatari Foreign Ministry",
        &["Ministry of Foreign Affairs of Qatar"],
    );
    check("The Syrian Armed Forces shelled the town.", "Syrian Armed Forces", &["Syrian Armed Forces"]);
    check("The People's Republic of China protested.", "People's Republic of China", &["China"]);
}

#[test]
fn offices_have_holders_and_owners() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    // the name after the comma is not his who holds the office
    check(
        "Opening the talks with the Austrian President, Vladimir Putin praised the ties.",
        "the Austrian President",
        &["Alexander Van der Bellen"],
    );
    check("The deal was signed by President Obama in Paris.", "President Obama", &["Barack Obama"]);
    check(
        "Ambassadors came: Tonci Stanquill (Republic of Croatia) and others.",
        "Tonci Stanquill",
        &["Tonci Stanquill"],
    );
    check(
        "Yemeni Ambassador to the United States Mohammed al-Quillami spoke.",
        "Yemeni Ambassador to the United States Mohammed al-Quillami",
        &["Mohammed al-Quillami"],
    );
    let (_, links) = reader.link(article("Iranian Foreign Ministry spokesman Saeed Khatibzadeh rejected the report."));
    let role = links.mentions.iter().find_map(|m| m.role.as_ref()).unwrap();
    assert_eq!((role.title.as_str(), role.of.name.as_str()), ("spokesman", "Ministry of Foreign Affairs of Iran"));
}

#[test]
fn pronouns_and_descriptions_find_whom_they_mean() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    check("The United States urged Iran to end its enrichment.", "its", &["Iran"]);
    check(
        "Vladimir Putin met with Emmanuel Macron. The presidents of the two countries made a statement.",
        "The presidents of the two countries",
        &["Vladimir Putin", "Emmanuel Macron"],
    );
    check("Sergey Lavrov said that his country supports the agreement.", "country", &["Russia"]);
    let text = "VLADIMIR PUTIN: Mr President, I am glad to see you.\n\nEMMANUEL MACRON: I thank you.";
    assert_eq!(meant(&reader, article(text), "you"), [["Emmanuel Macron"], ["Vladimir Putin"]]);
}

#[test]
fn two_people_of_a_sentence_are_its_two_countries() {
    let reader = Reader::new(None).unwrap();
    let meant = |text, words| meant(&reader, article(text), words);
    let text = "In a meeting with Emmanuel Macron, Vladimir Putin praised the ties between the two countries.";
    assert_eq!(meant(text, "the two countries"), [["France", "Russia"]]);
    let text = "In a meeting with Emmanuel Macron, Vladimir Putin praised the ties between the five countries.";
    assert!(meant(text, "the five countries").is_empty());
    let text =
        "In a meeting with Emmanuel Macron on Serbia, Vladimir Putin praised the ties between the two countries.";
    assert!(meant(text, "the two countries").is_empty());
    let text = "Vladimir Putin met Emmanuel Macron on Monday. He praised the ties between the two sides. The two sides agreed to meet again.";
    assert_eq!(meant(text, "the two sides"), [["Russia", "France"]]);
    assert_eq!(meant(text, "The two sides"), [["Vladimir Putin", "Emmanuel Macron"]]);
}

#[test]
fn names_of_the_tables_are_told_apart() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let tables = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/gazetteer");
    let mut names: std::collections::HashMap<String, Vec<String>> = std::collections::HashMap::new();
    for table in ["people.tsv", "states.tsv", "igos.tsv", "organs.tsv", "groups.tsv"] {
        let text = std::fs::read_to_string(tables.join(table)).unwrap();
        let mut rows = text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
        let header = rows.next().unwrap();
        let column = |name: &str| header.iter().position(|h| *h == name);
        for row in rows {
            for c in ["name", "aliases", "adjectives", "nationals", "capital", "seats"].iter().filter_map(|c| column(c))
            {
                for name in row.get(c).into_iter().flat_map(|cell| cell.split('|')).filter(|n| !n.is_empty()) {
                    names.entry(diplograph::link::key(name)).or_default().push(row[0].to_owned());
                }
            }
        }
    }
    for (key, ids) in names {
        let found = gazetteer.lookup(&key);
        assert!(found.iter().all(|a| ids.contains(&a.id)), "'{key}' finds {found:?}, but only {ids:?} are called so");
    }
}

#[test]
fn where_two_fit_none_is_guessed() {
    let reader = Reader::new(None).unwrap();
    let none: [Vec<String>; 0] = [];
    let text = "NATO and the European Union met in Brussels. The bloc called for talks.";
    assert_eq!(meant(&reader, article(text), "The bloc"), none);
    assert_eq!(meant(&reader, article("The girls went home. They were happy."), "They"), none);
}

#[test]
fn first_persons_are_their_speakers() {
    let reader = Reader::new(None).unwrap();
    check(&reader, "\"We reject these claims,\" Sergey Lavrov said in Moscow.", "We", &["Russia"]);
    let text = "\"I will go to Berlin,\" Sergey Lavrov said in Moscow.";
    check(&reader, text, "I", &["Sergey Lavrov"]);
}

#[test]
fn whoever_spoke_goes_on() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    // not the one of whom he spoke
    check(
        "Josep Borrell said on Monday that Emmanuel Macron was wrong. He added that talks go on.",
        "He",
        &["Josep Borrell"],
    );
    check(
        "Josep Borrell spoke in Vienna. “Emmanuel Macron was wrong,” he said. He noted that talks go on.",
        "He",
        &["Josep Borrell"],
    );
    check(
        "Josep Borrell said talks go on. Emmanuel Macron then came to Vienna. He said that he was content.",
        "He",
        &["Emmanuel Macron"],
    );
    let somebody = "The spokesman of the fishermen said that Emmanuel Macron was wrong. He added that talks go on.";
    assert!(meant(&reader, article(somebody), "He").is_empty());
    check(
        "Iran and Iraq held talks. As Israel and Morocco draw closer, trade between the two countries grows.",
        "the two countries",
        &["Israel", "Morocco"],
    );
    // in a quotation whoever speaks is not "he"
    check("Josep Borrell met Emmanuel Macron. Borrell said: “He was wrong.”", "He", &["Emmanuel Macron"]);
}

#[test]
fn offices_share_a_state_and_names_are_no_offices() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    check("Putin wrote to the President and Prime Minister of India.", "the President", &["Ram Nath Kovind"]);
    check("The president and the foreign minister of Singapore met.", "The president", &["Halimah Yacob"]);
    // the one of the document who holds the office, and no other minister
    let text =
        "Russian Foreign Minister Sergey Lavrov met Angela Merkel and Boris Johnson. The Prime Minister asked for aid.";
    check(text, "The Prime Minister", &["Boris Johnson"]);
    let family =
        Article { date: "2022-02-01".parse().ok(), ..article("Amir Abdollahian met Mevlut Cavusoglu in Ankara.") };
    assert_eq!(meant(&reader, family, "Amir Abdollahian"), [["Hossein Amir-Abdollahian"]]);
    check(
        "The department designated Everwin Mining, Ltd., and Lakeport Shipping Pte. Ltd. on Monday.",
        "Lakeport Shipping Pte. Ltd.",
        &["Lakeport Shipping Pte. Ltd."],
    );
    let statement = Article {
        title: Some("The United States and ASEAN: Partners at Sea".to_owned()),
        source: Some("https://www.state.gov/partners/".to_owned()),
        ..article("Our partnership is strong. I was honored to speak for the United States.")
    };
    assert_eq!(meant(&reader, statement, "I"), [["Antony Blinken"]]);
}

#[test]
fn regions_are_nobody() {
    let reader = Reader::new(None).unwrap();
    let who = |text: &str| {
        let (_, links) = reader.link(article(text));
        links.mentions.iter().flat_map(|m| m.actors.iter().map(|a| a.name.clone())).collect::<Vec<_>>()
    };
    assert_eq!(who("Kuwait sent ships to the Persian Gulf."), ["Kuwait"]);
    assert_eq!(who("Latin American leaders came to Paraguay."), ["Paraguay"]);
    assert_eq!(who("The Persian Gulf Cooperation Council met."), ["Gulf Cooperation Council"]);
    assert_eq!(who("Persian carpets were sold."), ["Iran"]);
}

#[test]
fn an_office_goes_to_whom_the_text_gives_it() {
    let reader = Reader::new(None).unwrap();
    let text = "Secretary of State Antony Blinken met today with Spanish Foreign Minister José Manuel Albares. The Secretary \
                and the Foreign Minister spoke of trade.";
    let release = || Article { source: Some("https://www.state.gov/a".to_owned()), ..article(text) };
    assert_eq!(meant(&reader, release(), "The Secretary"), [["Antony Blinken"]]);
    assert_eq!(meant(&reader, release(), "the Foreign Minister"), [["José Manuel Albares"]]);
}

fn table(text: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("own.csv");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn own_tables_win() {
    let (_folder, path) = table(
        "name,kind,country,aliases,office,of,start,end\n\
         Marta Quill,person,FRA,,foreign minister,FRA,2021-01-01,2021-12-31\n\
         Blue Harbour Pact,treaty,,Harbour Pact,,,,\n",
    );
    let reader = Reader::with_actors(None, &[path]).unwrap();
    check(&reader, "The French foreign minister arrived in Cairo.", "The French foreign minister", &["Marta Quill"]);
    check(&reader, "Quill welcomed the Harbour Pact.", "Quill", &["Marta Quill"]);
    check(&reader, "Quill welcomed the Harbour Pact.", "Harbour Pact", &["Blue Harbour Pact"]);
}

#[test]
fn broken_tables_are_refused_with_their_line() {
    let refused = |text: &str| {
        let (_folder, path) = table(text);
        Gazetteer::embedded().unwrap().add_own(&path).unwrap_err().to_string()
    };
    let cases = [
        ("name,kind,colour\nA,person,red\n", "own.csv:1: 'colour' is no column"),
        ("name,kind\nA B,wizard\n", "own.csv:2: 'wizard' is no kind"),
        ("name,kind,country\nA B,person,ZZZ\n", "own.csv:2: country: nobody has the id 'ZZZ'"),
        ("name,kind,country,office,start\nA B,person,FRA,king,yesterday\n", "own.csv:2: "),
        ("name,kind,country,office,start,end\nA B,person,FRA,king,2020,2019\n", "own.csv:2: the office ends"),
        ("name,kind\nA B,person\nC,person,extra\n", "own.csv: line 3"),
    ];
    for (text, expected) in cases {
        let told = refused(text);
        assert!(told.contains(expected), "{text}: {told}");
    }
}

#[test]
fn a_nationality_or_city_may_be_nobody() {
    let reader = Reader::new(None).unwrap();
    let nobody = |text, words| assert_eq!(meant(&reader, article(text), words), [[""; 0]; 0], "{text}");
    nobody("Syrian refugees arrived.", "Syrian");
    nobody("The Minsk process stalled.", "Minsk");
    check(&reader, "They hit targets in Syrian and Iraqi territory.", "Syrian", &["Syria"]);
    check(&reader, "Moscow talks to Tehran.", "Moscow", &["Russia"]);
    check(&reader, "The three European countries left.", "three European countries", &["E3"]);
    check(&reader, "The Hezbollah leader spoke.", "The Hezbollah leader", &["Hezbollah"]);
}

#[test]
fn an_office_and_a_family_name_need_no_state() {
    let reader = Reader::new(None).unwrap();
    check(&reader, "Iran’s top diplomat left.", "Iran’s top diplomat", &["Mohammad Javad Zarif"]);
    check(&reader, "President Putin left.", "President Putin", &["Vladimir Putin"]);
    check(&reader, "Everwin Shipping Company paid.", "Everwin Shipping Company", &["Everwin Shipping Company"]);
}

/// The times of a text that was printed on 15 June 2021, a Tuesday.
fn times(reader: &Reader, text: &str) -> Vec<String> {
    let (_, links) = reader.link(article(text));
    links.times.iter().map(|t| t.period.to_string()).collect()
}

#[test]
fn days_are_read_against_the_report() {
    let reader = Reader::new(None).unwrap();
    let check = |text, expected: &[&str]| assert_eq!(times(&reader, text), expected, "{text}");
    check("Smith will travel to Paris on June 17-19.", &["2021-06-17/2021-06-19"]);
    check("Smith was in Paris from May 30 to June 2.", &["2021-05-30/2021-06-02"]);
    check("He visited Rome from September 20 to 24, 2003.", &["2003-09-20/2003-09-24"]);
    check("He visited Rome on 20-24 September 2003.", &["2003-09-20/2003-09-24"]);
    check("They met on Friday and Saturday.", &["2021-06-11/2021-06-12"]);
    check("They met on Monday and Friday.", &["2021-06-14", "2021-06-11"]);
    check("They met on Monday, May 3.", &["2021-05-03"]);
    check("They signed a contract on Thursday that will bring peace.", &["2021-06-10"]);
    check("They will sign a contract on Thursday.", &["2021-06-17"]);
    check("He was there on May 8.", &["2021-05-08"]);
    check("They left in 2011 and returned three years later.", &["2011", "2014"]);
    check("On May 8 he struck; two days later they answered.", &["2021-05-08", "2021-05-10"]);
    check("They left three years later.", &[]);
    check("Next January they meet again.", &["2022-01"]);
    check("He spoke with him this morning; they had met last night.", &["2021-06-15", "2021-06-14"]);
    check("The talks end before the sanctions start in September.", &["2021-09"]);
    check("Vladimir Putin is to receive Emmanuel Macron in September.", &["2021-09"]);
    check("They agreed to meet in September.", &["2021-09"]);
    check("They agreed in September to meet.", &["2020-09"]);
    check("The sanctions started in September.", &["2020-09"]);
    check("They met last summer and will meet this autumn.", &["2020-06/2020-08", "2021-09/2021-11"]);
    // six days back are the day after the report's, unless it has told of others as old
    check("He left on Wednesday.", &["2021-06-16"]);
    check("They met on Friday. He left on Wednesday.", &["2021-06-11", "2021-06-09"]);
    check("They met at the end of May of this year, and in March last year.", &["2021-05", "2020-03"]);
    check("They met last year in March.", &["2020-03"]);
    check("They plan to meet in January.", &["2022-01"]);
    check("They planned in January to meet.", &["2021-01"]);
}

#[test]
fn times_point_back_to_those_before() {
    let reader = Reader::new(None).unwrap();
    let check = |text, expected: &[&str]| assert_eq!(times(&reader, text), expected, "{text}");
    check("They met on April 3. The same day he left.", &["2021-04-03", "2021-04-03"]);
    check(
        "They met on April 3. The next day he left. Two days earlier he came.",
        &["2021-04-03", "2021-04-04", "2021-04-02"],
    );
    check("They met on April 3. The day after, he left.", &["2021-04-03", "2021-04-04"]);
    check("They met on April 3. The day after the talks he left.", &["2021-04-03"]);
    check("They met in April. Later that month he left.", &["2021-04", "2021-04"]);
    check("They met in April 2011. The following year he left.", &["2011-04", "2012"]);
    check("They met in April 2011. At the time, he was ill.", &["2011-04", "2011-04"]);
    check("On May 8, exactly one year after they had left, he spoke.", &["2021-05-08", "2020-05-08"]);
    check("On May 8, about a year after they had left, he spoke.", &["2021-05-08", "2020"]);
    check("They met on April 3, nearly three months after the war.", &["2021-04-03", "2021-01"]);
    check("They met on April 3, and he left two days after the talks.", &["2021-04-03"]);
    // no finer than what was told, and nothing points back over many sentences
    check("They met in April 2011. The next day he left.", &["2011-04"]);
    check("They met on April 3. He left. He slept. He ate. The next day he died.", &["2021-04-03"]);
    check("The next day he left.", &[]);
}

#[test]
fn words_and_not_tables_tell_whose_an_office_is() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    let nobody = |text, words| assert!(meant(&reader, article(text), words).is_empty(), "{words} in: {text}");
    check("Dmitry Peskov, Putin's spokesman, left.", "spokesman", &["Dmitry Peskov"]);
    nobody("Putin's spokesman left.", "spokesman");
    check(
        "Ali Akbar Velayati, adviser to Supreme Leader Ali Khamenei, left.",
        "Ali Akbar Velayati, adviser",
        &["Ali Akbar Velayati"],
    );
    nobody("The president of the Tunisian Lawyers Guild left.", "The president of the Tunisian");
    check("Parviz Quillani, the president's media officer, left.", "Parviz Quillani", &["Parviz Quillani"]);
    nobody("Ebrahim Raisi spoke of his election as President of Iran.", "President of Iran");
    check(
        "Foreign ministers from Iran and Turkey met.",
        "Foreign ministers from Iran and Turkey",
        &["Mohammad Javad Zarif", "Mevlüt Çavuşoğlu"],
    );
    let text =
        "Turkish Foreign Minister Mevlut Cavusoglu left. The president of the fishermen met President Joe Biden.";
    nobody(text, "The president");
}

#[test]
fn the_envoy_is_the_last_one_of_that_sort() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    let two =
        |more: &str| article(&format!("Armenian lawmaker Aram Quillian met Georgian lawmaker Irakli Stanidze. {more}"));
    let armenian = meant(&reader, two("The Armenian lawmaker asked for aid."), "The Armenian lawmaker");
    assert_eq!(armenian, [["Aram Quillian"]]);
    assert_eq!(meant(&reader, two("The MP asked for aid."), "The MP"), [["Irakli Stanidze"]]);
    let third = two("A Turkish lawmaker left. The lawmaker was ill.");
    assert!(meant(&reader, third, "The lawmaker").is_empty());
    let text = "Turkish Defense Minister Hulusi Akar met Armenian deputy foreign minister Aram Quillian. The deputy minister left.";
    check(text, "The deputy minister", &["Aram Quillian"]);
    let text = "Sergey Lavrov met Turkish Foreign Minister Mevlut Cavusoglu. Lavrov said that talks go on. The foreign minister left.";
    check(text, "The foreign minister", &["Sergey Lavrov"]);
    let text =
        "The former Iranian ambassador to Iraq said on Monday that talks go on. “Aid is needed,” Mohsen Quillani said.";
    check(text, "The former Iranian ambassador to Iraq", &["Mohsen Quillani"]);
}

#[test]
fn whoever_stands_next_owns_it() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    check("Russia attacked Ukraine and its cities.", "its", &["Ukraine"]);
    check("The EU confirmed Iran's compliance with its commitments.", "its", &["Iran"]);
    check("The United States called on Russia to end its war.", "its", &["Russia"]);
    check(
        "Sergey Lavrov praised Mevlut Cavusoglu's meeting with his Iranian counterpart.",
        "his",
        &["Mevlüt Çavuşoğlu"],
    );
}

#[test]
fn names_are_shortened_and_called_after() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    let text = "The Turkish Hoteliers Federation (TUROB) met. It is known that TUROB protested.";
    let federation = vec!["Turkish Hoteliers Federation".to_owned()];
    assert_eq!(meant(&reader, article(text), "TUROB"), [federation.clone(), federation]);
    check("Juan “Beto” Quill left.", "Juan “Beto” Quill", &["Juan “Beto” Quill"]);
    check("They designated Zarya Quillova (Quillova) for it.", "Zarya Quillova", &["Zarya Quillova"]);
    check("The Lakeport Contact Group (LCG) met.", "Lakeport Contact Group", &["Lakeport Contact Group"]);
    check(
        "They designated Juan Quill, Tukmenbay Askarquill, and Peter White.",
        "Tukmenbay Askarquill",
        &["Tukmenbay Askarquill"],
    );
    check("John Albert Quill met Vladimir Putin. John Peter Quill left.", "John Peter Quill", &["John Peter Quill"]);
    assert!(meant(&reader, article("They met in the Benjamin Franklin Room."), "Benjamin Franklin Room").is_empty());
    assert!(meant(&reader, article("The Ibero-American summit was held."), "American").is_empty());
}

#[test]
fn organs_of_one_noun_and_of_one_state() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    check(
        "The Departments of Defense and Homeland Security sent aid.",
        "Departments of Defense and Homeland Security",
        &["United States Department of Defense", "United States Department of Homeland Security"],
    );
    check("The House of Representatives met.", "House of Representatives", &["United States House of Representatives"]);
    check(
        "The Nepali House of Representatives met.",
        "Nepali House of Representatives",
        &["Nepali House of Representatives"],
    );
    check("The Nicaraguan government jailed priests. The government must free them.", "The government", &["Nicaragua"]);
    let text = "The Nicaraguan government met the Cuban government. The government asked for aid.";
    assert!(meant(&reader, article(text), "The government").is_empty());
}

#[test]
fn you_is_whoever_is_spoken_to() {
    let reader = Reader::new(None).unwrap();
    let message = Article {
        title: Some("Mongolia National Day".to_owned()),
        source: Some("https://www.state.gov/mongolia-national-day/".to_owned()),
        ..article("I congratulate the people of Mongolia. We will stand with you.")
    };
    assert_eq!(meant(&reader, message, "you"), [["Mongolia"]]);
    let text = "VLADIMIR PUTIN: Mr President, Angela Merkel called.\n\nEMMANUEL MACRON: I thank you.";
    assert_eq!(meant(&reader, article(text), "you"), [["Vladimir Putin"]]);
}

#[test]
fn a_body_is_named_after_the_word_for_what_it_is() {
    let reader = Reader::new(None).unwrap();
    let check = |text: &str, words: &str, name: &str, home: Option<&str>| {
        let (_, links) = reader.link(article(text));
        let actors: Vec<_> = links.mentions.iter().flat_map(|m| &m.actors).filter(|a| a.name == name).collect();
        assert!(!actors.is_empty() && actors.iter().all(|a| a.country.as_deref() == home), "{name} in: {text}");
        assert_eq!(meant(&reader, article(text), words), [[name]], "{words} in: {text}");
    };
    let text = "Canada sanctioned the Belarusian trading company Veltrako.";
    check(text, "Belarusian trading company Veltrako", "Veltrako", Some("BLR"));
    check("The United States designated the bank Ordinvest.", "bank Ordinvest", "Ordinvest", None);
    let text = "Canada designated two Iran-based entities, Zarbin Sea Lines and Golgasht Oil Company, on Monday.";
    check(text, "Zarbin Sea Lines", "Zarbin Sea Lines", Some("IRN"));
    check(text, "Golgasht Oil Company", "Golgasht Oil Company", Some("IRN"));
    let text = "The head of the Turkish company Denizak, Murat Yalman, met with Vladimir Putin.";
    check(text, "The head of the Turkish company Denizak, Murat Yalman", "Murat Yalman", Some("TUR"));
    assert!(meant(&reader, article("The company Monday rejected the offer."), "company Monday").is_empty());
}

#[test]
fn a_citizen_is_somebody_where_a_name_follows() {
    let reader = Reader::new(None).unwrap();
    let text = "Belarus released French citizen Louise Tessandier on Friday. French citizens should leave Belarus.";
    let (_, links) = reader.link(article(text));
    let people: Vec<_> =
        links.mentions.iter().flat_map(|m| &m.actors).filter(|a| a.kind == EntityKind::Person).collect();
    assert!(people.iter().all(|a| a.name == "Louise Tessandier" && a.country.as_deref() == Some("FRA")), "{people:?}");
    assert_eq!(people.len(), 1, "{people:?}");
}

#[test]
fn offices_beside_names_are_read_whole() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    // the second office is another's
    check(
        "Iran's deputy foreign minister for Arab affairs and UN Special Envoy for Syria Geir Pedersen met in Geneva.",
        "UN Special Envoy for Syria Geir Pedersen",
        &["Geir Pedersen"],
    );
    check("Putin received Patriarch Kirill of Moscow.", "Patriarch Kirill of Moscow", &["Kirill of Moscow"]);
    check(
        "The Patriarch of Constantinople thanked Vladimir Putin.",
        "The Patriarch of Constantinople",
        &["Bartholomew I of Constantinople"],
    );
    check("Prince Albert of Monaco visited Moscow.", "Prince Albert of Monaco", &["Albert II, Prince of Monaco"]);
    check(
        "The President of Tatarstan Rustam Minnikhanov visited Ankara. The Russian President praised him.",
        "The Russian President",
        &["Vladimir Putin"],
    );
    check(
        "Bruneian Foreign Minister II Erywan Yusof arrived in Jakarta.",
        "Bruneian Foreign Minister II Erywan Yusof",
        &["Erywan Yusof"],
    );
    check(
        "Larijani met with President of the Iraqi Supreme Council of the Judiciary Samer Jubran in Tehran.",
        "President of the Iraqi Supreme Council of the Judiciary Samer Jubran",
        &["Samer Jubran"],
    );
}

#[test]
fn so_many_named_in_a_row_are_taken_up_by_their_number() {
    let reader = Reader::new(None).unwrap();
    let check = |text, words, expected| check(&reader, text, words, expected);
    check(
        "Britain, France and Germany urged Iran to comply. The three countries warned of sanctions.",
        "The three countries",
        &["United Kingdom", "France", "Germany"],
    );
    check(
        "Vladimir Putin, Emmanuel Macron and Mario Draghi opened the pipeline. The three heads of state met the engineers.",
        "The three heads of state",
        &["Vladimir Putin", "Emmanuel Macron", "Mario Draghi"],
    );
    check(
        "Iran and Pakistan signed. The two neighboring countries will trade.",
        "The two neighboring countries",
        &["Iran", "Pakistan"],
    );
    let text = "Iran and Pakistan signed. Neighboring countries protested, and the four countries did, too.";
    assert!(meant(&reader, article(text), "the four countries").is_empty());
    check("The shelling came after North and South Korea met.", "North", &["North Korea"]);
    check("Our G-7 partners agreed.", "G-7", &["Group of Seven"]);
}

#[test]
fn whose_somebody_is_stands_before_the_list() {
    let reader = Reader::new(None).unwrap();
    let home = |text: &str, name: &str| {
        let (_, links) = reader.link(article(text));
        let found = links.mentions.iter().flat_map(|m| &m.actors).find(|a| a.name == name).cloned();
        found.unwrap_or_else(|| panic!("{name} in: {text}")).country.clone()
    };
    let text = "The envoy met with Bangladeshi officials, including the State Minister Tarique Rowshan and Minister Nadia Hoque.";
    assert_eq!(home(text, "Tarique Rowshan").as_deref(), Some("BGD"));
    assert_eq!(home(text, "Nadia Hoque").as_deref(), Some("BGD"));
    let text = "Amir-Hossein Zarrinpour, the Iranian deputy oil minister, spoke.";
    assert_eq!(home(text, "Amir-Hossein Zarrinpour").as_deref(), Some("IRN"));
    // the last of several presidents is of the last state
    let text = "Hassan Rouhani and Vladimir Putin, the Iranian and Russian presidents, spoke by telephone.";
    assert_eq!(home(text, "Vladimir Putin").as_deref(), Some("RUS"));
    // while a King George ruled Tonga
    let text = Article { date: "2011-11-01".parse().ok(), ..article("Reagan won, [George W.] Bush won as well.") };
    let (_, links) = reader.link(text);
    assert!(links.mentions.iter().flat_map(|m| &m.actors).all(|a| a.country.as_deref() != Some("TON")));
}

#[test]
fn things_happen_on_islands() {
    let reader = Reader::new(None).unwrap();
    let places = |text: &str| -> Vec<_> {
        let facts = reader.read(article(text)).facts;
        facts.into_iter().filter(|f| f.claim.relation.id() == "meet").map(|f| f.claim.place).collect()
    };
    let met = "Emmanuel Macron and Kyriakos Mitsotakis held talks";
    assert_eq!(places(&format!("{met} on Crete.")), [Some("Crete".to_owned())]);
    assert_eq!(places(&format!("{met} on Kashmir.")), [None]);
}

#[test]
fn palaces_and_ministries_stand_in_capitals() {
    let reader = Reader::new(None).unwrap();
    let places =
        |text: &str| -> Vec<String> { reader.link(article(text)).1.places.into_iter().map(|p| p.name).collect() };
    assert_eq!(places("They met at the Kremlin."), ["Moscow"]);
    assert_eq!(places("They met at the State Department."), ["Washington"]);
    assert_eq!(places("They met in The Hague and in Abidjan."), ["The Hague", "Abidjan"], "cities of their own");
    assert_eq!(places("They met in Kiev."), ["Kiev"], "as the text has it");
}

#[test]
fn parts_of_states_count_for_them() {
    let reader = Reader::new(None).unwrap();
    let facts = reader.read(article("Iran condemned Zanzibar.")).facts;
    let target = &facts[0].claim.target;
    assert_eq!((target.name.as_str(), target.country.as_deref()), ("Zanzibar", Some("TZA")));
}

#[test]
fn a_field_of_office_is_no_name_and_a_house_may_be_left_out() {
    let reader = Reader::new(None).unwrap();
    let text = "Iran's Deputy Foreign Minister for Economic Diplomacy Bahram Tavakoli met Bulgarian Deputy Prime Minister for EU Funds \
                and Minister of Finance Assen Dimitrov.";
    check(&reader, text, "Iran's Deputy Foreign Minister for Economic Diplomacy Bahram Tavakoli", &["Bahram Tavakoli"]);
    let guest = "Bulgarian Deputy Prime Minister for EU Funds and Minister of Finance Assen Dimitrov";
    check(&reader, text, guest, &["Assen Dimitrov"]);
    let text = "Qatari envoy Fahad bin Nasser arrived on Monday. Sheikh Fahad bin Nasser Al Thani met Emmanuel Macron.";
    check(&reader, text, "Sheikh Fahad bin Nasser Al Thani", &["Fahad bin Nasser"]);
    let text =
        "Austrian Foreign Ministry official Peter Gruber arrived on Monday. The Austrian diplomat met Emmanuel Macron.";
    check(&reader, text, "The Austrian diplomat", &["Peter Gruber"]);
    let text = "Mohammad Javad Zarif, the foreign minister of Iran, met Emmanuel Macron. Iran's senior diplomat praised France.";
    check(&reader, text, "Iran's senior diplomat", &["Mohammad Javad Zarif"]);
}
