//! The names of the ontology and of the vocabularies that it reuses. Compared with `data/ontology` by a test.

use oxigraph::model::NamedNodeRef;

/// Names terms of one namespace.
macro_rules! terms {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, { $($name:ident = $local:literal),* $(,)? }) => {
        $(#[$doc])*
        pub mod $module {
            use oxigraph::model::NamedNodeRef;

            pub const NAMESPACE: &str = $namespace;
            $(pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));)*

            /// Every term above.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
        }
    };
}

terms! {
    /// The project's own ontology.
    dg, "https://w3id.org/diplograph/ontology#", {
        // classes
        ACTION = "Action", ACTIONS = "Actions", AFFILIATION = "Affiliation", ALLIANCE = "Alliance", CLAIM = "Claim",
        DIPLOMATIC_RELATION = "DiplomaticRelation", DOCUMENT = "Document", EVENT = "Event",
        EXTRACTION_RUN = "ExtractionRun", MEMBERSHIP = "Membership", PAIR = "Pair", PLACE_CLASS = "Place",
        RELATION = "Relation", SENTENCE = "Sentence", TENURE = "Tenure",
        STATE = "State", TALLY = "Tally", TERRITORY = "Territory", IGO = "IntergovernmentalOrganization", ORGAN = "Organ",
        GROUP = "Group", TREATY = "Treaty", PERSON = "Person", MEDIA = "Media", BODY = "Body", ACTOR_CLASS = "Actor",
        // statuses, stances, factualities
        REPORTED = "Reported", CORROBORATED = "Corroborated", CLAIMED = "Claimed", INTENDED = "Intended",
        DENIED = "Denied", DISPUTED = "Disputed", HYPOTHETICAL = "Hypothetical",
        ASSERTS = "Asserts", DENIES = "Denies", NEGATES = "Negates",
        ACTUAL = "Actual", PLANNED = "Planned", POSSIBLE = "Possible",
        // documents and claims
        SHA256 = "sha256", INPUT_HASH = "inputHash", SIGNATURE = "signature", EXTRACTOR = "extractor", EXTRACTOR_VERSION = "extractorVersion",
        FIELD = "field", STANCE = "stance", FACTUALITY = "factuality", SPEAKER = "speaker", EVIDENCE = "evidence",
        QUOTE = "quote", RULE = "rule", CONFIDENCE = "confidence", TIME_TEXT = "timeText",
        ACTOR_TEXT = "actorText", RECIPIENT_TEXT = "recipientText", PLACE_TEXT = "placeText", ROLE = "role",
        MUTUAL = "mutual", ABOUT = "about",
        // who, what, when, where: of claims and of events
        ACTION_OF = "action", ACTOR = "actor", RECIPIENT = "recipient", PARTICIPANT = "participant",
        ACTOR_STATE = "actorState", RECIPIENT_STATE = "recipientState", PARTICIPANT_STATE = "participantState",
        PAIR_OF = "pair", ACTOR_PAIR = "actorPair", PRECISION = "precision", PLACE = "place",
        // events and relations
        STATUS = "status", CLAIM_COUNT = "claimCount", SOURCE_COUNT = "sourceCount",
        FIRST_REPORTED = "firstReported", LAST_REPORTED = "lastReported", LAG = "lag", FULFILS = "fulfils",
        STARTS = "starts", ENDS = "ends", PARTY = "party", HOLDER = "holder", REPRESENTS = "represents",
        OFFICE = "office", MEMBER = "member", SIDE = "side", ORGANIZATION = "organization", HAS_RELATIONS = "hasDiplomaticRelationsWith",
        // what they add up to
        COUNTED_IN = "countedIn", FIRST = "first", SECOND = "second", FRIENDLY_EVENTS = "friendlyEvents", FRIENDLY_SUCH_AS = "friendlySuchAs", HOSTILE_EVENTS = "hostileEvents",
        MEDIATING_EVENTS = "mediatingEvents",
        TALLY_OF = "tallyOf", FROM = "from", TO = "to", EVENT_COUNT = "eventCount", SCORE_SUM = "scoreSum",
        LOWEST_SCORE = "lowestScore", SUCH_AS = "suchAs",
        // actors and actions
        ISO3 = "iso3", COUNTRY = "country", COUNTRY_CODE = "countryCode", SLUG = "slug",
        PLOVER = "plover", PLOVER_MODE = "ploverMode", PLOVER_SCORE = "ploverScore", CAMEO = "cameo",
        QUAD_CLASS = "quadClass", GOLDSTEIN = "goldstein", SHORTCUT = "shortcut", SYMMETRIC = "symmetric",
        // the log of curation
        DECISION = "Decision", NUMBER = "number", VERDICT = "verdict", DECIDES = "decides", INTO = "into",
        UNDONE = "undone",
        // wars and sanctions
        WAR = "War", SANCTIONS_REGIME = "SanctionsRegime", SENDER = "sender", TARGET = "target", OPENS = "opens",
        CLOSES = "closes",
        // what sources have looked at
        COVERAGE = "Coverage", COVERS = "covers", COVERS_ALL = "coversAll", COVERS_ACTION = "coversAction",
        // views of a day
        HELD = "held",
        // the manifest
        GRAPH = "Graph", MODEL_VERSION = "modelVersion", KEEPS_TEXT = "keepsText", PROGRAM_VERSION = "programVersion",
        NAMES_HASH = "namesHash", RULES_HASH = "rulesHash", MODEL_HASH = "modelHash",
        // the state of the store
        STALE = "stale",
    }
}

