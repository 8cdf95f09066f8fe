//! The policy's text: valid by its schema, in the words of `model`, and behind its walls.

use std::collections::BTreeSet;

use cedar_policy::{Schema, ValidationMode, Validator};
use credway_model::{Action, Grant, Role};

use super::super::policy::TEXT;
use super::super::{Decision, Policy, Principal, Resource};
use super::{account, ctid};

const SCHEMA: &str = include_str!("../policy.cedarschema");

fn schema() -> Schema {
    let (schema, warnings) = Schema::from_cedarschema_str(SCHEMA).unwrap();
    assert_eq!(warnings.count(), 0);
    schema
}

/// What the strict validator says of a policy.
fn validated(text: &str) -> Vec<String> {
    let policy = Policy::read(text).unwrap();
    let result = Validator::new(schema()).validate(&policy.policies, ValidationMode::Strict);
    let errors = result.validation_errors().map(ToString::to_string);
    errors.chain(result.validation_warnings().map(ToString::to_string)).collect()
}

#[test]
fn the_policy_is_valid_and_every_statement_can_matter() {
    assert_eq!(validated(TEXT), Vec::<String>::new());
}

#[test]
fn unknown_words_are_refused() {
    for wrong in [
        r#"@id("x") permit (principal is Account, action == Action::"rule", resource);"#,
        r#"@id("x") permit (principal is Account, action, resource) when { principal.roles.contains(Role::"owner") };"#,
        r#"@id("x") permit (principal is Account, action, resource) when { resource in principal.owner };"#,
        r#"@id("x") permit (principal, action, resource) when { resource in principal.dean };"#,
        r#"@id("x") permit (principal, action, resource) when { resource.owner == principal };"#,
    ] {
        assert_ne!(validated(wrong), Vec::<String>::new(), "{wrong}");
    }
}

/// The quoted words between two marks of the schema's text.
fn quoted(after: &str, until: &str) -> Vec<String> {
    let (_, rest) = SCHEMA.split_once(after).unwrap();
    let (part, _) = rest.split_once(until).unwrap();
    part.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_acts_and_roles_of_the_model() {
    let actions: Vec<&str> = Action::ALL.iter().map(|action| action.word()).collect();
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
    assert_eq!(quoted("\naction\n", "\nappliesTo"), actions);
    assert_eq!(quoted("entity Role enum [", "]"), roles);
    assert_eq!(quoted("entity Account = {", "}"), [vec!["roles", "places"], roles].concat());
    let known: BTreeSet<String> = schema().actions().map(|action| action.id().unescaped().to_owned()).collect();
    assert_eq!(known, actions.iter().map(|word| (*word).to_owned()).collect());
}

#[test]
fn statements_are_known_by_their_names() {
    assert!(Policy::read("permit (principal, action, resource);").is_err());
    assert!(
        Policy::read(
            r#"@id("x") permit (principal, action, resource); @id("x") forbid (principal, action, resource);"#
        )
        .is_err()
    );
    let error = Policy::read("permit (").err().unwrap().to_string();
    assert!(error.starts_with("the policy cannot be read"), "{error}");
}

#[test]
fn the_walls_hold_against_a_line_added_by_mistake() {
    let open = format!("{TEXT}\n@id(\"mistake\") permit (principal, action, resource);");
    let policy = Policy::read(&open).unwrap();
    let grants = vec![Grant { role: Role::Administrator, institution: ctid(1), program: None }];
    let principal = Principal::account(account(5), grants);
    let may = |action, resource: Resource| policy.permits(&principal, action, &resource, Some(ctid(1)));
    assert!(may(Action::Settle, Resource::of_institution(ctid(1))));
    assert!(!may(Action::Settle, Resource::of_institution(ctid(2))));
    assert!(!may(Action::ReadSheet, Resource::of_institution(ctid(2))));
    assert!(!may(Action::ReadLearnerRecords, Resource::of_institution(ctid(1))));
    assert!(!may(Action::ReadLearnerRecords, Resource::of_institution(ctid(1)).owned_by(account(6))));
    let visitor = Principal::visitor();
    assert!(!policy.permits(&visitor, Action::ReadCatalogue, &Resource::of_institution(ctid(1)), Some(ctid(1))));
}

#[test]
fn what_cannot_be_evaluated_is_denied_and_told() {
    let failing = r#"
        @id("all") permit (principal, action, resource);
        @id("broken wall") forbid (principal, action, resource) when { resource.colour == "red" };"#;
    let policy = Policy::read(failing).unwrap();
    let principal = Principal::account(account(5), Vec::new());
    let decision = policy.decide(&principal, Action::ReadPublic, &Resource::of_no_institution(), None);
    let Decision::Failed(told) = decision else { panic!("{decision:?}") };
    assert!(told.contains("broken wall") && told.contains("colour"), "{told}");
    assert!(!policy.permits(&principal, Action::ReadPublic, &Resource::of_no_institution(), None));
}
