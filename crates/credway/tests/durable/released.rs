//! Databases of released versions open in this one, are brought up to date, and keep every decision.

use std::io::Read;
use std::path::Path;

use crate::college::College;

/// Writes the released database to `path`.
pub(crate) fn unpack(path: &Path) {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/released/92076c7.zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(packed).unwrap()).unwrap();
    let mut bytes = Vec::new();
    archive.by_name("credway.db").unwrap().read_to_end(&mut bytes).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The decisions of each crosswalk, counted when the fixture was made: 44, 28 and 26.
pub(crate) fn keeps_everything(college: &College, address: &str) {
    let doctor = college.json(&["--db", address, "doctor"], 0);
    let lines = doctor["lines"].as_array().unwrap().iter();
    let detail = |line: &serde_json::Value| line["detail"].as_str().unwrap().to_owned();
    let crosswalks: Vec<String> =
        lines.filter(|line| line["name"].as_str().unwrap().starts_with("crosswalk ")).map(detail).collect();
    let mut counts: Vec<u32> =
        crosswalks.iter().map(|detail| detail.split_once(" decisions, all on").unwrap().0.parse().unwrap()).collect();
    counts.sort_unstable();
    assert_eq!(counts, [26, 28, 44]);
}

#[test]
fn a_database_of_the_first_release_keeps_every_decision() {
    let college = College::empty();
    unpack(&college.path("credway.db"));
    keeps_everything(&college, "sqlite:credway.db");
    let ran = college.run(&["coverage", "--program", "Cybersecurity", "--blueprint", "SY0-701"]);
    assert!(ran.status < 2, "{}", ran.talk);
    // Another word is taken, and what was there before stays.
    college.run(&["import", "decisions", &crate::college::sample_file("decisions.csv")]).ended(0);
    college.run(&["backup", "a.credway"]).ended(0);
    college.run(&["--db", "sqlite:new.db", "restore", "a.credway"]).ended(0);
    keeps_everything(&college, "sqlite:new.db");
}
