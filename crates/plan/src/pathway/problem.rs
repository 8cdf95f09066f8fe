//! What is to be planned: courses, credentials, exams, and the person's own limits. Indexes name things; words stay outside.

/// A part of the year in which courses are offered. Terms run fall, spring, summer, and round again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// The first term of a year.
    Fall,
    /// The second.
    Spring,
    /// The third, without a least load.
    Summer,
}

impl Season {
    /// The seasons in their order.
    pub const ALL: [Self; 3] = [Self::Fall, Self::Spring, Self::Summer];

    /// The season of a term; term 0 is a fall.
    #[must_use]
    pub const fn of(term: usize) -> Self {
        match term % 3 {
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

/// A course that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Its code, as people write it.
    pub code: String,
    /// Credits, at least 1.
    pub credits: u32,
    /// Level; from 300 it is upper division.
    pub level: u32,
    /// Whether it is taught by the institution that awards the target, so that it counts for residency.
    pub home: bool,
    /// By season: whether it is offered.
    pub offered: [bool; 3],
    /// All of these must hold, each by any one of its courses finished in an earlier term.
    pub prerequisites: Vec<Vec<usize>>,
    /// Courses finished earlier or taken in the same term.
    pub corequisites: Vec<usize>,
    /// Tuition per credit, in whole units of money.
    pub rate: u32,
}

impl Course {
    /// Whether it counts as upper division.
    #[must_use]
    pub const fn is_upper(&self) -> bool {
        self.level >= 300
    }
}

/// How much of a set of courses is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// So many courses.
    Courses(u32),
    /// So many credits.
    Credits(u32),
}

/// A requirement at the end of a credential's outline: some of a set of courses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// What people call it.
    pub name: String,
    /// The courses that may count.
    pub courses: Vec<usize>,
    /// How much of them is needed.
    pub need: Need,
    /// Whether a course may count here besides counting elsewhere, without using up the limit of shared credits.
    pub overlay: bool,
}

/// Several leaves of which some must be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested {
    /// What people call it.
    pub name: String,
    /// So many of the leaves.
    pub any: usize,
    /// The leaves.
    pub leaves: Vec<Leaf>,
}

/// A credential with its requirements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// What people call it.
    pub name: String,
    /// Credits in all.
    pub total: u32,
    /// Credits taken at the home institution: neither transferred nor awarded for prior learning.
    pub residency: u32,
    /// Credits of upper division.
    pub upper: u32,
    /// Leaves that must all be met.
    pub leaves: Vec<Leaf>,
    /// Choices between leaves, all of which must be met.
    pub nested: Vec<Nested>,
    /// Most credits that may count in two leaves.
    pub shared: u32,
    /// Whether holding it is worth something by itself.
    pub valued: bool,
}

impl Credential {
    /// All leaves, with the index of the choice a leaf belongs to.
    pub fn every_leaf(&self) -> impl Iterator<Item = (&Leaf, Option<usize>)> {
        let nested = self.nested.iter().enumerate();
        let inside = nested.flat_map(|(index, nested)| nested.leaves.iter().map(move |leaf| (leaf, Some(index))));
        self.leaves.iter().map(|leaf| (leaf, None)).chain(inside)
    }
}

/// A domain of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its share of the exam in per cent; the domains of an exam sum to 100.
    pub weight: u32,
    /// How much of the domain a course covers, 0 to 100 %; several courses add up to at most 100.
    pub strengths: Vec<(usize, u32)>,
}

/// An exam of a certification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exam {
    /// What people call it.
    pub name: String,
    /// What sitting it costs, in whole units of money.
    pub fee: u32,
    /// Coverage in per cent from which a learner counts as ready.
    pub threshold: u32,
    /// Its domains.
    pub domains: Vec<Domain>,
    /// Whether the certification is worth something by itself.
    pub valued: bool,
}

/// What is to be planned.
///
/// Indexes of courses are those of `courses`. Terms are counted from 0.
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
    /// Most credits a term, by season.
    pub most_load: [u32; 3],
    /// Least credits a term in fall and spring, until the target is reached.
    pub least_load: u32,
    /// So many exams are to be sat.
    pub exams_needed: u32,
    /// By course: whether it is finished already.
    pub done: Vec<bool>,
    /// By course: whether its credits can be awarded for prior learning.
    pub prior_learning: Vec<bool>,
    /// Most credits awarded for prior learning.
    pub prior_learning_limit: u32,
    /// What a credit awarded for prior learning costs.
    pub prior_learning_fee: u32,
    /// What a term costs that ends before the target is reached.
    pub term_fee: u32,
}

impl Problem {
    /// The credential to reach.
    #[must_use]
    pub fn goal(&self) -> &Credential {
        &self.credentials[self.target]
    }

    /// Credits finished already, of the courses that pass.
    pub(super) fn credits_done(&self, passes: impl Fn(&Course) -> bool) -> u32 {
        let done = self.courses.iter().zip(&self.done).filter(|(course, done)| **done && passes(course));
        done.map(|(course, _)| course.credits).sum()
    }

    /// Whether anything is finished already.
    pub(super) fn starts_with_something(&self) -> bool {
        self.done.contains(&true)
    }
}
