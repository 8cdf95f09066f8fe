//! A new version of a blueprint beside the old one: what became of every statement, what that touches by program, the
//! rows to carry over and to confirm, and the memo. And the lists: versions to compare, and what a changed catalogue
//! touches.

mod forms;

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, Ctid};
use credway_workflow::{
    BlueprintChange, BlueprintHead, ChangeItem, ChangedRow, ProgramImpact, ReportForm, ReportPreview, RowState,
    StaleCrosswalk, TouchedCourse, VersionPair, change_id, kind_means,
};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::wrong_address;
use crate::routes::report::download;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use forms::{ConfirmForm, ProgramForm, UndoForm};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/changes", Rule::May(&[Action::ReadShared]), list)
        .get("/changes/catalogue", Rule::May(&[Action::ReadCrosswalk]), catalogue)
        .get("/changes/{id}", Rule::May(&[Action::ReadShared]), show)
        .get("/changes/{id}/memo", Rule::May(&[Action::ReadShared]), memo)
        .get("/changes/{id}/memo/export", Rule::May(&[Action::Export]), export)
        .post("/changes/{id}/carry", Rule::May(&[Action::Settle]), carry)
        .post("/changes/{id}/take-back", Rule::May(&[Action::Settle]), take_back)
        .post("/changes/{id}/confirm", Rule::May(&[Action::Review]), confirm)
        .post("/changes/{id}/undo", Rule::May(&[Action::Review]), undo)
}

/// Which part of the comparison is shown.
#[derive(Clone, Debug, Default, Deserialize)]
struct Filter {
    /// Only matches of this kind; `changed` leaves out what is the same.
    #[serde(default)]
    kind: String,
}

/// A kind as a link of the filter.
struct KindLink {
    word: String,
    means: &'static str,
    count: String,
    address: String,
    here: bool,
}

/// A row with what its form carries.
struct RowView {
    row: ChangedRow,
    /// Old and new statement with their numbers.
    old: String,
    new: String,
    /// What is reached by jumps.
    anchor: String,
    /// Whether the form to confirm it is shown.
    open: bool,
    /// Whether the person may take their word back.
    undo: bool,
}

