//! One sign-off as its page shows it, and what is shown before one begins.

use credway_model::{Action, Ctid, Finding, Signoff, SignoffPlan, SignoffState, StepAsks, has_errors};
use credway_store::Work;
use serde::Serialize;

use super::content::SignedContent;
use super::lines::{ContentFigures, SignoffEvent, StepLine, events, figures, steps};
use super::{ContentChange, Signable, SigningRight, SignoffHead, difference, found, plan, verify};
use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

/// A sign-off with everything its page shows.
#[derive(Clone, Debug, Serialize)]
pub struct SignoffPage {
    /// Head.
    pub head: SignoffHead,
    /// SHA-256 of what is signed.
    pub digest: String,
    /// The step whose turn it is, from 0.
    pub turn: Option<usize>,
    /// Whether the step whose turn it is asks for a day.
    pub asks_date: bool,
    /// Its steps.
    pub steps: Vec<StepLine>,
    /// Returns and reopenings, in order.
    pub events: Vec<SignoffEvent>,
    /// What is signed, in figures; absent while kept back.
    pub figures: Option<ContentFigures>,
    /// Whether figures, differences and signing are kept back, since who acts reviews the crosswalk blindly.
    pub hidden: bool,
    /// What stands now, where it differs from what is signed.
    pub since: Vec<ContentChange>,
    /// The revision approved before, and what differs from it.
    pub before: Option<(u32, Vec<ContentChange>)>,
    /// In which ways who acts may sign now.
    pub rights: Vec<SigningRight>,
    /// Whether they may return it.
    pub may_return: bool,
    /// Whether they may open the next revision.
    pub may_reopen: bool,
    /// Whether they may begin the next sign-off.
    pub may_begin: bool,
    /// What does not hold of what was signed; empty when all does.
    pub faults: Vec<String>,
    /// The last line of the history: its number and hash.
    pub history: (u64, String),
}

/// What is shown before a sign-off begins.
#[derive(Clone, Debug, Serialize)]
pub struct SignoffPreparation {
    /// The crosswalk.
    pub crosswalk: Ctid,
    /// Its program.
    pub program: Named,
    /// Its blueprint.
    pub blueprint: Named,
    /// What the checks found.
    pub checks: Vec<Finding>,
    /// Whether nothing stands in the way.
    pub ready: bool,
    /// The steps it would go through.
    pub plan: SignoffPlan,
    /// SHA-256 of what would be signed.
    pub digest: String,
    /// What would be signed, in figures.
    pub figures: ContentFigures,
    /// The revision approved before, and what differs from it.
    pub before: Option<(u32, Vec<ContentChange>)>,
}

impl Workbench {
    /// One sign-off.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn signoff(&self, id: &Ctid) -> Result<SignoffPage, WorkflowError> {
        let work = self.store.read().await?;
        let signoff = found(&work, id).await?;
        let about = About::Crosswalk(&signoff.crosswalk);
        self.allow(&work, Action::ReadCrosswalk, about).await?;
        let standing = signoff.standing();
        let turn = match standing.state {
            SignoffState::Running(turn) => Some(turn),
            _ => None,
        };
        let hidden = self.veil(&work, &signoff.crosswalk).await?.is_some();
        let rights = self.rights_now(&work, &signoff).await?;
        let may_begin = self.may(&work, Action::BeginSignoff, about).await?;
        let all = work.signoffs_of(&signoff.crosswalk).await?;
        let latest = all.last().is_some_and(|last| last.id == signoff.id);
        let told = if hidden { Told::default() } else { told(&work, &signoff, &all).await? };
        Ok(SignoffPage {
            head: self.signoff_head(&work, &signoff).await?,
            turn,
            asks_date: turn.is_some_and(|turn| signoff.plan.steps()[turn].asks == StepAsks::Date),
            steps: steps(&signoff, hidden),
            events: events(&signoff, hidden),
            figures: told.figures,
            hidden,
            since: told.since,
            before: told.before,
            may_return: turn.is_some() && (!rights.is_empty() || may_begin),
            may_reopen: latest && may_begin && standing.state == SignoffState::Approved,
            may_begin: latest && may_begin && !hidden && !standing.state.holds_fast(),
            rights: if hidden { Vec::new() } else { rights },
            faults: verify::faults(&work, &signoff).await?,
            history: work.history_head().await?,
            digest: signoff.digest,
        })
    }

    /// What a sign-off of a crosswalk would begin with.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when one runs or is approved, or while who acts reviews the crosswalk blindly.
    pub async fn prepare_signoff(&self, crosswalk: &Ctid) -> Result<SignoffPreparation, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::BeginSignoff, About::Crosswalk(crosswalk)).await?;
        self.must_see_all(&work, crosswalk).await?;
        let now = Signable::now(&work, crosswalk).await?;
        self.must_be_open(&work, crosswalk).await?;
        let all = work.signoffs_of(crosswalk).await?;
        let (program, blueprint) = (&now.data.program, &now.data.blueprint);
        Ok(SignoffPreparation {
            crosswalk: *crosswalk,
            program: Named { id: program.ctid, name: program.title.to_string() },
            blueprint: Named { id: blueprint.ctid, name: blueprint.name() },
            ready: !has_errors(&now.checks),
            plan: plan::plan_of(&work, &program.organization).await?,
            figures: figures(&now.content),
            before: approved_before(&work, &all, u32::MAX, &now.content).await?,
            checks: now.checks,
            digest: now.digest,
        })
    }
}

