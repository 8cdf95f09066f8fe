//! What the system says of this process.

/// The memory the process holds, in bytes; `None` where the system does not say it as Linux does.
/// Source: proc(5), `/proc/pid/status`, VmRSS in kibibytes.
pub(super) fn resident_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
