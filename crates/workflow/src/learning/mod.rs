//! Let the engine learn from an institution's decisions, look at what it learned, and take it back.
//!
//! 1. The decisions that stand in the institution's crosswalks are gathered; those on pairs that somebody is to review
//!    blindly now are kept out, so that no second reviewer meets the first one's word in a probability.
//! 2. The shipped engine measures the pairs; `credway_align::learn` fits and tries what it learned on courses held out.
//! 3. What is better there is kept under the next version and judges the next alignment of each crosswalk; what is not
//!    better is kept to be looked at, and not used. Nothing already proposed or decided changes.

mod gather;
mod kept;

use std::sync::Arc;

use credway_align::{Engine, LearnedEngine, learn};
use credway_model::{Action, ChangeKind, Ctid};
use credway_store::Work;
use serde::Serialize;

use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

pub use kept::{KeptLesson, LearnedState};

/// What an institution's engine learned, and from what it could learn now.
#[derive(Clone, Debug, Serialize)]
pub struct InstitutionLearning {
    /// The institution.
    pub institution: Named,
    /// Pairs that stand accepted, in full or in part.
    pub accepted: usize,
    /// Pairs that stand rejected.
    pub rejected: usize,
    /// Courses these are about.
    pub courses: usize,
    /// Decided pairs kept out, because somebody is to review them blindly now; absent for who reviews something blindly
    /// themselves, for even the number tells that others have spoken.
    pub kept_out: Option<usize>,
    /// Why nothing could be learned now; absent when it could.
    pub too_little: Option<String>,
    /// The latest that was learned; absent when nothing was yet.
    pub latest: Option<KeptLesson>,
    /// How it stands with that.
    pub state: LearnedState,
    /// The engine that judges the next alignment, by name.
    pub engine: String,
}

