//! The comments on a row: plain text, escaped, its lines kept; nothing in it becomes a link.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, CommentSubject, CommentText, Ctid};
use credway_workflow::{CommentsPage, WorkflowError};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

pub(crate) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[Action::Comment]);
    Routes::new()
        .get("/comments/{subject}", RULE, show)
        .post("/comments/{subject}", RULE, say)
        .post("/comments/{subject}/edit", RULE, reword)
        .post("/comments/{subject}/withdraw", RULE, withdraw)
}

/// What was written and could not be taken.
#[derive(Default)]
struct Draft {
    /// The comment it was to word anew; a new one otherwise.
    of: Option<Ctid>,
    text: String,
    fault: Option<String>,
}

impl Draft {
    /// What was written for a new comment.
    fn new_text(&self) -> &str {
        if self.of.is_none() { &self.text } else { "" }
    }

    fn new_fault(&self) -> Option<&str> {
        if self.of.is_none() { self.fault.as_deref() } else { None }
    }

    fn fault_of(&self, id: &Ctid) -> Option<&str> {
        if self.of == Some(*id) { self.fault.as_deref() } else { None }
    }

    /// What stands in the field to word a comment anew.
    fn text_of<'a>(&'a self, id: &Ctid, now: &'a str) -> &'a str {
        if self.of == Some(*id) { &self.text } else { now }
    }
}

#[derive(Template)]
#[template(path = "comments.html")]
struct CommentsTemplate {
    page: Page,
    view: CommentsPage,
    draft: Draft,
    longest: usize,
}

fn subject_of(given: &str) -> Result<CommentSubject, Failure> {
    given.parse().map_err(|_| Failure::no_such_page("/comments/…"))
}

async fn page_of(visit: &Visit, subject: &CommentSubject, draft: Draft) -> Answer {
    let view = visit.workbench().comments(subject).await?;
    let page = Page::new(visit, Section::None, format!("Comments on {}", view.name)).await?;
    let faulty = draft.fault.is_some();
    let mut answer = render(&CommentsTemplate { page, view, draft, longest: CommentText::LONGEST })?;
    if faulty {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

async fn show(visit: Visit, Path(subject): Path<String>) -> Answer {
    page_of(&visit, &subject_of(&subject)?, Draft::default()).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CommentForm {
    id: String,
    text: String,
    /// A person chosen from the list, named at the end.
    mention: String,
}

impl CommentForm {
    fn id(&self) -> Result<Ctid, Failure> {
        self.id.parse().map_err(|_| Failure::refused("The form names no comment.", "Reload the page and try again."))
    }
}

async fn say(visit: Visit, Path(subject): Path<String>, Form(form): Form<CommentForm>) -> Answer {
    let subject = subject_of(&subject)?;
    let name = form.mention.trim();
    let text = if name.is_empty() { form.text } else { format!("{}\n@{name}", form.text.trim_end()) };
    let said = visit.workbench().comment(&subject, &text).await.map(drop);
    answer(&visit, &subject, said, Draft { of: None, text, fault: None }).await
}

async fn reword(visit: Visit, Path(subject): Path<String>, Form(form): Form<CommentForm>) -> Answer {
    let (subject, id) = (subject_of(&subject)?, form.id()?);
    let said = visit.workbench().reword_comment(&subject, &id, &form.text).await;
    answer(&visit, &subject, said, Draft { of: Some(id), text: form.text, fault: None }).await
}

async fn withdraw(visit: Visit, Path(subject): Path<String>, Form(form): Form<CommentForm>) -> Answer {
    let (subject, id) = (subject_of(&subject)?, form.id()?);
    visit.workbench().withdraw_comment(&subject, &id).await?;
    Ok(Redirect::to(&format!("/comments/{subject}")).into_response())
}

/// Back to the comments, or the same page with what was written and what is wrong with it.
async fn answer(visit: &Visit, subject: &CommentSubject, said: Result<(), WorkflowError>, draft: Draft) -> Answer {
    match said {
        Ok(()) => Ok(Redirect::to(&format!("/comments/{subject}")).into_response()),
        Err(WorkflowError::Refused { message, .. }) => {
            page_of(visit, subject, Draft { fault: Some(format!("{}.", words::capital(&message))), ..draft }).await
        }
        Err(error) => Err(error.into()),
    }
}
