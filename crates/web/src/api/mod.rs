//! The interface for programs: JSON in and out under `/api/v1`, described by an OpenAPI document that is made from the
//! code. It offers what the pages offer, through the same use cases, and holds no rule of its own; who asks was found
//! out by the guard of sessions, as for the pages. Nothing here is for other sites: no answer may be read by them.

mod asked;
mod assignments;
mod blueprints;
mod comments;
mod courses;
mod coverage;
mod credentials;
mod crosswalks;
mod decisions;
mod document;
mod findings;
mod history;
mod me;
mod names;
mod page;
mod problem;
mod programs;
mod review;
mod wire;

use axum::Json;

use crate::error_page::Failure;
use crate::routing::Routes;

pub(crate) use problem::dress;

/// A handler's answer: JSON, or a failure that becomes a problem.
type Reply<T> = Result<Json<T>, Failure>;

/// The addresses of the interface, and of what describes it.
pub(crate) fn routes() -> Routes {
    operations().and(page::routes())
}

/// The addresses that the document describes.
fn operations() -> Routes {
    [
        me::routes(),
        programs::routes(),
        courses::routes(),
        blueprints::routes(),
        credentials::routes(),
        crosswalks::routes(),
        coverage::routes(),
        review::routes(),
        decisions::routes(),
        assignments::routes(),
        comments::routes(),
        history::routes(),
        findings::routes(),
        document::routes(),
    ]
    .into_iter()
    .fold(Routes::new(), Routes::and)
}
