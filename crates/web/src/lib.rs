//! The pages: routes → use cases → words. A face holds no rule and no SQL: what a page says was computed in
//! `workflow`; what is decided here is only how it is put.
//!
//! The server listens on this machine alone (loopback), and elsewhere only where people have accounts and nobody reads
//! along (`ServeSettings::refusal`).

mod api;
mod assets;
mod cookies;
mod crosswalk_card;
mod error_page;
mod guard;
mod jobs;
mod nesting;
mod observe;
mod page;
mod post;
mod routes;
mod routing;
mod security;
mod server;
mod state;
mod visit;
mod words;

pub use observe::{JobState, Metrics, SignIn};
pub use post::send_mail;
pub use routes::{addresses, router};
pub use routing::{Listed, Rule};
pub use server::{ServeError, TlsError, serve};
pub use state::AppState;
