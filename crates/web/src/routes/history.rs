//! The history: who did what, when, and why.

use askama::Template;
use axum::extract::Query;
use credway_model::ChangeKind;
use credway_workflow::{HistoryFilter, HistoryLine};
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

/// Lines on one page.
const PAGE: usize = 50;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/history", Rule::May(&[Action::ReadHistory]), show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    person: String,
    kind: String,
    before: Option<u64>,
}

/// A line of the history with addresses.
struct Line {
    at: String,
    line: HistoryLine,
    address: Option<String>,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryTemplate {
    page: Page,
    person: String,
    kinds: Vec<(&'static str, bool)>,
    filtered: bool,
    older_than: bool,
    lines: Vec<Line>,
    following: Option<String>,
    newest: String,
}

async fn show(state: Visit, Query(asked): Query<Asked>) -> Answer {
    let page = Page::new(&state, Section::History, "History").await?;
    let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let filter = HistoryFilter {
        subject: None,
        person: given(&asked.person),
        kind: given(&asked.kind),
        before: asked.before,
        limit: PAGE as u64 + 1,
    };
    let mut lines = state.workbench().history(&filter).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let address =
        format!("/history?person={}&kind={}", words::query_part(&asked.person), words::query_part(&asked.kind));
    let following = lines.last().filter(|_| more).map(|last| format!("{address}&before={}", last.number));
    render(&HistoryTemplate {
        page,
        kinds: ChangeKind::WORDS.iter().map(|(word, _)| (*word, *word == asked.kind)).collect(),
        filtered: filter.person.is_some() || filter.kind.is_some(),
        older_than: asked.before.is_some(),
        person: asked.person,
        following,
        newest: address,
        lines: lines.into_iter().map(line).collect(),
    })
}

impl Line {
    /// Whether the thing has revisions of its own.
    fn revised(&self) -> bool {
        let signed = self.line.subject_kind == "crosswalk" && matches!(self.line.kind.as_str(), "created" | "revised");
        signed
            || self.line.subject_kind != "crosswalk" && self.line.kind != "imported" && self.line.kind != "configured"
    }

    /// Whether there is anything to open.
    fn shows(&self) -> bool {
        self.address.is_some() || self.revised()
    }
}

fn line(line: HistoryLine) -> Line {
    Line { at: words::moment(&line.at), address: subject_address(&line.subject_kind, &line.subject.to_string()), line }
}

/// The page of a thing, where it has one.
pub(super) fn subject_address(kind: &str, id: &str) -> Option<String> {
    let list = match kind {
        "course" => "courses",
        "program" => "programs",
        "pathway" => "pathways",
        "blueprint" => "blueprints",
        "credential" => "credentials",
        "crosswalk" => "crosswalks",
        _ => return None,
    };
    Some(format!("/{list}/{id}"))
}
