//! What a program sends: parameters and bodies, read strictly and refused with a sentence that names what is wrong; and
//! whether its token and roles let it ask at all.

use std::ops::RangeInclusive;

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use credway_model::{Action, Ctid};
use credway_workflow::WorkflowError;
use serde::de::DeserializeOwned;

use crate::AppState;
use crate::error_page::Failure;
use crate::security::LARGEST_FORM;
use crate::visit::Visit;

/// The largest whole number every program can read: 2⁵³ − 1.
pub(super) const LARGEST_NUMBER: u64 = 9_007_199_254_740_991;
/// The longest search taken, in characters.
const LONGEST_SEARCH: usize = 200;

/// The parameters of the address.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Failure> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(error) => Err(malformed(error.body_text())),
        }
    }
}

/// A body in JSON.
pub(super) struct Given<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Given<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        if !is_json(&parts.headers) {
            return Err(Failure {
                status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
                heading: "This is not JSON".to_owned(),
                message: "The body was not said to be JSON.".to_owned(),
                hint: "Send JSON with the header content-type: application/json.".to_owned(),
                findings: Vec::new(),
            });
        }
        let bytes = to_bytes(body, LARGEST_FORM).await.map_err(|error| malformed(error.to_string()))?;
        let wrong = |error: serde_json::Error| malformed(format!("the body: {error}"));
        serde_json::from_slice(&bytes).map(Self).map_err(wrong)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// A failure for what cannot be read.
pub(super) fn malformed(what: impl std::fmt::Display) -> Failure {
    let what = what.to_string();
    let sentence = crate::words::capital(what.trim_end_matches('.'));
    Failure::refused(format!("{sentence}."), "Compare it with the description at /api/v1/openapi.json.")
        .with_status(StatusCode::BAD_REQUEST)
}

/// Reads an identifier out of an address.
///
/// # Errors
/// A failure that there is no such thing.
pub(super) fn identifier(what: &'static str, given: &str) -> Result<Ctid, Failure> {
    given.parse().map_err(|error: credway_model::CtidError| {
        let shown: String = given.chars().take(60).collect();
        WorkflowError::NotFound { what, given: shown, hint: error.to_string() }.into()
    })
}

/// Reads a whole number of digits alone; `absent` where it is not given.
///
/// # Errors
/// A failure that says between which numbers it may be.
pub(super) fn number(
    name: &str,
    given: Option<&String>,
    within: RangeInclusive<u64>,
    absent: u64,
) -> Result<u64, Failure> {
    let Some(given) = given else { return Ok(absent) };
    let plain = !given.is_empty() && given.bytes().all(|byte| byte.is_ascii_digit());
    let plain = plain && (given == "0" || !given.starts_with('0'));
    match given.parse::<u64>() {
        Ok(number) if plain && within.contains(&number) => Ok(number),
        _ => Err(malformed(format!("“{name}” is a whole number from {} to {}", within.start(), within.end()))),
    }
}

/// As [`number`], for places in a list.
pub(super) fn place(
    name: &str,
    given: Option<&String>,
    within: RangeInclusive<u64>,
    absent: u64,
) -> Result<usize, Failure> {
    Ok(usize::try_from(number(name, given, within, absent)?).unwrap_or(usize::MAX))
}

/// Reads words to look for.
///
/// # Errors
/// A failure when they are too long or hold control characters.
pub(super) fn words(name: &str, given: Option<String>) -> Result<String, Failure> {
    let given = given.unwrap_or_default();
    if given.chars().count() > LONGEST_SEARCH {
        return Err(malformed(format!("“{name}” is longer than {LONGEST_SEARCH} characters")));
    }
    if given.chars().any(char::is_control) {
        return Err(malformed(format!("“{name}” holds control characters")));
    }
    Ok(given)
}

/// Whether who asks may do this at all: first their token, then their roles. About the very thing the use case asks.
///
/// # Errors
/// A failure that names the scope or the act that is missing.
pub(super) async fn needs(visit: &Visit, action: Action) -> Result<(), Failure> {
    if !visit.workbench().actor().is_left(action) {
        return Err(Failure {
            status: StatusCode::FORBIDDEN,
            heading: "This token is not good for this".to_owned(),
            message: format!("The token lacks the scope “{}”. Nothing was done.", action.word()),
            hint: "Make a token that has it on the page of your account.".to_owned(),
            findings: Vec::new(),
        });
    }
    if visit.workbench().may_somewhere(action).await? {
        return Ok(());
    }
    let signed_in = !matches!(visit.workbench().actor().standing(), credway_workflow::ActorStanding::Visitor);
    Err(WorkflowError::Forbidden { action, signed_in }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_digits_alone() {
        for (given, expected) in [
            (None, Some(5)),
            (Some("0"), Some(0)),
            (Some("10"), Some(10)),
            (Some("11"), None),
            (Some(""), None),
            (Some("+1"), None),
            (Some("01"), None),
            (Some("-1"), None),
            (Some("1.0"), None),
            (Some("99999999999999999999"), None),
        ] {
            let given = given.map(str::to_owned);
            assert_eq!(number("from", given.as_ref(), 0..=10, 5).ok(), expected, "{given:?}");
        }
    }

    #[test]
    fn json_is_said_to_be_json() {
        for (kind, expected) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/jsonp", false),
            ("text/plain", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            assert_eq!(is_json(&headers), expected, "{kind}");
        }
    }
}
