//! `plan` and `bench bacp` as they are called: the document that was agreed on, and what a broken file is told.

use serde_json::json;

use crate::college::College;
use crate::json::members;

/// Three courses in two periods: the second after the first, at most two a period.
const CURRICULUM: &str = "p = 2;\na = 1;\nb = 10;\nc = 1;\nd = 2;\ncourses = { one, two, three };\n\
    m = 3;\nn = 1;\ncredit = [3, 4, 2];\nprereq = { <two,one> };\n";

#[test]
fn a_curriculum_is_balanced_with_its_proof() {
    let college = College::empty();
    college.file("small.dat", CURRICULUM);
    let document = college.json(&["bench", "bacp", "small.dat"], 0);
    members(&document, &["optimum", "bound", "proved", "cpu_seconds", "assignment"]);
    // 4 alone after 3 and 2 together: the fullest has 5.
    assert_eq!((&document["optimum"], &document["bound"], &document["proved"]), (&json!(5), &json!(5), &json!(true)));
    assert_eq!(document["assignment"], json!({ "one": 1, "three": 1, "two": 2 }));
    college.file("broken.dat", "p = 2;");
    assert!(
        college.json(&["bench", "bacp", "broken.dat"], 2)["error"].as_str().is_some_and(|error| error.contains(".dat"))
    );
}

#[test]
fn an_instance_is_planned_with_the_agreed_members() {
    let college = College::empty();
    college.file("broken.json", "{\"courses\": 7}");
    let refused = college.json(&["plan", "--instance", "broken.json"], 2);
    assert!(refused["error"].as_str().is_some_and(|error| error.contains("planner instance")), "{refused}");
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/planning/synth/deg_transfer_1.json");
    let Ok(instance) = std::fs::read(shared) else { return };
    college.file("transfer.json", instance);
    let document = college.json(&["plan", "--instance", "transfer.json"], 0);
    let stages: Vec<(&str, i64)> = document["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| {
            members(stage, &["name", "value", "bound", "proved", "cpu_seconds"]);
            assert_eq!(stage["proved"], json!(true), "{stage}");
            (stage["name"].as_str().unwrap(), stage["value"].as_i64().unwrap())
        })
        .collect();
    let expected = [("first", 0), ("terms", 4), ("cost", 21_711), ("excess", 16), ("coverage", 45_750)];
    assert_eq!(stages, expected);
    members(&document["plan"][0], &["term", "courses", "exams", "awards"]);
}

/// Two courses of 3 credits, one after the other, in terms of up to 3 credits; `H` terms.
fn two_courses(terms: u32) -> String {
    let course = |id: &str, pre: &str| {
        format!(r#"{{"id":"{id}","cr":3,"lvl":100,"inst":"U","off":"FSU","pre":[{pre}],"co":[],"rate":10}}"#)
    };
    format!(
        r#"{{"courses":[{},{}],"progs":[{{"n":"BS","total":6,"resid":0,"ud":0,"groups":[{{"n":"core","k":2,
        "s":["A","B"]}}],"tree":[],"share":0,"value":1}}],"certs":[],"H":{terms},"cap":{{"F":3,"S":3,"U":3}},
        "minload":0,"need_certs":0,"done":[],"cpl":{{}},"cplmax":0,"termfee":100}}"#,
        course("A", ""),
        course("B", r#"["A"]"#)
    )
}

#[test]
fn objectives_come_in_the_order_asked_for() {
    let college = College::empty();
    college.file("two.json", two_courses(3));
    let document = college.json(&["plan", "--instance", "two.json", "--order", "cost,balance,terms"], 0);
    let names: Vec<_> = document["stages"].as_array().unwrap().iter().map(|stage| stage["name"].clone()).collect();
    assert_eq!(names, [json!("cost"), json!("balance"), json!("terms")]);
    for (order, words) in [("cost,speed", "speed"), ("cost,cost", "named twice")] {
        let refused = college.json(&["plan", "--instance", "two.json", "--order", order], 2);
        assert!(refused["error"].as_str().is_some_and(|error| error.contains(words)), "{refused}");
    }
}

#[test]
fn where_nothing_fits_there_are_ways_out_and_what_would_do() {
    let college = College::empty();
    college.file("one.json", two_courses(1));
    let document = college.json(&["plan", "--instance", "one.json"], 1);
    members(&document, &["infeasible", "conflict", "ways_out", "loosenings"]);
    assert_eq!(document["ways_out"][0]["drop"][0]["tag"], json!("BS by horizon"));
    members(&document["ways_out"][0]["drop"][0], &["tag", "sentence"]);
    let sentence = "With one more term you could hold BS by the end of term 2 (spring).";
    assert_eq!(document["loosenings"][0], json!({ "sentence": sentence, "least": true }));
}
