//! Files that others can use: blueprints, courses and crosswalks as JSON, CSV and XLSX; reports for people as PDF, DOCX,
//! XLSX and HTML.
//!
//! Everything here turns data that is already there into bytes: no file is opened, nothing is computed that changes
//! an answer, and the same input gives the same bytes. What a format cannot carry is said in [`CsvFile::losses`].

mod blueprint;
mod catalogue;
mod code;
mod crosswalk;
mod error;
mod picture;
mod report;
mod requirements;
mod table;
mod template;

pub use blueprint::{BLUEPRINT_COLUMNS, blueprint_csv, blueprint_json};
pub use catalogue::{COURSE_COLUMNS, OUTCOME_COLUMNS, courses_csv, outcomes_csv};
pub use code::codes;
pub use crosswalk::{
    CROSSWALK_COLUMNS, CrosswalkReport, CrosswalkRow, DomainCoverage, Gap, ReportCourse, ReportObjective,
    crosswalk_csv, crosswalk_json, crosswalk_xlsx,
};
pub use error::PublishError;
pub use picture::{PictureArrow, PictureBox, picture};
pub use report::{
    Cell, ChangeAnswer, ChangeAnswerProgram, Column, CoverageAgreement, CoverageAnswer, CoverageDisagreement,
    CoverageDomain, CoverageGap, CoverageOrphan, CoverageStatement, Fact, Kind, Part, PdfFile, ROWS_WITH_SUGGESTIONS,
    Report, Section, SignoffAnswer, SignoffAnswerStep, StudyPlan, StudyTerm, Table, change_report, coverage_report,
    crosswalk_report, report_docx, report_html, report_page, report_pdf, report_xlsx, signoff_section, study_report,
};
pub use requirements::{REQUIREMENT_COLUMNS, requirements_csv};
pub use table::{CsvFile, guard_cell, unguard_cell};
pub use template::{TemplateSheets, template_xlsx};
