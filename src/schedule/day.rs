//! Study days: whole days of the learner's own calendar that begin at an hour of the learner's choice.
//!
//! The clock on the wall decides, never a number of seconds, so days of 23 and 25 hours, time zones
//! and leap days need no care elsewhere.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Unit};
use serde::{Deserialize, Serialize};

/// A study day, as whole days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: u32) -> Day {
        Day(self.0.saturating_add_unsigned(days))
    }

    /// The day so many days earlier.
    #[must_use]
    pub fn minus(self, days: u32) -> Day {
        Day(self.0.saturating_sub_unsigned(days))
    }

    /// The days since another; 0 where that one is later.
    pub fn since(self, earlier: Day) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0)
    }

    /// The day of a date.
    pub fn from_date(date: Date) -> Day {
        let days = epoch().until((Unit::Day, date)).map_or(0, |span| span.get_days());
        Day(days)
    }

    /// The date; the last one that there is, for days beyond it.
    pub fn date(self) -> Date {
        let end = if self.0 < 0 { Date::MIN } else { Date::MAX };
        epoch().checked_add(SignedDuration::from_hours(i64::from(self.0).saturating_mul(24))).unwrap_or(end)
    }

    /// Reads `2026-01-31`.
    pub fn parse(text: &str) -> Option<Day> {
        text.trim().parse::<Date>().ok().map(Day::from_date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

/// A point in time as it is written into the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    pub at: i64,
    /// Minutes east of Greenwich.
    pub utc_offset: i32,
    /// The study day that it belongs to.
    pub day: Day,
}

/// Where the learner is, and when the learner's days begin.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The time zone.
    pub zone: TimeZone,
    /// The hour at which a study day begins, from 0 to 23.
    pub starts: i8,
}

impl Calendar {
    /// The hour at which days begin where nothing else is said.
    pub const STARTS: i8 = 4;

    /// What the clock of the calendar shows, `at` milliseconds after 1970 (UTC).
    pub fn moment(&self, at: i64) -> Moment {
        let end = if at < 0 { Timestamp::MIN } else { Timestamp::MAX };
        let instant = Timestamp::from_millisecond(at).unwrap_or(end);
        let local = self.zone.to_offset(instant).to_datetime(instant);
        let date = local.date();
        let day = if local.hour() < self.starts { date.checked_sub(1.day()).unwrap_or(date) } else { date };
        Moment { at, utc_offset: self.zone.to_offset(instant).seconds() / 60, day: Day::from_date(day) }
    }
}
