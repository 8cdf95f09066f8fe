//! Texts in our own words.
