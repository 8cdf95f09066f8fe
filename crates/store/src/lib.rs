//! credway-store
