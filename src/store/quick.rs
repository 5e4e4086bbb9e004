//! Which questions are plain look-ups: so few patterns and so simple conditions that an evaluation looks at few rows
//! between two quads that it reads, which is when it sees that it is told to stop.

use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern};

use super::Question;

/// Bytes of a query; the parser of a longer one may take long itself.
const LONG: usize = 2000;

/// Brackets within brackets.
const DEEP: usize = 8;

/// Triple patterns, each row of which comes out as a row of the answer.
const ROWS: usize = 3;

/// Triple patterns of which rows are left out, sorted or compared.
const SIFTED: usize = 2;

/// What a pattern takes.
#[derive(Clone, Copy)]
struct Cost {
    triples: usize,
    sifts: bool,
}

impl Question {
    /// Reads a query if it is a plain look-up: a SELECT or ASK of few triple patterns, with filters that compare, DISTINCT,
    /// ORDER BY, LIMIT and OFFSET.
    pub fn look_up(sparql: &str) -> Option<Self> {
        if sparql.len() > LONG || depth(sparql) > DEEP {
            return None;
        }
        let question = Self::read_quickly(sparql)?;
        let (Query::Select { pattern, .. } | Query::Ask { pattern, .. }) = &question.0 else { return None };
        let cost = cost(pattern)?;
        (cost.triples <= if cost.sifts { SIFTED } else { ROWS }).then_some(question)
    }
}

/// How deep brackets stand in each other, those within texts included.
pub fn depth(query: &str) -> usize {
    let (mut now, mut most) = (0usize, 0);
    for byte in query.bytes() {
        match byte {
            b'(' | b'{' | b'[' => now += 1,
            b')' | b'}' | b']' => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

fn cost(pattern: &GraphPattern) -> Option<Cost> {
    let sifted = |inner: &GraphPattern| Some(Cost { sifts: true, ..cost(inner)? });
    match pattern {
        GraphPattern::Bgp { patterns } => Some(Cost { triples: patterns.len(), sifts: false }),
        GraphPattern::Project { inner, .. } | GraphPattern::Slice { inner, start: 0, .. } => cost(inner),
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            sifted(inner)
        }
        GraphPattern::OrderBy { inner, expression } => {
            use spargebra::algebra::OrderExpression::{Asc, Desc};
            let simple = expression.iter().all(|(Asc(by) | Desc(by))| compares(by));
            simple.then(|| sifted(inner)).flatten()
        }
        GraphPattern::Filter { expr, inner } => compares(expr).then(|| sifted(inner)).flatten(),
        _ => None,
    }
}

/// Whether it compares terms and parts of them, and makes none that are longer.
fn compares(expression: &Expression) -> bool {
    use Expression as E;
    match expression {
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => true,
        E::Not(of) => compares(of),
        E::Or(a, b) | E::And(a, b) | E::Equal(a, b) | E::SameTerm(a, b) | E::Greater(a, b) => {
            compares(a) && compares(b)
        }
        E::GreaterOrEqual(a, b) | E::Less(a, b) | E::LessOrEqual(a, b) => compares(a) && compares(b),
        E::In(of, among) => compares(of) && among.iter().all(compares),
        E::FunctionCall(function, of) => reads(function) && of.iter().all(compares),
        _ => false,
    }
}

fn reads(function: &Function) -> bool {
    use Function as F;
    let parts = [F::Str, F::Lang, F::LangMatches, F::Datatype, F::Contains, F::StrStarts, F::StrEnds];
    let more = [F::LCase, F::StrLen, F::Year, F::Month, F::Day, F::IsIri, F::IsLiteral];
    parts.contains(function) || more.contains(function)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(query: &str) -> bool {
        Question::look_up(query).is_some()
    }

    #[test]
    fn few_patterns_and_comparisons_are_plain() {
        assert!(plain("SELECT ?name WHERE { <https://example.org/a> rdfs:label ?name }"));
        assert!(plain("ASK { ?a rdfs:label 'x' }"));
        assert!(plain("SELECT * { ?e dg:pair ?p ; dg:action ?a . ?a rdfs:label ?name } LIMIT 10"));
        assert!(plain(
            "SELECT DISTINCT ?a { ?e dg:pair ?p ; dg:action ?a FILTER(?a != action:meet) } ORDER BY ?a LIMIT 3"
        ));
        assert!(plain("SELECT ?a { ?a rdfs:label ?n FILTER(STRSTARTS(LCASE(STR(?n)), 'a') && LANG(?n) = 'en') }"));
    }

    #[test]
    fn what_may_take_long_is_not() {
        for query in [
            "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
            "SELECT DISTINCT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
            "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } OFFSET 1000000",
            "SELECT * { ?a rdfs:subClassOf* ?b }",
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }",
            "SELECT * { ?a ?b ?c FILTER REGEX(?c, '(a*)*b') }",
            "SELECT * { ?a ?b ?c FILTER EXISTS { ?d ?e ?f } }",
            "SELECT * { VALUES ?a { 1 2 } VALUES ?b { 1 2 } }",
            "SELECT * { BIND(CONCAT('a', 'a') AS ?a) }",
            "SELECT * { ?a ?b ?c } ORDER BY CONCAT(?a, ?a)",
            "SELECT * { SERVICE <https://example.org/> { ?a ?b ?c } }",
            "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }",
            "SELECT * {",
        ] {
            assert!(!plain(query), "{query}");
        }
        let long = |middle: &str, times: usize| format!("SELECT * {{ ?a ?b ?c FILTER({}?a) }}", middle.repeat(times));
        assert!(!plain(&long("!", LONG)));
        assert!(!plain(&long("(", DEEP + 1)));
        assert!(plain(&long("!", 2)));
    }
}
