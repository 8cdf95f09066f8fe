//! The first administrator: a deployment without accounts makes a one-time link, which its terminal shows.

use credway_model::{
    Account, AccountId, AccountState, ChangeKind, Grant, Organization, OrganizationKind, Person, Role, Text,
};
use credway_store::{Credentials, GivenGrant};
use uuid::Uuid;

use super::invitation::{NewLink, TicketKind};
use super::sign_in::about;
use crate::institution::{INSTITUTION, UNNAMED, institution_in};
use crate::{ActorStanding, Workbench, WorkflowError};

/// What the account is called until its person has come.
pub(super) const PLACEHOLDER: &str = "First administrator (not yet come)";

impl Workbench {
    /// Whether anybody could sign in and keep accounts: an active administrator of the institution that operates the
    /// deployment.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn has_administrator(&self) -> Result<bool, WorkflowError> {
        let work = self.store.read().await?;
        let Some(home) = institution_in(&work).await? else { return Ok(false) };
        for given in work.all_grants().await? {
            let keeps = given.grant.role == Role::Administrator
                && given.grant.institution == home.id
                && given.grant.program.is_none();
            if keeps
                && let Some((account, _)) = work.account(given.account).await?
                && account.state == AccountState::Active
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Makes the one-time link for the first administrator, good for a day; an earlier one that was not used is good for
    /// nothing any more. Only who has the database before them may.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when there is an administrator already.
    pub async fn first_administrator(&self) -> Result<NewLink, WorkflowError> {
        if self.has_administrator().await? {
            return Err(WorkflowError::Refused {
                message: "there is an administrator already".to_owned(),
                hint: "ask them for an invitation; if all have lost their ways in, credway people rescue".to_owned(),
            });
        }
        self.administrator_link().await
    }

    /// As [`Workbench::first_administrator`], when there are administrators and none can sign in any more. It is told in
    /// the history.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] for whoever has not the database before them.
    pub async fn administrator_link(&self) -> Result<NewLink, WorkflowError> {
        if *self.actor().standing() != ActorStanding::Owner {
            return Err(self.forbidden(credway_model::Action::ManagePeople));
        }
        let now = self.now();
        let work = self.store.write().await?;
        let home = self.home_or_unnamed(&work).await?;
        let placeholder = Person(Text::new(PLACEHOLDER).map_err(WorkflowError::defect)?);
        let waiting = work.account_of(&placeholder).await?;
        let (id, created) = waiting
            .map_or_else(|| (AccountId::from_uuid(Uuid::new_v4()), now), |waiting| (waiting.id, waiting.created));
        // Whatever became of one that waited since, suspended, without its role or with somebody's ways in: it is anew.
        let account = Account { id, person: placeholder, email: None, state: AccountState::Invited, created };
        work.forget_ways_in(id).await?;
        work.put_account(&account, &Credentials::default()).await?;
        let grant = Grant { role: Role::Administrator, institution: home, program: None };
        let by = self.person().clone();
        work.give(&GivenGrant { account: id, grant, origin: "given".to_owned(), by, at: now }).await?;
        let words = "a link for the first administrator was made";
        work.append_change(&self.history_line(ChangeKind::Admitted, ("account", about(&account)), words)).await?;
        let link = self.new_link(&work, &account, TicketKind::First, jiff::SignedDuration::from_hours(24)).await?;
        work.commit().await?;
        Ok(link)
    }

    /// The institution that operates the deployment; one without a name where none has been named yet.
    async fn home_or_unnamed(&self, work: &credway_store::Work) -> Result<credway_model::Ctid, WorkflowError> {
        if let Some(home) = institution_in(work).await? {
            return Ok(home.id);
        }
        let namespace = self.namespace(work, None).await?;
        let organization = Organization {
            ctid: credway_model::Ctid::derive(&namespace, "organization", UNNAMED),
            name: Text::new(UNNAMED).map_err(WorkflowError::defect)?,
            kind: Some(OrganizationKind::College),
            city: None,
            region: None,
            url: None,
            origin: None,
        };
        work.put_organizations(std::slice::from_ref(&organization), &self.stamp(None)).await?;
        work.put_setting(INSTITUTION, &organization.ctid.to_string()).await?;
        Ok(organization.ctid)
    }
}
