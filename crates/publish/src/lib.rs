//! credway-publish
