//! A mapping the person corrected, kept for the next file with the same heads, so that next year's file needs no second
//! correction. It is an ordinary saved mapping and stands in the history; the preview says when it was taken.

use credway_model::Person;
use credway_workflow::{Kind, Mapping, Workbench};
use sha2::{Digest, Sha256};

/// The mapping kept for such a file, if there is one.
pub(super) async fn remembered(workbench: &Workbench, kind: Kind, heads: &[String]) -> Option<Mapping> {
    // A mapping that cannot be read is as good as none: the columns are guessed, and the person sees how.
    let kept = workbench.mapping(&name(kind, heads)).await.ok();
    kept.filter(|mapping| !heads.is_empty() && mapping.kind == kind)
}

/// Keeps the mapping for the next such file. That it could not be kept is no reason to doubt the import.
pub(super) async fn remember(workbench: &Workbench, mapping: &Mapping, heads: &[String], person: &Person) {
    drop(workbench.save_mapping(&name(mapping.kind, heads), mapping, person).await);
}

/// The name of the saved mapping: the kind, and a digest of the heads, which may be long.
fn name(kind: Kind, heads: &[String]) -> String {
    let digest = Sha256::digest(heads.join("\u{1f}").as_bytes());
    let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("import page, {} with heads {short}", kind.word())
}
