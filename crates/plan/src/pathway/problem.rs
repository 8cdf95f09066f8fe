//! What is to be planned: courses, credentials, exams, and the person's own limits. Indexes name things; words stay outside.

use crate::pathway::credential::{Credential, Held};
use crate::pathway::plan::StageName;

/// A part of the year in which courses are offered. Terms run fall, spring, summer, and round again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// The first term of a year.
    #[default]
    Fall,
    /// The second.
    Spring,
    /// The third, without a least load.
    Summer,
}

impl Season {
    /// The seasons in their order.
    pub const ALL: [Self; 3] = [Self::Fall, Self::Spring, Self::Summer];

    /// The season so many terms later.
    #[must_use]
    pub const fn after(self, terms: usize) -> Self {
        match (self as usize + terms % 3) % 3 {
            0 => Self::Fall,
            1 => Self::Spring,
            _ => Self::Summer,
        }
    }

    /// Its place in the year, 0 to 2.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// One clause of a course's requisites, which must all be met: any one of its ways meets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// Courses finished in an earlier term: a prerequisite.
    pub before: Vec<usize>,
    /// Courses finished earlier or taken in the same term: a corequisite.
    pub beside: Vec<usize>,
    /// Courses taken in the very same term: a strict corequisite. One that was finished before the first term, or has
    /// credit for prior learning, meets it too.
    pub with: Vec<usize>,
}

impl Clause {
    /// All courses that could meet it.
    pub fn ways(&self) -> impl Iterator<Item = usize> + '_ {
        self.before.iter().chain(&self.beside).chain(&self.with).copied()
    }

    /// Whether only courses of earlier terms meet it.
    #[must_use]
    pub const fn is_prerequisite(&self) -> bool {
        self.beside.is_empty() && self.with.is_empty()
    }
}

/// A course that can be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Its code, as people write it.
    pub code: String,
    /// Credits; 0 for what is taken without any.
    pub credits: u32,
    /// Whether it counts as upper division.
    pub upper: bool,
    /// Number of the institution that teaches it: it counts for the residency of that institution's credentials.
    pub institution: usize,
    /// By season: whether it is offered.
    pub offered: [bool; 3],
    /// Terms in which it is not offered although the season says so.
    pub closed: Vec<usize>,
    /// Its requisites: all clauses must be met.
    pub requisites: Vec<Clause>,
    /// Credits that must be held before the term in which it is taken, of any kind; 0 where none need be.
    pub standing: u32,
    /// Indexes of credentials that must be awarded at the end of an earlier term, or held from the beginning, before it is
    /// taken. Credit for prior learning needs no award.
    pub after: Vec<usize>,
    /// Tuition per credit, in whole units of money.
    pub rate: u32,
}

/// A domain of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its share of the exam, in units of which the whole exam has as many as the domains sum to: 100 where they are per cent.
    pub weight: u32,
    /// How much of the domain a course covers, 0 to 100 %; several courses add up to at most 100.
    pub strengths: Vec<(usize, u32)>,
}

/// An exam of a certification.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exam {
    /// What people call it.
    pub name: String,
    /// What sitting it costs, in whole units of money.
    pub fee: u32,
    /// Coverage from which a learner counts as ready, in the unit of the domains' weights.
    pub threshold: u32,
    /// Its domains.
    pub domains: Vec<Domain>,
    /// Whether the certification is worth something by itself.
    pub valued: bool,
    /// Whether it must be sat by the time the target is awarded; it is then one of the exams needed.
    pub needed: bool,
    /// Courses that must be finished in a term before it is sat.
    pub not_before: Vec<usize>,
}

/// What is to be planned.
///
/// Indexes of courses are those of `courses`. Terms are counted from 0. Lists by term, credential or exam may be shorter
/// than there are: what is absent is not limited, not held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Courses that can be taken.
    pub courses: Vec<Course>,
    /// Credentials on the way and at its end.
    pub credentials: Vec<Credential>,
    /// Index of the credential to reach.
    pub target: usize,
    /// Exams that can be sat.
    pub exams: Vec<Exam>,
    /// So many terms at most.
    pub horizon: usize,
    /// The season of term 0.
    pub start: Season,
    /// Most credits a term, by season.
    pub most_load: [u32; 3],
    /// By term: most credits instead of those of the season; 0 where the person does not study in that term.
    pub term_limits: Vec<Option<u32>>,
    /// Least credits a term in fall and spring, until the target is reached.
    pub least_load: u32,
    /// Terms in which the least load does not apply, besides summers and terms limited to 0.
    pub light_terms: Vec<usize>,
    /// So many exams are to be sat, those held from the start among them.
    pub exams_needed: u32,
    /// By course: whether it is finished already.
    pub done: Vec<bool>,
    /// By course: whether what is finished already counts for the residency of its institution's credentials.
    pub done_in_residence: Vec<bool>,
    /// By course: whether its credits can be awarded for prior learning.
    pub prior_learning: Vec<bool>,
    /// Most credits awarded for prior learning.
    pub prior_learning_limit: u32,
    /// What a credit awarded for prior learning costs.
    pub prior_learning_fee: u32,
    /// What a term costs: each that ends before the target is reached, unless `fees_when_enrolled` says otherwise.
    pub term_fee: u32,
    /// Whether `term_fee` is charged for every term in which a course is taken, the last one included, and for no other.
    pub fees_when_enrolled: bool,
    /// Of each list at most one course is held at the end: antirequisites, cross-lists. Where several are finished
    /// already, no further one.
    pub exclusions: Vec<Vec<usize>>,
    /// Courses the person wants to have taken by the end.
    pub wanted: Vec<usize>,
    /// By credential: whether it is held at the beginning.
    pub held_credentials: Vec<bool>,
    /// By exam: whether its certification is held at the beginning.
    pub held_exams: Vec<bool>,
    /// What is made least (or most), first things first.
    pub order: Vec<StageName>,
}

