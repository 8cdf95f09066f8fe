//! The second proof of an exit: the degree audit, which knows nothing of the planner, finds its requirements met by the courses held
//! there. A grade point average is left out, because a plan has no grades and its notes say which credential asks for one.

use credway_model::AwardRequirements;
use credway_plan::{AuditedAward, CourseRecord, CreditSource, audit};

use super::compose::requirements;
use super::telling::Telling;

/// Whether the courses held at the end of a term meet everything that a credential of the problem requires. What was done before the
/// plan counts as taken at the institution that teaches it.
pub(super) fn audited(telling: &Telling<'_>, credential: usize, term: usize) -> bool {
    let component = telling.composed.credentials[credential];
    let Some(found) = telling.material.credentials.iter().find(|one| one.component == component) else { return false };
    let required = AwardRequirements { average: None, ..requirements(found).into_owned() };
    let prior = &telling.plan.prior_learning;
    let records: Vec<CourseRecord> = telling
        .held_at_end(term)
        .into_iter()
        .filter_map(|index| {
            let planned = &telling.composed.courses[index];
            let course = planned.ctid.and_then(|ctid| telling.material.catalogue.iter().find(|one| one.ctid == ctid));
            let from = if prior.contains(&index) {
                CreditSource::PriorLearning
            } else if planned.organization.is_none_or(|owner| owner == found.program.organization) {
                CreditSource::Here
            } else {
                CreditSource::Transferred
            };
            Some(CourseRecord {
                code: planned.code.parse().ok()?,
                credits: credway_model::Credits::from_steps(planned.credits).ok()?,
                grade: None,
                passed: true,
                from,
                repeatable: false,
                attributes: Vec::new(),
                outcomes: course
                    .map(|course| course.outcomes.iter().filter_map(|outcome| outcome.code.clone()).collect())
                    .unwrap_or_default(),
            })
        })
        .collect();
    let award = AuditedAward { requirements: &required, exceptions: &[] };
    audit(&award, &records).is_ok_and(|audit| audit.met)
}
