//! The plan of a pathway for a person's wishes, and two plans side by side.
//!
//! Wishes are sent, never put into the address: what somebody has passed and holds is theirs. Nothing of them is kept.

use std::time::{Duration, Instant};

use askama::Template;
use axum::extract::{Form, Path};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credway_model::Action;
use credway_workflow::{
    FieldFault, PathwayPage, PathwayPlan, PlanComparison, PlanProgress, PlanWishes, WEEKLY_HOURS_IN_ALL, WishFields,
};

use super::plan_view::{ComparisonView, PlanView};
use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

/// How long a page plans: the best plan found by then is shown, and what is not proved is said.
const LONGEST: Duration = Duration::from_secs(20);
/// Seconds a call of the solver may take.
const SECONDS: f64 = 8.0;

pub(super) fn routes() -> Routes {
    const READ: Rule = Rule::May(&[Action::ReadCatalogue]);
    Routes::new().get("/pathways/{id}/plan", READ, show).post("/pathways/{id}/plan", READ, plan).post(
        "/pathways/{id}/plan.pdf",
        READ,
        document,
    )
}

/// Stops when the page has to answer.
struct Until(Instant);

impl PlanProgress for Until {
    fn ended(&mut self, _: &'static str, _: bool) {}

    fn cancelled(&self) -> bool {
        Instant::now() >= self.0
    }
}

/// The wishes as the form sends them.
#[derive(Clone, Debug, Default)]
pub(super) struct PlanForm {
    /// All but what is held, which comes key by key.
    wishes: WishFields,
    held: Vec<String>,
    /// Whether to put the usual plan beside it.
    compare: bool,
}

/// The fields of words, by the names of their controls.
const fn texts(wishes: &mut WishFields) -> [(&'static str, &mut String); 13] {
    [
        ("to", &mut wishes.to),
        ("from", &mut wishes.from),
        ("terms", &mut wishes.terms),
        ("most", &mut wishes.most),
        ("least", &mut wishes.least),
        ("work", &mut wishes.work),
        ("done", &mut wishes.done),
        ("want", &mut wishes.want),
        ("require", &mut wishes.require),
        ("drop", &mut wishes.drop),
        ("order", &mut wishes.order),
        ("assume_credits", &mut wishes.assume_credits),
        ("readiness", &mut wishes.readiness),
    ]
}

impl PlanForm {
    /// Reads what was sent: `held` may come several times.
    fn read(sent: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in sent {
            match name.as_str() {
                "held" => form.held.push(value),
                "no_summer" => form.wishes.no_summer = true,
                "suggestions" => form.wishes.suggestions = true,
                "compare" => form.compare = true,
                name => {
                    if let Some((_, field)) = texts(&mut form.wishes).into_iter().find(|(known, _)| *known == name) {
                        *field = value;
                    }
                }
            }
        }
        form
    }

    fn fields(&self) -> WishFields {
        WishFields { held: self.held.join(","), ..self.wishes.clone() }
    }

    /// The wishes again as hidden fields, for the document.
    fn hidden(&self) -> Vec<(&'static str, String)> {
        let mut wishes = self.wishes.clone();
        let words = texts(&mut wishes).into_iter().filter(|(_, value)| !value.is_empty());
        let mut fields: Vec<(&'static str, String)> = words.map(|(name, value)| (name, value.clone())).collect();
        fields.extend(self.held.iter().map(|key| ("held", key.clone())));
        let flags = [("no_summer", self.wishes.no_summer), ("suggestions", self.wishes.suggestions)];
        fields.extend(flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name, "true".to_owned())));
        fields
    }

    fn holds(&self, key: &str) -> bool {
        self.held.iter().any(|held| held == key)
    }
}

#[derive(Template)]
#[template(path = "pathway_plan.html")]
struct PlanTemplate {
    page: Page,
    pathway: PathwayPage,
    form: PlanForm,
    faults: Vec<FieldFault>,
    plan: Option<PlanView>,
    comparison: Option<ComparisonView>,
    weekly: u32,
    /// Keys and names of what can be held: credentials and exams.
    holdable: Vec<(String, String)>,
    /// Keys and names of destinations.
    destinations: Vec<(String, String)>,
}

impl PlanTemplate {
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.as_str())
    }

    async fn new(state: &Visit, id: &str, form: PlanForm) -> Result<Self, Failure> {
        let pathway = state.workbench().pathway(id).await?;
        let page = Page::new(state, Section::Pathways, format!("Plan of {}", pathway.head.title)).await?;
        let named = |kinds: &[&str]| -> Vec<(String, String)> {
            let of = pathway.components.iter().filter(|one| kinds.contains(&one.kind));
            of.map(|one| (one.key.clone(), one.name.clone())).collect()
        };
        let destinations =
            pathway.components.iter().filter(|one| one.roles.contains(&"destination") && one.kind == "credential");
        Ok(Self {
            page,
            holdable: named(&["credential", "assessment"]),
            destinations: destinations.map(|one| (one.key.clone(), one.name.clone())).collect(),
            pathway,
            form,
            faults: Vec::new(),
            plan: None,
            comparison: None,
            weekly: WEEKLY_HOURS_IN_ALL,
        })
    }
}

