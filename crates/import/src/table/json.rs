//! JSON documents as tables: an array of objects, or an object with one such array; nested lists by selectors.
//!
//! A selector is a path of members joined by dots; `[]` after a member goes through its list, and
//! `[member=value]` through those of its objects whose member has that value: `objectives[].text`,
//! `prerequisites[coreq=false].course`.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Finding, Place, Severity};
use serde_json::Value as Json;

use super::Value;

/// How many levels of members and lists of a row are read.
const DEEPEST: usize = 12;

/// Separates the parts of a list kept beside a value.
pub(crate) const LIST_SEPARATOR: char = '\u{1f}';

pub(super) fn looks_like_json(text: &str) -> bool {
    let start = text.trim_start();
    let mut rest = start.chars();
    match rest.next() {
        Some('{') => rest.as_str().trim_start().starts_with(['"', '}']),
        Some('[') => rest.as_str().trim_start().starts_with(['{', ']', '"', '[']),
        _ => false,
    }
}

/// The rows and the pointer of the array that holds them.
pub(super) fn parse(text: &str, findings: &mut Vec<Finding>) -> Option<(Vec<Json>, String)> {
    let mut refuse = |code: &str, place, message: String, hint: &str| {
        findings.push(Finding::new(code, Severity::Error, place, message, hint));
        None
    };
    let document: Json = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
            let place = Place::Line { line, column: u32::try_from(error.column()).ok() };
            if error.is_eof() {
                let message = "The JSON ends before it is complete.".to_owned();
                return refuse("json.truncated", place, message, "The file is cut; fetch or save it again.");
            }
            let hint = "Check the JSON at this place (a comma, quote or bracket).";
            return refuse("json.invalid", place, format!("The JSON cannot be read: {error}."), hint);
        }
    };
    let (rows, prefix) = match document {
        Json::Array(rows) => (rows, String::new()),
        Json::Object(members) => {
            let mut lists: Vec<(String, Vec<Json>)> = members
                .into_iter()
                .filter_map(|(name, value)| match value {
                    Json::Array(rows) if rows.iter().any(Json::is_object) => Some((name, rows)),
                    _ => None,
                })
                .collect();
            if lists.len() != 1 {
                let message = format!("The JSON object has {} lists of objects; one is expected.", lists.len());
                return refuse("json.shape", Place::Whole, message, "Give an array of objects, or an object with one.");
            }
            let (name, rows) = lists.remove(0);
            (rows, format!("/{}", name.replace('~', "~0").replace('/', "~1")))
        }
        _ => {
            return refuse(
                "json.shape",
                Place::Whole,
                "The JSON is not a list of objects.".to_owned(),
                "Give an array of objects.",
            );
        }
    };
    if rows.is_empty() {
        return refuse(
            "table.no-rows",
            Place::Whole,
            "The JSON list is empty.".to_owned(),
            "Check that the right file was chosen.",
        );
    }
    if let Some(index) = rows.iter().position(|row| !row.is_object()) {
        let place = Place::Pointer(format!("{prefix}/{index}"));
        return refuse(
            "json.shape",
            place,
            "This entry is not an object.".to_owned(),
            "Every entry must be an object with named members.",
        );
    }
    Some((rows, prefix))
}

/// Every selector that finds something in the rows, in the order met; what lies too deep for one is said.
pub(super) fn selectors(rows: &[Json], findings: &mut Vec<Finding>) -> Vec<String> {
    let mut selectors = Selectors::default();
    for row in rows {
        selectors.collect(row, "", 0);
    }
    for path in selectors.too_deep {
        findings.push(Finding::new(
            "json.too-deep",
            Severity::Warning,
            Place::Whole,
            format!("What lies below “{path}” is nested deeper than {DEEPEST} levels and is not read."),
            "Give a flatter list of objects, one for each record.",
        ));
    }
    selectors.found
}

#[derive(Default)]
struct Selectors {
    found: Vec<String>,
    seen: BTreeSet<String>,
    too_deep: BTreeSet<String>,
}

impl Selectors {
    fn collect(&mut self, value: &Json, path: &str, depth: usize) {
        match value {
            Json::Null => {}
            Json::Object(members) if depth == DEEPEST => self.leave_out(path, members.is_empty()),
            Json::Array(entries) if depth == DEEPEST => self.leave_out(path, entries.is_empty()),
            Json::Object(members) => {
                for (name, member) in members {
                    let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.collect(member, &below, depth + 1);
                }
            }
            Json::Array(entries) => {
                for entry in entries {
                    self.collect(entry, &format!("{path}[]"), depth + 1);
                }
            }
            _ if self.seen.contains(path) => {}
            _ => {
                self.seen.insert(path.to_owned());
                self.found.push(path.to_owned());
            }
        }
    }

    fn leave_out(&mut self, path: &str, empty: bool) {
        if !empty {
            self.too_deep.insert(path.to_owned());
        }
    }
}

