//! Statistics for the terminal: bars and a heat map of characters, at any width from 40 columns on, without colour.

use super::{Exam, Share, Stats};
use crate::render::clean;
use crate::review::summary::count;
use crate::schedule::Day;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The longest bar.
const BAR: usize = 40;

/// Lines of text.
struct Page {
    out: String,
    width: usize,
}

/// The statistics as text that is `width` columns wide at most.
pub fn draw(stats: &Stats, width: usize) -> String {
    let mut page = Page { out: String::new(), width: width.max(40) };
    page.overview(stats);
    page.heat(stats);
    page.bars("Due in the next 30 days", &forecast(stats));
    page.retention(stats);
    page.bars("Intervals", &labelled(&stats.intervals, until));
    page.bars("Ease", &labelled(&stats.ease, |ease| format!("{}.{}", ease / 100, ease % 100 / 10)));
    for exam in &stats.exams {
        page.exam(exam);
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

/// The beginning of a line that has room in so many columns.
fn cut(line: &str, width: usize) -> String {
    let mut kept = String::new();
    for part in line.graphemes(true) {
        if kept.width() + part.width() > width {
            break;
        }
        kept.push_str(part);
    }
    kept
}

impl Page {
    fn line(&mut self, line: &str) {
        self.out.push_str(&cut(clean(line).trim_end(), self.width));
        self.out.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.line("");
        self.line(heading);
    }

    fn overview(&mut self, stats: &Stats) {
        let faces = &stats.faces;
        let done = stats.days.last().filter(|day| day.day == stats.today).map_or(0, |day| day.answers);
        self.line(&format!("{}  {} due, {done} answered", stats.today, stats.due_today));
        self.line("");
        self.line(&format!(
            "Cards      {} · {} new, {} young, {} mature",
            faces.total, faces.new, faces.young, faces.mature
        ));
        if faces.suspended > 0 {
            self.line(&format!("Suspended  {}", faces.suspended));
        }
        self.line(&format!("Load       {:.1} a day", stats.load));
        self.line(&format!("Streak     {}, longest {}", count(stats.streak.current, "day"), stats.streak.longest));
        let time = &stats.time;
        self.line(&format!("Time       {:.0} min today, {:.1} h in 30 days", time.today, time.month / 60.0));
        self.line(&format!("           {:.1} s an answer", time.seconds_an_answer));
    }

    /// A column a week, a row a weekday, the fuller the darker.
    fn heat(&mut self, stats: &Stats) {
        const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
        if stats.days.is_empty() {
            return;
        }
        let today = Day::parse(&stats.today).unwrap_or(Day(0));
        let most = stats.days.iter().map(|day| day.answers).max().unwrap_or(1).max(1);
        let weeks = u32::try_from(((self.width - 5) / 2).min(52)).unwrap_or(17);
        let weekday = u32::try_from(today.date().weekday().to_monday_zero_offset()).unwrap_or(0);
        let first = today.minus(weekday).minus(7 * (weeks - 1));
        self.heading("Answers");
        for (row, name) in (0..7).zip(["Mon", "", "Wed", "", "Fri", "", "Sun"]) {
            let mut line = format!("{name:<4} ");
            for day in (0..weeks).map(|week| first.plus(7 * week + row)).filter(|day| *day <= today) {
                let found = stats.days.binary_search_by_key(&day.0, |done| done.number);
                let answers = found.map_or(0, |at| stats.days[at].answers);
                line.push(SHADES[(answers * 4).div_ceil(most)]);
                line.push(' ');
            }
            self.line(&line);
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
            self.line(&format!("{name:<8} {} {count}", "█".repeat(length)));
        }
    }

    fn retention(&mut self, stats: &Stats) {
        let retention = &stats.retention;
        if retention.all.answers == 0 {
            return;
        }
        self.heading("Known when asked");
        self.share("all", &retention.all);
        self.share("30 days", &retention.month);
        for (most, share) in retention.by_interval.iter().filter(|(_, share)| share.answers > 0) {
            self.share(&until(*most), share);
        }
        for (heading, shares) in
            [("by deck", &retention.by_deck), ("by kind", &retention.by_kind), ("by tag", &retention.by_tag)]
        {
            if shares.is_empty() {
                continue;
            }
            self.heading(&format!("Known when asked, {heading}"));
            for (name, share) in shares {
                self.share(name, share);
            }
        }
    }

    fn share(&mut self, name: &str, share: &Share) {
        let (low, high) = (percent(share.low), percent(share.high));
        let width = self.width.saturating_sub(28).min(40);
        let name = padded(name, width);
        self.line(&format!("{name} {:>5}  {low}–{high}, {}", percent(share.share), share.answers));
    }

    fn exam(&mut self, exam: &Exam) {
        let left = usize::try_from(exam.days_left).unwrap_or(usize::MAX);
        self.heading(&format!("Exam on {}, in {}", exam.day, count(left, "day")));
        self.line(&format!("today       {}", percent(exam.today)));
        let (low, high) = (percent(exam.low), percent(exam.high));
        self.line(&format!("on the day  {}  ({low} to {high})", percent(exam.on_the_day)));
        self.line(&format!("work        {:.0} a day, at most {}", exam.load, exam.heaviest));
        for domain in &exam.domains {
            let width = self.width.saturating_sub(32).clamp(8, 40);
            let name = padded(&domain.name, width);
            self.line(&format!(
                "{name} {:>5}  {} → {}, {} new",
                percent(domain.weight),
                percent(domain.today),
                percent(domain.on_the_day),
                domain.new
            ));
        }
        for warning in &exam.warnings {
            self.line("");
            self.wrapped(&format!("! {warning}"));
        }
    }

    fn leeches(&mut self, stats: &Stats) {
        if stats.leeches.is_empty() {
            return;
        }
        self.heading("Cards that do not stay: reword them");
        for leech in &stats.leeches {
            self.line(&format!("{:>3}×  {}:{}", leech.lapses, leech.file, leech.line));
            self.line(&format!("      {}", leech.front));
        }
    }

    fn wrapped(&mut self, words: &str) {
        let mut line = String::new();
        for word in words.split(' ') {
            if !line.is_empty() && line.width() + word.width() >= self.width {
                self.line(&line);
                "  ".clone_into(&mut line);
            }
            line.push_str(word);
            line.push(' ');
        }
        self.line(&line);
    }
}
