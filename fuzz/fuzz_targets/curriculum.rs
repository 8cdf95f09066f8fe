//! See `bodies::curriculum`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| credway_fuzz::run(credway_fuzz::bodies::curriculum, bytes));
