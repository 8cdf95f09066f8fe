//! What every request must be, and what every answer carries.
//!
//! The server knows no accounts, so it must make sure that only pages of its own, opened on this machine, reach it: the
//! Host header names this machine and our port (against DNS rebinding), a write comes from our own origin and carries
//! the token of this process (against forged forms), and answers allow nothing that is not ours.
//! Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet; W3C Content Security Policy Level 3.

use std::net::{IpAddr, SocketAddr};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, Form, FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use credway_workflow::MEBIBYTE;
use serde::Deserialize;

use crate::AppState;
use crate::error_page::Failure;
use crate::visit::{Presence, Visitor};

/// The policy: everything from ourselves, nothing inline, framed by nobody.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; connect-src 'self'";

/// Largest body of every other form.
pub(crate) const LARGEST_FORM: usize = 1024 * 1024;
/// The hidden field of every form, and the header scripts send instead.
const TOKEN_FIELD: &str = "csrf";
const TOKEN_HEADER: &str = "x-csrf-token";

/// Refuses requests whose Host header is neither this machine with our port nor what people type.
pub(crate) async fn check_host(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    let named = host.or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str));
    let public = state.settings().public_address.as_ref();
    let is_ours =
        |host: &str| is_this_machine(host, state.address()) || public.is_some_and(|public| public.is_named_by(host));
    if named.is_some_and(is_ours) {
        return next.run(request).await;
    }
    Failure {
        status: StatusCode::MISDIRECTED_REQUEST,
        heading: if public.is_some() {
            "This server has another name"
        } else {
            "This server answers to this machine only"
        }
        .to_owned(),
        message: "The request was addressed to another name.".to_owned(),
        hint: format!("Open {}/ instead.", state.settings().origin(state.address())),
        findings: Vec::new(),
    }
    .into_response()
}

/// Whether a Host header names this machine and the port of `address`: by one of the usual names, or as the server was
/// told to listen.
pub(crate) fn is_this_machine(host: &str, address: SocketAddr) -> bool {
    let host = host.to_ascii_lowercase();
    let own = match address.ip() {
        IpAddr::V4(own) => own.to_string(),
        IpAddr::V6(own) => format!("[{own}]"),
    };
    ["localhost", "127.0.0.1", "[::1]", &own].iter().any(|name| {
        let Some(rest) = host.strip_prefix(name) else { return false };
        rest.strip_prefix(':') == Some(&address.port().to_string()) || (rest.is_empty() && address.port() == 80)
    })
}

/// Refuses writes without this process's token, and bodies that are too large.
pub(crate) async fn check_write(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let limit =
        if request.uri().path().starts_with("/import") { state.settings().uploads.largest_file } else { LARGEST_FORM };
    let (mut parts, body) = request.into_parts();
    if announced(&parts.headers).is_some_and(|length| length > limit as u64) {
        return too_large(&state).into_response();
    }
    let Ok(body) = to_bytes(body, limit).await else { return too_large(&state).into_response() };
    let given = match parts.headers.get(TOKEN_HEADER).and_then(|value| value.to_str().ok()) {
        Some(token) => Some(token.to_owned()),
        None => token_in(&parts.method, &parts.headers, &body).await,
    };
    let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_else(|| state.stranger());
    // A program sends its token itself with every request; no other site can make it do so.
    let is_program = matches!(visitor.presence, Presence::Program);
    let is_ours = |given: String| same(given.as_bytes(), visitor.csrf.as_bytes());
    if !is_program && (visitor.csrf.is_empty() || !given.is_some_and(is_ours)) {
        return Failure {
            status: StatusCode::FORBIDDEN,
            heading: "This form is from another session".to_owned(),
            message:
                "Credway was restarted since the page was opened, or the form did not come from one of its pages. \
                      Nothing was done."
                    .to_owned(),
            hint: if parts.uri.path().starts_with("/api/") {
                "Send the member csrf_token of /api/v1/me as the header x-csrf-token, or a token of a program instead."
            } else {
                "Go back, reload the page, and send the form again."
            }
            .to_owned(),
            findings: Vec::new(),
        }
        .into_response();
    }
    parts.headers.remove(TOKEN_HEADER);
    let mut request = Request::from_parts(parts, Body::from(body));
    DefaultBodyLimit::max(limit).apply(&mut request);
    next.run(request).await
}

/// The Content-Length header.
fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large(state: &AppState) -> Failure {
    let largest = state.settings().uploads.largest_file / MEBIBYTE;
    Failure {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        heading: "This is too large".to_owned(),
        message: format!(
            "What was sent is larger than is taken here: {largest} MiB for a file to import, 1 MiB for any other form. \
             Nothing was done."
        ),
        hint: "Split the file, or import it with `credway import` in a terminal.".to_owned(),
        findings: Vec::new(),
    }
}

/// The token among the fields of a form, of either encoding.
async fn token_in(method: &Method, headers: &HeaderMap, body: &Bytes) -> Option<String> {
    #[derive(Deserialize)]
    struct Token {
        csrf: String,
    }
    let mut copy = Request::new(Body::from(body.clone()));
    *copy.method_mut() = method.clone();
    *copy.headers_mut() = headers.clone();
    DefaultBodyLimit::disable().apply(&mut copy);
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !kind.starts_with("multipart/form-data") {
        return Form::<Token>::from_request(copy, &()).await.ok().map(|Form(token)| token.csrf);
    }
    let mut form = Multipart::from_request(copy, &()).await.ok()?;
    while let Some(field) = form.next_field().await.ok()? {
        if field.name() == Some(TOKEN_FIELD) {
            return field.text().await.ok();
        }
    }
    None
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// Puts the headers every answer carries.
pub(crate) async fn put_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_with_our_port_is_named() {
        let cases = [
            ("127.0.0.1:8080", true),
            ("localhost:8080", true),
            ("LOCALHOST:8080", true),
            ("[::1]:8080", true),
            ("127.0.0.1", false),
            ("127.0.0.1:80801", false),
            ("localhost.example:8080", false),
            ("localhost:8080.example", false),
            ("credway.example:8080", false),
            ("", false),
        ];
        for (host, expected) in cases {
            assert_eq!(is_this_machine(host, "127.0.0.1:8080".parse().unwrap()), expected, "{host}");
        }
        for (host, address, expected) in [
            ("localhost", "127.0.0.1:80", true),
            ("127.9.9.9:8124", "127.9.9.9:8124", true),
            ("127.0.0.1:8124", "127.9.9.9:8124", true),
            ("127.9.9.9:8124", "127.0.0.1:8124", false),
            ("127.9.9.90:8124", "127.9.9.9:8124", false),
            ("[::1]:80", "[::1]:80", true),
        ] {
            assert_eq!(is_this_machine(host, address.parse().unwrap()), expected, "{host} {address}");
        }
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd"));
        assert!(!same(b"abc", b"ab"));
        assert!(!same(b"", b"a"));
    }
}
