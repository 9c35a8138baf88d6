//! Instants as a lock writes them: `2026-11-27T15:04:05Z`, to the second, so that they sort as text.

use jiff::Timestamp;

/// The second since 1970 that a text tells.
pub fn read(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// A second since 1970 as text; one that no calendar holds is the nearest that it does.
pub fn write(second: i64) -> String {
    let bounded = second.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::from_second(bounded).unwrap_or_default().to_string()
}
