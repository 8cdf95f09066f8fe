//! Requisite circles: courses that certainly require one another.
//!
//! Only courses without which a requisite cannot be met count, and only those taken before: an "or" or a consent may be
//! a way around the circle, and courses taken at the same time may well require one another.

use std::collections::BTreeMap;

use credway_model::{CatalogueYear, Course, CourseCode, Ctid, Finding, Place, RequiredWhen, Requisite, Severity};

/// How many courses of a circle are named in its finding.
const MOST_SHOWN: usize = 12;

/// The courses that have to be taken before, whatever else is chosen.
fn certain(tree: &Requisite) -> Vec<CourseCode> {
    let before = tree.certain().into_iter().filter(|course| course.when == RequiredWhen::Before);
    before.map(|course| course.code.clone()).collect()
}

/// Pushes an error for every circle, with its chain.
pub(super) fn find_cycles(courses: &[Course], findings: &mut Vec<Finding>) {
    let key = |course: &Course| (course.organization, course.catalogue_year.clone(), course.code.clone());
    let index: BTreeMap<(Ctid, Option<CatalogueYear>, CourseCode), usize> =
        courses.iter().enumerate().map(|(at, course)| (key(course), at)).collect();
    let required: Vec<Vec<usize>> = courses
        .iter()
        .map(|course| {
            let at = |code: CourseCode| index.get(&(course.organization, course.catalogue_year.clone(), code)).copied();
            course.requisites.as_ref().map(certain).unwrap_or_default().into_iter().filter_map(at).collect()
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
    if circle.len() == 1 {
        // A slip of the catalogue, which must not keep thousands of other courses out.
        let message = format!("The course {} requires itself.", codes[0]);
        let hint = "Nobody can take it; correct its prerequisites.";
        findings.push(Finding::new("requisite.itself", Severity::Warning, place, message, hint));
        return;
    }
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
    use super::*;

    #[test]
    fn only_certain_requirements_count() {
        let check = |tree: &str, expected: &[&str]| {
            let codes = certain(&tree.parse().unwrap());
            assert_eq!(codes.iter().map(CourseCode::as_str).collect::<Vec<_>>(), expected, "{tree}");
        };
        check("ITSY 1300", &["ITSY 1300"]);
        check("ITSY 1300 [C] and ITNW 1325 and text \"a boat\"", &["ITSY 1300", "ITNW 1325"]);
        check("ITSY 1300 or consent \"approval\"", &[]);
        check("ITSY 1300 [concurrent] and MATH 1314 [concurrent allowed]", &[]);
    }
}
