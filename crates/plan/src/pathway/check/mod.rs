//! The independent checker: goes through a plan term by term against the problem, and recomputes its values.
//!
//! It shares nothing with the model: no columns, no windows, no classes; it counts what the plan says. A plan that the
//! model got wrong is caught here.

mod counting;

use std::collections::{BTreeMap, BTreeSet};

use crate::pathway::credential::{Credential, Held};
use crate::pathway::plan::{Awarded, Plan, Term, Values};
use crate::pathway::problem::{Clause, Course, Exam, Problem, Season};

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
    walk.end(plan);
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
    /// Credits of the fullest term.
    fullest: u32,
    /// Exams sat, and when.
    sat: BTreeMap<usize, usize>,
    /// Credentials awarded, and when.
    awarded: BTreeMap<usize, usize>,
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
            fullest: 0,
            sat: BTreeMap::new(),
            awarded: BTreeMap::new(),
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
        // What is held so far, before what is taken now.
        let before = self.credits;
        let mut load = 0;
        for &course in &taken {
            load += self.course(index, (course, before), &taken, plan);
        }
        let ends = term.awards.iter().any(|award| award.credential == self.problem.target);
        self.load(index, (load, taken.is_empty()), ends);
        self.held.extend(taken);
        self.credits += load;
        for award in &term.awards {
            self.award(index, award, plan);
        }
        let charged = if self.problem.fees_when_enrolled { !term.courses.is_empty() } else { self.reached.is_none() };
        if charged {
            self.cost += self.problem.term_fee;
        }
    }

    /// A course taken in a term, with so many credits held before it; gives its credits.
    fn course(&mut self, term: usize, (course, before): (usize, u32), taken: &BTreeSet<usize>, plan: &Plan) -> u32 {
        let Some(found) = self.problem.courses.get(course) else {
            self.fault(format!("course {course} does not exist"));
            return 0;
        };
        let code = &found.code;
        let mut words = Vec::new();
        if !self.is_offered(found, term) {
            words.push(format!("{code} is not offered in term {term}"));
        }
        if self.held.contains(&course) {
            words.push(format!("{code} is held already in term {term}"));
        }
        if self.reached.is_some() {
            words.push(format!("{code} comes after the target"));
        }
        if before < found.standing {
            words.push(format!("{code} in term {term} takes {} credits held, not {before}", found.standing));
        }
        for award in &found.after {
            // Awards of this term are not among them yet.
            if !self.problem.holds_credential(*award) && !self.awarded.contains_key(award) {
                words.push(format!("{code} in term {term} comes before {}", self.problem.credentials[*award].name));
            }
        }
        for clause in found.requisites.iter().filter(|clause| !self.meets(clause, taken, plan)) {
            let kind = if clause.is_prerequisite() { "prerequisite" } else { "corequisite" };
            words.push(format!("{code} in term {term} lacks a {kind}"));
        }
        self.faults.extend(words);
        self.cost += found.credits * found.rate;
        found.credits
    }

    fn is_offered(&self, course: &Course, term: usize) -> bool {
        let season = (self.problem.start.index() + term) % 3;
        course.offered[season] && course.closed.iter().all(|closed| *closed != term)
    }

    /// Whether what is held, what is taken now and what was held before the first term meets a clause.
    fn meets(&self, clause: &Clause, taken: &BTreeSet<usize>, plan: &Plan) -> bool {
        let from_start = |way: &usize| self.problem.done[*way] || plan.prior_learning.contains(way);
        clause.before.iter().any(|way| self.held.contains(way))
            || clause.beside.iter().any(|way| self.held.contains(way) || taken.contains(way))
            || clause.with.iter().any(|way| taken.contains(way) || from_start(way))
    }

    fn load(&mut self, index: usize, (load, free): (u32, bool), ends: bool) {
        let season = Season::ALL[(self.problem.start.index() + index) % 3];
        let own = self.problem.term_limits.get(index).copied().flatten();
        let most = own.unwrap_or(self.problem.most_load[season.index()]);
        if load > most || (most == 0 && !free) {
            self.fault(format!("term {index}: {load} credits, but {most} at most"));
        }
        self.fullest = self.fullest.max(load);
        // The least load does not apply in the term at whose end the target is awarded.
        let light = season == Season::Summer || own == Some(0) || self.problem.light_terms.contains(&index);
        if !light && load < self.problem.least_load && self.reached.is_none() && !ends {
            self.fault(format!("term {index}: {load} credits, but {} at least", self.problem.least_load));
        }
    }

    /// An exam sat in a term, on what was finished before.
    fn exam(&mut self, term: usize, exam: usize) {
        let Some(found) = self.problem.exams.get(exam) else {
            return self.fault(format!("exam {exam} does not exist"));
        };
        if self.problem.holds_exam(exam) {
            self.fault(format!("{} is held already", found.name));
        }
        if self.sat.insert(exam, term).is_some() {
            self.fault(format!("{} is sat twice", found.name));
        }
        for course in found.not_before.iter().filter(|course| !self.held.contains(course)) {
            let words = format!("{} is sat in term {term} before {}", found.name, self.problem.courses[*course].code);
            self.faults.push(words);
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
        if self.reached.is_some_and(|end| end < term) {
            self.fault(format!("{} comes after the target", credential.name));
        }
        if self.awarded.insert(award.credential, term).is_some() {
            self.fault(format!("{} is awarded twice", credential.name));
        }
        if self.problem.holds_credential(award.credential) {
            self.fault(format!("{} is held already", credential.name));
        }
        let mut words = counting::outline(self.problem, credential, award, &self.held);
        let credits = counting::credits(self.problem, credential, &self.held, &plan.prior_learning);
        if credits < credential.total {
            words.push(format!("{credits} credits of {}", credential.total));
        }
        words.extend(self.lacks(credential, &plan.terms[term]));
        let (resident, upper) = self.resident_and_upper(credential, plan);
        if resident < credential.residency {
            words.push(format!("{resident} credits in residence of {}", credential.residency));
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

    /// What a credential awarded at the end of a term builds on, and is not held.
    fn lacks(&self, credential: &Credential, term: &Term) -> Vec<String> {
        let awarded_now = |other: &usize| term.awards.iter().any(|award| award.credential == *other);
        let credential_held = |other: &usize| {
            self.problem.holds_credential(*other) || self.awarded.contains_key(other) || awarded_now(other)
        };
        let exam_held = |exam: &usize| self.problem.holds_exam(*exam) || self.sat.contains_key(exam);
        let lacked = credential.credentials.iter().filter(|other| !credential_held(other));
        let mut words: Vec<String> =
            lacked.map(|other| format!("{} is not held", self.problem.credentials[*other].name)).collect();
        let lacked = credential.exams.iter().filter(|exam| !exam_held(exam));
        words.extend(lacked.map(|exam| format!("{} is not held", self.problem.exams[*exam].name)));
        for (place, ways) in credential.needs.iter().enumerate() {
            let met = ways.iter().any(|way| match way {
                Held::Exam(exam) => exam_held(exam),
                Held::Credential(other) => credential_held(other),
                Held::Course(course) => self.held.contains(course),
            });
            if !met && !ways.is_empty() {
                words.push(format!("nothing of need {} is held", place + 1));
            }
        }
        words
    }

    /// Credits held in residence and of upper division.
    fn resident_and_upper(&self, credential: &Credential, plan: &Plan) -> (u32, u32) {
        let problem = self.problem;
        let taken_there = |course: &usize| {
            let finished_there = problem.done_in_residence.get(*course) == Some(&true);
            (!problem.done[*course] || finished_there) && !plan.prior_learning.contains(course)
        };
        let (mut resident, mut upper) = (0, 0);
        for index in self.held.iter().filter(|index| **index < problem.courses.len()) {
            let course = &problem.courses[*index];
            if course.institution == credential.institution && taken_there(index) {
                resident += course.credits;
            }
            if course.upper {
                upper += course.credits;
            }
        }
        (resident, upper)
    }

    fn end(&mut self, plan: &Plan) {
        let problem = self.problem;
        if self.reached.is_none() {
            self.fault("the target is not awarded".to_owned());
        }
        let held = (0..problem.exams.len()).filter(|exam| problem.holds_exam(*exam)).count();
        if self.sat.len() + held < problem.exams_needed as usize {
            self.fault(format!("{} exams, but {} are needed", self.sat.len() + held, problem.exams_needed));
        }
        for (index, exam) in problem.exams.iter().enumerate().filter(|(_, exam)| exam.needed) {
            let in_time = self.sat.get(&index).is_some_and(|term| self.reached.is_some_and(|end| *term <= end));
            if !problem.holds_exam(index) && !in_time {
                self.fault(format!("{} is not sat by the time the target is awarded", exam.name));
            }
        }
        for course in problem.wanted.iter().filter(|course| !self.held.contains(course)).copied().collect::<Vec<_>>() {
            self.fault(format!("{} is wanted, but not taken", problem.courses[course].code));
        }
        self.exclusions(plan);
    }

    /// Of a list of courses that exclude each other, a plan adds one where none is finished, else none.
    fn exclusions(&mut self, plan: &Plan) {
        let taken = plan.terms.iter().flat_map(|term| &term.courses);
        let added: BTreeSet<usize> = taken.chain(&plan.prior_learning).copied().collect();
        for list in &self.problem.exclusions {
            let finished = list.iter().any(|course| self.problem.done[*course]);
            let list: BTreeSet<usize> = list.iter().copied().collect();
            let new: Vec<&str> =
                list.intersection(&added).map(|course| self.problem.courses[*course].code.as_str()).collect();
            if new.len() + usize::from(finished) > 1 {
                let words = format!("{} exclude each other", new.join(" and "));
                self.faults.push(words);
            }
        }
    }

    fn values(&self) -> Values {
        let problem = self.problem;
        let count = |term: Option<usize>| u32::try_from(term.unwrap_or(problem.horizon)).unwrap_or(u32::MAX);
        let goal = i64::from(problem.credentials[problem.target].total);
        let coverage = problem.exams.iter().map(|exam| self.coverage(exam)).sum();
        let exams_held = (0..problem.exams.len()).any(|exam| problem.exams[exam].valued && problem.holds_exam(exam));
        let credentials_held = problem
            .credentials
            .iter()
            .enumerate()
            .any(|(index, found)| found.valued && problem.holds_credential(index));
        // Written out here as well: the checker shares nothing.
        let on_the_way = |index: &usize| {
            problem.credentials[*index].valued && *index != problem.target && !problem.holds_credential(*index)
        };
        let on_the_way = (0..problem.credentials.len()).filter(on_the_way);
        let exits = on_the_way.map(|index| count(self.awarded.get(&index).copied()));
        Values {
            first: if exams_held || credentials_held { 0 } else { count(self.valued) },
            terms: count(self.reached),
            cost: self.cost,
            excess: i64::from(self.credits) - goal,
            coverage,
            balance: self.fullest,
            exits: exits.sum(),
        }
    }
}
