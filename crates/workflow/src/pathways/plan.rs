//! Plan a pathway for a person's wishes: the best plan with its proof, or why there is none and what would have to give.

use credway_model::{Action, Pathway};
use credway_plan::pathway::{
    Answer, PlanningError, Rule, Stage, Units, Watch, conflict, loosening_sentence_in, loosenings, plan, sentence_in,
    tag, ways_out,
};
use credway_store::Work;

use super::answer::{NoPlan, PathwayPlan, PathwayRule};
use super::compare::{PlanComparison, PlansCompared};
use super::compose::{Composed, compose};
use super::material::Material;
use super::telling::{Telling, empty};
use super::wishes::PlanWishes;
use crate::institution::one;
use crate::long_work::long_work;
use crate::permission::About;
use crate::plan_instance::PATIENCE_FOR_A_WAY;
use crate::processor_time::processor_seconds;
use crate::{Workbench, WorkflowError};

/// The most alternatives told where nothing fits.
const WAYS_OUT: usize = 6;
/// The month, from 1, from which a year's fall is over for who begins: plans begin in the next one.
const FALL_BEGUN: i8 = 9;

/// Whoever waits for a plan. `cancelled` is asked between the steps of the search.
pub trait PlanProgress: Send {
    /// A stage ended: its name and whether it is proved.
    fn ended(&mut self, name: &'static str, proved: bool);
    /// Whether to stop.
    fn cancelled(&self) -> bool;
}

/// Nobody waits for news.
pub struct NoPlanProgress;

impl PlanProgress for NoPlanProgress {
    fn ended(&mut self, _: &'static str, _: bool) {}

    fn cancelled(&self) -> bool {
        false
    }
}

/// A planner's watch that tells whoever waits.
pub(super) struct Watching<'a>(pub(super) &'a mut dyn PlanProgress);

impl Watch for Watching<'_> {
    fn cpu_seconds(&mut self) -> f64 {
        processor_seconds()
    }

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }

    fn ended(&mut self, stage: &Stage) {
        self.0.ended(stage.name.name(), stage.proved());
    }
}

impl Workbench {
    /// Plans a pathway, by identifier or title.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Wishes`] when wishes cannot be taken; [`WorkflowError::Refused`] when the pathway
    /// cannot be planned as it is; [`WorkflowError::Late`]; [`WorkflowError::Defect`] when the planner fails.
    pub async fn plan_pathway(
        &self,
        given: &str,
        wishes: &PlanWishes,
        mut progress: impl PlanProgress + 'static,
    ) -> Result<PathwayPlan, WorkflowError> {
        let work = self.store.read().await?;
        let pathway = self.named_pathway(&work, given).await?;
        let material = self.material(&work, pathway, wishes.count_suggestions).await?;
        drop(work);
        let (wishes, next_fall) = (wishes.clone(), self.next_fall());
        long_work(move || plan_material(&material, &wishes, next_fall, &mut progress)).await
    }

