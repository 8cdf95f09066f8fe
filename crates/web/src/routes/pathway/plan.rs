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
    FieldFault, PathwayPage, PlanProgress, PlanWishes, PlansCompared, SimulationFields, WEEKLY_HOURS_IN_ALL,
    WishFields, WorkflowError,
};

use super::plan_view::{ComparisonView, PlanView};
use super::simulation_view::SimulationView;
use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

/// How long a page plans: the best plan found by then is shown, and what is not proved is said. Where two are planned, a person's own
/// has half of it, and the other what is left.
const LONGEST: Duration = Duration::from_secs(20);
/// How long a page plans and simulates: what answers later is broken off for every page.
const WITH_LEARNERS: Duration = Duration::from_secs(28);
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
    /// Whether to let learners follow it, at these rates.
    simulate: bool,
    rates: SimulationFields,
}

/// A rate in the form.
struct RateField<'a> {
    name: &'static str,
    label: &'static str,
    value: &'a str,
}

/// The fields of rates, by the names of their controls.
const fn rates(rates: &mut SimulationFields) -> [(&'static str, &mut String); 5] {
    [
        ("passed", &mut rates.passed),
        ("exams_passed", &mut rates.exams_passed),
        ("stop_out", &mut rates.stop_out),
        ("come_back", &mut rates.come_back),
        ("pass_rates", &mut rates.pass_rates),
    ]
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
        let mut form = Self { rates: SimulationFields::usual(), ..Self::default() };
        for (name, value) in sent {
            match name.as_str() {
                "held" => form.held.push(value),
                "no_summer" => form.wishes.no_summer = true,
                "suggestions" => form.wishes.suggestions = true,
                "compare" => form.compare = true,
                "simulate" => form.simulate = true,
                name => {
                    let fields = texts(&mut form.wishes).into_iter().chain(rates(&mut form.rates));
                    if let Some((_, field)) = fields.into_iter().find(|(known, _)| *known == name) {
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
    /// Why nothing was planned, where that is no field's fault.
    refused: Option<Failure>,
    plan: Option<PlanView>,
    comparison: Option<ComparisonView>,
    simulation: Option<SimulationView>,
    /// Whether time was over before there was a plan to put beside it.
    other_late: bool,
    weekly: u32,
    learners: String,
    /// Keys and names of what can be held: credentials and exams.
    holdable: Vec<(String, String)>,
    /// Keys and names of destinations.
    destinations: Vec<(String, String)>,
}

impl PlanTemplate {
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.as_str())
    }

    /// Whether the form for rates is shown: below a plan, and where it was sent.
    fn asks_rates(&self) -> bool {
        self.form.simulate || self.plan.as_ref().is_some_and(|view| view.plan.found)
    }

    fn rate_fields(&self) -> [RateField<'_>; 4] {
        let rates = &self.form.rates;
        [
            ("passed", "Of 100 attempts at a course, passed", &rates.passed),
            ("exams_passed", "Of 100 sittings of an exam, passed", &rates.exams_passed),
            ("stop_out", "Of 100 learners, stop out before a term", &rates.stop_out),
            ("come_back", "Of 100 who stopped out, come back", &rates.come_back),
        ]
        .map(|(name, label, value)| RateField { name, label, value })
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
            refused: None,
            plan: None,
            comparison: None,
            simulation: None,
            learners: words::number(SimulationFields::LEARNERS),
            other_late: false,
            weekly: WEEKLY_HOURS_IN_ALL,
        })
    }

    /// The form again with everything that was typed, and what stands in the way.
    fn refused(mut self, error: WorkflowError) -> Answer {
        match error {
            WorkflowError::Wishes(faults) => self.faults = faults,
            error @ (WorkflowError::Refused { .. } | WorkflowError::Late) => self.refused = Some(error.into()),
            error => return Err(error.into()),
        }
        let mut answer = render(&self)?;
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(unkept(answer))
    }
}

async fn show(state: Visit, Path(id): Path<String>) -> Answer {
    render(&PlanTemplate::new(&state, &id, PlanForm::read(Vec::new())).await?).map(unkept)
}

async fn plan(state: Visit, Path(id): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let mut template = PlanTemplate::new(&state, &id, PlanForm::read(sent)).await?;
    if template.form.simulate {
        return simulated(&state, &id, template).await;
    }
    match planned(&state, &id, &template.form).await {
        Ok(PlansCompared::OwnAlone(plan)) => {
            template.other_late = template.form.compare;
            template.plan = Some(PlanView::new(*plan));
        }
        Ok(PlansCompared::Both(compared)) => {
            template.comparison = Some(ComparisonView::new(&compared));
            template.plan = Some(PlanView::new(compared.second));
        }
        Err(error) => return template.refused(error),
    }
    render(&template).map(unkept)
}

/// The plan that was wished for, with the usual one where that was asked for too.
async fn planned(state: &Visit, id: &str, form: &PlanForm) -> Result<PlansCompared, WorkflowError> {
    let begun = Instant::now();
    let wishes = read(&form.fields())?;
    if !form.compare {
        let plan = state.workbench().plan_pathway(id, &wishes, Until(begun + LONGEST)).await?;
        return Ok(PlansCompared::OwnAlone(Box::new(plan)));
    }
    let usual = read(&form.fields().usual())?;
    let (own, other) = (("As wished", &wishes), ("Usual", &usual));
    let times = [Until(begun + LONGEST / 2), Until(begun + LONGEST)];
    state.workbench().compare_plans(id, own, other, times).await
}

/// The plan, and what becomes of learners who follow it.
async fn simulated(state: &Visit, id: &str, mut template: PlanTemplate) -> Answer {
    let begun = Instant::now();
    let asked = (read(&template.form.fields()), template.form.rates.read().map_err(WorkflowError::Wishes));
    let found = match asked {
        (Ok(wishes), Ok(request)) => {
            let heard = move |_| Instant::now() < begun + WITH_LEARNERS;
            state.workbench().simulate_pathway(id, &wishes, &request, Until(begun + LONGEST), heard).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match found {
        Ok(found) => {
            template.simulation = Some(SimulationView::new(&found.simulation));
            template.plan = Some(PlanView::new(found.plan));
        }
        Err(error) => return template.refused(error),
    }
    render(&template).map(unkept)
}

/// The plan of study as PDF.
async fn document(state: Visit, Path(id): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let form = PlanForm::read(sent);
    let until = Until(Instant::now() + LONGEST);
    let made = match read(&form.fields()) {
        Ok(wishes) => state.workbench().plan_of_study(&id, &wishes, until).await,
        Err(error) => Err(error),
    };
    let made = match made {
        Ok(made) => made,
        Err(error) => return PlanTemplate::new(&state, &id, form).await?.refused(error),
    };
    let headers = [
        (header::CONTENT_TYPE, made.media_type),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"plan-of-study.pdf\""),
    ];
    Ok(unkept((headers, made.bytes).into_response()))
}

fn read(fields: &WishFields) -> Result<PlanWishes, WorkflowError> {
    let wishes = fields.read().map_err(WorkflowError::Wishes)?;
    Ok(PlanWishes { seconds: SECONDS, ..wishes })
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
