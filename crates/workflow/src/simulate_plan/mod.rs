//! What becomes of a plan when not everything goes well: simulate learners who follow it. Nothing is kept.
//!
//! [`simulate_problem`] takes any problem with its plan, wherever they come from, with what its figures count;
//! [`Workbench::simulate_instance`] takes them from files, `Workbench::simulate_pathway` from the database.

mod fields;
mod given;
mod shown;

use credway_plan::pathway::{Answer, Plan, Problem, plan, read_instance};
use credway_plan::simulation::{Assumptions, Crowd, SimulationError, simulate};

use crate::plan_instance::Waiting;
use crate::{Workbench, WorkflowError};

pub use fields::SimulationFields;
pub use shown::{
    PlanSimulation, SimulatedBar, SimulatedCourse, SimulatedDistribution, SimulatedEnding, SimulatedMeasures,
    SimulatedStep, SimulatedTerm, SimulationAssumptions,
};

/// Seconds a single call of the planner's solver may take.
const PATIENCE: f64 = 600.0;

/// What is assumed of learners. Rates are probabilities, from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulationRequest {
    /// The rate at which an attempt at a course is passed.
    pub pass_rate: f64,
    /// Courses with another rate.
    pub pass_rates: Vec<(String, f64)>,
    /// The rate at which a sitting of an exam is passed.
    pub exam_pass_rate: f64,
    /// Sittings after the first, at most.
    pub retakes: u32,
    /// What a sitting after the first costs, in whole dollars, or the instance's money; the exam's fee when absent.
    pub retake_fee: Option<u32>,
    /// The rate of stopping out before each term after the first in which there are courses to take.
    pub stop_out: f64,
    /// The rate at which somebody who stops out comes back.
    pub return_rate: f64,
    /// So many terms later.
    pub away_terms: usize,
    /// Terms after which somebody who is not there is told as still studying; twice the horizon when absent.
    pub most_terms: Option<usize>,
    /// So many learners.
    pub learners: u32,
    /// The seed.
    pub seed: u64,
}

impl Default for SimulationRequest {
    fn default() -> Self {
        Self {
            pass_rate: 0.85,
            pass_rates: Vec::new(),
            exam_pass_rate: 0.7,
            retakes: 2,
            retake_fee: None,
            stop_out: 0.03,
            return_rate: 0.0,
            away_terms: 3,
            most_terms: None,
            learners: 10_000,
            seed: 1,
        }
    }
}

/// Texts a simulation is made from.
#[derive(Clone, Copy, Debug)]
pub struct SimulationFiles<'a> {
    /// The instance, in the JSON of the public planner benchmark.
    pub instance: &'a str,
    /// A plan of it, as `plan --json` writes it; the best one is found when absent.
    pub plan: Option<&'a str>,
    /// CSV with the columns `course` and `pass_rate`.
    pub pass_rates: Option<&'a str>,
}

/// What the figures of a problem count, so that what is shown is in credits and in the money people name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulationUnits {
    /// So many of the problem's units of money are one that is shown: 100 where the problem counts cents. At least 1.
    pub money: u32,
    /// Hundredths of a credit in one of the problem's units: 100 where the problem counts credits.
    pub credit: u32,
}

impl Default for SimulationUnits {
    fn default() -> Self {
        Self { money: 1, credit: 100 }
    }
}

fn refuse(message: String, hint: &str) -> WorkflowError {
    WorkflowError::Refused { message, hint: hint.to_owned() }
}

