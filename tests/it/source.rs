//! Reading inputs: every format, every packing, and all that goes wrong.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use diplograph::model::Article;
use diplograph::source::{Item, Options, Skip, SkipKind, articles};
use jiff::civil::date;
use tempfile::TempDir;

const TEXT: &str = "Marlia's president met the prime minister of Tolvene on Sunday.\nThey signed a treaty.\n";

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, content) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    dir
}

fn items(path: &Path, options: &Options) -> Vec<Item> {
    articles(&[path.to_owned()], options).unwrap().collect()
}

/// The articles and the skips, places without the folder.
fn sorted(dir: &Path, items: Vec<Item>) -> (Vec<Article>, Vec<Skip>) {
    let mut both = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Article(a) => both.0.push(a),
            Item::Skipped(mut s) => {
                s.place = s.place.replace(&format!("{}/", dir.display()), "");
                both.1.push(s);
            }
            Item::Noted(_) => {}
        }
    }
    both
}

fn read(files: &[(&str, &[u8])]) -> (Vec<Article>, Vec<Skip>) {
    let dir = folder(files);
    sorted(dir.path(), items(dir.path(), &Options::default()))
}

fn only(name: &str, content: &[u8]) -> Article {
    let (mut articles, skips) = read(&[(name, content)]);
    assert_eq!(skips, [], "{name}");
    assert_eq!(articles.len(), 1, "{name}");
    articles.remove(0)
}

fn skip(name: &str, content: &[u8]) -> Skip {
    let (articles, mut skips) = read(&[(name, content)]);
    assert_eq!(articles, [], "{name}");
    assert_eq!(skips.len(), 1, "{name}: {skips:?}");
    skips.remove(0)
}

fn sample() -> Article {
    Article {
        id: "a".to_owned(),
        title: Some("Two leaders meet".to_owned()),
        date: Some(date(2022, 5, 8)),
        source: Some("Tolvene Daily".to_owned()),
        url: Some("https://example.org/a".to_owned()),
        text: TEXT.to_owned(),
    }
}

#[test]
fn plain_text() {
    let head = "Two leaders meet\n";
    let rows = [
        ("headers", format!("{head}URL: https://example.org/a\nDate: 8 May 2022\nSource: Tolvene Daily\n\n{TEXT}")),
        (
            "blanks",
            format!("\n{head}\ndate: May 8, 2022\n\nSource: Tolvene Daily\nurl: https://example.org/a\n\n\n{TEXT}"),
        ),
    ];
    for (what, content) in rows {
        assert_eq!(only("a.txt", content.as_bytes()), sample(), "{what}");
    }
    let bare = only("a.txt", format!("{head}\n{TEXT}").as_bytes());
    assert_eq!(bare, Article { date: None, source: None, url: None, ..sample() });
    assert_eq!(only("a.txt", b"Marlia attacked Tolvene.").text, "Marlia attacked Tolvene.");
}

#[test]
fn json_in_its_shapes() {
    let object = serde_json::json!({"id": "a", "title": "Two leaders meet", "date": "2022-05-08", "source": "Tolvene Daily",
        "url": "https://example.org/a", "text": TEXT});
    let other = serde_json::json!({"headline": "Two leaders meet", "publishedAt": "2022-05-08T10:00:00Z", "text": null,
        "source": {"id": null, "name": "Tolvene Daily"}, "link": "https://example.org/a", "content": TEXT});
    for (name, content) in [
        ("a.json", object.to_string()),
        ("a.json", other.to_string()),
        ("b.json", serde_json::json!([object]).to_string()),
        ("b.json", serde_json::json!({"status": "ok", "articles": [object]}).to_string()),
        ("b.jsonl", format!("{object}\n")),
        ("b.json", format!("{object}\n\n")),
        ("b", format!("{object}\r\n")),
    ] {
        assert_eq!(only(name, content.as_bytes()), sample(), "{name} {content}");
    }
    let (rows, skips) = read(&[("b.jsonl", format!("{other}\n\n{other}\n").as_bytes())]);
    assert_eq!(rows.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["b-1", "b-3"]);
    assert_eq!(skips, []);
}

