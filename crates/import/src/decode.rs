//! From bytes to text: the encoding is detected and said; what cannot be decoded is refused with its place.

use credway_model::{Finding, Place, Severity};
use encoding_rs::{Encoding, UTF_8};

use crate::reading::LARGEST_FILE;

/// A file's text.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: String,
}

/// Decodes `bytes`, or pushes the error finding that says why not.
pub(crate) fn decode(bytes: &[u8], findings: &mut Vec<Finding>) -> Option<Decoded> {
    let mut refuse = |code: &str, place, message: String, hint: &str| {
        findings.push(Finding::new(code, Severity::Error, place, message, hint));
        None
    };
    if bytes.len() > LARGEST_FILE {
        let message = format!("The file has {} MiB; at most {} are taken.", bytes.len() >> 20, LARGEST_FILE >> 20);
        return refuse("file.too-large", Place::Whole, message, "Split it into parts.");
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refuse(
            "file.empty",
            Place::Whole,
            "The file is empty.".to_owned(),
            "Check that the right file was chosen.",
        );
    }
    if let Some(kind) = foreign(bytes) {
        let message = format!("The file is {kind}, not a text.");
        return refuse("file.binary", Place::Whole, message, "Save its content as UTF-8 text or CSV.");
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[length..]);
        if wrong {
            let message = format!("The file says it is {} but holds bytes that are not.", encoding.name());
            return refuse("file.encoding", Place::Whole, message, "Save it again as UTF-8.");
        }
        return Some(Decoded::of(text.into_owned(), encoding));
    }
    if bytes.contains(&0) {
        let message = "The file holds NUL bytes: it is not a text, or is UTF-16 without its mark.".to_owned();
        return refuse("file.binary", Place::Whole, message, "Save it as UTF-8 text or CSV.");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Decoded::of(text.to_owned(), UTF_8)),
        Err(error) => guess(bytes, error.valid_up_to(), findings),
    }
}

/// What a file is that begins with the mark of a known form that is not text.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 7] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "an archive or an office document (ZIP, XLSX, DOCX)"),
        (b"\xd0\xcf\x11\xe0", "an old office document (XLS, DOC)"),
        (b"{\\rtf", "a rich text document (RTF)"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, kind)| *kind)
}

/// Not UTF-8: an older encoding, unless UTF-8 and something else are mixed.
fn guess(bytes: &[u8], valid: usize, findings: &mut Vec<Finding>) -> Option<Decoded> {
    let before = &bytes[..valid];
    if before.iter().any(|byte| *byte >= 0x80) {
        let line = u32::try_from(before.iter().filter(|byte| **byte == b'\n').count() + 1).unwrap_or(u32::MAX);
        findings.push(Finding::new(
            "file.encoding",
            Severity::Error,
            Place::Line { line, column: None },
            format!("The file is UTF-8 up to line {line}, which holds the byte {:#04x} that is not.", bytes[valid]),
            "Two encodings are mixed, or the file is cut; save it again as UTF-8.",
        ));
        return None;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    let controls = text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{c}'));
    if wrong || controls {
        findings.push(Finding::new(
            "file.encoding",
            Severity::Error,
            Place::Whole,
            "The file's encoding cannot be told: it is neither UTF-8 nor a clean older encoding.",
            "Save it again as UTF-8.",
        ));
        return None;
    }
    findings.push(Finding::new(
        "file.encoding-guessed",
        Severity::Note,
        Place::Whole,
        format!("The file is not UTF-8; it was read as {}.", encoding.name()),
        "Look at words with accents in the preview; if they are wrong, save the file as UTF-8.",
    ));
    Some(Decoded::of(text.into_owned(), encoding))
}

impl Decoded {
    fn of(text: String, encoding: &'static Encoding) -> Self {
        Self { text, encoding: encoding.name().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<(&str, &str), &str>) {
        let mut findings = Vec::new();
        let decoded = decode(bytes, &mut findings);
        match expected {
            Ok((text, encoding)) => {
                let decoded = decoded.unwrap();
                assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (text, encoding));
            }
            Err(code) => {
                assert!(decoded.is_none());
                assert_eq!(findings[0].code, code);
            }
        }
    }

    #[test]
    fn encodings_are_detected_or_refused() {
        check(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", Err("file.binary"));
        check(b"PK\x03\x04\x14", Err("file.binary"));
        check("café".as_bytes(), Ok(("café", "UTF-8")));
        check(b"\xef\xbb\xbfcode", Ok(("code", "UTF-8")));
        check(b"\xff\xfec\0o\0", Ok(("co", "UTF-16LE")));
        check(
            b"code,title\nHIST 1,R\xe9sum\xe9 of the caf\xe9\n",
            Ok(("code,title\nHIST 1,Résumé of the café\n", "windows-1252")),
        );
        check(b"c\0o\0d\0e\0", Err("file.binary"));
        check("café\n".bytes().chain([0xe9, b'x']).collect::<Vec<_>>().as_slice(), Err("file.encoding"));
        check(b" \n", Err("file.empty"));
    }
}
