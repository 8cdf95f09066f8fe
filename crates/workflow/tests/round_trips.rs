//! What is written as a file is read back the same: blueprints, courses and outcomes in the columns of our templates,
//! whatever words they hold, whatever encoding and separator the file is kept in.

use credway_import::{Context, Kind, NoProgress, OutcomeRecord, Reading, SourceFile, read};
use credway_model::{
    Blueprint, CatalogueYear, Course, Ctid, Domain, Objective, OfferedTerm, Organization, Outcome, OutcomeKind,
    OutcomeLevel, Place, Text, WeightRange,
};
use credway_publish::{blueprint_csv, blueprint_json, courses_csv, outcomes_csv};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::Value;

fn ctid(number: u32) -> Ctid {
    format!("ce-00000000-0000-4000-8000-{number:012}").parse().unwrap()
}

fn context() -> Context {
    Context::new(ctid(1), Ctid::derive(&ctid(1), "organization", "Pier College"))
}

fn import(kind: Kind, name: &str, bytes: &[u8]) -> Reading {
    read(kind, SourceFile::new(name.to_owned(), bytes.to_vec()), &context(), None, &NoProgress)
}

/// Words as documents have them: quotes, commas, semicolons, signs of other scripts, inequality signs; no formula and
/// no tag, which are refused.
fn words() -> impl Strategy<Value = Text> {
    "[A-Za-zÄéñЖ中0-9][A-Za-zÄéñЖ中0-9 ,;:'\"“”%&/()<>.\\-–|]{0,60}"
        .prop_filter_map("a text that is taken", |words| Text::new(&words).ok())
        .prop_filter("no tag", |text| !text.as_str().contains('<'))
}

/// A title or code that differs from all others of its list by a number of its own.
fn numbered(number: usize, text: &Text) -> Text {
    Text::new(&format!("{number} {text}")).unwrap()
}

fn weight() -> impl Strategy<Value = WeightRange> {
    (0_u32..=10_000, 0_u32..=10_000).prop_map(|(one, other)| {
        let percent = |steps: u32| format!("{}.{:02}", steps / 100, steps % 100).parse().unwrap();
        WeightRange::between(percent(one.min(other)), percent(one.max(other))).unwrap()
    })
}

/// A domain: a title, an objective's words with the words below it.
type Drawn = (Text, Option<WeightRange>, Vec<(Text, Vec<Text>)>);

fn blueprint() -> impl Strategy<Value = Blueprint> {
    let domain = (words(), option::of(weight()), vec((words(), vec(words(), 0..3)), 0..5));
    (words(), option::of(words()), vec(domain, 1..5)).prop_map(|(title, version, domains)| Blueprint {
        ctid: ctid(2),
        title,
        version,
        effective: Some("2026-01-06".parse().unwrap()),
        retires: None,
        domains: domains.into_iter().enumerate().map(|(index, drawn)| domain_of(index, drawn)).collect(),
        origin: None,
    })
}

fn domain_of(index: usize, (title, weight, objectives): Drawn) -> Domain {
    let objective = |code: String, text: Text, children: Vec<Objective>| Objective {
        ctid: ctid(3),
        code: Some(Text::new(&code).unwrap()),
        text,
        children,
        place: Place::Whole,
    };
    let objectives = objectives.into_iter().enumerate().map(|(number, (text, below))| {
        let code = format!("{}.{}", index + 1, number + 1);
        let below = below.into_iter().enumerate();
        let children =
            below.map(|(finer, text)| objective(format!("{code}.{}", finer + 1), text, Vec::new())).collect();
        objective(code, text, children)
    });
    Domain {
        ctid: ctid(4),
        code: Some(Text::new(&(index + 1).to_string()).unwrap()),
        title: numbered(index, &title),
        weight,
        objectives: objectives.collect(),
        place: Place::Whole,
    }
}

/// The JSON without identifiers, which the reading gives anew.
fn bare(blueprint: &Blueprint) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.remove("id");
                members.values_mut().for_each(strip);
            }
            Value::Array(members) => members.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = blueprint_json(blueprint);
    strip(&mut value);
    value
}

fn course(number: u32) -> impl Strategy<Value = Course> {
    let hours = || option::of(0_u32..40);
    let outcome = (option::of(words()), words(), option::of(0_usize..3), option::of(words()), any::<bool>());
    (words(), (hours(), hours(), hours()), option::of(words()), option::of(words()), vec(outcome, 0..5)).prop_map(
        move |(title, (credits, lecture, lab), description, prerequisites, outcomes)| {
            let drawn = outcomes.into_iter().enumerate();
            Course {
                ctid: ctid(number),
                organization: context().organization,
                code: format!("TIDE {}", 1000 + number).parse().unwrap(),
                title,
                credits: credits.map(|credits| credits.to_string().parse().unwrap()),
                lecture_hours: lecture.map(|hours| format!("{hours}.5").parse().unwrap()),
                lab_hours: lab.map(|hours| hours.to_string().parse().unwrap()),
                contact_hours: None,
                description,
                prerequisites,
                corequisites: None,
                requisites: Some("ITSY 1300 [C] or consent \"approval\"".parse().unwrap()),
                offered: vec![OfferedTerm::Fall, OfferedTerm::Other(Text::new("odd years").unwrap())],
                catalogue_year: Some(CatalogueYear(Text::new("2026-2027").unwrap())),
                outcomes: drawn.map(|(index, drawn)| outcome_of(index, drawn)).collect(),
                origin: None,
            }
        },
    )
}

