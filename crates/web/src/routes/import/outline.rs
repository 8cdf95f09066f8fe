//! The outline of a blueprint that was read, from the answer's JSON.

use serde_json::Value;

/// A domain with its objectives in order.
pub(super) struct OutlineDomain {
    pub(super) name: String,
    pub(super) weight: String,
    pub(super) objectives: Vec<OutlineLine>,
}

/// One objective.
pub(super) struct OutlineLine {
    pub(super) code: Option<String>,
    pub(super) text: String,
    /// How deep it stands, 0 to 3.
    pub(super) nesting: usize,
}

/// Title and version.
pub(super) fn outline_name(blueprint: &Value) -> Option<String> {
    let title = text(blueprint, "title")?;
    Some(match text(blueprint, "version") {
        Some(version) => format!("{title} {version}"),
        None => title,
    })
}

/// The domains, in order.
pub(super) fn outline(blueprint: &Value) -> Vec<OutlineDomain> {
    list(blueprint, "domains")
        .iter()
        .map(|domain| {
            let mut objectives = Vec::new();
            walk(list(domain, "objectives"), 0, &mut objectives);
            let title = text(domain, "title").unwrap_or_default();
            OutlineDomain {
                name: text(domain, "code").map_or_else(|| title.clone(), |code| format!("{code} {title}")),
                weight: weight(domain),
                objectives,
            }
        })
        .collect()
}

fn walk(objectives: &[Value], nesting: usize, lines: &mut Vec<OutlineLine>) {
    for objective in objectives {
        lines.push(OutlineLine {
            code: text(objective, "code"),
            text: text(objective, "text").unwrap_or_default(),
            nesting: nesting.min(3),
        });
        walk(list(objective, "children"), nesting + 1, lines);
    }
}

/// The weight as the source gives it: a figure, a range, or none.
fn weight(domain: &Value) -> String {
    let figure = |name: &str| domain.get(name).filter(|value| !value.is_null()).map(Value::to_string);
    match (figure("weight_low"), figure("weight_high"), figure("weight")) {
        (Some(low), Some(high), _) => format!("{low}–{high} %"),
        (_, _, Some(weight)) => format!("{weight} %"),
        _ => "no weight given".to_owned(),
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_outline_keeps_order_depth_and_weights() {
        let blueprint = json!({"title": "Exam", "version": "V1", "domains": [
            {"code": "1", "title": "One", "weight": 22.5, "weight_low": 20, "weight_high": 25, "objectives": [
                {"code": "1.1", "text": "A", "children": [{"code": null, "text": "B", "children": []}]}]},
            {"code": null, "title": "Two", "weight": null, "objectives": []}]});
        assert_eq!(outline_name(&blueprint).unwrap(), "Exam V1");
        let domains = outline(&blueprint);
        assert_eq!((domains[0].name.as_str(), domains[0].weight.as_str()), ("1 One", "20–25 %"));
        let lines: Vec<_> = domains[0].objectives.iter().map(|line| (line.text.as_str(), line.nesting)).collect();
        assert_eq!(lines, [("A", 0), ("B", 1)]);
        assert_eq!(domains[1].weight, "no weight given");
    }
}
