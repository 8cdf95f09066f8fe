//! Tell people that something waits for them: in the application, and by mail where they want it. A notification is a
//! sentence and an address; what was said, and anything about learners, is never part of it.

use credway_identity::{Mailer, Message};
use credway_model::{AccountId, AccountState, Action, Ctid, EmailAddress, Mailed, Notification, NotificationKind};
use credway_store::Work;
use jiff::SignedDuration;
use serde::Serialize;
use uuid::Uuid;

use crate::align_program::plain;
use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// How often sending a mail is tried.
pub const MOST_TRIES: u32 = 5;
/// How long a server may be at sending one mail; then it is taken for lost, and waits again.
const SENDING_AT_MOST: SignedDuration = SignedDuration::from_mins(10);
/// How many mails one round sends at most.
const ONE_ROUND: u64 = 50;
/// How many notifications the page shows.
const SHOWN: u64 = 200;

/// What one round of the post did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PostRound {
    /// Mails that were sent.
    pub sent: usize,
    /// Mails that are tried again in the next round.
    pub again: usize,
    /// Mails that are given up.
    pub given_up: usize,
}

/// What somebody was told, and what they want by mail.
#[derive(Clone, Debug, Serialize)]
pub struct NotificationsPage {
    /// What they were told, newest first.
    pub notifications: Vec<Notification>,
    /// The kinds they want by mail too.
    pub by_mail: Vec<NotificationKind>,
}

impl Workbench {
    /// Tells an account something. Nobody is told of what they do themselves; who cannot sign in is not told.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub(crate) async fn notify(
        &self,
        work: &Work,
        account: AccountId,
        kind: NotificationKind,
        address: &str,
        words: &str,
    ) -> Result<(), WorkflowError> {
        let state = work.account(account).await?.map(|(account, _)| account.state);
        let reachable = matches!(state, Some(AccountState::Active | AccountState::Invited));
        if !reachable || self.actor().account() == Some(account) {
            return Ok(());
        }
        let wanted = work.mail_wishes(account).await?.contains(&kind);
        let notification = Notification {
            id: Ctid::from_uuid(Uuid::new_v4()),
            account,
            kind,
            at: self.now(),
            address: address.to_owned(),
            words: plain(words),
            read: None,
            mailed: if wanted { Mailed::Waiting } else { Mailed::Unwanted },
            tries: 0,
        };
        Ok(work.put_notification(&notification).await?)
    }

    /// What who acts was told.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] for who has no account.
    pub async fn notifications(&self) -> Result<NotificationsPage, WorkflowError> {
        let work = self.store.read().await?;
        let account = self.acting_account(&work).await?;
        Ok(NotificationsPage {
            notifications: work.notifications(account, SHOWN).await?,
            by_mail: work.mail_wishes(account).await?,
        })
    }

    /// How much of it they have not read; none for who has no account.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn unread_notifications(&self) -> Result<u64, WorkflowError> {
        let Some(account) = self.actor().account() else { return Ok(0) };
        Ok(self.store.read().await?.unread_notifications(account).await?)
    }

    /// Marks what who acts was told as read: one thing, or all.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when nothing unread of theirs has this identifier.
    pub async fn mark_read(&self, id: Option<&Ctid>) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let account = self.acting_account(&work).await?;
        let marked = work.mark_read(account, id, self.now()).await?;
        if let (Some(id), 0) = (id, marked) {
            return Err(WorkflowError::NotFound {
                what: "unread notification",
                given: id.to_string(),
                hint: "reload the page".to_owned(),
            });
        }
        work.commit().await?;
        Ok(())
    }

    /// Says which kinds of notifications who acts wants by mail too.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] for who has no account.
    pub async fn wish_by_mail(&self, kinds: &[NotificationKind]) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let account = self.acting_account(&work).await?;
        work.replace_mail_wishes(account, kinds).await?;
        work.commit().await?;
        Ok(())
    }

    /// The account of who acts.
    pub(crate) async fn acting_account(&self, work: &Work) -> Result<AccountId, WorkflowError> {
        let account = self.actor().account().ok_or_else(|| self.forbidden(Action::OwnAccount))?;
        self.allow(work, Action::OwnAccount, About::Account(account)).await?;
        Ok(account)
    }

    /// Sends what waits to be sent, at most fifty mails, each with a link into `site` (`https://credway.example`). No
    /// work is open while the mail server is spoken to, so that nobody waits for it. Each is claimed first, so that of two
    /// servers one sends it; a mail may be sent twice when the process ends between sending it and noting so.
    ///
    /// # Errors
    /// [`WorkflowError::Store`]. A mail that cannot be sent is tried again, five times in all.
    pub async fn send_waiting(&self, mailer: &Mailer, site: &str) -> Result<PostRound, WorkflowError> {
        let mut round = PostRound::default();
        if !mailer.is_on() {
            return Ok(round);
        }
        let lost = self.now() - SENDING_AT_MOST;
        for mut waiting in self.store.read().await?.waiting_mail(lost, ONE_ROUND).await? {
            if !self.claim(&waiting).await? {
                continue;
            }
            let outcome = match self.address_of(waiting.account).await? {
                Some(to) => mailer.send(&letter(&waiting, &to, site)).await.map_err(|error| error.is_temporary()),
                None => Err(false),
            };
            match outcome {
                Ok(()) => {
                    waiting.mailed = Mailed::Sent;
                    round.sent += 1;
                }
                Err(temporary) => {
                    waiting.tries += 1;
                    if temporary && waiting.tries < MOST_TRIES {
                        waiting.mailed = Mailed::Waiting;
                        round.again += 1;
                    } else {
                        waiting.mailed = Mailed::GivenUp;
                        round.given_up += 1;
                    }
                }
            }
            let work = self.store.write().await?;
            work.note_mailed(&waiting.id, waiting.mailed, waiting.tries).await?;
            work.commit().await?;
        }
        Ok(round)
    }

    /// Takes a mail to be sent by this server; not when another one has taken it.
    async fn claim(&self, waiting: &Notification) -> Result<bool, WorkflowError> {
        let work = self.store.write().await?;
        let claimed = work.claim_mail(waiting, self.now()).await?;
        work.commit().await?;
        Ok(claimed)
    }

    /// Where an account gets mail: only while it is active.
    async fn address_of(&self, account: AccountId) -> Result<Option<EmailAddress>, WorkflowError> {
        let found = self.store.read().await?.account(account).await?.map(|(account, _)| account);
        Ok(found.filter(|account| account.state == AccountState::Active).and_then(|account| account.email))
    }
}

/// A sentence, a link, and how to have no more of it.
fn letter(told: &Notification, to: &EmailAddress, site: &str) -> Message {
    let site = site.trim_end_matches('/');
    Message {
        to: to.to_string(),
        subject: format!("Credway: {}", told.kind.label()),
        text: format!(
            "{}.\n\n{site}{}\n\nYou choose what comes by mail here: {site}/notifications\n",
            told.words, told.address
        ),
    }
}
