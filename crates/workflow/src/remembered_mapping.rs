//! A mapping the person corrected, kept for the next such file, so that next year's needs no second correction: a table
//! is known by its heads, a document by its name without the year. It is an ordinary saved mapping and stands in the
//! history; the preview says when it was taken, and offers the others. It is taken for files of the same institution only.

use credway_import::Mapping;
use sha2::{Digest, Sha256};

use crate::{ImportRequest, Workbench, WorkflowError};

impl Workbench {
    /// The mapping kept for such a file with these heads, if there is one. One that cannot be read is as good as none: the
    /// columns are guessed, and the person sees how.
    pub async fn remembered_mapping(&self, request: &ImportRequest, heads: &[String]) -> Option<Mapping> {
        let kept = self.mapping_for(request.organization.as_deref(), &name(request, heads)?).await.ok();
        kept.filter(|mapping| mapping.kind == request.kind)
    }

    /// Keeps the mapping for the next such file.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn remember_mapping(
        &self,
        mapping: &Mapping,
        request: &ImportRequest,
        heads: &[String],
    ) -> Result<(), WorkflowError> {
        let Some(name) = name(request, heads) else { return Ok(()) };
        let mut mapping = mapping.clone();
        if !request.file.is_document() {
            // Tables of other departments and colleges have the same heads: what was wrong in one is not wrong in the other.
            mapping.corrections.clear();
        }
        self.save_mapping_for(request.organization.as_deref(), &name, &mapping).await
    }
}

/// The name of the saved mapping: the kind, and of a table a digest of its heads, which may be long; of a document the
/// words of its name and whose it is. None where there are no heads or words.
fn name(request: &ImportRequest, heads: &[String]) -> Option<String> {
    let kind = request.kind.word();
    if request.file.is_document() {
        let whose = request.organization.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
        let words = without_years(&request.file.name);
        return (!words.is_empty()).then(|| format!("{kind} in documents like “{words}”{whose}"));
    }
    let digest = Sha256::digest(heads.join("\u{1f}").as_bytes());
    let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    (!heads.is_empty()).then(|| format!("import page, {kind} with heads {short}"))
}

/// A file's name without its ending and its years (`2025`, `2025-26`): what editions have in common.
fn without_years(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase();
    let (mut words, mut run, mut after_year) = (String::new(), String::new(), false);
    for letter in stem.chars().chain([' ']) {
        if letter.is_ascii_digit() {
            run.push(letter);
            continue;
        }
        if !run.is_empty() {
            let year = run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
            let second = after_year && run.len() == 2;
            if !year && !second {
                words.push_str(&run);
            }
            (after_year, run) = (year, String::new());
        }
        if letter.is_alphanumeric() {
            after_year = false;
            words.push(letter);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.trim().chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::without_years;

    #[test]
    fn editions_have_their_words_in_common() {
        for (name, expected) in [
            ("UH_courses_2024-25.pdf", "uh courses"),
            ("uh-courses 2025-2026 (final).pdf", "uh courses final"),
            ("catalogue2026.pdf", "catalogue"),
            ("itsy1300-syllabus-2025.docx", "itsy1300 syllabus"),
            ("2025.pdf", ""),
        ] {
            assert_eq!(without_years(name), expected);
        }
    }
}
