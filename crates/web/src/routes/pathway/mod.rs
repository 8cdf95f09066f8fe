//! One pathway: its picture and its table, which say the same; what its models mean; what is found about it; and the forms that
//! change it. Every change is a revision, so that the last one can be undone.

mod costs;
mod forms;
mod plan;
mod plan_view;
mod simulation_view;

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, ComponentKind, Ctid, PathwayRole};
use credway_workflow::{
    ComponentEdit, ComponentFields, ComponentLine, EmbeddingLine, FieldFault, PathwayEdited, PathwayPage,
    WorkflowError, embedding_models,
};
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use forms::{ComponentForm, KeyForm, UndoForm};

pub(crate) fn routes() -> Routes {
    const READ: Rule = Rule::May(&[Action::ReadCatalogue]);
    const DESIGN: Rule = Rule::May(&[Action::DesignPathway]);
    Routes::new()
        .get("/pathways/{id}", READ, show)
        .get("/pathways/{id}/component", DESIGN, component)
        .post("/pathways/{id}/component", DESIGN, save)
        .post("/pathways/{id}/remove", DESIGN, remove)
        .post("/pathways/{id}/move", DESIGN, shift)
        .post("/pathways/{id}/undo", DESIGN, undo)
        .and(costs::routes())
        .and(plan::routes())
}

#[derive(Template)]
#[template(path = "pathway.html")]
struct PathwayTemplate {
    page: Page,
    pathway: PathwayPage,
    /// What was done just now.
    said: Option<&'static str>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Said {
    said: String,
}

async fn show(state: Visit, Path(id): Path<String>, Query(said): Query<Said>) -> Answer {
    let pathway = state.workbench().pathway(&id).await?;
    let page = Page::new(&state, Section::Pathways, pathway.head.title.clone()).await?;
    let said = match said.said.as_str() {
        "unchanged" => Some("Nothing was different, so nothing was saved."),
        "saved" => Some("Saved as a new revision. “Undo the last change” takes it back."),
        "undone" => Some("The last change is taken back. “Undo the last change” brings it again."),
        _ => None,
    };
    render(&PathwayTemplate { page, pathway, said })
}

#[derive(Template)]
#[template(path = "pathway_component.html")]
struct ComponentTemplate {
    page: Page,
    pathway: PathwayPage,
    /// Key of the component that is changed; none for a new one.
    key: Option<String>,
    base: u32,
    fields: ComponentFields,
    faults: Vec<FieldFault>,
    kinds: Vec<&'static str>,
    roles: Vec<&'static str>,
    models: Vec<EmbeddingLine>,
    reason: String,
}

impl ComponentTemplate {
    /// What is wrong with a field.
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.as_str())
    }

    fn has_role(&self, role: &str) -> bool {
        self.fields.roles.iter().any(|own| own == role)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WhichComponent {
    key: String,
}

async fn component(state: Visit, Path(id): Path<String>, Query(which): Query<WhichComponent>) -> Answer {
    let pathway = state.workbench().pathway_to_change(&id).await?;
    let found = pathway.components.iter().find(|one| one.key == which.key);
    if found.is_none() && !which.key.is_empty() {
        let (what, given, hint) = ("component", which.key, "see the pathway's table".to_owned());
        return Err(WorkflowError::NotFound { what, given, hint }.into());
    }
    let fields = found.map(fields_of).unwrap_or_default();
    let key = found.map(|one| one.key.clone());
    let base = pathway.revision;
    form(&state, pathway, (key, base, fields), (Vec::new(), String::new())).await
}

/// The fields as a component has them.
fn fields_of(line: &ComponentLine) -> ComponentFields {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    ComponentFields {
        key: line.key.clone(),
        kind: line.kind.to_owned(),
        name: line.name.clone(),
        stands_for: line.stands_for.as_ref().map(|found| found.typed.clone()).unwrap_or_default(),
        condition: text(&line.condition),
        roles: line.roles.iter().map(|role| (*role).to_owned()).collect(),
        embedding: text(&line.embedding),
        readiness: line.readiness.map(|percent| percent.to_string()).unwrap_or_default(),
        wage: line.wage.map(|wage| wage.to_string()).unwrap_or_default(),
        wage_source: text(&line.wage_source),
        wage_date: text(&line.wage_date),
    }
}

async fn form(
    state: &Visit,
    pathway: PathwayPage,
    (key, base, fields): (Option<String>, u32, ComponentFields),
    (faults, reason): (Vec<FieldFault>, String),
) -> Answer {
    let title = key.as_ref().map_or_else(|| "Add a component".to_owned(), |key| format!("Change {key}"));
    let page = Page::new(state, Section::Pathways, title).await?;
    let wrong = !faults.is_empty();
    let template = ComponentTemplate {
        page,
        pathway,
        key,
        base,
        fields,
        faults,
        kinds: ComponentKind::WORDS.iter().map(|(word, _)| *word).collect(),
        roles: PathwayRole::WORDS.iter().map(|(word, _)| *word).collect(),
        models: embedding_models(),
        reason,
    };
    let mut answer = render(&template)?;
    if wrong {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

async fn save(state: Visit, Path(id): Path<Ctid>, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let ComponentForm { base, key, fields, reason } = ComponentForm::read(sent)?;
    let edit = ComponentEdit { base, key: key.clone(), fields: fields.clone(), reason: forms::reason(&reason)? };
    match state.workbench().edit_component(&id, &edit).await? {
        PathwayEdited::Wrong(faults) => {
            let pathway = state.workbench().pathway(&id.to_string()).await?;
            form(&state, pathway, (key, base, fields), (faults, reason)).await
        }
        done => Ok(edited(&id, &done, "saved")),
    }
}

/// Back to the pathway, with what was done; `said` where something was.
fn edited(id: &Ctid, done: &PathwayEdited, said: &str) -> axum::response::Response {
    let said = if *done == PathwayEdited::Unchanged { "unchanged" } else { said };
    Redirect::to(&format!("/pathways/{id}?said={said}")).into_response()
}

async fn remove(state: Visit, Path(id): Path<Ctid>, Form(sent): Form<KeyForm>) -> Answer {
    let done = state.workbench().remove_component(&id, &sent.key, sent.base).await?;
    Ok(edited(&id, &done, "saved"))
}

async fn shift(state: Visit, Path(id): Path<Ctid>, Form(sent): Form<KeyForm>) -> Answer {
    let done = state.workbench().move_component(&id, &sent.key, sent.down).await?;
    Ok(edited(&id, &done, "saved"))
}

async fn undo(state: Visit, Path(id): Path<Ctid>, Form(sent): Form<UndoForm>) -> Answer {
    let done = state.workbench().undo_pathway(&id, sent.base).await?;
    Ok(edited(&id, &done, "undone"))
}
