//! The guard of sessions: finds out who made a request, before anything else looks at it, and leaves it with the request.
//!
//! What somebody may do is not decided here; only that pages which are not for everybody are shown to nobody who has not
//! signed in, and that who is half way in comes no further than the second factor.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use credway_model::Text;
use credway_workflow::{Actor, Assurance, SignInFrom, WorkflowError};
use sha2::{Digest, Sha256};

use crate::error_page::Failure;
use crate::routing::Rule;
use crate::server::Caller;
use crate::visit::{Presence, Visitor};
use crate::{AppState, cookies, routes};

/// Pages for who is half way in.
const HALF_WAY: [&str; 3] = ["/sign-in/second-factor", "/account/second-factor", "/sign-out"];

/// The rule of every address, by method and pattern.
static RULES: LazyLock<BTreeMap<(&'static str, &'static str), Rule>> = LazyLock::new(|| {
    routes::addresses().into_iter().map(|listed| ((listed.method, listed.pattern), listed.rule)).collect()
});

/// Finds out who made the request and lets it pass, or asks them to sign in.
pub(crate) async fn know_visitor(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let (address, headers) = (address_of(&state, &request), request.headers().clone());
    let visitor = match visitor(&state, &headers, address).await {
        Ok(visitor) => visitor,
        Err(error) => return Failure::from(error).into_response(),
    };
    if let Some(refusal) = refusal(&state, &visitor, &request) {
        return refusal;
    }
    let from = sign_in_from(&state, &request);
    request.extensions_mut().insert(from);
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(visitor);
    response
}

async fn visitor(state: &AppState, headers: &HeaderMap, address: IpAddr) -> Result<Visitor, WorkflowError> {
    if !state.settings().accounts {
        return Ok(state.stranger());
    }
    if let Some(token) = bearer(headers) {
        let origin = Text::new(&format!("program at {address}")).ok();
        let found = state.workbench().actor_of_token(token, origin).await?;
        return Ok(match found {
            Some((actor, acts)) => {
                Visitor { actor: actor.only(acts), csrf: String::new(), presence: Presence::Program }
            }
            None => Visitor { presence: Presence::WrongToken, ..state.stranger() },
        });
    }
    let Some(secret) = cookies::session(state, headers) else { return Ok(state.stranger()) };
    let Some(signed_in) = state.workbench().session(&secret).await? else { return Ok(state.stranger()) };
    let csrf = form_token(&secret);
    let origin = Text::new(&format!("browser at {address}")).ok();
    if signed_in.assurance != Assurance::Full {
        return Ok(Visitor { actor: Actor::visitor(origin), csrf, presence: Presence::HalfWay(signed_in) });
    }
    let actor = state.workbench().actor_of(signed_in.account, origin).await?;
    Ok(Visitor { actor, csrf, presence: Presence::SignedIn(signed_in) })
}

/// The token of a session's forms: made of its secret, so that it is kept nowhere.
fn form_token(secret: &str) -> String {
    let digest = Sha256::digest(format!("credway form\n{secret}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is answered instead of the page, if it is not for this visitor.
fn refusal(state: &AppState, visitor: &Visitor, request: &Request) -> Option<Response> {
    if !state.settings().accounts {
        return None;
    }
    if matches!(visitor.presence, Presence::WrongToken) {
        return Some(no_token().into_response());
    }
    let pattern = request.extensions().get::<MatchedPath>()?.as_str();
    let method = if *request.method() == Method::HEAD { "GET" } else { request.method().as_str() };
    let rule = RULES.iter().find(|((of, at), _)| *of == method && *at == pattern).map(|(_, rule)| *rule);
    // An address of no rule is one of no page: health, or nothing at all.
    let Some(Rule::May(_)) = rule else { return None };
    match visitor.presence {
        Presence::SignedIn(_) | Presence::Program | Presence::AtThisMachine => None,
        Presence::HalfWay(_) if HALF_WAY.contains(&pattern) => None,
        Presence::HalfWay(_) if pattern.starts_with("/api/") => Some(sign_in_first(request)),
        Presence::HalfWay(_) => Some(Redirect::to("/sign-in/second-factor").into_response()),
        Presence::Stranger | Presence::WrongToken => Some(sign_in_first(request)),
    }
}

fn sign_in_first(request: &Request) -> Response {
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let is_page = *request.method() == Method::GET && !accepts.starts_with("application/json");
    if is_page && !request.uri().path().starts_with("/api/") {
        let wanted = request.uri().path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
        let place: String = url_part(wanted);
        return Redirect::to(&format!("/sign-in?to={place}")).into_response();
    }
    Failure {
        status: StatusCode::UNAUTHORIZED,
        heading: "Sign in first".to_owned(),
        message: "This is not for everybody, and nobody has signed in. Nothing was done.".to_owned(),
        hint: "Sign in and do it again.".to_owned(),
        findings: Vec::new(),
    }
    .into_response()
}

fn no_token() -> Failure {
    Failure {
        status: StatusCode::UNAUTHORIZED,
        heading: "This token is good for nothing".to_owned(),
        message: "It was revoked, has passed, or never was.".to_owned(),
        hint: "Make a new one on the page of your account.".to_owned(),
        findings: Vec::new(),
    }
}

/// Letters as they stand in a query.
pub(crate) fn url_part(words: &str) -> String {
    let mut part = String::new();
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            part.push(char::from(byte));
        } else {
            part.push_str(&format!("%{byte:02X}"));
        }
    }
    part
}

/// A page of ours that somebody wanted to go to, or home: never an address elsewhere.
pub(crate) fn own_place(wanted: &str) -> String {
    let ours = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && !wanted.chars().any(char::is_control)
        && wanted.len() <= 2_000;
    if ours { wanted.to_owned() } else { "/".to_owned() }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The network address of who asks.
fn address_of(state: &AppState, request: &Request) -> IpAddr {
    Caller::of(request, state.settings()).map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |caller| caller.address)
}

/// From where somebody signs in.
fn sign_in_from(state: &AppState, request: &Request) -> SignInFrom {
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    SignInFrom {
        address: address_of(state, request),
        device: cookies::device(state, request.headers()),
        about: about(agent),
    }
}

/// What a browser says it is, in a few words.
fn about(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or("unknown", |(_, name)| name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    format!("{browser} on {system}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_of_ours_are_gone_to() {
        for (wanted, expected) in [
            ("/programs?search=x", "/programs?search=x"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/a\r\nSet-Cookie: x=1", "/"),
            ("", "/"),
        ] {
            assert_eq!(own_place(wanted), expected, "{wanted:?}");
        }
        assert_eq!(url_part("/a b?c=d&e#f"), "/a%20b%3Fc%3Dd%26e%23f");
    }

    #[test]
    fn browsers_are_known_by_a_few_words() {
        let agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
        assert_eq!(about(agent), "Chrome on Linux");
        assert_eq!(about("<script>"), "unknown on unknown");
    }

    #[test]
    fn a_sessions_forms_have_a_token_of_their_own() {
        assert_ne!(form_token("a"), form_token("b"));
        assert_eq!(form_token("a").len(), 64);
    }
}