#[test]
fn tables() {
    let rows = [
        format!(
            "id,title,date,source,url,text\na,Two leaders meet,2022-05-08,Tolvene Daily,https://example.org/a,\"{TEXT}\"\n"
        ),
        format!(
            "Body;Headline;Publication Date;Publisher;Link;ID\n\"{TEXT}\";Two leaders meet;8 May 2022;Tolvene Daily;https://example.org/a;a\n"
        ),
        format!(
            "\u{FEFF}uid\theadline\tpub_date\tsource\turl\ttext\na\tTwo leaders meet\t8 May 2022\tTolvene Daily\thttps://example.org/a\t\"{TEXT}\"\n"
        ),
    ];
    for content in rows {
        assert_eq!(only("b.csv", content.as_bytes()), sample(), "{content}");
        assert_eq!(only("b", content.as_bytes()), sample(), "sniffed: {content}");
    }
}

#[test]
fn packed_files_are_told_by_their_bytes() {
    let plain =
        format!("Two leaders meet\nDate: 8 May 2022\nSource: Tolvene Daily\nURL: https://example.org/a\n\n{TEXT}");
    for (name, bytes) in packed(plain.as_bytes()) {
        assert_eq!(only(&format!("a.txt.{name}"), &bytes), sample(), "{name}");
        assert_eq!(only("a.txt", &bytes), sample(), "{name} without its extension");
        let cut = skip("a.txt", &bytes[..bytes.len() / 2]);
        assert!(cut.why.contains("cut off"), "{name}: {cut}");
    }
}

/// The same bytes in every packing.
fn packed(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    let mut xz = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(0)).unwrap();
    xz.write_all(bytes).unwrap();
    let zst = zstd::encode_all(bytes, 1).unwrap();
    vec![("gz", gz.finish().unwrap()), ("xz", xz.finish().unwrap()), ("zst", zst)]
}

#[test]
fn folders_are_read_in_order_and_ids_are_unique() {
    let (articles, skips) = read(&[
        ("b/report.txt", b"T\n\nSecond."),
        ("a/report.txt", b"T\n\nFirst."),
        ("c/report-2.md.txt", b"T\n\nThird."),
        (".hidden/x.txt", b"T\n\nNever."),
    ]);
    let found: Vec<(&str, &str)> = articles.iter().map(|a| (a.id.as_str(), a.text.as_str())).collect();
    assert_eq!(found, [("report", "First."), ("report-2", "Second."), ("report-2.md", "Third.")]);
    assert_eq!(skips, []);
}

