//! What holds for every page: followed from home, link by link.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::{StatusCode, header};

use crate::college::{Answer, College};

/// Pages looked at for each pattern of address.
const OF_EACH: usize = 4;

/// The address with identifiers taken out.
fn pattern(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let parts = path.split('/').map(|part| {
        let identifier = part.starts_with("ce-") || part.len() == 64 || part.parse::<u64>().is_ok();
        if identifier { "*" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_page_reached_from_home_is_there_and_well_formed() {
    let college = College::sample().await;
    let mut waiting = VecDeque::from(["/".to_owned(), "/keyboard".to_owned()]);
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(address) = waiting.pop_front() {
        let count = seen.entry(pattern(&address)).or_default();
        if *count >= OF_EACH {
            continue;
        }
        *count += 1;
        let answer = college.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        let kind = answer.headers[header::CONTENT_TYPE].to_str().unwrap();
        if !kind.starts_with("text/html") {
            continue;
        }
        well_formed(&address, &answer);
        for link in answer.links() {
            let bare = link.split('#').next().unwrap_or_default();
            let absolute = if bare.starts_with('/') { bare.to_owned() } else { beside(&address, bare) };
            if !bare.is_empty() && !bare.contains("://") && known.insert(absolute.clone()) {
                waiting.push_back(absolute);
            }
        }
    }
    for expected in [
        "/",
        "/programs",
        "/programs/*",
        "/programs/*/structure",
        "/blueprints/*",
        "/courses/*",
        "/crosswalks/*/report",
        "/crosswalks/*/report/crosswalk",
        "/credentials/*",
        "/pathways/*",
        "/pathways/*/component",
        "/pathways/*/costs",
        "/pathways/*/plan",
        "/history/*",
        "/sources/*",
        "/findings",
        "/glossary",
    ] {
        assert!(seen.contains_key(expected), "{expected} is not reached: {seen:?}");
    }
}

/// A relative address seen from `address`.
fn beside(address: &str, relative: &str) -> String {
    let path = address.split('?').next().unwrap_or(address);
    if relative.starts_with('?') {
        return format!("{path}{relative}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{relative}")
}

#[track_caller]
fn well_formed(address: &str, answer: &Answer) {
    let body = &answer.body;
    let count = |piece: &str| body.matches(piece).count();
    assert_eq!(count("<h1"), 1, "{address}: one main heading");
    assert_eq!(count("<main "), 1, "{address}: one main part");
    assert!(body.contains("href=\"#main\""), "{address}: a skip link");
    assert_eq!(count("<table"), count("<caption"), "{address}: every table has a caption");
    for head in body.split("<th").skip(1).filter(|head| head.starts_with([' ', '>'])) {
        assert!(
            head.split('>').next().unwrap().contains("scope="),
            "{address}: every head has a scope: {}",
            &head[..head.len().min(80)]
        );
    }
    for inline in [" style=\"", "<style", " onclick=", "javascript:"] {
        assert!(!body.contains(inline), "{address}: {inline}");
    }
    for script in body.split("<script").skip(1) {
        assert!(script.starts_with(" src=\"/assets/"), "{address}: scripts are files of ours");
    }
    for form in body.split("<form").skip(1).filter(|form| form.split('>').next().unwrap().contains("method=\"post\"")) {
        assert!(
            form.split("</form>").next().unwrap().contains("name=\"csrf\""),
            "{address}: every writing form has the token"
        );
    }
    let mut identifiers = BTreeSet::new();
    for identifier in body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(identifiers.insert(identifier), "{address}: {identifier} stands twice");
    }
    for wanted in body.split(" for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(identifiers.contains(wanted), "{address}: the label for {wanted} has its field");
    }
}
