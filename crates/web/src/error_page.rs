//! Failures as designed pages: what happened, and the way out.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use credway_model::Finding;
use credway_workflow::WorkflowError;

use crate::AppState;
use crate::observe::RequestId;
use crate::page::{Page, Section};
use crate::visit::{Visit, Visitor};

/// Why a page could not be shown or a form not be taken, in words for the person.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The answer's status.
    pub(crate) status: StatusCode,
    /// What happened, as a heading.
    pub(crate) heading: String,
    /// What happened, as a sentence.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: String,
    /// Findings that stand in the way.
    pub(crate) findings: Vec<Finding>,
}

impl Failure {
    /// Nothing is at this address.
    pub(crate) fn no_such_page(address: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            heading: "There is nothing at this address".to_owned(),
            message: format!("No page goes by “{address}”."),
            hint: "Check the address, or start from one of the pages below.".to_owned(),
            findings: Vec::new(),
        }
    }

    /// What was asked cannot be taken as it is.
    pub(crate) fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            heading: "This could not be done".to_owned(),
            message: message.into(),
            hint: hint.into(),
            findings: Vec::new(),
        }
    }

    /// The same failure with another status.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Something of ours went wrong.
    pub(crate) fn defect(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            heading: "Something went wrong here".to_owned(),
            message: message.into(),
            hint:
                "Nothing was changed by this request. Try again; if it stays, run `credway doctor` in a terminal and \
                   report what it says."
                    .to_owned(),
            findings: Vec::new(),
        }
    }

    /// Somebody else is writing, and did not finish in time.
    fn busy() -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            heading: "The database is busy".to_owned(),
            message: "Somebody else is writing, for example importing a large file. Nothing of yours was recorded."
                .to_owned(),
            hint: "Wait a moment, then try again.".to_owned(),
            findings: Vec::new(),
        }
    }

    /// Words for a status that came without any, from a layer or an extractor that said `said`.
    fn of_status(status: StatusCode, said: &str, address: &str) -> Self {
        let (heading, message, hint) = match status {
            StatusCode::NOT_FOUND => return Self::no_such_page(address),
            StatusCode::METHOD_NOT_ALLOWED => (
                "This address takes no such request",
                format!("“{address}” cannot be used in this way."),
                "Go back to the page with the form and send it from there.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "This is too large",
                "What was sent is larger than is taken here.".to_owned(),
                "Split the file, or import it with `credway import` in a terminal.",
            ),
            StatusCode::FORBIDDEN => (
                "This request was refused",
                "It came from another site, so nothing was done.".to_owned(),
                "Open the page here and send the form again.",
            ),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => (
                "This took too long",
                "The answer was not ready within 30 seconds, so it was given up.".to_owned(),
                "Try again; for very large catalogues use the `credway` command in a terminal.",
            ),
            status if status.is_server_error() => {
                return Self::defect("The page could not be made because of a defect in Credway.");
            }
            _ => ("This request was not understood", said.to_owned(), "Go back and check what was entered."),
        };
        Self { status, heading: heading.to_owned(), message, hint: hint.to_owned(), findings: Vec::new() }
    }
}

impl Failure {
    /// Nobody has signed in.
    pub(crate) fn no_account() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            heading: "Sign in first".to_owned(),
            message: "This is not for everybody, and nobody has signed in. Nothing was done.".to_owned(),
            hint: "Sign in and do it again.".to_owned(),
            findings: Vec::new(),
        }
    }
}

