//! Importing again: twice is once, a change is shown field by field, a preview writes nothing, a mapping is kept.

use serde_json::json;

use crate::college::{College, sample_file};

#[test]
fn twice_is_once() {
    let college = College::sample();
    let before = college.digest();
    let files = [
        ("organization", "organizations.csv", 0),
        ("credential", "credentials.csv", 1),
        ("courses", "courses.csv", 0),
        ("outcomes", "outcomes.csv", 0),
        ("program", "programs.csv", 0),
        ("requirements", "requirements.csv", 0),
        ("blueprint", "blueprint-security-plus.csv", 0),
        ("decisions", "decisions.csv", 0),
    ];
    for (kind, file, status) in files {
        let ran = college.run(&["import", kind, &sample_file(file)]).ended(status);
        assert!(ran.out.contains(" 0 created, 0 revised,"), "{kind}: {}", ran.out);
        assert_eq!(college.digest(), before, "{file}");
    }
    college.run(&["--db", "sqlite:credway.db", "demo", "--no-serve"]).ended(0);
    assert_eq!(college.digest(), before, "a second demo writes nothing, not even a line of history");
}

#[test]
fn the_sample_is_not_mixed_into_a_college() {
    let named = College::begun();
    let unnamed = College::empty();
    unnamed.run(&["import", "courses", &sample_file("courses.csv")]).ended(0);
    for college in [named, unnamed] {
        let before = college.digest();
        let ran = college.run(&["--db", "sqlite:credway.db", "demo", "--no-serve"]).ended(2);
        assert!(ran.talk.contains("own records") && ran.talk.contains("--db sqlite:sample.db"), "{}", ran.talk);
        assert_eq!(college.digest(), before);
    }
}

#[test]
fn a_changed_file_shows_what_differs() {
    let college = College::begun();
    let courses = std::fs::read_to_string(sample_file("courses.csv")).unwrap();
    let changed = courses.replacen("Personal Computer Hardware,3,", "Computer Hardware,4,", 1);
    assert_ne!(changed, courses);
    college.file("courses.csv", changed);
    let document = college.json(&["import", "courses", "courses.csv"], 0);
    let changes = document["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{document}");
    let differences: Vec<_> = changes[0]["differences"].as_array().unwrap().iter().collect();
    assert!(differences.contains(&&json!({ "field": "credits", "before": "3", "after": "4" })), "{differences:?}");
    let title = json!({ "field": "title", "before": "Personal Computer Hardware", "after": "Computer Hardware" });
    assert!(differences.contains(&&title), "{differences:?}");
    assert_eq!(differences.len(), 2, "what did not change is not shown: {differences:?}");

    let back = college.run(&["import", "courses", &sample_file("courses.csv")]).ended(0);
    assert!(back.out.contains("1 revised, 59 unchanged"), "{}", back.out);
    assert!(back.out.contains("before  Computer Hardware\n        after   Personal Computer Hardware"), "{}", back.out);
}

#[test]
fn a_new_edition_is_set_against_the_one_before() {
    let college = College::begun();
    let heads = "code,title,credits,description,catalogue_year";
    let rows = |year: &str, rows: &[&str]| {
        let lines: Vec<String> = rows.iter().map(|row| format!("{row},{year}")).collect();
        format!("{heads}\n{}\n", lines.join("\n"))
    };
    let mooring = "HARB 1301,Mooring,3,Tying up a ship";
    college.file(
        "2025.csv",
        rows("2025-26", &[mooring, "HARB 1302,Knots,3,Tying", "HARB 1303,Tides,3,Water", "HARB 1304,Buoys,1,"]),
    );
    college.file(
        "2026.csv",
        rows("2026-27", &[mooring, "HARB 1302,Knots,4,Tying", "HARB 2303,Tides,3,Water", "HARB 1305,Locks,2,"]),
    );
    let alone = college.run(&["diff", "2025.csv", "2026.csv", "--kind", "courses"]).ended(0);
    let counts = "1 course the same, 1 gone, 1 renumbered, 1 changed, 1 new";
    assert!(alone.out.contains(counts), "{}", alone.out);
    college.run(&["import", "courses", "2025.csv"]).ended(0);
    let ran = college.run(&["import", "courses", "2026.csv"]).ended(1);
    assert!(ran.out.contains("Against 2025.csv") && ran.out.contains(counts), "{}", ran.out);
    assert!(ran.out.contains("~ HARB 1303 → HARB 2303 Tides") && ran.out.contains("- HARB 1304 Buoys"), "{}", ran.out);
    let document = college.json(&["diff", "2025.csv", "2026.csv", "--kind", "courses"], 0);
    assert_eq!(document["items"][2]["differences"], json!([{ "field": "credits", "before": "3", "after": "4" }]));
    assert_eq!(document["same"], 1);
    college.file("none.csv", "name\nMooring\n");
    college.run(&["diff", "2025.csv", "none.csv", "--kind", "courses"]).ended(2);
}