    /// Plans a pathway for a person's own wishes, then for others, and puts the person's plan beside the other one. Each has a name
    /// people read. The person's own comes first and is not lost where time is over before the other is there.
    ///
    /// # Errors
    /// As [`Workbench::plan_pathway`].
    pub async fn compare_plans<P: PlanProgress + 'static>(
        &self,
        given: &str,
        (own_name, own): (&str, &PlanWishes),
        (other_name, other): (&str, &PlanWishes),
        [mut for_own, mut for_other]: [P; 2],
    ) -> Result<PlansCompared, WorkflowError> {
        let work = self.store.read().await?;
        let pathway = self.named_pathway(&work, given).await?;
        let materials = [
            self.material(&work, pathway.clone(), own.count_suggestions).await?,
            self.material(&work, pathway, other.count_suggestions).await?,
        ];
        drop(work);
        let (own, other, next_fall) = (own.clone(), other.clone(), self.next_fall());
        let (own, other) = long_work(move || {
            let own = plan_material(&materials[0], &own, next_fall, &mut for_own)?;
            match plan_material(&materials[1], &other, next_fall, &mut for_other) {
                Err(WorkflowError::Late) => Ok((own, None)),
                other => Ok((own, Some(other?))),
            }
        })
        .await?;
        Ok(match other {
            Some(other) => PlansCompared::Both(Box::new(PlanComparison::of((other_name, other), (own_name, own)))),
            None => PlansCompared::OwnAlone(Box::new(own)),
        })
    }

    /// The calendar year of the next fall term.
    pub(crate) fn next_fall(&self) -> i16 {
        let today = jiff::tz::Offset::UTC.to_datetime(self.now()).date();
        today.year() + i16::from(today.month() >= FALL_BEGUN)
    }

    /// A pathway by identifier or title, among those that who acts may read.
    pub(crate) async fn named_pathway(&self, work: &Work, given: &str) -> Result<Pathway, WorkflowError> {
        self.allow_somewhere(work, Action::ReadCatalogue).await?;
        let mut found = Vec::new();
        for pathway in work.find_pathway(given).await? {
            if self.may(work, Action::ReadCatalogue, About::Pathway(&pathway.ctid)).await? {
                found.push(pathway);
            }
        }
        one("pathway", given, found, |one| format!("{} ({})", one.title, one.ctid), "see `credway list pathways`")
    }
}

/// Plans what was gathered.
pub(crate) fn plan_material(
    material: &Material,
    wishes: &PlanWishes,
    next_fall: i16,
    progress: &mut dyn PlanProgress,
) -> Result<PathwayPlan, WorkflowError> {
    wishes.check_names(material)?;
    let composed = compose(material, wishes, next_fall)?;
    let mut watch = Watching(progress);
    match plan(&composed.problem, wishes.seconds, &mut watch).map_err(failed)? {
        Answer::Planned { plan, values, stages } => {
            Ok(Telling { material, composed: &composed, plan: &plan }.tell(&stages, &values))
        }
        Answer::Infeasible => {
            let no_plan = Some(why_none(&composed, wishes.seconds, &mut watch)?);
            Ok(PathwayPlan { no_plan, ..empty(material, &composed, false) })
        }
        Answer::Undecided => Err(WorkflowError::Late),
    }
}

/// What the planner cannot count with comes from what was entered; all else is a defect.
pub(super) fn failed(error: PlanningError) -> WorkflowError {
    match error {
        PlanningError::Broken(fault) => WorkflowError::Refused {
            message: format!("this cannot be planned: {fault}"),
            hint: "correct the figures of the courses, the programs or the costs".to_owned(),
        },
        error => WorkflowError::defect(error),
    }
}

/// Why there is no plan, in credits and terms of the calendar.
fn why_none(composed: &Composed, seconds: f64, watch: &mut Watching<'_>) -> Result<NoPlan, WorkflowError> {
    let (problem, start) = (&composed.problem, composed.start);
    let name = |term: usize| start.after(term).words();
    let units = Units { credit: composed.credit_unit, term: Some(&name) };
    let rule = |rule: &Rule| PathwayRule { tag: tag(problem, *rule), sentence: sentence_in(problem, &units, *rule) };
    let found = conflict(problem, seconds, watch).map_err(failed)?.ok_or(WorkflowError::Late)?;
    let for_a_way = seconds.min(PATIENCE_FOR_A_WAY);
    let ways = ways_out(problem, WAYS_OUT, for_a_way, watch).map_err(failed)?;
    let loosened = loosenings(problem, for_a_way, watch).map_err(failed)?;
    Ok(NoPlan {
        conflict: found.rules.iter().map(rule).collect(),
        ways_out: ways.iter().map(|way| way.drop.iter().map(rule).collect()).collect(),
        loosenings: loosened.iter().map(|one| loosening_sentence_in(problem, &units, one)).collect(),
    })
}
