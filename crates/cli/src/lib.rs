//! credway-cli
