//! What a file is made of, told by its bytes: a workbook, or a text.

use credway_documents::{Limits, Refusal, Workbook, WorkbookError, read_workbook};
use credway_model::{Finding, Place, Severity};

use crate::decode::{Decoded, decode};
use crate::reading::LARGEST_FILE;

/// A file's content.
pub(crate) enum Content {
    /// A text.
    Text(Decoded),
    /// A workbook.
    Workbook(Workbook),
}

/// How the encoding of a workbook is called where that of a text is shown.
pub(crate) const WORKBOOK: &str = "XLSX";

/// Reads a file's content, or pushes the error finding that says why not.
pub(crate) fn content(bytes: &[u8], findings: &mut Vec<Finding>) -> Option<Content> {
    if !bytes.starts_with(b"PK") || bytes.len() > LARGEST_FILE {
        return decode(bytes, findings).map(Content::Text);
    }
    match read_workbook(bytes, &Limits::USUAL) {
        Ok(workbook) => Some(Content::Workbook(workbook)),
        Err(error) => {
            findings.push(refused(&error));
            None
        }
    }
}

/// Why a workbook is not read, as a finding.
fn refused(error: &WorkbookError) -> Finding {
    let say = |code: &str, message: String, hint: &str| {
        Finding::new(code, Severity::Error, Place::Whole, format!("{}.", capital(&message)), hint)
    };
    match error {
        WorkbookError::Other(form) => say(
            "file.binary",
            format!("the file is {form}, not a workbook (XLSX) or a text"),
            "Save the table as XLSX or CSV.",
        ),
        WorkbookError::TooMuch(_) => say(
            "file.too-large",
            error.to_string(),
            "Split it into several workbooks, or save the sheet that matters as CSV.",
        ),
        WorkbookError::Damaged(_) | WorkbookError::Refused(Refusal::Unreadable(_) | Refusal::Damaged { .. }) => {
            say("file.damaged", error.to_string(), "The file may be cut; fetch it again, or open it and save it anew.")
        }
        WorkbookError::Refused(Refusal::Encrypted(_)) => {
            say("file.encrypted", error.to_string(), "Remove the password and save the file again.")
        }
        WorkbookError::Refused(_) => say(
            "file.refused",
            format!("the file is not opened: {error}"),
            "No office program writes such a file. If you trust it, open it and save the table as a new file.",
        ),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
