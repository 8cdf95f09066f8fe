//! The calls that programs outside the project rely on: each gives exactly the document that was agreed on.

use insta::assert_snapshot;
use serde_json::Value;

use crate::college::{College, on_pair, sample_file};
use crate::json::{findings, members, shape};

/// An outline: title, version, domains with weight and nested objectives.
fn is_outline(outline: &Value) {
    fn objectives(list: &Value) -> usize {
        let all = list.as_array().unwrap();
        for objective in all {
            assert!(objective["code"].is_string() && objective["text"].is_string(), "{objective}");
        }
        all.len() + all.iter().map(|objective| objectives(&objective["children"])).sum::<usize>()
    }
    let domains = outline["domains"].as_array().unwrap();
    assert!(outline["title"].is_string() && outline["version"].is_string());
    assert_eq!(domains.len(), 5);
    let count: usize = domains.iter().map(|domain| objectives(&domain["objectives"])).sum();
    assert_eq!(count, 28);
    let weights: Vec<f64> = domains.iter().map(|domain| domain["weight"].as_f64().unwrap()).collect();
    assert_eq!(weights, [12.0, 22.0, 18.0, 28.0, 20.0], "as the publisher prints them");
}

#[test]
fn demo_gives_counts_coverage_and_top_gaps() {
    let document = College::empty().json(&["demo", "--no-serve"], 0);
    assert_eq!(document["counts"]["course"], 60);
    assert_eq!(document["coverage"].as_array().unwrap().len(), 3);
    for crosswalk in document["coverage"].as_array().unwrap() {
        assert!(crosswalk["total"].as_f64().unwrap() > 0.0);
        assert!(!crosswalk["gaps"].as_array().unwrap().is_empty());
    }
    findings(&document["findings"]);
    assert_snapshot!("demo", shape(&document));
}

#[test]
fn import_gives_records_findings_and_identifiers() {
    let college = College::empty();
    let document = college.json(&["import", "courses", &sample_file("courses.csv")], 0);
    assert_eq!(document["records"], serde_json::json!({ "course": 60 }));
    assert_eq!(document["ids"].as_array().unwrap().len(), 60);
    assert_eq!(document["written"], true);
    findings(&document["findings"]);
    assert_snapshot!("import", shape(&document));
}

#[test]
fn catalogue_is_another_word_for_courses() {
    let document = College::empty().json(&["import", "catalogue", &sample_file("courses.csv")], 0);
    assert_eq!(document["records"]["course"], 60);
}

#[test]
fn import_of_a_blueprint_gives_its_outline_and_export_the_same() {
    let college = College::empty();
    let document = college.json(&["import", "blueprint", &sample_file("blueprint-security-plus.csv")], 0);
    is_outline(&document["blueprint"]);
    for id in ["SY0-701", "CompTIA Security+ SY0-701", document["ids"][0].as_str().unwrap()] {
        assert_eq!(college.json(&["export", "blueprint", id], 0), document["blueprint"], "{id}");
    }
    assert_snapshot!("blueprint", shape(&document["blueprint"]));
}

#[test]
fn several_files_give_one_document() {
    let (storytelling, pharmacy) = (sample_file("blueprint-data-storytelling.csv"), sample_file("blueprint-ptce.csv"));
    let document = College::empty().json(&["import", "blueprint", &storytelling, &pharmacy], 0);
    assert_eq!(document["records"]["blueprint"], 2);
    assert_eq!(document["ids"].as_array().unwrap().len(), 2);
    assert!(document.get("blueprint").is_none(), "an outline is given for one blueprint only");
}

#[test]
fn coverage_gives_total_domains_gaps_and_formula() {
    let document = College::sample().json(&on_pair(&["coverage"], &[]), 0);
    assert!(document["total"].is_f64());
    for domain in document["domains"].as_array().unwrap() {
        assert!(domain["title"].is_string() && domain["weight"].is_number() && domain["coverage"].is_number());
    }
    assert!(document["formula"].as_str().unwrap().contains("share × score"));
    assert_snapshot!("coverage", shape(&document));
}

