//! The pages: routes → use cases → words. A face holds no rule and no SQL: what a page says was computed in
//! `workflow`; what is decided here is only how it is put.
//!
//! The server listens on this machine alone (loopback) and refuses everything else, because it knows no accounts yet.

mod assets;
mod crosswalk_card;
mod error_page;
mod jobs;
mod page;
mod post;
mod routes;
mod routing;
mod security;
mod server;
mod state;
mod visit;
mod words;

pub use post::send_mail;
pub use routes::{addresses, router};
pub use routing::{Listed, Rule};
pub use server::{ServeError, serve};
pub use state::AppState;