#[test]
fn options_fill_in_what_is_lacking() {
    let dir =
        folder(&[("a.jsonl", br#"{"words": "Marlia left.", "text": "no"}"#), ("b.txt", b"T\nDate: 1 May 2020\n\nX.")]);
    let options = Options {
        map: vec![("text".to_owned(), "words".to_owned())],
        date: Some(date(2021, 1, 1)),
        source: Some("Wire".to_owned()),
        ..Options::default()
    };
    let (found, _) = sorted(dir.path(), items(dir.path(), &options));
    assert_eq!((found[0].text.as_str(), found[0].date), ("Marlia left.", Some(date(2021, 1, 1))));
    assert_eq!((found[1].source.as_deref(), found[1].date), (Some("Wire"), Some(date(2020, 5, 1))));
    let wrong = Options { map: vec![("txt".to_owned(), "x".to_owned())], ..Options::default() };
    assert!(articles(&[dir.path().to_owned()], &wrong).is_err());
}

#[test]
fn a_missing_input_is_an_error_with_a_hint() {
    let dir = folder(&[("report.txt", b"x")]);
    let missing = dir.path().join("reprot.txt");
    let error = articles(&[PathBuf::from("-"), missing], &Options::default()).err().unwrap();
    assert!(error.to_string().contains("no such file"), "{error}");
    assert!(error.next_step().unwrap().contains("report.txt"), "{error:?}");
}

#[test]
fn one_bad_row_stops_nothing() {
    let mut lines: Vec<String> = (1..=9).map(|n| format!(r#"{{"text": "Row {n}."}}"#)).collect();
    lines[6] = r#"{"text": "#.to_owned();
    let (articles, skips) = read(&[("file.jsonl", lines.join("\n").as_bytes())]);
    assert_eq!(articles.len(), 8);
    assert_eq!((skips[0].place.as_str(), skips[0].kind), ("file.jsonl:7", SkipKind::Unreadable));
    let (articles, skips) = read(&[("t.csv", b"id,text\n1,One.\n2\n3,Th\0ree.\n4,Four.\n5,\n")]);
    assert_eq!(articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["1", "4"]);
    let places: Vec<(&str, SkipKind)> = skips.iter().map(|s| (s.place.as_str(), s.kind)).collect();
    use SkipKind::{Empty, Unreadable};
    assert_eq!(places, [("t.csv:3", Unreadable), ("t.csv:4", Unreadable), ("t.csv:6", Empty)]);
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/source").join(name)
}

/// The articles of one of the sample files.
fn sample_file(name: &str) -> Vec<Article> {
    sorted(Path::new(""), items(&file(name), &Options::default())).0
}

#[test]
fn a_web_page_gives_its_main_text_and_metadata() {
    let page = sample_file("page.html").remove(0);
    assert_eq!(page.title.as_deref(), Some("Marlia and Tolvene reopen embassies"));
    assert_eq!(page.date, Some(date(2022, 5, 8)));
    assert_eq!(page.source.as_deref(), Some("Tolvene Daily"));
    assert_eq!(page.url.as_deref(), Some("https://example.org/2022/embassies"));
    assert!(
        page.text.starts_with("Marlia’s foreign minister met her counterpart in Tolvene on Sunday, and"),
        "{}",
        page.text
    );
    assert!(page.text.ends_with("The ferry follows in July."), "{}", page.text);
    assert!(page.text.contains("over.\n\nThe ministers said"), "{}", page.text);
    for alien in ["Home", "attacked", "Subscribe", "color"] {
        assert!(!page.text.contains(alien), "{}", page.text);
    }
    let short = sample_file("ld.html").remove(0);
    assert_eq!(short.text, "Orvane recalled its envoy from Marlia.");
    assert_eq!((short.date, short.source.as_deref()), (Some(date(2019, 3, 2)), Some("Strait Wire")));
    assert_eq!(short.url.as_deref(), Some("https://example.org/envoy"));
    assert_eq!(short.title.as_deref(), Some("Orvane recalls its envoy"));
}

#[test]
fn html_soup_gives_all_its_text() {
    let deep = format!("{}<p>Marlia met Tolvene.", "<div>".repeat(1_500));
    assert_eq!(only("a.html", deep.as_bytes()).text, "Marlia met Tolvene.");
    let soup = "<b><table><p>Marlia <i>met</b> Tolvene</table></div></p><script>if (a < b) {";
    let text = only("a.html", soup.as_bytes()).text;
    assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), "Marlia met Tolvene");
}

#[test]
fn markdown_marks_become_blanks() {
    let report = sample_file("report.md").remove(0);
    assert_eq!((report.title.as_deref(), report.date), (Some("Orvane mediates"), Some(date(2019, 3, 2))));
    assert_eq!(
        (report.source.as_deref(), report.url.as_deref()),
        (Some("Strait Wire"), Some("https://example.org/mediates"))
    );
    let words: Vec<&str> = report.text.split_whitespace().collect();
    let expected = "Orvane invited Marlia and Tolvene to talks. The talks begin on Monday. They cost 3 4 days.";
    assert_eq!(words.join(" "), expected);
    let file = std::fs::read_to_string(file("report.md")).unwrap();
    let body = &file[file.find("**Orvane").unwrap()..];
    assert_eq!(report.text.chars().count(), body.chars().count(), "offsets stay those of the file");
    let plain = only("a.md", b"Heading\n=======\nDate: 1 May 2020\n\nMarlia_s snake_case -5 degrees.");
    assert_eq!((plain.title.as_deref(), plain.date), (Some("Heading"), Some(date(2020, 5, 1))));
    assert_eq!(plain.text, "Marlia_s snake_case -5 degrees.");
}

#[test]
fn feeds_give_an_article_an_entry() {
    let rss = sample_file("feed.rss");
    let first = Article {
        id: "wire-1".to_owned(),
        title: Some("Marlia & Tolvene sign".to_owned()),
        date: Some(date(2022, 5, 8)),
        source: Some("Strait Wire".to_owned()),
        url: Some("https://example.org/1".to_owned()),
        text: "Marlia signed a treaty with Tolvene.\n\nOrvane’s king was there.".to_owned(),
    };
    assert_eq!(rss[0], first);
    assert_eq!((rss[1].id.as_str(), rss[1].text.as_str()), ("feed-2", "Orvane protested at sea."));
    assert_eq!(rss.len(), 2, "the third has no text");
    let atom = sample_file("feed.atom").remove(0);
    assert_eq!((atom.date, atom.text.as_str()), (Some(date(2022, 5, 8)), "Marlia signed a treaty with Tolvene."));
}

#[test]
fn parquet_with_foreign_names_and_types() {
    let bytes = parquet_file(&["One.", "Two."]);
    let (found, skips) = read(&[("t.parquet", &bytes), ("u", &packed(&bytes)[0].1)]);
    assert_eq!(skips, []);
    let ids: Vec<(&str, &str, _)> = found.iter().map(|a| (a.id.as_str(), a.text.as_str(), a.date)).collect();
    let day = Some(date(2022, 5, 8));
    assert_eq!(ids, [("t-1", "One.", day), ("t-2", "Two.", day), ("u-1", "One.", day), ("u-2", "Two.", day)]);
    let broken = skip("t.parquet", &bytes[..bytes.len() - 3]);
    assert!(broken.why.contains("Parquet"), "{broken}");
}

/// A table of two columns, `Body` and a date.
fn parquet_file(texts: &[&str]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    use parquet::file::{properties::WriterProperties, writer::SerializedFileWriter};
    use parquet::schema::parser::parse_message_type;
    let schema =
        parse_message_type("message m { required binary Body (UTF8); required int32 published (DATE); }").unwrap();
    let mut out = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut out, schema.into(), WriterProperties::builder().build().into()).unwrap();
    for text in texts {
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(*text)], None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&[19120], None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
    }
    writer.close().unwrap();
    out
}

#[test]
fn encodings() {
    let text = "Title\n\nMünchen’s envoy met “Zoë” in Orvane — again.";
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let le: Vec<u8> = utf16.iter().flat_map(|u| u.to_le_bytes()).collect();
    let be: Vec<u8> = utf16.iter().flat_map(|u| u.to_be_bytes()).collect();
    let cp1252 = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    for (what, bytes) in [
        ("utf-8", text.as_bytes().to_vec()),
        ("utf-8 with mark", marked(b"\xEF\xBB\xBF", text.as_bytes())),
        ("utf-16le", marked(b"\xFF\xFE", &le)),
        ("utf-16be", marked(b"\xFE\xFF", &be)),
        ("utf-16le without mark", le.clone()),
        ("utf-16be without mark", be.clone()),
        ("windows-1252", cp1252),
    ] {
        let found = only("a.txt", &bytes);
        assert_eq!((found.title.as_deref(), Some(&*found.text)), (Some("Title"), text.split("\n\n").nth(1)), "{what}");
    }
    let page =
        "<html><head><meta charset=iso-8859-2><title>Łódź talks</title></head><body><p>Łódź hosts Orvane.</p></body>";
    let bytes = encoding_rs::ISO_8859_2.encode(page).0;
    assert_eq!(only("a.html", &bytes).text, "Łódź hosts Orvane.");
    let rows = "id,text\n1,Łódź hosts Orvane.\n";
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(rows.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(only("a.csv", &wide).text, "Łódź hosts Orvane.");
}

#[test]
fn other_languages_are_skipped_and_short_texts_pass() {
    let foreign = [
        "Der Präsident von Marlia traf am Sonntag den Ministerpräsidenten von Tolvene. Beide unterzeichneten einen Vertrag über \
         die Zusammenarbeit an der Grenze, der im nächsten Jahr in Kraft treten soll, wie ein Sprecher der Regierung nach den Gesprächen in der Hauptstadt mitteilte.",
        "Le président de Marlia a rencontré dimanche le premier ministre de Tolvene. Ils ont signé un traité sur la \
         coopération à la frontière qui doit entrer en vigueur l'année prochaine, selon un porte-parole du gouvernement à l'issue des entretiens dans la capitale.",
        "Президент Марлии встретился в воскресенье с премьер-министром Толвене.",
        "马利亚总统周日会见了托尔文总理。双方签署了一项条约。",
        "التقى رئيس مارليا يوم الأحد رئيس وزراء تولفيني ووقعا معاهدة بشأن التعاون على الحدود من المقرر أن تدخل حيز التنفيذ في \
         العام المقبل بحسب ما أعلنه المتحدث الرسمي باسم الحكومة في العاصمة",
    ];
    for text in foreign {
        assert_eq!(skip("a.txt", format!("T\n\n{text}").as_bytes()).kind, SkipKind::NotEnglish, "{text}");
    }
    let names = "Xi Jinping, Nguyen Phu Trong, Recep Tayyip Erdogan and Aleksandar Vucic met Ilham Aliyev, Gurbanguly \
                 Berdimuhamedow and Kassym-Jomart Tokayev in Ashgabat, Nursultan Nazarbayev said.";
    for text in ["Guten Morgen.", names] {
        assert_eq!(only("a.txt", text.as_bytes()).text, text);
    }
}

#[test]
fn what_cannot_be_read_is_skipped_with_a_reason() {
    let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let json = "[".repeat(100_000);
    let deep = "<div>".repeat(100_000);
    for (name, content, kind, why) in [
        ("a.txt", &b""[..], SkipKind::Empty, "no text"),
        ("a.txt", b"Title\nDate: 1 May 2020\n\n \n", SkipKind::Empty, "no text"),
        ("a.jsonl", br#"{"title": "T", "text": " "}"#, SkipKind::Empty, "no text"),
        ("a.html", b"<html><body></body></html>", SkipKind::Empty, "no text"),
        ("a.txt", &noise, SkipKind::Unreadable, "binary"),
        ("a.json", b"\0\0\0\0\0\0", SkipKind::Unreadable, "binary"),
        ("a", b"%PDF-1.7 x", SkipKind::Unreadable, "PDF"),
        ("a.csv", b"id,words\n1,x\n", SkipKind::Unreadable, "--map"),
        ("a.json", br#"{"words": "x"}"#, SkipKind::Unreadable, "--map"),
        ("a.json", b"{\n\"text\": \"x\"\n\"y\": 1}", SkipKind::Unreadable, "column"),
        ("a.json", b"[1]", SkipKind::Unreadable, "object"),
        ("a.json", json.as_bytes(), SkipKind::Unreadable, "recursion"),
        ("a.html", deep.as_bytes(), SkipKind::Unreadable, "nested"),
        ("a.rss", b"<rss><channel>", SkipKind::Unreadable, "feed"),
        ("a.parquet", b"PAR1 but no more", SkipKind::Unreadable, "Parquet"),
    ] {
        let skip = skip(name, content);
        assert!(skip.kind == kind && skip.why.contains(why), "{name}: {skip:?}");
    }
}

#[test]
fn hopeless_files_are_given_up_soon() {
    let (_, skips) = read(&[("a.jsonl", "no json\n".repeat(5000).as_bytes())]);
    assert_eq!(skips.len(), 100);
    assert!(skips[99].why.contains("giving"), "{}", skips[99]);
}

#[test]
fn long_lines_and_bombs() {
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"Short.\"}}\n", "Marlia met Tolvene. ".repeat(500_000));
    let (found, skips) = read(&[("a.jsonl", long.as_bytes())]);
    assert_eq!((found.len(), found[0].text.len(), skips.len()), (2, 10_000_000, 0));
    let bomb = zstd::encode_all(std::io::repeat(b' ').take(40 << 20), 1).unwrap();
    let skip = skip("a.txt.zst", &bomb);
    assert!(skip.why.contains("larger than 32 MiB"), "{skip}");
}

#[cfg(unix)]
#[test]
fn links_neither_loop_nor_multiply() {
    use std::os::unix::fs::symlink;
    let dir = folder(&[("a/x.txt", b"T\n\nX."), ("b/y.txt", b"T\n\nY.")]);
    symlink(dir.path(), dir.path().join("a/up")).unwrap();
    symlink(dir.path().join("b"), dir.path().join("a/z")).unwrap();
    symlink("nowhere", dir.path().join("broken")).unwrap();
    let (found, skips) = sorted(dir.path(), items(dir.path(), &Options::default()));
    assert_eq!(found.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["x", "y"]);
    let places: Vec<&str> = skips.iter().map(|s| s.place.as_str()).collect();
    assert_eq!(places, ["a/up", "b", "broken"]);
    assert!(skips[0].why.contains("leads back"), "{}", skips[0]);
}

#[test]
fn an_unreadable_date_is_a_note() {
    let dir = folder(&[("a.txt", b"T\nDate: next week\n\nX.")]);
    let found = items(dir.path(), &Options::default());
    assert!(matches!(&found[0], Item::Noted(n) if n.what.contains("next week")), "{found:?}");
    assert!(matches!(&found[1], Item::Article(a) if a.date.is_none()), "{found:?}");
}

mod coded_rows {
    use super::*;
    use diplograph::model::{Relation, Status};
    use diplograph::source::coded::{self, BY_HAND, COLUMNS, CodedRow, TEMPLATE};

    fn rows(content: &[u8]) -> Vec<diplograph::error::Result<CodedRow>> {
        let dir = folder(&[("f.csv", content)]);
        let sheet = coded::read(&dir.path().join("f.csv")).unwrap();
        sheet.rows.into_iter().map(|r| r.map(|written| written.row)).collect()
    }

    fn header_error(content: &[u8]) -> diplograph::error::Error {
        let dir = folder(&[("f.csv", content)]);
        coded::read(&dir.path().join("f.csv")).err().unwrap()
    }

    #[test]
    fn a_round_trip_loses_nothing() {
        let content = std::fs::read(file("facts.csv")).unwrap();
        let first: Vec<CodedRow> = rows(&content).into_iter().map(Result::unwrap).collect();
        assert_eq!(first.len(), 3);
        assert_eq!((first[0].line, first[0].source.name.as_str()), (3, "Ada Orlo, president"));
        assert_eq!((first[1].status, first[1].mutual, first[1].confidence), (Status::Asserted, true, 0.75));
        assert_eq!(first[2].date.unwrap().to_string(), "2019/2023");
        let mut out = Vec::new();
        coded::write(&first, &mut out).unwrap();
        let again: Vec<CodedRow> = rows(&out).into_iter().map(|r| CodedRow { line: 0, ..r.unwrap() }).collect();
        let first: Vec<CodedRow> = first.into_iter().map(|r| CodedRow { line: 0, ..r }).collect();
        assert_eq!(again, first);
    }

    #[test]
    fn rows_stand_where_the_sheet_says() {
        let content = "\u{feff}relation,source,target,citation\r\n\r\n# é\r\nmeet,A,\"B\r\nC\",é\r\n\r\nmeet,D,E,\r\n";
        let dir = folder(&[("f.csv", content.as_bytes())]);
        let sheet = coded::read(&dir.path().join("f.csv")).unwrap();
        let written: Vec<_> = sheet.rows.into_iter().map(Result::unwrap).collect();
        let words: Vec<&str> = written.iter().map(|w| &sheet.text[w.span.clone()]).collect();
        assert_eq!(words, ["meet,A,\"B\r\nC\",é", "meet,D,E,"]);
        assert_eq!(written.iter().map(|w| w.row.line).collect::<Vec<_>>(), [4, 7]);
    }

    #[test]
    fn the_template_reads_as_no_rows() {
        assert!(rows(TEMPLATE.as_bytes()).is_empty());
        assert_eq!(TEMPLATE.lines().next(), Some(COLUMNS[..BY_HAND].join(",").as_str()));
    }

    #[test]
    fn wrong_rows_say_where_and_what() {
        let found = rows(b"target;relation;source;date\nB;met;A;\nB;meet;A;soon\n;meet;A;\nB;Meet;A;8 May 2022\n");
        let errors: Vec<String> = found.iter().filter_map(|r| r.as_ref().err()).map(ToString::to_string).collect();
        assert_eq!(errors.len(), 3);
        assert!(errors[0].contains("f.csv:2: no relation 'met'"), "{}", errors[0]);
        assert!(errors[1].contains("f.csv:3: 'soon' is not a date"), "{}", errors[1]);
        assert!(errors[2].contains("f.csv:4: no target"), "{}", errors[2]);
        assert_eq!(found[0].as_ref().err().unwrap().next_step(), Some("did you mean 'meet'?"));
        assert_eq!(found[3].as_ref().unwrap().relation, Relation::named("meet").unwrap());
    }

    #[test]
    fn a_wrong_header_is_said_at_once() {
        assert!(header_error(b"relation,source\n").to_string().contains("no column 'target'"));
        let typo = header_error(b"relation,sorce,target\n");
        assert!(typo.next_step().unwrap().contains("'source'"), "{typo:?}");
        assert!(header_error(b"relation,source,target,source\n").to_string().contains("two columns"));
        assert!(header_error(b"").to_string().contains("no column"));
    }
}

mod arbitrary {
    use super::*;
    use diplograph::source::{Format, coded};
    use proptest::prelude::*;

    /// Reads the bytes as that format, whatever they are.
    fn survive(format: Format, bytes: &[u8]) {
        let dir = folder(&[("f", bytes)]);
        let options = Options { from: Some(format), ..Options::default() };
        for item in items(dir.path(), &options) {
            if let Item::Article(article) = item {
                assert!(!article.text.trim().is_empty());
            }
        }
        if let Ok(sheet) = coded::read(&dir.path().join("f")) {
            for written in sheet.rows.into_iter().flatten() {
                assert!(!sheet.text[written.span].trim().is_empty());
            }
        }
    }

    /// Sound inputs to spoil, one of each format.
    fn sound(format: Format) -> Vec<u8> {
        let name = match format {
            Format::Html => "page.html",
            Format::Markdown => "report.md",
            Format::Csv => "facts.csv",
            Format::Feed => "feed.rss",
            Format::Parquet => return parquet_file(&["One.", "Two."]),
            Format::Json | Format::Jsonl => return br#"{"id": "a", "text": "Marlia met \u00e9 Tolvene."}"#.to_vec(),
            Format::Txt => return b"T\nDate: 8 May 2022\n\nX.".to_vec(),
        };
        std::fs::read(file(name)).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            Format::ALL.into_iter().for_each(|f| survive(f, &bytes));
        }

        #[test]
        fn words_never_panic(text in "[-\\[\\]()<>!#*_`{}:;,\"'=+a-z/&é \n\t]{0,200}") {
            Format::ALL.into_iter().for_each(|f| survive(f, text.as_bytes()));
        }

        #[test]
        fn spoilt_files_never_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut: prop::sample::Index) {
            for format in Format::ALL {
                let mut bytes = sound(format);
                for (at, byte) in &changes {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
                survive(format, &bytes);
                survive(format, &bytes[..cut.index(bytes.len())]);
                let packed = packed(&bytes);
                for (_, mut bytes) in packed {
                    let at = changes[0].0.index(bytes.len());
                    bytes[at] ^= changes[0].1;
                    survive(format, &bytes);
                }
            }
        }
    }
}
