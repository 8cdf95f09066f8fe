//! A second model of the same problem, plain and unreduced, to test the reduced one against: courses *taken in a term*,
//! awards *by a term*, every sum written out, no windows, no classes, no outer search. It shares only the solver.

use crate::pathway::credential::{Credential, Held, Leaf, Need, Node};
use crate::pathway::problem::{Clause, Problem, Season};
use crate::solver::{Column, Model};

mod ends;

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
    fullest: Column,
    /// By term: whether a course is taken.
    enrolled: Vec<Column>,
}

/// Where courses count, each with whether the leaf is an overlay, by course.
type Uses = Vec<Vec<(Column, bool)>>;

/// The optima in the order of the problem, or nothing where there is no plan.
pub(super) fn optima(problem: &Problem) -> Option<Vec<i64>> {
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
            let offered =
                |term: usize| course.offered[season(problem, term) as usize] && !course.closed.contains(&term);
            let column = |term: usize| (open && offered(term)).then(|| model.binary());
            taken.push((0..terms).map(column).collect());
            prior.push((open && problem.prior_learning[index]).then(|| model.binary()));
        }
        let awarded = problem.credentials.iter().map(|_| (0..terms).map(|_| model.binary()).collect()).collect();
        let sittings = problem.exams.iter().map(|_| (0..terms).map(|_| model.binary()).collect()).collect();
        let valued = (0..terms).map(|_| model.binary()).collect();
        let fullest = model.between(0.0, 1000.0);
        let enrolled = (0..terms).map(|_| model.binary()).collect();
        Self { problem, model, taken, prior, awarded, sittings, covered: Vec::new(), valued, fullest, enrolled }
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
                for clause in &course.requisites {
                    self.clause(clause, column, term);
                }
                for award in course.after.iter().filter(|award| !self.problem.holds_credential(**award)) {
                    let before = term.checked_sub(1).map(|before| (self.awarded[*award][before], 1.0));
                    self.at_least(before.into_iter().chain([(column, -1.0)]).collect(), 0.0);
                }
                // Credits held before the term.
                let (mut row, mut done) = (vec![(column, -f64::from(course.standing))], 0.0);
                for other in 0..self.problem.courses.len() {
                    row.extend(self.held(other, term, self.credits(other)));
                    done += self.credits(other) * self.done(other);
                }
                self.at_least(row, -done);
            }
        }
        for list in &self.problem.exclusions {
            let list: std::collections::BTreeSet<usize> = list.iter().copied().collect();
            let row: Terms = list.iter().flat_map(|way| self.held(*way, self.problem.horizon, -1.0)).collect();
            let finished = list.iter().any(|way| self.problem.done[*way]);
            self.at_least(row, if finished { 0.0 } else { -1.0 });
        }
        for course in &self.problem.wanted {
            let row = self.held(*course, self.problem.horizon, 1.0);
            self.at_least(row, 1.0 - self.done(*course));
        }
    }

    /// A clause of a course taken in a term.
    fn clause(&mut self, clause: &Clause, column: Column, term: usize) {
        let mut row = vec![(column, -1.0)];
        clause.before.iter().for_each(|way| row.extend(self.held(*way, term, 1.0)));
        clause.beside.iter().for_each(|way| row.extend(self.held(*way, term + 1, 1.0)));
        for way in &clause.with {
            row.extend(self.taken[*way][term].iter().chain(&self.prior[*way]).map(|column| (*column, 1.0)));
        }
        let done: f64 = clause.ways().map(|way| self.done(way)).sum();
        self.at_least(row, -done);
    }

    fn credential(&mut self, index: usize) {
        let credential = &self.problem.credentials[index];
        let (last, terms) = (self.problem.horizon - 1, self.problem.horizon);
        let awarded = self.awarded[index].clone();
        for pair in awarded.windows(2) {
            self.at_least(vec![(pair[1], 1.0), (pair[0], -1.0)], 0.0);
        }
        if self.problem.holds_credential(index) {
            return self.at_least(vec![(awarded[0], 1.0)], 1.0);
        }
        // With the target the plan ends.
        let target = self.awarded[self.problem.target].clone();
        for term in (1..terms).filter(|_| index != self.problem.target) {
            self.at_least(vec![(awarded[term], -1.0), (awarded[term - 1], 1.0), (target[term - 1], -1.0)], -1.0);
        }
        for ways in credential.needs.iter().filter(|ways| !ways.is_empty()) {
            for (term, award) in awarded.iter().enumerate() {
                let (mut row, mut start) = (vec![(*award, -1.0)], 0.0);
                for way in ways {
                    match way {
                        Held::Credential(other) => row.push((self.awarded[*other][term], 1.0)),
                        Held::Exam(exam) if self.problem.holds_exam(*exam) => start += 1.0,
                        Held::Exam(exam) => row.extend(self.sittings[*exam][..=term].iter().map(|sat| (*sat, 1.0))),
                        Held::Course(course) => {
                            row.extend(self.held(*course, term + 1, 1.0));
                            start += self.done(*course);
                        }
                    }
                }
                self.at_least(row, -start);
            }
        }
        let mut uses: Uses = vec![Vec::new(); self.problem.courses.len()];
        self.node(&credential.root, awarded[last], &mut uses);
        for (term, award) in awarded.iter().enumerate() {
            for exam in credential.exams.iter().filter(|exam| !self.problem.holds_exam(**exam)) {
                let mut row: Terms = self.sittings[*exam][..=term].iter().map(|column| (*column, 1.0)).collect();
                row.push((*award, -1.0));
                self.at_least(row, 0.0);
            }
            for other in &credential.credentials {
                self.at_least(vec![(self.awarded[*other][term], 1.0), (*award, -1.0)], 0.0);
            }
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
            self.counting(credential, term, *award);
        }
        let resides = |course: usize| self.problem.courses[course].institution == credential.institution;
        let upper = |course: usize| self.problem.courses[course].upper;
        for (term, award) in awarded.iter().enumerate() {
            self.total((term, *award), credential.residency, resides, false);
            self.total((term, *award), credential.upper, upper, true);
        }
    }

    /// Credits of some courses by the end of a term; without earlier ones only those taken in residence.
    fn total(&mut self, (term, awarded): (usize, Column), need: u32, passes: impl Fn(usize) -> bool, earlier: bool)
    where
        Self: 'a,
    {
        let (mut row, mut done) = (vec![(awarded, -f64::from(need))], 0.0);
        for course in (0..self.problem.courses.len()).filter(|course| passes(*course)) {
            let credits = self.credits(course);
            row.extend(self.taken[course][..=term].iter().flatten().map(|column| (*column, credits)));
            if earlier {
                row.extend(self.prior[course].iter().map(|column| (*column, credits)));
            }
            if earlier || self.problem.done_in_residence.get(course) == Some(&true) {
                done += credits * self.done(course);
            }
        }
        self.at_least(row, -done);
    }

    /// Credits that count towards the total: of each course what it gives, within all limits.
    fn counting(&mut self, credential: &Credential, term: usize, awarded: Column) {
        let mut total = vec![(awarded, -f64::from(credential.total))];
        let mut of_course = Vec::new();
        let mut of_prior = Vec::new();
        for course in 0..self.problem.courses.len() {
            let credits = self.credits(course);
            let [earned, prior] = [self.model.between(0.0, credits), self.model.between(0.0, credits)];
            let mut row: Terms =
                self.taken[course][..=term].iter().flatten().map(|column| (*column, credits)).collect();
            row.push((earned, -1.0));
            self.at_least(row, -credits * self.done(course));
            let mut row: Terms = self.prior[course].iter().map(|column| (*column, credits)).collect();
            row.push((prior, -1.0));
            self.at_least(row, 0.0);
            total.extend([(earned, 1.0), (prior, 1.0)]);
            of_course.push([(earned, -1.0), (prior, -1.0)]);
            of_prior.push((prior, -1.0));
        }
        for (courses, most) in &credential.limits {
            let row = courses.iter().flat_map(|course| of_course[*course]).collect();
            self.at_least(row, -f64::from(*most));
        }
        if let Some(most) = credential.prior_limit {
            self.at_least(of_prior, -f64::from(most));
        }
        self.at_least(total, 0.0);
    }

    fn node(&mut self, node: &Node, met: Column, uses: &mut Uses) {
        let (any, of) = match node {
            Node::Leaf(leaf) => return self.leaf(leaf, met, uses),
            Node::Choice { any, of, .. } => (*any, of),
            Node::Every { of, .. } => (of.len(), of),
        };
        let mut row = vec![(met, -(any as f64))];
        for part in of {
            let met = self.model.binary();
            self.node(part, met, uses);
            row.push((met, 1.0));
        }
        self.at_least(row, 0.0);
    }

    fn leaf(&mut self, leaf: &Leaf, met: Column, uses: &mut Uses) {
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
}

fn season(problem: &Problem, term: usize) -> Season {
    Season::ALL[(problem.start as usize + term) % 3]
}

fn merged(terms: Terms) -> Terms {
    let mut sums = std::collections::BTreeMap::new();
    terms.into_iter().for_each(|(column, factor)| *sums.entry(column).or_insert(0.0) += factor);
    sums.into_iter().filter(|(_, factor)| *factor != 0.0).collect()
}
