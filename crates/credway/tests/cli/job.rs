//! The main job as a new user does it: from files to a reviewed crosswalk, to files for others, to a backup and back.

use crate::college::{College, on_pair, sample_file};

/// Two people's words. What stands follows from "Aligning and reviewing" in the guide:
///
/// | Statement | Words | Stands | Score |
/// |---|---|---|---|
/// | 1.1 | full | full | 1 |
/// | 2.2 | partial by two outcomes | partial | ½ |
/// | 3.1 | full, rejected | disputed | 0 |
/// | 4.1 | full, then withdrawn | open | 0 |
/// | 5.1 | full, partial | partial, the lowest | ½ |
const DECISIONS: &str = "program,blueprint,course,outcome,objective,decision,strength,reason,reviewer,date\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 1300,O2,1.1,accept,full,,Ada Ramos,2026-03-02\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 1300,O1,2.2,accept,partial,,Ada Ramos,2026-03-02\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 1342,O1,2.2,accept,partial,,Ada Ramos,2026-03-02\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 2301,O1,3.1,accept,full,,Ada Ramos,2026-03-02\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 2301,O1,3.1,reject,,too narrow,Bea Lund,2026-03-03\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 1342,O4,4.1,accept,full,,Ada Ramos,2026-03-02\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 1342,O4,4.1,withdraw,,read again,Ada Ramos,2026-03-04\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 1300,O3,5.1,accept,full,,Ada Ramos,2026-03-02\n\
    Cybersecurity,CompTIA Security+ SY0-701,ITSY 1300,O3,5.1,accept,partial,,Bea Lund,2026-03-03\n";

/// Worked out by hand. The blueprint weighs its domains 12, 22, 18, 28 and 20 % and gives them 4, 5, 4, 9 and 6
/// objectives. Coverage of a domain = sum of share × score ÷ sum of shares; shares within a domain are equal, so it is
/// the mean of the scores:
///
/// 1: (1 + 0 + 0 + 0) ÷ 4 = 25 %; 2: ½ ÷ 5 = 10 %; 3: 0 %; 4: 0 %; 5: ½ ÷ 6 = 8.333333 %.
///
/// Total = (12 × 25 + 22 × 10 + 18 × 0 + 28 × 0 + 20 × 8.333333) ÷ 100 = 3 + 2.2 + 1.666667 = 6.866667 %.
const BY_HAND: f64 = 6.866_667;
const DOMAINS_BY_HAND: [f64; 5] = [25.0, 10.0, 0.0, 0.0, 8.333_333];

fn total(college: &College, before: &[&str]) -> f64 {
    college.json(&[before, &on_pair(&["coverage"], &[])].concat(), 0)["total"].as_f64().unwrap()
}

#[test]
fn from_files_to_a_backup_and_back() {
    let college = College::empty();
    college.run(&["new", "Lantern Bay Community College"]).ended(0);
    for (kind, file) in [("courses", "courses"), ("outcomes", "outcomes"), ("program", "programs")] {
        college.run(&["import", kind, &sample_file(&format!("{file}.csv"))]).ended(0);
    }
    college.run(&["import", "blueprint", &sample_file("blueprint-security-plus.csv")]).ended(0);

    let aligned = college.json(&on_pair(&["align"], &[]), 0);
    assert!(aligned["suggested"].as_u64().unwrap() > 0);
    let before = total(&college, &[]);
    assert!(before.abs() < 1e-9, "suggestions count for nothing, but coverage is {before}");

    college.file("decisions.csv", DECISIONS);
    let imported = college.json(&["import", "decisions", "decisions.csv"], 0);
    assert_eq!(imported["records"]["decision"], 9);
    covered_as_worked_out_by_hand(&college);
    aligning_again_keeps_the_decisions(&college);
    files_for_others(&college);
    there_and_back(&college);
}

fn covered_as_worked_out_by_hand(college: &College) {
    let report = college.json(&on_pair(&["coverage"], &[]), 0);
    assert_eq!(report["total"].as_f64().unwrap(), BY_HAND);
    for (domain, expected) in report["domains"].as_array().unwrap().iter().zip(DOMAINS_BY_HAND) {
        assert_eq!(domain["coverage"].as_f64().unwrap(), expected, "{}", domain["title"]);
    }
    assert_eq!(report["crosswalk"]["disputed"], 1);
    // 28 statements, of which one is fully covered.
    assert_eq!(report["gaps"].as_array().unwrap().len(), 27);
    // Both reviewed 3.1 and 5.1, and said the same word on neither.
    assert_eq!(report["agreement"][0]["pairs"], 2);
    assert_eq!(report["agreement"][0]["observed"], 0.0);
}

