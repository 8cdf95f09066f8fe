//! Loads, exams, value and the stages of the plain model.

use super::{Plain, Terms, merged, season};
use crate::pathway::plan::StageName;
use crate::pathway::problem::Season;
use crate::solver::{Column, Ended, Patience};

impl Plain<'_> {
    pub(super) fn loads(&mut self) {
        let target = self.awarded[self.problem.target].clone();
        self.at_least(vec![(target[self.problem.horizon - 1], 1.0)], 1.0);
        for term in 0..self.problem.horizon {
            let own = self.problem.term_limits.get(term).copied().flatten();
            let season = season(self.problem, term);
            let most = own.unwrap_or(self.problem.most_load[season as usize]);
            let load: Terms = (0..self.problem.courses.len())
                .filter_map(|course| Some((self.taken[course][term]?, self.credits(course))))
                .collect();
            self.model.row(f64::NEG_INFINITY, f64::from(most), load.clone());
            let mut room: Terms = load.iter().map(|(column, credits)| (*column, -credits)).collect();
            room.push((self.fullest, 1.0));
            self.at_least(room, 0.0);
            let least = f64::from(self.problem.least_load);
            if season != Season::Summer && own != Some(0) && !self.problem.light_terms.contains(&term) {
                let mut row = load.clone();
                row.push((target[term], least));
                self.at_least(row, least);
            }
            for (column, _) in load {
                self.at_least(vec![(self.enrolled[term], 1.0), (column, -1.0)], 0.0);
                if term > 0 {
                    self.at_least(vec![(column, -1.0), (target[term - 1], -1.0)], -1.0);
                }
            }
        }
        let prior: Terms = (0..self.problem.courses.len())
            .filter_map(|course| Some((self.prior[course]?, -self.credits(course))))
            .collect();
        self.at_least(prior, -f64::from(self.problem.prior_learning_limit));
    }

    pub(super) fn exams(&mut self) {
        let mut all = Vec::new();
        for (index, exam) in self.problem.exams.iter().enumerate() {
            let sittings = self.sittings[index].clone();
            let held = self.problem.holds_exam(index);
            self.at_least(sittings.iter().map(|column| (*column, -1.0)).collect(), if held { 0.0 } else { -1.0 });
            all.extend(sittings.iter().map(|column| (*column, 1.0)));
            if !self.problem.done.contains(&true) {
                self.at_least(vec![(sittings[0], -1.0)], 0.0);
            }
            for terms in 0..=self.problem.horizon {
                let mut ready = Vec::new();
                for domain in &exam.domains {
                    let covered = self.model.between(0.0, 100.0);
                    ready.push((covered, f64::from(domain.weight)));
                    let (mut row, mut done) = (vec![(covered, -1.0)], 0.0);
                    for (course, strength) in &domain.strengths {
                        row.extend(self.held(*course, terms, f64::from(*strength)));
                        done += f64::from(*strength) * self.done(*course);
                    }
                    self.at_least(row, -done);
                }
                if let Some(sitting) = sittings.get(terms) {
                    for course in &exam.not_before {
                        let mut row = self.held(*course, terms, 1.0);
                        row.push((*sitting, -1.0));
                        self.at_least(row, -self.done(*course));
                    }
                    if exam.needed && !held {
                        let award = self.awarded[self.problem.target][terms];
                        let mut row: Terms = sittings[..=terms].iter().map(|column| (*column, 1.0)).collect();
                        row.push((award, -1.0));
                        self.at_least(row, 0.0);
                    }
                    ready.push((*sitting, -100.0 * f64::from(exam.threshold)));
                    self.at_least(ready, 0.0);
                } else {
                    self.covered.extend(ready);
                }
            }
        }
        let held = (0..self.problem.exams.len()).filter(|exam| self.problem.holds_exam(*exam)).count();
        self.at_least(all, f64::from(self.problem.exams_needed) - held as f64);
    }

    pub(super) fn value(&mut self) {
        for term in 0..self.problem.horizon {
            let mut row = vec![(self.valued[term], -1.0)];
            for (index, _) in self.problem.credentials.iter().enumerate().filter(|(_, found)| found.valued) {
                row.push((self.awarded[index][term], 1.0));
            }
            for (index, _) in self.problem.exams.iter().enumerate().filter(|(_, exam)| exam.valued) {
                row.extend(self.sittings[index][..=term].iter().map(|column| (*column, 1.0)));
            }
            let held = |index: usize| self.problem.exams[index].valued && self.problem.holds_exam(index);
            let held = (0..self.problem.exams.len()).filter(|index| held(*index)).count();
            self.at_least(row, -(held as f64));
        }
    }

    pub(super) fn solve(mut self) -> Option<Vec<i64>> {
        let horizon = self.problem.horizon as f64;
        let less = |columns: &[Column], times: f64| columns.iter().map(|column| (*column, -times)).collect::<Terms>();
        let target = &self.awarded[self.problem.target];
        let fee = f64::from(self.problem.term_fee);
        let (mut cost, mut credits) = (less(target, fee), Vec::new());
        if self.problem.fees_when_enrolled {
            cost = self.enrolled.iter().map(|column| (*column, fee)).collect();
        }
        let fees = if self.problem.fees_when_enrolled { 0.0 } else { fee * horizon };
        for course in 0..self.problem.courses.len() {
            let each = self.credits(course);
            let rate = f64::from(self.problem.courses[course].rate);
            cost.extend(self.taken[course].iter().flatten().map(|column| (*column, each * rate)));
            let fee = f64::from(self.problem.prior_learning_fee);
            cost.extend(self.prior[course].iter().map(|column| (*column, each * fee)));
            credits.extend(self.held(course, self.problem.horizon, each));
        }
        for (sittings, exam) in self.sittings.iter().zip(&self.problem.exams) {
            cost.extend(sittings.iter().map(|column| (*column, f64::from(exam.fee))));
        }
        let done: f64 = (0..self.problem.courses.len()).map(|course| self.credits(course) * self.done(course)).sum();
        let coverage: Terms = self.covered.iter().map(|(column, weight)| (*column, -weight)).collect();
        let (mut exits, mut latest) = (Vec::new(), 0.0);
        for (index, credential) in self.problem.credentials.iter().enumerate() {
            if credential.valued && index != self.problem.target && !self.problem.holds_credential(index) {
                exits.extend(less(&self.awarded[index], 1.0));
                latest += horizon;
            }
        }
        let stage = |name: StageName| match name {
            StageName::First => (less(&self.valued, 1.0), horizon),
            StageName::Terms => (less(target, 1.0), horizon),
            StageName::Cost => (cost.clone(), fees),
            StageName::Excess => (credits.clone(), done - f64::from(self.problem.goal().total)),
            StageName::Coverage => (coverage.clone(), 0.0),
            StageName::Exits => (exits.clone(), latest),
            StageName::Balance => (vec![(self.fullest, 1.0)], 0.0),
        };
        let stages: Vec<(StageName, (Terms, f64))> =
            self.problem.order.iter().map(|name| (*name, stage(*name))).collect();
        let mut optima = Vec::new();
        for (name, (objective, constant)) in stages {
            let objective = merged(objective);
            let solved = self.model.solve(&objective, false, Patience::of(60.0)).unwrap();
            if solved.ended != Ended::Optimal {
                assert_eq!((solved.ended, optima.len()), (Ended::Infeasible, 0));
                return None;
            }
            self.model.row(f64::NEG_INFINITY, solved.value.round() + 0.01, objective);
            let sign = if name == StageName::Coverage { -1 } else { 1 };
            optima.push(sign * (solved.value + constant).round() as i64);
        }
        Some(optima)
    }
}
