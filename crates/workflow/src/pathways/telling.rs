//! Tells a plan: indexes become names, cents dollars, and each exit gets its months, cost, coverage and second proof.

use credway_model::PathwayRole;
use credway_plan::pathway::{Plan, Season, Stage, StageName, Values};

use super::answer::{PathwayPlan, PathwayStage, PlannedCourseLine, PlannedExam, PlannedExit, PlannedTerm};
use super::compose::{Composed, PlannedCourse, WHOLE_EXAM};
use super::material::Material;
use super::proof::audited;
use crate::Named;
use crate::coverage_report::tidy;

/// Months from the beginning of a first term to the end of the term so many later. A year is twelve months: fall begins in month 0 and
/// ends in month 4, spring in 5 and 9, summer in 9 and 12.
pub(crate) fn months_to_end(start: Season, term: usize) -> usize {
    const BEGINS: [usize; 3] = [0, 5, 9];
    const ENDS: [usize; 3] = [4, 9, 12];
    let at = start.index() + term;
    at / 3 * 12 + ENDS[at % 3] - BEGINS[start.index()]
}

/// A plan being told.
pub(super) struct Telling<'a> {
    pub(super) material: &'a Material,
    pub(super) composed: &'a Composed,
    pub(super) plan: &'a Plan,
}

