//! Home: what needs a person now, and the one next thing to do.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use credway_workflow::{CrosswalkHead, HistoryLine, Home, NextStep};

use crate::crosswalk_card::CrosswalkCard;
use crate::page::{Answer, Page, Section, render};
use crate::routes::assignments::WaitingView;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/", Rule::May(&[Action::OwnAccount]), show)
}

/// The next step in words, with its one link.
struct NextView {
    kind: &'static str,
    heading: String,
    why: String,
    link: String,
    label: String,
}

/// One thing of the history.
struct RecentLine {
    at: String,
    iso: String,
    person: String,
    summary: String,
}

/// A blueprint version that is no longer examined.
struct RetiredLine {
    address: String,
    name: String,
    last: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomeTemplate {
    page: Page,
    empty: bool,
    next: NextView,
    crosswalks: Vec<CrosswalkCard>,
    /// Reviews that wait for who looks.
    waiting: Vec<WaitingView>,
    counts: Vec<(String, String, String)>,
    errors: usize,
    warnings: usize,
    retired: Vec<RetiredLine>,
    recent: Vec<RecentLine>,
}

async fn show(state: Visit) -> Answer {
    // Who reads no shared records works for no institution: their first page is what was shared with them, or themselves.
    if !state.workbench().may_somewhere(Action::ReadShared).await? {
        let own = if state.workbench().may_somewhere(Action::ReadSheet).await? { "/shared" } else { "/account" };
        return Ok(Redirect::to(own).into_response());
    }
    let page = Page::new(&state, Section::Home, "Home").await?;
    let home = state.workbench().home().await?;
    let crosswalks = CrosswalkCard::all(&home.crosswalks);
    let waiting = state.workbench().waiting_reviews().await?;
    render(&HomeTemplate {
        page,
        empty: home.next == NextStep::Begin,
        next: next_view(&home.next, &home.crosswalks),
        crosswalks,
        waiting: waiting.into_iter().map(WaitingView::new).collect(),
        counts: counts(&home),
        errors: home.findings.0,
        warnings: home.findings.1,
        retired: home
            .retired
            .iter()
            .map(|(named, last)| RetiredLine {
                address: format!("/blueprints/{}", named.id),
                name: named.name.clone(),
                last: words::day(last),
            })
            .collect(),
        recent: home.recent.iter().map(recent_line).collect(),
    })
}

fn recent_line(line: &HistoryLine) -> RecentLine {
    RecentLine {
        at: words::moment(&line.at),
        iso: line.at.clone(),
        person: line.person.clone(),
        summary: line.summary.clone(),
    }
}

/// Kind, number and address of everything that has a list of its own.
fn counts(home: &Home) -> Vec<(String, String, String)> {
    home.counts
        .iter()
        .filter(|(kind, _)| kind != "frameworks")
        .map(|(kind, count)| (words::capital(kind), words::number(*count), format!("/{kind}")))
        .collect()
}

fn next_view(next: &NextStep, crosswalks: &[CrosswalkHead]) -> NextView {
    let mut view = step_view(next);
    if let NextStep::Review { crosswalk, .. } | NextStep::Settle { crosswalk, .. } | NextStep::Gaps { crosswalk, .. } =
        next
        && let Some(last) =
            crosswalks.iter().find(|head| head.id == *crosswalk).and_then(|head| head.retired.as_deref())
    {
        view.why = format!("{} This exam version was last examined on {}.", view.why, words::day(last));
    }
    view
}

fn step_view(next: &NextStep) -> NextView {
    let view = |kind, heading: String, why: &str, link: String, label: String| NextView {
        kind,
        heading,
        why: why.to_owned(),
        link,
        label,
    };
    match next {
        NextStep::Begin | NextStep::ImportBlueprint => view(
            "Next step",
            "Import an exam blueprint".to_owned(),
            "Courses are here, but no exam outline to compare them with. Bring in a certification’s domains, weights and objectives.",
            "/import?kind=blueprint".to_owned(),
            "Import a blueprint".to_owned(),
        ),
        NextStep::ImportCourses => view(
            "Next step",
            "Import your courses".to_owned(),
            "A blueprint is here, but no courses. Bring in the catalogue and the course outcomes.",
            "/import?kind=courses".to_owned(),
            "Import courses".to_owned(),
        ),
        NextStep::MakeProgram => view(
            "Next step",
            "Say which courses make a program".to_owned(),
            "Courses and a blueprint are here. Import a program, or run `credway collect` to look at any set of courses.",
            "/import?kind=program".to_owned(),
            "Import a program".to_owned(),
        ),
        NextStep::Align { program, blueprint } => view(
            "Next step",
            format!("Align {} to {}", program.name, blueprint.name),
            "The engine proposes which course outcomes teach which objectives. Nothing counts until a person accepts it.",
            format!("/programs/{}#align", program.id),
            "Choose and align".to_owned(),
        ),
        NextStep::Review { crosswalk, name, open } => view(
            "Continue reviewing",
            name.clone(),
            &format!(
                "{} no reviewer’s decision yet. Suggestions count for nothing until a named person accepts them.",
                if *open == 1 {
                    "1 suggestion has".to_owned()
                } else {
                    format!("{} suggestions have", words::number(*open))
                }
            ),
            format!("/crosswalks/{crosswalk}/review"),
            format!("Review {}", words::plural(*open, "suggestion", "suggestions")),
        ),
        NextStep::Settle { crosswalk, name, disputed } => view(
            "Settle disagreements",
            name.clone(),
            &format!(
                "Reviewers disagree on {}. A disputed pair counts for nothing until it is settled.",
                words::plural(*disputed, "pair", "pairs")
            ),
            format!("/crosswalks/{crosswalk}/review?show=disputed"),
            format!("Settle {}", words::plural(*disputed, "pair", "pairs")),
        ),
        NextStep::Gaps { crosswalk, name, gaps } => view(
            "Look at what is missing",
            name.clone(),
            &format!("Every suggestion is decided. {} not fully covered.", gap_words(*gaps)),
            format!("/crosswalks/{crosswalk}/coverage#gaps"),
            "See the gaps".to_owned(),
        ),
    }
}

fn gap_words(gaps: usize) -> String {
    if gaps == 1 { "1 objective is".to_owned() } else { format!("{} objectives are", words::number(gaps)) }
}
