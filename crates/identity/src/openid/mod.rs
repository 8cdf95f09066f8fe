//! Sign-in at a college's own identity provider: OpenID Connect, authorization code flow with PKCE.
//!
//! A sign-in takes two requests of one browser. [`Provider::start`] gives the address the browser is sent to and a
//! [`Pending`], which the caller keeps for that browser alone and hands out once; [`Provider::finish`] takes the
//! provider's [`Answer`] and that `Pending`, trades the code for an ID token and says who it is: an [`Identity`].
//! What the person may do follows from their groups by [`grants_of`].
//!
//! Nothing is kept here but the provider's metadata and keys. There is no implicit flow, no password grant, no refresh
//! token and no trust in a token that was not asked for a moment ago; tokens and secrets are in no error and no log.
//!
//! Sources: OpenID Connect Core 1.0 §3.1, Discovery 1.0, RP-Initiated Logout 1.0; RFC 7636 (PKCE); RFC 9207 (issuer in
//! the answer); RFC 9700 (OAuth 2.0 security).

mod answer;
mod claims;
mod error;
mod exchange;
mod groups;
mod identity;
mod keys;
mod logout;
mod outbound;
mod pending;
mod provider;
mod reach;
mod settings;

pub use answer::Answer;
pub use error::OpenIdError;
pub use groups::{GrantChange, GroupRule, grants_of};
pub use identity::{IdTokenHint, Identity};
pub use openidconnect::ClientSecret;
pub use openidconnect::url::Url;
pub use pending::Pending;
pub use provider::Provider;
pub use settings::Settings;
