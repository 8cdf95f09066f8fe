//! The command line as people and programs meet it: the real binary, run in folders of its own.

mod again;
mod audit;
mod broken;
mod broken_bytes;
mod broken_records;
mod calls;
mod change;
mod college;
mod configuration;
mod decide;
mod hostile;
mod hostile_files;
mod job;
mod json;
mod metrics;
mod models;
mod plan;
mod safe;
mod serve;
mod simulate;
mod streams;
mod width;
