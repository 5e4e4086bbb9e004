//! CoNLL-U, the format of Universal Dependencies treebanks: a reader for what training and scoring need, and a writer
//! of documents. Features, enhanced dependencies, empty nodes and MISC (but for `SpaceAfter`) are not read.
//!
//! Format: <https://universaldependencies.org/format.html>.

use std::cmp::Ordering;
use std::fmt::Write as _;

use crate::error::{Error, Result};
use crate::model::{Deprel, Document, Sentence, Upos, XPOS};

/// A word of a treebank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: Upos,
    pub xpos: &'static str,
    /// Index of the word that it hangs on; its own index for the root.
    pub head: usize,
    pub deprel: Deprel,
    /// Whether white space follows in the text.
    pub space_after: bool,
}

/// A token that is written as one and holds several words: "don't".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiword {
    pub form: String,
    /// Its first word.
    pub first: usize,
    /// Its last word.
    pub last: usize,
}

/// A sentence of a treebank with the comment lines above it (without `# `).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    pub comments: Vec<String>,
    pub words: Vec<Word>,
    /// In the order of the words.
    pub multiwords: Vec<Multiword>,
}

impl Tree {
    /// The value of a comment such as `newdoc id = x`; empty for one without a value.
    pub fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|c| {
            let rest = c.strip_prefix(key)?;
            let value = rest.trim_start().strip_prefix('=').unwrap_or(rest).trim();
            (rest.is_empty() || rest.starts_with([' ', '='])).then_some(value)
        })
    }
}

/// Reads all sentences. Unknown tags and relations become `X`, `FW` and `dep`: only a broken tree or line is an error.
pub fn read(text: &str) -> Result<Vec<Tree>> {
    let mut trees = Vec::new();
    let mut tree = Tree::default();
    let mut glue = Glue::default();
    for (n, line) in text.lines().enumerate() {
        let at = |e: Error| e.at(format!("line {}", n + 1));
        if line.trim().is_empty() {
            finish(&mut tree, &mut trees).map_err(at)?;
            glue = Glue::default();
        } else if let Some(comment) = line.strip_prefix('#') {
            tree.comments.push(comment.trim().to_owned());
        } else {
            row(line, &mut tree, &mut glue).map_err(at)?;
        }
    }
    finish(&mut tree, &mut trees)?;
    Ok(trees)
}

/// The last word of a multiword token, and whether white space follows the whole: words inside it touch.
#[derive(Default)]
struct Glue {
    last: usize,
    spaced: bool,
}

fn row(line: &str, tree: &mut Tree, glue: &mut Glue) -> Result<()> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[id, form, lemma, upos, xpos, _, head, deprel, _, misc] = cells.as_slice() else {
        return Err(Error::new(format!("a word has 10 columns, this line has {}", cells.len())));
    };
    let number = |s: &str| s.parse::<usize>().map_err(|_| Error::new(format!("'{s}' is not a word's number")));
    let spaced = !misc.split('|').any(|m| m == "SpaceAfter=No");
    if let Some((first, last)) = id.split_once('-') {
        let (first, last) = (number(first)?, number(last)?);
        if first != tree.words.len() + 1 || last < first {
            return Err(Error::new(format!("the words {id} stand where word {} is due", tree.words.len() + 1)));
        }
        *glue = Glue { last, spaced };
        tree.multiwords.push(Multiword { form: form.to_owned(), first: first - 1, last: last - 1 });
        return Ok(());
    }
    if id.contains('.') {
        return Ok(());
    }
    let id = number(id)?;
    if id != tree.words.len() + 1 {
        return Err(Error::new(format!("word {} has number {id}", tree.words.len() + 1)));
    }
    let head = if head == "_" { 0 } else { number(head)? };
    tree.words.push(Word {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: Upos::named(upos).unwrap_or(Upos::X),
        xpos: xpos_named(xpos),
        head: if head == 0 { id - 1 } else { head - 1 },
        deprel: Deprel::named(deprel).unwrap_or(Deprel::Dep),
        space_after: match id.cmp(&glue.last) {
            Ordering::Less => false,
            Ordering::Equal => glue.spaced,
            Ordering::Greater => spaced,
        },
    });
    Ok(())
}

fn finish(tree: &mut Tree, trees: &mut Vec<Tree>) -> Result<()> {
    let tree = std::mem::take(tree);
    if let Some(w) = tree.words.iter().find(|w| w.head >= tree.words.len()) {
        return Err(Error::new(format!("'{}' hangs on word {}, which is not there", w.form, w.head + 1)));
    }
    if !tree.words.is_empty() {
        trees.push(tree);
    }
    Ok(())
}

/// The Penn tag of that name, as the static name that tokens carry; `FW` for one that English does not have.
pub fn xpos_named(name: &str) -> &'static str {
    XPOS.iter().find(|x| **x == name).copied().unwrap_or("FW")
}

/// Writes a document: one block a sentence, title first, with `newdoc`, `newpar`, `sent_id` and `text` comments.
pub fn write(document: &Document) -> String {
    write_trees(&trees(document))
}

/// The sentences of a document as trees with those comments.
pub fn trees(document: &Document) -> Vec<Tree> {
    let id = one_line(&document.article.id);
    let mut place = None;
    let sentences = document.sentences.iter().enumerate();
    sentences
        .map(|(n, s)| {
            let mut comments = Vec::new();
            comments.extend((n == 0).then(|| format!("newdoc id = {id}")));
            if place.replace((s.field, s.paragraph)) != Some((s.field, s.paragraph)) {
                comments.push("newpar".to_owned());
            }
            comments.push(format!("sent_id = {id}-{}", n + 1));
            comments.push(format!("text = {}", one_line(s.span.of(document.field(s.field)))));
            let words = (0..s.tokens.len()).map(|i| word(document, s, i)).collect();
            Tree { comments, words, multiwords: Vec::new() }
        })
        .collect()
}

fn word(document: &Document, sentence: &Sentence, i: usize) -> Word {
    let t = &sentence.tokens[i];
    Word {
        form: one_line(document.word(sentence, i)),
        lemma: one_line(&t.lemma),
        upos: t.upos,
        xpos: t.xpos,
        head: t.head,
        deprel: t.deprel,
        space_after: sentence.tokens.get(i + 1).is_none_or(|next| next.span.start != t.span.end),
    }
}

/// Writes trees with their comments.
pub fn write_trees(trees: &[Tree]) -> String {
    let mut out = String::new();
    for tree in trees {
        tree.comments.iter().for_each(|c| out.extend(["# ", c, "\n"]));
        let mut multiwords = tree.multiwords.iter().peekable();
        let mut inside = 0;
        for (i, w) in tree.words.iter().enumerate() {
            if let Some(m) = multiwords.next_if(|m| m.first == i) {
                let misc = misc(tree.words.get(m.last).is_none_or(|w| w.space_after));
                let _ = writeln!(out, "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", m.first + 1, m.last + 1, m.form);
                inside = m.last + 1;
            }
            let head = if w.head == i { 0 } else { w.head + 1 };
            let misc = if i < inside { "_" } else { misc(w.space_after) };
            let (form, lemma, deprel) = (&w.form, &w.lemma, w.deprel);
            let _ = writeln!(out, "{}\t{form}\t{lemma}\t{}\t{}\t_\t{head}\t{deprel}\t_\t{misc}", i + 1, w.upos, w.xpos);
        }
        out.push('\n');
    }
    out
}

fn misc(space_after: bool) -> &'static str {
    if space_after { "_" } else { "SpaceAfter=No" }
}

/// White space of any kind as single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
