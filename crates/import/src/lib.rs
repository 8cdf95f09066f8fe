//! credway-import
