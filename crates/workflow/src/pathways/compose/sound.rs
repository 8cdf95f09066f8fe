//! What a pathway or a program says that no plan can be made of, refused in the names of who said it.

use credway_plan::pathway::{Credential, Held, Problem};

use super::super::material::Material;
use super::credentials::requirements;
use super::transfer::nest;
use crate::WorkflowError;

/// Refuses credentials that wait for each other, and limits of a program that overlap in part.
///
/// # Errors
/// [`WorkflowError::Refused`] with the names of both.
pub(super) fn check(material: &Material, chosen: &[usize], problem: &Problem) -> Result<(), WorkflowError> {
    if let Some(circle) = circle(&problem.credentials) {
        let names: Vec<String> = circle.iter().map(|index| format!("“{}”", problem.credentials[*index].name)).collect();
        return Err(WorkflowError::Refused {
            message: match &names[..] {
                [one] => format!("{one} waits for itself"),
                names => format!("{} wait for each other", names.join(" and ")),
            },
            hint: "change a condition on the pathway's page".to_owned(),
        });
    }
    for (place, index) in chosen.iter().enumerate() {
        let limits = &problem.credentials[place].limits;
        let mut places = (0..limits.len()).flat_map(|one| (0..one).map(move |other| (other, one)));
        let crossing = places.find(|(one, other)| !nest(&limits[*one].0, &limits[*other].0));
        if let Some((one, other)) = crossing {
            let required = requirements(&material.credentials[*index]);
            return Err(WorkflowError::Refused {
                message: format!(
                    "the program of “{}” limits “{}” and “{}”, which overlap in part: that cannot be planned",
                    problem.credentials[place].name, required.limits[one].courses, required.limits[other].courses
                ),
                hint: "say the limits of sets of which one lies within the other, or that have no course in common"
                    .to_owned(),
            });
        }
    }
    Ok(())
}

/// Credentials that wait for each other, in the order in which one waits for the next; none where all can come one after another.
fn circle(credentials: &[Credential]) -> Option<Vec<usize>> {
    let waits_for = |credential: usize| {
        credentials[credential].needs.iter().flatten().filter_map(|held| match held {
            Held::Credential(other) => Some(*other),
            _ => None,
        })
    };
    (0..credentials.len()).find_map(|start| {
        // By credential: through which one it was come to.
        let mut from: Vec<Option<usize>> = vec![None; credentials.len()];
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for next in waits_for(at) {
                if next == start {
                    let mut circle = vec![at];
                    while let Some(before) = circle.last().copied().filter(|last| *last != start) {
                        circle.push(from[before]?);
                    }
                    circle.reverse();
                    return Some(circle);
                }
                if from[next].is_none() {
                    from[next] = Some(at);
                    open.push(next);
                }
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_with_all_on_it_and_no_others() {
        let check = |needs: &[&[usize]], expected: Option<&[usize]>| {
            let credentials: Vec<Credential> = needs
                .iter()
                .map(|ways| Credential {
                    needs: ways.iter().map(|other| vec![Held::Credential(*other)]).collect(),
                    ..Credential::default()
                })
                .collect();
            assert_eq!(circle(&credentials).as_deref(), expected);
        };
        check(&[&[], &[0], &[0, 1]], None);
        check(&[&[0]], Some(&[0]));
        check(&[&[1], &[0]], Some(&[0, 1]));
        check(&[&[1], &[2], &[3], &[1]], Some(&[1, 2, 3]));
    }
}
