//! Seconds on a processor, which say more than the clock on the wall where a machine does other things as well.
#![allow(dead_code, reason = "each benchmark measures one of the two")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::fs;
use std::time::{Duration, Instant};

/// Seconds that this thread was on a processor; by the clock on the wall where nobody knows.
pub(crate) fn of_thread() -> f64 {
    thread_local!(static START: Instant = Instant::now());
    let nanoseconds = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = nanoseconds.and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    nanoseconds.map_or_else(|| START.with(Instant::elapsed).as_secs_f64(), |n| Duration::from_nanos(n).as_secs_f64())
}

/// Seconds that all threads of this process were on processors; 0 where nobody knows.
pub(crate) fn of_process() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}
