//! What was said to be done stays done: the real binary killed, cut off from its disk, or met by another.

#[path = "../cli/college.rs"]
#[expect(dead_code, reason = "the helper serves the tests of the command line too")]
mod college;
mod kills;
mod released;
mod trouble;

/// How many courses the database holds, by the doctor's count, for lists are cut.
fn courses(college: &college::College) -> usize {
    let doctor = college.json(&["doctor"], 0);
    let rows = doctor["lines"].as_array().unwrap().iter().find(|line| line["name"] == "rows").unwrap();
    let counts = rows["detail"].as_str().unwrap().split(", ");
    counts.filter_map(|count| count.strip_prefix("course ")).next().unwrap().parse().unwrap()
}