impl Workbench {
    /// What the engine learned, for every institution for which who acts may let it learn.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when for none.
    pub async fn learning(&self) -> Result<Vec<InstitutionLearning>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::Learn).await?;
        let reach = self.reach(&work, Action::Learn).await?;
        let owners: Vec<Ctid> = work.programs().await?.iter().map(|program| program.organization).collect();
        let mut found = Vec::new();
        for organization in work.organizations().await? {
            if owners.contains(&organization.ctid) && reach.holds(organization.ctid, None) {
                let named = Named { id: organization.ctid, name: organization.name.to_string() };
                found.push(self.learning_of(&work, named).await?);
            }
        }
        Ok(found)
    }

    async fn learning_of(&self, work: &Work, institution: Named) -> Result<InstitutionLearning, WorkflowError> {
        let gathered = gather::gather(work, &institution.id).await?;
        let (accepted, rejected, courses) = gathered.counts();
        let too_little = credway_align::enough(accepted, rejected, courses).err().map(|error| error.to_string());
        let latest = kept::read(work, &institution.id).await?;
        let state = LearnedState::of(latest.as_ref(), &self.engine.name());
        Ok(InstitutionLearning {
            accepted,
            rejected,
            courses,
            kept_out: self.blind_scopes(work).await?.is_empty().then_some(gathered.kept_out),
            too_little,
            state,
            engine: self.engine_of(work, &institution.id).await?.name(),
            latest,
            institution,
        })
    }

    /// Learns from what an institution decided until now.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`]; [`WorkflowError::NotFound`] when there is no such institution;
    /// [`WorkflowError::Refused`] when it decided too little.
    pub async fn learn(&self, institution: &Ctid) -> Result<InstitutionLearning, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::Learn, About::Institution(institution)).await?;
        let named = named(&work, institution).await?;
        let gathered = gather::gather(&work, institution).await?;
        drop(work);
        let judgements = gathered.judgements(&*self.engine)?;
        let lesson = learn(&judgements).map_err(|error| WorkflowError::Refused {
            message: error.to_string(),
            hint: "decide on more pairs first; those that are disputed, or reviewed blindly now, do not count"
                .to_owned(),
        })?;
        let work = self.store.write().await?;
        let desk = self.with_rights_now(&work).await?;
        desk.allow(&work, Action::Learn, About::Institution(institution)).await?;
        let last = kept::read(&work, institution).await?;
        let kept = KeptLesson {
            version: last.map_or(0, |last| last.version) + 1,
            engine: self.engine.name(),
            at: self.now(),
            until: gathered.until,
            used: lesson.is_better(),
            reset: false,
            lesson,
        };
        kept::write(&work, institution, &kept).await?;
        let outcome = if kept.used { "in use" } else { "not better on held-out decisions, not used" };
        let decisions = kept.lesson.accepted + kept.lesson.rejected;
        let summary = format!("{}: engine learned {} from {decisions} decisions; {outcome}", named.name, kept.version);
        let told = self.history_line(ChangeKind::Configured, ("organization", *institution), &summary);
        work.append_change(&told).await?;
        let answer = self.learning_of(&work, named).await?;
        work.commit().await?;
        Ok(answer)
    }

    /// Goes back to the shipped engine for the next alignments. What was learned stays to be looked at.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`]; [`WorkflowError::NotFound`] when there is no such institution;
    /// [`WorkflowError::Refused`] when nothing learned is in use.
    pub async fn forget_learned(&self, institution: &Ctid) -> Result<InstitutionLearning, WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::Learn, About::Institution(institution)).await?;
        let named = named(&work, institution).await?;
        let Some(last) = kept::read(&work, institution).await?.filter(|last| last.used && !last.reset) else {
            return Err(WorkflowError::Refused {
                message: "the shipped engine is in use already".to_owned(),
                hint: "there is nothing to take back".to_owned(),
            });
        };
        let summary = format!("{}: learned {} taken back, shipped engine in use", named.name, last.version);
        kept::write(&work, institution, &KeptLesson { reset: true, ..last }).await?;
        let told = self.history_line(ChangeKind::Configured, ("organization", *institution), &summary);
        work.append_change(&told).await?;
        let answer = self.learning_of(&work, named).await?;
        work.commit().await?;
        Ok(answer)
    }

    /// An institution for which who acts may let the engine learn, by name or identifier; the only one when none is named.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`].
    pub async fn find_learning(&self, given: Option<&str>) -> Result<Ctid, WorkflowError> {
        let all = self.learning().await?;
        let wanted = given.unwrap_or_default().trim();
        let is = |one: &&InstitutionLearning| {
            given.is_none()
                || one.institution.name.eq_ignore_ascii_case(wanted)
                || one.institution.id.to_string() == wanted
        };
        let found: Vec<&InstitutionLearning> = all.iter().filter(is).collect();
        let name = |one: &&InstitutionLearning| format!("{} ({})", one.institution.name, one.institution.id);
        let hint = "name an institution that has a program, with --institution";
        Ok(crate::institution::one("institution", wanted, found, name, hint)?.institution.id)
    }

    /// The engine that judges the crosswalks of an institution: the shipped one, or what it learned over it.
    pub(crate) async fn engine_of(&self, work: &Work, institution: &Ctid) -> Result<Arc<dyn Engine>, WorkflowError> {
        let kept = kept::read(work, institution).await?;
        let in_use = kept.filter(|kept| LearnedState::of(Some(kept), &self.engine.name()) == LearnedState::InUse);
        let learned =
            in_use.and_then(|kept| LearnedEngine::new(Arc::clone(&self.engine), kept.lesson.scorer, kept.version));
        Ok(learned.map_or_else(|| Arc::clone(&self.engine), |learned| Arc::new(learned)))
    }
}

async fn named(work: &Work, institution: &Ctid) -> Result<Named, WorkflowError> {
    let organizations = work.organizations().await?;
    let found = organizations.iter().find(|organization| organization.ctid == *institution);
    found.map(|one| Named { id: one.ctid, name: one.name.to_string() }).ok_or_else(|| WorkflowError::NotFound {
        what: "institution",
        given: institution.to_string(),
        hint: "open the page of learning again".to_owned(),
    })
}
