//! The guide and the policy say the same: the table of the page on roles is written from the policy.

use std::fmt::Write;
use std::path::Path;

use credway_model::{Action, Role};

use super::super::{Extent, Policy};

const BEGIN: &str = "<!-- roles: begin; written by `CREDWAY_RENEW=1 cargo test -p credway-workflow roles_page` -->";
const END: &str = "<!-- roles: end -->";

fn table() -> String {
    let mut text = String::from("| Act |");
    for role in Role::ALL {
        let _ = write!(text, " {} |", role.label());
    }
    let _ = write!(text, "\n|---|{}\n", "---|".repeat(Role::ALL.len()));
    for action in Action::ALL {
        let _ = write!(text, "| {} |", action.label());
        for role in Role::ALL {
            match Policy::embedded().extent(*role, *action) {
                Extent::Nowhere => text.push_str(" |"),
                extent => {
                    let _ = write!(text, " {} |", extent.word());
                }
            }
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_roles_in_the_guide_are_those_of_the_policy() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/src/roles.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has the marker of the beginning");
    let (_, after) = rest.split_once(END).expect("the page has the marker of the end");
    let fresh = format!("{before}{BEGIN}\n\n{}\n{END}{after}", table());
    if std::env::var_os("CREDWAY_RENEW").is_some() {
        std::fs::write(&path, fresh).unwrap();
        return;
    }
    assert!(
        page == fresh,
        "docs/guide/src/roles.md is not what the policy says: run `CREDWAY_RENEW=1 cargo test -p credway-workflow roles_page`"
    );
}
