//! The second proof of an exit: the degree audit, which knows nothing of the planner, finds its requirements met by the courses held
//! there.
//!
//! A grade point average is left out, because a plan has no grades and its notes say which credential asks for one. What was passed before
//! the plan counts as taken at the institution that teaches it. An elective left open is handed over as a course that is in every set in
//! which all courses are that would do.

use credway_model::{Asks, AwardRequirements, CourseCode, CourseSet, Credits, Requirement};
use credway_plan::{AuditedAward, AwardAudit, CourseRecord, CreditSource, LineState, TotalKind, audit};

use super::compose::{lies_within, requirements};
use super::telling::Telling;

/// Nothing, where the courses held at the end of a term meet everything that a credential of the problem requires; else what the audit
/// misses, in words.
pub(super) fn audited(telling: &Telling<'_>, credential: usize, term: usize) -> Result<(), String> {
    let component = telling.composed.credentials[credential];
    let found = telling.material.credentials.iter().find(|one| one.component == component);
    let found = found.ok_or_else(|| "there is no program".to_owned())?;
    let prior = &telling.plan.prior_learning;
    let mut open = Open::default();
    let mut records = Vec::new();
    for index in telling.held_at_end(term) {
        let planned = &telling.composed.courses[index];
        let course = planned.ctid.and_then(|ctid| telling.material.catalogue.iter().find(|one| one.ctid == ctid));
        let from = if prior.contains(&index) {
            CreditSource::PriorLearning
        } else if planned.organization == found.program.organization {
            CreditSource::Here
        } else {
            CreditSource::Transferred
        };
        let outcomes = course.into_iter().flat_map(|course| &course.outcomes);
        records.push(CourseRecord {
            code: match &planned.open {
                Some(set) => open.stand_in(set)?,
                None => planned.code.parse().map_err(|_| format!("“{}” is no course code", planned.code))?,
            },
            credits: Credits::from_steps(planned.credits).map_err(|error| error.to_string())?,
            grade: None,
            passed: true,
            from,
            repeatable: false,
            attributes: Vec::new(),
            outcomes: outcomes.filter_map(|outcome| outcome.code.clone()).collect(),
        });
    }
    let required = AwardRequirements { average: None, ..open.listed_in(&requirements(found)) };
    let audit = audit(&AuditedAward { requirements: &required, exceptions: &[] }, &records);
    let audit = audit.map_err(|error| error.to_string())?;
    if audit.met { Ok(()) } else { Err(misses(&audit)) }
}

/// Electives left open, by the codes under which they are handed over.
#[derive(Default)]
struct Open(Vec<(CourseCode, CourseSet)>);

impl Open {
    /// A code for an elective of a set.
    fn stand_in(&mut self, set: &CourseSet) -> Result<CourseCode, String> {
        let code = format!("LEFT OPEN {}", self.0.len() + 1);
        let code: CourseCode = code.parse().map_err(|_| format!("“{code}” is no course code"))?;
        self.0.push((code.clone(), set.clone()));
        Ok(code)
    }

    /// A set with the electives that count in it, and no others.
    fn in_set(&self, set: &CourseSet) -> CourseSet {
        if self.0.is_empty() {
            return set.clone();
        }
        let within = self.0.iter().filter(|(_, open)| lies_within(open, set)).map(|(code, _)| code.clone());
        let all = self.0.iter().map(|(code, _)| code.clone()).collect();
        let without = CourseSet::AllOf(vec![set.clone(), CourseSet::Not(Box::new(CourseSet::Listed(all)))]);
        CourseSet::AnyOf(vec![CourseSet::Listed(within.collect()), without])
    }

    /// Requirements whose sets list the electives that count in them.
    fn listed_in(&self, required: &AwardRequirements) -> AwardRequirements {
        let mut listed = required.clone();
        self.list(&mut listed.root);
        listed.upper = Some(self.in_set(&required.upper_courses()));
        listed.exclusions.iter_mut().for_each(|set| *set = self.in_set(set));
        listed.limits.iter_mut().for_each(|limit| limit.courses = self.in_set(&limit.courses));
        listed
    }

    fn list(&self, requirement: &mut Requirement) {
        match &mut requirement.asks {
            Asks::Every(of) | Asks::Some { of, .. } => of.iter_mut().for_each(|part| self.list(part)),
            Asks::Courses { from, .. } | Asks::Credits { from, .. } => from.courses = self.in_set(&from.courses),
        }
    }
}

/// What an audit misses, in words.
fn misses(audit: &AwardAudit) -> String {
    let has_parts = |place: usize| audit.lines.get(place + 1).is_some_and(|next| next.depth > audit.lines[place].depth);
    let lines = audit.lines.iter().enumerate();
    let leaves = lines.filter(|(place, line)| line.state == LineState::Missing && !has_parts(*place));
    let mut misses: Vec<String> = leaves
        .map(|(_, line)| {
            let name = line.name.as_ref().map_or(line.asks.as_str(), |name| name.as_str());
            format!("“{name}” misses {} credits", line.missing)
        })
        .collect();
    for total in audit.totals.iter().filter(|total| total.have < total.wanted.value()) {
        let what = match total.kind {
            TotalKind::All => "in all",
            TotalKind::Residency => "at the institution",
            TotalKind::UpperDivision => "of upper division",
        };
        misses.push(format!("{} of {} credits {what}", total.have, total.wanted));
    }
    misses.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_elective_counts_in_the_sets_in_which_all_are_that_would_do() {
        let mut open = Open::default();
        let code = open.stand_in(&"HIST 3000-4999".parse().unwrap()).unwrap();
        let check = |set: &str, expected: bool| {
            let set = open.in_set(&set.parse().unwrap());
            let record = CourseRecord {
                code: code.clone(),
                credits: "3".parse().unwrap(),
                grade: None,
                passed: true,
                from: CreditSource::Here,
                repeatable: false,
                attributes: Vec::new(),
                outcomes: Vec::new(),
            };
            assert_eq!(set.holds(&record), expected, "{set}");
        };
        check("HIST 3000-4999", true);
        check("HIST courses", true);
        check("any course", true);
        check("any course but not DATA courses", false);
        check("HIST 4000-4999", false);
    }
}
