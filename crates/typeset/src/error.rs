//! Why a document could not be set.

/// Why a document could not be set.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// One of the fonts that are part of the program cannot be read: a defect of the build.
    #[error("the font {0} cannot be read")]
    Font(&'static str),
    /// The template does not take the data: a defect of the caller.
    #[error("the template does not take this data: {}", .0.join("; "))]
    Template(Vec<String>),
    /// The document would not be accessible.
    #[error("the document would not hold to PDF/UA-1: {}", .0.join("; "))]
    Conformance(Vec<String>),
}
