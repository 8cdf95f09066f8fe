//! A blueprint as JSON and as our CSV template.

use std::collections::BTreeMap;

use credway_model::{Blueprint, Domain, Objective, Text, WeightRange};
use serde_json::{Map, Value, json};

use crate::PublishError;
use crate::table::{CsvFile, TableWriter};

/// Columns of the blueprint template.
pub const BLUEPRINT_COLUMNS: &[&str] = &[
    "credential",
    "version",
    "effective",
    "retires",
    "domain_code",
    "domain",
    "weight",
    "objective_code",
    "objective",
    "parent_code",
];

/// The blueprint as JSON: title, version, dates, domains with weight, objectives with code, text and children.
///
/// Units: `weight` in per cent of the exam, the middle where the publisher gives a range (then `weight_low` and
/// `weight_high` are its ends); `null` where the source gives none.
#[must_use]
pub fn blueprint_json(blueprint: &Blueprint) -> Value {
    json!({
        "id": blueprint.ctid.to_string(),
        "title": blueprint.title.as_str(),
        "version": words(blueprint.version.as_ref()),
        "effective": blueprint.effective.map(|date| date.to_string()),
        "retires": blueprint.retires.map(|date| date.to_string()),
        "domains": blueprint.domains.iter().map(domain_json).collect::<Vec<_>>(),
    })
}

fn domain_json(domain: &Domain) -> Value {
    let mut members = Map::new();
    members.insert("id".to_owned(), json!(domain.ctid.to_string()));
    members.insert("code".to_owned(), json!(words(domain.code.as_ref())));
    members.insert("title".to_owned(), json!(domain.title.as_str()));
    members.insert("weight".to_owned(), domain.weight.map_or(Value::Null, |weight| number(weight.middle())));
    if let Some(weight) = domain.weight.filter(|weight| weight.low() != weight.high()) {
        members.insert("weight_low".to_owned(), number(weight.low().value()));
        members.insert("weight_high".to_owned(), number(weight.high().value()));
    }
    members.insert("objectives".to_owned(), domain.objectives.iter().map(objective_json).collect());
    Value::Object(members)
}

fn objective_json(objective: &Objective) -> Value {
    json!({
        "id": objective.ctid.to_string(),
        "code": words(objective.code.as_ref()),
        "text": objective.text.as_str(),
        "children": objective.children.iter().map(objective_json).collect::<Vec<_>>(),
    })
}

fn words(text: Option<&Text>) -> Option<&str> {
    text.map(Text::as_str)
}

/// A JSON number without `.0` where it is whole.
pub(crate) fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "only whole numbers far below 2^53 take this way")]
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
}

/// The blueprint in the columns of our template: a row for each domain with its weight, then a row for each objective,
/// a finer objective naming the code of the one above it.
///
/// An objective below one that has no code, or
/// shares its code with another of the domain, loses its place in the outline; that is reported
/// (`publish.parent-without-code`).
///
/// # Errors
/// [`PublishError::Csv`].
pub fn blueprint_csv(blueprint: &Blueprint) -> Result<CsvFile, PublishError> {
    let mut outline = Outline { blueprint, table: TableWriter::new(BLUEPRINT_COLUMNS)? };
    for domain in &blueprint.domains {
        let weight = domain.weight.map(weight_cell).unwrap_or_default();
        outline.row(domain, &weight, ["", "", ""])?;
        let mut codes = BTreeMap::new();
        count_codes(&domain.objectives, &mut codes);
        outline.objectives(domain, &domain.objectives, "", &codes)?;
    }
    outline.table.finish()
}

/// How a weight is written: `12.5%`, or `20-25%` for a range.
fn weight_cell(weight: WeightRange) -> String {
    if weight.low() == weight.high() {
        format!("{}%", weight.low())
    } else {
        format!("{}-{}%", weight.low(), weight.high())
    }
}

fn count_codes<'a>(objectives: &'a [Objective], codes: &mut BTreeMap<&'a str, usize>) {
    for objective in objectives {
        if let Some(code) = &objective.code {
            *codes.entry(code.as_str()).or_default() += 1;
        }
        count_codes(&objective.children, codes);
    }
}

struct Outline<'a> {
    blueprint: &'a Blueprint,
    table: TableWriter,
}

