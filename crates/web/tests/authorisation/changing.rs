//! The addresses of a new version of a blueprint: the exam of the places' crosswalks, followed by the one whose crosswalks
//! are being signed.

use credway_workflow::change_id;

use crate::addresses::{Asked, Case};
use crate::expected::About;

pub(crate) fn cases(asked: &Asked<'_>) -> Option<Vec<Case>> {
    let (place, colleges) = (asked.place, asked.colleges);
    let id = change_id(&colleges.blueprint, &colleges.later);
    Some(match (asked.listed.method, asked.listed.pattern) {
        ("GET", "/changes") => vec![asked.case("", Asked::shared())],
        ("GET", "/changes/catalogue") => vec![asked.case("", About::Somewhere)],
        ("GET", "/changes/{id}" | "/changes/{id}/memo") => vec![asked.case(id, Asked::shared())],
        ("GET", "/changes/{id}/memo/export") => {
            let case = asked.case(id, Asked::shared());
            ["html", "docx"]
                .map(|form| Case { address: format!("{}?format={form}", case.address), ..case.clone() })
                .to_vec()
        }
        ("POST", "/changes/{id}/carry" | "/changes/{id}/take-back") => {
            vec![asked.case(id, asked.program()).with("program", place.program)]
        }
        ("POST", "/changes/{id}/confirm") => {
            let case = asked.case(id, asked.program()).with("program", place.program).with("verdict", "partial");
            let (statement, target) = place.pair;
            vec![case.with("statement", statement).with("old_target", target).with("new_target", place.leads_to)]
        }
        ("POST", "/changes/{id}/undo") => {
            let case = asked.case(id, asked.program()).with("program", place.program);
            let (statement, target) = place.pair;
            vec![case.with("crosswalk", place.crosswalk).with("statement", statement).with("target", target)]
        }
        _ => return None,
    })
}
