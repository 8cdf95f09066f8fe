//! Signing in and out: with a password and a second factor, or at the institution's own sign-in.

use askama::Template;
use axum::Form;
use axum::extract::{Extension, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use credway_model::Action;
use credway_workflow::{ElsewhereAnswer, SignInFrom, SignInRequest, SignedInBy, WorkflowError};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::guard::own_place;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::{Presence, Visit};
use crate::{SignIn, cookies};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Rule::Everybody, show)
        .post("/sign-in", Rule::Everybody, with_password)
        .get("/sign-in/second-factor", Rule::May(&[Action::OwnAccount]), show_second)
        .post("/sign-in/second-factor", Rule::May(&[Action::OwnAccount]), with_second)
        .post("/sign-in/elsewhere", Rule::Everybody, elsewhere)
        .get("/sign-in/elsewhere/return", Rule::Everybody, back)
        .post("/sign-out", Rule::Everybody, out)
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInTemplate {
    page: Page,
    to: String,
    email: String,
    wrong: Option<String>,
    elsewhere: Option<String>,
    signed_out: bool,
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactorTemplate {
    page: Page,
    to: String,
    wrong: Option<String>,
}

#[derive(Deserialize)]
struct To {
    #[serde(default)]
    to: String,
    #[serde(default)]
    out: String,
}

async fn show(visit: Visit, Query(To { to, out }): Query<To>) -> Answer {
    must_have_accounts(&visit)?;
    if matches!(visit.presence(), Presence::SignedIn(_)) {
        return Ok(Redirect::to(&own_place(&to)).into_response());
    }
    let page = Page::new(&visit, Section::None, "Sign in").await?;
    let elsewhere = visit.sign_on().map(|sign_on| sign_on.name.clone());
    let signed_out = out == "yes";
    render(&SignInTemplate { page, to: own_place(&to), email: String::new(), wrong: None, elsewhere, signed_out })
}

#[derive(Deserialize)]
struct PasswordForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    to: String,
}

