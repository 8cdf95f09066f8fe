//! Files in, records and findings out.
//!
//! Every importer is a function of the file's bytes: it opens nothing, knows no clock and no database, and never
//! fails as a whole. What could be read comes back as records, each with its place in the source; what a person
//! should know comes back as findings. Nothing is invented: a value that is not in the source stays absent, and
//! nothing is repaired silently.

mod blueprint;
mod catalogue;
mod check;
mod code;
mod content;
mod curriculum;
mod decode;
mod document;
mod excerpt;
mod identifiers;
mod kind;
mod learner;
mod mapping;
mod own_report;
mod reading;
mod records;
mod requisite;
mod source_file;
mod table;
mod template;

pub use check::limit as limit_findings;
pub use code::codes;
pub use curriculum::{
    CurriculumCourse, CurriculumReading, CurriculumRecord, CurriculumRequisite, RequisiteColumn, SystemType,
    read_curriculum,
};
pub use excerpt::{Located, LocatedPage, lines_of, parts_of};
pub use kind::Kind;
pub use learner::{EXCEPTIONS_TEMPLATE, LearnerReading, TAKEN_TEMPLATE, read_exceptions, read_taken};
pub use mapping::{Constant, Correction, Mapping, MappingError, ReadCourse, ReadValue, guess, guess_in};
pub use reading::{Context, NamedOrganization, NoProgress, Progress, Reading, Records, read};
pub use records::{
    ComponentRecord, DecisionRecord, OutcomeRecord, PathwayRecord, ProgramEntry, ProgramRecord, RequirementEntry,
    RequirementsRecord,
};
pub use requisite::{RequisiteReading, read_requisite};
pub use source_file::SourceFile;
pub use table::{Table, table};
pub use template::{ABOUT_HEADS, ABOUT_SHEET, TemplateColumn, template, template_columns, template_rows};
