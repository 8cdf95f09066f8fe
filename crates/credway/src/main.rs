//! The credway binary.
fn main() {}
