//! Long work that a page started: one's own as a list, each with its progress, and the way to stop it. Whoever looks
//! after the server sees everybody's.

use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use credway_model::Action;
use credway_workflow::{JobState, UploadedFile, WorkItem, WorkflowError};
use serde::Serialize;

use crate::error_page::Failure;
use crate::jobs::{address, is_over};
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

/// Whoever has signed in may ask; what is not theirs is not there.
const OWN: Rule = Rule::May(&[Action::OwnAccount]);

pub(crate) fn routes() -> Routes {
    Routes::new().get("/work", OWN, list).get("/work/{id}", OWN, show).get("/work/{id}/state", OWN, progress).post(
        "/work/{id}/stop",
        OWN,
        stop,
    )
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
    id: String,
    state: WorkState,
}

/// One line of the list.
struct Line {
    id: String,
    title: String,
    /// The person, where it is somebody else's.
    person: Option<String>,
    begun: String,
    at: String,
    words: String,
    /// The kind of tag for where it stands.
    tag: &'static str,
    state: &'static str,
    over: bool,
}

/// A file that waits to be imported.
struct Waiting {
    token: String,
    name: String,
    size: String,
    importing: bool,
    until: String,
    at: String,
}

#[derive(Template)]
#[template(path = "work_list.html")]
struct ListTemplate {
    page: Page,
    lines: Vec<Line>,
    waiting: Vec<Waiting>,
}

async fn list(visit: Visit) -> Answer {
    let lines = visit.workbench().work_items(visit.worker()).await?.into_iter().map(line).collect();
    let waiting = visit.workbench().waiting_uploads().await?.into_iter().map(waiting).collect();
    let page = Page::new(&visit, Section::None, "Your work").await?;
    render(&ListTemplate { page, lines, waiting })
}

fn line(item: WorkItem) -> Line {
    let (state, tag) = match item.state {
        JobState::Queued => ("waiting", "note"),
        JobState::Running => ("under way", "note"),
        JobState::Done => ("done", "ok"),
        JobState::Failed => ("failed", "error"),
        JobState::Cancelled => ("stopped", "warning"),
    };
    Line {
        words: match &item.end {
            Some(Err(failure)) => failure.message.clone(),
            Some(Ok(_)) => String::new(),
            None => work_state(&item).words,
        },
        begun: words::moment(&item.created.to_string()),
        at: item.created.to_string(),
        person: (!item.own).then(|| item.person.clone()),
        over: is_over(&item),
        id: item.id,
        title: item.title,
        tag,
        state,
    }
}

fn waiting(upload: UploadedFile) -> Waiting {
    Waiting {
        size: super::import::size_words(upload.size),
        importing: upload.is_writing(),
        until: words::moment(&upload.expires.to_string()),
        at: upload.expires.to_string(),
        token: upload.token,
        name: upload.name,
    }
}

/// Shows the work, or goes where it led once it is over.
async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let item = find(&visit, &id).await?;
    match item.end {
        Some(Ok(outcome)) => Ok(Redirect::to(&address(&outcome)).into_response()),
        Some(Err(failure)) => Err(failure.into()),
        None => {
            let page = Page::new(&visit, Section::None, item.title.clone()).await?;
            render(&WorkTemplate { page, id, state: work_state(&item) })
        }
    }
}

async fn progress(visit: Visit, Path(id): Path<String>) -> Answer {
    Ok(Json(work_state(&find(&visit, &id).await?)).into_response())
}

async fn stop(visit: Visit, Path(id): Path<String>) -> Answer {
    let item = find(&visit, &id).await?;
    visit.workbench().stop_work(&item.id, visit.worker()).await?;
    Ok(Redirect::to(&format!("/work/{}", item.id)).into_response())
}

async fn find(visit: &Visit, id: &str) -> Result<WorkItem, Failure> {
    match visit.workbench().work_item(id, visit.worker()).await {
        Err(WorkflowError::NotFound { .. }) => {
            let mut failure = Failure::no_such_page(&format!("/work/{id}"));
            failure.message = "This work is not known here, or is not yours; work that is over is forgotten after a \
                               week."
                .to_owned();
            failure.hint = "Look whether its result is there; if not, start it again.".to_owned();
            Err(failure)
        }
        found => Ok(found?),
    }
}

fn work_state(item: &WorkItem) -> WorkState {
    let (done, total) = (item.done, item.total);
    let finished = is_over(item);
    let words = match (finished, total) {
        (true, _) => "Finished.".to_owned(),
        (false, _) if item.stopping => "Stopping, if it is not too late.".to_owned(),
        (false, _) if item.state == JobState::Queued && item.attempts > 0 => "Waiting to be begun again.".to_owned(),
        (false, 0) => "Getting ready.".to_owned(),
        (false, total) if done >= total => "Writing the answer.".to_owned(),
        (false, total) => format!("{} of {} steps done.", words::number(done), words::number(total)),
    };
    WorkState { finished, done, total, words }
}

#[cfg(test)]
mod tests {
    use credway_model::{Grant, Person, Role, Text};
    use credway_workflow::{Actor, ImportRequest, Kind, Options, SourceFile, Workbench};

    use super::*;
    use crate::AppState;
    use crate::visit::{Presence, Visitor};

    fn member(state: &AppState, number: u8, grants: Vec<Grant>) -> Visit {
        let account = format!("00000000-0000-4000-8000-0000000000{number:02}").parse().unwrap();
        let actor = Actor::member(Person(Text::new("Member").unwrap()), account, grants, None);
        Visit::new(state, Visitor { actor, csrf: String::new(), presence: Presence::Stranger })
    }

    #[tokio::test]
    async fn what_is_somebody_elses_is_as_what_is_not_there() {
        let options = Options { database: "sqlite::memory:".to_owned(), create: true };
        let workbench = Workbench::open(&options).await.unwrap();
        let ada = Person(Text::new("Ada").unwrap());
        let institution = workbench.by(&ada).begin_institution("Test College", None).await.unwrap().id;
        let state = AppState::new(workbench, ada, ([127, 0, 0, 1], 8_088).into());
        let own = member(&state, 1, vec![Grant { role: Role::Administrator, institution, program: None }]);
        let stranger = member(&state, 2, Vec::new());
        let file = SourceFile::new("courses.csv", b"code,title\nITSY 1300,Firewalls\n".to_vec());
        let request = ImportRequest {
            kind: Kind::Courses,
            file,
            mapping: None,
            organization: None,
            into: None,
            accept: Vec::new(),
            reason: None,
        };
        let token = own.workbench().keep_upload(&request, state.settings().uploads).await.unwrap();
        let id = own.workbench().queue_reading(&token, own.worker()).await.unwrap().unwrap();
        assert!(find(&own, &id).await.is_ok() && crate::routes::import::find(&own, &token).await.is_ok());

        let words = |failure: Failure, id: &str| format!("{failure:?}").replace(id, "");
        let theirs = words(find(&stranger, &id).await.unwrap_err(), &id);
        assert_eq!(theirs, words(find(&stranger, "none").await.unwrap_err(), "none"));
        assert!(theirs.contains("404"), "{theirs}");
        let theirs = crate::routes::import::find(&stranger, &token).await.unwrap_err();
        let missing = crate::routes::import::find(&stranger, "none").await.unwrap_err();
        assert_eq!(words(theirs, &token), words(missing, "none"));
        assert!(stop(stranger.clone(), Path(id.clone())).await.is_err());
        assert!(!find(&own, &id).await.unwrap().stopping);
    }
}
