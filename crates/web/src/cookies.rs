//! The cookies: what a browser keeps of a session, of having signed in before, and of being sent to sign in elsewhere.
//!
//! None can be read by scripts; over TLS they carry the prefix `__Host-`, which binds them to this very host and to TLS
//! (RFC 6265bis section 4.1.3.2). They go along when somebody follows a link to us (`Lax`), never with another site's
//! form.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use crate::AppState;

const SESSION: &str = "credway-session";
const DEVICE: &str = "credway-device";
const ELSEWHERE: &str = "credway-elsewhere";
/// How long a browser is known: a year, in seconds.
const YEAR: i64 = 366 * 24 * 3_600;

/// The secret of the session.
pub(crate) fn session(state: &AppState, headers: &HeaderMap) -> Option<String> {
    read(state, headers, SESSION)
}

/// The secret of a browser that signed in before.
pub(crate) fn device(state: &AppState, headers: &HeaderMap) -> Option<String> {
    read(state, headers, DEVICE)
}

/// The secret of a browser that was sent to sign in elsewhere.
pub(crate) fn elsewhere(state: &AppState, headers: &HeaderMap) -> Option<String> {
    read(state, headers, ELSEWHERE)
}

/// Has the browser keep a session for so many seconds.
pub(crate) fn keep_session(state: &AppState, response: &mut Response, secret: &str, seconds: i64) {
    put(state, response, SESSION, secret, seconds);
}

/// Has the browser be known.
pub(crate) fn keep_device(state: &AppState, response: &mut Response, secret: &str) {
    put(state, response, DEVICE, secret, YEAR);
}

/// Has the browser be known when it comes back.
pub(crate) fn keep_elsewhere(state: &AppState, response: &mut Response, secret: &str) {
    put(state, response, ELSEWHERE, secret, 600);
}

/// Has the browser forget its session.
pub(crate) fn forget_session(state: &AppState, response: &mut Response) {
    put(state, response, SESSION, "", 0);
}

/// Has the browser forget that it was sent elsewhere.
pub(crate) fn forget_elsewhere(state: &AppState, response: &mut Response) {
    put(state, response, ELSEWHERE, "", 0);
}

fn name(state: &AppState, name: &str) -> String {
    if state.settings().is_secure() { format!("__Host-{name}") } else { name.to_owned() }
}

fn read(state: &AppState, headers: &HeaderMap, cookie: &str) -> Option<String> {
    let wanted = name(state, cookie);
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut found = sent.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let value = found.find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned())?;
    // Ours are of these letters; anything else was put there by somebody else.
    (!value.is_empty() && value.len() <= 200 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
        .then_some(value)
}

fn put(state: &AppState, response: &mut Response, cookie: &str, value: &str, seconds: i64) {
    let secure = if state.settings().is_secure() { "; Secure" } else { "" };
    let cookie = name(state, cookie);
    let line = format!("{cookie}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(line) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
}
