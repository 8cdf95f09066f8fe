//! What differs between two states of a record, field by field, in words a person reads.

use credway_model::AwardRequirements;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::WorkflowError;

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDifference {
    /// The field, as a path (`outcomes/2/statement`).
    pub field: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// The fields in which two records differ, by our own JSON; places in the source are left out.
pub(crate) fn differences<T: Serialize>(before: &T, after: &T) -> Result<Vec<FieldDifference>, WorkflowError> {
    let mut found = Vec::new();
    compare("", &serde_json::to_value(before)?, &serde_json::to_value(after)?, &mut found);
    Ok(found)
}

pub(crate) fn compare(path: &str, before: &Value, after: &Value, found: &mut Vec<FieldDifference>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
    match (before, after) {
        (Value::Object(one), Value::Object(two)) => {
            let mut keys: Vec<&String> = one.keys().chain(two.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            if let (Some(one), Some(two)) = (requirement_lines(one), requirement_lines(two)) {
                compare_lines(&below("requirements"), &one, &two, found);
                keys.retain(|key| key.as_str() != "requirements");
            }
            for key in keys.into_iter().filter(|key| !matches!(key.as_str(), "place" | "origin" | "ctid")) {
                compare(&below(key), one.get(key).unwrap_or(&Value::Null), two.get(key).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(one), Value::Array(two)) if one.iter().chain(two).all(|member| identity(member).is_some()) => {
            compare_members(path, one, two, found);
        }
        (Value::Array(one), Value::Array(two)) => {
            for index in 0..one.len().max(two.len()) {
                let (left, right) = (one.get(index).unwrap_or(&Value::Null), two.get(index).unwrap_or(&Value::Null));
                compare(&below(&(index + 1).to_string()), left, right, found);
            }
        }
        _ if before == after => {}
        _ => found.push(FieldDifference { field: path.to_owned(), before: words(before), after: words(after) }),
    }
}

/// Compares two lists whose members have identifiers: what is new, what is gone, what differs, and whether the order
/// of those that stay differs.
fn compare_members(path: &str, before: &[Value], after: &[Value], found: &mut Vec<FieldDifference>) {
    let label = |index: usize, member: &Value| match member.get("code").and_then(Value::as_str) {
        Some(code) => format!("{path}/{code}"),
        None => format!("{path}/{}", index + 1),
    };
    let among = |member: &Value, list: &[Value]| list.iter().any(|other| identity(other) == identity(member));
    for (index, member) in after.iter().enumerate() {
        match before.iter().find(|other| identity(other) == identity(member)) {
            Some(other) => compare(&label(index, member), other, member, found),
            None => found.push(FieldDifference { field: label(index, member), before: None, after: words(member) }),
        }
    }
    for (index, member) in before.iter().enumerate().filter(|(_, member)| !among(member, after)) {
        found.push(FieldDifference { field: label(index, member), before: words(member), after: None });
    }
    let order = |list: &[Value], other: &[Value]| {
        list.iter().filter(|member| among(member, other)).filter_map(words).collect::<Vec<_>>().join(" · ")
    };
    let moved = before.iter().filter(|member| among(member, after)).map(identity);
    if !moved.eq(after.iter().filter(|member| among(member, before)).map(identity)) {
        found.push(FieldDifference {
            field: format!("{path}/order"),
            before: Some(order(before, after)),
            after: Some(order(after, before)),
        });
    }
}

/// What a program requires, by name, in lines as in its table; none where there is something else of that name.
fn requirement_lines(members: &serde_json::Map<String, Value>) -> Option<Vec<(String, String)>> {
    let Some(requirements) = members.get("requirements").filter(|value| !value.is_null()) else {
        return Some(Vec::new());
    };
    let requirements: AwardRequirements = serde_json::from_value(requirements.clone()).ok()?;
    Some(requirements.rows().iter().map(|row| (row.label(), row.line())).collect())
}

/// Compares named lines: what is new, what is gone, what differs.
fn compare_lines(
    path: &str,
    before: &[(String, String)],
    after: &[(String, String)],
    found: &mut Vec<FieldDifference>,
) {
    let line = |lines: &[(String, String)], name: &str| {
        lines.iter().find(|(other, _)| other == name).map(|(_, line)| line.clone())
    };
    for (name, now) in after {
        let was = line(before, name);
        if was.as_ref() != Some(now) {
            found.push(FieldDifference { field: format!("{path}/{name}"), before: was, after: Some(now.clone()) });
        }
    }
    for (name, was) in before.iter().filter(|(name, _)| line(after, name).is_none()) {
        found.push(FieldDifference { field: format!("{path}/{name}"), before: Some(was.clone()), after: None });
    }
}

/// The identifier of a member of a list, if it has one.
fn identity(member: &Value) -> Option<&str> {
    member.get("ctid").or_else(|| member.get("course")).and_then(Value::as_str)
}

/// A value in words; nothing for an absent one.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(members) => {
            let main = ["statement", "text", "title", "course"].iter().find_map(|key| members.get(*key)?.as_str());
            Some(main.map_or_else(|| value.to_string(), str::to_owned))
        }
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(before: &Value, after: &Value, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let got = differences(before, after).unwrap();
        let got: Vec<_> =
            got.iter().map(|one| (one.field.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn members_are_told_apart_by_identifier_not_by_position() {
        let one = json!({"ctid": "1", "code": "1.1", "text": "Explain ports"});
        let two = json!({"ctid": "2", "code": "1.2", "text": "Explain logs"});
        let reworded = json!({"ctid": "2", "code": "1.2", "text": "Explain event logs"});
        let list = |members: &[&Value]| json!({"objectives": members});
        let reworded_row = ("objectives/1.2/text", Some("Explain logs"), Some("Explain event logs"));
        check(
            &list(&[&one, &two]),
            &list(&[&reworded]),
            &[reworded_row, ("objectives/1.1", Some("Explain ports"), None)],
        );
        check(&list(&[&two]), &list(&[&one, &two]), &[("objectives/1.1", None, Some("Explain ports"))]);
        let (forth, back) = ("Explain ports · Explain logs", "Explain logs · Explain ports");
        check(&list(&[&one, &two]), &list(&[&two, &one]), &[("objectives/order", Some(forth), Some(back))]);
    }

    #[test]
    fn requirements_are_compared_by_their_names() {
        let award = |core: &str| {
            let row = |name: &str, needs: &str, courses: &str| credway_model::RequirementRow {
                name: credway_model::Text::new(name).ok(),
                under: None,
                needs: needs.parse().unwrap(),
                courses: courses.parse().ok(),
                grade: None,
                overlay: false,
            };
            let rows = [
                row("Core", core, "A 1, A 2"),
                row("History", "3 credits", "HIST courses"),
                row("", "total 60 credits", ""),
            ];
            let name = credway_model::Text::new("BA").unwrap();
            json!({"requirements": AwardRequirements::from_rows(name, None, &rows).0})
        };
        let core = ("requirements/Core", Some("all of A 1, A 2"), Some("1 course of A 1, A 2"));
        check(&award("all"), &award("1 course"), &[core]);
        check(
            &json!({}),
            &award("all"),
            &[
                ("requirements/Core", None, Some("all of A 1, A 2")),
                ("requirements/History", None, Some("3 credits of HIST courses")),
                ("requirements/total", None, Some("total 60 credits")),
            ],
        );
    }

    #[test]
    fn where_it_stands_in_the_source_is_no_difference() {
        check(&json!({"title": "A", "place": 1}), &json!({"title": "A", "place": 2}), &[]);
        check(&json!({"title": "A"}), &json!({"title": "A", "credits": "3"}), &[("credits", None, Some("3"))]);
    }
}
