//! The interface for programs, asked as a program asks, over a temporary database with a college of its own.

mod answers;
mod document;
mod page;
mod refusals;
mod site;
mod writing;
