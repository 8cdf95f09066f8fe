//! credway-align
