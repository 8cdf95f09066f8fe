//! Invitations and resets: one-time links by which a person chooses a password. The link's secret is shown once, to who
//! made it or in a letter; here is a digest.

use credway_identity::{Secret, secret};
use credway_model::{
    Account, AccountId, AccountState, Action, ChangeKind, EmailAddress, Grant, NotificationKind, Person, Text,
};
use credway_store::{Credentials, Ticket, Work};
use jiff::SignedDuration;
use uuid::Uuid;

use super::sign_in::about;
use super::{From, SecondFactorRule, SignedInBy};
use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TicketKind {
    /// The first administrator's: name and address are theirs to give.
    First,
    /// An invitation.
    Invitation,
    /// A new password.
    Reset,
}

impl TicketKind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }
}

/// Somebody to invite.
#[derive(Clone, Debug)]
pub struct InviteRequest {
    /// Their name, as it will stand beside what they decide.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they will be.
    pub grants: Vec<Grant>,
    /// Whether words that stand under this name already, of somebody without an account, become theirs.
    pub takes_words: bool,
}

/// A link that was made; its secret is to be shown once.
#[derive(Debug)]
pub struct NewLink {
    /// Whose it is.
    pub account: AccountId,
    /// What stands at the end of its address, after `#` or in a form, never in a query.
    pub secret: Secret,
    /// Until when it is good, ISO 8601.
    pub expires: String,
}

/// What the page of a link shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationPage {
    /// The name, unless it is the person's to give.
    pub name: Option<String>,
    /// The address, unless it is the person's to give.
    pub email: Option<String>,
    /// Whether it only sets a new password.
    pub reset: bool,
    /// Fewest characters of the password.
    pub shortest: usize,
}

impl Workbench {
    /// Invites somebody. Who invites must keep the people of every institution where a role is given.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the name or the address is taken or cannot be taken.
    pub async fn invite(&self, request: &InviteRequest) -> Result<NewLink, WorkflowError> {
        let rules = self.account_rules()?.clone();
        let (person, email) = named(&request.name, &request.email)?;
        if request.grants.is_empty() {
            return Err(WorkflowError::Refused {
                message: "an invitation gives at least one role".to_owned(),
                hint: "choose what the person will be, and where".to_owned(),
            });
        }
        let now = self.now();
        let work = self.store.write().await?;
        for grant in &request.grants {
            self.allow(&work, Action::ManagePeople, About::Institution(&grant.institution)).await?;
            self.must_fit(&work, grant).await?;
        }
        self.must_be_free(&work, &person, &email, None).await?;
        if !request.takes_words && work.knows_person(&person).await? {
            return Err(WorkflowError::Refused {
                message: format!("words of “{}” are kept already", person.name()),
                hint: "say that they are this person's own, or add what tells the two apart".to_owned(),
            });
        }
        let account = Account {
            id: AccountId::from_uuid(Uuid::new_v4()),
            person,
            email: Some(email),
            state: AccountState::Invited,
            created: now,
        };
        work.put_account(&account, &Credentials::default()).await?;
        let line = self.history_line(
            ChangeKind::Admitted,
            ("account", about(&account)),
            &format!("{} was invited", account.person.name()),
        );
        work.append_change(&line).await?;
        for grant in &request.grants {
            self.give_role(&work, &account, *grant, "given").await?;
        }
        let link = self.new_link(&work, &account, TicketKind::Invitation, rules.invitation).await?;
        work.commit().await?;
        Ok(link)
    }