/// Simulates learners who follow a plan of a problem whose figures count `units`. `heard` is told how many are through and says
/// whether to go on. A pass rate for a code holds for every course with it.
///
/// # Errors
/// [`WorkflowError::Refused`] where a figure is out of range, a course is unknown, the plan breaks its problem's rules or
/// `heard` said to stop; [`WorkflowError::Defect`] otherwise.
pub fn simulate_problem(
    problem: &Problem,
    plan: &Plan,
    units: SimulationUnits,
    request: &SimulationRequest,
    heard: &mut dyn FnMut(u32) -> bool,
) -> Result<PlanSimulation, WorkflowError> {
    let assumptions = assumed(problem, units, request)?;
    let crowd = Crowd { learners: request.learners, seed: request.seed };
    let found = simulate(problem, plan, &assumptions, crowd, heard).map_err(|error| match error {
        SimulationError::Plan(_) => refuse(error.to_string(), "give a plan of this very instance"),
        SimulationError::Assumption(_) => refuse(error.to_string(), "write rates as 0.85"),
        SimulationError::Cancelled => refuse(error.to_string(), "start it again"),
        SimulationError::Planning(_) => WorkflowError::Defect(error.to_string()),
    })?;
    Ok(shown::shown(problem, units, (request, &assumptions), &found))
}

/// What is assumed, in the problem's units.
fn assumed(
    problem: &Problem,
    units: SimulationUnits,
    request: &SimulationRequest,
) -> Result<Assumptions, WorkflowError> {
    let retake_fee = match request.retake_fee {
        Some(fee) => Some(fee.checked_mul(units.money).ok_or_else(|| {
            refuse(format!("{fee} for a sitting after the first is too much"), "give what an exam costs")
        })?),
        None => None,
    };
    let mut assumptions = Assumptions {
        retakes: request.retakes,
        retake_fee,
        stop_out: request.stop_out,
        returns: request.return_rate,
        away: request.away_terms,
        ..Assumptions::of(problem, request.pass_rate, request.exam_pass_rate)
    };
    assumptions.most_terms = request.most_terms.unwrap_or(assumptions.most_terms);
    for (code, rate) in &request.pass_rates {
        let mut known = false;
        for (course, pass) in problem.courses.iter().zip(&mut assumptions.pass) {
            if course.code == *code {
                (*pass, known) = (*rate, true);
            }
        }
        if !known {
            return Err(refuse(format!("there is no course “{code}” to pass"), "write the code as the plan does"));
        }
    }
    Ok(assumptions)
}

impl Workbench {
    /// Simulates learners who follow the plan of an instance; without a plan, the best one is found first.
    ///
    /// # Errors
    /// As [`simulate_problem`], and [`WorkflowError::Refused`] when a file cannot be read as what it should be or there is
    /// no plan.
    pub fn simulate_instance(
        files: &SimulationFiles,
        request: &SimulationRequest,
        heard: &mut dyn FnMut(u32) -> bool,
    ) -> Result<PlanSimulation, WorkflowError> {
        let problem = read_instance(files.instance).map_err(|error| {
            refuse(error.to_string(), "give the JSON of a planner instance, as the public planner benchmark writes it")
        })?;
        let plan = match files.plan {
            Some(text) => given::plan(&problem, text)?,
            None => best(&problem)?,
        };
        let mut request = request.clone();
        if let Some(text) = files.pass_rates {
            request.pass_rates.extend(read_pass_rates(text)?);
        }
        simulate_problem(&problem, &plan, SimulationUnits::default(), &request, heard)
    }
}

/// Reads pass rates from CSV with the columns `course` and `pass_rate` (0.85 or 85 %).
///
/// # Errors
/// [`WorkflowError::Refused`] for a table it does not understand, as a whole.
pub fn read_pass_rates(text: &str) -> Result<Vec<(String, f64)>, WorkflowError> {
    given::pass_rates(text)
}

/// The best plan.
fn best(problem: &Problem) -> Result<Plan, WorkflowError> {
    let mut waiting = Waiting { listens: false, heard: &mut |_| {} };
    match plan(problem, PATIENCE, &mut waiting).map_err(|error| WorkflowError::Defect(error.to_string()))? {
        Answer::Planned { plan, .. } => Ok(plan),
        Answer::Infeasible => {
            Err(refuse("there is no plan to follow".to_owned(), "see why with `plan --instance` of the same file"))
        }
        Answer::Undecided => {
            Err(refuse("time was over before there was a plan".to_owned(), "plan fewer terms or courses"))
        }
    }
}
