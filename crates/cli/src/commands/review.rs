//! `review`: look at what waits, or say a word on one pair.

use anyhow::Context;
use credway_model::{Ctid, OutcomeLevel, Strength, Text, Verdict};
use credway_workflow::{DecideRequest, ReviewFilter, ReviewOrder, ReviewPage, ReviewShow, StandingWord, Workbench};
use serde_json::json;

use super::{DEFAULT_DATABASE, say_next};
use crate::arguments::{self, Arguments, Level, Order, ReviewArguments, Show};
use crate::screen::Screen;
use crate::{Ended, next, shown};

pub(super) async fn run(
    arguments: &Arguments,
    screen: &Screen,
    workbench: &Workbench,
    review: &ReviewArguments,
) -> anyhow::Result<Ended> {
    let crosswalk = workbench.find_crosswalk(&review.pair.program, &review.pair.blueprint).await?;
    match verdict(review) {
        Some(verdict) => decide(arguments, screen, workbench, &crosswalk, review, verdict).await,
        None => look(arguments, screen, workbench, &crosswalk, review).await,
    }
}

/// The word that was given, if any.
fn verdict(review: &ReviewArguments) -> Option<Verdict> {
    match review.accept {
        Some(arguments::Strength::Full) => Some(Verdict::Accepted(Strength::Full)),
        Some(arguments::Strength::Partial) => Some(Verdict::Accepted(Strength::Partial)),
        None if review.reject => Some(Verdict::Rejected),
        None => review.withdraw.then_some(Verdict::Withdrawn),
    }
}

async fn look(
    arguments: &Arguments,
    screen: &Screen,
    workbench: &Workbench,
    crosswalk: &Ctid,
    review: &ReviewArguments,
) -> anyhow::Result<Ended> {
    let focus = match &review.objective {
        None => None,
        Some(given) => Some(workbench.find_objective(crosswalk, given).await?),
    };
    let show = match review.show {
        Show::Open => ReviewShow::Open,
        Show::Disputed => ReviewShow::Disputed,
        Show::Decided => ReviewShow::Decided,
        Show::All => ReviewShow::All,
    };
    let order = match review.order {
        Order::Blueprint => ReviewOrder::Blueprint,
        Order::Probability => ReviewOrder::Probability,
        Order::Useful => ReviewOrder::Useful,
    };
    let filter = ReviewFilter { show, order, focus, ..ReviewFilter::default() };
    let page = workbench.review(crosswalk, &filter).await?;
    shown::review(screen, &page)?;
    screen.document(&page)?;
    match words_for(arguments, workbench, &page) {
        Some(step) => screen.next(&step),
        None => say_next(arguments, screen, workbench, DEFAULT_DATABASE).await?,
    }
    Ok(Ended::Done)
}

/// How to say a word on the first candidate of the page.
fn words_for(arguments: &Arguments, workbench: &Workbench, page: &ReviewPage) -> Option<String> {
    let card = page.candidates.first()?;
    let outcome = match &card.outcome_code {
        Some(code) => format!("{}/{code}", card.course.code),
        None => card.statement.to_string(),
    };
    let objective = card.objective.code.clone().unwrap_or_else(|| card.objective.id.to_string());
    let credway = next::credway(arguments, DEFAULT_DATABASE, &workbench.database());
    let pair = next::options(&page.crosswalk.program, &page.crosswalk.blueprint);
    let (outcome, objective) = (next::quoted(&outcome), next::quoted(&objective));
    let settle = if card.standing == StandingWord::Disputed { "; add --settle to settle it" } else { "" };
    Some(format!(
        "{credway} review{pair} --objective {objective} --outcome {outcome} --accept full (or --accept partial, --reject{settle})"
    ))
}

async fn decide(
    arguments: &Arguments,
    screen: &Screen,
    workbench: &Workbench,
    crosswalk: &Ctid,
    review: &ReviewArguments,
    verdict: Verdict,
) -> anyhow::Result<Ended> {
    let outcome = review.outcome.as_deref().context("a word needs --outcome")?;
    let objective = review.objective.as_deref().context("a word needs --objective")?;
    let request = DecideRequest {
        statement: workbench.find_outcome(crosswalk, outcome).await?,
        target: workbench.find_objective(crosswalk, objective).await?,
        verdict,
        level: review.level.map(|level| match level {
            Level::Introduced => OutcomeLevel::Introduced,
            Level::Reinforced => OutcomeLevel::Reinforced,
            Level::Mastered => OutcomeLevel::Mastered,
        }),
        reason: review.reason.as_deref().map(Text::new).transpose().context("the reason cannot be taken")?,
        settles: review.settle,
    };
    let (statement, target) = (request.statement, request.target);
    let standing = workbench.decide(crosswalk, request).await?;
    let filter = ReviewFilter { show: ReviewShow::All, focus: Some(target), ..ReviewFilter::default() };
    let page = workbench.review(crosswalk, &filter).await?;
    let card = page.candidates.iter().find(|card| card.statement == statement);
    if let Some(card) = card {
        shown::decided(screen, card, page.crosswalk.coverage)?;
    }
    screen.document(&json!({ "standing": standing, "candidate": card, "coverage": page.crosswalk.coverage }))?;
    say_next(arguments, screen, workbench, DEFAULT_DATABASE).await?;
    Ok(Ended::Done)
}
