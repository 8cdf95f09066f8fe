//! One line of the log and one count for each request, and the number that ties an answer to its line.
//!
//! The line holds method, route pattern, status, duration and number: no path, no query, no address, no person.

use std::fmt;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

use super::{Operations, health};
use crate::AppState;
use crate::server::Caller;

/// The header that tells the number of the request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A year, as browsers ask of sites they shall only ever ask with TLS.
/// Source: RFC 6797, section 6.1.
const ONLY_WITH_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// The pattern of what fits no route.
const NO_ROUTE: &str = "no route";
/// The status that is logged where the caller went away before the answer; it is never sent.
const GONE_AWAY: u16 = 499;

/// The number of a request: random, so that it says nothing.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(String);

impl RequestId {
    fn new() -> Self {
        Self(Uuid::new_v4().simple().to_string())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Gives the request its number and its caller, and says and counts how it ended.
pub(super) async fn observe(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let mut line = Line {
        operations: state.operations().clone(),
        method: known(request.method()),
        route,
        id: id.clone(),
        since: Instant::now(),
        status: GONE_AWAY,
    };
    if let Some(caller) = Caller::of(&request, state.settings()) {
        request.extensions_mut().insert(caller);
    }
    request.extensions_mut().insert(id.clone());
    // What goes wrong on the way is logged under the number too.
    let span = tracing::error_span!(target: "credway::request", "request", id = %id);
    let mut response = next.run(request).instrument(span).await;
    line.status = response.status().as_u16();
    drop(line);
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    if state.settings().is_secure() {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, ONLY_WITH_TLS);
    }
    response
}

/// The method, where it is one that is used here; anybody may invent others.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

/// A request's line, which is written when the request ends in whatever way: also when the caller goes away.
struct Line {
    operations: Operations,
    method: &'static str,
    route: String,
    id: RequestId,
    since: Instant,
    status: u16,
}

impl Drop for Line {
    fn drop(&mut self) {
        let duration = self.since.elapsed();
        self.operations.metrics().request(self.method, &self.route, self.status, duration);
        let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        macro_rules! say {
            ($level:expr) => {
                tracing::event!(
                    target: "credway::request",
                    $level,
                    method = self.method,
                    route = self.route,
                    status = self.status,
                    milliseconds,
                    id = %self.id,
                    "request"
                )
            };
        }
        match self.status {
            500.. => say!(tracing::Level::ERROR),
            _ if matches!(self.route.as_str(), health::ALIVE | health::READY) => say!(tracing::Level::DEBUG),
            _ => say!(tracing::Level::INFO),
        }
    }
}
