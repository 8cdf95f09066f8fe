//! The mapping as selects: for each field which column it is read from.

use credway_workflow::Mapping;

use crate::error_page::Failure;

/// Name of a select is this and the field's name.
const PREFIX: &str = "map.";

/// One field and the columns it may be read from.
pub(super) struct ColumnChoice {
    /// Name of the field.
    pub(super) name: &'static str,
    /// The same for people.
    pub(super) field: String,
    /// Whether the kind of file needs it.
    pub(super) required: bool,
    pub(super) choices: Vec<Choice>,
}

/// One column.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// Every field of the mapping's kind with the columns of the file. What is chosen now is always among the choices, also
/// a constant or a selector that is no column's head.
pub(super) fn columns(mapping: &Mapping, heads: &[String]) -> Vec<ColumnChoice> {
    Mapping::known_fields(mapping.kind)
        .into_iter()
        .map(|(name, required)| {
            let selector = mapping.selector(name);
            let mut choices: Vec<Choice> = heads
                .iter()
                .map(|head| Choice {
                    value: head.clone(),
                    label: head.clone(),
                    chosen: selector == Some(head.as_str()),
                })
                .collect();
            if let Some(selector) = selector.filter(|selector| !heads.iter().any(|head| head == selector)) {
                choices.push(Choice { value: selector.to_owned(), label: selector.to_owned(), chosen: true });
            }
            if let Some(constant) = mapping.constant(name) {
                let label = format!("“{constant}” in every row");
                choices.push(Choice { value: format!("'{constant}'"), label, chosen: true });
            }
            ColumnChoice { name, field: crate::words::capital(&name.replace('_', " ")), required, choices }
        })
        .collect()
}

/// The mapping with the selects' choices, and the codes of accepted errors, from the fields of the form.
///
/// # Errors
/// When a field is named that the kind of file does not have.
pub(super) fn corrected(
    mapping: Option<&Mapping>,
    fields: &[(String, String)],
) -> Result<(Option<Mapping>, Vec<String>), Failure> {
    let mut mapping = mapping.cloned();
    let mut accepted = Vec::new();
    for (name, value) in fields {
        if name == "accept" {
            accepted.push(value.clone());
        } else if let (Some(field), Some(mapping)) = (name.strip_prefix(PREFIX), mapping.as_mut()) {
            // What stays as it was shown is no correction.
            if *value == chosen(mapping, field) {
                continue;
            }
            mapping.correct(&format!("{field}={value}")).map_err(|error| {
                Failure::refused(format!("The mapping cannot be taken: {error}."), "Reload the preview and try again.")
            })?;
        }
    }
    Ok((mapping, accepted))
}

/// The value of the choice that a field has now; empty where it is in no column.
fn chosen(mapping: &Mapping, field: &str) -> String {
    let constant = || mapping.constant(field).map(|constant| format!("'{constant}'"));
    mapping.selector(field).map(str::to_owned).or_else(constant).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use credway_workflow::Kind;

    use super::*;

    #[test]
    fn selects_show_and_change_the_mapping() {
        let fields = vec![("code".to_owned(), "Number".to_owned()), ("title".to_owned(), "Name".to_owned())];
        let mapping = Mapping { fields, ..Mapping::empty(Kind::Courses) };
        let heads = ["Number", "Name", "Other"].map(str::to_owned);
        let shown = columns(&mapping, &heads);
        let code = shown.iter().find(|column| column.name == "code").unwrap();
        assert!(code.required && code.choices[0].chosen && !code.choices[1].chosen);
        let sent = [("map.title", "Other"), ("map.code", "Number"), ("accept", "text.markup"), ("csrf", "x")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let (corrected, accepted) = corrected(Some(&mapping), &sent).unwrap();
        assert_eq!(corrected.unwrap().selector("title"), Some("Other"));
        assert_eq!(accepted, ["text.markup"]);
        let unchanged =
            [("map.title", "Name"), ("map.credits", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(super::corrected(Some(&mapping), &unchanged).unwrap().0.as_ref(), Some(&mapping));
    }
}
