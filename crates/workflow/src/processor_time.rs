//! Processor time of this process, for figures that do not depend on who else uses the machine.

/// Seconds of processor time used so far, by all threads of this process.
#[cfg(unix)]
pub(crate) fn processor_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    #[expect(clippy::cast_precision_loss, reason = "seconds and nanoseconds of one process")]
    let seconds = time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9;
    seconds
}

/// Seconds since the first call: where processor time cannot be had, the clock on the wall stands in for it.
#[cfg(not(unix))]
pub(crate) fn processor_seconds() -> f64 {
    static STARTED: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    STARTED.get_or_init(std::time::Instant::now).elapsed().as_secs_f64()
}
