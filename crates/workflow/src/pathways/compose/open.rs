//! Electives that a plan leaves open: of sets that are too wide to be planned from, that nothing here can say who belongs to, or of which
//! the catalogues of the pathway have too few courses; and those that an award's total takes beside its requirements.
//!
//! An elective counts wherever every course of its set would: what could count by a lucky choice is not counted on.

use std::collections::BTreeMap;

use credway_model::{AwardRequirements, Course, CourseCode, CourseFacts, CourseSet, Credits, Ctid, Text};

use super::super::material::Material;
use super::super::wishes::PlanWishes;
use super::Said;
use super::courses::{PlannedCourse, Taken, by_ctid};
use super::credentials::{Chosen, choices, requirements, waited_for};
use crate::WorkflowError;

/// Credits of an elective that is left open, in hundredths.
const ELECTIVE: u32 = 300;
/// The most courses one requirement is planned from; a wider set is planned from what the programs list, and left open.
const WIDEST: usize = 60;

/// What a program takes of a set, in hundredths of a credit.
struct Needed {
    set: CourseSet,
    /// By all its requirements together; an overlay takes the courses of the others.
    together: u32,
    /// By the one that takes most, less what the catalogues have of the set for it.
    lacking: u32,
}

impl Taken {
    /// Takes in the courses of sets that are no lists, and leaves electives open where they will not do.
    pub(super) fn leave_electives_open(
        &mut self,
        material: &Material,
        chosen: &[usize],
        wishes: &PlanWishes,
        said: &mut Said,
    ) -> Result<(), WorkflowError> {
        for index in chosen {
            let credential = &material.credentials[*index];
            let (required, owner) = (requirements(credential), credential.program.organization);
            let mut needed: Vec<Needed> = Vec::new();
            for choice in choices(&required.root) {
                let lacking = lacking(material, &choice, wishes);
                match needed.iter_mut().find(|known| known.set == choice.courses) {
                    Some(known) => {
                        known.together = match choice.overlay {
                            true => known.together.max(choice.credits),
                            false => known.together + choice.credits,
                        };
                        known.lacking = known.lacking.max(lacking);
                    }
                    None => needed.push(Needed { set: choice.courses, together: choice.credits, lacking }),
                }
            }
            for needed in &needed {
                self.widen(material, (needed, owner), wishes, said)?;
            }
            let waited = waited_for(&material.pathway, credential.component);
            let before = chosen.iter().map(|other| &material.credentials[*other]);
            let before = before.filter(|other| waited[other.component]).map(|other| other.program.organization);
            self.fill_up(&required, owner, &before.collect::<Vec<_>>());
        }
        Ok(())
    }

    /// Takes in the courses of a set; where it is too wide, not known or too narrow, electives that are left open.
    fn widen(
        &mut self,
        material: &Material,
        (needed, owner): (&Needed, Ctid),
        wishes: &PlanWishes,
        said: &mut Said,
    ) -> Result<(), WorkflowError> {
        let Needed { set, together, lacking } = needed;
        if *set == CourseSet::Every {
            self.leave_open(set, *together, owner);
            return Ok(());
        }
        let held: Vec<&Course> = material.catalogue.iter().filter(|course| set.holds(*course)).collect();
        if held.len() > WIDEST {
            said.note(format!(
                "“{set}” holds {} courses: it is planned from those the programs list, and otherwise left open.",
                held.len()
            ));
            self.leave_open(set, *together, owner);
            return Ok(());
        }
        self.follow(material, held.iter().map(|course| course.code.clone()).collect(), wishes, said)?;
        if !set.attributes().is_empty() {
            said.note(format!("“{set}” goes by marks, which no catalogue of the pathway gives: it is left open."));
            self.leave_open(set, *together, owner);
        } else if *lacking > 0 {
            let set = missing(set, &held);
            said.note(format!("Of “{set}” the catalogues of the pathway have too few courses: it is left open."));
            self.leave_open(&set, *lacking, owner);
        }
        Ok(())
    }

    /// Electives left open of a set at an institution, for so many credits at least.
    fn leave_open(&mut self, set: &CourseSet, credits: u32, owner: Ctid) {
        let same = |course: &&PlannedCourse| course.open.as_ref() == Some(set);
        let at_owner = self.courses.iter().filter(same).filter(|course| course.organization == owner).count();
        let known = self.courses.iter().filter(same).count();
        let number = (credits.div_ceil(ELECTIVE) as usize).saturating_sub(at_owner);
        for place in known + 1..=known + number {
            let code = match set {
                CourseSet::Every => format!("Elective {place}"),
                set => format!("Open choice {place} of {set}"),
            };
            self.courses.push(PlannedCourse {
                ctid: None,
                open: Some(set.clone()),
                title: "left open".to_owned(),
                code,
                credits: ELECTIVE,
                organization: owner,
            });
        }
    }

