//! credway-web
