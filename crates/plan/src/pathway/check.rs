//! The independent checker: goes through a plan term by term against the problem, and recomputes its values.
//!
//! It shares nothing with the model: no columns, no windows, no classes; it counts what the plan says. A plan that the
//! model got wrong is caught here.

use std::collections::BTreeSet;

use crate::pathway::plan::{Awarded, Plan, Values};
use crate::pathway::problem::{Credential, Exam, Leaf, Need, Problem, Season};

/// Checks a plan and recomputes its values.
///
/// # Errors
/// Every rule it breaks, in words.
pub fn check(problem: &Problem, plan: &Plan) -> Result<Values, Vec<String>> {
    let mut walk = Walk::new(problem);
    walk.start(plan);
    for (index, _) in plan.terms.iter().enumerate() {
        walk.term(plan, index);
    }
    walk.end();
    if walk.faults.is_empty() { Ok(walk.values()) } else { Err(walk.faults) }
}

struct Walk<'a> {
    problem: &'a Problem,
    /// Courses held so far, and those of the finished start.
    held: BTreeSet<usize>,
    faults: Vec<String>,
    /// First term by whose end something of value is held.
    valued: Option<usize>,
    /// Term by whose end the target is held.
    reached: Option<usize>,
    cost: u32,
    credits: u32,
    home_credits: u32,
    sat: BTreeSet<usize>,
    awarded: BTreeSet<usize>,
}

impl<'a> Walk<'a> {
    fn new(problem: &'a Problem) -> Self {
        let held: BTreeSet<usize> = (0..problem.courses.len()).filter(|course| problem.done[*course]).collect();
        let credits = held.iter().map(|course| problem.courses[*course].credits).sum();
        Self {
            problem,
            held,
            faults: Vec::new(),
            valued: None,
            reached: None,
            cost: 0,
            credits,
            home_credits: 0,
            sat: BTreeSet::new(),
            awarded: BTreeSet::new(),
        }
    }

    fn fault(&mut self, words: String) {
        self.faults.push(words);
    }

    /// Credits for prior learning.
    fn start(&mut self, plan: &Plan) {
        if plan.terms.len() > self.problem.horizon {
            self.fault(format!("{} terms, but {} at most", plan.terms.len(), self.problem.horizon));
        }
        let mut credits = 0;
        for &course in &plan.prior_learning {
            let Some(found) = self.problem.courses.get(course) else {
                self.fault(format!("course {course} does not exist"));
                continue;
            };
            if !self.problem.prior_learning[course] {
                self.fault(format!("{} cannot be awarded for prior learning", found.code));
            }
            if !self.held.insert(course) {
                self.fault(format!("{} is held twice", found.code));
            }
            credits += found.credits;
        }
        if credits > self.problem.prior_learning_limit {
            self.fault(format!("{credits} credits for prior learning, but {}", self.problem.prior_learning_limit));
        }
        self.credits += credits;
        self.cost += credits * self.problem.prior_learning_fee;
    }

    fn term(&mut self, plan: &Plan, index: usize) {
        let term = &plan.terms[index];
        term.exams.iter().for_each(|exam| self.exam(index, *exam));
        let taken: BTreeSet<usize> = term.courses.iter().copied().collect();
        if taken.len() != term.courses.len() {
            self.fault(format!("term {index}: a course twice"));
        }
        let mut load = 0;
        for &course in &taken {
            load += self.course(index, course, &taken);
        }
        let ends = term.awards.iter().any(|award| award.credential == self.problem.target);
        self.load(index, load, ends);
        self.held.extend(taken);
        self.credits += load;
        for award in &term.awards {
            self.award(index, award, plan);
        }
        if self.reached.is_none() {
            self.cost += self.problem.term_fee;
        }
    }

    /// A course taken in a term; gives its credits.
    fn course(&mut self, term: usize, course: usize, taken: &BTreeSet<usize>) -> u32 {
        let Some(found) = self.problem.courses.get(course) else {
            self.fault(format!("course {course} does not exist"));
            return 0;
        };
        let code = &found.code;
        let mut words = Vec::new();
        if !found.offered[Season::of(term).index()] {
            words.push(format!("{code} is not offered in term {term}"));
        }
        if self.held.contains(&course) {
            words.push(format!("{code} is held already in term {term}"));
        }
        if self.reached.is_some() {
            words.push(format!("{code} comes after the target"));
        }
        for clause in &found.prerequisites {
            if !clause.iter().any(|way| self.held.contains(way)) {
                words.push(format!("{code} in term {term} lacks a prerequisite"));
            }
        }
        for way in &found.corequisites {
            if !self.held.contains(way) && !taken.contains(way) {
                words.push(format!("{code} in term {term} lacks a corequisite"));
            }
        }
        self.faults.extend(words);
        self.cost += found.credits * found.rate;
        if found.home {
            self.home_credits += found.credits;
        }
        found.credits
    }

    fn load(&mut self, index: usize, load: u32, ends: bool) {
        let season = Season::of(index);
        let most = self.problem.most_load[season.index()];
        if load > most {
            self.fault(format!("term {index}: {load} credits, but {most} at most"));
        }
        // The least load does not apply in the term at whose end the target is awarded.
        if season != Season::Summer && load < self.problem.least_load && self.reached.is_none() && !ends {
            self.fault(format!("term {index}: {load} credits, but {} at least", self.problem.least_load));
        }
    }

