//! The policy against a table written by hand, against itself, and against the words of `model`.

mod matrix;
mod properties;
mod roles_page;
mod text;

use credway_model::{AccountId, Ctid};
use uuid::Uuid;

fn ctid(number: u128) -> Ctid {
    Ctid::from_uuid(Uuid::from_u128(number))
}

fn account(number: u128) -> AccountId {
    AccountId::from_uuid(Uuid::from_u128(number))
}
