//! Plan a pathway for a person's wishes: the best plan with its proof, or why there is none and what would have to give.

use credway_model::{Action, Pathway};
use credway_plan::pathway::{
    Answer, Stage, Watch, conflict, loosening_sentence, loosenings, plan, sentence, tag, ways_out,
};
use credway_store::Work;

use super::answer::{NoPlan, PathwayPlan, PathwayRule};
use super::compare::PlanComparison;
use super::compose::compose;
use super::material::Material;
use super::telling::{Telling, empty};
use super::wishes::PlanWishes;
use crate::institution::one;
use crate::long_work::long_work;
use crate::permission::About;
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
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] when a wish cannot be taken, or time was over before there was an
    /// answer; [`WorkflowError::Defect`] when the planner fails.
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

    /// Plans a pathway twice and puts both side by side. Each has a name people read.
    ///
    /// # Errors
    /// As [`Workbench::plan_pathway`].
    pub async fn compare_plans(
        &self,
        given: &str,
        (first_name, first): (&str, &PlanWishes),
        (second_name, second): (&str, &PlanWishes),
        mut progress: impl PlanProgress + 'static,
    ) -> Result<PlanComparison, WorkflowError> {
        let work = self.store.read().await?;
        let pathway = self.named_pathway(&work, given).await?;
        let materials = [
            self.material(&work, pathway.clone(), first.count_suggestions).await?,
            self.material(&work, pathway, second.count_suggestions).await?,
        ];
        drop(work);
        let (first, second, next_fall) = (first.clone(), second.clone(), self.next_fall());
        let [one, two] = long_work(move || {
            let one = plan_material(&materials[0], &first, next_fall, &mut progress)?;
            let two = plan_material(&materials[1], &second, next_fall, &mut progress)?;
            Ok([one, two])
        })
        .await?;
        Ok(PlanComparison::of((first_name, one), (second_name, two)))
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
    let composed = compose(material, wishes, next_fall)?;
    let defect = |error: credway_plan::pathway::PlanningError| WorkflowError::Defect(error.to_string());
    let mut watch = Watching(progress);
    match plan(&composed.problem, wishes.seconds, &mut watch).map_err(defect)? {
        Answer::Planned { plan, values, stages } => {
            Ok(Telling { material, composed: &composed, plan: &plan }.tell(&stages, &values))
        }
        Answer::Infeasible => {
            let problem = &composed.problem;
            let rule = |rule: &_| PathwayRule { tag: tag(problem, *rule), sentence: sentence(problem, *rule) };
            let found = conflict(problem, wishes.seconds, &mut watch).map_err(defect)?.ok_or_else(late)?;
            let conflict = found.rules.iter().map(rule).collect();
            let ways = ways_out(problem, WAYS_OUT, wishes.seconds, &mut watch).map_err(defect)?;
            let ways_out = ways.iter().map(|way| way.drop.iter().map(rule).collect()).collect();
            let loosened = loosenings(problem, wishes.seconds, &mut watch).map_err(defect)?;
            let loosenings = loosened.iter().map(|one| loosening_sentence(problem, one)).collect();
            let no_plan = Some(NoPlan { conflict, ways_out, loosenings });
            Ok(PathwayPlan { no_plan, ..empty(material, &composed, false) })
        }
        Answer::Undecided => Err(late()),
    }
}

pub(super) fn late() -> WorkflowError {
    WorkflowError::Refused {
        message: "time was over before there was an answer".to_owned(),
        hint: "plan fewer terms, or give it more time".to_owned(),
    }
}
