//! PDF, DOCX and HTML files on their way to courses, blueprints and tables.

use credway_documents::{Document, Form, GoOn, Joiner, Kind as LineKind, Line, Unread};
use credway_model::{Finding, PageArea, Place, Severity};

use crate::decode::decode;
use crate::reading::{LARGEST_FILE, Progress};

/// Reads a document, or pushes the finding that says why not.
pub(crate) fn read(form: Form, bytes: &[u8], progress: &dyn Progress, findings: &mut Vec<Finding>) -> Option<Document> {
    read_by(credway_documents::pdf::read, form, bytes, progress, findings)
}

/// The same for an outline: what is typed in letters of one width keeps its grid, since outlines are read by it.
pub(crate) fn read_outline(
    form: Form,
    bytes: &[u8],
    progress: &dyn Progress,
    findings: &mut Vec<Finding>,
) -> Option<Document> {
    read_by(credway_documents::pdf::read_keeping_grid, form, bytes, progress, findings)
}

fn read_by(
    pdf: fn(&[u8], GoOn<'_>) -> Result<Document, Unread>,
    form: Form,
    bytes: &[u8],
    progress: &dyn Progress,
    findings: &mut Vec<Finding>,
) -> Option<Document> {
    if bytes.len() > LARGEST_FILE {
        let message = format!("The file has {} MiB; at most {} are taken.", bytes.len() >> 20, LARGEST_FILE >> 20);
        findings.push(error("file.too-large", message, "Split it into parts."));
        return None;
    }
    let go_on = |done: u64, total: u64| {
        progress.advance(done, total);
        !progress.cancelled()
    };
    let read = match form {
        Form::Pdf => pdf(bytes, &go_on),
        Form::Docx => credway_documents::docx::read(bytes, &go_on),
        Form::Html => credway_documents::html::read(&decode(bytes, findings)?.text, &go_on),
    };
    match read {
        Ok(document) => {
            left_out(&document, findings);
            Some(document)
        }
        Err(refusal) => {
            findings.push(refused(&refusal));
            None
        }
    }
}

fn error(code: &str, message: String, hint: &str) -> Finding {
    Finding::new(code, Severity::Error, Place::Whole, message, hint)
}

fn refused(refusal: &Unread) -> Finding {
    let (code, hint) = match refusal {
        Unread::Damaged { .. } => ("document.damaged", "Open it in the program it was made with and save it again."),
        Unread::Encrypted { .. } => ("document.encrypted", "Save a copy without the password."),
        Unread::TooLarge { .. } => ("document.too-large", "Split it into parts."),
        Unread::NoText { .. } => (
            "document.scan",
            "Credway reads letters, not pictures: import it with --ocr where OCRmyPDF is installed, or have its text recognised elsewhere and import the result.",
        ),
        Unread::Stopped => ("document.stopped", "Import it again to read all of it."),
    };
    error(code, refusal.to_string(), hint)
}

/// Says which pages gave nothing.
fn left_out(document: &Document, findings: &mut Vec<Finding>) {
    for sentence in &document.left_out {
        findings.push(Finding::new(
            "document.page-unread",
            Severity::Warning,
            Place::Whole,
            format!("In the {}, {sentence}.", document.form),
            "Look at that page; what stands there was not read.",
        ));
    }
    if !document.without_text.is_empty() {
        let few: Vec<String> = document.without_text.iter().take(12).map(u32::to_string).collect();
        let more = if document.without_text.len() > 12 { ", …" } else { "" };
        findings.push(Finding::new(
            "document.page-without-text",
            Severity::Note,
            Place::Whole,
            format!("These pages hold no text: {}{more}.", few.join(", ")),
            "Pictures and scans are not read; have their text recognised if they matter.",
        ));
    }
}

/// A document as the outline it shows, line by line, with the place of each line.
pub(crate) fn outline(document: &Document) -> (String, Vec<Place>) {
    let joiner = Joiner::new(document);
    let mut written: Vec<(String, Place)> = Vec::new();
    let mut table = 0;
    for line in document.lines.iter().filter(|line| line.kind != LineKind::Furniture) {
        let goes_on = line.kind == LineKind::Text && !line.starts && !written.is_empty();
        if let (true, Some((words, place))) = (goes_on, written.last_mut()) {
            joiner.append(words, &line.text.replace('\t', "    "));
            *place = together(&[place.clone(), line.place.clone()]);
            continue;
        }
        if line.table != table {
            written.push((String::new(), line.place.clone()));
            table = line.table;
        }
        outline_line(line, &mut written);
    }
    let text: Vec<String> = written.iter().map(|(words, _)| words.replace('\u{ad}', "")).collect();
    (text.join("\n"), written.into_iter().map(|(_, place)| place).collect())
}

fn outline_line(line: &Line, written: &mut Vec<(String, Place)>) {
    let place = line.place.clone();
    match &line.kind {
        LineKind::Heading(level) => {
            written.push((String::new(), place.clone()));
            written.push((format!("{} {}", "#".repeat(usize::from((*level).min(6))), line.text), place));
        }
        LineKind::Item(depth) => {
            let numbered = line.text.starts_with(|letter: char| letter.is_ascii_digit());
            let bullet = if numbered { "" } else { "- " };
            written.push((format!("{}{bullet}{}", "  ".repeat(usize::from(*depth)), line.text), place));
        }
        LineKind::Row(cells) => {
            let first = written.last().is_none_or(|(words, _)| words.is_empty());
            let words: Vec<String> = cells.iter().map(|cell| cell.text.replace('\n', " ").replace('|', "/")).collect();
            written.push((format!("| {} |", words.join(" | ")), place.clone()));
            if first {
                written.push((format!("|{}", "---|".repeat(cells.len())), place));
            }
        }
        LineKind::Preformatted => written.push((line.text.clone(), place)),
        LineKind::Text | LineKind::Furniture => {
            let indent = " ".repeat(usize::from(line.indent / 5).min(40));
            written.push((format!("{indent}{}", line.text.replace('\t', "    ")), place));
        }
    }
}

/// Places of lines that follow one another as one: areas that touch are one area.
pub(crate) fn together(places: &[Place]) -> Place {
    let mut areas: Vec<PageArea> = Vec::new();
    for place in places {
        let Place::Pages(found) = place else { return places[0].clone() };
        for area in found {
            match areas.last_mut().filter(|last| touch(last, area)) {
                Some(last) => {
                    last.left = last.left.min(area.left);
                    last.right = last.right.max(area.right);
                    last.top = last.top.min(area.top);
                    last.bottom = last.bottom.max(area.bottom);
                }
                None => areas.push(*area),
            }
        }
    }
    if areas.is_empty() { places.first().cloned().unwrap_or(Place::Whole) } else { Place::Pages(areas) }
}

/// Whether one area follows right below the other.
const fn touch(above: &PageArea, below: &PageArea) -> bool {
    above.page == below.page
        && below.top.abs_diff(above.bottom) <= 12
        && below.left < above.right
        && below.right > above.left
}

/// The place in the document of a place in its outline.
pub(crate) fn place_in(lines: &[Place], place: &Place) -> Place {
    match place {
        Place::Line { line, .. } => {
            (*line as usize).checked_sub(1).and_then(|at| lines.get(at)).cloned().unwrap_or(Place::Whole)
        }
        other => other.clone(),
    }
}
