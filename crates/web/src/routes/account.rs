//! One's own account: who one is here, sessions, password, second factor, tokens for programs.

use askama::Template;
use axum::Form;
use axum::extract::{Extension, Path};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use credway_model::Action;
use credway_workflow::{AccountPage, EnrolmentPage, SignInFrom, TokenRequest, WorkflowError};
use serde::Deserialize;

use super::sign_in::keep;
use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render_secret};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const OWN: Rule = Rule::May(&[Action::OwnAccount]);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/account", OWN, show)
        .post("/account/password", OWN, password)
        .get("/account/second-factor", OWN, enrol)
        .post("/account/second-factor", OWN, confirm)
        .post("/account/recovery-codes", OWN, renew_codes)
        .post("/account/sessions/end", OWN, end_session)
        .post("/account/sessions/end-others", OWN, end_others)
        .post("/account/tokens", OWN, make_token)
        .post("/account/tokens/{id}/revoke", OWN, revoke_token)
}

/// An act a token may be limited to.
struct Scope {
    word: &'static str,
    label: &'static str,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountTemplate {
    page: Page,
    account: AccountPage,
    scopes: Vec<Scope>,
    wrong: Option<String>,
    said: Option<String>,
}

#[derive(Template)]
#[template(path = "enrol.html")]
struct EnrolTemplate {
    page: Page,
    enrolment: EnrolmentPage,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct CodesTemplate {
    page: Page,
    codes: Vec<String>,
}

#[derive(Template)]
#[template(path = "new_token.html")]
struct TokenTemplate {
    page: Page,
    name: String,
    secret: String,
}

async fn show(visit: Visit) -> Answer {
    account_page(&visit, None, None).await
}

async fn account_page(visit: &Visit, wrong: Option<String>, said: Option<String>) -> Answer {
    let account = visit.workbench().own_account(visit.signed_in()?).await?;
    let page = Page::new(visit, Section::None, "Your account").await?;
    let scopes = scopes().map(|action| Scope { word: action.word(), label: action.label() }).collect();
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = AccountTemplate { page, account, scopes, wrong, said }.render()?;
    Ok((status, Html(html)).into_response())
}

/// The acts a token can be good for: what the interface for programs offers.
fn scopes() -> impl Iterator<Item = Action> {
    let offered = [
        Action::ReadCatalogue,
        Action::ReadShared,
        Action::ReadCrosswalk,
        Action::ReadHistory,
        Action::ReadFindings,
        Action::Review,
        Action::Comment,
        Action::Export,
    ];
    offered.into_iter()
}

#[derive(Deserialize)]
struct PasswordForm {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

async fn password(visit: Visit, Extension(from): Extension<SignInFrom>, Form(form): Form<PasswordForm>) -> Answer {
    let who = visit.signed_in()?.clone();
    if form.new != form.again {
        return account_page(&visit, Some("The two new passwords differ. Nothing was changed.".to_owned()), None).await;
    }
    match visit.workbench().change_password(&who, form.old, form.new, &from).await {
        Ok(()) => {
            let said =
                "Your password was changed; all your other sessions, your tokens and links have ended.".to_owned();
            account_page(&visit, None, Some(said)).await
        }
        Err(WorkflowError::SignIn) => {
            account_page(&visit, Some("The old password is not right. Nothing was changed.".to_owned()), None).await
        }
        Err(WorkflowError::Refused { hint, .. }) => {
            let wrong = format!("The new password cannot be taken: {hint}. Nothing was changed.");
            account_page(&visit, Some(wrong), None).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn enrol(visit: Visit) -> Answer {
    let enrolment = visit.workbench().begin_second_factor(visit.half_way()?).await?;
    let page = Page::new(&visit, Section::None, "Set up your second factor").await?;
    render_secret(&EnrolTemplate { page, enrolment, wrong: None })
}

#[derive(Deserialize)]
struct ConfirmForm {
    #[serde(default)]
    sealed: String,
    #[serde(default)]
    code: String,
    /// A code of the second factor that there is, where this one takes its place.
    #[serde(default)]
    proof: String,
}

async fn confirm(visit: Visit, Extension(from): Extension<SignInFrom>, Form(form): Form<ConfirmForm>) -> Answer {
    let who = visit.half_way()?.clone();
    let codes = (form.code.as_str(), form.proof.as_str());
    match visit.workbench().confirm_second_factor(&who, &form.sealed, codes, &from).await {
        Ok(codes) => {
            let page = Page::new(&visit, Section::None, "Your recovery codes").await?;
            let mut response = render_secret(&CodesTemplate { page, codes: codes.codes })?;
            if let Some(done) = &codes.session {
                keep(&visit, &mut response, done);
            }
            Ok(response)
        }
        Err(error @ (WorkflowError::SignIn | WorkflowError::Wait { .. } | WorkflowError::Refused { .. })) => {
            // A new secret: one that was typed wrongly is not to be guessed at.
            let enrolment = visit.workbench().begin_second_factor(&who).await?;
            let page = Page::new(&visit, Section::None, "Set up your second factor: not right yet").await?;
            let wrong = Some(match error {
                WorkflowError::SignIn if enrolment.replaces => {
                    "One of the two codes is not right, or was used before. Scan the new picture below, type the code your \
                     app shows for it now, and a code of the second factor you have."
                        .to_owned()
                }
                WorkflowError::SignIn => {
                    "This code is not right. Scan the new picture below and type the code your app shows now."
                        .to_owned()
                }
                other => crate::words::capital(&format!("{other}.")),
            });
            let mut response = render_secret(&EnrolTemplate { page, enrolment, wrong })?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct ProofForm {
    #[serde(default)]
    proof: String,
}

/// What is said where what was shown again is not right.
fn not_shown(error: WorkflowError, what: &str) -> Result<String, WorkflowError> {
    match error {
        WorkflowError::SignIn => {
            Ok(format!("The code or password is not right, or the code was used before: wait for the next one. {what}"))
        }
        WorkflowError::Refused { message, hint } => Ok(crate::words::capital(&format!("{message}: {hint}."))),
        wait @ WorkflowError::Wait { .. } => Ok(crate::words::capital(&format!("{wait}."))),
        other => Err(other),
    }
}

async fn renew_codes(visit: Visit, Extension(from): Extension<SignInFrom>, Form(form): Form<ProofForm>) -> Answer {
    let codes = match visit.workbench().renew_recovery_codes(visit.signed_in()?, &form.proof, &from).await {
        Ok(codes) => codes,
        Err(error) => {
            let wrong = not_shown(error, "The recovery codes stay as they were.")?;
            return account_page(&visit, Some(wrong), None).await;
        }
    };
    let page = Page::new(&visit, Section::None, "Your recovery codes").await?;
    render_secret(&CodesTemplate { page, codes: codes.codes })
}

#[derive(Deserialize)]
struct SessionForm {
    #[serde(default)]
    mark: String,
}

async fn end_session(visit: Visit, Form(form): Form<SessionForm>) -> Answer {
    visit.workbench().end_own_session(visit.signed_in()?, &form.mark).await?;
    Ok(Redirect::to("/account").into_response())
}

async fn end_others(visit: Visit) -> Answer {
    visit.workbench().end_other_sessions(visit.signed_in()?).await?;
    Ok(Redirect::to("/account").into_response())
}

async fn make_token(
    visit: Visit,
    Extension(from): Extension<SignInFrom>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let chosen: Vec<Action> =
        fields.iter().filter(|(field, _)| field == "scope").filter_map(|(_, word)| Action::read(word)).collect();
    if chosen.iter().any(|action| !scopes().any(|offered| offered == *action)) {
        return Err(Failure::refused("A token cannot be good for this act.", "Choose among those offered."));
    }
    let request = TokenRequest {
        name: value("name").unwrap_or_default().to_owned(),
        scopes: chosen,
        days: value("days").and_then(|days| days.parse().ok()).unwrap_or(0),
    };
    let proof = value("proof").unwrap_or_default();
    match visit.workbench().make_token(visit.signed_in()?, &request, proof, &from).await {
        Ok(token) => {
            let page = Page::new(&visit, Section::None, "Your new token").await?;
            render_secret(&TokenTemplate { page, name: token.name.clone(), secret: token.secret.reveal().to_owned() })
        }
        Err(error) => account_page(&visit, Some(not_shown(error, "No token was made.")?), None).await,
    }
}

async fn revoke_token(visit: Visit, Path(id): Path<String>) -> Answer {
    visit.workbench().revoke_token(visit.signed_in()?, &id).await?;
    Ok(Redirect::to("/account").into_response())
}
