//! Whether the process answers (`/healthz`) and whether it can work (`/readyz`).
//!
//! The answers are one word without details: anybody may ask, under whatever name the machine is reached, and so does a
//! load balancer that knows no name.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::{AppState, server};

/// The pattern of the question whether the process answers.
pub(super) const ALIVE: &str = "/healthz";
/// The pattern of the question whether it can work.
pub(super) const READY: &str = "/readyz";

/// The longest time the database may take to answer before the server counts as not ready.
const LONGEST: Duration = Duration::from_secs(5);

/// Both questions, each of which counts for how often the caller may ask.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    Router::new()
        .route(ALIVE, get(alive))
        .route(READY, get(ready))
        .layer(from_fn_with_state(state.clone(), server::check_rate))
}

async fn alive() -> Response {
    word(StatusCode::OK, "alive\n")
}

async fn ready(State(state): State<AppState>) -> Response {
    if state.operations().is_stopping() {
        return word(StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match tokio::time::timeout(LONGEST, state.workbench().institution()).await {
        Ok(Ok(_)) => word(StatusCode::OK, "ready\n"),
        Ok(Err(_)) | Err(_) => word(StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    }
}

fn word(status: StatusCode, word: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], word).into_response()
}