fn outcome_of(
    index: usize,
    (code, statement, level, assessed_by, topic): (Option<Text>, Text, Option<usize>, Option<Text>, bool),
) -> Outcome {
    let levels = [OutcomeLevel::Introduced, OutcomeLevel::Reinforced, OutcomeLevel::Mastered];
    Outcome {
        ctid: ctid(5),
        code: code.map(|code| numbered(index, &code)),
        kind: if topic { OutcomeKind::Topic } else { OutcomeKind::Outcome },
        statement: numbered(index, &statement),
        path: Vec::new(),
        level: level.map(|level| levels[level]),
        assessed_by,
        place: Place::Whole,
    }
}

fn college() -> Organization {
    Organization {
        ctid: context().organization,
        name: Text::new("Pier College").unwrap(),
        kind: None,
        city: None,
        region: None,
        url: None,
        origin: None,
    }
}

/// A course as its file can carry it: no identifiers, places or outcomes.
fn carried(course: &Course) -> Course {
    Course { ctid: ctid(0), outcomes: Vec::new(), origin: None, ..course.clone() }
}

fn carried_outcome(course: &Course, outcome: &Outcome) -> String {
    let Outcome { code, kind, statement, level, assessed_by, .. } = outcome;
    format!("{:?}", (&course.code, &course.catalogue_year, code, kind, statement, level, assessed_by))
}

fn carried_record(record: &OutcomeRecord) -> String {
    let OutcomeRecord { course, catalogue_year, code, kind, statement, level, assessed_by, .. } = record;
    format!("{:?}", (course, catalogue_year, code, kind, statement, level, assessed_by))
}

/// The same file as another program would have saved it.
fn as_saved_elsewhere(utf8: &str) -> Vec<(&'static str, Vec<u8>)> {
    let sixteen = |little: bool| -> Vec<u8> {
        std::iter::once('\u{feff}')
            .chain(utf8.chars())
            .flat_map(|letter| {
                let mut units = [0; 2];
                letter.encode_utf16(&mut units).to_vec()
            })
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    };
    vec![
        ("UTF-8 with byte order mark", format!("\u{feff}{utf8}").into_bytes()),
        ("UTF-16 LE", sixteen(true)),
        ("UTF-16 BE", sixteen(false)),
        ("rows ended as on Windows", utf8.replace('\n', "\r\n").into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_blueprint_comes_back_and_its_identifiers_stay(blueprint in blueprint()) {
        let file = blueprint_csv(&blueprint).unwrap();
        prop_assert!(file.losses.iter().all(|loss| loss.code == "publish.formula-like"), "{:?}", file.losses);
        let once = import(Kind::Blueprint, "b.csv", &file.bytes);
        prop_assert_eq!(once.records.blueprints.len(), 1, "{:?}", once.findings);
        let first = &once.records.blueprints[0];
        prop_assert_eq!(bare(first), bare(&blueprint));
        let again = import(Kind::Blueprint, "b.csv", &blueprint_csv(first).unwrap().bytes);
        prop_assert_eq!(blueprint_json(&again.records.blueprints[0]), blueprint_json(first));
        for (how, bytes) in as_saved_elsewhere(std::str::from_utf8(&file.bytes).unwrap()) {
            let other = import(Kind::Blueprint, "b.csv", &bytes);
            prop_assert_eq!(other.records.blueprints.len(), 1, "{}: {:?}", how, other.findings);
            prop_assert_eq!(blueprint_json(&other.records.blueprints[0]), blueprint_json(first), "{}", how);
        }
    }

    #[test]
    fn courses_and_outcomes_come_back(courses in (course(1), course(2), course(3))) {
        let courses = [courses.0, courses.1, courses.2];
        let file = courses_csv(&courses, &[college()]).unwrap();
        let read = import(Kind::Courses, "c.csv", &file.bytes);
        prop_assert!(read.findings.is_empty(), "{:?}", read.findings);
        let got: Vec<Course> = read.records.courses.iter().map(carried).collect();
        prop_assert_eq!(got, courses.iter().map(carried).collect::<Vec<_>>());
        let file = outcomes_csv(&courses, &[college()]).unwrap();
        let expected: Vec<String> = courses
            .iter()
            .flat_map(|course| course.outcomes.iter().map(|outcome| carried_outcome(course, outcome)))
            .collect();
        let read = import(Kind::Outcomes, "o.csv", &file.bytes);
        prop_assert_eq!(read.records.outcomes.iter().map(carried_record).collect::<Vec<_>>(), expected, "{:?}", read.findings);
    }

    #[test]
    fn no_file_breaks_an_importer(bytes in vec(any::<u8>(), 0..400), text in "\\PC{0,400}", table in "([a-z,;\"\t=<\n]|code|title|domain|weight|[0-9]){0,80}") {
        for kind in Kind::ALL {
            for name in ["f.csv", "f.tsv", "f.json", "f.md", "f.txt"] {
                for bytes in [&bytes[..], text.as_bytes(), table.as_bytes()] {
                    let read = import(kind, name, bytes);
                    let places = read.findings.iter().all(|finding| !finding.message.is_empty() && !finding.hint.is_empty());
                    prop_assert!(places, "{:?}", read.findings);
                }
            }
        }
    }
}
