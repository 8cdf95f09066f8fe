//! Requisite circles: courses that certainly require one another.
//!
//! Only texts that are nothing but course codes joined by commas, semicolons or "and" count: anything else (an "or", a
//! permission, a grade) may have a way around the circle. Reading the rest of the language is another matter.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use credway_model::{CatalogueYear, Course, CourseCode, Ctid, Finding, Place, Severity};
use regex::Regex;

/// How many courses of a circle are named in its finding.
const MOST_SHOWN: usize = 12;

static JOINT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\s*(?:,|;|&|\band\b)\s*").ok());

/// A code and nothing else.
static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^[a-z]{2,8}[ -]?[0-9]{1,5}[a-z]{0,2}$").ok());

/// The codes of a text that is nothing but codes that are all required.
fn certain(text: &str) -> Option<Vec<CourseCode>> {
    let (joint, code) = (JOINT.as_ref()?, CODE.as_ref()?);
    let codes: Option<Vec<CourseCode>> = joint
        .split(text.trim().trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .map(|part| code.is_match(part).then(|| part.parse().ok()).flatten())
        .collect();
    codes.filter(|codes| !codes.is_empty())
}

/// Pushes an error for every circle, with its chain.
pub(super) fn find_cycles(courses: &[Course], findings: &mut Vec<Finding>) {
    let key = |course: &Course| (course.organization, course.catalogue_year.clone(), course.code.clone());
    let index: BTreeMap<(Ctid, Option<CatalogueYear>, CourseCode), usize> =
        courses.iter().enumerate().map(|(at, course)| (key(course), at)).collect();
    let required: Vec<Vec<usize>> = courses
        .iter()
        .map(|course| {
            let codes = course.prerequisites.as_ref().and_then(|text| certain(text.as_str())).unwrap_or_default();
            let at = |code: CourseCode| index.get(&(course.organization, course.catalogue_year.clone(), code)).copied();
            codes.into_iter().filter_map(at).collect()
        })
        .collect();
    let mut state = vec![State::New; courses.len()];
    for start in 0..courses.len() {
        walk(start, &required, &mut state, &mut |circle| report(circle, courses, findings));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the way being walked, at this step.
    OnPath(usize),
    Done,
}

/// Depth first, without recursion, so that a long chain needs no deep stack.
fn walk(start: usize, required: &[Vec<usize>], state: &mut [State], found: &mut dyn FnMut(&[usize])) {
    if state[start] != State::New {
        return;
    }
    let mut path = vec![start];
    let mut next = vec![0_usize];
    state[start] = State::OnPath(0);
    while let (Some(at), Some(step)) = (path.last().copied(), next.last_mut()) {
        let Some(to) = required[at].get(*step).copied() else {
            state[at] = State::Done;
            path.pop();
            next.pop();
            continue;
        };
        *step += 1;
        match state[to] {
            State::New => {
                state[to] = State::OnPath(path.len());
                path.push(to);
                next.push(0);
            }
            State::OnPath(from) => found(&path[from..]),
            State::Done => {}
        }
    }
}

fn report(circle: &[usize], courses: &[Course], findings: &mut Vec<Finding>) {
    let code = |at: &usize| courses[*at].code.as_str();
    let mut codes: Vec<&str> = circle.iter().take(MOST_SHOWN).map(code).collect();
    if circle.len() > MOST_SHOWN {
        codes.push("…");
    }
    codes.extend(circle.first().map(code));
    let place =
        circle.first().and_then(|at| courses[*at].origin.as_ref()).map_or(Place::Whole, |origin| origin.place.clone());
    findings.push(Finding::new(
        "requisite.cycle",
        Severity::Error,
        place,
        format!("These courses require one another in a circle: {}.", codes.join(" → ")),
        "Nobody can take them; correct the prerequisites of one of them.",
    ));
}

#[cfg(test)]
mod tests {
    use super::certain;

    #[test]
    fn only_certain_requirements_count() {
        let check = |text: &str, expected: Option<&[&str]>| {
            let codes = certain(text).map(|codes| codes.iter().map(ToString::to_string).collect::<Vec<_>>());
            assert_eq!(
                codes.as_deref(),
                expected.map(|codes| codes.iter().map(ToString::to_string).collect::<Vec<_>>()).as_deref(),
                "{text}"
            );
        };
        check("ITSY 1300", Some(&["ITSY 1300"]));
        check("ITSY 1300, ITNW 1325 and MATH 1314.", Some(&["ITSY 1300", "ITNW 1325", "MATH 1314"]));
        check("ITSY 1300 or approval", None);
        check("ITSY 1300 with a grade of C or better", None);
        check("Departmental approval", None);
    }
}
