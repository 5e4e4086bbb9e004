//! The files of rules, `data/rules/RELATION.rules`: what words tell of a relation, and where its two sides stand.
//!
//! ```text
//! rule with                    # the name: meet/with
//!   verb    meet, confer       # or `noun`, `adj`: the lemmas that set it off; a particle may follow: carry out
//!   source  subj               # paths to the two sides: steps joined by dots, alternatives by |, tried in order
//!   target  obj | with
//!   target  deep_between        # a preposition anywhere below the trigger
//!   when    obj = tie, link    # the path leads to one of these lemmas; `unless` for the contrary
//!   status  planned            # what it is at the least certain, whatever the clause says
//! ```
//!
//! `pair PATH` in place of source and target joins every two actors that the path finds. `kinds target state igo` keeps to
//! kinds of actors (`any` takes treaties in); `places target` lets a city stand for its state; `domestic` lets both sides be of one state;
//! `home` puts the state of a person in the place of the target, `home source` in that of the source;
//! `both` gives each pair in both directions; `presupposed` takes the deed for done whatever the verb above says
//! ("condemned Russia's war on Ukraine"); `verbal` makes the speaker for a state the source; `alone` leaves out targets
//! that stand together with the source's own side ("both countries should"). The paths `speaker`, `counterpart`, `house`,
//! `above`, `any`, `doer`, `undergoer`, `parties` and `meeting` reach beyond the clause; `aux`, `mark`, `adv`, `case` and
//! `cop` lead to grammatical words, for `when` and `unless`; `list` leads to those whom a colon announces: [`Step`].

use crate::error::{Error, Result};
use crate::model::{Deprel, EntityKind, Relation, Status, Upos};

/// One way in which text tells of a relation.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `meet/with`
    pub name: String,
    pub relation: Relation,
    pub pos: Pos,
    pub triggers: Vec<Trigger>,
    pub sides: Sides,
    pub when: Vec<Test>,
    pub unless: Vec<Test>,
    pub source_kinds: Vec<EntityKind>,
    pub target_kinds: Vec<EntityKind>,
    pub place_target: bool,
    pub domestic: bool,
    pub home_source: bool,
    pub home_target: bool,
    pub both_ways: bool,
    pub verbal: bool,
    pub mutual: bool,
    pub presupposed: bool,
    pub alone: bool,
    pub status: Option<Status>,
}

impl Rule {
    /// What stands for the rules where a relation is read without one: `meet/pair`.
    pub fn of_pair(relation: Relation) -> Self {
        let target_kinds = relation.targets().to_vec();
        Self { verbal: relation.spoken(), sides: Sides::Pair(Vec::new()), target_kinds, ..empty(relation, "pair") }
    }

    /// Whether the deed is the speaker's saying so: then what he says is not weighed, only that he says it.
    pub fn said(&self) -> bool {
        let speaks = |paths: &[Path]| paths.iter().any(|p| p.0.contains(&Step::Speaker));
        match &self.sides {
            Sides::Two { source, .. } => speaks(source),
            Sides::Pair(paths) => speaks(paths),
        }
    }
}

/// What class of word sets a rule off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pos {
    Verb,
    Noun,
    Adj,
}

impl Pos {
    pub fn fits(self, upos: Upos) -> bool {
        match self {
            Self::Verb => matches!(upos, Upos::Verb | Upos::Aux),
            Self::Noun => matches!(upos, Upos::Noun | Upos::Propn),
            Self::Adj => matches!(upos, Upos::Adj | Upos::Verb),
        }
    }
}

/// A lemma, with the particle or the next word that must follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    pub lemma: String,
    pub particle: Option<String>,
}

/// Where the actors stand.
#[derive(Debug, Clone)]
pub enum Sides {
    Two { source: Vec<Path>, target: Vec<Path> },
    Pair(Vec<Path>),
}

/// Steps from the trigger to a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