async fn show(state: Visit, Path(id): Path<String>) -> Answer {
    render(&PlanTemplate::new(&state, &id, PlanForm::default()).await?).map(unkept)
}

async fn plan(state: Visit, Path(id): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let mut template = PlanTemplate::new(&state, &id, PlanForm::read(sent)).await?;
    let wishes = match read(&template.form.fields()) {
        Ok(wishes) => wishes,
        Err(faults) => {
            template.faults = faults;
            let mut answer = render(&template)?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(unkept(answer));
        }
    };
    let until = Until(Instant::now() + LONGEST);
    if template.form.compare {
        let usual = read(&template.form.fields().usual()).unwrap_or_default();
        let (first, second) = (("Usual", &usual), ("As wished", &wishes));
        let compared: PlanComparison = state.workbench().compare_plans(&id, first, second, until).await?;
        template.plan = Some(PlanView::new(compared.second.clone()));
        template.comparison = Some(ComparisonView::new(&compared));
    } else {
        let planned: PathwayPlan = state.workbench().plan_pathway(&id, &wishes, until).await?;
        template.plan = Some(PlanView::new(planned));
    }
    render(&template).map(unkept)
}

/// The plan of study as PDF.
async fn document(state: Visit, Path(id): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let form = PlanForm::read(sent);
    let wishes = read(&form.fields()).map_err(|_| {
        Failure::refused("The wishes cannot be taken.", "Go back, plan again, and take the document from there.")
    })?;
    let until = Until(Instant::now() + LONGEST);
    let made = state.workbench().plan_of_study(&id, &wishes, until).await?;
    let headers = [
        (header::CONTENT_TYPE, made.media_type),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"plan-of-study.pdf\""),
    ];
    Ok(unkept((headers, made.bytes).into_response()))
}

fn read(fields: &WishFields) -> Result<PlanWishes, Vec<FieldFault>> {
    fields.read().map(|wishes| PlanWishes { seconds: SECONDS, ..wishes })
}

/// No browser keeps what somebody has passed and holds.
fn unkept(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_comes_back_as_hidden_fields() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let form = PlanForm::read(vec![
            pair("csrf", "x"),
            pair("to", "degree"),
            pair("held", "certificate"),
            pair("held", "exam"),
            pair("no_summer", "true"),
        ]);
        assert!(form.holds("exam") && !form.holds("degree"));
        let hidden = form.hidden();
        let hidden: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(hidden, [("to", "degree"), ("held", "certificate"), ("held", "exam"), ("no_summer", "true")]);
        assert_eq!(form.fields().held, "certificate,exam");
        assert_eq!(form.fields().usual().held, "");
    }
}
