//! Invitations: the page a one-time link leads to. The link's secret stands after `#`, which browsers do not send; a script
//! puts it into the form, and without scripts it is pasted.

use askama::Template;
use axum::Form;
use axum::extract::Extension;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use credway_workflow::{InvitationPage, SignInFrom, WorkflowError};
use serde::Deserialize;

use super::sign_in::{let_in, must_have_accounts};
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/invitation", Rule::Everybody, ask).post("/invitation", Rule::Everybody, show).post(
        "/invitation/accept",
        Rule::Everybody,
        accept,
    )
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct CodeTemplate {
    page: Page,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "invitation_accept.html")]
struct AcceptTemplate {
    page: Page,
    code: String,
    invitation: InvitationPage,
    name: String,
    email: String,
    wrong: Option<String>,
}

async fn ask(visit: Visit) -> Answer {
    must_have_accounts(&visit)?;
    let page = Page::new(&visit, Section::None, "Your invitation").await?;
    render(&CodeTemplate { page, wrong: None })
}

#[derive(Deserialize)]
struct CodeForm {
    #[serde(default)]
    code: String,
}

async fn show(visit: Visit, Form(CodeForm { code }): Form<CodeForm>) -> Answer {
    must_have_accounts(&visit)?;
    match visit.workbench().invitation(code.trim()).await {
        Ok(invitation) => {
            let title = if invitation.reset { "Choose a new password" } else { "Welcome" };
            let page = Page::new(&visit, Section::None, title).await?;
            let (name, email) = (String::new(), String::new());
            render(&AcceptTemplate { page, code: code.trim().to_owned(), invitation, name, email, wrong: None })
        }
        Err(WorkflowError::NotFound { hint, .. }) => {
            let page = Page::new(&visit, Section::None, "Your invitation: not right yet").await?;
            let wrong = Some(format!("This code is not good: {hint}."));
            let html = CodeTemplate { page, wrong }.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct AcceptForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

async fn accept(visit: Visit, Extension(from): Extension<SignInFrom>, Form(form): Form<AcceptForm>) -> Answer {
    must_have_accounts(&visit)?;
    let invitation = visit.workbench().invitation(&form.code).await?;
    let done = if form.password == form.again {
        visit.workbench().accept_invitation(&form.code, (&form.name, &form.email), form.password, &from).await
    } else {
        Err(WorkflowError::Refused {
            message: "the two passwords differ".to_owned(),
            hint: "type the same one twice".to_owned(),
        })
    };
    match done {
        Ok(done) => Ok(let_in(&visit, &done, "/")),
        Err(WorkflowError::Refused { message, hint }) => {
            let page = Page::new(&visit, Section::None, "Welcome: not right yet").await?;
            let wrong = Some(crate::words::capital(&format!("{message}: {hint}.")));
            let html = AcceptTemplate { page, code: form.code, invitation, name: form.name, email: form.email, wrong }
                .render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