    /// An exam sat in a term, on what was finished before.
    fn exam(&mut self, term: usize, exam: usize) {
        let Some(found) = self.problem.exams.get(exam) else {
            return self.fault(format!("exam {exam} does not exist"));
        };
        if !self.sat.insert(exam) {
            self.fault(format!("{} is sat twice", found.name));
        }
        if term == 0 && !self.problem.done.iter().any(|done| *done) {
            self.fault(format!("{} is sat before anything is finished", found.name));
        }
        if self.coverage(found) < found.threshold * 100 {
            self.fault(format!("{} is sat in term {term} before one is ready", found.name));
        }
        self.cost += found.fee;
        if found.valued && self.valued.is_none() {
            self.valued = Some(term);
        }
    }

    /// Coverage of an exam by what is held, in hundredths of per cent.
    fn coverage(&self, exam: &Exam) -> u32 {
        let of_domain = |strengths: &[(usize, u32)]| {
            let held = strengths.iter().filter(|(course, _)| self.held.contains(course));
            held.map(|(_, strength)| strength).sum::<u32>().min(100)
        };
        exam.domains.iter().map(|domain| domain.weight * of_domain(&domain.strengths)).sum()
    }

    /// A credential awarded at the end of a term.
    fn award(&mut self, term: usize, award: &Awarded, plan: &Plan) {
        let Some(credential) = self.problem.credentials.get(award.credential) else {
            return self.fault(format!("credential {} does not exist", award.credential));
        };
        if !self.awarded.insert(award.credential) {
            self.fault(format!("{} is awarded twice", credential.name));
        }
        let mut words = self.counted(credential, award);
        if self.credits < credential.total {
            words.push(format!("{} credits of {}", self.credits, credential.total));
        }
        let (home, upper) = self.of_whole_plan(plan);
        if home < credential.residency {
            words.push(format!("{home} credits at home of {}", credential.residency));
        }
        if upper < credential.upper {
            words.push(format!("{upper} credits of upper division of {}", credential.upper));
        }
        self.faults.extend(words.into_iter().map(|words| format!("{} in term {term}: {words}", credential.name)));
        if credential.valued {
            self.valued = Some(self.valued.map_or(term, |first| first.min(term)));
        }
        if award.credential == self.problem.target {
            self.reached = Some(term);
        }
    }

    /// Credits at home and of upper division, of the whole plan.
    fn of_whole_plan(&self, plan: &Plan) -> (u32, u32) {
        let courses = &self.problem.courses;
        let known = |course: &&usize| **course < courses.len();
        let taken: Vec<usize> = plan.terms.iter().flat_map(|term| &term.courses).filter(known).copied().collect();
        let home = taken.iter().filter(|course| courses[**course].home).map(|course| courses[*course].credits).sum();
        let done = (0..courses.len()).filter(|course| self.problem.done[*course]);
        let prior = plan.prior_learning.iter().filter(known).copied();
        let upper = taken.iter().copied().chain(done).chain(prior).filter(|course| courses[*course].level >= 300);
        (home, upper.map(|course| courses[course].credits).sum())
    }

    /// Goes through what counts where.
    fn counted(&self, credential: &Credential, award: &Awarded) -> Vec<String> {
        let mut words = Vec::new();
        let leaves: Vec<(&Leaf, Option<usize>)> = credential.every_leaf().collect();
        let mut met = vec![false; leaves.len()];
        let mut times = vec![0_u32; self.problem.courses.len()];
        for counted in &award.counted {
            let Some((leaf, _)) = leaves.get(counted.leaf) else {
                words.push(format!("leaf {} does not exist", counted.leaf));
                continue;
            };
            let mut once = BTreeSet::new();
            let mut credits = 0;
            for course in &counted.courses {
                if !leaf.courses.contains(course) || !self.held.contains(course) || !once.insert(*course) {
                    words.push(format!("course {course} does not count in {}", leaf.name));
                    continue;
                }
                credits += self.problem.courses[*course].credits;
                times[*course] += u32::from(!leaf.overlay);
            }
            met[counted.leaf] = match leaf.need {
                Need::Courses(needed) => once.len() >= needed as usize,
                Need::Credits(needed) => credits >= needed,
            };
        }
        for (index, (leaf, nested)) in leaves.iter().enumerate() {
            if nested.is_none() && !met[index] {
                words.push(format!("{} is not met", leaf.name));
            }
        }
        for (index, nested) in credential.nested.iter().enumerate() {
            let chosen = leaves.iter().zip(&met).filter(|((_, of), met)| *of == Some(index) && **met).count();
            if chosen < nested.any {
                words.push(format!("{} is not met", nested.name));
            }
        }
        words.extend(self.shared(credential, &times));
        words
    }

    /// How often courses count.
    fn shared(&self, credential: &Credential, times: &[u32]) -> Vec<String> {
        let mut words = Vec::new();
        let mut credits = 0;
        for (course, times) in times.iter().enumerate() {
            if *times > 2 {
                words.push(format!("{} counts {times} times", self.problem.courses[course].code));
            }
            if *times == 2 {
                credits += self.problem.courses[course].credits;
            }
        }
        if credits > credential.shared {
            words.push(format!("{credits} credits count twice, but {} may", credential.shared));
        }
        words
    }

    fn end(&mut self) {
        if self.reached.is_none() {
            self.fault("the target is not awarded".to_owned());
        }
        if self.sat.len() < self.problem.exams_needed as usize {
            self.fault(format!("{} exams, but {} are needed", self.sat.len(), self.problem.exams_needed));
        }
    }

    fn values(&self) -> Values {
        let count = |term: Option<usize>| u32::try_from(term.unwrap_or(self.problem.horizon)).unwrap_or(u32::MAX);
        let goal = i64::from(self.problem.credentials[self.problem.target].total);
        let coverage = self.problem.exams.iter().map(|exam| self.coverage(exam)).sum();
        Values {
            first: count(self.valued),
            terms: count(self.reached),
            cost: self.cost,
            excess: i64::from(self.credits) - goal,
            coverage,
        }
    }
}
