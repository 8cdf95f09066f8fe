//! The interface for programs: the same things as on the pages, so about the same.

use credway_model::{Action, CommentSubject};
use serde_json::json;

use crate::addresses::{Asked, Case};
use crate::expected::{About, Way};

/// The cases of an address of the interface.
pub(crate) fn cases(asked: &Asked<'_>) -> Option<Vec<Case>> {
    let place = asked.place;
    let (statement, target) = place.pair;
    let pattern = asked.listed.pattern.strip_prefix("/api/v1/")?;
    let of_crosswalk = || asked.case(place.crosswalk, asked.program());
    Some(match (asked.listed.method, pattern) {
        ("GET", "me") => vec![asked.case("", About::Themselves)],
        ("GET", "assignments" | "programs" | "courses" | "crosswalks" | "findings" | "history") => {
            vec![asked.case("", About::Somewhere)]
        }
        ("GET", "blueprints" | "credentials") => vec![asked.case("", Asked::shared())],
        ("GET", "blueprints/{id}") => vec![asked.case(asked.colleges.blueprint, Asked::shared())],
        ("GET", "credentials/{id}") => vec![asked.case(asked.colleges.credential, Asked::shared())],
        ("GET", "programs/{id}") => vec![asked.case(place.program, asked.program())],
        ("GET", "courses/{id}") => vec![asked.case(place.course, asked.course())],
        ("GET", "crosswalks/{id}" | "crosswalks/{id}/coverage" | "crosswalks/{id}/review") => vec![of_crosswalk()],
        ("POST", "crosswalks/{id}/decisions") => {
            let word = json!({ "statement": statement, "target": target, "verdict": "partial" });
            let mut settles = word.clone();
            settles["settles"] = true.into();
            let settle = Way::new(&[Action::Settle], asked.program());
            vec![of_crosswalk().json(word), Case { ways: vec![settle], ..of_crosswalk() }.json(settles)]
        }
        ("POST", "crosswalks/{id}/decisions/undo") => {
            vec![of_crosswalk().json(json!({ "statement": statement, "target": target }))]
        }
        ("GET" | "POST", "comments/{subject}") => {
            let on_course = asked.case(CommentSubject::Course(place.course), asked.course());
            let on_program = asked.case(CommentSubject::Program(place.program), asked.program());
            [on_course, on_program].map(|case| case.json(json!({ "text": "Seen." }))).into()
        }
        _ => return None,
    })
}
