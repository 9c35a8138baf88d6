//! The heat map of the terminal: a column a week under the months, a row a weekday, the fuller the darker, and
//! what each shade stands for.

use super::Stats;
use super::text::Page;
use crate::schedule::Day;

/// From no answer to the most of a day.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];

/// Columns before the first week, for the names of weekdays.
const NAMES: usize = 5;

/// Adds the map, where anything was ever answered.
pub(super) fn draw(stats: &Stats, page: &mut Page) {
    let Some(most) = stats.days.iter().map(|day| day.answers).max() else { return };
    let today = Day::parse(&stats.today).unwrap_or(Day(0));
    let weeks = u32::try_from(((page.width - NAMES) / 2).min(52)).unwrap_or(17);
    let weekday = u32::try_from(today.date().weekday().to_monday_zero_offset()).unwrap_or(0);
    let first = today.minus(weekday).minus(7 * (weeks - 1));
    page.heading("Answers a day");
    page.line(&months(first, weeks));
    for (row, name) in (0..7).zip(["Mon", "", "Wed", "", "Fri", "", "Sun"]) {
        let mut line = format!("{name:<NAMES$}");
        for day in (0..weeks).map(|week| first.plus(7 * week + row)).filter(|day| *day <= today) {
            let found = stats.days.binary_search_by_key(&day.0, |done| done.number);
            let answers = found.map_or(0, |at| stats.days[at].answers);
            line.push(SHADES[(answers * 4).div_ceil(most.max(1))]);
            line.push(' ');
        }
        page.line(&line);
    }
    let legend = format!("{:NAMES$}{}", "", legend(most).join("  "));
    page.wrapped(&legend, NAMES);
}

/// The name of each month above the week that holds its first day, as far as there is room.
fn months(first: Day, weeks: u32) -> String {
    let mut line = " ".repeat(NAMES);
    for week in 0..weeks {
        let column = NAMES + 2 * usize::try_from(week).unwrap_or(0);
        let last = first.plus(7 * week + 6).date();
        let begins = last.day() <= 7;
        // A name at the edge must not stand in the way of the one that follows.
        let edge = week == 0 && (1..=2).all(|week| first.plus(7 * week + 6).date().day() > 7);
        let room = line.len() <= column && column + 3 <= NAMES + 2 * usize::try_from(weeks).unwrap_or(0);
        if (begins || edge) && room {
            let month = if begins { last } else { first.date() };
            line = format!("{line:<column$}{}", month.strftime("%b"));
        }
    }
    line
}

/// What each shade stands for; shades that no number of answers has are left out.
fn legend(most: usize) -> Vec<String> {
    let span = |(level, shade): (usize, &char)| {
        let (low, high) = (most * (level - 1) / 4 + 1, most * level / 4);
        let numbers = if low == high { low.to_string() } else { format!("{low}–{high}") };
        // What belongs together stays on one line.
        (low <= high).then(|| format!("{shade}\u{a0}{numbers}"))
    };
    let none = format!("{}\u{a0}none", SHADES[0]);
    std::iter::once(none).chain((0..).zip(&SHADES).skip(1).filter_map(span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_answers_is_in_the_legend() {
        for most in 1..=30_usize {
            for answers in 1..=most {
                let shade = SHADES[(answers * 4).div_ceil(most)];
                let numbers = legend(most);
                let own = numbers.iter().find_map(|line| line.strip_prefix(shade)).unwrap();
                let mut ends = own.trim().split('–').map(|end| end.parse::<usize>().unwrap());
                let low = ends.next().unwrap();
                assert!(low <= answers && answers <= ends.next().unwrap_or(low), "{most} {answers} {own}");
            }
        }
    }

    #[test]
    fn months_stand_above_their_first_weeks() {
        let monday = Day::parse("2026-11-30").unwrap();
        assert_eq!(months(monday, 6), "     Dec     Jan");
        let before = Day::parse("2026-11-02").unwrap();
        assert_eq!(months(before, 6), "     Nov     Dec");
        let just = Day::parse("2026-11-23").unwrap();
        assert_eq!(months(just, 3), "       Dec");
    }
}
