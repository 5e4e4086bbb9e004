//! Measures of networks on graphs so small that the answer is known by counting. Random and larger ones are compared with
//! networkx, igraph and leidenalg by `scripts/measures.py`.

use diplograph::model::{Period, Relation};
use diplograph::network::blocs::{by_slice, moves};
use diplograph::network::common::Thirds;
use diplograph::network::compare::compare;
use diplograph::network::measure::{Measure, reciprocity, strong};
use diplograph::network::portfolio::{beyond_chance, s};
use diplograph::network::series::{Point, changes, sparkline};
use diplograph::network::signed::{Sign, Signed, frustration, triads, walk_balance};
use diplograph::network::{Event, Links, Network, Projection, Record, Scores, Step};

/// Events as "A+B 2020": A cooperates with B, `-` for conflict; the date may be missing.
fn record(events: &[&str]) -> Record {
    let event = |(i, text): (usize, &&str)| {
        let (who, date) = text.split_once(' ').unwrap_or((text, ""));
        let relation = match who.as_bytes()[1] {
            b'+' => "support",
            b'-' => "accuse",
            _ => "mediate",
        };
        Event {
            id: format!("{i:04}").into(),
            relation: Relation::named(relation).expect("a relation"),
            sources: [who[..1].into()].into(),
            targets: [who[2..].into()].into(),
            symmetric: false,
            period: (!date.is_empty()).then(|| date.parse::<Period>().expect("a date")),
            status: "Reported".into(),
            source_count: 1,
            confidence: 1.0,
        }
    };
    Record { events: events.iter().enumerate().map(event).collect(), ..Record::default() }
}

fn network(events: &[&str]) -> Network {
    Projection::default().of(&record(events))
}

fn scores(measure: Measure, events: &[&str]) -> Vec<f64> {
    let network = network(events);
    let scores = measure.of(&Links::of(&network));
    (0..network.nodes.len()).map(|i| (scores.get(i) * 1e6).round() / 1e6).collect()
}

#[test]
fn measures_of_a_chain_are_known() {
    let chain = ["A+B", "B+C", "C+D"];
    assert_eq!(scores(Measure::Betweenness, &chain), [0.0, 0.333333, 0.333333, 0.0]);
    assert_eq!(scores(Measure::Closeness, &chain), [0.0, 0.333333, 0.444444, 0.5]);
    assert_eq!(scores(Measure::Degree, &chain), [1.0, 2.0, 2.0, 1.0]);
    assert_eq!(scores(Measure::Core, &["A+B", "B+C", "C+A", "C+D"]), [2.0, 2.0, 2.0, 1.0]);
    assert_eq!(scores(Measure::Clustering, &["A+B", "B+C", "C+A", "C+D"]), [1.0, 1.0, 0.333333, 0.0]);
    assert_eq!(scores(Measure::Component, &["A+B", "C+D"]), [0.0, 0.0, 1.0, 1.0]);
    assert_eq!(scores(Measure::InStrength, &["A+B", "A-B", "B+A"]), [1.0, 2.0]);
}

#[test]
fn every_measure_takes_an_empty_network() {
    let links = Links::of(&Network { directed: true, ..Network::default() });
    for measure in Measure::ALL {
        let count = match measure.of(&links) {
            Scores::Number(x) => x.len(),
            Scores::Count(n) => n.len(),
        };
        assert_eq!(count, 0, "{}", measure.name());
    }
    assert_eq!(reciprocity(&links), None);
}

#[test]
fn reciprocity_and_strong_parts() {
    let links = Links::of(&network(&["A+B", "B+A", "B+C"]));
    assert_eq!(reciprocity(&links), Some(2.0 / 3.0));
    let parts = strong(&links);
    assert!(parts[0] == parts[1] && parts[1] != parts[2], "{parts:?}");
}

#[test]
fn a_sign_is_as_certain_as_its_events() {
    assert_eq!(Sign::of(0.0, 0.0).value(0.75), 0);
    assert_eq!(Sign::of(2.0, 2.0).value(0.75), 0);
    assert_eq!(Sign::of(3.0, 0.0).value(0.95), 1);
    assert_eq!(Sign::of(0.0, 1.0).value(0.75), -1);
    assert_eq!(Sign::of(0.0, 1.0).value(0.95), 0, "one event is no proof");
    let (low, high) = Sign::of(5.0, 5.0).interval(0.9);
    assert!((low + high - 1.0).abs() < 1e-9 && low > 0.2 && low < 0.3, "{low} {high}");
}

fn signed(events: &[&str]) -> Signed {
    Signed::of(&Projection::default(), &record(events))
}

#[test]
fn triads_and_frustration_are_counted() {
    let allies = signed(&["A+B", "B-C", "C-A"]);
    assert_eq!(triads(&allies, 0.75).counts, [0, 0, 1, 0]);
    assert_eq!(frustration(&allies, 0.75).exact(), Some(0));
    assert!((walk_balance(&allies, 0.75).expect("ties") - 1.0).abs() < 1e-12);
    let torn = signed(&["A+B", "B+C", "C-A"]);
    assert_eq!(triads(&torn, 0.75).share(), Some(0.0));
    assert_eq!(frustration(&torn, 0.75).exact(), Some(1));
    assert!(walk_balance(&torn, 0.75).expect("ties") < 1.0);
    let nobody = signed(&[]);
    assert_eq!(triads(&nobody, 0.75).share(), None);
    assert_eq!(walk_balance(&nobody, 0.75), None);
}

