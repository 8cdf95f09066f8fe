//! The report as a tagged PDF that holds to PDF/UA-1.

use credway_model::{Finding, Place, Severity};
use credway_typeset::{Day, pdf, without_glyph};

use super::model::Report;
use crate::PublishError;

/// How the report looks on paper.
const TEMPLATE: &str = include_str!("look/report.typ");
/// What stands for a letter that has no glyph.
const STAND_IN: &str = "□";

/// A PDF and what it could not carry.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfFile {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Letters the bundled fonts cannot show.
    pub losses: Vec<Finding>,
}

/// The report as PDF. The same report gives the same bytes. A letter that none of the bundled fonts has is shown as □
/// and reported, for PDF/UA allows no letter without a glyph.
///
/// # Errors
/// [`PublishError::Json`], [`PublishError::Typeset`].
pub fn report_pdf(report: &Report) -> Result<PdfFile, PublishError> {
    let mut data = serde_json::to_string(report)?;
    let missing = without_glyph(&data);
    for letter in &missing {
        data = data.replace(*letter, STAND_IN);
    }
    let day = report.made;
    let (year, month, date) = (i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs());
    let bytes = pdf(TEMPLATE, data.as_bytes(), Some(Day { year, month, day: date }))?;
    Ok(PdfFile { bytes, losses: losses(&missing) })
}

fn losses(missing: &[char]) -> Vec<Finding> {
    if missing.is_empty() {
        return Vec::new();
    }
    let named: Vec<String> =
        missing.iter().take(10).map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect();
    let more = if missing.len() > 10 { format!(" and {} more", missing.len() - 10) } else { String::new() };
    vec![Finding::new(
        "publish.no-glyph",
        Severity::Warning,
        Place::Whole,
        format!("The fonts have no glyph for {}{more}; {STAND_IN} stands in their place.", named.join(", ")),
        "Take the DOCX or HTML form, which use the fonts of the reader’s machine.",
    )]
}
