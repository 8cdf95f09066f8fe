//! Share the sheet of skills of a crosswalk with an employer until a day, and hear what they say about its rows. What
//! is shared is the sheet and nothing else; once it ends, it is as if it had never been there.

mod lines;
mod sheet;

use credway_model::{
    AccountId, AccountState, Action, Ballot, BallotWord, ChangeKind, Ctid, Grant, NotificationKind, Role, Share, Text,
};
use credway_store::Work;
use jiff::civil::Date;
use uuid::Uuid;

use crate::access::{Policy, Principal, Resource};
use crate::colleagues::{Colleague, grants_by_account, name_of};
use crate::crosswalk_data::CrosswalkData;
use crate::permission::About;
use crate::{ActorStanding, Named, Workbench, WorkflowError};

pub use lines::{BallotLine, ShareLine, SharedLine, SharesPage};
pub use sheet::{SheetDomain, SheetPage, SheetSkill};
use sheet::{row_name, rows};

impl Workbench {
    /// The shares of a crosswalk with what was said to them.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`], [`WorkflowError::NotFound`].
    pub async fn shares(&self, crosswalk: &Ctid) -> Result<SharesPage, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ShareSheet, About::Crosswalk(crosswalk)).await?;
        let data = CrosswalkData::read(&work, crosswalk).await?;
        // Which rows an employer spoke of tells what others accepted.
        let hidden = self.veil(&work, crosswalk).await?.is_some();
        let today = self.today();
        let mut lines = Vec::new();
        for share in work.shares_of(crosswalk).await? {
            let ballots = if hidden { Vec::new() } else { work.ballots(&share.id).await? };
            lines.push(ShareLine {
                id: share.id,
                person: name_of(&work, share.account).await?,
                until: share.until.to_string(),
                by: share.by.name().to_owned(),
                open: share.is_open(today),
                ballots: ballots
                    .into_iter()
                    .map(|ballot| BallotLine {
                        row: ballot.row,
                        name: row_name(&data, &ballot.row).unwrap_or_else(|| "a row that is gone".to_owned()),
                        word: ballot.word,
                        note: ballot.note.map(|note| note.to_string()),
                        at: ballot.at.to_string(),
                    })
                    .collect(),
            });
        }
        lines.sort_by_key(|line| !line.open);
        let employers = employers(&work, &data).await?;
        Ok(SharesPage { crosswalk: Named { id: *crosswalk, name: data.name() }, lines, employers, hidden })
    }

    /// Whether who acts may share the sheet of a crosswalk, for the link to the page.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn may_share(&self, crosswalk: &Ctid) -> Result<bool, WorkflowError> {
        self.may(&self.store.read().await?, Action::ShareSheet, About::Crosswalk(crosswalk)).await
    }

    /// Shares the sheet of a crosswalk with an employer until a day, who is told so.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`], [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] when the account is no
    /// employer's at the crosswalk's institution, the day is past, or it is shared with them already.
    pub async fn share_sheet(&self, crosswalk: &Ctid, account: AccountId, until: Date) -> Result<Ctid, WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::ShareSheet, About::Crosswalk(crosswalk)).await?;
        let data = CrosswalkData::read(&work, crosswalk).await?;
        let refuse = |message: &str, hint: &str| {
            Err(WorkflowError::Refused { message: message.to_owned(), hint: hint.to_owned() })
        };
        if !employers(&work, &data).await?.iter().any(|one| one.account == account) {
            return refuse(
                "this account is no employer reviewer’s of this institution",
                "invite the employer as one first",
            );
        }
        let today = self.today();
        if until < today {
            return refuse("the last day is past", "choose today or a later day");
        }
        let there = work.shares_of(crosswalk).await?;
        if there.iter().any(|share| share.account == account && share.is_open(today)) {
            return refuse("it is shared with them already", "take that back first to give it another last day");
        }
        let id = Ctid::from_uuid(Uuid::new_v4());
        let (by, at) = (self.person().clone(), self.now());
        work.put_share(&Share { id, crosswalk: *crosswalk, account, until, by, at, revoked: None }).await?;
        let words = format!("{} shares a skills sheet with you until {until}", self.person().name());
        self.notify(&work, account, NotificationKind::Shared, &format!("/shared/{id}"), &words).await?;
        let summary =
            format!("{}: skills sheet shared with {} until {until}", data.name(), name_of(&work, account).await?);
        work.append_change(&self.history_line(ChangeKind::Shared, ("crosswalk", *crosswalk), &summary)).await?;
        work.commit().await?;
        Ok(id)
    }

    /// Takes a share back: at once the sheet is not there any more for whom it was shared with.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is no such share of a crosswalk that who acts may share.
    pub async fn revoke_share(&self, id: &Ctid) -> Result<Ctid, WorkflowError> {
        let work = self.store.write().await?;
        let share = work.share(id).await?.ok_or_else(|| no_share(id))?;
        let crosswalk = share.crosswalk;
        if !self.may(&work, Action::ShareSheet, About::Crosswalk(&crosswalk)).await? || share.revoked.is_some() {
            return Err(no_share(id));
        }
        let data = CrosswalkData::read(&work, &crosswalk).await?;
        let summary = format!("{}: no longer shared with {}", data.name(), name_of(&work, share.account).await?);
        work.put_share(&Share { revoked: Some(self.now()), ..share }).await?;
        work.append_change(&self.history_line(ChangeKind::Shared, ("crosswalk", crosswalk), &summary)).await?;
        work.commit().await?;
        Ok(crosswalk)
    }

    /// What is shared with who acts today.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when they may read shared sheets nowhere.
    pub async fn shared_with_me(&self) -> Result<Vec<SharedLine>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadSheet).await?;
        let Some(account) = self.actor().account() else { return Ok(Vec::new()) };
        let mut lines = Vec::new();
        for share in work.shares_with(account).await? {
            if !share.is_open(self.today()) || !self.may_as_shared(&work, Action::ReadSheet, &share).await? {
                continue;
            }
            let data = CrosswalkData::read(&work, &share.crosswalk).await?;
            lines.push(SharedLine {
                id: share.id,
                name: data.name(),
                institution: sheet::institution(&work, &data).await?,
                until: share.until.to_string(),
            });
        }
        Ok(lines)
    }

    /// The sheet of a share: for whom it was shared with while it is open, and for who may share it.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] otherwise, whether there was such a share or not.
    pub async fn sheet(&self, id: &Ctid) -> Result<SheetPage, WorkflowError> {
        let work = self.store.read().await?;
        let share = self.open_share(&work, id).await?;
        let data = self.crosswalk_data(&work, &share.crosswalk).await?;
        let answers = self.is_shared_with_me(&share) && self.may_as_shared(&work, Action::Comment, &share).await?;
        let ballots = work.ballots(id).await?;
        let institution = sheet::institution(&work, &data).await?;
        Ok(sheet::page(&data, &share, ballots, institution, answers))
    }

    /// Says something about a row of a sheet that was shared with who acts; it takes the place of what they said before,
    /// and who shared it is told.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when the sheet is not theirs to see, or has no such row; [`WorkflowError::Forbidden`]
    /// when they may only read it.
    pub async fn cast_ballot(
        &self,
        id: &Ctid,
        row: Ctid,
        word: BallotWord,
        note: Option<Text>,
    ) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let share = self.open_share(&work, id).await?;
        if !self.is_shared_with_me(&share) || !self.may_as_shared(&work, Action::Comment, &share).await? {
            return Err(self.forbidden(Action::Comment));
        }
        let data = self.crosswalk_data(&work, &share.crosswalk).await?;
        let name = rows(&data).contains(&row).then(|| row_name(&data, &row)).flatten();
        let name = name.ok_or_else(|| WorkflowError::NotFound {
            what: "row of this sheet",
            given: row.to_string(),
            hint: "reload the page".to_owned(),
        })?;
        work.put_ballot(&Ballot { share: *id, row, word, note, at: self.now() }).await?;
        if let Some(lead) = work.account_of(&share.by).await? {
            let words = format!("{} answered to the shared sheet of {}", self.person().name(), data.name());
            let address = format!("/crosswalks/{}/shares", share.crosswalk);
            // One word is told of; more would only make noise.
            let told = work.notifications(lead.id, 50).await?;
            let waits = told.iter().any(|one| one.read.is_none() && one.address == address);
            if !waits {
                self.notify(&work, lead.id, NotificationKind::Shared, &address, &words).await?;
            }
        }
        let summary = format!("{}: {} says “{}” to {name}", data.name(), self.person().name(), word.label());
        work.append_change(&self.history_line(ChangeKind::Commented, ("crosswalk", share.crosswalk), &summary)).await?;
        work.commit().await?;
        Ok(())
    }

    /// The share, if who acts may see its sheet today.
    async fn open_share(&self, work: &Work, id: &Ctid) -> Result<Share, WorkflowError> {
        let share = work.share(id).await?.ok_or_else(|| no_share(id))?;
        let own = self.is_shared_with_me(&share)
            && share.is_open(self.today())
            && self.may_as_shared(work, Action::ReadSheet, &share).await?;
        if own || self.may(work, Action::ShareSheet, About::Crosswalk(&share.crosswalk)).await? {
            Ok(share)
        } else {
            Err(no_share(id))
        }
    }

    fn is_shared_with_me(&self, share: &Share) -> bool {
        self.actor().account() == Some(share.account)
    }

    /// Whether who acts may do something with what was shared with them.
    async fn may_as_shared(&self, work: &Work, action: Action, share: &Share) -> Result<bool, WorkflowError> {
        let ActorStanding::Member { account, grants } = self.actor().standing() else { return Ok(false) };
        if !self.actor().is_left(action) {
            return Ok(false);
        }
        let Some(crosswalk) = work.crosswalk(&share.crosswalk).await? else { return Ok(false) };
        let Some(program) = work.program(&crosswalk.program).await? else { return Ok(false) };
        let principal = Principal { account: Some(*account), grants: grants.clone() };
        let resource = Resource {
            institution: Some(program.organization),
            program: Some(program.ctid),
            shared_with_principal: share.account == *account,
            ..Resource::default()
        };
        Ok(Policy::embedded().permits(&principal, action, &resource, None))
    }
}

/// Those who are employer reviewers for a crosswalk: at its institution, or in its program. By name.
async fn employers(work: &Work, data: &CrosswalkData) -> Result<Vec<Colleague>, WorkflowError> {
    let grants = grants_by_account(work).await?;
    let here = |grant: &Grant| {
        grant.role == Role::EmployerReviewer
            && grant.institution == data.program.organization
            && grant.program.is_none_or(|program| program == data.program.ctid)
    };
    let is_employer = |account: &AccountId| grants.get(account).is_some_and(|grants| grants.iter().any(here));
    let accounts = work.accounts().await?.into_iter();
    let mut found: Vec<Colleague> = accounts
        .filter(|one| matches!(one.state, AccountState::Active | AccountState::Invited) && is_employer(&one.id))
        .map(|one| Colleague { account: one.id, name: one.person.name().to_owned() })
        .collect();
    found.sort_by(|one, two| (&one.name, one.account).cmp(&(&two.name, two.account)));
    Ok(found)
}

fn no_share(id: &Ctid) -> WorkflowError {
    WorkflowError::NotFound {
        what: "shared sheet",
        given: id.to_string(),
        hint: "see what is shared with you".to_owned(),
    }
}
