//! Findings of everything imported, to be worked off: filtered by how much they matter, file and code.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Query;
use credway_model::Place;
use credway_workflow::FindingRow;
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

/// Findings on one page.
const PAGE: usize = 100;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/findings", Rule::May(&[Action::ReadFindings]), show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    severity: String,
    file: String,
    code: String,
    from: usize,
}

impl Asked {
    fn takes(&self, row: &FindingRow) -> bool {
        let fits = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        fits(&self.severity, row.finding.severity.word())
            && fits(&self.file, row.finding.file.as_deref().unwrap_or(""))
            && fits(&self.code, &row.finding.code)
    }

    fn is_filter(&self) -> bool {
        !(self.severity.is_empty() && self.file.is_empty() && self.code.is_empty())
    }

    fn address(&self, from: usize) -> String {
        format!(
            "/findings?severity={}&file={}&code={}&from={from}",
            words::query_part(&self.severity),
            words::query_part(&self.file),
            words::query_part(&self.code)
        )
    }
}

/// A choice of a filter.
struct Choice {
    value: String,
    chosen: bool,
}

/// A finding with the address of its place.
struct Line {
    severity: &'static str,
    message: String,
    hint: String,
    code: String,
    file: String,
    place: String,
    address: String,
}

#[derive(Template)]
#[template(path = "findings.html")]
struct FindingsTemplate {
    page: Page,
    all: usize,
    filtered: bool,
    severities: Vec<Choice>,
    files: Vec<Choice>,
    codes: Vec<Choice>,
    lines: Vec<Line>,
    count: String,
    previous: Option<String>,
    following: Option<String>,
}

async fn show(state: Visit, Query(asked): Query<Asked>) -> Answer {
    let page = Page::new(&state, Section::Findings, "Findings").await?;
    let rows = state.workbench().findings().await?;
    let matching: Vec<&FindingRow> = rows.iter().filter(|row| asked.takes(row)).collect();
    let shown: Vec<Line> = matching.iter().skip(asked.from).take(PAGE).map(|row| line(row)).collect();
    let last = asked.from.saturating_add(shown.len());
    let count = match (matching.len(), shown.len()) {
        (0, _) => "No finding matches".to_owned(),
        (all, 0) => format!("{} match; this page lies behind the last", words::number(all)),
        (all, _) => format!("{} to {} of {}", words::number(asked.from + 1), words::number(last), words::number(all)),
    };
    render(&FindingsTemplate {
        page,
        all: rows.len(),
        filtered: asked.is_filter(),
        severities: choices(rows.iter().map(|row| row.finding.severity.word()), &asked.severity),
        files: choices(rows.iter().filter_map(|row| row.finding.file.as_deref()), &asked.file),
        codes: choices(rows.iter().map(|row| row.finding.code.as_str()), &asked.code),
        count,
        previous: (asked.from > 0).then(|| asked.address(asked.from.saturating_sub(PAGE))),
        following: (last < matching.len() && !shown.is_empty()).then(|| asked.address(last)),
        lines: shown,
    })
}

fn choices<'a>(values: impl Iterator<Item = &'a str>, chosen: &str) -> Vec<Choice> {
    let mut known: BTreeSet<&str> = values.collect();
    if !chosen.is_empty() {
        known.insert(chosen);
    }
    known.into_iter().map(|value| Choice { value: value.to_owned(), chosen: value == chosen }).collect()
}

fn line(row: &FindingRow) -> Line {
    let finding = &row.finding;
    let place = finding.place.to_string();
    Line {
        severity: finding.severity.word(),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
        code: finding.code.clone(),
        file: finding.file.clone().unwrap_or_else(|| "file".to_owned()),
        address: words::source_address(&row.source, (finding.place != Place::Whole).then_some(place.as_str())),
        place,
    }
}
