//! The structure of curricula at the terminal.

use insta::assert_snapshot;

use crate::college::College;
use crate::json::{findings, members, shape};

const PLAN: &str = include_str!("../../../../fuzz/seeds/curriculum/plan");

#[test]
fn a_file_gives_courses_total_and_findings_and_no_database() {
    let college = College::empty();
    let document = college.json(&["metrics", college.file("plan.csv", PLAN)], 0);
    members(&document, &["courses", "total", "findings"]);
    findings(&document["findings"]);
    // By hand: chains 1-2-5, 1-4-2-5, 1-5, 3-2-5 and 6 alone.
    let figures = |name: &str| -> Vec<u64> {
        let courses = document["courses"].as_array().unwrap();
        courses.iter().map(|course| course[name].as_u64().unwrap()).collect()
    };
    assert_eq!(figures("delay"), [4, 4, 3, 4, 4, 1]);
    assert_eq!(figures("blocking"), [3, 1, 2, 2, 0, 0]);
    assert_eq!(figures("centrality"), [0, 10, 0, 4, 0, 0]);
    assert_eq!(figures("complexity"), [7, 5, 5, 6, 4, 1]);
    assert_eq!(document["total"]["complexity"], 28);
    assert_eq!(college.files(), ["plan.csv"], "nothing is made");
    assert_snapshot!("metrics", shape(&document));
}

#[test]
fn a_program_is_measured_by_what_it_requires_for_certain() {
    let college = College::sample();
    let document = college.json(&["metrics", "--program", "Cybersecurity"], 0);
    members(&document, &["program", "courses", "total", "findings", "not_counted"]);
    let courses = document["courses"].as_array().unwrap();
    let of = |code: &str| {
        let course = courses.iter().find(|course| course["id"] == code).unwrap();
        ["delay", "blocking", "complexity"].map(|name| course[name].as_u64().unwrap())
    };
    // By hand: ITNW 1325 → ITSY 1300 → ITSY 2301 → ITSY 2359.
    assert_eq!(of("ITNW 1325"), [4, 10, 14]);
    assert_eq!(of("ITSY 1300"), [4, 7, 11]);
    assert_eq!(of("ITSY 2330"), [2, 1, 3], "which course leads to it is a choice");
    assert_eq!(of("ENGL 1301"), [1, 0, 1]);
    assert_eq!(document["not_counted"].as_array().unwrap().len(), 2);
    let told = college.run(&["metrics", "--program", "Cybersecurity"]).ended(0).out;
    assert!(told.contains("ITSY 2330 requires ITNW 2321 or ITSY 2301, of which any one will do."), "{told}");
    let both = college.run(&["metrics", "--program", "Cybersecurity", "plan.csv"]).ended(2);
    assert!(both.talk.contains("--program"), "{}", both.talk);
    let unknown = college.run(&["metrics", "--program", "Alchemy"]).ended(2);
    assert!(unknown.talk.contains("Alchemy"), "{}", unknown.talk);
}

#[test]
fn an_imported_curriculum_measures_as_its_file_does() {
    let college = College::empty();
    college.run(&["new", "Pier College"]).ended(0);
    let file = college.file("plan.csv", PLAN);
    let imported = college.json(&["import", "program", file], 0);
    assert_eq!((&imported["records"]["program"], &imported["records"]["course"]), (&1.into(), &6.into()), "{imported}");
    let again = college.json(&["import", "program", file], 0);
    assert_eq!(again["ids"], imported["ids"]);
    let (of_file, of_program) =
        (college.json(&["metrics", file], 0), college.json(&["metrics", "--program", "Boatbuilding"], 0));
    for name in ["delay", "blocking", "centrality", "complexity"] {
        assert_eq!(of_file["total"][name], of_program["total"][name], "{name}");
    }
    assert_eq!(of_program["not_counted"].as_array().unwrap().len(), 0);
}

#[test]
fn words_are_aligned_and_quarters_counted() {
    let college = College::empty();
    let ran = college.run(&["metrics", "--quarter", college.file("plan.csv", PLAN)]);
    assert_snapshot!("metrics_words", ran.ended(0).out);
}

#[test]
fn several_files_and_folders_give_a_document_with_one_entry_each() {
    let college = College::empty();
    std::fs::create_dir_all(college.path("plans/below")).unwrap();
    college.file("plans/b.csv", PLAN);
    college.file("plans/below/a.CSV", "code,title\n");
    college.file("plans/notes.txt", "not read");
    let document = college.json(&["metrics", "plans"], 1);
    let files: Vec<&str> =
        document["files"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["plans/b.csv", "plans/below/a.CSV"]);
    assert!(document["files"][1]["total"].is_null());
    assert_eq!(document["files"][1]["findings"][0]["code"], "curriculum.form");
    assert_snapshot!("metrics_of_files", college.run(&["metrics", "plans"]).ended(1).out);
    let missing = college.run(&["metrics", "nowhere.csv"]).ended(2);
    assert!(missing.talk.contains("there is no file nowhere.csv"), "{}", missing.talk);
}

#[test]
fn a_circle_is_named_course_by_course() {
    let college = College::empty();
    let circle = PLAN.replace("1,Lofting,BW,101,,", "1,Lofting,BW,101,5,");
    let document = college.json(&["metrics", college.file("plan.csv", circle)], 1);
    assert!(document["courses"].as_array().unwrap().iter().all(|course| course["delay"].is_null()));
    let told = document["findings"].as_array().unwrap().iter().find(|one| one["code"] == "curriculum.circle").unwrap();
    assert!(told["message"].as_str().unwrap().contains("BW 101 (1) before BW 210 (5); BW 210 (5) before BW 101 (1)"));
}
