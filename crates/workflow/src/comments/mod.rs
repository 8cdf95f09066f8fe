//! Comment on a row: read what others said, say something, word it anew soon after, take it back.

mod mention;
mod subject;

use std::collections::BTreeSet;

use credway_model::{AccountId, Action, ChangeKind, Comment, CommentSubject, CommentText, Ctid, NotificationKind};
use credway_store::Work;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::colleagues::Colleague;
use crate::{ActorStanding, Workbench, WorkflowError};
use mention::mentions;
use subject::{Subject, about};

/// How long after it was said a comment can be worded anew.
pub const EDITABLE: SignedDuration = SignedDuration::from_mins(15);

/// A comment as people see it.
#[derive(Clone, Debug, Serialize)]
pub struct CommentLine {
    /// Identifier.
    pub id: Ctid,
    /// Who.
    pub person: String,
    /// When, ISO 8601.
    pub at: String,
    /// When it was last worded anew.
    pub edited: Option<String>,
    /// What it says; nothing once it is withdrawn.
    pub text: Option<String>,
    /// What it said before, each with until when.
    pub earlier: Vec<(String, String)>,
    /// Whether who acts may word it anew.
    pub may_edit: bool,
    /// Whether who acts may take it back.
    pub may_withdraw: bool,
}

/// The comments on a row.
#[derive(Clone, Debug, Serialize)]
pub struct CommentsPage {
    /// What they are about.
    pub subject: CommentSubject,
    /// What it is called.
    pub name: String,
    /// Where it is seen: an address of this site.
    pub address: String,
    /// The comments, oldest first.
    pub lines: Vec<CommentLine>,
    /// Whether others' comments are kept back until who acts has given their own word on the pair.
    pub hidden: bool,
    /// Who can be named.
    pub people: Vec<Colleague>,
}

