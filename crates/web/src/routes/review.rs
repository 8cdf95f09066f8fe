//! The review: one objective or one course at a time, its candidates, and the reviewer's word on each.
//!
//! Everything is a plain form that answers with a redirect to where the reviewer was; a script may ask for the decided
//! card alone (header `x-credway-part: card`) and put it in place.

mod card;
mod place;
mod view;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use credway_model::{Ctid, OutcomeLevel, Strength, Text, Verdict};
use credway_workflow::{DecideRequest, ReviewFilter, ReviewShow};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::{crosswalk_id, wrong_address};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use card::CardView;
pub(in crate::routes) use card::{course_anchor, objective_name, shorten, standing_words};
use credway_model::Action;
pub(in crate::routes) use place::chosen_blind;
use place::{Place, PlaceFields, last_pair};
use view::ReviewView;

/// The routes of the review.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/crosswalks/{id}/review", Rule::May(&[Action::Review]), show)
        .post("/crosswalks/{id}/decide", Rule::May(&[Action::Review]), decide)
        .post("/crosswalks/{id}/undo", Rule::May(&[Action::Review]), undo)
}

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewTemplate {
    page: Page,
    view: ReviewView,
}

/// The card that was decided, and how far the review is.
#[derive(Template)]
#[template(path = "review_part.html")]
struct PartTemplate {
    page: Page,
    view: ReviewView,
    card: CardView,
}

async fn show(state: Visit, Path(id): Path<String>, Query(fields): Query<PlaceFields>) -> Answer {
    let place = Place::read(crosswalk_id(&id)?, &fields).map_err(wrong_address)?;
    let last = match last_pair(&fields) {
        Some((pair, came_in)) => card_of(&state, &place, pair).await?.map(|card| card.with_others(came_in)),
        None => None,
    };
    let view = view_of(&state, &place, last).await?;
    let page = Page::new(&state, Section::Programs, view.title()).await?;
    render(&ReviewTemplate { page, view })
}

async fn view_of(state: &Visit, place: &Place, last: Option<CardView>) -> Result<ReviewView, Failure> {
    let page = state.workbench().review(&place.crosswalk, &place.filter).await?;
    let domains = state.workbench().crosswalk_domains(&place.crosswalk).await?;
    Ok(ReviewView::new(page, place, domains, last))
}

/// The card of one pair, whatever the filter shows.
async fn card_of(state: &Visit, place: &Place, pair: (Ctid, Ctid)) -> Result<Option<CardView>, Failure> {
    let filter = ReviewFilter {
        by: credway_workflow::ReviewBy::Objective,
        show: ReviewShow::All,
        focus: Some(pair.1),
        blind: place.filter.blind,
        ..ReviewFilter::default()
    };
    let page = state.workbench().review(&place.crosswalk, &filter).await?;
    Ok(page.candidates.into_iter().find(|card| card.statement == pair.0).map(CardView::new))
}

/// A word on a pair, or the wish to take one back, as the form sends it.
#[derive(Deserialize)]
struct WordForm {
    statement: String,
    target: String,
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    settles: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    domain: String,
    #[serde(default)]
    focus: String,
    #[serde(default)]
    blind: String,
    /// How many words on the pair the page showed; empty where they were kept back.
    #[serde(default)]
    seen: String,
}

impl WordForm {
    fn place(&self, crosswalk: Ctid) -> Result<Place, Failure> {
        let fields = PlaceFields::of([&self.by, &self.show, &self.order, &self.domain, &self.focus, &self.blind]);
        Place::read(crosswalk, &fields).map_err(wrong_address)
    }

    fn pair(&self) -> Result<(Ctid, Ctid), Failure> {
        let wrong = |error: credway_model::CtidError| {
            Failure::refused(format!("The form names no pair: {error}."), "Reload the page and try again.")
        };
        Ok((self.statement.parse().map_err(wrong)?, self.target.parse().map_err(wrong)?))
    }

    fn request(&self) -> Result<DecideRequest, Failure> {
        let (statement, target) = self.pair()?;
        let refuse = |what: String| Failure::refused(what, "Go back, correct it and try again; nothing was recorded.");
        let verdict = match self.verdict.as_str() {
            "full" => Verdict::Accepted(Strength::Full),
            "partial" => Verdict::Accepted(Strength::Partial),
            "rejected" => Verdict::Rejected,
            _ => return Err(refuse("The form gives no decision: it may be full, partial or rejected.".to_owned())),
        };
        let level = match self.level.as_str() {
            "" => None,
            given => Some(OutcomeLevel::read(given).ok_or_else(|| refuse(format!("“{given}” is not a level.")))?),
        };
        let reason = match self.reason.trim() {
            "" => None,
            given => Some(Text::new(given).map_err(|error| refuse(format!("The reason cannot be taken: {error}.")))?),
        };
        Ok(DecideRequest { statement, target, verdict, level, reason, settles: self.settles == "yes" })
    }
}

async fn decide(state: Visit, Path(id): Path<String>, headers: HeaderMap, Form(form): Form<WordForm>) -> Answer {
    let place = form.place(crosswalk_id(&id)?)?;
    state.workbench().decide(&place.crosswalk, form.request()?).await?;
    answer(&state, &place, &form, &headers).await
}

async fn undo(state: Visit, Path(id): Path<String>, headers: HeaderMap, Form(form): Form<WordForm>) -> Answer {
    let place = form.place(crosswalk_id(&id)?)?;
    let (statement, target) = form.pair()?;
    state.workbench().undo(&place.crosswalk, statement, target).await?;
    answer(&state, &place, &form, &headers).await
}

/// The decided card for a script, or the way back for a browser without one.
async fn answer(state: &Visit, place: &Place, form: &WordForm, headers: &HeaderMap) -> Answer {
    let pair = form.pair()?;
    let card = card_of(state, place, pair).await?;
    // What is there now besides what the page showed and the word just given came from somebody else meanwhile.
    let seen: Option<usize> = form.seen.parse().ok();
    let came_in = card.as_ref().zip(seen).is_some_and(|(card, seen)| card.card.decisions.len() > seen + 1);
    if headers.get("x-credway-part").is_none_or(|part| part != "card") {
        return Ok(Redirect::to(&place.address_after(pair.0, pair.1, came_in)).into_response());
    }
    let view = view_of(state, place, None).await?;
    let Some(card) = card.map(|card| card.with_others(came_in)) else {
        return Err(Failure::refused(
            "The decision was recorded, but its card is no longer there.",
            "Reload the page.",
        ));
    };
    let page = Page::new(state, Section::Programs, view.title()).await?;
    render(&PartTemplate { page, view, card })
}
