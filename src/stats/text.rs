//! Statistics for the terminal: bars and a heat map of characters, at any width from 40 columns on, without colour.

use super::{Domain, Exam, Share, Stats, heat};
use crate::render::clean;
use crate::render::fold::fold;
use crate::review::queue::Left;
use crate::review::summary::count;
use crate::review::view::counts;
use crate::schedule::Day;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The longest bar.
const BAR: usize = 40;

/// Columns for the names of figures.
const LABEL: usize = 12;

/// A terminal with fewer columns than this is narrow.
const NARROW: usize = 60;

/// Lines of text.
pub(super) struct Page {
    out: String,
    pub(super) width: usize,
}

/// The statistics as text that is `width` columns wide at most.
pub fn draw(stats: &Stats, width: usize) -> String {
    let mut page = Page { out: String::new(), width: width.max(40) };
    page.overview(stats);
    heat::draw(stats, &mut page);
    page.bars("Due in the next 30 days", &forecast(stats));
    page.retention(stats);
    page.bars("Intervals", &labelled(&stats.intervals, until));
    page.bars("Ease", &labelled(&stats.ease, |ease| format!("{}.{}", ease / 100, ease % 100 / 10)));
    for exam in &stats.exams {
        page.exam(exam);
    }
    for words in &stats.exams_over {
        page.line("");
        page.wrapped(words, 0);
    }
    page.leeches(stats);
    page.out
}

fn forecast(stats: &Stats) -> Vec<(String, usize)> {
    let today = Day::parse(&stats.today).unwrap_or(Day(0));
    let day = |ahead: usize| u32::try_from(ahead).map_or(today, |ahead| today.plus(ahead));
    stats.forecast.iter().enumerate().map(|(ahead, count)| (short(day(ahead)), *count)).collect()
}

/// A date without its year.
fn short(day: Day) -> String {
    day.date().strftime("%d %b").to_string()
}

fn labelled<T: Copy>(groups: &[(T, usize)], name: impl Fn(T) -> String) -> Vec<(String, usize)> {
    groups.iter().map(|(group, count)| (name(*group), *count)).collect()
}

/// The upper border of a group of intervals in words.
fn until(days: u32) -> String {
    match days {
        1 => "1 day".to_owned(),
        u32::MAX => "longer".to_owned(),
        days => format!("to {days} d"),
    }
}

/// A share in percent.
fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// The end of a name, which tells most, within so many columns.
fn fitted(name: &str, width: usize) -> String {
    if name.width() <= width {
        return name.to_owned();
    }
    let mut kept = String::new();
    for part in name.graphemes(true).rev() {
        if kept.width() + part.width() + 1 > width {
            break;
        }
        kept.insert_str(0, part);
    }
    format!("…{kept}")
}

/// A name within so many columns, with blanks behind it that fill them up.
fn padded(name: &str, width: usize) -> String {
    let name = fitted(name, width);
    let blanks = " ".repeat(width.saturating_sub(name.width()));
    name + &blanks
}

/// The name of a deck as it is shown, without the level that all of them begin with.
fn shown(deck: &str, common: &str) -> String {
    deck.strip_prefix(common).unwrap_or(deck).replace("::", " › ")
}

/// The level that all names begin with, if there is one that none of them is alone.
fn common<'a>(mut names: impl Iterator<Item = &'a String> + Clone) -> String {
    let mut all = names.clone();
    let first = all.next().and_then(|name| name.split_once("::")).map(|(level, _)| format!("{level}::"));
    first.filter(|first| names.all(|name| name.starts_with(first))).unwrap_or_default()
}

impl Page {
    pub(super) fn line(&mut self, line: &str) {
        self.out.push_str(clean(line).trim_end());
        self.out.push('\n');
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.line("");
        self.wrapped(heading, 0);
    }

    /// Words behind a name, and those that have no room below each other.
    fn row(&mut self, name: &str, words: &str) {
        self.wrapped(&format!("{name:<LABEL$}{words}"), LABEL);
    }

    fn overview(&mut self, stats: &Stats) {
        let faces = &stats.faces;
        self.line(&stats.today);
        self.line("");
        let (due, early) = (stats.due_today - stats.early_today, stats.early_today);
        let left = Left { due, early, new: stats.new_today, again: stats.again_today, cram: 0 };
        self.row("Today", &counts(left));
        let done = stats.days.last().filter(|day| day.day == stats.today);
        if let Some(done) = done {
            self.row("", &format!("{} in {:.0} min", count(done.answers, "answer"), done.minutes));
        }
        if stats.held_back > 0 {
            self.row("Held back", &format!("{} due, for the next days", stats.held_back));
        }
        let levels = format!("{} new, {} young, {} mature", faces.new, faces.young, faces.mature);
        let asks =
            if faces.total == faces.cards { String::new() } else { format!(", which ask {} questions", faces.total) };
        self.row("Cards", &format!("{}{asks}: {levels}", faces.cards));
        if faces.suspended > 0 {
            self.row("Suspended", &faces.suspended.to_string());
        }
        self.row("Load", &format!("{:.1} a day", stats.load));
        self.row("Streak", &format!("{}, longest {}", count(stats.streak.current, "day"), stats.streak.longest));
        let time = &stats.time;
        let month = format!("{:.1} h in 30 days", time.month / 60.0);
        self.row("Time", &month);
        if time.seconds_an_answer > 0.0 {
            self.row("", &format!("{:.1} s an answer", time.seconds_an_answer));
        }
    }

