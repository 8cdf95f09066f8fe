//! What a person sees: nothing is wider than the terminal, and what a pipe gets is whole.

use insta::assert_snapshot;

use crate::college::{College, on_pair};

fn widest(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    let college = College::sample();
    let mut commands = vec![
        vec!["doctor"],
        vec!["codes"],
        vec!["--help"],
        vec!["import", "--help"],
        on_pair(&["align"], &[]),
        on_pair(&["coverage"], &[]),
        on_pair(&["review"], &[]),
        on_pair(&["review"], &["--show", "disputed"]),
    ];
    for what in ["programs", "courses", "blueprints", "credentials", "crosswalks", "findings", "history"] {
        commands.push(vec!["list", what]);
    }
    for columns in ["80", "120"] {
        for words in &commands {
            let ran = college.run_with(words, &[("COLUMNS", columns)]).ended(0);
            let most: usize = columns.parse().unwrap();
            assert!(widest(&ran.out) <= most, "{words:?} at {columns}:\n{}", ran.out);
        }
    }
}

#[test]
fn a_pipe_gets_everything() {
    let college = College::sample();
    let narrow = college.run_with(&["list", "credentials"], &[("COLUMNS", "80")]).ended(0);
    assert!(!narrow.out.contains("ce-") && narrow.talk.contains("Identifiers are left out"), "{}", narrow.out);
    let piped = college.run(&["list", "credentials"]).ended(0);
    assert!(piped.out.contains("ce-") && !piped.out.contains('…') && piped.talk.is_empty(), "{}", piped.out);
}

/// The coverage of a college that has decided and never aligned, so that the words do not hang on the engine.
#[test]
fn coverage_reads_well() {
    let college = College::begun();
    let decisions = "program,blueprint,course,outcome,objective,decision,strength,reviewer,date\n\
        Cybersecurity,SY0-701,ITSY 1300,O2,1.1,accept,full,Ada,2026-03-02\n\
        Cybersecurity,SY0-701,ITSY 1300,O2,1.1,accept,partial,Bea,2026-03-03\n\
        Cybersecurity,SY0-701,ITSY 1300,O1,1.2,accept,full,Ada,2026-03-02\n\
        Cybersecurity,SY0-701,ITSY 1300,O1,1.2,reject,,Bea,2026-03-03\n";
    college.file("decisions.csv", decisions);
    college.run(&["import", "decisions", "decisions.csv"]).ended(0);
    let at = |columns| college.run_with(&on_pair(&["coverage"], &[]), &[("COLUMNS", columns)]).ended(0).out;
    assert_snapshot!("coverage_at_80_columns", at("80"));
    assert_snapshot!("coverage_at_120_columns", at("120"));
}

#[test]
fn the_first_minutes_read_well() {
    let college = College::empty();
    let narrow = |words: &[&str]| {
        let ran = college.run_with(words, &[("COLUMNS", "80")]);
        format!("$ credway {}\n{}{}", words.join(" "), ran.out, ran.talk)
    };
    let mut shown = narrow(&["list", "programs"]);
    shown.push_str(&narrow(&["new", "Harbor College"]));
    college.file("courses.csv", "Course ID,Name,SCH,Room\nHARB 1301,Mooring,3,12\nHARB 1302,Cargo records,3,14\n");
    shown.push_str(&narrow(&["import", "courses", "courses.csv", "--preview"]));
    shown.push_str(&narrow(&["import", "courses", "courses.csv", "--save-map", "ours"]));
    shown.push_str(&narrow(&["import", "courses", "courses.csv", "--map", "ours"]));
    college.file("outline.txt", "Harbor Technician Exam Objectives\n\n1.0 Mooring 40%\n1.1 Choose lines\n2.0 Cargo 57%\n2.1 Complete a manifest\n");
    shown.push_str(&narrow(&["import", "blueprint", "outline.txt"]));
    shown.push_str(&narrow(&["import", "blueprint", "outline.txt", "--accept", "blueprint.weights-total"]));
    shown.push_str(&narrow(&["collection", "Harbor courses"]));
    assert_snapshot!(with_identifiers_hidden(&shown));
}

/// The text with every identifier replaced: they are random in a database of one's own.
fn with_identifiers_hidden(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("ce-") {
        let end = rest[at + 3..].find(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
        shown.push_str(&rest[..at]);
        shown.push_str("ce-…");
        rest = &rest[at + 3 + end.unwrap_or(rest.len() - at - 3)..];
    }
    shown + rest
}
