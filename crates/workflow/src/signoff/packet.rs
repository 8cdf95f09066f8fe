//! How a sign-off stands as the printed reports say it: who signed what, and by what it can be verified.

use credway_model::{Ctid, SignoffState};
use credway_publish::{SignoffAnswer, SignoffAnswerStep};
use jiff::Timestamp;
use jiff::tz::Offset;

use super::Signable;
use super::list::state_words;
use super::page::{kept_content, named_changes};
use crate::{Workbench, WorkflowError};

impl Workbench {
    /// How the latest sign-off of a crosswalk stands, for its reports; none where none was begun.
    pub(crate) async fn signoff_answer(&self, crosswalk: &Ctid) -> Result<Option<SignoffAnswer>, WorkflowError> {
        let work = self.store.read().await?;
        let Some(signoff) = work.signoffs_of(crosswalk).await?.pop() else { return Ok(None) };
        let standing = signoff.standing();
        let hidden = self.veil(&work, crosswalk).await?.is_some();
        let now = Signable::now(&work, crosswalk).await?;
        let differs = match kept_content(&work, &signoff).await? {
            // Whether others changed their words is theirs to tell.
            Some(_) if hidden => false,
            Some(kept) if now.digest != signoff.digest => !named_changes(&work, &kept, &now.content).await?.is_empty(),
            Some(_) => false,
            None => true,
        };
        let (history_line, history_hash) = work.history_head().await?;
        let mut steps = Vec::new();
        for (step, stands) in signoff.plan.steps().iter().zip(&standing.steps) {
            let asked = |signatures: usize| match (signatures as u64).cmp(&u64::from(step.quorum)) {
                std::cmp::Ordering::Less => format!("{signatures} of {} signed", step.quorum),
                _ => "signed".to_owned(),
            };
            if stands.signed.is_empty() {
                let roles: Vec<&str> = step.roles.iter().map(|role| role.label()).collect();
                steps.push(SignoffAnswerStep {
                    step: step.title.to_string(),
                    state: "not signed".to_owned(),
                    role: roles.join(" or "),
                    ..SignoffAnswerStep::default()
                });
            }
            for (entry, signature) in stands.signed.iter().filter_map(|number| signoff.signature(*number)) {
                steps.push(SignoffAnswerStep {
                    step: step.title.to_string(),
                    state: asked(stands.signed.len()),
                    person: entry.person.name().to_owned(),
                    on_behalf_of: signature.on_behalf_of.as_ref().map(|whom| whom.name().to_owned()),
                    role: signature.role.label().to_owned(),
                    at: moment(entry.at),
                    date: signature.date,
                    note: signature.note.as_ref().filter(|_| !hidden).map(ToString::to_string),
                });
            }
        }
        Ok(Some(SignoffAnswer {
            state: state_words(&signoff, standing.state),
            approved: standing.state == SignoffState::Approved || standing.state == SignoffState::Reopened,
            revision: signoff.revision,
            digest: signoff.digest,
            differs,
            hidden,
            steps,
            history_line,
            history_hash,
        }))
    }
}

/// A moment for people, in UTC.
fn moment(at: Timestamp) -> String {
    Offset::UTC.to_datetime(at).strftime("%b\u{a0}%-d, %Y, %H:%M\u{a0}UTC").to_string()
}
