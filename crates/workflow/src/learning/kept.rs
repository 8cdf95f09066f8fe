//! What was learned, as it is kept: a setting of the institution, replaced by the next lesson; the history tells of each.

use credway_align::Lesson;
use credway_model::Ctid;
use credway_store::Work;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::WorkflowError;

/// The latest that an institution's engine learned.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptLesson {
    /// Which lesson of the institution it is, from 1; proposals are signed with it.
    pub version: u32,
    /// The shipped engine over which it was learned, by name and version.
    pub engine: String,
    /// When.
    pub at: Timestamp,
    /// When the latest of the decisions was taken that it was learned from.
    pub until: Option<Timestamp>,
    /// Whether it was better on held-out decisions, and so is used.
    pub used: bool,
    /// Whether somebody took it back.
    pub reset: bool,
    /// What was learned, and how it did.
    pub lesson: Lesson,
}

/// How it stands with what was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LearnedState {
    /// Nothing was learned yet.
    Nothing,
    /// It judges new alignments.
    InUse,
    /// It was no better on held-out decisions, and is not used.
    NotBetter,
    /// Somebody took it back.
    TakenBack,
    /// It was learned over another version of the engine, and is not used.
    OtherEngine,
}

impl LearnedState {
    /// Of the latest lesson, with the shipped engine of today.
    pub(super) fn of(kept: Option<&KeptLesson>, engine: &str) -> Self {
        match kept {
            None => Self::Nothing,
            Some(kept) if kept.reset => Self::TakenBack,
            Some(kept) if !kept.used => Self::NotBetter,
            Some(kept) if kept.engine != engine || !kept.lesson.scorer.fits() => Self::OtherEngine,
            Some(_) => Self::InUse,
        }
    }
}

fn setting(institution: &Ctid) -> String {
    format!("learned-scorer/{institution}")
}

/// The latest lesson of an institution.
pub(super) async fn read(work: &Work, institution: &Ctid) -> Result<Option<KeptLesson>, WorkflowError> {
    let kept = work.setting(&setting(institution)).await?;
    Ok(kept.map(|kept| serde_json::from_str(&kept)).transpose()?)
}

/// Keeps a lesson.
pub(super) async fn write(work: &Work, institution: &Ctid, kept: &KeptLesson) -> Result<(), WorkflowError> {
    work.put_setting(&setting(institution), &serde_json::to_string(kept)?).await?;
    Ok(())
}