#[test]
fn a_preview_says_what_would_be_and_writes_nothing() {
    let college = College::begun();
    let before = college.digest();
    college.file("courses.csv", "code,title\nHARB 1301,Mooring\n");
    let words = ["import", "courses", "courses.csv", "--save-map", "ours"];
    let ran = college.run(&[&words[..], &["--preview"]].concat()).ended(0);
    assert!(ran.out.contains("preview, nothing written; an import would give 1 created"), "{}", ran.out);
    assert_eq!(college.digest(), before, "not even the mapping");
    let previewed = college.json(&[&words[..], &["--preview"]].concat(), 0);
    let written = college.json(&words, 0);
    assert_eq!((&previewed["written"], &written["written"]), (&json!(false), &json!(true)));
    assert_eq!(previewed["ids"], written["ids"], "a preview is the truth");
    assert_ne!(college.digest(), before);
}

#[test]
fn a_preview_makes_no_database() {
    let college = College::empty();
    let ran = college.run(&["import", "courses", &sample_file("courses.csv"), "--preview"]).ended(0);
    assert!(ran.out.contains("60 created") && ran.talk.contains("no database yet"), "{}{}", ran.out, ran.talk);
    assert!(college.files().is_empty(), "{:?}", college.files());
}

#[test]
fn a_mapping_is_saved_and_used_again() {
    let college = College::begun();
    college.file("this-year.csv", "Kursnummer,Titel,SWS\nHARB 1301,Mooring,3\n");
    let refused = college.json(&["import", "courses", "this-year.csv"], 1);
    let codes: Vec<_> = refused["findings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    assert!(codes.contains(&json!("mapping.missing")), "{codes:?}");
    let fields = ["--field", "code=Kursnummer", "--field", "title=Titel", "--field", "credits=SWS"];
    let words = [&["import", "courses", "this-year.csv", "--save-map", "ours"], &fields[..]].concat();
    college.run(&words).ended(0);
    assert_eq!(college.json(&["list", "mappings"], 0), json!(["ours"]));

    college.file("next-year.csv", "Titel,SWS,Kursnummer\nCargo records,4,HARB 1302\n");
    let ran = college.run(&["import", "courses", "next-year.csv", "--map", "ours"]).ended(0);
    assert!(ran.out.contains("code    ← Kursnummer"), "{}", ran.out);
    let courses = college.json(&["list", "courses", "--search", "HARB"], 0);
    assert_eq!((&courses[1]["course"]["title"], &courses[1]["credits"]), (&json!("Cargo records"), &json!("4")));

    let other = college.json(&["import", "outcomes", "next-year.csv", "--map", "ours"], 1);
    assert_eq!(other["findings"][0]["code"], "mapping.kind");
    college.run(&["import", "courses", "next-year.csv", "--map", "theirs"]).ended(2);
}

#[test]
fn a_mapping_of_a_refused_file_is_not_saved() {
    let college = College::begun();
    college.file("courses.csv", "code,title,credits\nHARB 1301,Mooring,three\n");
    college.run(&["import", "courses", "courses.csv", "--save-map", "ours"]).ended(1);
    assert_eq!(college.json(&["list", "mappings"], 0), json!([]));
}

#[test]
fn an_error_can_be_accepted_with_a_reason() {
    let college = College::begun();
    let file = crate::broken::path("weights-97.csv");
    let words = ["import", "blueprint", &file, "--accept", "blueprint.weights-total", "--reason", "printed so"];
    let ran = college.run(&words).ended(1);
    assert!(ran.out.contains("written: 1 created") && ran.talk.contains("Accepted by the person"), "{}", ran.out);
    let history = college.json(&["list", "history", "--search", "weights-97"], 0);
    assert_eq!(history[0]["reason"], "printed so");
    assert!(history[0]["person"].as_str().unwrap().starts_with("ada"), "{history}");
}
