//! Sheets of skills: shared with an employer by who answers for the program, read and answered to by the employer.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, BallotWord, Ctid, Text};
use credway_workflow::{SharedLine, SharesPage, SheetPage};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::crosswalk_id;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(crate) fn routes() -> Routes {
    const READ: Rule = Rule::May(&[Action::ReadSheet]);
    const SHARE: Rule = Rule::May(&[Action::ShareSheet]);
    Routes::new()
        .get("/shared", READ, list)
        .get("/shared/{id}", Rule::May(&[Action::ReadSheet, Action::ShareSheet]), show)
        .post("/shared/{id}/say", Rule::May(&[Action::Comment]), say)
        .get("/crosswalks/{id}/shares", SHARE, shares)
        .post("/crosswalks/{id}/shares", SHARE, share)
        .post("/shares/{id}/revoke", SHARE, revoke)
}

/// A share's identifier; what is none is answered as a share that is not there.
fn share_id(given: &str) -> Result<Ctid, Failure> {
    given.parse().map_err(|_| Failure::no_such_page("/shared/…"))
}

#[derive(Template)]
#[template(path = "shared.html")]
struct ListTemplate {
    page: Page,
    lines: Vec<SharedLine>,
}

async fn list(visit: Visit) -> Answer {
    let lines = visit.workbench().shared_with_me().await?;
    let page = Page::new(&visit, Section::Shared, "Shared with you").await?;
    render(&ListTemplate { page, lines })
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct SheetTemplate {
    page: Page,
    sheet: SheetPage,
    choices: [BallotWord; 3],
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let sheet = visit.workbench().sheet(&share_id(&id)?).await?;
    let page = Page::new(&visit, Section::Shared, format!("Skills: {}", sheet.program)).await?;
    render(&SheetTemplate { page, sheet, choices: BallotWord::ALL })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SayForm {
    row: String,
    word: String,
    note: String,
}

async fn say(visit: Visit, Path(id): Path<String>, Form(form): Form<SayForm>) -> Answer {
    let id = share_id(&id)?;
    let wrong = |what: String| Failure::refused(what, "Go back and correct it; nothing was written.");
    let row: Ctid = form.row.parse().map_err(|_| wrong("The form names no row.".to_owned()))?;
    let word = BallotWord::read(&form.word).ok_or_else(|| wrong("Choose what you say about the row.".to_owned()))?;
    let note = match form.note.trim() {
        "" => None,
        given if given.chars().count() > 1_000 => {
            return Err(wrong("The note has more than 1,000 characters.".to_owned()));
        }
        given => Some(Text::new(given).map_err(|error| wrong(format!("The note cannot be taken: {error}.")))?),
    };
    visit.workbench().cast_ballot(&id, row, word, note).await?;
    Ok(Redirect::to(&format!("/shared/{id}#row-{row}")).into_response())
}

#[derive(Template)]
#[template(path = "shares.html")]
struct SharesTemplate {
    page: Page,
    view: SharesPage,
}

async fn shares(visit: Visit, Path(id): Path<String>) -> Answer {
    let view = visit.workbench().shares(&crosswalk_id(&id)?).await?;
    let page = Page::new(&visit, Section::Programs, format!("Shares of {}", view.crosswalk.name)).await?;
    render(&SharesTemplate { page, view })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ShareForm {
    account: String,
    until: String,
}

async fn share(visit: Visit, Path(id): Path<String>, Form(form): Form<ShareForm>) -> Answer {
    let crosswalk = crosswalk_id(&id)?;
    let wrong = |what: &str| Failure::refused(what, "Go back and correct it; nothing was shared.");
    let account = form.account.parse().map_err(|_| wrong("Choose with whom to share it."))?;
    let until = form.until.trim().parse().map_err(|_| wrong("Write the last day as 2026-12-31."))?;
    visit.workbench().share_sheet(&crosswalk, account, until).await?;
    Ok(Redirect::to(&format!("/crosswalks/{crosswalk}/shares")).into_response())
}

async fn revoke(visit: Visit, Path(id): Path<String>) -> Answer {
    let crosswalk = visit.workbench().revoke_share(&share_id(&id)?).await?;
    Ok(Redirect::to(&format!("/crosswalks/{crosswalk}/shares")).into_response())
}