#[test]
fn coverage_to_reach_gives_the_least_changes_with_their_proof() {
    let college = College::sample();
    let document = college.json(&on_pair(&["coverage"], &["--reach", "75"]), 0);
    assert_eq!((&document["outcome"], &document["proved"]), (&serde_json::json!("reached"), &serde_json::json!(true)));
    assert!(document["after"].as_f64().unwrap() >= 75.0 - 1e-6 && document["changes"].as_u64().unwrap() > 0);
    assert!(document["proof"].as_str().unwrap().contains("So fewer will not do"));
    for step in document["steps"].as_array().unwrap() {
        members(step, &["name", "value", "bound", "proved"]);
    }
    let refused = college.json(&on_pair(&["coverage"], &["--reach", "175"]), 2);
    assert!(refused["error"].as_str().unwrap().contains("175 is no percentage"));
    let none = college.json(&on_pair(&["coverage"], &["--reach", "100", "--most-per-course", "1"]), 1);
    assert_eq!(none["outcome"], "out_of_reach");
}

#[test]
fn find_gives_outlines_by_likely_coverage() {
    let college = College::sample();
    let document = college.json(&["find", "--courses", "HIST *"], 0);
    let found = document["found"].as_array().unwrap();
    assert_eq!(found.len(), 3);
    assert!(found.windows(2).all(|two| two[0]["expected"].as_f64() >= two[1]["expected"].as_f64()));
    let from_file = college.json(&["find", "--courses", &sample_file("courses.csv"), "--against", "SY0-701"], 0);
    assert_eq!((&from_file["courses"], from_file["found"].as_array().unwrap().len()), (&serde_json::json!(60), 1));
    college.file(
        "skills.csv",
        "framework,code,statement\nTrades,T1,Bake sourdough bread\nTrades,T2,Configure a firewall\n",
    );
    let skills = college.json(&["find", "--courses", "ITSY *", "--against", "skills.csv", "SY0-701"], 0);
    let kinds: Vec<&str> =
        skills["found"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"framework") && kinds.contains(&"blueprint") && kinds.len() == 2);
    college.file("nothing.csv", "a,b\n1,2\n");
    college.json(&["find", "--courses", "ITSY *", "--against", "nothing.csv"], 2);
    assert!(college.json(&["find", "--courses", "NOPE 1"], 2)["error"].as_str().unwrap().contains("holds no courses"));
}

/// Two queries whose answers are their own words, and one that has none: hit@1 is worked out by hand as 2 of 3 or more.
#[test]
fn bench_align_gives_the_agreed_figures() {
    let college = College::empty();
    let candidates = "id\ttext\tcontext\n\
        c1\tConfigure a firewall from a written policy\tNetworks\n\
        c2\tPrepare an intravenous mixture under a hood\t\n\
        c3\tDate a map by its place names\tHistory\n";
    let queries = "id\ttext\tcontext\tgold\n\
        q1\tConfigure a firewall from a written policy\t\tc1\n\
        q2\tPrepare an intravenous mixture under a hood\tPharmacy\tc2|c3\n";
    college.file("q.tsv", queries);
    college.file("c.tsv", candidates);
    let document = college.json(&["bench", "align", "--queries", "q.tsv", "--candidates", "c.tsv"], 0);
    assert_eq!((&document["n"], &document["hit1"]), (&serde_json::json!(2), &serde_json::json!(1.0)));
    let agreed = [
        "n",
        "hit1",
        "hit5",
        "hit10",
        "mrr",
        "mrr_low",
        "mrr_high",
        "ece_top1",
        "abstention",
        "statements_per_second",
        "pairs_per_second",
        "seconds",
    ];
    for name in agreed {
        assert!(document.get(name).is_some_and(|value| !value.is_null()), "{name} in {document}");
    }
    members(&document["abstention"][0], &["confidence", "share", "precision"]);
    let again = ["bench", "align", "--queries", "q.tsv", "--candidates", "c.tsv", "--engine", "default"];
    assert_eq!(college.json(&again, 0)["mrr"], document["mrr"]);
    assert!(college.files().iter().all(|name| !name.ends_with(".db")), "measuring makes no database");
}

#[test]
fn bench_align_says_what_is_wrong_with_its_tables() {
    let college = College::empty();
    college.file("q.tsv", "id\ttext\nq1\tTie a bowline\n");
    college.file("c.tsv", "id\ttext\tcontext\nc1\tTie a bowline\t\n");
    let document = college.json(&["bench", "align", "--queries", "q.tsv", "--candidates", "c.tsv"], 2);
    assert!(document["error"].as_str().unwrap().contains("gold"), "{document}");
}
