//! What the pathway's conditions ask of the credentials of a plan: clauses of exams, credentials and courses, each met by any one of
//! its members. What cannot be planned is said.

use credway_model::{ComponentKey, PathwayCondition};
use credway_plan::pathway::{Held, Problem};

use super::super::material::Material;
use super::Said;
use super::courses::Taken;

/// The most clauses a condition is written out to.
const MOST_CLAUSES: usize = 100;

/// Fills in what each credential of the plan needs.
pub(super) fn fill(material: &Material, chosen: &[usize], taken: &Taken, (problem, said): (&mut Problem, &mut Said)) {
    let pathway = &material.pathway;
    for (place, index) in chosen.iter().enumerate() {
        let component = &pathway.components[material.credentials[*index].component];
        let Some(condition) = &component.condition else { continue };
        let Some(clauses) = clauses(condition) else {
            said.note(format!("“{}” asks for {condition}, of which a part is not planned.", component.name));
            continue;
        };
        for clause in clauses {
            let found: Vec<Option<Held>> = clause.iter().map(|key| held(material, chosen, taken, key)).collect();
            let known: Vec<Held> = found.iter().copied().flatten().collect();
            if known.len() == found.len() {
                problem.credentials[place].needs.push(known);
            } else {
                let keys: Vec<&str> = clause.iter().map(|key| key.as_str()).collect();
                said.note(format!(
                    "“{}” asks for {}, which takes no courses and is not planned.",
                    component.name,
                    keys.join(" or ")
                ));
            }
        }
    }
    transfer(material, chosen, taken, (problem, said));
}

/// What a component is in the plan.
fn held(material: &Material, chosen: &[usize], taken: &Taken, key: &ComponentKey) -> Option<Held> {
    let at = material.pathway.components.iter().position(|component| component.key == *key)?;
    if let Some(credential) = chosen.iter().position(|index| material.credentials[*index].component == at) {
        return Some(Held::Credential(credential));
    }
    if let Some(exam) = material.exams.iter().position(|exam| exam.component == at) {
        return Some(Held::Exam(exam));
    }
    let course = material.pathway.components[at].stands_for?;
    taken.courses.iter().position(|planned| planned.ctid == Some(course)).map(Held::Course)
}

/// A condition as clauses of components; nothing where it asks for what clauses cannot say: credits, absence, a constraint in words.
fn clauses(condition: &PathwayCondition) -> Option<Vec<Vec<&ComponentKey>>> {
    match condition {
        PathwayCondition::Component(key) => Some(vec![vec![key]]),
        PathwayCondition::All(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(clauses).collect();
            Some(parts?.concat())
        }
        PathwayCondition::Any(parts) => {
            let mut written: Vec<Vec<&ComponentKey>> = vec![Vec::new()];
            for part in parts {
                let of_part = clauses(part)?;
                written = written
                    .iter()
                    .flat_map(|one| of_part.iter().map(move |other| [&one[..], other].concat()))
                    .collect();
                if written.len() > MOST_CLAUSES {
                    return None;
                }
            }
            Some(written)
        }
        // All of them, where that is how many are asked for; otherwise any that many of them cannot all be missing.
        PathwayCondition::AtLeast(number, parts) => {
            let missing = parts.len() - usize::from(*number) + 1;
            let mut written = Vec::new();
            for chosen in choices(parts.len(), missing) {
                let some = PathwayCondition::Any(chosen.iter().map(|index| parts[*index].clone()).collect());
                // Keys of the copies are those of the parts.
                let keys = clauses(&some)?.into_iter().map(|clause| clause.into_iter().cloned().collect::<Vec<_>>());
                for clause in keys.collect::<Vec<_>>() {
                    let named = condition.components();
                    written.push(named.into_iter().filter(|key| clause.contains(key)).collect());
                }
                if written.len() > MOST_CLAUSES {
                    return None;
                }
            }
            Some(written)
        }
        PathwayCondition::Credits(..) | PathwayCondition::Not(_) | PathwayCondition::Constraint(_) => None,
    }
}

/// Every choice of so many of the first numbers.
fn choices(of: usize, number: usize) -> Vec<Vec<usize>> {
    if number == 0 {
        return vec![Vec::new()];
    }
    (number..=of)
        .flat_map(|last| {
            choices(last - 1, number - 1).into_iter().map(move |mut one| {
                one.push(last - 1);
                one
            })
        })
        .collect()
}

/// Courses of another institution than the pathway's are taken after the credentials that the way leads there by: a transfer.
fn transfer(material: &Material, chosen: &[usize], taken: &Taken, (problem, said): (&mut Problem, &mut Said)) {
    let pathway = &material.pathway;
    for (place, index) in chosen.iter().enumerate() {
        let program = &material.credentials[*index].program;
        if program.organization == pathway.organization {
            continue;
        }
        let before: Vec<usize> = problem.credentials[place]
            .needs
            .iter()
            .filter_map(|clause| match clause.as_slice() {
                [Held::Credential(other)] => Some(*other),
                _ => None,
            })
            .filter(|other| material.credentials[chosen[*other]].program.organization == pathway.organization)
            .collect();
        if before.is_empty() {
            continue;
        }
        let theirs =
            taken.courses.iter().enumerate().filter(|(_, course)| course.organization == Some(program.organization));
        for (course, _) in theirs {
            problem.courses[course].after.extend(&before);
        }
        let owner = material.organizations.get(&program.organization).map_or("the other institution", String::as_str);
        let names: Vec<&str> = before.iter().map(|other| problem.credentials[*other].name.as_str()).collect();
        said.assume(
            format!("Courses at {owner}"),
            format!("taken after {}", names.join(" and ")),
            "the pathway: who transfers holds it",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_become_clauses() {
        let check = |line: &str, expected: Option<&[&str]>| {
            let condition: PathwayCondition = line.parse().unwrap();
            let found = clauses(&condition).map(|clauses| {
                clauses
                    .iter()
                    .map(|one| one.iter().map(|key| key.as_str()).collect::<Vec<_>>().join("|"))
                    .collect::<Vec<_>>()
            });
            assert_eq!(
                found.as_ref().map(|found| found.iter().map(String::as_str).collect::<Vec<_>>()),
                expected.map(<[&str]>::to_vec)
            );
        };
        check("a and (b or c)", Some(&["a", "b|c"]));
        check("a or (b and c)", Some(&["a|b", "a|c"]));
        check("2 of (a, b, c)", Some(&["a|b", "a|c", "b|c"]));
        check("3 of (a, b, c)", Some(&["a", "b", "c"]));
        check("not a", None);
        check("a and 3 credits of (b)", None);
    }
}
