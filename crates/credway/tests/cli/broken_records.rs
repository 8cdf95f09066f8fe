//! Broken records: weights, codes, circles, words, dates, and names of things that are not there.

use crate::broken::{Fault, all_refused};

#[test]
fn weights_that_do_not_add_up() {
    all_refused(&[
        Fault::new("blueprint", "weights-97.csv", "blueprint.weights-total", "row 2", "come to 97 %, not 100 %"),
        Fault::new("blueprint", "weights-missing.csv", "blueprint.weights-missing", "row 2", "1 of 3 domains"),
        Fault::new(
            "blueprint",
            "weight-not-a-number.csv",
            "blueprint.weight-invalid",
            "row 2, column “weight”",
            "“forty”",
        ),
    ]);
}

#[test]
fn codes_that_stand_twice() {
    all_refused(&[
        Fault::new("courses", "duplicate-courses.csv", "record.duplicate", "row 4, column “code”", "first at row 2."),
        Fault::new("blueprint", "duplicate-objectives.csv", "record.duplicate", "row 4", "1.1 stands twice"),
    ]);
}

#[test]
fn values_that_are_none() {
    all_refused(&[
        Fault::new("courses", "bad-code.csv", "record.course-code", "row 2, column “code”", "“Mooring 101!”"),
        Fault::new("courses", "bad-code.csv", "number.invalid", "row 3, column “credits”", "“three”"),
        Fault::new("outcomes", "unknown-level.csv", "record.word-unknown", "row 2, column “level”", "“brilliant”"),
        Fault::new("blueprint", "not-a-date.csv", "date.invalid", "row 2, column “effective”", "“next spring”"),
    ]);
}

#[test]
fn courses_that_require_one_another() {
    let chain = "HARB 1301 → HARB 1303 → HARB 1302 → HARB 1301";
    all_refused(&[Fault::new("courses", "requisite-circle.csv", "requisite.cycle", "row 2", chain)]);
}

#[test]
fn names_of_things_that_are_not_there() {
    let decisions = |code, place, says| Fault::new("decisions", "decisions-astray.csv", code, place, says);
    all_refused(&[
        Fault::new(
            "blueprint",
            "parent-not-there.csv",
            "record.parent",
            "row 3, column “parent_code”",
            "The parent 1.1 does not stand before",
        ),
        Fault::new("outcomes", "outcomes-astray.csv", "reference.course", "row 2", "HARB 9999"),
        decisions("reference.course", "row 2", "no course ITSY 9999"),
        decisions("reference.outcome", "row 3", "no outcome “O99”"),
        decisions("reference.objective", "row 4", "no objective “9.9”"),
        decisions("reference.crosswalk", "row 5", "no program “Welding”"),
    ]);
}
