//! What the engine learned from an institution's decisions: from how many, how it did on decisions held out, what
//! changed; learn now, and take it back.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use credway_align::{LEAST_DECISIONS, LEAST_GROUPS, LEAST_OF_EACH, Learned, Learning, Lesson, Quality};
use credway_model::{Action, Ctid};
use credway_workflow::{InstitutionLearning, LearnedState};

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const RULE: Rule = Rule::May(&[Action::Learn]);

pub(crate) fn routes() -> Routes {
    Routes::new().get("/learning", RULE, show).post("/learning/{institution}", RULE, learn).post(
        "/learning/{institution}/forget",
        RULE,
        forget,
    )
}

#[derive(Template)]
#[template(path = "learning.html")]
struct LearningTemplate {
    page: Page,
    all: Vec<InstitutionLearning>,
}

/// A figure before and after.
struct Figure {
    name: &'static str,
    before: String,
    after: String,
    better: &'static str,
}

/// One band of the calibration, before and after.
struct Band {
    name: String,
    before: String,
    after: String,
}

impl LearningTemplate {
    const DECISIONS: usize = LEAST_DECISIONS;
    const OF_EACH: usize = LEAST_OF_EACH;
    const COURSES: usize = LEAST_GROUPS;

    fn state(one: &InstitutionLearning) -> &'static str {
        match one.state {
            LearnedState::Nothing => "Nothing was learned yet; the shipped engine judges alone.",
            LearnedState::InUse => "In use: it judges the next alignment of every crosswalk here.",
            LearnedState::NotBetter => {
                "Not used: on decisions held out it was no better than the shipped engine, which judges alone."
            }
            LearnedState::TakenBack => "Taken back: the shipped engine judges alone.",
            LearnedState::OtherEngine => {
                "Not used: it was learned over another version of the engine. Learn again to use what was decided."
            }
        }
    }

    fn figures(lesson: &Lesson) -> Vec<Figure> {
        let row = |name, better, of: fn(&Quality) -> Option<f64>| {
            let shown = |quality: &Quality| of(quality).map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
            Figure { name, better, before: shown(&lesson.before), after: shown(&lesson.after) }
        };
        vec![
            row("Log loss", "lower is better", |quality| Some(quality.log_loss)),
            row("Average precision", "higher is better", |quality| Some(quality.average_precision)),
            row("First accepted, by objective (mean of 1 ÷ rank)", "higher is better", |quality| {
                quality.reciprocal_rank
            }),
            row("Calibration error", "lower is better", |quality| Some(quality.calibration_error)),
        ]
    }

    fn bands(lesson: &Lesson) -> Vec<Band> {
        let said = |bin: &credway_align::ReliabilityBin| match bin.decisions {
            0 => "none".to_owned(),
            count => format!("{count}: {:.2} forecast, {:.2} accepted", bin.forecast, bin.accepted),
        };
        let bands = lesson.before.reliability.iter().zip(&lesson.after.reliability).enumerate();
        bands
            .map(|(at, (before, after))| Band {
                name: format!("{}–{} %", at * 20, at * 20 + 20),
                before: said(before),
                after: said(after),
            })
            .collect()
    }

    /// What changed, the most first; what hardly changed is left out.
    fn changes(lesson: &Lesson) -> Vec<String> {
        let mut numbers: Vec<&Learned> = lesson.scorer.numbers.iter().filter(|one| one.weight.abs() >= 0.05).collect();
        numbers.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()).then(one.name.cmp(&other.name)));
        let mut said = Vec::new();
        if lesson.scorer.bias.abs() >= 0.05 {
            let way = if lesson.scorer.bias > 0.0 { "more" } else { "less" };
            said.push(format!("Everything is {way} likely to be accepted here ({:+.2} log odds).", lesson.scorer.bias));
        }
        if (lesson.scorer.scale - 1.0).abs() >= 0.05 {
            let way = if lesson.scorer.scale > 1.0 { "further from" } else { "nearer to" };
            said.push(format!("Probabilities move {way} an even chance (× {:.2}).", lesson.scorer.scale));
        }
        said.extend(numbers.iter().map(|one| {
            let way = if one.weight > 0.0 { "more" } else { "less" };
            format!("“{}” counts {way} ({:+.2} for each deviation).", one.name.replace('_', " "), one.weight)
        }));
        said.into_iter().map(|sentence| sentence.replace('-', "−")).collect()
    }
}

async fn show(visit: Visit) -> Answer {
    let page = Page::new(&visit, Section::Programs, "What the engine learned").await?;
    render(&LearningTemplate { page, all: visit.workbench().learning().await? })
}

fn institution_id(given: &str) -> Result<Ctid, Failure> {
    given
        .parse()
        .map_err(|error: credway_model::CtidError| Failure::refused(format!("{error}."), "Open the page of learning."))
}

async fn learn(visit: Visit, Path(institution): Path<String>) -> Answer {
    visit.workbench().learn(&institution_id(&institution)?).await?;
    Ok(Redirect::to("/learning").into_response())
}

async fn forget(visit: Visit, Path(institution): Path<String>) -> Answer {
    visit.workbench().forget_learned(&institution_id(&institution)?).await?;
    Ok(Redirect::to("/learning").into_response())
}
