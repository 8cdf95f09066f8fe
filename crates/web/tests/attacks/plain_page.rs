//! Whether a page is a page of ours alone: its tags are read as a browser would read them, and none runs what is not ours.

use axum::http::StatusCode;

use crate::two_colleges::Answer;

/// The page's tags: names and attributes, as a browser would read them.
fn tags(body: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            continue;
        }
        let (mut attributes, mut inner) = (Vec::new(), rest[name.len()..].trim_start());
        while !inner.starts_with('>') && !inner.is_empty() {
            let word: String = inner.chars().take_while(|letter| !"=> \n\t".contains(*letter)).collect();
            inner = inner[word.len()..].trim_start();
            let word = word.trim_matches('/').to_owned();
            let mut value = String::new();
            if let Some(given) = inner.strip_prefix("=\"") {
                value = given.split('"').next().unwrap_or_default().to_owned();
                inner = given[value.len()..].trim_start_matches('"').trim_start();
            } else if let Some(given) = inner.strip_prefix('=') {
                value = given.chars().take_while(|letter| !"> \n".contains(*letter)).collect();
                inner = given[value.len()..].trim_start();
            }
            if word.is_empty() && value.is_empty() {
                inner = inner.get(1..).unwrap_or_default();
            }
            attributes.push((word.to_lowercase(), value));
        }
        found.push((name.to_lowercase(), attributes));
        rest = inner;
    }
    found
}

/// That a page is a page of ours alone; whether the markup is on it, as text.
#[track_caller]
pub(crate) fn harmless(address: &str, answer: &Answer) -> bool {
    if !answer.header("content-type").starts_with("text/html") {
        return false;
    }
    for (name, attributes) in tags(&answer.body) {
        for (attribute, value) in &attributes {
            assert!(!attribute.starts_with("on"), "{address}: <{name} {attribute}>");
            assert!(attribute != "style" && attribute != "srcdoc", "{address}: <{name} {attribute}>");
            let leads = value.trim().to_lowercase();
            let target = ["href", "src", "action", "formaction"].contains(&attribute.as_str());
            assert!(!(target && leads.starts_with("javascript:")), "{address}: {value}");
        }
        if name == "script" {
            let own = attributes.iter().any(|(attribute, value)| attribute == "src" && value.starts_with("/assets/"));
            assert!(own, "{address}: a script that is not ours: {attributes:?}");
        }
        assert!(name != "img" || !attributes.iter().any(|(_, value)| value == "x"), "{address}");
        assert!(!["iframe", "object", "embed", "base"].contains(&name.as_str()), "{address}: <{name}>");
    }
    answer.body.contains("&#60;img src=x onerror=alert(1)&#62;") || answer.body.contains("onfocus=&#34;alert(0)&#39;")
}

#[test]
fn the_check_itself_finds_what_would_run() {
    for bad in [
        "<p title=\"x\" onfocus=\"a\">",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">",
        "<script>alert(1)</script>",
        "<svg/onload=alert(1)>",
    ] {
        let page = Answer {
            status: StatusCode::OK,
            headers: [(axum::http::header::CONTENT_TYPE, "text/html".parse().unwrap())].into_iter().collect(),
            body: bad.to_owned(),
        };
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| harmless("made up", &page)));
        assert!(found.is_err(), "{bad}");
    }
}
