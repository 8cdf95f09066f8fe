//! The columns of a file to import, so that a person can correct which of them is which field.

use credway_import::{Kind, SourceFile, table};

use crate::Workbench;

impl Workbench {
    /// The heads of a table or of the sheets that fit the kind, or the selectors of a JSON document, in order; none for a file that is no
    /// table (what is wrong with it is in the findings of its preview).
    #[must_use]
    pub fn import_columns(&self, kind: Kind, file: &SourceFile) -> Vec<String> {
        table(kind, file).map(|table| table.heads).unwrap_or_default()
    }
}
