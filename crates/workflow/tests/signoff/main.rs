//! Sign-offs: from begun to approved, what is refused, what a change makes, and that what was signed cannot be bent.

mod bent;
mod college;
mod rights;
mod story;
