//! `diff` of blueprints and `change`: from two files to a crosswalk that is carried over, and the memo.

use serde_json::{Value, json};

use crate::college::{College, sample_file};

/// The sample's Security+ outline as a later version: one objective in other words, one gone, one new.
fn later() -> String {
    let old = std::fs::read_to_string(sample_file("blueprint-security-plus.csv")).unwrap();
    let mut lines: Vec<String> = old.lines().map(|line| line.replace("SY0-701", "SY0-801")).collect();
    let gone = lines.iter().rposition(|line| line.contains(",5.6,")).unwrap();
    let row = lines.remove(gone);
    let cells: Vec<&str> = row.split(',').collect();
    lines.push(format!("{},5.9,Keep a ledger of quantum-safe keys,,own words", cells[..7].join(",")));
    lines.join("\n") + "\n"
}

fn counts(document: &Value) -> Vec<(String, u64)> {
    let counts = document["counts"].as_array().unwrap().iter();
    counts.map(|one| (one["kind"].as_str().unwrap().to_owned(), one["count"].as_u64().unwrap())).collect()
}

fn kinds(same: u64, new: u64, gone: u64) -> Vec<(String, u64)> {
    [("same", same), ("reworded", 0), ("moved", 0), ("split", 0), ("merged", 0), ("new", new), ("gone", gone)]
        .map(|(kind, count)| (kind.to_owned(), count))
        .to_vec()
}

#[test]
fn blueprints_are_compared_as_files_and_in_the_database() {
    let college = College::begun();
    let old = sample_file("blueprint-security-plus.csv");
    college.file("later.csv", later());
    let document = college.json(&["diff", &old, "later.csv"], 0);
    assert_eq!(counts(&document), kinds(27, 1, 1));
    for item in document["items"].as_array().unwrap() {
        for side in ["old", "new"] {
            assert!(item[side].as_array().unwrap().iter().all(Value::is_string), "{item}");
            let pieces = item[format!("{side}_statements")][0]["pieces"].as_array();
            let text: String = pieces.into_iter().flatten().map(|piece| piece["text"].as_str().unwrap()).collect();
            assert_eq!(item[format!("{side}_statements")][0]["text"].as_str().unwrap_or_default(), text);
        }
    }
    let gone = document["items"].as_array().unwrap().iter().find(|item| item["kind"] == "gone").unwrap();
    assert_eq!((&gone["old"], &gone["new"]), (&json!(["5.6"]), &json!([])));
    // A blueprint of the database against a file, and a thing with itself.
    let mixed = college.json(&["diff", "SY0-701", "later.csv"], 0);
    assert_eq!((counts(&mixed), &mixed["domains"]), (counts(&document), &document["domains"]));
    assert_eq!(counts(&college.json(&["diff", &old, &old], 0)), kinds(28, 0, 0));
    let ran = college.run(&["diff", &old, "later.csv"]).ended(0);
    assert!(ran.out.contains("27 same, 0 reworded") && ran.out.contains("+ 5.9 Keep a ledger"), "{}", ran.out);
    assert!(college.run(&["diff", "SY0-701", "nowhere"]).ended(2).talk.contains("there is no blueprint “nowhere”"));
}

#[test]
fn a_new_version_is_carried_over_and_told_in_a_memo() {
    let college = College::sample();
    college.file("later.csv", later());
    college.run(&["import", "blueprint", "later.csv"]).ended(0);
    let change = college.json(&["change", "SY0-701", "SY0-801"], 0);
    assert_eq!(counts(&change), kinds(27, 1, 1));
    let program = &change["programs"][0];
    let name = program["program"]["name"].as_str().unwrap().to_owned();
    let (before, carried) = (program["before"].as_f64().unwrap(), program["carried"].as_f64().unwrap());
    assert!(before > 0.0 && carried > 0.0 && program["today"] == json!(0.0), "{program}");
    let ready = program["states"]["to_carry"].as_u64().unwrap();
    let done = college.json(&["change", "SY0-701", "SY0-801", "--program", &name, "--carry"], 0);
    assert_eq!(done["pairs"].as_u64(), Some(ready));
    let after = college.json(&["coverage", "--program", &name, "--blueprint", "SY0-801"], 0);
    assert_eq!(after["total"].as_f64(), Some(carried), "what was foretold is what is there");
    let ran = college.run(&["change", "SY0-701", "SY0-801", "--program", &name]).ended(0);
    assert!(ran.out.contains(&format!("{ready} carried over")), "{}", ran.out);
    college.run(&["change", "SY0-701", "SY0-801", "--program", &name, "--carry"]).ended(2);
    college.run(&["change", "SY0-701", "SY0-801", "--memo", "memo.pdf"]).ended(0);
    assert!(std::fs::read(college.path("memo.pdf")).unwrap().starts_with(b"%PDF-"));
    let odd = college.run(&["change", "SY0-701", "SY0-801", "--memo", "memo.odt"]).ended(2);
    assert!(odd.talk.contains("a memo has no form “odt”"), "{}", odd.talk);
    let back = college.json(&["change", "SY0-701", "SY0-801", "--program", &name, "--take-back"], 0);
    assert_eq!(back["decisions"], done["decisions"]);
    assert_eq!(college.json(&["change", "--catalogue"], 0), json!({ "crosswalks": [] }));
}
