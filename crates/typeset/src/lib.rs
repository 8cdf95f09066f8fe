//! A template and its data set as a tagged PDF (PDF/UA-1): typst with our own fonts and nothing else.
//!
//! The template is ours; the data is JSON that the template reads under the name `data.json`, so that no word of it is
//! ever taken for markup. There are no files, no packages, no network, no clock: the day is an argument, and the same
//! template with the same data gives the same bytes.

mod error;
mod fonts;
mod stage;

use typst::diag::{SourceDiagnostic, Warned};
use typst::ecow::EcoVec;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use error::TypesetError;
pub use fonts::without_glyph;

use stage::Stage;

/// The day a document is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// Sets `data` (JSON) with `template` (typst) as PDF 1.7 that holds to PDF/UA-1. `made` is the day of creation inside
/// the file, at midnight UTC.
///
/// # Errors
/// [`TypesetError::Template`] where the template does not take this data; [`TypesetError::Conformance`] where the
/// result would not hold to PDF/UA-1, for example because a letter has no glyph (see [`without_glyph`]).
pub fn pdf(template: &str, data: &[u8], made: Option<Day>) -> Result<Vec<u8>, TypesetError> {
    let day = made.and_then(|day| Datetime::from_ymd_hms(day.year, day.month, day.day, 0, 0, 0));
    let stage = Stage::new(template, data, day)?;
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(&stage);
    let set = output.map_err(|errors| TypesetError::Template(sentences(&errors)));
    let standards = PdfStandards::new(&[PdfStandard::V_1_7, PdfStandard::Ua_1])
        .map_err(|error| TypesetError::Conformance(vec![error.message().to_string()]));
    let bytes = set.and_then(|document| {
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(Some("Credway".to_owned())),
            timestamp: day.map(Timestamp::new_utc),
            page_ranges: None,
            standards: standards?,
            tagged: true,
            pretty: false,
        };
        typst_pdf::pdf(&document, &options).map_err(|errors| TypesetError::Conformance(sentences(&errors)))
    });
    // What typst remembers of one report is of no use to the next and would stay in memory.
    typst::comemo::evict(0);
    bytes
}

/// What typst says, once each, with its hints.
fn sentences(errors: &EcoVec<SourceDiagnostic>) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for error in errors {
        let hints = error.hints.iter().map(|hint| format!(" ({})", hint.v));
        let sentence = format!("{}{}", error.message, hints.collect::<String>());
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "#let data = json(\"data.json\")
#set document(title: data.title)
#set text(lang: \"en\", font: (\"Noto Sans\", \"DejaVu Sans\"))
#title()
#data.words";
    const DAY: Option<Day> = Some(Day { year: 2026, month: 11, day: 23 });

    #[test]
    fn the_same_data_gives_the_same_bytes() {
        let data = r#"{"title": "Tides", "words": "High → low"}"#.as_bytes();
        let first = pdf(TEMPLATE, data, DAY).unwrap();
        assert!(first.starts_with(b"%PDF-1.7"));
        assert_eq!(first, pdf(TEMPLATE, data, DAY).unwrap());
    }

    #[test]
    fn words_are_never_markup() {
        let data = br##"{"title": "#panic()", "words": "#read(\"secret\") *bold* $x$ = \\ @label"}"##;
        pdf(TEMPLATE, data, DAY).unwrap();
    }

    #[test]
    fn nothing_outside_is_read() {
        for template in ["#read(\"Cargo.toml\")", "#import \"@preview/cetz:0.3.0\"", "#read(\"../data.json\")"] {
            assert!(matches!(pdf(template, b"{}", None), Err(TypesetError::Template(_))), "{template}");
        }
    }

    #[test]
    fn what_is_not_accessible_is_refused() {
        let untitled = pdf("Words", b"{}", None);
        assert!(matches!(untitled, Err(TypesetError::Conformance(_))), "{untitled:?}");
        let data = br#"{"title": "T", "words": "\u4e2d"}"#;
        assert!(matches!(pdf(TEMPLATE, data, DAY), Err(TypesetError::Conformance(_))));
    }
}
