//! A hundred requisite texts of a university's catalogue, drawn by a fixed seed before the parser was tuned and kept
//! closed until it was done; the trees were written by hand from the texts alone.
//!
//! The texts stay in `../shared` (their words are the university's); without it the test is skipped, and says so.
//! Words of conditions are left out of the comparison (`"…"`); their kinds are compared.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// Codes with the expected tree; `KNOWN_WRONG` are those the parser reads otherwise.
const EXPECTED: &str = include_str!("requisites_golden.txt");

/// What the parser is known to read otherwise than a registrar, with the reason. At the first reading, with the parser
/// frozen, these and the three with "A, B, or consent" (PSYC 4320, PSYC 4498, COMM 2356) differed: 19 of 100. That rule and
/// the grade of CHIN 2312 were mended afterwards, so that the sample is closed no more.
const KNOWN_WRONG: &[(&str, &str)] = &[
    ("CLAS 6374", "kind only: a post-baccalaureate status counts as a degree"),
    ("LATI 6300", "kind only: a post-baccalaureate status counts as a degree"),
    ("GENB 5335", "kinds only: a post-baccalaureate status and a certificate program count as degrees"),
    ("MUSA 1233", "kind only: an admission by audition counts as a placement"),
    ("MUSA 1326", "kind only: an admission by audition counts as a placement"),
    ("MUSI 1103", "kind only: an admission by audition counts as a placement"),
    ("ARCH 6303", "stays text: a title follows the code without a mark"),
    ("ARTS 4302", "stays text: codes joined by dashes"),
    ("ARTS 4303", "stays text: codes joined by dashes"),
    ("GHL 4350", "stays text: a misspelt “formerly”"),
    ("MUSI 6340", "a sentence about what the course may not be used for stays as text beside the tree"),
    ("CHIN 2312", "an alternative is swallowed by a time limit that stays text"),
    ("MANA 4356", "“declared minor or special program” becomes two alternatives; a major with an approval, a consent"),
    ("MATH 6386", "the first two of three fields of knowledge become one condition"),
    ("PHOP 7242", "WRONG: numbers without a subject are taken for words of a condition"),
    ("THEA 6302", "WRONG: the track’s name is cut at its “and”"),
];

fn catalogue() -> Option<BTreeMap<String, String>> {
    let folder = std::env::var_os("CREDWAY_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    let bytes = std::fs::read(folder.join("data/catalogs/uh/uh_courses_2024-25.json")).ok()?;
    let courses: Vec<serde_json::Value> = serde_json::from_slice(&bytes).ok()?;
    let text = |course: &serde_json::Value, member: &str| course[member].as_str().map(str::to_owned);
    Some(courses.iter().filter_map(|course| Some((text(course, "code")?, text(course, "prerequisites")?))).collect())
}

/// A tree without the words of its conditions.
fn skeleton(words: &str) -> String {
    let quoted = regex::Regex::new(r#""(?:[^"\\]|\\.)*""#).unwrap();
    let tree = credway_import::read_requisite(words, false).tree.map(|tree| tree.to_string()).unwrap_or_default();
    quoted.replace_all(&tree, "…").into_owned()
}

#[test]
fn trees_are_those_a_registrar_wrote() {
    let Some(catalogue) = catalogue() else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: ../shared is not there, so its catalogue cannot be read");
        return;
    };
    let (mut wrong, mut read) = (Vec::new(), 0);
    for line in EXPECTED.lines().filter(|line| !line.is_empty()) {
        let (code, expected) = line.split_once(": ").unwrap();
        let got = skeleton(&catalogue[code]);
        read += 1;
        if got != expected {
            wrong.push((code, format!("{code}\n  expected {expected}\n  got      {got}")));
        }
    }
    assert_eq!(read, 100);
    let known: Vec<&str> = KNOWN_WRONG.iter().map(|(code, _)| *code).collect();
    let new: Vec<&str> =
        wrong.iter().filter(|(code, _)| !known.contains(code)).map(|(_, told)| told.as_str()).collect();
    assert!(new.is_empty(), "read otherwise than expected:\n{}", new.join("\n"));
    let mended: Vec<&&str> = known.iter().filter(|code| !wrong.iter().any(|(other, _)| other == *code)).collect();
    assert!(mended.is_empty(), "no longer wrong, take them off the list: {mended:?}");
}
