//! The revisions of one thing, and what one of them changed.

use askama::Template;
use axum::extract::{Path, Query};
use credway_model::{Ctid, CtidError};
use credway_workflow::RevisionPage;
use serde::Deserialize;

use super::history::subject_address;
use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/history/{subject}", Rule::May(&[Action::ReadHistory]), show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    revision: Option<u32>,
}

/// One revision in the list.
struct Line {
    number: u32,
    at: String,
    iso: String,
    person: String,
    digest: String,
    shown: bool,
}

#[derive(Template)]
#[template(path = "revisions.html")]
struct RevisionsTemplate {
    page: Page,
    revisions: RevisionPage,
    /// What the thing is called, where its page says so.
    name: Option<String>,
    address: Option<String>,
    lines: Vec<Line>,
}

async fn show(state: Visit, Path(subject): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let subject: Ctid = subject.parse().map_err(|error: CtidError| {
        Failure::refused(format!("{error}."), "Open the history from the page of the thing itself.")
    })?;
    let revisions = state.workbench().revisions(&subject, asked.revision).await?;
    let name = name(&state, &revisions).await;
    let called = name.clone().unwrap_or_else(|| format!("a {}", revisions.subject_kind));
    let page = Page::new(&state, Section::History, format!("Revisions of {called}")).await?;
    render(&RevisionsTemplate {
        page,
        name,
        address: subject_address(&revisions.subject_kind, &subject.to_string()),
        lines: revisions
            .revisions
            .iter()
            .map(|line| Line {
                number: line.number,
                at: words::moment(&line.at),
                iso: line.at.clone(),
                person: line.person.clone(),
                digest: line.digest.chars().take(12).collect(),
                shown: line.number == revisions.shown,
            })
            .collect(),
        revisions,
    })
}

/// What the thing is called now.
async fn name(state: &Visit, revisions: &RevisionPage) -> Option<String> {
    let (workbench, id) = (state.workbench(), revisions.subject.to_string());
    match revisions.subject_kind.as_str() {
        "course" => {
            let course = workbench.course(&id).await.ok()?.course;
            Some(format!("{} {}", course.code, course.title))
        }
        "program" => Some(workbench.program(&id).await.ok()?.head.title),
        "pathway" => Some(workbench.pathway(&id).await.ok()?.head.title),
        "blueprint" => Some(workbench.blueprint(&id).await.ok()?.head.name),
        "credential" => Some(workbench.credential(&id).await.ok()?.title),
        _ => None,
    }
}
