//! Working together: reviews given, reviews kept blind, comments, courses edited by two people at once, sheets shared.

mod assignments;
mod blind;
mod college;
mod comments;
mod editing;
mod meanwhile;
mod post;
mod reach;
mod shares;
mod veiled_signoff;