/// One step over the sentence graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Subj,
    Obj,
    Iobj,
    Poss,
    /// Adjectives and compounds before a noun.
    Mod,
    Appos,
    /// The clause that completes the word: its predicate.
    Comp,
    /// The verb that carries a noun ("paid a visit").
    Carrier,
    /// The subject of the clause in which the word stands.
    Clause,
    /// The head of the word.
    Head,
    /// The actor anywhere inside the phrase, if its head is none.
    Inside,
    /// Who says, wants or asks it: the subject of the nearest such word above, or the one in whose words it stands.
    Speaker,
    /// For whom the publisher speaks: of a headline that names no subject.
    House,
    /// Whom the source's side met last in the report.
    Counterpart,
    /// Who did what a noun points back to: "condemned the attack".
    Doer,
    /// Whom it befell.
    Undergoer,
    /// Both sides of what it points back to: "attended the talks", "mediated the agreement".
    Parties,
    /// Those who met or telephoned last in the report, up to this sentence: "it was agreed", "agreement was reached".
    Meeting,
    /// Every word above.
    Above,
    /// The first foreign actor anywhere after the word and below it.
    Any,
    /// A grammatical word that hangs on the word: its auxiliaries, its conjunction, its adverbs, its copula.
    Child(Deprel),
    /// A phrase with that preposition.
    Prep(String),
    /// The same anywhere below the word.
    Deep(String),
}

/// A condition: the path leads to one of the lemmas, or (without lemmas) to anything.
#[derive(Debug, Clone)]
pub struct Test {
    pub path: Path,
    pub lemmas: Vec<String>,
}

/// Reads one file. `name` is its path for errors, `relation` what its rules find.
pub fn parse(name: &str, relation: Relation, text: &str) -> Result<Vec<Rule>> {
    let mut rules: Vec<Rule> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let at = |e: Error| e.at(format!("{name}:{}", n + 1));
        if word == "rule" {
            rules.push(empty(relation, rest));
            continue;
        }
        let rule = rules.last_mut().ok_or_else(|| at(Error::new("a file of rules begins with `rule NAME`")))?;
        add(rule, word, rest).map_err(at)?;
    }
    for r in &rules {
        complete(r).map_err(|e| e.at(format!("{name}: rule {}", r.name)))?;
    }
    Ok(rules)
}

fn empty(relation: Relation, name: &str) -> Rule {
    Rule {
        name: format!("{relation}/{name}"),
        relation,
        pos: Pos::Verb,
        triggers: Vec::new(),
        sides: Sides::Two { source: Vec::new(), target: Vec::new() },
        when: Vec::new(),
        unless: Vec::new(),
        source_kinds: Vec::new(),
        target_kinds: Vec::new(),
        place_target: false,
        domestic: false,
        home_source: false,
        home_target: false,
        both_ways: false,
        verbal: false,
        mutual: false,
        presupposed: false,
        alone: false,
        status: None,
    }
}

fn add(rule: &mut Rule, word: &str, rest: &str) -> Result<()> {
    match word {
        "verb" => (rule.pos, rule.triggers) = (Pos::Verb, triggers(rest)),
        "noun" => (rule.pos, rule.triggers) = (Pos::Noun, triggers(rest)),
        "adj" => (rule.pos, rule.triggers) = (Pos::Adj, triggers(rest)),
        "pair" => rule.sides = Sides::Pair(paths(rest)?),
        "source" | "target" => side(rule, word, paths(rest)?)?,
        "when" => rule.when.push(test(rest)?),
        "unless" => rule.unless.push(test(rest)?),
        "kinds" => kinds(rule, rest)?,
        "places" => rule.place_target = true,
        "domestic" => rule.domestic = true,
        "home" => match rest {
            "source" => rule.home_source = true,
            "" | "target" => rule.home_target = true,
            other => {
                return Err(Error::new(format!("'{other}' is no side")).hint("home, home source, home target"));
            }
        },
        "both" => rule.both_ways = true,
        "verbal" => rule.verbal = true,
        "mutual" => rule.mutual = true,
        "presupposed" => rule.presupposed = true,
        "alone" => rule.alone = true,
        "status" => rule.status = Some(rest.parse().map_err(Error::new)?),
        _ => {
            return Err(Error::new(format!("'{word}' is no line of a rule")).hint(
                "verb, noun, adj, source, target, pair, when, unless, kinds, places, domestic, home, both, verbal, mutual, presupposed, alone, status",
            ));
        }
    }
    Ok(())
}

fn side(rule: &mut Rule, word: &str, new: Vec<Path>) -> Result<()> {
    match (&mut rule.sides, word) {
        (Sides::Two { source, .. }, "source") => *source = new,
        (Sides::Two { target, .. }, _) => *target = new,
        (Sides::Pair(_), _) => return Err(Error::new("a rule has either `pair` or `source` and `target`")),
    }
    Ok(())
}

