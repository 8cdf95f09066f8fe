//! The review for programs of others: one objective or course at a time with its candidates, as the reviewer sees it.
//! What is kept back from a blind reviewer on the pages is kept back here.

use axum::Json;
use axum::extract::Path;
use credway_model::Action;
use credway_workflow::{ReviewBy, ReviewFilter, ReviewOrder, ReviewShow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Reply;
use super::asked::{Asked, identifier, needs};
use super::crosswalks::CrosswalkHead;
use super::names::{CourseName, Identifier, ObjectiveName, Standing};
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/v1/crosswalks/{id}/review", Rule::May(&[Action::Review]), show)
}

wire! {
    /// A piece of a text, marked when it is evidence.
    Segment from credway_workflow::Segment {
        /// The piece.
        text: String,
        /// Number of the evidence it belongs to, from 1; the same number stands in the other text.
        mark: Option<usize>,
    }

    /// One earlier word.
    Word from credway_workflow::DecisionLine {
        /// Who.
        person: String,
        /// The word, for example `accepted (full)`.
        verdict: String,
        /// Level set.
        level: Option<String>,
        /// Why.
        reason: Option<String>,
        /// When, ISO 8601.
        at: String,
        /// Whether it settles a disagreement.
        settles: bool,
        /// The words of both statements as they were judged, where they are others today: it counts for nothing then.
        judged: Option<Judged>,
    }

    /// One candidate to judge.
    Candidate from credway_workflow::CandidateCard {
        /// The course statement: what a decision names as `statement`.
        statement: Identifier,
        /// The blueprint statement: what a decision names as `target`.
        objective: ObjectiveName,
        /// The course.
        course: CourseName,
        /// Code of the outcome; absent where the course stands for itself.
        outcome_code: Option<String>,
        /// `outcome`, `topic`, `description` or `title`.
        kind: String,
        /// Topics above it.
        topics: Vec<String>,
        /// Level in the source.
        level: Option<String>,
        /// Assessment named in the source.
        assessed_by: Option<String>,
        /// The course statement, cut at the evidence.
        statement_segments: Vec<Segment>,
        /// The blueprint statement, cut at the evidence.
        objective_segments: Vec<Segment>,
        /// Calibrated probability, 0 to 1; absent for a pair a person added.
        probability: Option<f64>,
        /// Whether the engine is confident enough to suggest it.
        suggested: bool,
        /// Depth the course statement's verb shows.
        taught: Option<String>,
        /// Depth the blueprint statement's verb asks for.
        asked: Option<String>,
        /// `reaches`, `below` or `unknown`.
        depth: String,
        /// The engine, by name and version.
        engine: Option<String>,
        /// What stands.
        standing: Standing,
        /// Your own word.
        own_word: Option<String>,
        /// Whether it was decided on before one of its statements was reworded, and by nobody since.
        reworded: bool,
        /// Whether others' words on it are kept back until you have given yours.
        hidden: bool,
        /// Earlier words, oldest first.
        decisions: Vec<Word>,
    }

    /// One page of the review.
    Review from credway_workflow::ReviewPage {
        /// The crosswalk in one line.
        crosswalk: CrosswalkHead,
        /// What it is about; absent when nothing is left to show.
        focus: Option<Focus>,
        /// Identifier of what it is about.
        focus_id: Option<Identifier>,
        /// Candidates, the most probable first.
        candidates: Vec<Candidate>,
        /// Position among the things with something to show, from 1; 0 for one without.
        position: usize,
        /// How many things have something to show.
        of: usize,
        /// The one before.
        previous: Option<Identifier>,
        /// The one after.
        next: Option<Identifier>,
        /// Candidates left that match, over all pages.
        remaining: usize,
        /// Whether you were given a blind review here.
        blind: bool,
    }
}

/// The words of both statements as they were judged.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Judged {
    /// The course statement.
    statement: String,
    /// The blueprint statement.
    objective: String,
}

impl Plain<(String, String)> for Judged {
    fn of((statement, objective): (String, String)) -> Self {
        Self { statement, objective }
    }
}

/// What a page of the review is about.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase", tag = "by")]
pub(super) enum Focus {
    /// A blueprint statement.
    Objective {
        /// The statement.
        objective: ObjectiveName,
        /// Its share of the exam in per cent.
        share: Option<f64>,
        /// Its score now: 0, 0.5 or 1.
        score: Option<f64>,
    },
    /// A course.
    Course {
        /// The course.
        course: CourseName,
        /// Its description.
        description: Option<String>,
    },
}

impl Plain<credway_workflow::ReviewFocus> for Focus {
    fn of(given: credway_workflow::ReviewFocus) -> Self {
        use credway_workflow::ReviewFocus;
        match given {
            ReviewFocus::Objective { objective, share, score } => {
                Self::Objective { objective: Plain::of(objective), share, score }
            }
            ReviewFocus::Course { course, description } => Self::Course { course: Plain::of(course), description },
        }
    }
}

/// What one page is about.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum By {
    Objective,
    Course,
}

/// Which candidates are shown.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Show {
    Open,
    Disputed,
    Decided,
    All,
}

/// In which order the review goes.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Order {
    Blueprint,
    Probability,
    Useful,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReviewAsked {
    /// Whether a page is about an objective or a course; objectives where it is not said.
    #[param(inline)]
    by: Option<By>,
    /// Which candidates; those without your word where it is not said.
    #[param(inline)]
    show: Option<Show>,
    /// In which order the objectives or courses come: that of the blueprint or program where it is not said; else what holds
    /// the most probable candidate first, or what is most useful to look at given what was decided so far.
    #[param(inline)]
    order: Option<Order>,
    /// Only candidates of this domain.
    domain: Option<Identifier>,
    /// The objective or course to show; the first with something to show where it is not said.
    focus: Option<Identifier>,
    /// Whether others' words are kept back until you have given yours. Where you were given a blind review they are,
    /// whatever is said here.
    blind: Option<bool>,
}

/// One page of the review.
#[utoipa::path(get, path = "/api/v1/crosswalks/{id}/review", operation_id = "getReview", tag = "Review",
    params(("id" = Identifier, Path, description = "The crosswalk."), ReviewAsked),
    responses((status = 200, description = "The page.", body = Review)))]
pub(super) async fn show(visit: Visit, Path(id): Path<String>, Asked(asked): Asked<ReviewAsked>) -> Reply<Review> {
    needs(&visit, Action::Review).await?;
    let filter = ReviewFilter {
        by: match asked.by {
            None | Some(By::Objective) => ReviewBy::Objective,
            Some(By::Course) => ReviewBy::Course,
        },
        show: match asked.show {
            None | Some(Show::Open) => ReviewShow::Open,
            Some(Show::Disputed) => ReviewShow::Disputed,
            Some(Show::Decided) => ReviewShow::Decided,
            Some(Show::All) => ReviewShow::All,
        },
        order: match asked.order {
            None | Some(Order::Blueprint) => ReviewOrder::Blueprint,
            Some(Order::Probability) => ReviewOrder::Probability,
            Some(Order::Useful) => ReviewOrder::Useful,
        },
        domain: asked.domain.map(|domain| domain.0),
        focus: asked.focus.map(|focus| focus.0),
        blind: asked.blind.unwrap_or(false),
    };
    Ok(Json(Plain::of(visit.workbench().review(&identifier("crosswalk", &id)?, &filter).await?)))
}
