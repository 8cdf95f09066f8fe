//! A second model of the same problem, plain and unreduced, to test the reduced one against: courses *taken in a term*,
//! awards *by a term*, every sum written out, no windows, no classes, no outer search. It shares only the solver.

use crate::pathway::problem::{Leaf, Need, Problem, Season};
use crate::solver::{Column, Ended, Model, Patience};

type Terms = Vec<(Column, f64)>;

struct Plain<'a> {
    problem: &'a Problem,
    model: Model,
    taken: Vec<Vec<Option<Column>>>,
    prior: Vec<Option<Column>>,
    awarded: Vec<Vec<Column>>,
    sittings: Vec<Vec<Column>>,
    covered: Terms,
    valued: Vec<Column>,
}

/// The five optima, or nothing where there is no plan.
pub(super) fn optima(problem: &Problem) -> Option<[i64; 5]> {
    let mut plain = Plain::new(problem);
    plain.courses();
    for credential in 0..problem.credentials.len() {
        plain.credential(credential);
    }
    plain.loads();
    plain.exams();
    plain.value();
    plain.solve()
}

impl<'a> Plain<'a> {
    fn new(problem: &'a Problem) -> Self {
        let mut model = Model::default();
        let terms = problem.horizon;
        let (mut taken, mut prior) = (Vec::new(), Vec::new());
        for (index, course) in problem.courses.iter().enumerate() {
            let open = !problem.done[index];
            let column = |term: usize| (open && course.offered[Season::of(term).index()]).then(|| model.binary());
            taken.push((0..terms).map(column).collect());
            prior.push((open && problem.prior_learning[index]).then(|| model.binary()));
        }
        let awarded = problem.credentials.iter().map(|_| (0..terms).map(|_| model.binary()).collect()).collect();
        let sittings = problem.exams.iter().map(|_| (0..terms).map(|_| model.binary()).collect()).collect();
        let valued = (0..terms).map(|_| model.binary()).collect();
        Self { problem, model, taken, prior, awarded, sittings, covered: Vec::new(), valued }
    }

    /// Held by the end of so many terms, times a factor; what is done counts beside it.
    fn held(&self, course: usize, terms: usize, factor: f64) -> Terms {
        let taken = self.taken[course][..terms].iter().flatten();
        taken.chain(&self.prior[course]).map(|column| (*column, factor)).collect()
    }

    fn done(&self, course: usize) -> f64 {
        f64::from(u8::from(self.problem.done[course]))
    }

    fn credits(&self, course: usize) -> f64 {
        f64::from(self.problem.courses[course].credits)
    }

    fn at_least(&mut self, terms: Terms, low: f64) {
        self.model.row(low, f64::INFINITY, merged(terms));
    }

    fn courses(&mut self) {
        for (index, course) in self.problem.courses.iter().enumerate() {
            let once = self.held(index, self.problem.horizon, -1.0);
            self.at_least(once, -1.0);
            for term in 0..self.problem.horizon {
                let Some(column) = self.taken[index][term] else { continue };
                for clause in &course.prerequisites {
                    let mut row = vec![(column, -1.0)];
                    let done: f64 = clause.iter().map(|way| self.done(*way)).sum();
                    clause.iter().for_each(|way| row.extend(self.held(*way, term, 1.0)));
                    self.at_least(row, -done);
                }
                for way in &course.corequisites {
                    let mut row = vec![(column, -1.0)];
                    row.extend(self.held(*way, term + 1, 1.0));
                    self.at_least(row, -self.done(*way));
                }
            }
        }
    }

    fn credential(&mut self, index: usize) {
        let credential = &self.problem.credentials[index];
        let (last, terms) = (self.problem.horizon - 1, self.problem.horizon);
        let awarded = self.awarded[index].clone();
        for pair in awarded.windows(2) {
            self.at_least(vec![(pair[1], 1.0), (pair[0], -1.0)], 0.0);
        }
        let mut uses: Vec<Vec<(Column, bool)>> = vec![Vec::new(); self.problem.courses.len()];
        for leaf in &credential.leaves {
            self.leaf(leaf, awarded[last], &mut uses);
        }
        for nested in &credential.nested {
            let mut row = vec![(awarded[last], -(nested.any as f64))];
            for leaf in &nested.leaves {
                let met = self.model.binary();
                self.leaf(leaf, met, &mut uses);
                row.push((met, 1.0));
            }
            self.at_least(row, 0.0);
        }
        let mut shared = Vec::new();
        for (course, uses) in uses.iter().enumerate().filter(|(_, uses)| !uses.is_empty()) {
            let twice = self.model.binary();
            shared.push((twice, -self.credits(course)));
            let mut row: Terms = uses.iter().filter(|(_, overlay)| !overlay).map(|(y, _)| (*y, -1.0)).collect();
            row.push((twice, 1.0));
            self.at_least(row, -1.0);
            for (term, award) in awarded.iter().enumerate().take(terms) {
                for (used, _) in uses {
                    let mut row = self.held(course, term + 1, 1.0);
                    row.extend([(*used, -1.0), (*award, -1.0)]);
                    self.at_least(row, -1.0 - self.done(course));
                }
            }
        }
        self.at_least(shared, -f64::from(credential.shared));
        for (term, award) in awarded.iter().enumerate().take(terms) {
            self.total(term, *award, credential.total, |_| true, true);
        }
        self.total(last, awarded[last], credential.residency, |course| self.problem.courses[course].home, false);
        let upper = |course: usize| self.problem.courses[course].is_upper();
        self.total(last, awarded[last], credential.upper, upper, true);
    }