impl From<WorkflowError> for Failure {
    fn from(error: WorkflowError) -> Self {
        match error {
            WorkflowError::NotFound { what, given, hint } => Self {
                status: StatusCode::NOT_FOUND,
                heading: format!("There is no such {what}"),
                message: format!("No {what} here goes by “{given}”."),
                hint: sentence(&hint),
                findings: Vec::new(),
            },
            WorkflowError::Hidden => Self {
                status: StatusCode::NOT_FOUND,
                heading: "There is nothing here".to_owned(),
                message: "There is no such thing, or it is not yours to see.".to_owned(),
                hint: "Go back, or ask an administrator of your institution whether your roles are right.".to_owned(),
                findings: Vec::new(),
            },
            WorkflowError::Forbidden { signed_in: false, .. } => Self::no_account(),
            WorkflowError::Forbidden { .. } => Self {
                status: StatusCode::FORBIDDEN,
                heading: "Your roles do not let you do this".to_owned(),
                message: sentence(&error.to_string()),
                hint: "Nothing was done.".to_owned(),
                findings: Vec::new(),
            },
            WorkflowError::SignIn => Self {
                status: StatusCode::UNAUTHORIZED,
                heading: "That was not right".to_owned(),
                message: sentence(&error.to_string()),
                hint: "Go back and try again.".to_owned(),
                findings: Vec::new(),
            },
            WorkflowError::Wait { .. } => Self {
                status: StatusCode::TOO_MANY_REQUESTS,
                heading: "Please wait a little".to_owned(),
                message: sentence(&error.to_string()),
                hint: "Others cannot lock you out of a browser you have signed in with before.".to_owned(),
                findings: Vec::new(),
            },
            WorkflowError::Defect(words) => {
                tracing::error!("{words}");
                Self::defect("Something in Credway went wrong.")
            }
            WorkflowError::Ambiguous { .. } => Self::refused(sentence(&error.to_string()), "Choose one of them."),
            WorkflowError::Refused { message, hint } => Self::refused(sentence(&message), sentence(&hint)),
            WorkflowError::Wishes(_) => {
                Self::refused(error.to_string(), "Change these wishes, then plan again; nothing of them was kept.")
            }
            WorkflowError::Late => Self::refused(
                "Time was over before there was an answer.",
                "Ask for fewer terms or fewer objectives, or for one plan alone. `credway plan` in a terminal takes more time.",
            ),
            WorkflowError::Findings(findings) => Self {
                findings,
                ..Self::refused(
                    "Findings stand in the way; nothing was written.",
                    "Mend what they name, then try again.",
                )
            },
            WorkflowError::Cancelled => {
                Self::refused("It was stopped on request; nothing was written.", "Start it again when you are ready.")
            }
            WorkflowError::Store(error) if error.is_busy() => {
                tracing::warn!(target: "credway::database", %error, "the database did not answer in time");
                Self::busy()
            }
            WorkflowError::Store(error) => {
                // What the database says belongs to whoever runs the server, not onto a page.
                tracing::error!(target: "credway::database", %error, "the database could not be used");
                Self::defect(format!("The database could not be used: {}.", error.without_internals()))
            }
            WorkflowError::Publish(error) => Self::defect(format!("The file could not be made: {error}.")),
            WorkflowError::Json(error) => Self::defect(format!("Our own data could not be read or written: {error}.")),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::defect(format!("The page could not be written: {error}."))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let words = format!("{}\n{}\n{}\n", self.heading, self.message, self.hint);
        let mut response = (self.status, words).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The words as a sentence: a large letter first, a full stop last.
fn sentence(words: &str) -> String {
    let words = crate::words::capital(words.trim());
    if words.ends_with(['.', '?', ':']) { words } else { format!("{words}.") }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorTemplate {
    page: Page,
    failure: Failure,
    /// The number under which the log tells more, where there is more to tell.
    request: Option<RequestId>,
}

/// Puts every failure that is not yet a page into the designed one; callers that ask for JSON get JSON.
pub(crate) async fn dress(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let address = request.uri().path().to_owned();
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let id = request.extensions().get::<RequestId>().cloned();
    let wants_json = accepts.starts_with("application/json");
    let mut response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || is_dressed(&response) {
        return response;
    }
    let visitor = response.extensions_mut().remove::<Visitor>().unwrap_or_else(|| state.stranger());
    let wait = response.headers_mut().remove(header::RETRY_AFTER);
    let failure = match response.extensions_mut().remove::<Failure>() {
        Some(failure) => failure,
        None => Failure::of_status(status, &words_of(response).await, &address),
    };
    let request = id.filter(|_| failure.status.is_server_error());
    let mut dressed = if wants_json {
        as_json(&failure, request)
    } else {
        as_page(&Visit::new(&state, visitor), failure, request).await
    };
    if let Some(wait) = wait {
        dressed.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    dressed
}

fn as_json(failure: &Failure, request: Option<RequestId>) -> Response {
    let mut words = serde_json::json!({ "message": failure.message, "hint": failure.hint });
    if let Some(request) = request {
        words["request"] = request.to_string().into();
    }
    (failure.status, axum::Json(words)).into_response()
}

async fn as_page(state: &Visit, failure: Failure, request: Option<RequestId>) -> Response {
    // Who asks too often shall not cost a question to the database each time.
    let page = match failure.status {
        StatusCode::TOO_MANY_REQUESTS => None,
        _ => Page::new(state, Section::None, failure.heading.clone()).await.ok(),
    };
    let page = page.unwrap_or_else(|| Page::bare(state, failure.heading.clone()));
    let template = ErrorTemplate { page, failure, request };
    match template.render() {
        Ok(html) => (template.failure.status, Html(html)).into_response(),
        Err(_) => template.failure.into_response(),
    }
}

fn is_dressed(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    ["text/html", "application/json", "application/problem+json"].iter().any(|dressed| kind.starts_with(dressed))
}

/// What a layer or an extractor said, if it is short text.
async fn words_of(response: Response) -> String {
    const LONGEST: usize = 2_000;
    let body = std::mem::replace(&mut response.into_parts().1, Body::empty());
    let bytes = to_bytes(body, LONGEST).await.unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim().to_owned()
}
