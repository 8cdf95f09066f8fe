//! Exam blueprints: from a table, from pasted text, from Markdown, from our own JSON.
//!
//! All of them end in the same draft, which is named, checked and turned into the noun. Weights are never repaired:
//! what does not come to 100 % is a finding.

mod columns;
mod document;
mod draft;
mod line;
mod naming;
mod nest;
mod outline;
mod sheet;
mod title;
mod weights;

pub(crate) use document::{document, from_document};
pub(crate) use outline::from_text;
pub(crate) use sheet::from_table;