fn aligning_again_keeps_the_decisions(college: &College) {
    college.run(&on_pair(&["align"], &[])).ended(0);
    assert_eq!(total(college, &[]), BY_HAND);
}

fn files_for_others(college: &College) {
    for name in ["crosswalk.xlsx", "again.xlsx", "crosswalk.csv", "crosswalk.json"] {
        let ran = college.run(&on_pair(&["export", "crosswalk"], &["--out", name]));
        assert!(matches!(ran.status, 0 | 1), "{name}: {}", ran.talk);
        assert!(ran.out.contains(name), "{}", ran.out);
    }
    let read = |name: &str| std::fs::read(college.path(name)).unwrap();
    assert!(read("crosswalk.xlsx").starts_with(b"PK"));
    assert_eq!(read("crosswalk.xlsx"), read("again.xlsx"), "the same report gives the same bytes");
    let table = String::from_utf8(read("crosswalk.csv")).unwrap();
    assert!(table.lines().next().unwrap().contains("probability"), "{table}");
    assert!(table.contains("too narrow"), "the reviewers' reasons come along");
    let report: serde_json::Value = serde_json::from_slice(&read("crosswalk.json")).unwrap();
    assert!((report["total"].as_f64().unwrap() - BY_HAND).abs() < 1e-6);
    for name in ["coverage.pdf", "coverage.docx", "coverage.html", "crosswalk.pdf"] {
        let what = name.split('.').next().unwrap();
        college.run(&on_pair(&["export", what], &["--out", name])).ended(0);
    }
    assert!(read("coverage.pdf").starts_with(b"%PDF-1.7") && read("crosswalk.pdf").starts_with(b"%PDF-1.7"));
    assert!(read("coverage.docx").starts_with(b"PK"));
    assert!(String::from_utf8(read("coverage.html")).unwrap().contains("<dt>Exam blueprint</dt>"));
    let no_form = college.run(&on_pair(&["export", "coverage"], &["--format", "csv"])).ended(2);
    assert!(no_form.talk.contains("no CSV form"), "{}", no_form.talk);
    let piped = college.run(&on_pair(&["export", "crosswalk"], &["--format", "xlsx"])).ended(0);
    assert_eq!(piped.bytes, read("crosswalk.xlsx"), "standard output takes the workbook as it is");
    assert!(college.files().iter().all(|name| !name.ends_with(".part")), "{:?}", college.files());
}

fn there_and_back(college: &College) {
    college.run(&["backup", "one.credway"]).ended(0);
    let new = ["--db", "sqlite:new.db"];
    college.run(&[&new[..], &["restore", "one.credway"]].concat()).ended(0);
    assert_eq!(total(college, &new), BY_HAND);
    college.run(&[&new[..], &["backup", "two.credway"]].concat()).ended(0);
    let read = |name: &str| std::fs::read(college.path(name)).unwrap();
    assert_eq!(read("one.credway"), read("two.credway"));
    let doctor = college.json(&[&new[..], &["doctor"]].concat(), 0);
    assert!(doctor["lines"].as_array().unwrap().iter().all(|line| line["well"] == true), "{doctor}");
    let twice = college.run(&[&new[..], &["restore", "one.credway"]].concat()).ended(2);
    assert!(twice.talk.contains("empty"), "a full database is not restored into: {}", twice.talk);
}

#[test]
fn a_changed_archive_is_refused() {
    let college = College::begun();
    college.run(&["backup", "one.credway"]).ended(0);
    let archive = std::fs::read_to_string(college.path("one.credway")).unwrap();
    college.file("changed.credway", archive.replacen("Cybersecurity", "Cybersecurity!", 1));
    college.file("cut.credway", &archive[..archive.len() / 2]);
    college.file("other.credway", "code,title\n");
    for name in ["changed.credway", "cut.credway", "other.credway"] {
        let ran = college.run(&["--db", "sqlite:new.db", "restore", name]).ended(2);
        assert!(ran.out.is_empty() && !ran.talk.is_empty(), "{name}");
        assert!(!college.path("new.db").exists(), "{name}");
    }
}
