//! Shapes of JSON: members and kinds of values, without the values, so that a shape can be compared.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

/// The shape: one line a path, with the kinds of value met there.
pub(crate) fn shape(value: &Value) -> String {
    let mut kinds: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    let mut order = Vec::new();
    walk(value, String::new(), &mut kinds, &mut order);
    let mut text = String::new();
    for path in order {
        let mut kinds = kinds[&path].clone();
        kinds.sort_unstable();
        let _ = writeln!(text, "{} {}", if path.is_empty() { "." } else { &path }, kinds.join("|"));
    }
    text
}

fn walk(value: &Value, path: String, kinds: &mut BTreeMap<String, Vec<&'static str>>, order: &mut Vec<String>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    let known = kinds.entry(path.clone()).or_insert_with(|| {
        order.push(path.clone());
        Vec::new()
    });
    if !known.contains(&kind) {
        known.push(kind);
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                walk(member, format!("{path}.{name}"), kinds, order);
            }
        }
        Value::Array(entries) => {
            for entry in entries {
                walk(entry, format!("{path}[]"), kinds, order);
            }
        }
        _ => {}
    }
}

/// Makes sure that `value` is an object with exactly these members, in this order.
pub(crate) fn members(value: &Value, expected: &[&str]) {
    let names: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(names, expected);
}

/// Makes sure that every finding has its six members, with the place in words.
pub(crate) fn findings(value: &Value) {
    for finding in value.as_array().expect("a list of findings") {
        members(finding, &["code", "severity", "file", "place", "message", "hint"]);
        assert!(finding["place"].is_string(), "{finding}");
        assert!(matches!(finding["severity"].as_str(), Some("note" | "warning" | "error")), "{finding}");
    }
}
