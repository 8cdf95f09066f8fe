//! credway-workflow
