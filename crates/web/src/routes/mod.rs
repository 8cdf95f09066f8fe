//! Every page, one a file, put together and guarded.

mod account;
mod assignments;
mod blueprint;
mod blueprints;
mod change;
mod comments;
mod course;
mod courses;
mod coverage;
mod credential;
mod credentials;
mod crosswalk;
mod degree_audit;
mod delegations;
mod edit_course;
mod find;
mod findings;
mod glossary;
mod history;
mod home;
mod import;
mod invitation;
mod keyboard;
mod learning;
mod notifications;
mod pathway;
mod pathways;
mod people;
mod program;
mod programs;
mod report;
mod review;
mod revisions;
mod shared;
mod sign_in;
mod signoff;
mod signoff_plan;
mod signoffs;
mod source;
mod structure;
mod why;
mod work;

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::error_page::{Failure, dress};
use crate::routing::{Listed, Routes};
use crate::{AppState, api, assets, guard, observe, security, server};

/// The longest time one request may take; longer work goes on in the background and shows its progress.
const LONGEST: Duration = Duration::from_secs(30);

/// All pages behind all guards. The outermost guard stands last.
pub fn router(state: AppState) -> Router {
    let guarded = everything()
        .into_parts()
        .0
        .fallback(nothing_here)
        .layer(from_fn_with_state(state.clone(), security::check_write))
        .layer(from_fn_with_state(state.clone(), guard::know_visitor))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(state.clone(), security::check_host))
        .layer(from_fn_with_state(state.clone(), server::check_rate))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(api::dress))
        .layer(from_fn_with_state(state.clone(), dress))
        .layer(from_fn(security::put_headers))
        .layer(CompressionLayer::new());
    observe::around(guarded, &state).with_state(state)
}

/// Every address with its rule.
#[must_use]
pub fn addresses() -> Vec<Listed> {
    everything().into_parts().1
}

fn everything() -> Routes {
    [
        assets::routes(),
        api::routes(),
        home::routes(),
        sign_in::routes(),
        invitation::routes(),
        account::routes(),
        people::routes(),
        programs::routes(),
        program::routes(),
        degree_audit::routes(),
        find::routes(),
        structure::routes(),
        pathways::routes(),
        pathway::routes(),
        blueprints::routes(),
        blueprint::routes(),
        change::routes(),
        courses::routes(),
        course::routes(),
        credentials::routes(),
        credential::routes(),
        crosswalk::routes(),
        review::routes(),
        why::routes(),
        learning::routes(),
        coverage::routes(),
        report::routes(),
        import::routes(),
        findings::routes(),
        history::routes(),
        revisions::routes(),
        signoffs::routes(),
        signoff_plan::routes(),
        delegations::routes(),
        signoff::routes(),
        source::routes(),
        work::routes(),
        glossary::routes(),
        keyboard::routes(),
        assignments::routes(),
        comments::routes(),
        edit_course::routes(),
        notifications::routes(),
        shared::routes(),
    ]
    .into_iter()
    .fold(Routes::new(), Routes::and)
}

async fn nothing_here(request: Request) -> Failure {
    Failure::no_such_page(request.uri().path())
}
