//! The shapes of JSON that several commands share.

use credway_model::Finding;
use serde_json::{Value, json};

/// A finding with its place in words.
pub(crate) fn finding(finding: &Finding) -> Value {
    json!({
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.file,
        "place": finding.place.to_string(),
        "message": finding.message,
        "hint": finding.hint,
    })
}

/// Findings with their places in words.
pub(crate) fn findings<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Value {
    findings.into_iter().map(finding).collect()
}
