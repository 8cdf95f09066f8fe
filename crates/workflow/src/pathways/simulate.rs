//! What becomes of learners who follow the best plan of a pathway: composed, planned, and simulated. Nothing is kept.
//!
//! Refuses where there is no plan: nobody can follow it. The problem counts cents and units of credits; what is shown are dollars and
//! credits.

use credway_plan::pathway::{Answer, plan};
use serde::Serialize;

use super::answer::PathwayPlan;
use super::compose::compose;
use super::material::Material;
use super::plan::{NoPlanProgress, Watching, failed};
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
    /// Simulates learners who follow the best plan of a pathway, by identifier or title, for some wishes. `heard` is told how many
    /// are through and says whether to go on.
    ///
    /// # Errors
    /// As [`Workbench::plan_pathway`]; [`WorkflowError::Refused`] also when a figure cannot be taken or there is no plan to follow.
    pub async fn simulate_pathway(
        &self,
        given: &str,
        wishes: &PlanWishes,
        request: &SimulationRequest,
        mut heard: impl FnMut(u32) -> bool + Send + 'static,
    ) -> Result<PathwaySimulation, WorkflowError> {
        let work = self.store.read().await?;
        let pathway = self.named_pathway(&work, given).await?;
        let material = self.material(&work, pathway, wishes.count_suggestions).await?;
        drop(work);
        let (wishes, request, next_fall) = (wishes.clone(), request.clone(), self.next_fall());
        long_work(move || simulate_material(&material, (&wishes, next_fall), &request, &mut heard)).await
    }
}

/// Plans what was gathered, and lets learners follow the plan.
fn simulate_material(
    material: &Material,
    (wishes, next_fall): (&PlanWishes, i16),
    request: &SimulationRequest,
    heard: &mut dyn FnMut(u32) -> bool,
) -> Result<PathwaySimulation, WorkflowError> {
    wishes.check_names(material)?;
    let composed = compose(material, wishes, next_fall)?;
    let found = plan(&composed.problem, wishes.seconds, &mut Watching(&mut NoPlanProgress)).map_err(failed)?;
    let (followed, values, stages) = match found {
        Answer::Planned { plan, values, stages } => (plan, values, stages),
        Answer::Infeasible => {
            return Err(WorkflowError::Refused {
                message: "there is no plan to follow".to_owned(),
                hint: "see why with `credway plan --pathway` and the same wishes".to_owned(),
            });
        }
        Answer::Undecided => return Err(WorkflowError::Late),
    };
    let units = SimulationUnits { money: CENTS, credit: composed.credit_unit };
    let simulation = simulate_problem(&composed.problem, &followed, units, request, heard)?;
    let plan = Telling { material, composed: &composed, plan: &followed }.tell(&stages, &values);
    Ok(PathwaySimulation { simulation, plan })
}
