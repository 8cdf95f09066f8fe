//! Whether a plan keeps what the published catalogue says of its courses, read from its file anew and by other code than the product's:
//! requisites term by term, and the terms in which a course is offered.
//!
//! What no course meets (“departmental approval”) is taken as met where it is asked for, and is no way round where courses are another.

use std::collections::BTreeMap;

use credway_workflow::PathwayPlan;
use serde_json::Value;

use crate::catalogue::YEAR;

/// The catalogue's courses: of each code the edition of the degree's year, else the latest.
pub(crate) fn courses(text: &str) -> BTreeMap<String, Value> {
    let all: Vec<Value> = serde_json::from_str(text).unwrap();
    let mut courses: BTreeMap<String, Value> = BTreeMap::new();
    for course in all {
        let code = course["code"].as_str().unwrap().to_owned();
        let rank = |of: &Value| (of["year"] == YEAR, of["year"].as_str().unwrap().to_owned());
        if courses.get(&code).is_none_or(|known| rank(known) < rank(&course)) {
            courses.insert(code, course);
        }
    }
    courses
}

/// Every fault of a plan. Empty where each course comes after, or with, what it requires, and is offered in its term.
pub(crate) fn faults(courses: &BTreeMap<String, Value>, plan: &PathwayPlan) -> Vec<String> {
    let mut faults = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for term in &plan.terms {
        let now: Vec<&str> = term.courses.iter().map(|course| course.code.as_str()).collect();
        for code in &now {
            let course = &courses[*code];
            let requires = course["prerequisites"].as_array().unwrap();
            if !requires.iter().all(|part| met(part, &before, &now)) {
                faults.push(format!("{code} in {} after {before:?} with {now:?}", term.name));
            }
            if !offered(&course["offered"], &term.name) {
                faults.push(format!("{code} in {}, offered {}", term.name, course["offered"]));
            }
            if before.contains(code) {
                faults.push(format!("{code} twice"));
            }
        }
        before.extend(now);
    }
    faults
}

/// Whether a part of the requisites holds.
fn met(part: &Value, before: &[&str], now: &[&str]) -> bool {
    if let Some(parts) = part["any"].as_array() {
        let counted: Vec<&Value> = parts.iter().filter(|way| !asks_else(way)).collect();
        return counted.is_empty() || counted.iter().any(|way| met(way, before, now));
    }
    if let Some(parts) = part["all"].as_array() {
        return parts.iter().all(|way| met(way, before, now));
    }
    let Some(code) = part["course"].as_str() else { return part["general"].is_string() };
    before.contains(&code) || (part["coreq"] == true && now.contains(&code))
}

/// Whether a part asks for something that is no course.
fn asks_else(part: &Value) -> bool {
    let parts = part["any"].as_array().or(part["all"].as_array());
    part["general"].is_string() || parts.is_some_and(|parts| parts.iter().any(asks_else))
}

/// Whether a course is offered in a term (`fall 2026`). “discretion” is taken as every fall and spring.
fn offered(said: &Value, term: &str) -> bool {
    let (season, year) = term.split_once(' ').unwrap();
    let parity = if year.parse::<u32>().unwrap() % 2 == 0 { "even" } else { "odd" };
    said.as_array().unwrap().iter().any(|one| match one.as_str().unwrap() {
        "discretion" => season != "summer",
        one => one == season || one == format!("{season}-{parity}"),
    })
}