    fn total(&mut self, term: usize, awarded: Column, need: u32, passes: impl Fn(usize) -> bool, earlier: bool)
    where
        Self: 'a,
    {
        let (mut row, mut done) = (vec![(awarded, -f64::from(need))], 0.0);
        for course in (0..self.problem.courses.len()).filter(|course| passes(*course)) {
            let credits = self.credits(course);
            row.extend(self.taken[course][..=term].iter().flatten().map(|column| (*column, credits)));
            if earlier {
                row.extend(self.prior[course].iter().map(|column| (*column, credits)));
                done += credits * self.done(course);
            }
        }
        self.at_least(row, -done);
    }

    fn leaf(&mut self, leaf: &Leaf, met: Column, uses: &mut [Vec<(Column, bool)>]) {
        let (by_count, need) = match leaf.need {
            Need::Courses(count) => (true, count),
            Need::Credits(credits) => (false, credits),
        };
        let mut row = vec![(met, -f64::from(need))];
        for course in &leaf.courses {
            let used = self.model.binary();
            uses[*course].push((used, leaf.overlay));
            row.push((used, if by_count { 1.0 } else { self.credits(*course) }));
            let mut held = self.held(*course, self.problem.horizon, 1.0);
            held.push((used, -1.0));
            self.at_least(held, -self.done(*course));
        }
        self.at_least(row, 0.0);
    }

    fn loads(&mut self) {
        let target = self.awarded[self.problem.target].clone();
        self.at_least(vec![(target[self.problem.horizon - 1], 1.0)], 1.0);
        for term in 0..self.problem.horizon {
            let season = Season::of(term);
            let load: Terms = (0..self.problem.courses.len())
                .filter_map(|course| Some((self.taken[course][term]?, self.credits(course))))
                .collect();
            self.model.row(f64::NEG_INFINITY, f64::from(self.problem.most_load[season.index()]), load.clone());
            let least = f64::from(self.problem.least_load);
            if season != Season::Summer {
                let mut row = load.clone();
                row.push((target[term], least));
                self.at_least(row, least);
            }
            for (column, _) in load.into_iter().filter(|_| term > 0) {
                self.at_least(vec![(column, -1.0), (target[term - 1], -1.0)], -1.0);
            }
        }
        let prior: Terms = (0..self.problem.courses.len())
            .filter_map(|course| Some((self.prior[course]?, -self.credits(course))))
            .collect();
        self.at_least(prior, -f64::from(self.problem.prior_learning_limit));
    }

    fn exams(&mut self) {
        let mut all = Vec::new();
        for (index, exam) in self.problem.exams.iter().enumerate() {
            let sittings = self.sittings[index].clone();
            self.at_least(sittings.iter().map(|column| (*column, -1.0)).collect(), -1.0);
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
                    ready.push((*sitting, -100.0 * f64::from(exam.threshold)));
                    self.at_least(ready, 0.0);
                } else {
                    self.covered.extend(ready);
                }
            }
        }
        self.at_least(all, f64::from(self.problem.exams_needed));
    }

    fn value(&mut self) {
        for term in 0..self.problem.horizon {
            let mut row = vec![(self.valued[term], -1.0)];
            for (index, _) in self.problem.credentials.iter().enumerate().filter(|(_, found)| found.valued) {
                row.push((self.awarded[index][term], 1.0));
            }
            for (index, _) in self.problem.exams.iter().enumerate().filter(|(_, exam)| exam.valued) {
                row.extend(self.sittings[index][..=term].iter().map(|column| (*column, 1.0)));
            }
            self.at_least(row, 0.0);
        }
    }

    fn solve(mut self) -> Option<[i64; 5]> {
        let horizon = self.problem.horizon as f64;
        let less = |columns: &[Column], times: f64| columns.iter().map(|column| (*column, -times)).collect::<Terms>();
        let target = &self.awarded[self.problem.target];
        let fee = f64::from(self.problem.term_fee);
        let (mut cost, mut credits) = (less(target, fee), Vec::new());
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
        let stages = [
            (less(&self.valued, 1.0), horizon),
            (less(target, 1.0), horizon),
            (cost, fee * horizon),
            (credits, done - f64::from(self.problem.goal().total)),
            (coverage, 0.0),
        ];
        let mut optima = [0; 5];
        for (stage, (objective, constant)) in stages.into_iter().enumerate() {
            let objective = merged(objective);
            let solved = self.model.solve(&objective, false, Patience::of(60.0)).unwrap();
            if solved.ended != Ended::Optimal {
                assert_eq!((solved.ended, stage), (Ended::Infeasible, 0));
                return None;
            }
            self.model.row(f64::NEG_INFINITY, solved.value.round() + 0.01, objective);
            optima[stage] = (solved.value + constant).round() as i64;
        }
        optima[4] = -optima[4];
        Some(optima)
    }
}

fn merged(terms: Terms) -> Terms {
    let mut sums = std::collections::BTreeMap::new();
    terms.into_iter().for_each(|(column, factor)| *sums.entry(column).or_insert(0.0) += factor);
    sums.into_iter().filter(|(_, factor)| *factor != 0.0).collect()
}