impl Workbench {
    /// The comments on a row.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`], [`WorkflowError::NotFound`].
    pub async fn comments(&self, subject: &CommentSubject) -> Result<CommentsPage, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::Comment, about(subject)).await?;
        let Subject { name, address, hidden } = self.comment_subject(&work, subject).await?;
        let mut lines = Vec::new();
        for comment in work.comments(subject).await? {
            let own = self.is_author(&comment);
            if hidden && !own {
                continue;
            }
            let earlier = work.wordings(&comment.id).await?;
            lines.push(CommentLine {
                id: comment.id,
                person: comment.person.name().to_owned(),
                at: comment.at.to_string(),
                edited: comment.edited.map(|at| at.to_string()),
                earlier: earlier.into_iter().map(|(until, text)| (until.to_string(), text.to_string())).collect(),
                may_edit: own && self.is_fresh(&comment),
                may_withdraw: own && comment.withdrawn.is_none(),
                text: comment.text.map(|text| text.to_string()),
            });
        }
        let people = self.colleagues(&work, Action::Comment, about(subject)).await?;
        Ok(CommentsPage { subject: *subject, name, address, lines, hidden, people })
    }

    /// Says something about a row, and tells whom it names.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`], [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] for a text that is no
    /// comment, or that names nobody who can see it.
    pub async fn comment(&self, subject: &CommentSubject, text: &str) -> Result<Ctid, WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::Comment, about(subject)).await?;
        let on = self.comment_subject(&work, subject).await?;
        let text = comment_text(text)?;
        let named = self.named_in(&work, subject, &text).await?;
        let comment = Comment {
            id: Ctid::from_uuid(Uuid::new_v4()),
            subject: *subject,
            person: self.person().clone(),
            account: self.actor().account(),
            at: self.now(),
            edited: None,
            withdrawn: None,
            text: Some(text),
        };
        work.put_comment(&comment).await?;
        self.tell_named(&work, &on, subject, &named).await?;
        self.tell_of_comment(&work, &on, subject, "comment").await?;
        work.commit().await?;
        Ok(comment.id)
    }

    /// Words one's own comment anew, within a quarter of an hour; what it said before is kept.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when one has no such comment there; [`WorkflowError::Refused`] when it is too late,
    /// and as for a new one.
    pub async fn reword_comment(&self, subject: &CommentSubject, id: &Ctid, text: &str) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let mut comment = self.own_comment(&work, subject, id).await?;
        let on = self.comment_subject(&work, subject).await?;
        let text = comment_text(text)?;
        let Some(before) = comment.text.clone().filter(|_| self.is_fresh(&comment)) else {
            return Err(WorkflowError::Refused {
                message: "a comment can be worded anew for 15 minutes".to_owned(),
                hint: "say more in another comment, or take this one back".to_owned(),
            });
        };
        if before == text {
            return Ok(());
        }
        let already = self.named_in(&work, subject, &before).await.unwrap_or_default();
        let named = self.named_in(&work, subject, &text).await?;
        work.keep_wording(id, self.now(), &before).await?;
        comment.text = Some(text);
        comment.edited = Some(self.now());
        work.put_comment(&comment).await?;
        self.tell_named(&work, &on, subject, &named.difference(&already).copied().collect()).await?;
        self.tell_of_comment(&work, &on, subject, "comment worded anew").await?;
        work.commit().await?;
        Ok(())
    }

    /// Takes one's own comment back: its texts go, and a mark stays in its place.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when one has no such comment there, or has taken it back.
    pub async fn withdraw_comment(&self, subject: &CommentSubject, id: &Ctid) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let mut comment = self.own_comment(&work, subject, id).await?;
        let on = self.comment_subject(&work, subject).await?;
        comment.text = None;
        comment.withdrawn = Some(self.now());
        work.forget_wordings(id).await?;
        work.put_comment(&comment).await?;
        self.tell_of_comment(&work, &on, subject, "comment withdrawn").await?;
        work.commit().await?;
        Ok(())
    }

    async fn own_comment(&self, work: &Work, subject: &CommentSubject, id: &Ctid) -> Result<Comment, WorkflowError> {
        self.allow(work, Action::Comment, about(subject)).await?;
        let found = work.comment(id).await?;
        found.filter(|one| one.subject == *subject && one.withdrawn.is_none() && self.is_author(one)).ok_or_else(|| {
            WorkflowError::NotFound {
                what: "comment of yours",
                given: id.to_string(),
                hint: "reload the page".to_owned(),
            }
        })
    }

    /// Whether who acts said it: from the same account, or, at a terminal, in the same name.
    fn is_author(&self, comment: &Comment) -> bool {
        match (comment.account, self.actor().account()) {
            (Some(theirs), Some(own)) => theirs == own,
            (None, None) => *self.actor().standing() == ActorStanding::Owner && comment.person == *self.person(),
            _ => false,
        }
    }

    fn is_fresh(&self, comment: &Comment) -> bool {
        let said: Timestamp = comment.at;
        comment.withdrawn.is_none() && self.now().duration_since(said) <= EDITABLE
    }

    async fn named_in(
        &self,
        work: &Work,
        subject: &CommentSubject,
        text: &CommentText,
    ) -> Result<BTreeSet<AccountId>, WorkflowError> {
        let people = self.colleagues(work, Action::Comment, about(subject)).await?;
        mentions(text.as_str(), &people).map_err(|said| WorkflowError::Refused {
            message: said.trim_end_matches('.').to_owned(),
            hint: "nothing was written".to_owned(),
        })
    }

    async fn tell_named(
        &self,
        work: &Work,
        on: &Subject,
        subject: &CommentSubject,
        named: &BTreeSet<AccountId>,
    ) -> Result<(), WorkflowError> {
        let words = format!("{} names you in a comment on {}", self.person().name(), on.name);
        let address = format!("/comments/{subject}");
        for account in named {
            self.notify(work, *account, NotificationKind::Mentioned, &address, &words).await?;
        }
        Ok(())
    }

    /// Tells the history that there was a comment; never what it said.
    async fn tell_of_comment(
        &self,
        work: &Work,
        on: &Subject,
        subject: &CommentSubject,
        what: &str,
    ) -> Result<(), WorkflowError> {
        let kind = match subject {
            CommentSubject::Pair { .. } | CommentSubject::Objective { .. } | CommentSubject::Crosswalk(_) => {
                "crosswalk"
            }
            CommentSubject::Course(_) | CommentSubject::Outcome { .. } => "course",
            CommentSubject::Program(_) | CommentSubject::Signoff { .. } => "program",
        };
        let summary = format!("{}: {what}", on.name);
        let line = self.history_line(ChangeKind::Commented, (kind, subject.within()), &summary);
        Ok(work.append_change(&line).await?)
    }
}

fn comment_text(given: &str) -> Result<CommentText, WorkflowError> {
    CommentText::new(given)
        .map_err(|error| WorkflowError::Refused { message: error.to_string(), hint: "nothing was written".to_owned() })
}