impl Outline<'_> {
    fn row(&mut self, domain: &Domain, weight: &str, objective: [&str; 3]) -> Result<(), PublishError> {
        let blueprint = self.blueprint;
        let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let [code, text, parent] = objective;
        self.table.plain(&[
            blueprint.title.as_str(),
            words(blueprint.version.as_ref()).unwrap_or_default(),
            &date(blueprint.effective),
            &date(blueprint.retires),
            words(domain.code.as_ref()).unwrap_or_default(),
            domain.title.as_str(),
            weight,
            code,
            text,
            parent,
        ])
    }

    fn objectives(
        &mut self,
        domain: &Domain,
        objectives: &[Objective],
        parent: &str,
        codes: &BTreeMap<&str, usize>,
    ) -> Result<(), PublishError> {
        for objective in objectives {
            let code = words(objective.code.as_ref()).unwrap_or_default();
            self.row(domain, "", [code, objective.text.as_str(), parent])?;
            if !objective.children.is_empty() && codes.get(code) != Some(&1) {
                self.table.lose(
                    "publish.parent-without-code",
                    Some("parent_code"),
                    format!(
                        "“{}” has finer objectives below it, but no code of its own that only it bears.",
                        objective.text
                    ),
                    "Give it a code of its own, or use JSON, which keeps the nesting.",
                );
            }
            self.objectives(domain, &objective.children, code, codes)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credway_model::{Ctid, Place};

    fn ctid(number: u32) -> Ctid {
        format!("ce-00000000-0000-4000-8000-{number:012}").parse().unwrap()
    }

    fn text(words: &str) -> Text {
        Text::new(words).unwrap()
    }

    fn objective(number: u32, code: Option<&str>, words: &str, children: Vec<Objective>) -> Objective {
        Objective { ctid: ctid(number), code: code.map(text), text: text(words), children, place: Place::Whole }
    }

    fn sample(parent_code: Option<&str>) -> Blueprint {
        let domain = |number, title: &str, weight: Option<WeightRange>, objectives| Domain {
            ctid: ctid(number),
            code: Some(text(&number.to_string())),
            title: text(title),
            weight,
            objectives,
            place: Place::Whole,
        };
        let range = WeightRange::between("20".parse().unwrap(), "25".parse().unwrap()).unwrap();
        Blueprint {
            ctid: ctid(9),
            title: text("Harbor Pilot, Basic"),
            version: Some(text("HP-2")),
            effective: Some("2026-01-06".parse().unwrap()),
            retires: None,
            domains: vec![
                domain(
                    1,
                    "Tides",
                    Some(range),
                    vec![objective(
                        11,
                        parent_code,
                        "Read a table.",
                        vec![objective(12, Some("1.1.a"), "Find \"high\" water.", vec![])],
                    )],
                ),
                domain(
                    2,
                    "Signals",
                    Some(WeightRange::exactly("12.5".parse().unwrap())),
                    vec![objective(21, None, "=Flags", vec![])],
                ),
                domain(3, "Law", None, vec![]),
            ],
            origin: None,
        }
    }

    #[test]
    fn json_has_the_fixed_shape() {
        let value = blueprint_json(&sample(Some("1.1")));
        insta::assert_snapshot!(serde_json::to_string_pretty(&value).unwrap());
        assert_eq!(value["domains"][0]["weight"], json!(22.5));
        assert_eq!(value["domains"][2]["weight"], Value::Null);
    }

    #[test]
    fn csv_has_the_columns_of_the_template() {
        let file = blueprint_csv(&sample(Some("1.1"))).unwrap();
        insta::assert_snapshot!(String::from_utf8(file.bytes).unwrap());
        let codes: Vec<_> = file.losses.iter().map(|loss| (loss.code.as_str(), loss.place.to_string())).collect();
        assert_eq!(codes, [("publish.formula-like", "row 6, column “objective”".to_owned())]);
    }

    #[test]
    fn nesting_that_cannot_be_written_is_reported() {
        let lost = |code| {
            blueprint_csv(&sample(code)).unwrap().losses.iter().any(|loss| loss.code == "publish.parent-without-code")
        };
        assert!(lost(None));
        assert!(lost(Some("1.1.a")));
        assert!(!lost(Some("1.1")));
    }
}
