//! Requirements and audits at the terminal: a table in and out, a learner's courses audited, nothing of them kept.

use insta::assert_snapshot;

use crate::college::College;
use crate::json::{findings, members, shape};

/// All of the computing foundation and the security core but one course; general education from elsewhere.
const TAKEN: &str = "code,credits,grade,passed,source,marks\n\
    ITSC 1325,,A,,,\nITNW 1325,,B,,,\nITSC 1316,,,yes,prior learning,\nITSE 1359,,B,,,\nITNW 1309,,C,,,\nITNW 2321,,B,,,\n\
    ITSY 1300,,A,,,\nITSY 1342,,B,,,\nITSY 2300,,B,,,\nITSY 2301,,D,,,\nITSY 2330,,B,,,\nITSY 2341,,A,,,\nITSY 2342,,B,,,\nITSY 2343,,C,,,\n\
    ENGL 1301,,,yes,transfer,\nSPCH 1315,,,yes,transfer,\nMATH 1342,3,F,no,here,\nPSYC 2301,,,yes,transfer,\nPHIL 2306,,,yes,transfer,\n";
const EXCEPTIONS: &str =
    "requirement,course,who,why\nCapstone,ITSY 2301,Dean Ruth Adler,Built the range the course uses\n";

#[test]
fn an_audit_in_words_says_what_counts_where_and_what_is_missing() {
    let college = College::sample();
    let before = college.digest();
    college.file("taken.csv", TAKEN);
    let asked = ["audit", "--program", "Cybersecurity", "--taken", "taken.csv"];
    assert_snapshot!("audit_words", college.run(&asked).ended(1).out);
    let document = college.json(&asked, 1);
    members(&document, &["complete", "programs", "courses", "exceptions", "shared", "findings"]);
    findings(&document["findings"]);
    assert_snapshot!("audit", shape(&document));
    college.file("exceptions.csv", EXCEPTIONS);
    let excepted = college.run(&[&asked[..], &["--exceptions", "exceptions.csv"]].concat()).ended(1);
    assert!(
        excepted.out.contains("ITSY 2301 may count for Capstone (Cybersecurity AAS), by Dean Ruth Adler"),
        "{}",
        excepted.out
    );
    assert_eq!(college.digest(), before, "nothing of a learner is kept");
}

#[test]
fn two_programs_are_audited_together() {
    let college = College::sample();
    college.file("taken.csv", "code\nPHRA 1301\nPHRA 1202\n");
    let asked = ["audit", "--program", "Pharmacy Technology", "--with", "Pharmacy Technician", "--taken", "taken.csv"];
    let shared = college.json(&[&asked[..], &["--share", "Pharmacy Technology,Pharmacy Technician=2"]].concat(), 1);
    assert_eq!(shared["shared"][0]["have"], "2", "of two courses of three and two credits one may count for both");
    let wrong = college.run(&[&asked[..], &["--share", "Art,History=2"]].concat()).ended(2);
    assert!(wrong.talk.contains("is not A,B=CREDITS"), "{}", wrong.talk);
}

#[test]
fn templates_lead_to_an_audit() {
    let college = College::sample();
    for kind in ["taken", "exceptions"] {
        let template = college.run(&["template", kind]).ended(0).out;
        college.file(&format!("{kind}.csv"), template.as_bytes());
    }
    let ran = college.run(&["audit", "--program", "Cybersecurity AAS", "--taken", "taken.csv"]).ended(1);
    assert!(ran.out.contains("Cybersecurity AAS, catalogue 2026-2027"), "{}", ran.out);
    let missing = college.run(&["audit", "--program", "Cybersecurity", "--taken", "nowhere.csv"]).ended(2);
    assert!(missing.talk.contains("there is no file nowhere.csv"), "{}", missing.talk);
}

#[test]
fn requirements_are_written_as_they_are_read() {
    let college = College::sample();
    let written = college.run(&["export", "requirements", "--program", "History"]).ended(0).out;
    college.file("history.csv", written.as_bytes());
    let again = college.run(&["import", "requirements", "history.csv"]).ended(0);
    assert!(again.out.contains(" 0 created, 0 revised,"), "{}", again.out);
    let none = College::begun();
    none.file("taken.csv", "code\nITSY 1300\n");
    let refused = none.run(&["audit", "--program", "Cybersecurity", "--taken", "taken.csv"]).ended(2);
    assert!(refused.talk.contains("nobody has said yet what “Cybersecurity AAS” requires"), "{}", refused.talk);
}
