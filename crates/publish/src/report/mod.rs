//! Reports for people: one model, four forms.
//!
//! [`coverage_report`] and [`crosswalk_report`] choose the words once; [`report_html`], [`report_pdf`], [`report_docx`]
//! and [`report_xlsx`] set them and may neither add nor drop one. Only page numbers and what repeats on each page
//! belong to a form.

mod answer;
mod change;
mod coverage;
mod crosswalk;
mod docx;
mod docx_parts;
mod figures;
mod html;
mod model;
mod pdf;
mod signoff;
mod study;
mod xlsx;

pub use answer::{
    CoverageAgreement, CoverageAnswer, CoverageDisagreement, CoverageDomain, CoverageGap, CoverageOrphan,
    CoverageStatement,
};
pub use change::{ChangeAnswer, ChangeAnswerProgram, change_report};
pub use coverage::coverage_report;
pub use crosswalk::{ROWS_WITH_SUGGESTIONS, crosswalk_report};
pub use docx::report_docx;
pub use html::{report_html, report_page};
pub use model::{Cell, Column, Fact, Kind, Part, Report, Section, Table};
pub use pdf::{PdfFile, report_pdf};
pub use signoff::{SignoffAnswer, SignoffAnswerStep, signoff_section};
pub use study::{StudyPlan, StudyTerm, study_report};
pub use xlsx::report_xlsx;
pub(crate) use xlsx::{finish, write_report};

#[cfg(test)]
mod tests;
