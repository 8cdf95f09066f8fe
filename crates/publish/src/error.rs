//! Why a file could not be made.

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A course names an organization that was not handed over.
    #[error("course {course} belongs to the organization {organization}, which is not known")]
    UnknownOrganization {
        /// Code of the course.
        course: String,
        /// Identifier of the organization.
        organization: String,
    },
    /// A row of a report points at a course, objective or domain the report does not have: a defect of the caller.
    #[error("the report points at {what} number {number}, but has only {length}")]
    Dangling {
        /// What is pointed at.
        what: &'static str,
        /// The number, from 0.
        number: usize,
        /// How many there are.
        length: usize,
    },
    /// The table could not be written as CSV.
    #[error("the CSV file could not be written: {0}")]
    Csv(#[from] csv::Error),
    /// The workbook could not be written, for example because it has more rows or columns than a sheet takes.
    #[error("the XLSX workbook could not be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The report could not be handed to the typesetter.
    #[error("the report could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The report could not be set as an accessible PDF.
    #[error("the PDF could not be made: {0}")]
    Typeset(#[from] credway_typeset::TypesetError),
    /// The DOCX file could not be packed.
    #[error("the DOCX file could not be written: {0}")]
    Zip(#[from] zip::result::ZipError),
}
