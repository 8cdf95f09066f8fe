//! Exams of a plan: what courses cover of each statement of the blueprint, from which coverage a learner is ready, what it costs.
//!
//! A statement's score is the greatest of its courses: 1 in full, ½ in part (the coverage page's formula). As a sum that is capped,
//! it is two halves: one for courses that cover it at all, one for those that cover it in full.

use std::collections::BTreeMap;

use credway_model::{PathwayRole, Strength};
use credway_plan::pathway::{Domain, Exam, Problem};

use super::super::material::{Material, MaterialExam, MaterialItem};
use super::super::wishes::PlanWishes;
use super::Said;
use super::courses::Taken;

/// What the weights of an exam sum to, in the problem: a ten-thousandth of the exam is the finest share.
pub(crate) const WHOLE_EXAM: u32 = 10_000;

/// Fills in the exams of the problem.
pub(super) fn fill(
    material: &Material,
    target: usize,
    wishes: &PlanWishes,
    taken: &Taken,
    (problem, said): (&mut Problem, &mut Said),
) {
    let courses = taken.courses.iter().enumerate();
    let places = courses.filter_map(|(index, course)| Some((course.ctid?, index))).collect();
    let on_the_way = super::credentials::waited_for(&material.pathway, target);
    for exam in &material.exams {
        let component = &material.pathway.components[exam.component];
        let readiness = component.readiness.map(|percent| percent.value());
        if readiness.is_none() {
            said.assume(
                format!("Readiness for {}", component.name),
                format!("{} % of the blueprint covered", wishes.readiness),
                "assumed for this plan; the pathway gives none",
            );
        }
        if exam.aligned.is_empty() {
            said.note(format!("No program is aligned to “{}”: nothing of it is covered.", component.name));
        } else if wishes.count_suggestions {
            said.assume(
                format!("Coverage of {}", component.name),
                "suggestions that nobody has decided on count as accepted, each in full",
                "the wish of who plans",
            );
        }
        if exam.of_another_edition {
            said.assume(
                format!("Coverage of {}", component.name),
                "what was accepted for another edition of a course counts for the one that is planned",
                "the courses have the same code",
            );
        }
        let fee = exam.credential.as_ref().and_then(|one| one.exam_cost.as_ref());
        match fee {
            Some(fee) => said.assume(format!("Fee of {}", component.name), fee.value.shown(), cited(&fee.citation)),
            None => said.note(format!("What “{}” costs is not known and is not counted.", component.name)),
        }
        let threshold = readiness.unwrap_or_else(|| f64::from(wishes.readiness));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100 %")]
        let threshold = (threshold * f64::from(WHOLE_EXAM) / 100.0).round() as u32;
        problem.exams.push(Exam {
            name: component.name.to_string(),
            fee: fee.map_or(0, |fee| u32::try_from(fee.value.cents()).unwrap_or(u32::MAX)),
            threshold,
            domains: domains(exam, &places),
            valued: component.is(PathwayRole::OffRamp),
            needed: wishes.required.contains(&component.key)
                || (on_the_way[exam.component] && component.embedding.is_some_and(|model| model.requires_exam())),
            not_before: Vec::new(),
        });
    }
}

/// A citation in words.
pub(crate) fn cited(citation: &credway_model::Citation) -> String {
    match citation.date {
        Some(date) => format!("{}, {date}", citation.source),
        None => citation.source.to_string(),
    }
}

/// The halves of the statements, those covered by the same courses taken together.
fn domains(exam: &MaterialExam, places: &BTreeMap<credway_model::Ctid, usize>) -> Vec<Domain> {
    let weights = weights(&exam.items);
    let mut merged: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
    for (item, weight) in exam.items.iter().zip(weights) {
        let covering = |least: Strength| -> Vec<usize> {
            let mut courses: Vec<usize> = item
                .covered
                .iter()
                .filter(|(_, strength)| least == Strength::Partial || **strength == Strength::Full)
                .filter_map(|(course, _)| places.get(course).copied())
                .collect();
            courses.sort_unstable();
            courses
        };
        *merged.entry(covering(Strength::Partial)).or_default() += weight - weight / 2;
        *merged.entry(covering(Strength::Full)).or_default() += weight / 2;
    }
    let covered = merged.into_iter().filter(|(_, weight)| *weight > 0);
    covered
        .map(|(courses, weight)| Domain {
            weight,
            strengths: courses.into_iter().map(|course| (course, 100)).collect(),
        })
        .collect()
}

/// The shares as whole numbers that sum to [`WHOLE_EXAM`]: the largest remainders are rounded up.
fn weights(items: &[MaterialItem]) -> Vec<u32> {
    let total: f64 = items.iter().map(|item| item.share).sum();
    if total <= 0.0 {
        return vec![0; items.len()];
    }
    let exact: Vec<f64> = items.iter().map(|item| item.share / total * f64::from(WHOLE_EXAM)).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10,000")]
    let mut whole: Vec<u32> = exact.iter().map(|share| share.floor() as u32).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|one, other| {
        let rest = |index: usize| exact[index] - exact[index].floor();
        rest(*other).total_cmp(&rest(*one)).then(one.cmp(other))
    });
    let missing = WHOLE_EXAM.saturating_sub(whole.iter().sum()) as usize;
    for index in order.into_iter().take(missing) {
        whole[index] += 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(shares: &[f64]) -> Vec<MaterialItem> {
        shares.iter().map(|share| MaterialItem { share: *share, covered: BTreeMap::new() }).collect()
    }

    #[test]
    fn weights_come_to_the_whole_exam() {
        assert_eq!(weights(&items(&[50.0, 50.0])), [5_000, 5_000]);
        assert_eq!(weights(&items(&[1.0, 1.0, 1.0])), [3_334, 3_333, 3_333]);
        assert_eq!(weights(&items(&[0.0])), [0]);
        let many = weights(&items(&[12.3, 0.7, 44.4, 42.6]));
        assert_eq!(many.iter().sum::<u32>(), WHOLE_EXAM);
    }

    #[test]
    fn a_part_counts_half_and_two_parts_no_more() {
        let [one, two]: [credway_model::Ctid; 2] =
            ["ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11", "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a12"]
                .map(|text| text.parse().unwrap());
        let item = |covered: &[(credway_model::Ctid, Strength)]| MaterialItem {
            share: 50.0,
            covered: covered.iter().copied().collect(),
        };
        let exam = MaterialExam {
            component: 0,
            blueprint: None,
            credential: None,
            items: vec![item(&[(one, Strength::Partial), (two, Strength::Partial)]), item(&[(two, Strength::Full)])],
            aligned: Vec::new(),
            of_another_edition: false,
        };
        let places = BTreeMap::from([(one, 0), (two, 1)]);
        let covered = |held: &[usize]| -> u32 {
            let domains = domains(&exam, &places);
            domains
                .iter()
                .filter(|domain| domain.strengths.iter().any(|(course, _)| held.contains(course)))
                .map(|domain| domain.weight)
                .sum()
        };
        assert_eq!([covered(&[]), covered(&[0]), covered(&[1]), covered(&[0, 1])], [0, 2_500, 7_500, 7_500]);
    }
}
