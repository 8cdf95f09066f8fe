//! The configuration as it is shown: each value with where it came from. What may be secret is said to be set.

use serde::Serialize;

use super::keys::{KEYS, KeyKind};
use super::{Origin, Settings};

/// A value as it is shown.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ShownSetting {
    /// The name.
    pub(crate) name: &'static str,
    /// The value, “set” for a secret, nothing where it is not set.
    pub(crate) value: Option<String>,
    /// Where it came from.
    pub(crate) from: String,
}

pub(super) fn lines(settings: &Settings) -> Vec<ShownSetting> {
    let lines = KEYS.iter().map(|key| {
        let value = settings.values.get(key.name);
        let shown = |texts: &[String]| match key.kind {
            KeyKind::Secret => "set".to_owned(),
            // A password may stand in it, in more than one place.
            KeyKind::Database if !texts.iter().all(|text| text.starts_with("sqlite:")) => "set".to_owned(),
            _ => texts.join(", "),
        };
        ShownSetting {
            name: key.name,
            value: value.map(|value| shown(&value.texts)),
            from: value.map_or(&Origin::Default, |value| &value.origin).to_string(),
        }
    });
    lines.collect()
}