impl Default for Problem {
    fn default() -> Self {
        Self {
            courses: Vec::new(),
            credentials: Vec::new(),
            target: 0,
            exams: Vec::new(),
            horizon: 0,
            start: Season::Fall,
            most_load: [0; 3],
            term_limits: Vec::new(),
            least_load: 0,
            light_terms: Vec::new(),
            exams_needed: 0,
            done: Vec::new(),
            done_in_residence: Vec::new(),
            prior_learning: Vec::new(),
            prior_learning_limit: 0,
            prior_learning_fee: 0,
            term_fee: 0,
            fees_when_enrolled: false,
            exclusions: Vec::new(),
            wanted: Vec::new(),
            held_credentials: Vec::new(),
            held_exams: Vec::new(),
            order: StageName::USUAL.to_vec(),
        }
    }
}

impl Problem {
    /// The credential to reach.
    #[must_use]
    pub fn goal(&self) -> &Credential {
        &self.credentials[self.target]
    }

    /// The season of a term.
    #[must_use]
    pub const fn season(&self, term: usize) -> Season {
        self.start.after(term)
    }

    /// Whether a course is offered in a term.
    #[must_use]
    pub fn offers(&self, course: usize, term: usize) -> bool {
        let course = &self.courses[course];
        course.offered[self.season(term).index()] && !course.closed.contains(&term)
    }

    /// Most credits of a term.
    #[must_use]
    pub fn most_load_of(&self, term: usize) -> u32 {
        let own = self.term_limits.get(term).copied().flatten();
        own.unwrap_or(self.most_load[self.season(term).index()])
    }

    /// Credits that nobody takes more of in a term than there could be: twice those of the fullest term.
    pub(super) fn thinkable_load(&self) -> u32 {
        let fullest = (0..self.horizon).map(|term| self.most_load_of(term)).max();
        fullest.unwrap_or(0).saturating_mul(2)
    }

    /// Least credits of a term that ends before the target is reached.
    #[must_use]
    pub fn least_load_of(&self, term: usize) -> u32 {
        let away = self.term_limits.get(term).copied().flatten() == Some(0);
        if away || self.season(term) == Season::Summer || self.light_terms.contains(&term) {
            return 0;
        }
        self.least_load
    }

    /// Whether a credential is held at the beginning.
    #[must_use]
    pub fn holds_credential(&self, credential: usize) -> bool {
        self.held_credentials.get(credential).copied().unwrap_or(false)
    }

    /// Whether a certification is held at the beginning.
    #[must_use]
    pub fn holds_exam(&self, exam: usize) -> bool {
        self.held_exams.get(exam).copied().unwrap_or(false)
    }

    /// Whether something of value is held at the beginning.
    pub(super) fn holds_value(&self) -> bool {
        (0..self.exams.len()).any(|exam| self.exams[exam].valued && self.holds_exam(exam))
            || (0..self.credentials.len()).any(|index| self.credentials[index].valued && self.holds_credential(index))
    }

    /// Certifications held at the beginning.
    pub(super) fn exams_held(&self) -> u32 {
        let held = (0..self.exams.len()).filter(|exam| self.holds_exam(*exam)).count();
        u32::try_from(held).unwrap_or(u32::MAX)
    }

    /// Whether a course that is finished already counts for residency.
    pub(crate) fn resided(&self, course: usize) -> bool {
        self.done[course] && self.done_in_residence.get(course).copied().unwrap_or(false)
    }

    /// Credits finished already, of the courses that pass.
    pub(super) fn credits_done(&self, passes: impl Fn(usize) -> bool) -> u32 {
        let done = (0..self.courses.len()).filter(|course| self.done[*course] && passes(*course));
        done.map(|course| self.courses[course].credits).sum()
    }

    /// The first term in which an exam can be sat: not before something is finished.
    pub(super) fn first_sitting(&self) -> usize {
        usize::from(!self.done.contains(&true))
    }

    /// Credentials that must be awarded by the time a credential is, itself first.
    pub(super) fn builds_on(&self, credential: usize) -> Vec<usize> {
        let mut reach = vec![credential];
        let mut at = 0;
        while let Some(credential) = reach.get(at).copied() {
            for held in self.credentials[credential].certain() {
                if let Held::Credential(other) = held
                    && !self.holds_credential(other)
                    && !reach.contains(&other)
                {
                    reach.push(other);
                }
            }
            at += 1;
        }
        reach
    }

    /// Valued credentials to be awarded on the way to the target: those of [`StageName::Exits`].
    pub(super) fn exits(&self) -> impl Iterator<Item = usize> + '_ {
        let open = |index: &usize| *index != self.target && !self.holds_credential(*index);
        (0..self.credentials.len()).filter(|index| self.credentials[*index].valued).filter(open)
    }

    /// Exams that must be sat by the time the target is awarded.
    pub(super) fn exams_to_sit(&self) -> Vec<usize> {
        let reach = self.builds_on(self.target);
        let certain = |exam: usize| {
            reach.iter().any(|index| self.credentials[*index].certain().any(|held| held == Held::Exam(exam)))
        };
        let asked = |exam: &usize| self.exams[*exam].needed || certain(*exam);
        (0..self.exams.len()).filter(|exam| !self.holds_exam(*exam)).filter(asked).collect()
    }
}
