//! Reads what a simulation is given: a plan as `plan --json` writes it, and pass rates as CSV.
//!
//! Refuses as a whole what it does not understand: a simulation with half the rates would look like one with all.

use std::collections::BTreeMap;

use credway_plan::pathway::{Plan, Problem, Term, with_awards};
use serde::Deserialize;

use crate::WorkflowError;
use crate::simulate_plan::refuse;

#[derive(Deserialize)]
struct WirePlan {
    #[serde(default)]
    prior_learning: Vec<String>,
    plan: Vec<WireTerm>,
}

#[derive(Deserialize)]
struct WireTerm {
    term: usize,
    #[serde(default)]
    courses: Vec<String>,
    #[serde(default)]
    exams: Vec<String>,
}

/// Most terms: what is above is a mistake.
const MOST_TERMS: usize = 300;

/// The plan of a document of `plan --json`. Awards are found anew.
pub(super) fn plan(problem: &Problem, text: &str) -> Result<Plan, WorkflowError> {
    let hint = "give the document of `plan --json` of the same instance";
    let wire: WirePlan =
        serde_json::from_str(text).map_err(|error| refuse(format!("the file is not a plan: {error}"), hint))?;
    let courses: BTreeMap<&str, usize> =
        problem.courses.iter().enumerate().map(|(index, course)| (course.code.as_str(), index)).collect();
    let exams: BTreeMap<&str, usize> =
        problem.exams.iter().enumerate().map(|(index, exam)| (exam.name.as_str(), index)).collect();
    let find = |names: &BTreeMap<&str, usize>, named: &[String]| -> Result<Vec<usize>, WorkflowError> {
        let one = |name: &String| {
            let unknown = || refuse(format!("the instance has no “{name}”, which the plan names"), hint);
            names.get(name.as_str()).copied().ok_or_else(unknown)
        };
        named.iter().map(one).collect()
    };
    let last = wire.plan.iter().map(|term| term.term + 1).max().unwrap_or(0);
    if last > MOST_TERMS {
        return Err(refuse(format!("the plan has {last} terms"), hint));
    }
    let mut terms = vec![Term::default(); last.max(problem.horizon)];
    for term in &wire.plan {
        terms[term.term].courses.extend(find(&courses, &term.courses)?);
        terms[term.term].exams.extend(find(&exams, &term.exams)?);
    }
    let plan = Plan { prior_learning: find(&courses, &wire.prior_learning)?, terms };
    with_awards(problem, plan).map_err(|error| refuse(error.to_string(), hint))
}

/// The pass rates of a CSV with the columns `course` and `pass_rate` (0.85 or 85 %).
pub(super) fn pass_rates(text: &str) -> Result<Vec<(String, f64)>, WorkflowError> {
    let hint = "give CSV with the columns course and pass_rate, such as CYB101,0.85";
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|error| refuse(error.to_string(), hint))?.clone();
    let column = |name: &str| {
        let missing = || refuse(format!("the table of pass rates has no column “{name}”"), hint);
        heads.iter().position(|head| head.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name)).ok_or_else(missing)
    };
    let (course, rate) = (column("course")?, column("pass_rate")?);
    let mut rates: Vec<(String, f64)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| refuse(error.to_string(), hint))?;
        let row = record.position().map_or(0, csv::Position::line);
        let (code, said) = (record.get(course).unwrap_or_default(), record.get(rate).unwrap_or_default());
        let (figure, whole) = said.strip_suffix('%').map_or((said, 1.0), |percent| (percent.trim(), 100.0));
        let rate = figure.parse::<f64>().ok().map(|figure| figure / whole).filter(|rate| (0.0..=1.0).contains(rate));
        let rate = rate.ok_or_else(|| refuse(format!("row {row}: “{said}” is no pass rate between 0 and 1"), hint))?;
        if rates.iter().any(|(known, _)| known == code) {
            return Err(refuse(format!("row {row}: “{code}” has a pass rate already"), hint));
        }
        rates.push((code.to_owned(), rate));
    }
    Ok(rates)
}
