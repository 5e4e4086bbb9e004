//! The language engine: cleaning, tokens, sentences, trees, CoNLL-U.

use diplograph::model::{Article, Deprel, Document, Field, Sentence, Upos};
use diplograph::nlp::parser::arc_hybrid::State;
use diplograph::nlp::parser::oracle::Gold;
use diplograph::nlp::train::{self, Config, Lessons, Vectors, evaluate};
use diplograph::nlp::{Nlp, conllu};
use proptest::prelude::*;
use std::sync::LazyLock;

static NLP: LazyLock<Nlp> = LazyLock::new(|| Nlp::embedded().unwrap());

fn read(title: &str, text: &str) -> Document {
    let title = (!title.is_empty()).then(|| title.to_owned());
    NLP.read(Article { id: "a".into(), title, text: text.into(), ..Article::default() })
}

/// Sentences as lines, tokens apart by spaces.
fn tokens(text: &str) -> String {
    let d = read("", text);
    let line = |s: &Sentence| (0..s.tokens.len()).map(|i| d.word(s, i)).collect::<Vec<_>>().join(" ");
    d.sentences.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check_tokens(text: &str, want: &str) {
    assert_eq!(tokens(text), want);
}

#[test]
fn tokens_are_those_of_the_treebanks() {
    check_tokens("They don't know Ruritania's plan.", "They do n't know Ruritania 's plan .");
    check_tokens("The envoys’ talks can’t go on, she’d say.", "The envoys ’ talks ca n’t go on , she ’d say .");
    check_tokens("A well-known pro-unity co-chair", "A well - known pro-unity co-chair");
    check_tokens("It cost $1,250.50 (or 3.5%) in 2019-20.", "It cost $ 1,250.50 ( or 3.5 % ) in 2019 - 20 .");
    check_tokens("Bashar al-Nour met Kim Jong-un", "Bashar al - Nour met Kim Jong-un");
    check_tokens(
        "See https://example.org/a-b, or write to a.b@example.org.",
        "See https://example.org/a-b , or write to a.b@example.org .",
    );
    check_tokens("They cannot wait... until 5pm", "They can not wait ... until 5 pm");
}

#[test]
fn sentences_end_where_they_should() {
    check_tokens("Gen. A. B. Smith left. He slept.", "Gen. A. B. Smith left .\nHe slept .");
    check_tokens("MR. SMITH: Yes.", "MR. SMITH : Yes .");
    check_tokens("The U.S. Senate met. It voted.", "The U.S. Senate met .\nIt voted .");
    check_tokens("He lives in the U.S. She does not.", "He lives in the U.S.\nShe does not .");
    check_tokens("“We agree,” he said. “Do you?” She nodded.", "“ We agree , ” he said .\n“ Do you ? ”\nShe nodded .");
    check_tokens("It grew by 3.2 percent on Sept. 5 at No. 10.", "It grew by 3.2 percent on Sept. 5 at No. 10 .");
}

#[test]
fn line_breaks_inside_sentences_are_mended() {
    check_tokens(
        "The minister said that\nthey would meet.\n\nThey met.",
        "The minister said that they would meet .\nThey met .",
    );
    check_tokens("A heading\nThey met.", "A heading\nThey met .");
    check_tokens("The president met with\nRufus Firefly.", "The president met with Rufus Firefly .");
    check_tokens("He thanked Mr\nFirefly.", "He thanked Mr Firefly .");
    check_tokens(
        "In Fredville, the president will speak about the bridge with Rufus\nFirefly of Freedonia.",
        "In Fredville , the president will speak about the bridge with Rufus Firefly of Freedonia .",
    );
    check_tokens("President of Sylvania Ana\nTrentino : Welcome.", "President of Sylvania Ana Trentino : Welcome .");
    check_tokens(
        "Statement of the Foreign Ministry of Freedonia on the Bridge over the River\nThe bridge stands.",
        "Statement of the Foreign Ministry of Freedonia on the Bridge over the River\nThe bridge stands .",
    );
    check_tokens("Ana\nTrentino: Welcome.", "Ana Trentino : Welcome .");
    check_tokens(
        "Firefly informed Finance Minister Ana\nTrentino of Sylvania.",
        "Firefly informed Finance Minister Ana Trentino of Sylvania .",
    );
    check_tokens("Meeting with Ana Trentino\nFirefly thanked her.", "Meeting with Ana Trentino\nFirefly thanked her .");
    check_tokens(
        "Documents were signed in Klow\nPresident Firefly: Welcome.",
        "Documents were signed in Klow\nPresident Firefly : Welcome .",
    );
}

#[track_caller]
fn check_dateline(text: &str, dateline: Option<&str>, first: &str) {
    let d = read("", text);
    assert_eq!(d.dateline.map(|s| s.of(&d.article.text)), dateline);
    assert_eq!(d.sentences.first().map(|s| s.span.of(&d.article.text)), Some(first));
}

#[test]
fn datelines_are_set_aside() {
    check_dateline("STRELSAU, Ruritania - The king left.", Some("STRELSAU, Ruritania -"), "The king left.");
    check_dateline("STRELSAU – Envoys met.", Some("STRELSAU –"), "Envoys met.");
    check_dateline("STRELSAU, May 5 (Agency) -- Envoys met.", Some("STRELSAU, May 5 (Agency) --"), "Envoys met.");
    check_dateline("(Agency) - Envoys met.", Some("(Agency) -"), "Envoys met.");
    check_dateline("Strelsau, Ruritania — Envoys met.", Some("Strelsau, Ruritania —"), "Envoys met.");
    check_dateline("The talks – long awaited – began.", None, "The talks – long awaited – began.");
    check_dateline("Ties improved - and trade grew.", None, "Ties improved - and trade grew.");
}

#[test]
fn trimmings_are_left_out() {
    let text = "The king left.\nLeave a Comment\nThe queen in Strelsau [Courtesy of the palace]\n• She stayed.\nShare this\nPhoto by Hugo Zander/LNA";
    check_tokens(text, "The king left .\nThe queen in Strelsau\nShe stayed .");
}

#[test]
fn a_plain_sentence_is_parsed() {
    let d = read("", "The minister visited Strelsau on Monday.");
    let s = &d.sentences[0];
    let row =
        |i: usize| (&*s.tokens[i].lemma, s.tokens[i].upos, s.tokens[i].xpos, s.tokens[i].head, s.tokens[i].deprel);
    assert_eq!(row(1), ("minister", Upos::Noun, "NN", 2, Deprel::Nsubj));
    assert_eq!(row(2), ("visit", Upos::Verb, "VBD", 2, Deprel::Root));
    assert_eq!(row(3), ("Strelsau", Upos::Propn, "NNP", 2, Deprel::Obj));
    assert_eq!(row(5), ("Monday", Upos::Propn, "NNP", 2, Deprel::Obl));
}

#[test]
fn the_title_comes_first() {
    let d = read("King visits Strelsau", "The king came.");
    assert_eq!(d.sentences.iter().map(|s| s.field).collect::<Vec<_>>(), [Field::Title, Field::Text]);
}

#[test]
fn what_is_written_can_be_read() {
    let d = read("King visits Strelsau", "The king doesn’t know.\n\nHe came.");
    let trees = conllu::read(&conllu::write(&d)).unwrap();
    assert_eq!(trees.len(), d.sentences.len());
    for (tree, s) in trees.iter().zip(&d.sentences) {
        for (i, (w, t)) in tree.words.iter().zip(&s.tokens).enumerate() {
            assert_eq!((w.form.as_str(), &*w.lemma, w.upos, w.xpos), (d.word(s, i), &*t.lemma, t.upos, t.xpos));
            assert_eq!((w.head, w.deprel), (t.head, t.deprel));
        }
    }
}

#[test]
fn multiword_tokens_and_empty_nodes_are_read() {
    let text = "# text = don't go\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n\
                2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n2.1\tx\tx\tX\tFW\t_\t_\t_\t_\t_\n3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n";
    let trees = conllu::read(text).unwrap();
    let spaces: Vec<bool> = trees[0].words.iter().map(|w| w.space_after).collect();
    assert_eq!((trees[0].comment("text"), spaces), (Some("don't go"), vec![false, true, true]));
    let kept = "# text = don't go\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n\
                2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n";
    assert_eq!(conllu::write_trees(&trees), kept, "the multiword token stays, the empty node does not");
    assert_eq!(
        conllu::read("2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n").unwrap_err().to_string(),
        "line 1: the words 2-3 stand where word 1 is due"
    );
    assert_eq!(conllu::read("1\ta\n").unwrap_err().to_string(), "line 1: a word has 10 columns, this line has 2");
}

/// Three sentences of our own, to learn by heart.
const TREEBANK: &str = "\
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_
2\tking\tking\tNOUN\tNN\t_\t3\tnsubj\t_\t_
3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
4\tenvoys\tenvoy\tNOUN\tNNS\t_\t3\tobj\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

1\tEnvoys\tenvoy\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\t_
4\tking\tking\tNOUN\tNN\t_\t2\tobj\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tKings\tking\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

";

#[test]
fn training_learns_and_repeats_itself() {
    let trees: Vec<_> = std::iter::repeat_n(conllu::read(TREEBANK).unwrap(), 3).flatten().collect();
    let config = Config { epochs: 30, batch: 12, dropout: 0.0, word_dropout: 0.0, ..Config::default() };
    let train =
        || train::train(Lessons { gold: &trees, made: &[] }, &Vectors::default(), &config, None, |_, _| {}).unwrap();
    let model = train();
    let scores = evaluate::evaluate(&model, trees.iter());
    assert_eq!((scores.words, scores.upos, scores.lemma, scores.las), (39, 39, 39, 39));
    let bytes = model.to_bytes();
    assert!(bytes == train().to_bytes(), "the same configuration gave other bytes");
    let mut read = trees.clone();
    Nlp::from_bytes(&bytes).unwrap().annotate(&mut read);
    assert_eq!(read, trees);
    assert!(Nlp::from_bytes(&bytes[..bytes.len() / 2]).is_err());
}

#[test]
fn long_texts_take_linear_time() {
    for text in ["a".repeat(2_000_000), "word ".repeat(20_000), "\"(".repeat(200_000), "A. ".repeat(50_000)] {
        assert_sound(&read("", &text));
    }
}

/// Spans lie in order inside the text, and trees are trees with one root.
fn assert_sound(d: &Document) {
    let mut last = (Field::Title, 0);
    for s in &d.sentences {
        assert!(!s.tokens.is_empty());
        for (i, t) in s.tokens.iter().enumerate() {
            assert!(!d.word(s, i).trim().is_empty() && !t.lemma.is_empty());
            assert!((s.field, t.span.start) >= last, "tokens overlap");
            last = (s.field, t.span.end);
        }
        assert_eq!((s.span.start, s.span.end), (s.tokens[0].span.start, s.tokens[s.tokens.len() - 1].span.end));
        assert_eq!(s.tokens.iter().enumerate().filter(|(i, t)| t.head == *i).count(), 1);
        for start in 0..s.tokens.len() {
            let path = std::iter::successors(Some(start), |&i| Some(s.tokens[i].head));
            assert!(path.take(s.tokens.len() + 1).any(|i| i == s.root()), "a token that the root does not reach");
        }
    }
}

/// A random projective tree: each word hangs on a word of the stretch it splits.
fn projective(len: usize) -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(any::<prop::sample::Index>(), len).prop_map(move |choices| {
        let mut heads = vec![0; len];
        let mut open = vec![(0, len, None)];
        let mut choice = choices.into_iter();
        while let Some((from, to, head)) = open.pop() {
            let Some(pick) = (from < to).then(|| choice.next()).flatten() else { continue };
            let word = from + pick.index(to - from);
            heads[word] = head.unwrap_or(word);
            // A stretch on one side of its head may hold several children: split off the rest for the same head.
            let left = word.checked_sub(1).filter(|_| head.is_some_and(|h| h > word) && word > from);
            open.push((from, word, Some(if left.is_some_and(|l| l % 2 == 0) { head.unwrap_or(word) } else { word })));
            open.push((word + 1, to, Some(word)));
        }
        heads
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_becomes_a_document(title in "\\PC{0,40}", text in "(\\PC|[ \n\r\t\u{ad}\u{200b}’“.,'-]|[A-Za-z0-9 ]{1,8}){0,120}") {
        assert_sound(&read(&title, &text));
    }

    #[test]
    fn news_like_text_keeps_every_letter(words in proptest::collection::vec("[A-Z]?[a-z]{1,7}['’s.,-]{0,3}", 1..60)) {
        let text = format!("We say {}", words.join(" "));
        let d = read("", &text);
        let seen: String = d.sentences.iter().flat_map(|s| (0..s.tokens.len()).map(|i| d.word(s, i))).collect();
        prop_assert_eq!(seen, text.replace(' ', ""));
    }

    #[test]
    fn the_oracle_rebuilds_projective_trees(heads in (1usize..30).prop_flat_map(projective)) {
        let labels: Vec<u8> = (0..heads.len() as u8).collect();
        let gold = Gold::new(&heads, &labels);
        let mut state = State::new(heads.len());
        while !state.done() {
            let best = gold.best(&state)[0];
            prop_assert_eq!(gold.cost(&state, best), 0);
            state.take(best);
        }
        for (i, &head) in heads.iter().enumerate() {
            let found = state.heads.get(state.heads[i] as usize).map_or(i, |_| state.heads[i] as usize);
            prop_assert_eq!((found, found == i || state.labels[i] == i as u8), (head, true));
        }
    }
}