    fn bars(&mut self, heading: &str, rows: &[(String, usize)]) {
        let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
        if most == 0 {
            return;
        }
        self.heading(heading);
        let room = (self.width.saturating_sub(18)).min(BAR);
        let filled = rows.iter().rposition(|(_, count)| *count > 0).map_or(0, |last| last + 1);
        for (name, count) in &rows[..filled] {
            let length = (count * room).div_ceil(most);
            let bar = "█".repeat(length) + if length > 0 { " " } else { "" };
            self.line(&format!("{name:<8} {bar}{count}"));
        }
    }

    fn retention(&mut self, stats: &Stats) {
        let retention = &stats.retention;
        if retention.all.answers == 0 {
            return;
        }
        self.heading("Known when asked: share, 95 % interval, answers");
        let all = [("all".to_owned(), &retention.all), ("30 days".to_owned(), &retention.month)];
        let by_interval = retention.by_interval.iter().filter(|(_, share)| share.answers > 0);
        self.shares(all.into_iter().chain(by_interval.map(|(most, share)| (until(*most), share))));
        for (heading, shares) in
            [("by deck", &retention.by_deck), ("by kind", &retention.by_kind), ("by tag", &retention.by_tag)]
        {
            if shares.is_empty() {
                continue;
            }
            self.heading(&format!("Known when asked, {heading}"));
            let common = common(shares.keys());
            self.shares(shares.iter().map(|(name, share)| (shown(name, &common), share)));
        }
    }

    /// Shares by name; names stand above their figures where one of them has no room beside them.
    fn shares<'a>(&mut self, shares: impl Iterator<Item = (String, &'a Share)>) {
        let told = |share: &Share| {
            let (low, high) = (percent(share.low), percent(share.high));
            format!("{:>5}  {low}–{high}, {}", percent(share.share), share.answers)
        };
        self.named(&shares.map(|(name, share)| (name, told(share))).collect::<Vec<_>>());
    }

    fn named(&mut self, rows: &[(String, String)]) {
        let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
        let figures = rows.iter().map(|(_, figures)| figures.width()).max().unwrap_or(0);
        let above = widest + 1 + figures > self.width && self.width < NARROW;
        let width = widest.min(self.width.saturating_sub(1 + figures));
        for (name, figures) in rows {
            if above {
                self.wrapped(name, 0);
                self.wrapped(&format!("   {figures}"), 3);
            } else {
                self.line(&format!("{} {figures}", padded(name, width)));
            }
        }
    }

    fn exam(&mut self, exam: &Exam) {
        let left = usize::try_from(exam.days_left).unwrap_or(usize::MAX);
        self.heading(&format!("Exam on {}, in {}", exam.day, count(left, "day")));
        self.row("today", &percent(exam.today));
        let (low, high) = (percent(exam.low), percent(exam.high));
        self.row("on the day", &format!("{}  ({low} to {high})", percent(exam.on_the_day)));
        self.row("work", &format!("{:.0} a day, at most {}", exam.load, exam.heaviest));
        let common = common(exam.domains.iter().map(|domain| &domain.name));
        let told = |domain: &Domain| {
            let (weight, today, then) = (percent(domain.weight), percent(domain.today), percent(domain.on_the_day));
            (shown(&domain.name, &common), format!("{weight:>5}  {today} → {then}, {} new", domain.new))
        };
        self.line("");
        self.wrapped("its domains: weight, known today → on the day", 0);
        self.named(&exam.domains.iter().map(told).collect::<Vec<_>>());
        for warning in &exam.warnings {
            self.line("");
            self.wrapped(&format!("! {warning}"), 2);
        }
    }

    fn leeches(&mut self, stats: &Stats) {
        if stats.leeches.is_empty() {
            return;
        }
        self.heading("Cards that do not stay: reword them");
        for leech in &stats.leeches {
            self.wrapped(&format!("{:>3}×  {}:{}", leech.lapses, leech.file, leech.line), 6);
            self.wrapped(&format!("      {}", leech.front), 6);
        }
    }

    /// Words on as many lines as they take, those after the first indented.
    pub(super) fn wrapped(&mut self, words: &str, indent: usize) {
        for line in fold(&clean(words), self.width, indent) {
            self.line(&line);
        }
    }
}