/// A program with figures in words.
struct ProgramView {
    impact: ProgramImpact,
    before: String,
    today: String,
    carried: String,
    confirmed: String,
    lost: Option<String>,
    states: Vec<(String, &'static str)>,
    /// Those that need somebody.
    courses: Vec<TouchedCourse>,
    rows: Vec<RowView>,
    quiet: Vec<RowView>,
}

#[derive(Template)]
#[template(path = "change.html")]
struct ChangeTemplate {
    page: Page,
    change: BlueprintChange,
    kinds: Vec<KindLink>,
    items: Vec<ChangeItem>,
    programs: Vec<ProgramView>,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesTemplate {
    page: Page,
    pairs: Vec<VersionPair>,
    blueprints: Vec<BlueprintHead>,
}

#[derive(Template)]
#[template(path = "changes_catalogue.html")]
struct CatalogueTemplate {
    page: Page,
    crosswalks: Vec<StaleCrosswalk>,
}

#[derive(Template)]
#[template(path = "change_memo.html")]
struct MemoTemplate {
    page: Page,
    id: String,
    preview: ReportPreview,
    downloads: Vec<(&'static str, String)>,
}

/// Both versions that an address names.
fn versions(given: &str) -> Result<(String, String), Failure> {
    let parts = given.split_once("..").and_then(|(old, new)| {
        let (old, new): (Ctid, Ctid) = (old.parse().ok()?, new.parse().ok()?);
        Some((old.to_string(), new.to_string()))
    });
    parts.ok_or_else(|| wrong_address(format!("“{given}” names no two versions.")))
}

/// Versions that can be compared.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
}

async fn list(visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    if let (Ok(old), Ok(new)) = (wanted.old.parse::<Ctid>(), wanted.new.parse::<Ctid>()) {
        return Ok(Redirect::to(&format!("/changes/{}", change_id(&old, &new))).into_response());
    }
    let page = Page::new(&visit, Section::Blueprints, "Versions side by side").await?;
    let pairs = visit.workbench().version_pairs().await?;
    render(&ChangesTemplate { page, pairs, blueprints: visit.workbench().blueprints().await? })
}

async fn catalogue(visit: Visit) -> Answer {
    let crosswalks = visit.workbench().catalogue_changes().await?;
    let page = Page::new(&visit, Section::Courses, "Decisions on words that changed").await?;
    render(&CatalogueTemplate { page, crosswalks })
}

async fn show(visit: Visit, Path(id): Path<String>, Query(filter): Query<Filter>) -> Answer {
    let (old, new) = versions(&id)?;
    let change = visit.workbench().blueprint_change(&old, &new).await?;
    let title = format!("From {} to {}", change.old_version.name, change.new_version.name);
    let page = Page::new(&visit, Section::Blueprints, title).await?;
    let person = visit.workbench().person().name().to_owned();
    render(&ChangeTemplate {
        page,
        kinds: kinds(&change, &filter),
        items: change.difference.items.iter().filter(|item| shown(item, &filter)).cloned().collect(),
        programs: change.programs.iter().map(|impact| program(impact, &change, &person)).collect(),
        change,
    })
}

/// Without a filter everything but what is the same.
fn shown(item: &ChangeItem, filter: &Filter) -> bool {
    match filter.kind.as_str() {
        "all" => true,
        "" => item.kind != "same",
        kind => item.kind == kind,
    }
}

fn kinds(change: &BlueprintChange, filter: &Filter) -> Vec<KindLink> {
    let id = &change.id;
    let all = change.difference.items.len();
    let same = change.difference.counts.iter().filter(|one| one.kind == "same").map(|one| one.count).sum::<usize>();
    let link = |word: &str, means: &'static str, count: usize, kind: &str| KindLink {
        word: word.to_owned(),
        means,
        count: words::number(count),
        address: if kind.is_empty() {
            format!("/changes/{id}#statements")
        } else {
            format!("/changes/{id}?kind={kind}#statements")
        },
        here: filter.kind == kind,
    };
    let mut links = vec![link("changed", "Everything that is not the same.", all - same, "")];
    links.extend(change.difference.counts.iter().map(|one| link(one.kind, kind_means(one.kind), one.count, one.kind)));
    links.push(link("all", "Every statement of both versions.", all, "all"));
    links
}

fn program(impact: &ProgramImpact, change: &BlueprintChange, person: &str) -> ProgramView {
    let percent = |value: Option<f64>| value.map_or_else(|| "no total".to_owned(), words::percent);
    let states = [
        RowState::ToConfirm,
        RowState::Lost,
        RowState::CourseReworded,
        RowState::ToCarry,
        RowState::Carried,
        RowState::Decided,
    ];
    let view = |row: &ChangedRow| row_view(row, impact, change, person);
    let needs = |row: &&ChangedRow| {
        matches!(row.state, RowState::ToConfirm | RowState::Lost | RowState::CourseReworded)
            || (row.state == RowState::Decided && row.kind != "same" && row.kind != "moved")
    };
    ProgramView {
        before: percent(impact.before),
        today: percent(impact.today),
        carried: percent(impact.carried),
        confirmed: percent(impact.confirmed),
        lost: impact.lost.filter(|lost| *lost > 0.0).map(words::percent),
        states: states
            .into_iter()
            .filter(|state| impact.count(*state) > 0)
            .map(|state| (words::number(impact.count(state)), state.words()))
            .collect(),
        courses: impact
            .courses
            .iter()
            .filter(|course| course.to_confirm + course.lost + course.decided > 0)
            .cloned()
            .collect(),
        rows: impact.rows.iter().filter(needs).map(view).collect(),
        quiet: impact.rows.iter().filter(|row| !needs(row)).map(view).collect(),
        impact: impact.clone(),
    }
}

fn row_view(row: &ChangedRow, impact: &ProgramImpact, change: &BlueprintChange, person: &str) -> RowView {
    let item = change.difference.items.get(row.item);
    let named = |statements: Option<&Vec<credway_workflow::ChangedStatement>>, id: Option<Ctid>| {
        let found = statements.and_then(|statements| statements.iter().find(|one| Some(one.id) == id));
        found.map(|one| one.code.as_ref().map_or_else(|| one.text.clone(), |code| format!("{code} {}", one.text)))
    };
    let target = row.new_target.map_or_else(|| "gone".to_owned(), |target| target.to_string());
    let anchor = format!("row-{}-{}-{target}", row.statement, row.old_target);
    let can = impact.may_confirm && impact.locked.is_none() && row.new_target.is_some();
    RowView {
        old: named(item.map(|item| &item.old_statements), Some(row.old_target)).unwrap_or_default(),
        new: named(item.map(|item| &item.new_statements), row.new_target).unwrap_or_default(),
        open: can && matches!(row.state, RowState::ToConfirm | RowState::CourseReworded),
        undo: can && row.state == RowState::Decided && row.said_by.iter().any(|name| name == person),
        anchor,
        row: row.clone(),
    }
}

async fn memo(visit: Visit, Path(id): Path<String>) -> Answer {
    let (old, new) = versions(&id)?;
    let preview = visit.workbench().change_preview(&old, &new).await?;
    let page = Page::new(&visit, Section::Blueprints, format!("Memo. {}", preview.title)).await?;
    let file = |word, form: &str| (word, format!("/changes/{id}/memo/export?format={form}"));
    let downloads = vec![file("PDF", "pdf"), file("DOCX", "docx"), file("XLSX", "xlsx"), file("HTML", "html")];
    render(&MemoTemplate { page, id, preview, downloads })
}

#[derive(Deserialize)]
struct ExportFields {
    #[serde(default)]
    format: String,
}

async fn export(visit: Visit, Path(id): Path<String>, Query(fields): Query<ExportFields>) -> Answer {
    let (old, new) = versions(&id)?;
    let form = match fields.format.as_str() {
        "pdf" => ReportForm::Pdf,
        "docx" => ReportForm::Docx,
        "xlsx" => ReportForm::Xlsx,
        "html" => ReportForm::Html,
        other => {
            return Err(wrong_address(format!("“format={other}” is not known: it may be pdf, docx, xlsx or html.")));
        }
    };
    Ok(download(visit.workbench().export_change(&old, &new, form).await?))
}

async fn carry(visit: Visit, Path(id): Path<String>, Form(form): Form<ProgramForm>) -> Answer {
    let (old, new) = versions(&id)?;
    visit.workbench().carry_over(&old, &new, &form.program).await?;
    Ok(Redirect::to(&format!("/changes/{id}#program-{}", form.program)).into_response())
}

async fn take_back(visit: Visit, Path(id): Path<String>, Form(form): Form<ProgramForm>) -> Answer {
    let (old, new) = versions(&id)?;
    visit.workbench().take_back_carried(&old, &new, &form.program).await?;
    Ok(Redirect::to(&format!("/changes/{id}#program-{}", form.program)).into_response())
}

async fn confirm(visit: Visit, Path(id): Path<String>, Form(form): Form<ConfirmForm>) -> Answer {
    let (old, new) = versions(&id)?;
    visit.workbench().confirm_row(&old, &new, &form.request()?).await?;
    Ok(Redirect::to(&format!("/changes/{id}#program-{}", form.program)).into_response())
}

async fn undo(visit: Visit, Path(id): Path<String>, Form(form): Form<UndoForm>) -> Answer {
    versions(&id)?;
    visit.workbench().undo(&form.crosswalk, form.statement, form.target).await?;
    Ok(Redirect::to(&format!("/changes/{id}#program-{}", form.program)).into_response())
}