/// Every non-empty scalar the selector finds in `row`.
pub(super) fn select(row: &Json, selector: &str, pointer: &str) -> Vec<Value> {
    let mut found = Vec::new();
    walk(row, None, &steps(selector), pointer, &mut found);
    found
}

/// One step of a selector.
enum Step<'a> {
    Member(&'a str),
    Each,
    EachWhere(&'a str, &'a str),
}

fn steps(selector: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut rest = selector;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            let (inside, after) = after.split_once(']').unwrap_or((after, ""));
            steps.push(match inside.split_once('=') {
                Some((member, value)) => Step::EachWhere(member, value),
                None => Step::Each,
            });
            rest = after.strip_prefix('.').unwrap_or(after);
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(Step::Member(&rest[..end]));
            rest = rest[end..].strip_prefix('.').unwrap_or(&rest[end..]);
        }
    }
    steps
}

fn walk(value: &Json, holder: Option<&Json>, steps: &[Step<'_>], pointer: &str, found: &mut Vec<Value>) {
    let Some((step, rest)) = steps.split_first() else {
        if let Some(text) = scalar(value).filter(|text| !text.trim().is_empty()) {
            let beside = holder.map(beside).unwrap_or_default();
            found.push(Value { text, place: Place::Pointer(pointer.to_owned()), beside });
        }
        return;
    };
    match (step, value) {
        (Step::Member(name), Json::Object(members)) => {
            if let Some(member) = members.get(*name) {
                let escaped = name.replace('~', "~0").replace('/', "~1");
                walk(member, Some(value), rest, &format!("{pointer}/{escaped}"), found);
            }
        }
        (Step::Each, Json::Array(entries)) => {
            for (index, entry) in entries.iter().enumerate() {
                walk(entry, Some(value), rest, &format!("{pointer}/{index}"), found);
            }
        }
        (Step::EachWhere(member, wanted), Json::Array(entries)) => {
            for (index, entry) in entries.iter().enumerate() {
                if entry.get(member).and_then(scalar).as_deref() == Some(*wanted) {
                    walk(entry, Some(value), rest, &format!("{pointer}/{index}"), found);
                }
            }
        }
        _ => {}
    }
}

/// The members beside a value, lists joined.
fn beside(holder: &Json) -> BTreeMap<String, String> {
    let Json::Object(members) = holder else { return BTreeMap::new() };
    members
        .iter()
        .filter_map(|(name, value)| match value {
            Json::Array(entries) => {
                let texts: Vec<String> = entries.iter().filter_map(scalar).collect();
                (!texts.is_empty()).then(|| (name.clone(), texts.join(&LIST_SEPARATOR.to_string())))
            }
            other => scalar(other).map(|text| (name.clone(), text)),
        })
        .collect()
}

fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_reach_nested_lists() {
        let text = r#"[{"code":"A 1","pre":[{"c":"X","co":false},{"c":"Y","co":true}],"t":[{"text":"one","path":["p","q"]}],"n":null}]"#;
        let (rows, prefix) = parse(text, &mut Vec::new()).unwrap();
        assert_eq!(selectors(&rows, &mut Vec::new()), ["code", "pre[].c", "pre[].co", "t[].text", "t[].path[]"]);
        let texts = |selector: &str| {
            select(&rows[0], selector, &prefix).into_iter().map(|value| value.text).collect::<Vec<_>>()
        };
        assert_eq!(texts("pre[co=true].c"), ["Y"]);
        let topic = &select(&rows[0], "t[].text", "/0")[0];
        assert_eq!(topic.place, Place::Pointer("/0/t/0/text".to_owned()));
        assert_eq!(topic.beside["path"], format!("p{LIST_SEPARATOR}q"));
    }

    #[test]
    fn what_lies_too_deep_is_said() {
        let text = |inner: &str| format!("[{}{inner}{}]", r#"{"a":"#.repeat(11), "}".repeat(11));
        let text = text(r#"{"f":1,"g":{"h":2},"i":[]}"#);
        let (rows, _) = parse(&text, &mut Vec::new()).unwrap();
        let above = "a.".repeat(11);
        let mut findings = Vec::new();
        assert_eq!(selectors(&rows, &mut findings), [format!("{above}f")]);
        assert_eq!((findings.len(), findings[0].code.as_str()), (1, "json.too-deep"));
        assert!(findings[0].message.contains(&format!("“{above}g”")));
    }

    #[test]
    fn broken_json_says_where() {
        let check = |text: &str, code: &str| {
            let mut findings = Vec::new();
            assert!(parse(text, &mut findings).is_none());
            assert_eq!(findings[0].code, code, "{text}");
        };
        check(r#"[{"code": "A"#, "json.truncated");
        check(r#"[{"code": "A",, }]"#, "json.invalid");
        check("[]", "table.no-rows");
        check(r#"[{"a":1}, 2]"#, "json.shape");
        check(&format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000)), "json.invalid");
    }
}