#[test]
fn enemies_fall_into_two_communities() {
    let found = signed(&["A+B", "B+C", "C+A", "D+E", "E+F", "F+D", "A-D", "B-E", "C-F"]).communities();
    assert_eq!(found.membership, [0, 0, 0, 1, 1, 1]);
    // By hand: six friendly ties inside, of which chance makes three; no hostile one, of which chance makes one and a half.
    assert!((found.quality - (3.0 + 1.5) / 9.0).abs() < 1e-12, "{}", found.quality);
}

#[test]
fn blocs_keep_their_number_and_movers_are_named() {
    let record = record(&[
        "A+B 2020", "B+C 2020", "C+A 2020", "D+E 2020", "E+F 2020", "F+D 2020", "A+B 2021", "D+E 2021", "E+F 2021",
        "F+D 2021", "C+D 2021", "C+E 2021", "C+F 2021",
    ]);
    let blocs = by_slice(&Projection::default(), &record, &record.slices(Step::Year), true);
    let moved = moves(&blocs);
    assert_eq!(moved.len(), 1);
    assert_eq!((moved[0].id.as_str(), moved[0].slice.as_str()), ("C", "2021"));
    assert_eq!((moved[0].left.len(), moved[0].joined.len()), (2, 3));
}

#[test]
fn a_change_of_phase_is_found_where_it_is() {
    let point = |i: usize| Point {
        slice: Period::month(2020 + (i / 12) as i16, (i % 12) as i8 + 1).expect("a month"),
        cooperation: if i < 10 { 4 } else { 0 },
        conflict: if i < 10 { 0 } else { 3 },
        goldstein: 0.0,
    };
    let points: Vec<Point> = (0..24).map(point).collect();
    assert_eq!(changes(&points), [10]);
    assert!(changes(&points[..10]).is_empty(), "nothing changes");
    assert_eq!(sparkline([0, 1, 4, 8]), " ▁▄█");
}

#[test]
fn mediators_stand_between_the_hostile() {
    let thirds = Thirds::new(&Projection::default(), &record(&["A-B", "A-B", "C>A", "C>B", "D+A", "D+B", "E+A"]));
    let pairs = thirds.hostile(0.75);
    assert_eq!(pairs.len(), 1);
    let names: Vec<_> = pairs[0].mediators.iter().map(|t| (t.id.as_str(), t.mediations)).collect();
    assert_eq!(names, [("C", [1, 1]), ("D", [0, 0])]);
    assert_eq!(thirds.common("A", "B").len(), 2);
}

#[test]
fn similarity_is_as_the_papers_define_it() {
    assert_eq!(s(&[5.0, -5.0], &[5.0, -5.0]), 1.0);
    assert_eq!(s(&[10.0, 10.0], &[-10.0, -10.0]), -1.0);
    // By hand: observed (0 + 4) / 2 = 2; expected 1 + 4 + (1 - 0)^2 = 6 for kappa, 5.5 for pi.
    let (kappa, pi) = beyond_chance(&[2.0, 0.0], &[2.0, -2.0]);
    assert!((kappa.expect("spread") - (1.0 - 2.0 / 6.0)).abs() < 1e-12);
    assert!((pi.expect("spread") - (1.0 - 2.0 / 5.5)).abs() < 1e-12);
    assert_eq!(beyond_chance(&[1.0, 1.0], &[1.0, 1.0]), (None, None));
}

#[test]
fn two_networks_are_compared_by_id() {
    let found = compare(&network(&["A+B", "B+C"]), &network(&["A+B", "A-B", "A-B", "A+D"]));
    assert_eq!(found.new_actors, [("D".to_owned(), "D".to_owned())]);
    assert_eq!(found.gone_actors, [("C".to_owned(), "C".to_owned())]);
    let turned: Vec<_> = found.changes.iter().map(|c| (c.source.as_str(), c.target.as_str(), c.events)).collect();
    assert_eq!(turned, [("A", "B", [1, 3]), ("A", "D", [0, 1]), ("B", "C", [1, 0])]);
}

/// Writes into nothing, and counts.
struct Counted(usize);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Times for `scripts/bench-network.py`, which names a file of edges, two numbers a line.
#[test]
#[ignore = "measures time; scripts/bench-network.py runs it"]
fn speed() {
    let text = std::fs::read_to_string(std::env::var("EDGES").expect("EDGES names a file")).expect("the file");
    let number = |word: &str| word.parse::<usize>().expect("a number");
    let pairs: Vec<_> = text.lines().filter_map(|l| l.split_once(' ')).map(|(a, b)| (number(a), number(b))).collect();
    let mut network = network(&["A-B 2022"]);
    let (node, edge) = (network.nodes[0].clone(), network.edges[0].clone());
    let last = pairs.iter().map(|(a, b)| *a.max(b)).max().expect("edges");
    let named = |i: usize| diplograph::network::Node { id: format!("node-{i:06}"), ..node.clone() };
    network.nodes = (0..=last).map(named).collect();
    let of = |(a, b): &(usize, usize)| diplograph::network::Edge { source: *a, target: *b, ..edge.clone() };
    network.edges = pairs.iter().map(of).collect();
    let links = Links::of(&network);
    let timed = |name: &str, run: &dyn Fn()| {
        let start = std::time::Instant::now();
        run();
        println!("{name} {:.3}", start.elapsed().as_secs_f64());
    };
    timed("betweenness", &|| _ = Measure::Betweenness.of(&links));
    timed("pagerank", &|| _ = Measure::Pagerank.of(&links));
    timed("community", &|| _ = Measure::Community.of(&links));
    timed("gexf", &|| _ = diplograph::export::gexf::write(&network, &mut Counted(0)).expect("writing"));
    timed("graphml", &|| diplograph::export::graphml::write(&network, &mut Counted(0)).expect("writing"));
}
