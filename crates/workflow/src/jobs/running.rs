//! A piece of work that this server is at: how far it is, and whether it should stop.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A piece of work that this server is at. Told how far it is without waiting for anything.
#[derive(Default)]
pub(super) struct Running {
    done: AtomicU64,
    total: AtomicU64,
    stop: AtomicBool,
    leave: AtomicBool,
}

impl Running {
    /// Steps done, and steps in all (0 while unknown).
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Its person wants it stopped.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// This server is to leave it: the server ends, or another one has it.
    pub(super) fn leave(&self) {
        self.leave.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn is_leaving(&self) -> bool {
        self.leave.load(Ordering::Relaxed)
    }

    fn note(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }
}

impl credway_align::Progress for Running {
    fn advance(&self, done: u64, total: u64) {
        self.note(done, total);
    }

    fn cancelled(&self) -> bool {
        self.is_stopping() || self.is_leaving()
    }
}

impl credway_import::Progress for Running {
    fn advance(&self, done: u64, total: u64) {
        self.note(done, total);
    }

    fn cancelled(&self) -> bool {
        self.is_stopping() || self.is_leaving()
    }
}
