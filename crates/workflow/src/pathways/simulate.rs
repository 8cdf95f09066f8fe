//! What becomes of learners who follow the best plan of a pathway: composed, planned, and simulated. Nothing is kept.
//!
//! Refuses where there is no plan: nobody can follow it. The problem counts cents and units of credits; what is shown are dollars and
//! credits.

use credway_plan::pathway::{Answer, Plan, Stage, Values, plan};
use serde::Serialize;

use super::answer::PathwayPlan;
use super::compose::{Composed, compose};
use super::edit::FieldFault;
use super::material::Material;
use super::plan::{PlanProgress, Watching, failed};
use super::telling::Telling;
use super::wishes::PlanWishes;
use crate::long_work::long_work;
use crate::simulate_plan::{PlanSimulation, SimulationRequest, SimulationUnits, simulate_problem};
use crate::{Workbench, WorkflowError};

/// Cents in a dollar.
const CENTS: u32 = 100;

/// What became of learners who follow the plan of a pathway.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathwaySimulation {
    /// What became of them; money in dollars.
    #[serde(flatten)]
    pub simulation: PlanSimulation,
    /// The plan they follow, with what it takes for granted.
    pub plan: PathwayPlan,
}

impl Workbench {
    /// Simulates learners who follow the best plan of a pathway, by identifier or title, for some wishes. `progress` hears of the
    /// plan; `heard` is told how many learners are through and says whether to go on.
    ///
    /// # Errors
    /// As [`Workbench::plan_pathway`]; [`WorkflowError::Wishes`] also when a course with a rate of its own is not in the plan's
    /// catalogue; [`WorkflowError::Refused`] also when a figure cannot be taken or there is no plan to follow.
    pub async fn simulate_pathway(
        &self,
        given: &str,
        wishes: &PlanWishes,
        request: &SimulationRequest,
        mut progress: impl PlanProgress + 'static,
        mut heard: impl FnMut(u32) -> bool + Send + 'static,
    ) -> Result<PathwaySimulation, WorkflowError> {
        let work = self.store.read().await?;
        let pathway = self.named_pathway(&work, given).await?;
        let material = self.material(&work, pathway, wishes.count_suggestions).await?;
        drop(work);
        let (wishes, request, next_fall) = (wishes.clone(), request.clone(), self.next_fall());
        long_work(move || {
            let composed = composed(&material, (&wishes, next_fall), &request)?;
            let planned = planned(&composed, wishes.seconds, &mut progress)?;
            followed(&material, &composed, planned, &request, &mut heard)
        })
        .await
    }
}

/// The problem to be planned, with every course that has a rate of its own in it.
fn composed(
    material: &Material,
    (wishes, next_fall): (&PlanWishes, i16),
    request: &SimulationRequest,
) -> Result<Composed, WorkflowError> {
    wishes.check_names(material)?;
    let composed = compose(material, wishes, next_fall)?;
    let unknown = |code: &&String| !composed.problem.courses.iter().any(|course| course.code == **code);
    let faults: Vec<FieldFault> = request
        .pass_rates
        .iter()
        .map(|(code, _)| code)
        .filter(unknown)
        .map(|code| FieldFault {
            field: "pass_rates", message: format!("Nothing on the way has the code “{code}”.")
        })
        .collect();
    if faults.is_empty() { Ok(composed) } else { Err(WorkflowError::Wishes(faults)) }
}

type Planned = (Plan, Values, Vec<Stage>);

fn planned(composed: &Composed, seconds: f64, progress: &mut dyn PlanProgress) -> Result<Planned, WorkflowError> {
    match plan(&composed.problem, seconds, &mut Watching(progress)).map_err(failed)? {
        Answer::Planned { plan, values, stages } => Ok((plan, values, stages)),
        Answer::Infeasible => Err(WorkflowError::Refused {
            message: "there is no plan to follow".to_owned(),
            hint: "the plan with the same wishes says why (`credway plan --pathway`)".to_owned(),
        }),
        Answer::Undecided => Err(WorkflowError::Late),
    }
}

/// Lets learners follow a plan.
fn followed(
    material: &Material,
    composed: &Composed,
    (followed, values, stages): Planned,
    request: &SimulationRequest,
    heard: &mut dyn FnMut(u32) -> bool,
) -> Result<PathwaySimulation, WorkflowError> {
    let units = SimulationUnits { money: CENTS, credit: composed.credit_unit };
    let simulation = simulate_problem(&composed.problem, &followed, units, request, heard)?;
    let plan = Telling { material, composed, plan: &followed }.tell(&stages, &values);
    Ok(PathwaySimulation { simulation, plan })
}
