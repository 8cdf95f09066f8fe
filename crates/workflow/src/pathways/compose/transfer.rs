//! Transfer from one institution of a pathway to another: which courses come after which credentials, and how much of other institutions'
//! courses counts.

use std::collections::BTreeMap;

use credway_model::{Credits, Ctid};
use credway_plan::pathway::{Held, Problem};

use super::super::material::Material;
use super::Said;
use super::courses::Taken;
use super::credentials::requirements;
use super::open::most_from_elsewhere;

/// Fills in what transfer means for courses and credentials.
pub(super) fn fill(
    material: &Material,
    chosen: &[usize],
    taken: &Taken,
    (unit, problem, said): (u32, &mut Problem, &mut Said),
) {
    order(material, chosen, taken, (problem, said));
    for (place, index) in chosen.iter().enumerate() {
        let required = requirements(&material.credentials[*index]);
        let own = owner(material, *index);
        if required.most_transferred.is_none() {
            continue;
        }
        let courses = from_elsewhere(problem, place, &|course| taken.courses[course].organization != own);
        let total = required.total.map(Credits::steps);
        let most = most_from_elsewhere(&required, total.unwrap_or(u32::MAX));
        if credits(taken, &courses) <= most {
            continue;
        }
        let limits = &problem.credentials[place].limits;
        if total.is_some() && limits.iter().all(|(other, _)| nest(&courses, other)) {
            problem.credentials[place].limits.push((courses, most / unit));
        } else {
            said.note(format!(
                "“{}” limits what counts of other institutions' courses, which is not planned beside its other limits.",
                problem.credentials[place].name
            ));
        }
    }
}

fn owner(material: &Material, index: usize) -> Ctid {
    material.credentials[index].program.organization
}

/// Courses of an institution are taken after the credentials of other institutions that the way leads there by. Where some credential on
/// that way is of the institution itself, nobody arrives there by a transfer.
fn order(material: &Material, chosen: &[usize], taken: &Taken, (problem, said): (&mut Problem, &mut Said)) {
    for (place, index) in chosen.iter().enumerate() {
        let own = owner(material, *index);
        let is_own = |other: &usize| owner(material, chosen[*other]) == own;
        let before: Vec<usize> = problem.credentials[place]
            .needs
            .iter()
            .filter_map(|clause| match clause.as_slice() {
                [Held::Credential(other)] => Some(*other),
                _ => None,
            })
            .filter(|other| !builds_on(problem, *other).iter().any(is_own))
            .collect();
        if before.is_empty() {
            continue;
        }
        let theirs = taken.courses.iter().enumerate().filter(|(_, course)| course.organization == own);
        for (course, _) in theirs {
            let after = &mut problem.courses[course].after;
            after.extend(&before);
            after.sort_unstable();
            after.dedup();
        }
        let owner = material.organizations.get(&own).map_or("the other institution", String::as_str);
        let names: Vec<&str> = before.iter().map(|other| problem.credentials[*other].name.as_str()).collect();
        said.assume(
            format!("Courses at {owner}"),
            format!("taken after {}", names.join(" and ")),
            "the pathway: who transfers holds it",
        );
    }
}

/// A credential with those it may build on, directly or not.
fn builds_on(problem: &Problem, credential: usize) -> Vec<usize> {
    let mut reach = vec![credential];
    let mut at = 0;
    while let Some(credential) = reach.get(at).copied() {
        for held in problem.credentials[credential].needs.iter().flatten() {
            if let Held::Credential(other) = held
                && !reach.contains(other)
            {
                reach.push(*other);
            }
        }
        at += 1;
    }
    reach
}

/// Courses of other institutions that can be held when a credential is awarded: none that comes after it.
fn from_elsewhere(problem: &Problem, credential: usize, is_elsewhere: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let later = |course: &usize| {
        problem.courses[*course].after.iter().any(|after| builds_on(problem, *after).contains(&credential))
    };
    (0..problem.courses.len()).filter(|course| is_elsewhere(*course) && !later(course)).collect()
}

/// Credits of courses in hundredths, those of the same code once.
fn credits(taken: &Taken, courses: &[usize]) -> u32 {
    let by_code: BTreeMap<&str, u32> =
        courses.iter().map(|course| &taken.courses[*course]).map(|one| (one.code.as_str(), one.credits)).collect();
    by_code.into_values().sum()
}

/// Whether two lists of courses have none in common, or one lies within the other: what the planner's limits must do.
pub(super) fn nest(one: &[usize], other: &[usize]) -> bool {
    let shared = one.iter().filter(|course| other.contains(course)).count();
    shared == 0 || shared == one.len() || shared == other.len()
}
