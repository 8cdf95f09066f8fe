//! What is held already: credentials, certifications, and the courses that credit is awarded for.

use credway_model::{ComponentKey, ComponentKind, EmbeddingModel};
use credway_plan::pathway::Problem;

use super::super::wishes::PlanWishes;
use super::Said;
use super::conditions::Parts;
use crate::WorkflowError;

/// Fills in what is held.
pub(super) fn fill(
    parts: &Parts<'_>,
    wishes: &PlanWishes,
    problem: &mut Problem,
    said: &mut Said,
) -> Result<(), WorkflowError> {
    let (material, components) = (parts.material, &parts.material.pathway.components);
    problem.held_credentials = vec![false; parts.chosen.len()];
    problem.held_exams = vec![false; material.exams.len()];
    for key in &wishes.held {
        let Some(place) = components.iter().position(|component| component.key == *key) else { continue };
        let name = &components[place].name;
        let credential = parts.chosen.iter().position(|index| material.credentials[*index].component == place);
        let exam = material.exams.iter().position(|exam| exam.component == place);
        if credential == Some(problem.target) {
            return Err(WorkflowError::Refused {
                message: format!("you hold “{name}” already: there is nothing to plan"),
                hint: "take it out of what you hold, or plan to another destination".to_owned(),
            });
        } else if let Some(credential) = credential {
            problem.held_credentials[credential] = true;
            said.assume(
                format!("{name}, held already"),
                "its courses count only where they are named as passed",
                "the wish of who plans",
            );
        } else if let Some(exam) = exam {
            problem.held_exams[exam] = true;
        } else {
            said.note(format!("Holding “{name}” changes nothing in the plan."));
        }
    }
    problem.prior_learning = prior_learning(parts, &wishes.held, said);
    // No limit of the pathway's own: all of them could be awarded. What an award limits is said by the award.
    problem.prior_learning_limit = problem.courses.iter().map(|course| course.credits).sum();
    Ok(())
}

/// By course: whether credit for it can be awarded because of what is held. A course component of model M5 says for which course, its
/// condition by what.
fn prior_learning(parts: &Parts<'_>, held: &[ComponentKey], said: &mut Said) -> Vec<bool> {
    let taken = parts.taken;
    let mut awardable = vec![false; taken.courses.len()];
    let of_model = |kind, embedding| kind == ComponentKind::Course && embedding == Some(EmbeddingModel::PriorLearning);
    let components = parts.material.pathway.components.iter();
    for component in components.filter(|one| of_model(one.kind, one.embedding)) {
        let holds = |key: &ComponentKey| held.contains(key);
        let Some(condition) = component.condition.as_ref().filter(|condition| condition.holds(&holds, &|_| 0)) else {
            continue;
        };
        // Words alone, which no machine judges, award nothing to everybody.
        if !condition.components().into_iter().any(holds) {
            said.note(format!(
                "“{}” is awarded for {condition}, which nothing that is held shows: it is not counted on.",
                component.name
            ));
            continue;
        }
        let planned = |ctid| taken.courses.iter().position(|course| course.ctid == Some(ctid));
        let Some(index) = component.stands_for.and_then(planned) else {
            said.note(format!("Credit for “{}” changes nothing: no requirement can use it.", component.name));
            continue;
        };
        awardable[index] = !taken.done[index];
        said.assume(
            format!("Credit for {}", taken.courses[index].code),
            format!("awarded to who holds {condition}"),
            "the pathway (M5)",
        );
    }
    awardable
}
