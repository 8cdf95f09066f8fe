//! Exam blueprints: from a table, from pasted text, from Markdown, from our own JSON.
//!
//! An outline passes through one concept a file: characters (`fold`), columns or Markdown, lines, statements, domains,
//! sections, nesting.
//!
//! All of them end in the same draft, which is named, checked and turned into the noun. Weights are never repaired:
//! what does not come to 100 % is a finding.

mod bullet;
mod code;
mod columns;
mod document;
mod domains;
mod draft;
mod fold;
mod left_out;
mod line;
mod markdown;
mod naming;
mod nesting;
mod outline;
mod parents;
mod section;
mod share;
mod sheet;
mod statement;
mod title;
mod tree;
mod weights;

pub(crate) use document::{document, from_document};
pub(crate) use outline::from_text;
pub(crate) use sheet::from_table;