fn triggers(list: &str) -> Vec<Trigger> {
    let one = |t: &str| match t.split_once(' ') {
        Some((lemma, particle)) => Trigger { lemma: lemma.to_owned(), particle: Some(particle.to_owned()) },
        None => Trigger { lemma: t.to_owned(), particle: None },
    };
    split(list, ',').map(one).collect()
}

fn paths(text: &str) -> Result<Vec<Path>> {
    split(text, '|').map(path).collect()
}

fn path(text: &str) -> Result<Path> {
    let mut steps = Vec::new();
    for part in text.split('.') {
        let (word, inside) = match part.strip_suffix('*') {
            Some(word) => (word, true),
            None => (part, false),
        };
        steps.push(step(word)?);
        if inside {
            steps.push(Step::Inside);
        }
    }
    Ok(Path(steps))
}

fn step(word: &str) -> Result<Step> {
    Ok(match word {
        "subj" => Step::Subj,
        "obj" => Step::Obj,
        "iobj" => Step::Iobj,
        "poss" => Step::Poss,
        "mod" => Step::Mod,
        "appos" => Step::Appos,
        "comp" => Step::Comp,
        "carrier" => Step::Carrier,
        "clause" => Step::Clause,
        "head" => Step::Head,
        "speaker" => Step::Speaker,
        "counterpart" => Step::Counterpart,
        "house" => Step::House,
        "doer" => Step::Doer,
        "undergoer" => Step::Undergoer,
        "parties" => Step::Parties,
        "meeting" => Step::Meeting,
        "above" => Step::Above,
        "any" => Step::Any,
        "aux" => Step::Child(Deprel::Aux),
        "mark" => Step::Child(Deprel::Mark),
        "case" => Step::Child(Deprel::Case),
        "adv" => Step::Child(Deprel::Advmod),
        "cop" => Step::Child(Deprel::Cop),
        "list" => Step::Child(Deprel::List),
        "" => return Err(Error::new("a path has an empty step").hint("paths look like subj, obj.of, against*")),
        deep if deep.starts_with("deep_") => Step::Deep(deep["deep_".len()..].replace('_', " ")),
        prep if prep.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => Step::Prep(prep.replace('_', " ")),
        other => {
            return Err(Error::new(format!("'{other}' is no step of a path"))
                .hint("steps are lower-case words: subj, obj, with, head ..."));
        }
    })
}

fn test(text: &str) -> Result<Test> {
    let (left, lemmas) = match text.split_once('=') {
        Some((left, right)) => (left.trim(), split(right, ',').map(str::to_owned).collect()),
        None => (text, Vec::new()),
    };
    Ok(Test { path: path(left)?, lemmas })
}

fn kinds(rule: &mut Rule, rest: &str) -> Result<()> {
    let mut words = rest.split_whitespace();
    let side = words.next();
    let kinds: Vec<EntityKind> = match rest.strip_suffix(" any") {
        Some(_) => ACTING.to_vec(),
        None => words.map(kind).collect::<Result<_>>()?,
    };
    match side {
        Some("source") => rule.source_kinds = kinds,
        Some("target") => rule.target_kinds = kinds,
        _ => return Err(Error::new("say `kinds source ...` or `kinds target ...`")),
    }
    Ok(())
}

/// Whoever may act or be acted upon: all kinds but publishers.
const ACTING: [EntityKind; 8] = {
    use EntityKind::*;
    [State, Territory, Igo, Organ, Group, Treaty, Person, Body]
};

fn kind(word: &str) -> Result<EntityKind> {
    use EntityKind::*;
    let all = [State, Territory, Igo, Organ, Group, Treaty, Person, Media, Body];
    all.into_iter().find(|k| k.as_str() == word).ok_or_else(|| Error::new(format!("'{word}' is no kind of actor")))
}

fn split(text: &str, at: char) -> impl Iterator<Item = &str> {
    text.split(at).map(str::trim).filter(|p| !p.is_empty())
}

fn complete(rule: &Rule) -> Result<()> {
    let sides = match &rule.sides {
        Sides::Two { source, target } => !source.is_empty() && !target.is_empty(),
        Sides::Pair(paths) => !paths.is_empty(),
    };
    if rule.triggers.is_empty() || !sides {
        return Err(Error::new(
            "a rule needs its words (verb, noun or adj) and its two sides (source and target, or pair)",
        ));
    }
    Ok(())
}
