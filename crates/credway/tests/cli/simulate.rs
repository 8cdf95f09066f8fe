//! `simulate` as it is called: the document, the tables, a plan and pass rates from files, a pathway of the sample, and what broken
//! ones are told.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::college::College;
use crate::json::{members, shape};

/// Three courses, an exit after the first, an exam that the second makes ready.
fn instance() -> String {
    let course = |id: &str, requires: Value| json!({"id": id, "cr": 3, "lvl": 100, "inst": "U", "off": "FS", "pre": requires, "co": [], "rate": 100});
    let program = |name: &str, total: u32, courses: Value| {
        json!({
            "n": name, "total": total, "resid": 0, "ud": 0, "share": 0, "value": 1, "tree": [],
            "groups": [{"n": "all", "k": total / 3, "s": courses}],
        })
    };
    let instance = json!({
        "courses": [course("KNOT1", json!([])), course("KNOT2", json!([["KNOT1"]])), course("SAIL1", json!([]))],
        "progs": [program("CERT", 3, json!(["KNOT1"])), program("BS", 9, json!(["KNOT1", "KNOT2", "SAIL1"]))],
        "certs": [{
            "n": "Rigger", "fee": 50, "theta": 80, "value": 1, "doms": [{"w": 100, "s": {"KNOT1": 100}}],
        }],
        "H": 6, "cap": {"F": 6, "S": 6, "U": 0}, "minload": 0, "need_certs": 1, "done": [], "cpl": {}, "cplmax": 0,
        "termfee": 20,
    });
    instance.to_string()
}

#[test]
fn a_simulation_gives_distributions_shares_and_the_costliest_courses() {
    let college = College::empty();
    college.file("small.json", instance());
    let words = ["simulate", "--instance", "small.json", "--learners", "2000", "--stop-out", "0.05"];
    let document = college.json(&words, 0);
    assert_eq!(document, college.json(&words, 0), "the seed decides everything");
    members(&document["reached"], &["learners", "months", "credits", "cost"]);
    assert_eq!((&document["learners"], &document["planned_months"]), (&json!(2000), &json!(9)));
    let shares: f64 =
        document["endings"].as_array().unwrap().iter().map(|ending| ending["share"]["value"].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-9);
    // A failure on the chain delays everything, one beside it finds a place.
    assert_eq!(document["costly"][2]["course"], json!("SAIL1"));
    assert_snapshot!("simulate", shape(&document));
    assert_snapshot!("simulate_words", college.run(&words).ended(0).out);
    assert_eq!(college.files(), ["small.json"], "nothing is made");
}

#[test]
fn without_bad_luck_the_plan_comes_true() {
    let college = College::empty();
    college.file("small.json", instance());
    let planned = college.json(&["plan", "--instance", "small.json"], 0);
    college.file("plan.json", planned.to_string());
    college.file("rates.csv", "course,pass_rate\nKNOT1,1\nSAIL1,100 %\n");
    let certain = ["--pass-rate", "1", "--exam-pass-rate", "1", "--stop-out", "0", "--learners", "10"];
    let given = ["simulate", "--instance", "small.json", "--plan", "plan.json", "--pass-rates", "rates.csv"];
    let document = college.json(&[given.as_slice(), &certain].concat(), 0);
    let stage = |name: &str| {
        let stages = planned["stages"].as_array().unwrap();
        stages.iter().find(|stage| stage["name"] == name).unwrap()["value"].as_f64()
    };
    assert_eq!(document["reached"]["cost"]["mean"]["value"].as_f64(), stage("cost"));
    assert_eq!(document["reached"]["months"]["mean"]["value"].as_f64(), Some(9.0));
    assert_eq!(document["reached"]["learners"], json!(10));
    // Nobody passes one course with a rate of nothing.
    college.file("rates.csv", "course,pass_rate\nKNOT2,0\n");
    let document = college.json(&[given.as_slice(), &certain].concat(), 0);
    assert_eq!(document["reached"]["learners"], json!(0));
    assert_eq!(document["endings"][5]["share"]["value"], json!(1.0), "all are still studying");
}

