//! Single sign-on against a real identity provider: what works, and everything that must not.

mod browser;
mod codes;
mod discovery;
mod provider;
mod sign_in;
mod tokens;
