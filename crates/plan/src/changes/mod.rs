//! The least set of course changes that reaches a coverage: what is asked, and what is answered.
//!
//! A *target* is a statement at the end of an outline with its share and what it scores now. A *change* belongs to a
//! course and takes effort. A *route* says that a target reaches a score once all the changes it needs are made; a target
//! scores its best route. Coverage of a domain = sum of share × score, as the coverage formula has it.

mod model;
#[cfg(test)]
mod oracle;
mod solve;

pub use solve::least_changes;

use crate::solver::SolverFailed;

/// How far a coverage may stay below what is asked and still count as reached, in percentage points: the dust of binary
/// arithmetic, as pages round it.
pub(crate) const DUST: f64 = 1e-6;

/// How much of a target is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Covered {
    /// Not at all: 0.
    Not,
    /// In part: ½.
    Partly,
    /// In full: 1.
    Fully,
}

impl Covered {
    /// What it counts: 0, ½ or 1.
    #[must_use]
    pub const fn score(self) -> f64 {
        match self {
            Self::Not => 0.0,
            Self::Partly => 0.5,
            Self::Fully => 1.0,
        }
    }
}

/// A statement at the end of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Index of its domain.
    pub domain: usize,
    /// Share of the whole exam in per cent; absent where there is no total.
    pub share: Option<f64>,
    /// Share of its domain, 0 to 1.
    pub share_of_domain: f64,
    /// What it scores now.
    pub now: Covered,
}

/// A change that can be made to a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Index of the course.
    pub course: usize,
    /// Effort, in whole hours.
    pub effort: u32,
    /// How far the change lies from what the course teaches, 0 (nearest) to 1000: decides only between sets that are
    /// equally small and equally cheap.
    pub misfit: u32,
}

/// A way for a target to reach a score: all the changes it needs are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Index of the target.
    pub target: usize,
    /// What the target then scores.
    pub reaches: Covered,
    /// Indexes of the changes; at least one.
    pub needs: Vec<usize>,
}

/// What could be changed, and what it would bring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeProblem {
    /// How many domains there are.
    pub domains: usize,
    /// Statements at the end of the outline.
    pub targets: Vec<Target>,
    /// Candidate changes.
    pub changes: Vec<Change>,
    /// What they bring.
    pub routes: Vec<Route>,
    /// By course: effort of opening it for revision at all, once, in whole hours.
    pub opening: Vec<u32>,
}

/// What comes first: few changes or little effort. The other comes second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// As few changes as possible; among those the cheapest.
    #[default]
    Fewest,
    /// As little effort as possible; among those the fewest.
    Cheapest,
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// Coverage of the whole exam, 0 to 100 %.
    pub total: Option<f64>,
    /// By domain: coverage of it, 0 to 100 %.
    pub domains: Vec<Option<f64>>,
    /// At most so many changes to one course.
    pub most_per_course: Option<u32>,
    /// What comes first.
    pub first: First,
    /// Seconds the solver may take for one of its steps.
    pub seconds: f64,
}

/// Coverage of the whole and by domain, 0 to 100 %.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// Of the whole; absent where there is no total.
    pub total: Option<f64>,
    /// By domain.
    pub domains: Vec<f64>,
}

/// What a step of the solver was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageName {
    /// Number of changes.
    Changes,
    /// Hours of effort.
    Effort,
    /// Sum of misfits.
    Misfit,
}

/// A step of the solver with its proof.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// What was made least.
    pub name: StageName,
    /// Its value.
    pub value: f64,
    /// No set has less than this.
    pub bound: f64,
    /// Whether the bound shows that no set has less than the value.
    pub proved: bool,
}

/// Why less will not do: the best that one change fewer (or, where effort comes first, one hour less) can reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fewer {
    /// Nothing has to be changed: the wishes are met now.
    NothingNeeded,
    /// The most in total, per cent, below what is asked.
    Total(f64),
    /// The most in total once every domain's wish is kept, per cent, below what is asked.
    TotalWithDomains(f64),
    /// The domains' wishes cannot all be kept: together they miss at least so many percentage points.
    DomainsMiss(f64),
    /// The time was over before it was known.
    Unknown,
}