impl Telling<'_> {
    /// Tells the plan.
    pub(super) fn tell(&self, stages: &[Stage], values: &Values) -> PathwayPlan {
        let problem = &self.composed.problem;
        let mut differing = Vec::new();
        let told = PathwayPlan {
            stages: stages.iter().map(|stage| self.stage(stage)).collect(),
            done: self.lines(&(0..problem.courses.len()).filter(|course| problem.done[*course]).collect::<Vec<_>>()),
            prior_learning: self.lines(&self.plan.prior_learning),
            terms: self.terms(),
            exits: self.exits(&mut differing),
            ..empty(self.material, self.composed, true)
        };
        let last = usize::try_from(values.terms).unwrap_or(usize::MAX);
        let taken: f64 = told.terms.iter().map(|term| term.credits).sum();
        PathwayPlan {
            months: (last < problem.horizon).then(|| months_to_end(problem.start, last)),
            credits: Some(tidy(taken)),
            cost: Some(dollars(u64::from(values.cost))),
            notes: [differing, told.notes.clone()].concat(),
            ..told
        }
    }

    fn stage(&self, stage: &Stage) -> PathwayStage {
        let shown = |value: i64| self.shown(stage.name, value);
        PathwayStage {
            name: stage.name.name(),
            words: stage_words(stage.name),
            value: shown(stage.value),
            bound: shown(stage.bound),
            proved: stage.proved(),
            cpu_seconds: stage.cpu_seconds,
        }
    }

    /// A value of a stage in the unit people read.
    fn shown(&self, name: StageName, value: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
        let value = value as f64;
        match name {
            // The term in which it ends, from 1.
            StageName::First | StageName::Terms => value + 1.0,
            StageName::Exits => value + self.exits_on_the_way(),
            StageName::Cost => value / 100.0,
            StageName::Excess | StageName::Balance => value * f64::from(self.composed.credit_unit) / 100.0,
            StageName::Coverage => tidy(value / f64::from(WHOLE_EXAM)),
        }
    }

    /// How many exits the plan reaches before its end or never, each of whose terms counts from 1.
    fn exits_on_the_way(&self) -> f64 {
        let problem = &self.composed.problem;
        let counts = |index: &usize| {
            *index != problem.target && problem.credentials[*index].valued && !problem.holds_credential(*index)
        };
        f64::from(u32::try_from((0..problem.credentials.len()).filter(counts).count()).unwrap_or(u32::MAX))
    }

    fn credits(&self, course: usize) -> f64 {
        f64::from(self.composed.courses[course].credits) / 100.0
    }

    fn lines(&self, courses: &[usize]) -> Vec<PlannedCourseLine> {
        courses.iter().map(|course| self.line(*course)).collect()
    }

    fn line(&self, course: usize) -> PlannedCourseLine {
        let PlannedCourse { ctid, code, title, organization, .. } = &self.composed.courses[course];
        let elsewhere = Some(organization).filter(|owner| **owner != self.material.pathway.organization);
        PlannedCourseLine {
            id: *ctid,
            code: code.clone(),
            title: title.clone(),
            credits: self.credits(course),
            at: elsewhere.and_then(|owner| self.material.organizations.get(owner).cloned()),
            counts_for: self.counts_for(course),
        }
    }

    /// The requirements a course counts for.
    fn counts_for(&self, course: usize) -> Vec<String> {
        let mut counts = Vec::new();
        for award in self.plan.terms.iter().flat_map(|term| &term.awards) {
            let credential = &self.composed.problem.credentials[award.credential];
            let leaves: Vec<_> = credential.every_leaf().collect();
            for counted in award.counted.iter().filter(|counted| counted.courses.contains(&course)) {
                if let Some(leaf) = leaves.get(counted.leaf) {
                    counts.push(format!("{}: {}", credential.name, leaf.name));
                }
            }
        }
        counts
    }

    fn terms(&self) -> Vec<PlannedTerm> {
        let problem = &self.composed.problem;
        let terms = self.plan.terms.iter().enumerate().map(|(term, happens)| PlannedTerm {
            number: term + 1,
            name: self.composed.start.after(term).words(),
            courses: self.lines(&happens.courses),
            credits: tidy(happens.courses.iter().map(|course| self.credits(*course)).sum()),
            exams: happens.exams.iter().map(|exam| self.exam(*exam, term)).collect(),
            awards: happens.awards.iter().map(|award| problem.credentials[award.credential].name.clone()).collect(),
            cost: dollars(self.cost_of(term)),
        });
        // What is awarded for prior learning is paid in the first term, even where nobody studies in it.
        let happens = |term: &PlannedTerm| {
            !(term.courses.is_empty() && term.exams.is_empty() && term.awards.is_empty()) || term.cost > 0.0
        };
        terms.filter(happens).collect()
    }

    fn exam(&self, exam: usize, term: usize) -> PlannedExam {
        let found = &self.composed.problem.exams[exam];
        let component = &self.material.pathway.components[self.composed.exams[exam]];
        let known = self.material.exams[exam].credential.as_ref().is_some_and(|one| one.exam_cost.is_some());
        PlannedExam {
            key: component.key.to_string(),
            name: found.name.clone(),
            coverage: self.coverage(exam, &self.held_before(term)),
            ready_from: f64::from(found.threshold) * 100.0 / f64::from(WHOLE_EXAM),
            fee: known.then(|| dollars(u64::from(found.fee))),
        }
    }

    /// Coverage of an exam's blueprint by courses, in per cent.
    fn coverage(&self, exam: usize, held: &[usize]) -> f64 {
        let covered = self.composed.problem.exams[exam].domains.iter().map(|domain| {
            let strength: u32 =
                domain.strengths.iter().filter(|(course, _)| held.contains(course)).map(|(_, strength)| strength).sum();
            u64::from(domain.weight) * u64::from(strength.min(100))
        });
        #[expect(clippy::cast_precision_loss, reason = "at most a million")]
        let covered = covered.sum::<u64>() as f64;
        tidy(covered / f64::from(WHOLE_EXAM))
    }

    /// Courses held before a term: done, awarded for prior learning, or taken in an earlier one.
    fn held_before(&self, term: usize) -> Vec<usize> {
        let problem = &self.composed.problem;
        let done = (0..problem.courses.len()).filter(|course| problem.done[*course]);
        let taken = self.plan.terms.iter().take(term).flat_map(|term| term.courses.iter().copied());
        done.chain(self.plan.prior_learning.iter().copied()).chain(taken).collect()
    }

    /// Cents of a term; of the first with what is awarded before it.
    fn cost_of(&self, term: usize) -> u64 {
        let problem = &self.composed.problem;
        let happens = &self.plan.terms[term];
        let tuition = happens.courses.iter().map(|course| &problem.courses[*course]);
        let tuition: u64 = tuition.map(|course| u64::from(course.credits) * u64::from(course.rate)).sum();
        let exams: u64 = happens.exams.iter().map(|exam| u64::from(problem.exams[*exam].fee)).sum();
        let fee = if happens.courses.is_empty() { 0 } else { u64::from(problem.term_fee) };
        let prior = if term == 0 { self.prior_cost() } else { 0 };
        tuition + exams + fee + prior
    }

    fn prior_cost(&self) -> u64 {
        let problem = &self.composed.problem;
        let credits = self.plan.prior_learning.iter().map(|course| u64::from(problem.courses[*course].credits));
        credits.sum::<u64>() * u64::from(problem.prior_learning_fee)
    }

    /// Exits, exams among them, in the order in which the plan reaches them; those it never reaches stand last. What the audit misses
    /// is added as sentences.
    fn exits(&self, differing: &mut Vec<String>) -> Vec<PlannedExit> {
        let problem = &self.composed.problem;
        let mut exits = Vec::new();
        for (index, place) in self.composed.credentials.iter().enumerate() {
            let term =
                self.plan.terms.iter().position(|term| term.awards.iter().any(|award| award.credential == index));
            let held = problem.holds_credential(index);
            if !held && (index == problem.target || problem.credentials[index].valued) {
                let audit = term.map(|term| audited(self, index, term));
                if let Some(Err(misses)) = &audit {
                    let name = &problem.credentials[index].name;
                    differing.push(format!("The degree audit does not find “{name}” earned: {misses}."));
                }
                exits.push(self.exit(*place, term, audit.map(|audit| audit.is_ok())));
            }
        }
        for (index, place) in self.composed.exams.iter().enumerate() {
            let term = self.plan.terms.iter().position(|term| term.exams.contains(&index));
            if problem.exams[index].valued && !problem.holds_exam(index) {
                exits.push(self.exit(*place, term, None));
            }
        }
        exits.sort_by_key(|exit| exit.term.unwrap_or(usize::MAX));
        exits
    }

    fn exit(&self, place: usize, term: Option<usize>, audited: Option<bool>) -> PlannedExit {
        let component = &self.material.pathway.components[place];
        let problem = &self.composed.problem;
        let held = term.map(|term| self.held_before(term + 1)).unwrap_or_default();
        let coverage = (0..problem.exams.len()).filter(|_| term.is_some());
        let cost = |term: usize| dollars((0..=term).map(|term| self.cost_of(term)).sum());
        PlannedExit {
            key: component.key.to_string(),
            name: component.name.to_string(),
            destination: self.composed.credentials.get(problem.target) == Some(&place)
                || component.is(PathwayRole::Destination),
            term: term.map(|term| term + 1),
            term_name: term.map(|term| self.composed.start.after(term).words()),
            months: term.map(|term| months_to_end(problem.start, term)),
            credits: term.map(|_| tidy(held.iter().map(|course| self.credits(*course)).sum())),
            cost: term.map(cost),
            coverage: coverage.map(|exam| (problem.exams[exam].name.clone(), self.coverage(exam, &held))).collect(),
            #[expect(clippy::cast_precision_loss, reason = "cents of a wage")]
            wage: component.wage.as_ref().map(|wage| wage.value.cents() as f64 / 100.0),
            wage_source: component.wage.as_ref().map(|wage| super::compose::cited(&wage.citation)),
            could_be_sat: self.could_be_sat(place, term),
            audited,
        }
    }

    /// The first term in which an exam that the plan does not place could be sat, by coverage and by what comes before it.
    fn could_be_sat(&self, place: usize, term: Option<usize>) -> Option<String> {
        let exam = self.composed.exams.iter().position(|own| *own == place).filter(|_| term.is_none())?;
        let ready = f64::from(self.composed.problem.exams[exam].threshold) * 100.0 / f64::from(WHOLE_EXAM);
        let last = self.plan.terms.iter().rposition(|term| !term.courses.is_empty())? + 1;
        let not_before = &self.composed.problem.exams[exam].not_before;
        let first = (0..=last).find(|term| {
            let held = self.held_before(*term);
            self.coverage(exam, &held) >= ready && not_before.iter().all(|course| held.contains(course))
        })?;
        Some(self.composed.start.after(first).words())
    }

    /// Courses held at the end of a term.
    pub(super) fn held_at_end(&self, term: usize) -> Vec<usize> {
        self.held_before(term + 1)
    }
}

