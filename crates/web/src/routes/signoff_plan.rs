//! The steps of an institution's sign-offs: a form with a line for each step, and some empty ones for more.

use askama::Template;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, Ctid, MOST_STEPS, Role, SIGNING_ROLES, SignoffPlan, SignoffStep, StepAsks, Text};
use credway_workflow::InstitutionPlan;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

/// Empty lines offered below the steps there are.
const MORE: usize = 2;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/signoffs/plan", Rule::May(&[Action::PlanSignoff]), show).post(
        "/signoffs/plan/{institution}",
        Rule::May(&[Action::PlanSignoff]),
        set,
    )
}

/// A line of the form.
struct Line {
    number: usize,
    title: String,
    quorum: u32,
    date: bool,
    roles: Vec<(Role, bool)>,
}

#[derive(Template)]
#[template(path = "signoff_plan.html")]
struct PlanTemplate {
    page: Page,
    plans: Vec<(InstitutionPlan, Vec<Line>)>,
}

async fn show(visit: Visit) -> Answer {
    let page = Page::new(&visit, Section::Signoffs, "Steps of sign-offs").await?;
    let plans = visit.workbench().signoff_plans().await?;
    let plans = plans.into_iter().map(|plan| {
        let lines = lines(&plan.plan);
        (plan, lines)
    });
    render(&PlanTemplate { page, plans: plans.collect() })
}

fn lines(plan: &SignoffPlan) -> Vec<Line> {
    let count = (plan.steps().len() + MORE).min(MOST_STEPS);
    let line = |number: usize| {
        let step = plan.steps().get(number);
        let has = |role: &Role| step.is_some_and(|step| step.roles.contains(role));
        Line {
            number: number + 1,
            title: step.map_or_else(String::new, |step| step.title.to_string()),
            quorum: step.map_or(1, |step| step.quorum),
            date: step.is_some_and(|step| step.asks == StepAsks::Date),
            roles: SIGNING_ROLES.iter().map(|role| (*role, has(role))).collect(),
        }
    };
    (0..count).map(line).collect()
}

async fn set(visit: Visit, Path(institution): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    let institution: Ctid = institution
        .parse()
        .map_err(|error: credway_model::CtidError| Failure::refused(format!("{error}."), "Open the page of steps."))?;
    visit.workbench().set_signoff_plan(&institution, &read(&fields)?).await?;
    Ok(Redirect::to("/signoffs/plan").into_response())
}

/// The plan a form describes; a line without a title is left out.
fn read(fields: &[(String, String)]) -> Result<SignoffPlan, Failure> {
    let refuse = |what: String| Failure::refused(what, "Go back and correct it; the steps stay as they were.");
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim());
    let mut steps = Vec::new();
    for number in 1..=MOST_STEPS {
        let title = value(&format!("title{number}"));
        if title.is_empty() {
            continue;
        }
        let quorum = value(&format!("quorum{number}"));
        let roles = SIGNING_ROLES.into_iter().filter(|role| value(&format!("role{number}_{}", role.word())) == "yes");
        steps.push(SignoffStep {
            title: Text::new(title).map_err(|error| refuse(format!("“{title}” cannot be a title: {error}.")))?,
            roles: roles.collect(),
            quorum: quorum.parse().map_err(|_| refuse(format!("Step “{title}”: “{quorum}” is no number.")))?,
            asks: if value(&format!("asks{number}")) == "date" { StepAsks::Date } else { StepAsks::Signature },
        });
    }
    let several_steps = value("several_steps") == "yes";
    SignoffPlan::new(steps, several_steps)
        .map_err(|error| refuse(format!("{}.", crate::words::capital(&error.to_string()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_plan_is_read_from_its_form() {
        let form = fields(&[
            ("title1", "Faculty"),
            ("quorum1", "2"),
            ("role1_faculty_reviewer", "yes"),
            ("title2", ""),
            ("title3", "Board"),
            ("quorum3", "1"),
            ("asks3", "date"),
            ("role3_dean", "yes"),
            ("role3_registrar", "yes"),
        ]);
        let plan = read(&form).ok().unwrap();
        let titles: Vec<&str> = plan.steps().iter().map(|step| step.title.as_str()).collect();
        assert_eq!(titles, ["Faculty", "Board"]);
        assert_eq!((plan.steps()[0].quorum, plan.steps()[1].asks), (2, StepAsks::Date));
        assert_eq!(plan.steps()[1].roles, [Role::Registrar, Role::Dean]);
        assert!(!plan.several_steps());
        for (name, value, expected) in [
            ("quorum1", "many", "no number"),
            ("title3", "Faculty", "Two steps are called"),
            ("asks1", "date", "one person enters"),
        ] {
            let mut wrong = form.clone();
            wrong.retain(|(field, _)| field != name);
            wrong.push((name.to_owned(), value.to_owned()));
            let message = read(&wrong).err().unwrap().message;
            assert!(message.contains(expected), "{message}");
        }
        assert!(read(&[]).err().unwrap().message.contains("1 to 12 steps"));
    }

    #[test]
    fn the_form_offers_every_step_and_two_more() {
        let lines = lines(&SignoffPlan::usual());
        assert_eq!(lines.len(), 7);
        assert!(lines[4].date && lines[5].title.is_empty() && lines[6].number == 7);
    }
}
