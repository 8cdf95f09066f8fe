//! The pieces of text a page is made of, as they are shown: upright, in points from the upper left corner.

use std::collections::BTreeSet;

use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::text::ArtifactType;
use pdf_oxide::layout::TextSpan;

/// A piece of text of one look on one base line.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    pub(super) left: f32,
    pub(super) right: f32,
    /// Distance of the base line from the upper edge of the page.
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Width of each of its letters where they are of one width and that is asked for; otherwise 0.
    pub(super) cell: f32,
    pub(super) text: String,
    /// Whether the file itself says that it belongs to the head or foot of the page.
    pub(super) furniture: bool,
}

/// The fragments of a page with its width and height.
pub(super) struct Sheet {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) fragments: Vec<Fragment>,
    /// Whether there was text that the file gives no letters for.
    pub(super) without_letters: bool,
}

/// How many different letters of one width show that a font has no other.
const ENOUGH_LETTERS: usize = 6;
/// The most pieces of text of one page.
const MOST_PIECES: usize = 60_000;
/// The most bytes of what a page is drawn with, unpacked.
const MOST_CONTENT: usize = 32 << 20;

/// Reads a page; `by_letter` takes text in letters of one width word by word, each with the width of a letter.
pub(super) fn read(document: &PdfDocument, page: usize, by_letter: bool) -> Result<Sheet, String> {
    let (x0, y0, x1, y1) = document.get_page_visible_box(page).map_err(|error| error.to_string())?;
    let (left, low) = (x0.min(x1), y0.min(y1));
    let (width, height) = ((x1 - x0).abs(), (y1 - y0).abs());
    if !(1.0..=20_000.0).contains(&width) || !(1.0..=20_000.0).contains(&height) {
        return Err("its size is not that of a page".to_owned());
    }
    bounded(document, page)?;
    let spans = document.extract_spans(page).map_err(|error| error.to_string())?;
    if spans.len() > MOST_PIECES {
        return Err(format!("it has more than {MOST_PIECES} pieces of text"));
    }
    let before = spans.len();
    let mut fragments = Vec::with_capacity(before);
    for span in &spans {
        let Some(whole) = fragment(span, left, low + height) else { continue };
        match cell(span).filter(|_| by_letter) {
            Some(cell) => fragments.extend(words(span, &whole, left, cell)),
            None => fragments.push(whole),
        }
    }
    // What a file puts far off the page nobody sees, and measuring it would take memory without bounds.
    let near = |at: f32, size: f32| (-size..=2.0 * size).contains(&at);
    fragments.retain(|fragment| near(fragment.left, width) && near(fragment.base, height));
    fragments.iter_mut().for_each(|fragment| fragment.right = fragment.right.min(2.0 * width));
    let without_letters = fragments.is_empty() && before > 0;
    Ok(Sheet { width, height, fragments, without_letters })
}

/// Refuses a page that would take the library more memory or time than a page is worth, before it makes pieces of it.
fn bounded(document: &PdfDocument, page: usize) -> Result<(), String> {
    // A page that cannot be unpacked is named by the reading itself.
    let content = document.get_page_content_data(page).unwrap_or_default();
    if content.len() > MOST_CONTENT {
        return Err(format!("it is drawn with more than {} MiB", MOST_CONTENT >> 20));
    }
    let shown = content.windows(2).filter(|sign| matches!(sign, [b'T', b'j' | b'J'])).take(MOST_PIECES + 1).count();
    if shown > MOST_PIECES {
        return Err(format!("it has more than {MOST_PIECES} pieces of text"));
    }
    Ok(())
}

fn fragment(span: &TextSpan, left: f32, top: f32) -> Option<Fragment> {
    let sound = [span.bbox.x, span.bbox.y, span.bbox.width, span.font_size].iter().all(|figure| figure.is_finite());
    let fabricated = matches!(span.provenance, Some(pdf_oxide::fonts::MappingProvenance::Fallback));
    if !sound || span.rotation_degrees != 0.0 || span.mirrored || fabricated {
        return None;
    }
    let text = letters(&span.text);
    if text.trim().is_empty() && !text.contains(' ') {
        return None;
    }
    let size = span.font_size.abs().clamp(1.0, 200.0);
    Some(Fragment {
        left: span.bbox.x - left,
        right: span.bbox.x + span.bbox.width.max(0.0) - left,
        base: top - span.bbox.y,
        size,
        bold: span.font_weight as u16 >= 600 || names_bold(&span.font_name),
        cell: 0.0,
        text,
        furniture: matches!(span.artifact_type, Some(ArtifactType::Pagination(_))),
    })
}

/// The width of its letters, where they all have one: the font says that they do, or many letters show it. Programs that
/// round where letters go make them differ a little; over the whole span the roundings cancel out.
fn cell(span: &TextSpan) -> Option<f32> {
    let widths = || span.text.chars().zip(&span.char_widths).filter(|(letter, _)| !letter.is_whitespace());
    let (_, cell) = widths().next()?;
    let within = if span.is_monospace { 0.08 } else { 0.01 };
    let alike = |width: f32| width > 0.5 && (width - cell).abs() < within * cell;
    let letters: BTreeSet<char> = widths().map(|(letter, _)| letter).collect();
    if !widths().all(|(_, width)| alike(*width)) || !(span.is_monospace || letters.len() >= ENOUGH_LETTERS) {
        return None;
    }
    let last = span.char_x_offsets.len().checked_sub(1)?;
    let mean = (span.char_x_offsets[last] - span.char_x_offsets[0]) / last.max(1) as f32;
    Some(if alike(mean) { mean } else { *cell })
}

/// The words of a span, each where its first letter stands.
fn words(span: &TextSpan, whole: &Fragment, left: f32, cell: f32) -> Vec<Fragment> {
    let sound =
        span.char_x_offsets.len() == span.text.chars().count() && span.char_x_offsets.iter().all(|x| x.is_finite());
    let mut found: Vec<Fragment> = Vec::new();
    let mut within = false;
    for (at, letter) in span.text.chars().enumerate() {
        let shown = letters(letter.encode_utf8(&mut [0; 4]));
        if shown.trim().is_empty() {
            within &= shown.is_empty();
            continue;
        }
        let from = if sound { span.char_x_offsets[at] - left } else { whole.left + cell * at as f32 };
        match found.last_mut().filter(|_| within) {
            Some(word) => {
                word.text.push_str(&shown);
                word.right = from + cell;
            }
            None => found.push(Fragment { left: from, right: from + cell, cell, text: shown, ..whole.clone() }),
        }
        within = true;
    }
    found
}

/// Whether the font's own name says that it is bold, where its description does not.
fn names_bold(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    ["bold", "black", "heavy", "semibold", "-bd", "cmbx", "sfbx"].iter().any(|word| font.contains(word))
}

/// Ligatures as their letters, blanks as blanks, and nothing that cannot be seen.
fn letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\t' | '\r' | '\n' => plain.push(' '),
            '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            letter if letter.is_control() => {}
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn ligatures_are_letters() {
        assert_eq!(letters("o\u{fb03}ce\u{a0}ba\u{fb04}e\u{200b}"), "office baffle");
        assert_eq!(letters("x²\u{7}"), "x²");
    }
}
