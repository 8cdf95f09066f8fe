//! A person's word from the terminal: it goes through the same use case as the page's, and what stands is shown.

use serde_json::{Value, json};

use crate::college::{College, on_pair};

const OUTCOME: &str = "ITSY 1300/O2";

/// Says a word on [`OUTCOME`] and statement 1.1 as `person`.
fn say(college: &College, person: &str, word: &[&str]) -> Value {
    let words = on_pair(&["--as", person, "review"], &["--objective", "1.1", "--outcome", OUTCOME]);
    college.json(&[words.as_slice(), word].concat(), 0)
}

/// A college with a crosswalk nobody has a word on.
fn aligned() -> College {
    let college = College::begun();
    college.run(&on_pair(&["align"], &[])).ended(0);
    college
}

#[test]
fn words_stand_as_the_guide_says() {
    let college = aligned();
    let steps: [(&str, &[&str], &str, f64); 8] = [
        // Statement 1.1 has a quarter of the first domain's 12 %: full is 3 %, partial 1.5 %.
        ("Ada", &["--accept", "full", "--level", "mastered"], "full", 3.0),
        ("Bea", &["--accept", "partial"], "partial", 1.5),
        ("Bea", &["--reject", "--reason", "only names them"], "disputed", 0.0),
        ("Ada", &["--withdraw"], "rejected", 0.0),
        ("Ada", &["--accept", "partial"], "disputed", 0.0),
        ("Chair", &["--accept", "partial", "--settle"], "partial", 1.5),
        ("Bea", &["--reject"], "disputed", 0.0),
        ("Chair", &["--accept", "full", "--settle", "--level", "introduced"], "full", 3.0),
    ];
    for (person, word, standing, coverage) in steps {
        let answer = say(&college, person, word);
        assert_eq!(answer["standing"], standing, "{person} {word:?}");
        assert_eq!(answer["coverage"].as_f64(), Some(coverage), "{person} {word:?}");
    }
    let answer = say(&college, "Ada", &["--accept", "full"]);
    let words = answer["candidate"]["decisions"].as_array().unwrap();
    assert_eq!(words.len(), 9, "every word is kept");
    assert_eq!(words[0]["level"], "mastered");
    assert_eq!(words[2]["reason"], "only names them");
    assert_eq!(words[7]["settles"], true);
}

#[test]
fn what_stands_is_shown_in_words() {
    let college = aligned();
    let words = on_pair(&["--as", "Ada Ramos", "review"], &["--objective", "1.1", "--outcome", OUTCOME]);
    let ran = college.run(&[&words[..], &["--accept", "partial", "--reason", "kinds only"]].concat()).ended(0);
    assert!(ran.out.starts_with("ITSY 1300/O2 → 1.1: partial\n"), "{}", ran.out);
    assert!(ran.out.contains("Ada Ramos: accepted (partial) — kinds only"), "{}", ran.out);
    assert!(ran.out.contains("1.5 % of the exam is covered now"), "{}", ran.out);
    assert!(ran.talk.contains("Next: review "), "{}", ran.talk);
    let history = college.json(&["list", "history", "--limit", "1"], 0);
    assert_eq!((&history[0]["person"], &history[0]["kind"]), (&json!("Ada Ramos"), &json!("decided")));
}

#[test]
fn a_pair_is_found_by_any_of_its_names() {
    let college = aligned();
    let page = college.json(&on_pair(&["review"], &["--objective", "1.1", "--show", "all"]), 0);
    let card = page["candidates"].as_array().unwrap().iter().find(|card| card["outcome_code"] == "O2").unwrap();
    let statement = card["statement"].as_str().unwrap();
    let objective = &card["objective"];
    let outcomes = ["itsy 1300/o2", "ITSY 1300 O2", statement];
    let objectives = ["1.1", objective["text"].as_str().unwrap(), objective["id"].as_str().unwrap()];
    for (outcome, objective) in outcomes.into_iter().zip(objectives) {
        let words = on_pair(&["review"], &["--objective", objective, "--outcome", outcome, "--accept", "full"]);
        assert_eq!(college.json(&words, 0)["standing"], "full", "{outcome} {objective}");
    }
    // A pair the engine never proposed can be judged as well.
    let unproposed = ["--objective", "5.6", "--outcome", "ITSC 1325/O2", "--reject"];
    assert_eq!(college.json(&on_pair(&["review"], &unproposed), 0)["standing"], "rejected");
}

#[test]
fn what_cannot_be_said_changes_nothing() {
    let college = aligned();
    let before = college.digest();
    let wrong: [(&[&str], &str); 9] = [
        (&["--objective", "1.1", "--outcome", "ITSY 1300/O99", "--reject"], "ITSY 1300/O2"),
        (&["--objective", "9.9", "--outcome", OUTCOME, "--reject"], "9.9"),
        (&["--objective", "1.1", "--reject"], "--outcome"),
        (&["--outcome", OUTCOME, "--reject"], "--objective"),
        (&["--objective", "1.1", "--outcome", OUTCOME], "--accept"),
        (&["--objective", "1.1", "--outcome", OUTCOME, "--accept", "nearly"], "full, partial"),
        (&["--objective", "1.1", "--outcome", OUTCOME, "--reject", "--accept", "full"], "cannot be used with"),
        (&["--objective", "1.1", "--outcome", OUTCOME, "--reject", "--level", "mastered"], "cannot be used with"),
        (&["--objective", "1.1", "--outcome", OUTCOME, "--withdraw", "--settle"], "cannot be used with"),
    ];
    for (words, says) in wrong {
        let ran = college.run(&on_pair(&["review"], words)).ended(2);
        assert!(ran.talk.contains(says), "{words:?}: {}", ran.talk);
    }
    assert_eq!(college.digest(), before);
}

#[test]
fn the_next_step_can_be_typed_as_it_is_named() {
    let college = aligned();
    let talk = college.run(&on_pair(&["review"], &[])).ended(0).talk;
    let named = talk.trim().strip_prefix("Next: credway ").unwrap().split(" (or ").next().unwrap().to_owned();
    let line = format!("{} --json {named}", env!("CARGO_BIN_EXE_credway"));
    let output = std::process::Command::new("sh").args(["-c", &line]).current_dir(college.path("")).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["standing"], "full", "{named}");
}
