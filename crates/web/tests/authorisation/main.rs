//! Who may ask for what: every address the router knows, for everybody there is, about what is theirs, about another
//! program of the same institution, and about another institution. What is expected comes from the policy and from
//! `addresses`, which says what each address is about; a new address that it does not know fails.

mod addresses;
mod changing;
mod expected;
mod interface;
mod matrix;
mod pathways;
mod personal;
mod signing;
#[path = "../two_colleges/mod.rs"]
mod two_colleges;
