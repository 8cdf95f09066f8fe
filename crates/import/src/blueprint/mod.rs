//! Exam blueprints: from a table, from pasted text, from Markdown.
//!
//! All three end in the same draft, which is named, checked and turned into the noun. Weights are never repaired:
//! what does not come to 100 % is a finding.

mod columns;
mod draft;
mod line;
mod outline;
mod sheet;
mod title;

pub(crate) use outline::from_text;
pub(crate) use sheet::from_table;
