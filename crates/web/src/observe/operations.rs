//! The listener for whoever runs the server: metrics and health, on this machine only, never among the pages.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use credway_workflow::MetricsSettings;

use super::health;
use crate::{AppState, security};

/// What the text is.
/// Source: OpenMetrics 1.0, “ABNF”.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Metrics and health for the listener at `bound`.
pub(crate) fn router(state: &AppState, settings: &MetricsSettings, bound: SocketAddr) -> Router {
    let token = settings.token.clone();
    let counted = move |State(state): State<AppState>, headers: HeaderMap| {
        let allowed = token.as_ref().is_none_or(|token| shows(&headers, token.reveal()));
        async move { if allowed { counted(&state).await } else { refused() } }
    };
    Router::new()
        .route("/metrics", get(counted))
        .merge(health::routes(state))
        .layer(from_fn_with_state(bound, check_host))
        .layer(from_fn(security::put_headers))
        .with_state(state.clone())
}

async fn counted(state: &AppState) -> Response {
    // What the database does not say now stays as it was last said.
    if let Ok(counts) = state.work_counts().await {
        counts.into_iter().for_each(|(job, count)| state.operations().metrics().jobs(job.into(), count));
    }
    ([(header::CONTENT_TYPE, OPEN_METRICS)], state.operations().metrics().text()).into_response()
}

fn refused() -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], "a token is needed\n").into_response()
}

/// Whether the caller shows the token.
fn shows(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.strip_prefix("Bearer ").is_some_and(|given| security::same(given.as_bytes(), token.as_bytes()))
}

/// Refuses requests under other names than this machine's: a page of another site may not read the answers.
async fn check_host(State(bound): State<SocketAddr>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    if host.is_some_and(|host| security::is_this_machine(host, bound)) {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "this address answers to this machine only\n").into_response()
}