#[test]
fn what_cannot_be_simulated_is_told() {
    let college = College::empty();
    college.file("small.json", instance());
    let told = |extra: &[&str], said: &str| {
        let words = [&["simulate", "--instance", "small.json"], extra].concat();
        let error = college.json(&words, 2)["error"].as_str().unwrap().to_owned();
        assert!(error.contains(said), "{error}");
    };
    told(&["--pass-rate", "1.5"], "between 0 and 1");
    college.file("rates.csv", "course,pass_rate\nKNOT1,often\n");
    told(&["--pass-rates", "rates.csv"], "row 2: “often” is no pass rate");
    college.file("rates.csv", "course,pass_rate\nKNOT9,0.5\n");
    told(&["--pass-rates", "rates.csv"], "no course “KNOT9”");
    college.file("rates.csv", "course,rate\n");
    told(&["--pass-rates", "rates.csv"], "no column “pass_rate”");
    college.file("plan.json", "{\"plan\": [{\"term\": 0, \"courses\": [\"KNOT2\"]}]}");
    told(&["--plan", "plan.json"], "lacks a prerequisite");
    college.file("plan.json", "[]");
    told(&["--plan", "plan.json"], "not a plan");
}

/// The sample's pathway with wishes that make its plan quick.
const PATHWAY: [&str; 7] = [
    "--pathway",
    "From security support to digital history",
    "--to",
    "associate",
    "--from",
    "fall 2026",
    "--no-summer",
];
/// Nothing goes wrong.
const CERTAIN: [&str; 8] = ["--pass-rate", "1", "--exam-pass-rate", "1", "--stop-out", "0", "--learners", "10"];

#[test]
fn without_bad_luck_the_plan_of_a_pathway_comes_true_in_dollars_and_credits() {
    let college = College::sample();
    let wishes = [&PATHWAY[..], &["--require", "security-plus"]].concat();
    let planned = college.json(&[&["plan"], &wishes[..]].concat(), 0);
    let document = college.json(&[&["simulate"], &wishes[..], &CERTAIN].concat(), 0);
    members(&document["reached"], &["learners", "months", "credits", "cost"]);
    assert_eq!(document["plan"]["terms"], planned["terms"], "it is the plan that is followed");
    for figure in ["months", "credits", "cost"] {
        let mean = &document["reached"][figure]["mean"]["value"];
        assert_eq!(mean.as_f64(), planned[figure].as_f64(), "{figure}");
        let bars = document["reached"][figure]["bars"].as_array().unwrap();
        assert_eq!((bars.len(), bars[0]["from"].as_f64()), (1, mean.as_f64()), "{figure}");
    }
    let words = college.run(&[&["simulate"], &wishes[..], &CERTAIN].concat()).ended(0).out;
    assert!(words.contains("Taken for granted") && words.contains("fall 2026"), "{words}");
}

#[test]
fn a_failed_sitting_costs_dollars_and_a_pass_rate_holds_for_a_course_of_the_pathway() {
    let college = College::sample();
    let cost = |more: &[&str]| {
        let words = [&["simulate"], &PATHWAY[..], &["--require", "security-plus", "--learners", "2000"], more].concat();
        let document = college.json(&[&words[..], &["--pass-rate", "1", "--stop-out", "0"]].concat(), 0);
        document["reached"]["cost"]["mean"]["value"].as_f64().unwrap()
    };
    // Half fail the first sitting and come again; everybody passes one of very many.
    let half = ["--exam-pass-rate", "0.5", "--retakes", "40"];
    let [free, dear] = ["0", "200"].map(|fee| cost(&[&half[..], &["--retake-fee", fee]].concat()));
    // One sitting more on average, with the spread of 2,000 learners.
    assert!((dear - free - 200.0).abs() < 30.0, "{free} and {dear}");

    college.file("rates.csv", "course,pass_rate\nITSY 1300,0\n");
    let never = ["--pass-rates", "rates.csv"];
    let document = college.json(&[&["simulate"], &PATHWAY[..], &CERTAIN, &never].concat(), 0);
    assert_eq!(document["reached"]["learners"], json!(0));
}

#[test]
fn a_pathway_without_a_plan_is_not_simulated() {
    let college = College::sample();
    let refused = college.json(&[&["simulate"], &PATHWAY[..], &["--terms", "1"]].concat(), 2);
    let error = refused["error"].as_str().unwrap();
    assert!(error.contains("no plan to follow") && error.contains("credway plan --pathway"), "{error}");
    assert_eq!(college.run(&["simulate"]).status, 2, "neither a pathway nor an instance");
    college.file("small.json", instance());
    for both in [["--pathway", "Way"], ["--from", "fall 2026"]] {
        assert_eq!(college.run(&[&["simulate", "--instance", "small.json"], &both[..]].concat()).status, 2, "{both:?}");
    }
}