    /// Makes a new link for somebody who has lost theirs or their password. Their second factor stays, and they are told.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] for an account that is suspended or erased, or that has no
    /// password since its person signs in elsewhere.
    pub async fn new_invitation(&self, id: AccountId) -> Result<NewLink, WorkflowError> {
        let rules = self.account_rules()?.clone();
        let work = self.store.write().await?;
        let account = self.kept_account(&work, id).await?;
        let (kind, lasts) = match account.state {
            AccountState::Invited => {
                self.must_not_come_from_elsewhere(&work, &account).await?;
                (TicketKind::Invitation, rules.invitation)
            }
            AccountState::Active => {
                self.must_have_password(&work, &account).await?;
                (TicketKind::Reset, SignedDuration::from_hours(1))
            }
            AccountState::Suspended | AccountState::Erased => {
                return Err(WorkflowError::Refused {
                    message: "this account may not sign in".to_owned(),
                    hint: "let it in again first".to_owned(),
                });
            }
        };
        let what = if kind == TicketKind::Reset { "a link for a new password was made" } else { "was invited again" };
        let line = self.history_line(ChangeKind::Admitted, ("account", about(&account)), what);
        work.append_change(&line).await?;
        if kind == TicketKind::Reset {
            let words = format!("{} made a link for a new password of yours", self.person().name());
            self.notify(&work, account.id, NotificationKind::Access, "/account", &words).await?;
        }
        let link = self.new_link(&work, &account, kind, lasts).await?;
        work.commit().await?;
        Ok(link)
    }

    /// Refuses a link for a new password where there is none: with it, whoever makes the link could become its person.
    async fn must_have_password(&self, work: &Work, account: &Account) -> Result<(), WorkflowError> {
        let found = work.account(account.id).await?;
        if found.is_some_and(|(_, credentials)| credentials.password.is_some()) {
            return Ok(());
        }
        Err(elsewhere(account))
    }

    /// Refuses an invitation to somebody an identity provider knows, for the same reason.
    async fn must_not_come_from_elsewhere(&self, work: &Work, account: &Account) -> Result<(), WorkflowError> {
        if work.has_identity(account.id).await? { Err(elsewhere(account)) } else { Ok(()) }
    }

    /// A new link; earlier ones of its kind that were not used are good for nothing any more.
    pub(super) async fn new_link(
        &self,
        work: &Work,
        account: &Account,
        kind: TicketKind,
        lasts: SignedDuration,
    ) -> Result<NewLink, WorkflowError> {
        let secret = Secret::new().map_err(WorkflowError::defect)?;
        let expires = self.now().checked_add(lasts).map_err(WorkflowError::defect)?;
        work.void_tickets(account.id, kind.word()).await?;
        work.put_ticket(&Ticket {
            digest: secret.digest().as_str().to_owned(),
            kind: kind.word().to_owned(),
            account: account.id,
            expires,
            used: None,
        })
        .await?;
        Ok(NewLink { account: account.id, secret, expires: expires.to_string() })
    }

    /// What the page of a link shows.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when the link was used, has passed, or never was.
    pub async fn invitation(&self, secret: &str) -> Result<InvitationPage, WorkflowError> {
        let work = self.store.read().await?;
        let (ticket, account, _) = self.good_ticket(&work, secret).await?;
        let first = ticket.kind == TicketKind::First.word();
        let used = match self.account_rules()?.second_factor {
            SecondFactorRule::Required => credway_identity::PasswordUse::WithSecondFactor,
            SecondFactorRule::Optional => credway_identity::PasswordUse::Alone,
        };
        Ok(InvitationPage {
            name: (!first).then(|| account.person.name().to_owned()),
            email: account.email.filter(|_| !first).map(String::from),
            reset: ticket.kind == TicketKind::Reset.word(),
            shortest: used.shortest(),
        })
    }

    async fn good_ticket(&self, work: &Work, secret: &str) -> Result<(Ticket, Account, Credentials), WorkflowError> {
        let gone = || WorkflowError::NotFound {
            what: "link",
            given: "(not shown)".to_owned(),
            hint: "each is good once and for a while: ask for a new one".to_owned(),
        };
        let ticket = work.ticket(secret::digest(secret).as_str()).await?;
        let ticket = ticket.filter(|ticket| ticket.used.is_none() && ticket.expires > self.now()).ok_or_else(gone)?;
        let (account, credentials) = work.account(ticket.account).await?.ok_or_else(gone)?;
        if matches!(account.state, AccountState::Suspended | AccountState::Erased) {
            return Err(gone());
        }
        Ok((ticket, account, credentials))
    }

