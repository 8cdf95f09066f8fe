//! The OpenAPI document: it is what is in the guide, it names every address and no other, and what it refers to is there.

use std::collections::BTreeSet;
use std::path::Path;

use credway_model::Action;
use credway_web::{Rule, addresses};
use serde_json::Value;

use crate::site::Site;

async fn document() -> (String, Value) {
    let site = Site::with_accounts().await;
    let answer = site.get("", "/api/v1/openapi.json").await;
    let document = answer.fine();
    (answer.body, document)
}

/// Written anew with `CREDWAY_RENEW=1`.
#[tokio::test]
async fn the_guide_has_the_document() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/src/openapi.json");
    let (text, document) = document().await;
    assert_eq!(document["openapi"], "3.1.0");
    if std::env::var("CREDWAY_RENEW").as_deref() == Ok("1") {
        std::fs::write(&file, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == text, "docs/guide/src/openapi.json is not the document: run this test with CREDWAY_RENEW=1");
}

#[tokio::test]
async fn every_address_is_described_with_its_rule_and_no_other() {
    let (_, document) = document().await;
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let scopes: BTreeSet<String> = operation["security"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|one| one["token"].as_array())
                .flatten()
                .map(|scope| scope.as_str().unwrap().to_owned())
                .collect();
            let open = operation["security"].as_array().unwrap().is_empty();
            described.insert((method.to_uppercase(), path.clone(), open, scopes));
        }
    }
    let served: BTreeSet<_> = addresses()
        .into_iter()
        .filter(|listed| listed.pattern.starts_with("/api/"))
        .map(|listed| {
            let acts = match listed.rule {
                Rule::Everybody => &[],
                Rule::May(acts) => acts,
            };
            let scopes = acts.iter().filter(|act| **act != Action::OwnAccount).map(|act| act.word().to_owned());
            let open = listed.rule == Rule::Everybody;
            (listed.method.to_owned(), listed.pattern.to_owned(), open, scopes.collect())
        })
        .collect();
    assert_eq!(described, served);
    assert!(served.len() > 20);
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_operation_has_a_name() {
    fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let (_, document) = document().await;
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for reference in &found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    assert!(found.contains("#/components/schemas/Problem"));
    let operations: Vec<&Value> =
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values()).collect();
    let names: BTreeSet<&str> = operations.iter().map(|one| one["operationId"].as_str().unwrap()).collect();
    assert_eq!(names.len(), operations.len());
    assert!(operations.iter().all(|one| one["summary"].as_str().is_some_and(|words| !words.is_empty())));
}