/// What a page tells of the words that are signed.
#[derive(Default)]
struct Told {
    figures: Option<ContentFigures>,
    since: Vec<ContentChange>,
    before: Option<(u32, Vec<ContentChange>)>,
}

/// What is signed against what stands now and what was approved before.
async fn told(work: &Work, signoff: &Signoff, all: &[Signoff]) -> Result<Told, WorkflowError> {
    let now = Signable::now(work, &signoff.crosswalk).await?;
    let Some(kept) = kept_content(work, signoff).await? else {
        return Ok(Told { figures: Some(figures(&now.content)), ..Told::default() });
    };
    let since = match now.digest == signoff.digest {
        true => Vec::new(),
        false => named_changes(work, &kept, &now.content).await?,
    };
    let before = approved_before(work, all, signoff.number, &kept).await?;
    Ok(Told { figures: Some(figures(&kept)), since, before })
}

/// The names of the program and the blueprint of a sign-off.
pub(super) async fn names(work: &Work, signoff: &Signoff) -> Result<(Named, Named), WorkflowError> {
    let crosswalk = work.crosswalk(&signoff.crosswalk).await?;
    let gone = |what: &str| format!("a {what} that is gone");
    let (mut program, mut blueprint) = (
        Named { id: signoff.crosswalk, name: gone("program") },
        Named { id: signoff.crosswalk, name: gone("blueprint") },
    );
    if let Some(crosswalk) = crosswalk {
        if let Some(found) = work.program(&crosswalk.program).await? {
            program = Named { id: found.ctid, name: found.title.to_string() };
        }
        if let Some(found) = work.blueprint(&crosswalk.blueprint).await? {
            blueprint = Named { id: found.ctid, name: found.name() };
        }
    }
    Ok((program, blueprint))
}

/// The content that is signed, where it can be read still.
pub(super) async fn kept_content(work: &Work, signoff: &Signoff) -> Result<Option<SignedContent>, WorkflowError> {
    let revision = work.revision(&signoff.crosswalk, signoff.revision).await?;
    Ok(revision.and_then(|revision| SignedContent::kept(&revision.content).ok()))
}

/// What differs, with the names people go by today.
pub(super) async fn named_changes(
    work: &Work,
    before: &SignedContent,
    after: &SignedContent,
) -> Result<Vec<ContentChange>, WorkflowError> {
    let mut ids = before.persons();
    ids.extend(after.persons());
    let names = work.person_names(&ids).await?;
    Ok(difference::changes(before, after, &names))
}

/// The latest revision approved in a sign-off before `number`, and what differs from it.
async fn approved_before(
    work: &Work,
    all: &[Signoff],
    number: u32,
    content: &SignedContent,
) -> Result<Option<(u32, Vec<ContentChange>)>, WorkflowError> {
    let approved = |one: &&Signoff| one.number < number && one.standing().state.is_approved();
    let Some(earlier) = all.iter().rev().find(approved) else { return Ok(None) };
    let Some(kept) = kept_content(work, earlier).await? else { return Ok(None) };
    Ok(Some((earlier.revision, named_changes(work, &kept, content).await?)))
}
