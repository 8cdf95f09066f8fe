//! What comes out of planning: the plan by term, its values, and how each stage was proved.

use crate::pathway::rule::Rule;

/// Where a course counts in a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The leaf, counted as [`super::Credential::every_leaf`] does.
    pub leaf: usize,
    /// The courses that count in it.
    pub courses: Vec<usize>,
}

/// A credential awarded at the end of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awarded {
    /// Index of the credential.
    pub credential: usize,
    /// Which courses count where; leaves of a choice that is met otherwise are left out.
    pub counted: Vec<Counted>,
}

/// A term of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// Courses taken, in the order of the catalogue.
    pub courses: Vec<usize>,
    /// Exams sat; courses of the same term do not count for them.
    pub exams: Vec<usize>,
    /// Credentials awarded at its end.
    pub awards: Vec<Awarded>,
}

/// A plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Courses whose credits are awarded for prior learning, before the first term.
    pub prior_learning: Vec<usize>,
    /// Its terms, from the first one to the horizon.
    pub terms: Vec<Term>,
}

/// The values of a plan, by which plans are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Values {
    /// Terms that end without anything of value held.
    pub first: u32,
    /// Terms that end before the target is awarded.
    pub terms: u32,
    /// Tuition, fees of terms, exams and prior learning, in whole units of money.
    pub cost: u32,
    /// Credits beyond those the target needs.
    pub excess: i64,
    /// Coverage of the exams at the end, summed, in hundredths of per cent.
    pub coverage: u32,
    /// Credits of the fullest term.
    pub balance: u32,
    /// Terms that end before each valued credential on the way is awarded, summed; all of the horizon where one never is.
    pub exits: u32,
}

impl Values {
    /// The value of a stage.
    #[must_use]
    pub fn of(&self, name: StageName) -> i64 {
        match name {
            StageName::First => i64::from(self.first),
            StageName::Terms => i64::from(self.terms),
            StageName::Cost => i64::from(self.cost),
            StageName::Excess => self.excess,
            StageName::Coverage => i64::from(self.coverage),
            StageName::Balance => i64::from(self.balance),
            StageName::Exits => i64::from(self.exits),
        }
    }
}

/// What is made least (or most) at a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageName {
    /// Terms until something of value is held: least.
    First,
    /// Terms until the target is awarded: least.
    Terms,
    /// Cost: least.
    Cost,
    /// Credits beyond those needed: least.
    Excess,
    /// Coverage of exams: most.
    Coverage,
    /// Credits of the fullest term: least.
    Balance,
    /// Terms until the valued credentials on the way are awarded, summed over them: least. Those are neither the target nor
    /// held from the beginning; one that is not awarded by the time the target is counts as the horizon.
    Exits,
}

impl StageName {
    /// All there are.
    pub const ALL: [Self; 7] =
        [Self::First, Self::Terms, Self::Cost, Self::Excess, Self::Coverage, Self::Balance, Self::Exits];

    /// The usual order.
    pub const USUAL: [Self; 5] = [Self::First, Self::Terms, Self::Cost, Self::Excess, Self::Coverage];

    /// Its name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Terms => "terms",
            Self::Cost => "cost",
            Self::Excess => "excess",
            Self::Coverage => "coverage",
            Self::Balance => "balance",
            Self::Exits => "exits",
        }
    }
}

/// How a stage ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// What was made least (or most).
    pub name: StageName,
    /// Its value in the plan.
    pub value: i64,
    /// No plan that is as good in the stages before is better than this.
    pub bound: i64,
    /// Seconds of processor time it took, by the clock of who asked.
    pub cpu_seconds: f64,
}

impl Stage {
    /// Whether no plan is better.
    #[must_use]
    pub const fn proved(&self) -> bool {
        self.value == self.bound
    }
}

/// What planning came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A plan, with its stages.
    Planned {
        /// The plan.
        plan: Plan,
        /// Its values, recomputed from the plan.
        values: Values,
        /// How each stage ended.
        stages: Vec<Stage>,
    },
    /// There is no plan, and that is proved.
    Infeasible,
    /// Time was over or it was broken off before any plan was found.
    Undecided,
}

/// Rules that cannot hold together; without any one of them the others can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The rules.
    pub rules: Vec<Rule>,
}

/// Whoever waits for a plan: the clock, and whether to go on.
pub trait Watch {
    /// Seconds of processor time used so far; only differences count.
    fn cpu_seconds(&mut self) -> f64;
    /// Whether to stop; asked all the while, so that it is cheap to answer.
    fn cancelled(&self) -> bool;
    /// Whether better plans on the way are of interest: searches for them are begun anew now and then, which takes longer in all.
    fn listens(&self) -> bool {
        false
    }
    /// A better plan is known; its values, of which those that are not yet made least may turn out better.
    fn improved(&mut self, _values: &Values) {}
    /// A stage ended; its value is that of the best plan so far.
    fn ended(&mut self, stage: &Stage);
}

/// Why planning failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanningError {
    /// The problem itself is broken.
    #[error("the planning problem is broken: {0}")]
    Broken(String),
    /// The solver refused the model.
    #[error(transparent)]
    Solver(#[from] crate::solver::SolverFailed),
    /// The solver's plan breaks a rule: a defect of this crate.
    #[error("the planner made a plan that breaks a rule: {0}")]
    Unsound(String),
}
