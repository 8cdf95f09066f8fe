//! The steps of an institution's sign-offs: kept as a setting; a sign-off that runs keeps those it began with.

use credway_model::{Action, ChangeKind, Ctid, SignoffPlan};
use credway_store::{Work, Written};
use serde::Serialize;

use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

/// The steps of one institution.
#[derive(Clone, Debug, Serialize)]
pub struct InstitutionPlan {
    /// The institution.
    pub institution: Named,
    /// Its steps.
    pub plan: SignoffPlan,
    /// Whether somebody set them; otherwise they are the usual ones.
    pub set: bool,
}

impl Workbench {
    /// The steps of every institution for which who acts may set them.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when for none.
    pub async fn signoff_plans(&self) -> Result<Vec<InstitutionPlan>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::PlanSignoff).await?;
        let reach = self.reach(&work, Action::PlanSignoff).await?;
        let owners: Vec<Ctid> = work.programs().await?.iter().map(|program| program.organization).collect();
        let mut plans = Vec::new();
        for organization in work.organizations().await? {
            if !owners.contains(&organization.ctid) || !reach.holds(organization.ctid, None) {
                continue;
            }
            let kept = kept_plan(&work, &organization.ctid).await?;
            plans.push(InstitutionPlan {
                institution: Named { id: organization.ctid, name: organization.name.to_string() },
                set: kept.is_some(),
                plan: kept.unwrap_or_else(SignoffPlan::usual),
            });
        }
        Ok(plans)
    }

    /// Sets the steps of an institution's sign-offs that begin from now on.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`]; [`WorkflowError::NotFound`] when there is no such institution.
    pub async fn set_signoff_plan(&self, institution: &Ctid, plan: &SignoffPlan) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::PlanSignoff, About::Institution(institution)).await?;
        let organizations = work.organizations().await?;
        let Some(organization) = organizations.iter().find(|organization| organization.ctid == *institution) else {
            return Err(WorkflowError::NotFound {
                what: "institution",
                given: institution.to_string(),
                hint: "open the page of steps again".to_owned(),
            });
        };
        let written = work.put_setting(&setting(institution), &serde_json::to_string(plan)?).await?;
        if written != Written::Unchanged {
            let steps: Vec<&str> = plan.steps().iter().map(|step| step.title.as_str()).collect();
            let summary = format!("Sign-offs of {}: {}", organization.name, steps.join(" → "));
            let told = self.history_line(ChangeKind::Configured, ("organization", *institution), &summary);
            work.append_change(&told).await?;
        }
        work.commit().await?;
        Ok(())
    }
}

fn setting(institution: &Ctid) -> String {
    format!("signoff-plan/{institution}")
}

async fn kept_plan(work: &Work, institution: &Ctid) -> Result<Option<SignoffPlan>, WorkflowError> {
    let kept = work.setting(&setting(institution)).await?;
    Ok(kept.map(|kept| serde_json::from_str(&kept)).transpose()?)
}

/// The steps a sign-off of this institution begins with.
pub(super) async fn plan_of(work: &Work, institution: &Ctid) -> Result<SignoffPlan, WorkflowError> {
    Ok(kept_plan(work, institution).await?.unwrap_or_else(SignoffPlan::usual))
}
