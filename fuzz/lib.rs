//! The bodies of the fuzz targets, and how a target runs one.

pub mod bodies;

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::{Mutex, Once};

static LAST: Mutex<String> = Mutex::new(String::new());

/// Runs a body; only a panic that leaves it ends the program. libFuzzer's own hook would end it at every panic, also at
/// those of a library that our readers catch and turn into a finding.
pub fn run(body: fn(&[u8]), bytes: &[u8]) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        set_hook(Box::new(|fall| {
            if let Ok(mut last) = LAST.lock() {
                *last = fall.to_string();
            }
        }));
    });
    if catch_unwind(AssertUnwindSafe(|| body(bytes))).is_err() {
        eprintln!("{}", LAST.lock().map(|last| last.clone()).unwrap_or_default());
        std::process::abort();
    }
}
