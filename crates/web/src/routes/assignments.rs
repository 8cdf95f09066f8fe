//! Reviews that were given: what waits for who looks, who reviews a crosswalk, giving a review and ending it.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, Ctid, ReviewPart, ReviewScope};
use credway_workflow::{AssignRequest, AssignmentLine, AssignmentsPage, OpenDisagreement};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::crosswalk_id;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

pub(crate) fn routes() -> Routes {
    const OWN: Rule = Rule::May(&[Action::OwnAccount]);
    Routes::new()
        .get("/assignments", OWN, own)
        .post("/assignments/{id}/end", Rule::May(&[Action::Review, Action::Settle, Action::AssignReviews]), end)
        .get("/crosswalks/{id}/assignments", Rule::May(&[Action::ReadCrosswalk]), show)
        .post("/crosswalks/{id}/assignments", Rule::May(&[Action::AssignReviews]), give)
}

/// A review in words, with where it is done.
pub(in crate::routes) struct WaitingView {
    pub(in crate::routes) line: AssignmentLine,
    /// Address of the review.
    pub(in crate::routes) review: String,
    pub(in crate::routes) progress: String,
    /// By when, in words.
    pub(in crate::routes) due: Option<String>,
    /// When it ended and how, in words.
    pub(in crate::routes) ended: Option<String>,
}

impl WaitingView {
    pub(in crate::routes) fn new(line: AssignmentLine) -> Self {
        let scope = &line.scope;
        let mut review = format!("/crosswalks/{}/review?", scope.crosswalk);
        let mut part = |name: &str, value: &str| review.push_str(&format!("{name}={value}&"));
        if line.part == ReviewPart::Adjudicate {
            part("show", "disputed");
        }
        if let Some(domain) = &scope.domain {
            part("domain", &domain.to_string());
        }
        if let Some(course) = &scope.course {
            part("by", "course");
            part("focus", &course.to_string());
        }
        review.pop();
        let what =
            if line.part == ReviewPart::Adjudicate { "disagreements settled" } else { "suggested pairs decided" };
        let progress = format!("{} of {} {what}", line.decided, line.of);
        let due = line.due.as_deref().map(|day| format!("wanted by {}", words::day(day)));
        let ended = line
            .ended
            .as_ref()
            .map(|(at, done)| format!("{} {}", if *done { "done" } else { "taken back" }, words::moment(at)));
        Self { line, review, progress, due, ended }
    }
}

/// A disagreement with where it is settled.
struct DisagreementView {
    line: OpenDisagreement,
    address: String,
}

#[derive(Template)]
#[template(path = "assignments.html")]
struct OwnTemplate {
    page: Page,
    waiting: Vec<WaitingView>,
    disagreements: Vec<DisagreementView>,
}

async fn own(visit: Visit) -> Answer {
    let waiting = visit.workbench().waiting_reviews().await?;
    let disagreements = visit.workbench().disagreements_to_settle().await?;
    let page = Page::new(&visit, Section::Home, "Your reviews").await?;
    let view = |line: OpenDisagreement| DisagreementView {
        address: format!("/crosswalks/{}/review?show=disputed&focus={}", line.crosswalk, line.objective.id),
        line,
    };
    render(&OwnTemplate {
        page,
        waiting: waiting.into_iter().map(WaitingView::new).collect(),
        disagreements: disagreements.into_iter().map(view).collect(),
    })
}

/// What was sent in the form, so that it is not lost when it cannot be taken.
#[derive(Default, Deserialize)]
#[serde(default)]
struct GiveForm {
    account: String,
    part: String,
    domain: String,
    course: String,
    due: String,
}

#[derive(Template)]
#[template(path = "crosswalk_assignments.html")]
struct CrosswalkTemplate {
    page: Page,
    view: AssignmentsPage,
    lines: Vec<WaitingView>,
    parts: [ReviewPart; 3],
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut view = visit.workbench().crosswalk_assignments(&crosswalk_id(&id)?).await?;
    let lines = std::mem::take(&mut view.lines).into_iter().map(WaitingView::new).collect();
    let page = Page::new(&visit, Section::Programs, format!("Who reviews {}", view.crosswalk.name)).await?;
    render(&CrosswalkTemplate { page, view, lines, parts: ReviewPart::ALL })
}

async fn give(visit: Visit, Path(id): Path<String>, Form(form): Form<GiveForm>) -> Answer {
    let crosswalk = crosswalk_id(&id)?;
    let wrong = |what: &str| Failure::refused(format!("{what}."), "Go back and correct it; nothing was written.");
    let chosen = |given: &str, what: &str| match given {
        "" => Ok(None),
        given => given.parse::<Ctid>().map(Some).map_err(|_| wrong(what)),
    };
    let scope = ReviewScope {
        crosswalk,
        domain: chosen(&form.domain, "The domain is none of this blueprint")?,
        course: chosen(&form.course, "The course is none of this program")?,
    };
    let request = AssignRequest {
        scope,
        account: form.account.parse().map_err(|_| wrong("Choose who reviews"))?,
        part: ReviewPart::read(&form.part).ok_or_else(|| wrong("Choose the part: first, second or adjudicate"))?,
        due: match form.due.trim() {
            "" => None,
            day => Some(day.parse().map_err(|_| wrong("Write the day as 2026-12-01"))?),
        },
    };
    visit.workbench().assign(&request).await?;
    Ok(Redirect::to(&format!("/crosswalks/{crosswalk}/assignments")).into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct EndForm {
    /// `crosswalk` where the page of the crosswalk was left.
    from: String,
}

async fn end(visit: Visit, Path(id): Path<String>, Form(form): Form<EndForm>) -> Answer {
    let id: Ctid = id.parse().map_err(|_| Failure::no_such_page("this review"))?;
    visit.workbench().end_assignment(&id).await?;
    let back = form
        .from
        .parse::<Ctid>()
        .map_or_else(|_| "/assignments".to_owned(), |crosswalk| format!("/crosswalks/{crosswalk}/assignments"));
    Ok(Redirect::to(&back).into_response())
}