/// A set of changes that meets the wishes.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSet {
    /// Indexes of the changes, rising.
    pub changes: Vec<usize>,
    /// Hours of effort, opened courses included.
    pub effort: u32,
    /// Coverage now.
    pub before: Levels,
    /// Coverage once the changes are made and accepted.
    pub after: Levels,
    /// The solver's steps, in order.
    pub stages: Vec<Stage>,
    /// Why less will not do.
    pub fewer: Fewer,
}

impl ChangeSet {
    /// Whether it is proved that no set is better in what comes first and what comes second.
    #[must_use]
    pub fn proved(&self) -> bool {
        self.stages.iter().all(|stage| stage.name == StageName::Misfit || stage.proved)
    }
}

/// What a domain could reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DomainReach {
    /// Index of the domain.
    pub domain: usize,
    /// What is asked of it, per cent.
    pub wanted: f64,
    /// The most it can reach, were it alone, per cent.
    pub most: f64,
}

/// Why the wishes cannot be met.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfReach {
    /// Coverage now.
    pub before: Levels,
    /// The most in total when nothing is asked of domains, per cent; absent where there is no total.
    pub most_total: Option<f64>,
    /// The domains that cannot reach what is asked of them.
    pub binding: Vec<DomainReach>,
    /// Whether every wish could be met alone, and only all of them together cannot.
    pub together: bool,
    /// Whether these are proved to be the most.
    pub proved: bool,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The wishes can be met.
    Reached(ChangeSet),
    /// They cannot.
    OutOfReach(OutOfReach),
    /// The time was over before it was known.
    Undecided,
}

/// Why nothing was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A total is asked for where there is none.
    #[error("a total is asked for, but some weights are missing and there is no total")]
    NoTotal,
    /// An index names nothing, or a route needs nothing.
    #[error("the problem names a domain, course, target or change that it does not hold")]
    Astray,
    /// The solver failed.
    #[error(transparent)]
    Solver(#[from] SolverFailed),
    /// The solver's set does not reach what it should when it is added up again.
    #[error("the solver's answer does not hold when it is added up again")]
    Unsound,
}

impl ChangeProblem {
    /// Coverage once these changes are made.
    #[must_use]
    pub fn levels(&self, made: &[usize]) -> Levels {
        let mut reached: Vec<Covered> = self.targets.iter().map(|target| target.now).collect();
        for route in self.routes.iter().filter(|route| route.needs.iter().all(|change| made.contains(change))) {
            reached[route.target] = reached[route.target].max(route.reaches);
        }
        let mut domains = vec![0.0; self.domains];
        let mut total = Some(0.0);
        for (target, covered) in self.targets.iter().zip(&reached) {
            domains[target.domain] += target.share_of_domain * covered.score() * 100.0;
            total = total.zip(target.share).map(|(sum, share)| sum + share * covered.score());
        }
        Levels { total: total.filter(|_| !self.targets.is_empty()), domains }
    }

    /// Hours of these changes and of opening their courses.
    #[must_use]
    pub fn effort(&self, made: &[usize]) -> u32 {
        let opened: std::collections::BTreeSet<usize> =
            made.iter().map(|change| self.changes[*change].course).collect();
        let own: u32 = made.iter().map(|change| self.changes[*change].effort).sum();
        own + opened.iter().map(|course| self.opening[*course]).sum::<u32>()
    }

    /// Whether every index names something.
    fn is_sound(&self, wishes: &Wishes) -> bool {
        let targets = self.targets.iter().all(|target| target.domain < self.domains);
        let changes = self.changes.iter().all(|change| change.course < self.opening.len());
        let routes = self.routes.iter().all(|route| {
            let needs = route.needs.iter().all(|change| *change < self.changes.len());
            route.target < self.targets.len() && !route.needs.is_empty() && needs
        });
        targets && changes && routes && wishes.domains.len() <= self.domains
    }
}
