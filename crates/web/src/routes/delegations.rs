//! Delegations: whom I let sign for me, for whom I may sign, and the forms to give and to withdraw.

use askama::Template;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, Ctid, Role};
use credway_workflow::{DelegableRole, DelegateRequest, Delegations};
use jiff::civil::Date;
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/signoffs/delegations", Rule::May(&[Action::Sign]), show)
        .post("/signoffs/delegations", Rule::May(&[Action::Sign]), give)
        .post("/signoffs/delegations/{id}/withdraw", Rule::May(&[Action::Sign]), withdraw)
}

#[derive(Template)]
#[template(path = "delegations.html")]
struct DelegationsTemplate {
    page: Page,
    delegations: Delegations,
    today: String,
}

/// How a role and its place are written in the form.
fn role_value(role: &DelegableRole) -> String {
    let program = role.grant.program.map(|program| program.to_string()).unwrap_or_default();
    format!("{}/{}/{program}", role.grant.role.word(), role.grant.institution)
}

async fn show(visit: Visit) -> Answer {
    let page = Page::new(&visit, Section::Signoffs, "Delegations").await?;
    let delegations = visit.workbench().delegations().await?;
    render(&DelegationsTemplate { page, delegations, today: visit.workbench().current_day().to_string() })
}

#[derive(Deserialize)]
struct GiveForm {
    #[serde(default)]
    to: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    first: String,
    #[serde(default)]
    last: String,
}

impl GiveForm {
    fn request(self) -> Result<DelegateRequest, Failure> {
        let refuse = |what: String| Failure::refused(what, "Go back and correct it; nothing was given.");
        let day = |given: &str| {
            given.trim().parse::<Date>().map_err(|_| refuse(format!("“{given}” is no day; write it as YYYY-MM-DD.")))
        };
        let no_role = || refuse("The form names no role of yours.".to_owned());
        let mut parts = self.role.split('/');
        let role = parts.next().and_then(Role::read).ok_or_else(no_role)?;
        let institution: Ctid = parts.next().and_then(|id| id.parse().ok()).ok_or_else(no_role)?;
        let program = match parts.next() {
            None | Some("") => None,
            Some(id) => Some(id.parse().map_err(|_| no_role())?),
        };
        Ok(DelegateRequest {
            to: self.to,
            role,
            institution,
            program,
            first: day(&self.first)?,
            last: day(&self.last)?,
        })
    }
}

async fn give(visit: Visit, Form(form): Form<GiveForm>) -> Answer {
    visit.workbench().delegate(&form.request()?).await?;
    Ok(Redirect::to("/signoffs/delegations").into_response())
}

async fn withdraw(visit: Visit, Path(id): Path<String>) -> Answer {
    visit.workbench().withdraw_delegation(&id).await?;
    Ok(Redirect::to("/signoffs/delegations").into_response())
}
