//! A mapping the person corrected, kept for the next such file, so that next year's needs no second correction: a table
//! is known by its heads, a document by its name without the year. It is an ordinary saved mapping and stands in the
//! history; the preview says when it was taken, and offers the others.

use credway_model::Person;
use credway_workflow::{ImportRequest, Mapping, Workbench};
use sha2::{Digest, Sha256};

/// The mapping kept for such a file, if there is one.
pub(super) async fn remembered(workbench: &Workbench, request: &ImportRequest, heads: &[String]) -> Option<Mapping> {
    // A mapping that cannot be read is as good as none: the columns are guessed, and the person sees how.
    let kept = workbench.mapping(&name(request, heads)).await.ok();
    kept.filter(|mapping| !heads.is_empty() && mapping.kind == request.kind)
}

/// Keeps the mapping for the next such file. That it could not be kept is no reason to doubt the import.
pub(super) async fn remember(
    workbench: &Workbench,
    mapping: &Mapping,
    request: &ImportRequest,
    heads: &[String],
    person: &Person,
) {
    drop(workbench.save_mapping(&name(request, heads), mapping, person).await);
}

/// The name of the saved mapping: the kind, and of a table a digest of its heads, which may be long; of a document the
/// words of its name and whose it is.
fn name(request: &ImportRequest, heads: &[String]) -> String {
    let kind = request.kind.word();
    if request.file.is_document() {
        let whose = request.organization.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
        return format!("{kind} in documents like “{}”{whose}", words_of(&request.file.name));
    }
    let digest = Sha256::digest(heads.join("\u{1f}").as_bytes());
    let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("import page, {kind} with heads {short}")
}

/// The words of a file's name, without its ending and its figures: what the editions of different years have in common.
fn words_of(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase();
    let words: Vec<&str> = stem.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn editions_have_their_words_in_common() {
        assert_eq!(words_of("UH_courses_2024-25.pdf"), "uh courses");
        assert_eq!(words_of("uh-courses 2025-26 (final).pdf"), "uh courses final");
        assert_eq!(words_of("2025.pdf"), "");
    }
}
