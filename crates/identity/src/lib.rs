//! Who somebody is: passwords, second factors, secrets and their digests, sealed values.
//!
//! What is secret is made and checked here, and nothing else: this crate keeps nothing, knows no account and no role,
//! and no secret it makes is ever shown by `Debug` or in an error.

pub mod openid;
