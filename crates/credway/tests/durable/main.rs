//! What was said to be done stays done: the real binary killed, cut off from its disk, or met by another.

#[path = "../cli/college.rs"]
#[expect(dead_code, reason = "the helper serves the tests of the command line too")]
mod college;
mod kills;
mod released;
mod trouble;