/// What a stage makes best.
#[must_use]
pub const fn stage_words(name: StageName) -> &'static str {
    match name {
        StageName::First => "term of the first thing of value",
        StageName::Terms => "term of the destination",
        StageName::Cost => "cost in dollars",
        StageName::Excess => "credits beyond those needed",
        StageName::Coverage => "coverage of all exams together, in per cent",
        StageName::Balance => "credits of the fullest term",
        StageName::Exits => "terms to every exit on the way, added up",
    }
}

/// What is told whether or not there is a plan.
pub(super) fn empty(material: &Material, composed: &Composed, found: bool) -> PathwayPlan {
    let target = &material.pathway.components[composed.credentials[composed.problem.target]];
    PathwayPlan {
        pathway: Named { id: material.pathway.ctid, name: material.pathway.title.to_string() },
        destination: target.key.to_string(),
        destination_name: target.name.to_string(),
        found,
        stages: Vec::new(),
        done: Vec::new(),
        prior_learning: Vec::new(),
        terms: Vec::new(),
        exits: Vec::new(),
        months: None,
        credits: None,
        cost: None,
        no_plan: None,
        assumptions: composed.assumptions.clone(),
        notes: composed.notes.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "cents far below 2⁵³")]
fn dollars(cents: u64) -> f64 {
    cents as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_the_seasons() {
        let months = |start| [0, 1, 2, 3, 4].map(|term| months_to_end(start, term));
        assert_eq!(months(Season::Fall), [4, 9, 12, 16, 21]);
        assert_eq!(months(Season::Spring), [4, 7, 11, 16, 19]);
        assert_eq!(months(Season::Summer), [3, 7, 12, 15, 19]);
    }
}
