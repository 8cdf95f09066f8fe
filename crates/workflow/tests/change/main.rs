//! A new version of a blueprint: what it touches, what goes on, what a person confirms, and what nobody may do.

mod college;
mod rights;
mod story;
