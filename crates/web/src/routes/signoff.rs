//! One sign-off: what is signed, who signed it, and the forms to begin, sign, return and reopen.

mod forms;

use askama::Template;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, Ctid};
use credway_workflow::{SignoffPage, SignoffPreparation};

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::crosswalk_id;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use forms::{BeginForm, ReasonForm, ReturnForm, SignForm, right_value, right_words};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/signoffs/{id}", Rule::May(&[Action::ReadCrosswalk]), show)
        .post("/signoffs/{id}/sign", Rule::May(&[Action::Sign]), sign)
        .post("/signoffs/{id}/return", Rule::May(&[Action::Sign]), send_back)
        .post("/signoffs/{id}/reopen", Rule::May(&[Action::BeginSignoff]), reopen)
        .get("/crosswalks/{id}/signoff", Rule::May(&[Action::BeginSignoff]), prepare)
        .post("/crosswalks/{id}/signoff", Rule::May(&[Action::BeginSignoff]), begin)
}

#[derive(Template)]
#[template(path = "signoff.html")]
struct SignoffTemplate {
    page: Page,
    signoff: SignoffPage,
    /// Today, as the field for a day takes it.
    today: String,
}

impl SignoffTemplate {
    /// The ways in which one may sign: value and words.
    fn rights(&self) -> Vec<(String, String)> {
        self.signoff.rights.iter().map(|right| (right_value(right), right_words(right))).collect()
    }

    /// The steps it can be returned to: number and title.
    fn earlier(&self) -> Vec<(usize, String)> {
        let steps = self.signoff.steps.iter().take(self.signoff.turn.unwrap_or(0));
        steps.map(|step| step.title.clone()).enumerate().collect()
    }
}

#[derive(Template)]
#[template(path = "signoff_begin.html")]
struct BeginTemplate {
    page: Page,
    preparation: SignoffPreparation,
}

fn signoff_id(given: &str) -> Result<Ctid, Failure> {
    given.parse().map_err(|error: credway_model::CtidError| Failure {
        heading: "There is no such sign-off".to_owned(),
        message: format!("The address names no sign-off: {error}."),
        hint: "Open it from the list of sign-offs.".to_owned(),
        ..Failure::no_such_page(given)
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let signoff = visit.workbench().signoff(&signoff_id(&id)?).await?;
    let title = format!("Sign-off of {} × {}", signoff.head.program.name, signoff.head.blueprint.name);
    let page = Page::new(&visit, Section::Signoffs, title).await?;
    render(&SignoffTemplate { page, signoff, today: visit.workbench().current_day().to_string() })
}

async fn sign(visit: Visit, Path(id): Path<String>, Form(form): Form<SignForm>) -> Answer {
    let id = signoff_id(&id)?;
    visit.workbench().sign_signoff(&id, form.request()?).await?;
    Ok(Redirect::to(&format!("/signoffs/{id}")).into_response())
}

async fn send_back(visit: Visit, Path(id): Path<String>, Form(form): Form<ReturnForm>) -> Answer {
    let id = signoff_id(&id)?;
    let (to, reason) = form.read()?;
    visit.workbench().return_signoff(&id, to, reason).await?;
    Ok(Redirect::to(&format!("/signoffs/{id}")).into_response())
}

async fn reopen(visit: Visit, Path(id): Path<String>, Form(form): Form<ReasonForm>) -> Answer {
    let id = signoff_id(&id)?;
    visit.workbench().reopen_signoff(&id, form.read()?).await?;
    Ok(Redirect::to(&format!("/signoffs/{id}")).into_response())
}

async fn prepare(visit: Visit, Path(id): Path<String>) -> Answer {
    let preparation = visit.workbench().prepare_signoff(&crosswalk_id(&id)?).await?;
    let title = format!("Begin the sign-off of {} × {}", preparation.program.name, preparation.blueprint.name);
    let page = Page::new(&visit, Section::Signoffs, title).await?;
    render(&BeginTemplate { page, preparation })
}

async fn begin(visit: Visit, Path(id): Path<String>, Form(form): Form<BeginForm>) -> Answer {
    let (digest, reason) = form.read()?;
    let signoff = visit.workbench().begin_signoff(&crosswalk_id(&id)?, Some(&digest), reason).await?;
    Ok(Redirect::to(&format!("/signoffs/{signoff}")).into_response())
}
