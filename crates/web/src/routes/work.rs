//! Long work that a page started: its progress, and the way to stop it.

use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use serde::Serialize;
use std::sync::Arc;

use crate::error_page::Failure;
use crate::jobs::Job;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/work/{number}", Rule::May(&[Action::OwnAccount]), show)
        .get("/work/{number}/state", Rule::May(&[Action::OwnAccount]), progress)
        .post("/work/{number}/stop", Rule::May(&[Action::OwnAccount]), stop)
}

/// How far the work is, for the script on its page.
#[derive(Serialize)]
struct WorkState {
    finished: bool,
    done: u64,
    total: u64,
    words: String,
}

#[derive(Template)]
#[template(path = "work.html")]
struct WorkTemplate {
    page: Page,
    number: u64,
    state: WorkState,
}

/// Shows the work, or goes where it led once it is over.
async fn show(state: Visit, Path(number): Path<u64>) -> Answer {
    let job = find(&state, number)?;
    match job.end() {
        Some(Ok(address)) => Ok(Redirect::to(&address).into_response()),
        Some(Err(failure)) => Err(failure),
        None => {
            let page = Page::new(&state, Section::None, job.title.clone()).await?;
            render(&WorkTemplate { page, number, state: work_state(&job) })
        }
    }
}

async fn progress(state: Visit, Path(number): Path<u64>) -> Answer {
    Ok(Json(work_state(&*find(&state, number)?)).into_response())
}

async fn stop(state: Visit, Path(number): Path<u64>) -> Answer {
    find(&state, number)?.stop();
    Ok(Redirect::to(&format!("/work/{number}")).into_response())
}

fn find(state: &Visit, number: u64) -> Result<Arc<Job>, Failure> {
    state.jobs().find(number).ok_or_else(|| {
        let mut failure = Failure::no_such_page(&format!("/work/{number}"));
        failure.message = "This work is not known here: Credway was restarted since it began.".to_owned();
        failure.hint = "Look whether its result is there; if not, start it again.".to_owned();
        failure
    })
}

fn work_state(job: &Job) -> WorkState {
    let (done, total) = job.progress();
    let words = match (job.end().is_some(), total) {
        (true, _) => "Finished.".to_owned(),
        (false, 0) => "Getting ready.".to_owned(),
        (false, total) if done >= total => "Writing the answer.".to_owned(),
        (false, total) => format!("{} of {} steps done.", words::number(done), words::number(total)),
    };
    WorkState { finished: job.end().is_some(), done, total, words }
}
