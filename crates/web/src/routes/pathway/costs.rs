//! What a pathway is and costs: the form for its description and its three figures, each with its source.

use askama::Template;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use credway_model::{Action, Ctid};
use credway_workflow::{CostFields, FieldFault, PathwayEdited, PathwayPage};

use super::edited;
use super::forms::CostsForm;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(super) fn routes() -> Routes {
    const DESIGN: Rule = Rule::May(&[Action::DesignPathway]);
    Routes::new().get("/pathways/{id}/costs", DESIGN, costs).post("/pathways/{id}/costs", DESIGN, save_costs)
}

#[derive(Template)]
#[template(path = "pathway_costs.html")]
struct CostsTemplate {
    page: Page,
    pathway: PathwayPage,
    /// The revision the form is made from.
    base: u32,
    fields: CostFields,
    faults: Vec<FieldFault>,
}

/// A figure's three fields.
struct CostFigure {
    label: &'static str,
    fields: [CostField; 3],
}

/// One field of a figure.
struct CostField {
    name: String,
    label: &'static str,
    value: String,
    longest: usize,
    /// What is wrong with it.
    fault: Option<String>,
}

impl CostsTemplate {
    /// What is wrong with a field.
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.as_str())
    }

    /// The figures there are, each with its fields.
    fn figures(&self) -> Vec<CostFigure> {
        let figures =
            [("tuition", "Tuition a credit"), ("term", "Fees a term"), ("prior", "A credit for prior learning")];
        let kinds = [("", "Dollars", 14), ("_source", "Source", 1_000), ("_date", "Date of the source", 10)];
        let figure = |((start, label), values): ((&str, &'static str), &[String; 3])| CostFigure {
            label,
            fields: std::array::from_fn(|index| {
                let (end, label, longest) = kinds[index];
                let name = format!("{start}{end}");
                let fault = self.fault(&name).map(str::to_owned);
                CostField { name, label, value: values[index].clone(), longest, fault }
            }),
        };
        figures.into_iter().zip(&self.fields.costs).map(figure).collect()
    }
}

async fn costs(state: Visit, Path(id): Path<String>) -> Answer {
    let pathway = state.workbench().pathway_to_change(&id).await?;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut fields = CostFields { description: text(&pathway.head.description), ..CostFields::default() };
    for (line, place) in pathway.costs.iter().zip(&mut fields.costs) {
        let amount = line.amount.map(|amount| amount.to_string()).unwrap_or_default();
        *place = [amount, text(&line.source), text(&line.date)];
    }
    let page = Page::new(&state, Section::Pathways, "What the pathway is and costs").await?;
    render(&CostsTemplate { page, base: pathway.revision, pathway, fields, faults: Vec::new() })
}

async fn save_costs(state: Visit, Path(id): Path<Ctid>, Form(sent): Form<CostsForm>) -> Answer {
    let edit = sent.edit()?;
    match state.workbench().edit_pathway_costs(&id, &edit).await? {
        PathwayEdited::Wrong(faults) => {
            let pathway = state.workbench().pathway(&id.to_string()).await?;
            let page = Page::new(&state, Section::Pathways, "What the pathway is and costs").await?;
            let template = CostsTemplate { page, pathway, base: edit.base, fields: edit.fields, faults };
            let mut answer = render(&template)?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        done => Ok(edited(&id, &done, "saved")),
    }
}
