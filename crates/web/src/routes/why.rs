//! Why a pair was proposed and who said what on it: how both statements are read, what each number adds, the engine, the
//! decisions, and how far the reviewers agree.

use askama::Template;
use axum::extract::{Path, Query};
use credway_model::{Action, Ctid};
use credway_workflow::{PairExplained, Said};
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::{crosswalk_id, wrong_address};
use crate::routes::review::{chosen_blind, objective_name, standing_words};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/crosswalks/{id}/why", Rule::May(&[Action::Review]), show)
}

#[derive(Deserialize)]
struct PairFields {
    #[serde(default)]
    statement: String,
    #[serde(default)]
    target: String,
    /// `yes` for somebody who chose to review without others' words.
    #[serde(default)]
    blind: String,
}

#[derive(Template)]
#[template(path = "why.html")]
struct WhyTemplate {
    page: Page,
    view: PairExplained,
    /// Course and outcome as one name.
    name: String,
    objective_name: String,
    standing: (&'static str, &'static str),
    /// Whether who looks may see what the engine learned.
    may_learn: bool,
}

impl WhyTemplate {
    /// Both statements with their headings and anchors.
    fn sides(&self) -> [(&'static str, String, &Said); 2] {
        [
            ("statement", format!("Course {}", self.name), &self.view.statement_said),
            ("objective", format!("Exam objective {}", self.objective_name), &self.view.objective_said),
        ]
    }

    /// Whether the engine of today is another than the one that proposed the pair.
    fn is_newer(&self) -> bool {
        self.view.proposed_by.as_ref().is_some_and(|engine| *engine != self.view.reasons.engine)
    }

    /// How much a number adds, with its sign.
    fn signed(value: &f64) -> String {
        format!("{value:+.2}").replace('-', "−")
    }

    fn list_word(kind: &str) -> &'static str {
        match kind {
            "examples" => "Examples",
            _ => "Contains",
        }
    }
}

async fn show(visit: Visit, Path(id): Path<String>, Query(fields): Query<PairFields>) -> Answer {
    let read = |name: &str, given: &str| -> Result<Ctid, crate::error_page::Failure> {
        given.parse().map_err(|error| wrong_address(format!("In “{name}”: {error}.")))
    };
    let crosswalk = crosswalk_id(&id)?;
    let (statement, target) = (read("statement", &fields.statement)?, read("target", &fields.target)?);
    let blind = chosen_blind(&fields.blind).map_err(wrong_address)?;
    let view = visit.workbench().explain(&crosswalk, &statement, &target, blind).await?;
    let name = match &view.outcome_code {
        Some(code) => format!("{}, {code}", view.course.code),
        None => view.course.code.clone(),
    };
    let objective_name = objective_name(view.objective.code.as_deref(), &view.objective.text);
    let page = Page::new(&visit, Section::Programs, format!("Why {name} and {objective_name}")).await?;
    let may_learn = visit.workbench().may_somewhere(Action::Learn).await?;
    let standing = standing_words(view.standing);
    render(&WhyTemplate { page, name, objective_name, standing, may_learn, view })
}