    /// Takes the link: the person has chosen a password (and, who comes first, a name and an address), and is half way
    /// in. All their earlier sessions, tokens and links end.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] for a password, name or address that cannot be taken; the link is then still good.
    pub async fn accept_invitation(
        &self,
        secret: &str,
        (name, email): (&str, &str),
        password: String,
        from: &From,
    ) -> Result<SignedInBy, WorkflowError> {
        let (ticket, mut account, _) = self.good_ticket(&self.store.read().await?, secret).await?;
        if ticket.kind == TicketKind::First.word() {
            let (person, email) = named(name, email)?;
            (account.person, account.email) = (person, Some(email));
        }
        let email = account.email.as_ref().map(|email| email.as_str().to_owned());
        self.may_be_password(&password, &account.person, email.as_deref()).await?;
        let hashed = self.hash_password(password).await?;
        let work = self.store.write().await?;
        let (_, _, mut credentials) = self.good_ticket(&work, secret).await?;
        if let Some(email) = &account.email {
            self.must_be_free(&work, &account.person, email, Some(account.id)).await?;
        }
        if !work.use_ticket(&ticket.digest, self.now()).await? {
            return Err(WorkflowError::SignIn);
        }
        credentials.password = Some(hashed);
        account.state = AccountState::Active;
        work.put_account(&account, &credentials).await?;
        work.end_sessions(account.id, None).await?;
        work.void_secrets(account.id, self.now()).await?;
        work.append_change(&self.access_line(&account, "chose a password")).await?;
        let enrolled = credentials.second_factor.is_some();
        let required = self.account_rules()?.second_factor == SecondFactorRule::Required;
        if enrolled || required {
            let session = self.begin_session(&work, account.id, super::Assurance::Password, &from.about).await?;
            work.commit().await?;
            return Ok(SignedInBy { session, device: None, must_enrol: !enrolled });
        }
        work.commit().await?;
        self.let_in(&account, None, from, "signed in").await
    }

    /// Whether name and address belong to nobody else.
    async fn must_be_free(
        &self,
        work: &Work,
        person: &Person,
        email: &EmailAddress,
        own: Option<AccountId>,
    ) -> Result<(), WorkflowError> {
        let same_name = work.account_of(person).await?.map(|account| account.id);
        let same_email = work.account_by_email(email).await?.map(|(account, _)| account.id);
        let taken = |by: Option<AccountId>| by.is_some() && by != own;
        if taken(same_email) {
            return Err(WorkflowError::Refused {
                message: format!("{email} belongs to an account already"),
                hint: "look among the people; it may be suspended".to_owned(),
            });
        }
        if taken(same_name) {
            return Err(WorkflowError::Refused {
                message: format!("“{}” is the name of another account", person.name()),
                hint: "add what tells them apart, for example a department: words are known by who gave them"
                    .to_owned(),
            });
        }
        Ok(())
    }
}

/// A name and an address as they can be kept.
fn named(name: &str, email: &str) -> Result<(Person, EmailAddress), WorkflowError> {
    let person = Text::name(name).map_err(|error| WorkflowError::Refused {
        message: format!("the name cannot be taken: {error}"),
        hint: "give the name as it shall stand beside what the person decides".to_owned(),
    })?;
    if person.as_str() == super::first::PLACEHOLDER {
        return Err(WorkflowError::Refused {
            message: "this name stands for whoever has not come yet".to_owned(),
            hint: "give the person's own name".to_owned(),
        });
    }
    let email = EmailAddress::new(email).map_err(|error| WorkflowError::Refused {
        message: "the e-mail address cannot be taken".to_owned(),
        hint: error.to_string(),
    })?;
    Ok((Person(person), email))
}

/// That somebody signs in elsewhere alone.
fn elsewhere(account: &Account) -> WorkflowError {
    WorkflowError::Refused {
        message: format!("{} has no password here", account.person.name()),
        hint: "they sign in with their institution's sign-in".to_owned(),
    }
}