    /// Electives left open, where all courses of its own institution, and those of the institutions that the way there leads through as
    /// far as the award takes them, have too few credits together. A code that several have counts once, as another's.
    fn fill_up(&mut self, required: &AwardRequirements, owner: Ctid, before: &[Ctid]) {
        let Some(total) = required.total.map(Credits::steps) else { return };
        let mut by_code: BTreeMap<&str, (bool, u32)> = BTreeMap::new();
        let can_count = |course: &&PlannedCourse| course.organization == owner || before.contains(&course.organization);
        for course in self.courses.iter().filter(can_count) {
            let found = (course.organization == owner, course.credits);
            let known = by_code.entry(&course.code).or_insert(found);
            *known = found.min(*known);
        }
        let sum = |own: bool| by_code.values().filter(|(at, _)| *at == own).map(|(_, credits)| credits).sum::<u32>();
        let from_elsewhere = sum(false).min(most_from_elsewhere(required, total));
        let more = total.saturating_sub(sum(true) + from_elsewhere).div_ceil(ELECTIVE) * ELECTIVE;
        let free = |course: &&PlannedCourse| course.open == Some(CourseSet::Every) && course.organization == owner;
        let known: u32 = self.courses.iter().filter(free).map(|course| course.credits).sum();
        self.leave_open(&CourseSet::Every, known + more, owner);
    }

    /// The courses a set holds, electives left open among them.
    pub(super) fn of_set(&self, material: &Material, set: &CourseSet) -> Vec<usize> {
        let by_ctid = by_ctid(material);
        let holds = |index: &usize| match &self.courses[*index] {
            PlannedCourse { open: Some(open), .. } => lies_within(open, set),
            planned => planned.ctid.and_then(|ctid| by_ctid.get(&ctid)).is_some_and(|course| set.holds(*course)),
        };
        (0..self.courses.len()).filter(holds).collect()
    }
}

/// Most credits of other institutions, in hundredths, with which an award of so many can be had.
pub(super) fn most_from_elsewhere(required: &AwardRequirements, total: u32) -> u32 {
    let most = required.most_transferred.map_or(u32::MAX, Credits::steps);
    most.min(total.saturating_sub(required.residency.map_or(0, Credits::steps)))
}

/// What a requirement takes beyond all that the catalogues have of its set, in hundredths of a credit.
fn lacking(material: &Material, choice: &Chosen, wishes: &PlanWishes) -> u32 {
    let mut by_code: BTreeMap<&CourseCode, u32> = BTreeMap::new();
    for course in material.catalogue.iter().filter(|course| choice.courses.holds(*course)) {
        let credits = course.credits.or(wishes.assumed_credits).map_or(0, Credits::steps);
        let worth = if choice.by_course { ELECTIVE } else { credits };
        let known = by_code.entry(&course.code).or_default();
        *known = worth.max(*known);
    }
    choice.credits.saturating_sub(by_code.into_values().sum())
}

/// Of a list the courses that no catalogue has; any other set as it is.
fn missing(set: &CourseSet, held: &[&Course]) -> CourseSet {
    let CourseSet::Listed(codes) = set else { return set.clone() };
    let unknown: Vec<CourseCode> =
        codes.iter().filter(|code| held.iter().all(|course| course.code != **code)).cloned().collect();
    if unknown.is_empty() { set.clone() } else { CourseSet::Listed(unknown) }
}

/// A course of which no more than the code is known.
struct OfCode<'a>(&'a CourseCode);

impl CourseFacts for OfCode<'_> {
    fn code(&self) -> &CourseCode {
        self.0
    }

    fn has_attribute(&self, _: &Text) -> bool {
        false
    }

    fn teaches(&self, _: &Text) -> bool {
        false
    }
}

/// Whether every course of a set is one of another, as far as the two rules show it.
pub(crate) fn lies_within(one: &CourseSet, other: &CourseSet) -> bool {
    use CourseSet::{AllOf, AnyOf, Every, Listed, Numbered};
    if one == other {
        return true;
    }
    match (one, other) {
        (_, Every) => true,
        (Listed(codes), _) => codes.iter().all(|code| other.holds(&OfCode(code))),
        (AnyOf(parts), _) => !parts.is_empty() && parts.iter().all(|part| lies_within(part, other)),
        (_, AllOf(parts)) => parts.iter().all(|part| lies_within(one, part)),
        (Numbered(low, high), Numbered(from, to)) => from <= low && high <= to,
        (_, AnyOf(parts)) if parts.iter().any(|part| lies_within(one, part)) => true,
        (AllOf(parts), _) => parts.iter().any(|part| lies_within(part, other)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_lies_within_another_where_the_rules_show_it() {
        let check = |one: &str, other: &str, expected: bool| {
            let [one, other]: [CourseSet; 2] = [one, other].map(|line| line.parse().unwrap());
            assert_eq!(lies_within(&one, &other), expected, "{one} in {other}");
        };
        let usual = "numbered 300-999; numbered 3000-9999";
        check("HIST 3000-4999", usual, true);
        check("HIST 3000-4999 but not HIST 3301", usual, true);
        check("HIST 2000-4999", usual, false);
        check("HIST courses", usual, false);
        check("HIST 3000-4999", "HIST courses", true);
        check("HIST 3000-4999", "HIST courses; DATA courses", true);
        check("HIST courses", "HIST 3000-4999", false);
        check("HIST 3301, HIST 3302", "HIST courses", true);
        check("any course", "HIST courses", false);
        check("HIST courses", "any course", true);
    }
}
