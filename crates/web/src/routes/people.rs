//! The people of an institution: who they are, what they are where, invitations, and what roles may do.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use credway_model::{AccountId, AccountState, Action, Ctid, Grant, Role};
use credway_workflow::{InviteRequest, NewLink, PeoplePage, WorkflowError};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render, render_secret};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const KEEP: Rule = Rule::May(&[Action::ManagePeople]);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/people", Rule::May(&[Action::ReadPeople]), show)
        .get("/people/roles", Rule::May(&[Action::ReadPeople]), roles)
        .post("/people/invite", KEEP, invite)
        .post("/people/{id}/link", KEEP, link)
        .post("/people/{id}/give", KEEP, give)
        .post("/people/{id}/take", KEEP, take)
        .post("/people/{id}/suspend", KEEP, suspend)
        .post("/people/{id}/reinstate", KEEP, reinstate)
        .post("/people/{id}/erase", KEEP, erase)
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeopleTemplate {
    page: Page,
    view: PeoplePage,
    roles: &'static [Role],
    name: String,
    email: String,
    wrong: Option<String>,
}

impl PeopleTemplate {
    fn state(state: &AccountState) -> &'static str {
        match state {
            AccountState::Invited => "Invited, not yet come",
            AccountState::Active => "Active",
            AccountState::Suspended => "Suspended",
            AccountState::Erased => "Data taken away",
        }
    }
}

#[derive(Template)]
#[template(path = "new_link.html")]
struct LinkTemplate {
    page: Page,
    address: String,
    expires: String,
}

#[derive(Template)]
#[template(path = "roles.html")]
struct RolesTemplate {
    page: Page,
    roles: &'static [Role],
    rows: Vec<(&'static str, Vec<&'static str>)>,
}

async fn show(visit: Visit) -> Answer {
    people_page(&visit, (String::new(), String::new()), None).await
}

async fn people_page(visit: &Visit, (name, email): (String, String), wrong: Option<String>) -> Answer {
    let view = visit.workbench().people().await?;
    let page = Page::new(visit, Section::People, "People").await?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = PeopleTemplate { page, view, roles: Role::ALL, name, email, wrong }.render()?;
    Ok((status, Html(html)).into_response())
}

async fn roles(visit: Visit) -> Answer {
    let rows = visit.workbench().roles_table().await?;
    let page = Page::new(&visit, Section::People, "What roles may do").await?;
    render(&RolesTemplate { page, roles: Role::ALL, rows })
}

#[derive(Deserialize)]
struct InviteForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    institution: String,
    #[serde(default)]
    program: String,
    /// Something where words that are kept under the name are said to be the person's own.
    #[serde(default)]
    takes_words: String,
}

/// The role a form gives, and where it holds.
fn grant(role: &str, institution: &str, program: &str) -> Result<Grant, Failure> {
    let refuse = |what: &str| Failure::refused(what.to_owned(), "Go back and choose from the lists.");
    let role = Role::read(role).ok_or_else(|| refuse("The form names no role."))?;
    let institution: Ctid = institution.parse().map_err(|_| refuse("The form names no institution."))?;
    let program = match program {
        "" => None,
        given => Some(given.parse().map_err(|_| refuse("The form names no program."))?),
    };
    Ok(Grant { role, institution, program })
}

async fn invite(visit: Visit, Form(form): Form<InviteForm>) -> Answer {
    let grants = vec![grant(&form.role, &form.institution, &form.program)?];
    let takes_words = !form.takes_words.is_empty();
    let request = InviteRequest { name: form.name.clone(), email: form.email.clone(), grants, takes_words };
    match visit.workbench().invite(&request).await {
        Ok(link) => link_page(&visit, &link).await,
        Err(WorkflowError::Refused { message, hint }) => {
            let wrong = crate::words::capital(&format!("{message}: {hint}."));
            people_page(&visit, (form.name, form.email), Some(wrong)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn link_page(visit: &Visit, link: &NewLink) -> Answer {
    let page = Page::new(visit, Section::People, "A link to hand over").await?;
    let origin = visit.settings().origin(visit.address());
    let address = format!("{origin}/invitation#{}", link.secret.reveal());
    render_secret(&LinkTemplate { page, address, expires: link.expires.clone() })
}

fn account(id: &str) -> Result<AccountId, Failure> {
    id.parse().map_err(|_| Failure::no_such_page("/people"))
}

async fn link(visit: Visit, Path(id): Path<String>) -> Answer {
    let link = visit.workbench().new_invitation(account(&id)?).await?;
    link_page(&visit, &link).await
}

#[derive(Deserialize)]
struct GrantForm {
    #[serde(default)]
    role: String,
    #[serde(default)]
    institution: String,
    #[serde(default)]
    program: String,
}

async fn give(visit: Visit, Path(id): Path<String>, Form(form): Form<GrantForm>) -> Answer {
    visit.workbench().give(account(&id)?, grant(&form.role, &form.institution, &form.program)?).await?;
    Ok(Redirect::to("/people").into_response())
}

async fn take(visit: Visit, Path(id): Path<String>, Form(form): Form<GrantForm>) -> Answer {
    visit.workbench().take(account(&id)?, grant(&form.role, &form.institution, &form.program)?).await?;
    Ok(Redirect::to("/people").into_response())
}

#[derive(Deserialize)]
struct ReasonForm {
    #[serde(default)]
    reason: String,
}

async fn suspend(visit: Visit, Path(id): Path<String>, Form(form): Form<ReasonForm>) -> Answer {
    visit.workbench().suspend(account(&id)?, &form.reason).await?;
    Ok(Redirect::to("/people").into_response())
}

async fn reinstate(visit: Visit, Path(id): Path<String>) -> Answer {
    visit.workbench().reinstate(account(&id)?).await?;
    Ok(Redirect::to("/people").into_response())
}

async fn erase(visit: Visit, Path(id): Path<String>, Form(form): Form<ReasonForm>) -> Answer {
    visit.workbench().erase_person(account(&id)?, &form.reason).await?;
    Ok(Redirect::to("/people").into_response())
}
