//! Who may do what: the one place that says so.
//!
//! The table is text (`policy.cedar`, checked against `policy.cedarschema`) and is evaluated by Cedar. Use cases ask it
//! with who wants to act, the act, and what it touches; pages never ask. What it does not know: which step of a
//! sign-off somebody may sign, which scopes an API token has, and whether an account is suspended. It reads no database
//! and no clock: the grants it is given are taken as they are.

mod decision;
mod entities;
mod extent;
mod policy;
mod principal;
mod reach;
#[cfg(test)]
mod tests;

pub use decision::{Decision, PolicyError};
pub use extent::Extent;
pub use policy::Policy;
pub use principal::{Principal, Resource};
pub use reach::Reach;
