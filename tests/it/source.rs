//! Reading inputs: every format, every packing, and all that goes wrong.

use std::io::Write;
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
