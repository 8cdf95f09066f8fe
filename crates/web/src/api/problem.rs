//! What went wrong, as programs read it: a problem document (RFC 9457), whatever layer refused the request.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Json;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error_page::Failure;
use crate::observe::RequestId;

/// Addresses below this answer programs.
const INTERFACE: &str = "/api/";

/// What went wrong (RFC 9457). `type` and `title` are the same for every problem of a kind.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// The kind of problem: an address of this site where it is described.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/api#not-found")]
    pub(super) kind: String,
    /// The kind of problem, in words.
    title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What went wrong this time, as a sentence.
    detail: String,
    /// What to do, as a sentence.
    hint: String,
    /// The number under which the server's log tells more, where there is more to tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
}

/// A kind of problem.
pub(super) struct Kind {
    pub(super) status: StatusCode,
    /// The end of its address.
    pub(super) word: &'static str,
    pub(super) title: &'static str,
    /// When it occurs and what to do.
    pub(super) about: &'static str,
}

const fn kind(status: StatusCode, word: &'static str, title: &'static str, about: &'static str) -> Kind {
    Kind { status, word, title, about }
}

/// Every kind of problem, by status.
pub(super) const KINDS: [Kind; 13] = [
    kind(
        StatusCode::BAD_REQUEST,
        "malformed",
        "This cannot be read",
        "A parameter or the body is not as described: not JSON, a member missing, unknown or of another type, a value outside its limits.",
    ),
    kind(
        StatusCode::UNAUTHORIZED,
        "sign-in",
        "Nobody has signed in",
        "There is no token, or it was revoked, has passed, or never was. Send Authorization: Bearer with a good one.",
    ),
    kind(
        StatusCode::FORBIDDEN,
        "forbidden",
        "This is not yours to do",
        "The token lacks the scope, or the roles of its owner do not let them do this, or a request with a cookie lacks the token of forms.",
    ),
    kind(
        StatusCode::NOT_FOUND,
        "not-found",
        "There is no such thing",
        "Nothing goes by this identifier, or it is not yours to see: the answer does not tell which.",
    ),
    kind(
        StatusCode::METHOD_NOT_ALLOWED,
        "method",
        "This address takes no such request",
        "The header Allow names the methods it takes.",
    ),
    kind(
        StatusCode::CONFLICT,
        "conflict",
        "This cannot be done as things are",
        "The request is as it should be, and what it asks does not fit what is there now. Nothing was written.",
    ),
    kind(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "This is too large", "A body may have 1 MiB."),
    kind(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "not-json",
        "This is not JSON",
        "Bodies are JSON, and say so: content-type: application/json.",
    ),
    kind(
        StatusCode::MISDIRECTED_REQUEST,
        "other-server",
        "This server has another name",
        "The header Host names neither this machine nor the public address of the site.",
    ),
    kind(
        StatusCode::UNPROCESSABLE_ENTITY,
        "refused",
        "This could not be done",
        "The request was understood, and a text in it cannot be taken: the detail says why. Nothing was written.",
    ),
    kind(
        StatusCode::TOO_MANY_REQUESTS,
        "too-often",
        "Too many requests",
        "The header Retry-After says after how many seconds to ask again.",
    ),
    kind(
        StatusCode::INTERNAL_SERVER_ERROR,
        "defect",
        "Something went wrong here",
        "A defect in Credway. The member request names the line of the server's log.",
    ),
    kind(
        StatusCode::SERVICE_UNAVAILABLE,
        "busy",
        "The server is busy",
        "Somebody else is writing, or the answer took too long. Nothing was written; ask again in a moment.",
    ),
];

/// The kind of a status; one that has no kind of its own is counted to the plainest of its class.
fn kind_of(status: StatusCode) -> &'static Kind {
    let plainest = if status.is_server_error() { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
    let of = |wanted: StatusCode| KINDS.iter().find(|kind| kind.status == wanted);
    of(status).or_else(|| of(plainest)).unwrap_or(&KINDS[0])
}

/// The methods of every operation, by pattern.
static METHODS: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let mut methods: BTreeMap<&'static str, String> = BTreeMap::new();
    for listed in super::operations().into_parts().1 {
        let of = methods.entry(listed.pattern).or_default();
        let taken = if listed.method == "GET" { "GET, HEAD" } else { listed.method };
        *of = if of.is_empty() { taken.to_owned() } else { format!("{of}, {taken}") };
    }
    methods
});

/// The methods that are taken where this one is not.
fn untaken(request: &Request) -> Option<String> {
    let pattern = request.extensions().get::<MatchedPath>()?;
    let taken = METHODS.get(pattern.as_str())?;
    let is_taken = taken.split(", ").any(|method| method == request.method().as_str());
    (!is_taken).then(|| taken.clone())
}

/// Makes a problem of every failure of the interface.
pub(crate) async fn dress(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(INTERFACE) {
        return next.run(request).await;
    }
    let id = request.extensions().get::<RequestId>().cloned();
    // What no operation takes is said before it is asked who asks: nothing could be done with it anyway.
    let mut response = match untaken(&request) {
        Some(taken) => (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, taken)]).into_response(),
        None => next.run(request).await,
    };
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let kind = kind_of(status);
    let (detail, hint) = match response.extensions_mut().remove::<Failure>() {
        Some(failure) => (failure.message, failure.hint),
        None => (format!("{}.", kind.title), kind.about.to_owned()),
    };
    let problem = Problem {
        kind: format!("/api#{}", kind.word),
        title: kind.title.to_owned(),
        status: status.as_u16(),
        detail,
        hint,
        request: id.filter(|_| status.is_server_error()).map(|id| id.to_string()),
    };
    let mut dressed = (status, Json(problem)).into_response();
    let headers = dressed.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    for kept in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&kept) {
            headers.insert(kept, value.clone());
        }
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Credway\""));
    }
    *dressed.extensions_mut() = std::mem::take(response.extensions_mut());
    dressed
}
