//! The clock and the calendar of the computer: where time enters the program.

#![expect(clippy::disallowed_methods, reason = "cli is where time enters the program")]

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::tz::TimeZone;

use super::error::Error;
use crate::config::{Config, Settings};
use crate::load;
use crate::schedule::{Calendar, Moment};

/// Milliseconds since 1970 (UTC).
pub(super) fn now() -> i64 {
    // A clock before 1970 or beyond the year 292 million is no reason to stop.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    i64::try_from(now).unwrap_or(i64::MAX)
}

/// The learner's calendar, whose days begin as the settings of the project say.
pub(super) fn calendar() -> Result<Calendar, Error> {
    let here = std::env::current_dir().map_err(Error::Here)?;
    let routine = load::routine(Path::new(load::SOURCE), &here).map_err(Error::Settings)?;
    Ok(Calendar { zone: TimeZone::system(), starts: routine.day_starts })
}

/// This moment in the calendar of a learner whose settings are these.
pub(super) fn moment_by(settings: &Settings) -> Moment {
    let starts = Config::new(settings.clone(), String::new(), false).routine.day_starts;
    Calendar { zone: TimeZone::system(), starts }.moment(now())
}

/// This second by the clock on the wall, fit for a file's name.
pub(super) fn stamp() -> String {
    let at = jiff::Timestamp::from_millisecond(now()).unwrap_or_default();
    TimeZone::system().to_datetime(at).strftime("%Y-%m-%d-%H%M%S").to_string()
}

/// This moment in the learner's calendar.
pub(super) fn moment() -> Result<Moment, Error> {
    Ok(calendar()?.moment(now()))
}