async fn with_password(visit: Visit, Extension(from): Extension<SignInFrom>, Form(form): Form<PasswordForm>) -> Answer {
    must_have_accounts(&visit)?;
    let request = SignInRequest { email: form.email.clone(), password: form.password };
    match visit.workbench().sign_in(request, &from).await {
        Ok(done) => {
            visit.metrics().sign_in(SignIn::Done);
            Ok(let_in(&visit, &done, &form.to))
        }
        Err(error @ (WorkflowError::SignIn | WorkflowError::Wait { .. })) => {
            visit.metrics().sign_in(SignIn::Refused);
            let status = status_of(&error);
            let wrong = Some(match error {
                WorkflowError::SignIn => "The e-mail address or the password is not right.".to_owned(),
                other => crate::words::capital(&format!("{other}.")),
            });
            let page = Page::new(&visit, Section::None, "Sign in: not right yet").await?;
            let elsewhere = visit.sign_on().map(|sign_on| sign_on.name.clone());
            let email = form.email.chars().take(254).collect();
            let to = own_place(&form.to);
            let html = SignInTemplate { page, to, email, wrong, elsewhere, signed_out: false }.render()?;
            Ok((status, Html(html)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

const fn status_of(error: &WorkflowError) -> StatusCode {
    match error {
        WorkflowError::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Gives the browser its session and sends it on: to the second factor, to setting one up, or to where it wanted to go.
pub(super) fn let_in(visit: &Visit, done: &SignedInBy, to: &str) -> Response {
    let place = own_place(to);
    let next = match (done.device.is_some(), done.must_enrol) {
        (true, _) => place,
        (false, true) => "/account/second-factor".to_owned(),
        (false, false) => format!("/sign-in/second-factor?to={}", crate::guard::url_part(&place)),
    };
    let mut response = Redirect::to(&next).into_response();
    keep(visit, &mut response, done);
    response
}

/// Has the browser keep what came of signing in.
pub(super) fn keep(visit: &Visit, response: &mut Response, done: &SignedInBy) {
    cookies::keep_session(visit.state(), response, done.session.secret.reveal(), done.session.seconds);
    if let Some(device) = &done.device {
        cookies::keep_device(visit.state(), response, device.reveal());
    }
}

async fn show_second(visit: Visit, Query(To { to, .. }): Query<To>) -> Answer {
    visit.half_way()?;
    let page = Page::new(&visit, Section::None, "Second factor").await?;
    render(&SecondFactorTemplate { page, to: own_place(&to), wrong: None })
}

#[derive(Deserialize)]
struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    to: String,
}

async fn with_second(
    visit: Visit,
    Extension(from): Extension<SignInFrom>,
    headers: HeaderMap,
    Form(form): Form<CodeForm>,
) -> Answer {
    let half = visit.half_way()?.clone();
    let secret = cookies::session(visit.state(), &headers).unwrap_or_default();
    match visit.workbench().second_factor(&half, &secret, &form.code, &from).await {
        Ok(done) => {
            visit.metrics().sign_in(SignIn::Done);
            Ok(let_in(&visit, &done, &form.to))
        }
        Err(error @ (WorkflowError::SignIn | WorkflowError::Wait { .. })) => {
            visit.metrics().sign_in(SignIn::Refused);
            let status = status_of(&error);
            let wrong = Some(match error {
                WorkflowError::SignIn => {
                    "This code is not right, or was used already. Each is good once, for half a minute.".to_owned()
                }
                other => crate::words::capital(&format!("{other}.")),
            });
            let page = Page::new(&visit, Section::None, "Second factor: not right yet").await?;
            let html = SecondFactorTemplate { page, to: own_place(&form.to), wrong }.render()?;
            Ok((status, Html(html)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct ElsewhereForm {
    #[serde(default)]
    to: String,
}

async fn elsewhere(visit: Visit, Form(form): Form<ElsewhereForm>) -> Answer {
    let Some(sign_on) = visit.sign_on() else { return Err(Failure::no_such_page("/sign-in/elsewhere")) };
    let browser = credway_workflow::fresh_secret()?;
    let address = visit.workbench().begin_elsewhere(sign_on, &own_place(&form.to), browser.reveal()).await?;
    let mut response = Redirect::to(&address).into_response();
    cookies::keep_elsewhere(visit.state(), &mut response, browser.reveal());
    Ok(response)
}

async fn back(
    visit: Visit,
    Extension(from): Extension<SignInFrom>,
    headers: HeaderMap,
    Query(answer): Query<ElsewhereAnswer>,
) -> Answer {
    let Some(sign_on) = visit.sign_on() else { return Err(Failure::no_such_page("/sign-in/elsewhere/return")) };
    let browser = cookies::elsewhere(visit.state(), &headers).unwrap_or_default();
    let done = visit.workbench().finish_elsewhere(sign_on, &answer, &browser, &from).await;
    let mut response = match done {
        Ok((done, to)) => {
            visit.metrics().sign_in(SignIn::Done);
            let_in(&visit, &done, &to)
        }
        Err(error) => {
            visit.metrics().sign_in(SignIn::Refused);
            Failure::from(error).into_response()
        }
    };
    cookies::forget_elsewhere(visit.state(), &mut response);
    Ok(response)
}

async fn out(visit: Visit, headers: HeaderMap) -> Answer {
    if let Some(secret) = cookies::session(visit.state(), &headers) {
        visit.workbench().sign_out(&secret).await?;
    }
    let mut response = Redirect::to("/sign-in?out=yes").into_response();
    cookies::forget_session(visit.state(), &mut response);
    Ok(response)
}

/// A site without accounts has no such pages.
pub(super) fn must_have_accounts(visit: &Visit) -> Result<(), Failure> {
    if visit.settings().accounts { Ok(()) } else { Err(Failure::no_such_page("/sign-in")) }
}