terms! {
    /// The Simple Event Model (van Hage et al. 2011).
    sem, "http://semanticweb.cs.vu.nl/2009/11/sem/", {
        EVENT = "Event",
        EARLIEST_BEGIN = "hasEarliestBeginTimeStamp", LATEST_BEGIN = "hasLatestBeginTimeStamp",
        EARLIEST_END = "hasEarliestEndTimeStamp", LATEST_END = "hasLatestEndTimeStamp",
    }
}

terms! {
    /// The Web Annotation vocabulary (W3C 2017).
    oa, "http://www.w3.org/ns/oa#", {
        SPECIFIC_RESOURCE = "SpecificResource", POSITION = "TextPositionSelector", QUOTE = "TextQuoteSelector",
        HAS_SOURCE = "hasSource", HAS_SELECTOR = "hasSelector", START = "start", END = "end", EXACT = "exact",
        PREFIX = "prefix", SUFFIX = "suffix",
    }
}

terms! {
    /// The provenance ontology (W3C 2013).
    prov, "http://www.w3.org/ns/prov#", {
        ACTIVITY = "Activity", WAS_DERIVED_FROM = "wasDerivedFrom", WAS_GENERATED_BY = "wasGeneratedBy",
    }
}

terms! {
    /// Dublin Core terms.
    dct, "http://purl.org/dc/terms/", {
        CONFORMS_TO = "conformsTo", IDENTIFIER = "identifier", TITLE = "title", ISSUED = "issued", PUBLISHER = "publisher", SOURCE = "source",
    }
}

terms! { owl, "http://www.w3.org/2002/07/owl#", { SAME_AS = "sameAs", OBJECT_PROPERTY = "ObjectProperty" } }
terms! { rdfs, "http://www.w3.org/2000/01/rdf-schema#", { COMMENT = "comment", LABEL = "label", DOMAIN = "domain", RANGE = "range" } }
terms! {
    skos, "http://www.w3.org/2004/02/skos/core#", {
        CONCEPT = "Concept", PREF_LABEL = "prefLabel", DEFINITION = "definition", EXAMPLE = "example", IN_SCHEME = "inScheme",
        NOTATION = "notation",
    }
}

pub const RDF_TYPE: NamedNodeRef<'static> = oxigraph::model::vocab::rdf::TYPE;

/// Where the things of the graph live.
pub const ID: &str = "https://w3id.org/diplograph/id/";

/// The prefixes that every query may use without declaring them.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dg", dg::NAMESPACE),
    ("entity", "https://w3id.org/diplograph/id/entity/"),
    ("doc", "https://w3id.org/diplograph/id/doc/"),
    ("claim", "https://w3id.org/diplograph/id/claim/"),
    ("event", "https://w3id.org/diplograph/id/event/"),
    ("relation", "https://w3id.org/diplograph/id/relation/"),
    ("action", "https://w3id.org/diplograph/id/action/"),
    ("place", "https://w3id.org/diplograph/id/place/"),
    ("pair", "https://w3id.org/diplograph/id/pair/"),
    ("tally", "https://w3id.org/diplograph/id/tally/"),
    ("run", "https://w3id.org/diplograph/id/run/"),
    ("decision", "https://w3id.org/diplograph/id/decision/"),
    ("sem", sem::NAMESPACE),
    ("oa", oa::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("dct", dct::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", rdfs::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("wdt", "http://www.wikidata.org/prop/direct/"),
];
