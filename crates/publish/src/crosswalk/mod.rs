//! A reviewed crosswalk as a report: what it holds, and its three files.
//!
//! [`CrosswalkReport`] is filled by the caller with what stands; nothing is computed again here.

mod cells;
mod csv;
mod json;
mod report;
mod sheet;
mod xlsx;

pub(crate) use self::cells::{level, reviewers};
pub use self::csv::{CROSSWALK_COLUMNS, crosswalk_csv};
pub use self::json::crosswalk_json;
pub use self::report::{CrosswalkReport, CrosswalkRow, DomainCoverage, Gap, ReportCourse, ReportObjective};
pub(crate) use self::sheet::{Cell, Sheet};
pub use self::xlsx::crosswalk_xlsx;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::report as sample;
