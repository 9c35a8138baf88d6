//! Learning for a day: which faces are asked before they are due so that they are known on the day of
//! the exam, and how it will go if learning goes on as it does.

use crate::card;

use super::{Answer, Day, Grade, Memory, Scheduler};

/// Days before the exam in which what would have been forgotten by then is brought up.
pub const WINDOW: u32 = 14;

/// No new face is planned for the last days, since it would be asked too seldom to stay.
pub const QUIET: u32 = 7;

/// Whether a face that is not due is asked today for the sake of the exam: it would not be known well
/// enough on the day, and this is its day among those that are left. `number` spreads faces over days.
pub fn wanted(scheduler: &Scheduler, memory: &Memory, number: u64, (today, exam): (Day, Day)) -> bool {
    let left = exam.since(today);
    if today >= exam || left > WINDOW || memory.answered >= today || memory.due <= today {
        return false;
    }
    // Faces that are asked in time anyway need no further turn.
    let asked_anyway = memory.due < exam && exam.since(memory.due) <= WINDOW / 2;
    let weak = scheduler.model.recall_on(memory, exam) < scheduler.retention;
    weak && !asked_anyway && number.is_multiple_of(u64::from(left))
}

/// New faces a day that it takes to see all of them before the quiet days.
pub fn pace(new: usize, (today, exam): (Day, Day)) -> usize {
    let left = exam.since(today);
    let quiet = QUIET.min(left / 4);
    new.div_ceil(usize::try_from(left - quiet).unwrap_or(1).max(1))
}

/// New faces of one exam, or of all that no exam asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The day of the exam.
    pub exam: Option<Day>,
    /// Faces that were never asked.
    pub new: usize,
    /// Faces that were asked for the first time today.
    pub done: usize,
}

/// How many new faces of each group must still come today so that those of every exam are seen before its quiet
/// days: as many as the tightest exam takes together with those before it, the nearest first.
pub fn pressing(groups: &[Waiting], today: Day) -> Vec<usize> {
    let mut coming: Vec<(Day, usize)> =
        groups.iter().enumerate().filter_map(|(at, group)| Some((group.exam?, at))).collect();
    coming.retain(|(exam, _)| *exam > today);
    coming.sort();
    let (mut all, mut need) = (0, 0);
    for (exam, at) in &coming {
        all += groups[*at].new + groups[*at].done;
        need = need.max(pace(all, (today, *exam)));
    }
    let mut out = vec![0; groups.len()];
    for (_, at) in coming {
        let share = need.min(groups[at].new + groups[at].done);
        need -= share;
        out[at] = share.saturating_sub(groups[at].done);
    }
    out
}

/// The days on which the new faces of a group come, where so many come a day: what presses first, the rest by the
/// faces that each group has left.
pub fn first_days(groups: &[Waiting], of: usize, per_day: usize, (today, end): (Day, Day)) -> Vec<Day> {
    let mut groups = groups.to_vec();
    let (mut out, mut day) = (Vec::new(), today);
    while day < end && per_day > 0 && groups[of].new > 0 {
        for (at, count) in day_of(&groups, per_day, day).into_iter().enumerate() {
            out.extend(std::iter::repeat_n(day, if at == of { count } else { 0 }));
            groups[at].new -= count;
        }
        day = day.plus(1);
    }
    out
}

/// How many new faces of each group come on a day.
fn day_of(groups: &[Waiting], per_day: usize, day: Day) -> Vec<usize> {
    let mut room = per_day;
    let mut counts = pressing(groups, day);
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| groups[*at].exam);
    for at in order {
        counts[at] = counts[at].min(room);
        room -= counts[at];
    }
    let shares = groups.iter().map(|group| real(group.new)).collect();
    let left = groups.iter().zip(&counts).map(|(group, count)| group.new - count).collect();
    for at in Deal::new(shares, left, counts.clone()).take(room) {
        counts[at] += 1;
    }
    counts
}

/// The nearest deck from this one upwards that has a weight; else the deck itself.
pub fn domain_of(deck: &str, weight: impl Fn(&str) -> Option<f64>) -> &str {
    let levels = deck.rmatch_indices("::").map(|(at, _)| &deck[..at]);
    std::iter::once(deck).chain(levels).find(|level| weight(level).is_some()).unwrap_or(deck)
}

/// A limit of faces a day that holds for a deck: that of the deck at the top, else the tightest.
pub fn limit(deck: &str, of: impl Fn(&str) -> Option<u32>) -> Option<u32> {
    let mut levels = card::levels(deck);
    let top = levels.next().and_then(&of);
    top.or_else(|| levels.filter_map(of).min())
}

/// Of what the weights of an exam's domains are shares: of 1, or of 100 where one of them is above 1.
pub fn whole(weights: impl IntoIterator<Item = f64>) -> f64 {
    if weights.into_iter().any(|weight| weight > 1.0) { 100.0 } else { 1.0 }
}

/// The shares of an exam's domains, which add up to 1, from the weights that were given and their faces. Domains
/// without a weight have what the others leave of the [`whole`], by their faces; where that is nothing, or where no
/// domain is without, weights are shares of their sum.
pub fn shares(domains: &[(Option<f64>, usize)]) -> Vec<f64> {
    let given: f64 = domains.iter().filter_map(|(weight, _)| *weight).sum();
    let unsaid: usize = domains.iter().filter(|(weight, _)| weight.is_none()).map(|(_, faces)| faces).sum();
    let whole = whole(domains.iter().filter_map(|(weight, _)| *weight));
    let rest = if unsaid == 0 { 0.0 } else { (whole - given).max(0.0) };
    let total = (given + rest).max(f64::MIN_POSITIVE);
    let share = |(weight, faces): &(Option<f64>, usize)| {
        weight.unwrap_or_else(|| rest * real(*faces) / real(unsaid.max(1))) / total
    };
    domains.iter().map(share).collect()
}

/// Deals from piles in turn, so that at any time each has given its share as nearly as whole numbers
/// allow; what one pile lacks is given by the others. Yields the number of the pile.
#[derive(Debug)]
pub struct Deal {
    shares: Vec<f64>,
    left: Vec<usize>,
    dealt: Vec<usize>,
}

impl Deal {
    /// A deal from piles of these sizes, by their shares; `dealt` were given before.
    pub fn new(shares: Vec<f64>, sizes: Vec<usize>, dealt: Vec<usize>) -> Deal {
        Deal { shares, left: sizes, dealt }
    }
}

impl Iterator for Deal {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let claim = |at: &usize| self.shares[*at] / real(2 * self.dealt[*at] + 1);
        let open = (0..self.left.len()).filter(|at| self.left[*at] > 0);
        // Of equal claims the first pile's counts.
        let next = open.reduce(|best, at| if claim(&at) > claim(&best) { at } else { best })?;
        self.left[next] -= 1;
        self.dealt[next] += 1;
        Some(next)
    }
}

/// A count as a real number.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn real(count: usize) -> f64 {
    count as f64
}

/// What is known of a face on its way to the exam.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// A number of its own, from which its chances follow.
    pub number: u64,
    /// What the scheduler knows; none of a new face.
    pub memory: Option<Memory>,
    /// The day on which a new face is first asked; none if never before the exam.
    pub first: Option<Day>,
}

/// How a face will fare.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The chance that it is known on the day of the exam.
    pub recall: f32,
    /// The days on which it will be asked.
    pub asked: Vec<Day>,
}

/// Follows a face to the exam: asked when it is due, known or not as the model has it.
pub fn follow(scheduler: &Scheduler, candidate: &Candidate, (today, exam): (Day, Day)) -> Course {
    /// More answers than anybody gives to one face.
    const MOST: usize = 200;
    let mut course = Course { recall: 0.0, asked: Vec::new() };
    let mut memory = candidate.memory;
    let mut chance = candidate.number ^ 0x9e37_79b9_7f4a_7c15;
    while course.asked.len() < MOST {
        let next = memory.map_or(candidate.first, |memory| Some(brought_forward(scheduler, &memory, candidate, exam)));
        let Some(day) = next.map(|day| day.max(today)).filter(|day| *day < exam) else { break };
        let day = course.asked.last().map_or(day, |last| day.max(last.plus(1)));
        if day >= exam {
            break;
        }
        let recall = memory.map_or(0.0, |memory| scheduler.model.recall_on(&memory, day));
        let first_time = memory.is_none();
        let grade = if first_time || draw(&mut chance) < recall { Grade::GOOD } else { Grade::AGAIN };
        memory = Some(scheduler.answer(memory.as_ref(), Answer { grade, day, drill: false }));
        course.asked.push(day);
    }
    course.recall = memory.map_or(0.0, |memory| scheduler.model.recall_on(&memory, exam));
    course
}

/// The day on which a face is asked next, which may be earlier than due when the exam is near.
fn brought_forward(scheduler: &Scheduler, memory: &Memory, candidate: &Candidate, exam: Day) -> Day {
    let from = exam.minus(WINDOW).max(memory.answered.plus(1));
    let early = (0..exam.since(from)).map(|days| from.plus(days));
    let mut early = early.take_while(|day| *day < memory.due);
    early.find(|day| wanted(scheduler, memory, candidate.number, (*day, exam))).unwrap_or(memory.due)
}

/// A number from 0 to 1 that looks like chance.
fn draw(state: &mut u64) -> f32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f32::from(u16::try_from(*state >> 48).unwrap_or(0)) / 65_536.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn piles_give_their_shares_and_then_for_each_other() {
        let dealt: Vec<usize> = Deal::new(vec![0.2, 0.8], vec![4, 5], vec![0, 0]).collect();
        assert_eq!(dealt, [1, 1, 0, 1, 1, 1, 0, 0, 0]);
        let later: Vec<usize> = Deal::new(vec![0.5, 0.5], vec![2, 2], vec![2, 0]).collect();
        assert_eq!(later, [1, 1, 0, 0]);
        let nothing: Vec<usize> = Deal::new(vec![0.0, 1.0], vec![1, 1], vec![0, 0]).collect();
        assert_eq!(nothing, [1, 0]);
    }

    #[test]
    fn what_an_exam_presses_for_comes_first() {
        let group = |exam: Option<i32>, new, done| Waiting { exam: exam.map(Day), new, done };
        // 40 in eight days, and with them 61 in fifteen: the second exam has no need of more than the first.
        let groups = [group(None, 100, 3), group(Some(10), 40, 0), group(Some(20), 21, 0)];
        assert_eq!(pressing(&groups, Day(0)), [0, 5, 0]);
        let later = [group(Some(20), 120, 1), group(Some(10), 40, 2), group(Some(-1), 9, 0)];
        assert_eq!(pressing(&later, Day(0)), [0, 9, 0]);
        let days = first_days(&groups, 1, 6, (Day(0), Day(10)));
        assert_eq!((days.len(), days[4], days[5]), (40, Day(0), Day(1)));
        assert_eq!(days[39], Day(9));
        assert_eq!(first_days(&groups, 1, 0, (Day(0), Day(10))), []);
    }

    #[test]
    fn shares_are_of_one_or_of_a_hundred() {
        assert_eq!(shares(&[(Some(0.25), 9), (None, 1), (None, 2)]), [0.25, 0.25, 0.5]);
        assert_eq!(shares(&[(Some(20.0), 1), (Some(30.0), 1), (None, 5)]), [0.2, 0.3, 0.5]);
        assert_eq!(shares(&[(Some(3.0), 1), (Some(1.0), 1)]), [0.75, 0.25]);
        // What is more than the whole is not taken for something else.
        assert_eq!(shares(&[(Some(0.75), 1), (Some(0.75), 1), (None, 5)]), [0.5, 0.5, 0.0]);
        assert_eq!(shares(&[(Some(1.0), 1), (None, 5)]), [1.0, 0.0]);
        assert_eq!(shares(&[]), [0.0; 0]);
    }

    #[test]
    fn a_domain_is_the_nearest_deck_with_a_weight() {
        let weight = |deck: &str| (deck == "AWS::Data").then_some(0.2);
        assert_eq!(domain_of("AWS::Data::S3", weight), "AWS::Data");
        assert_eq!(domain_of("AWS::Models", weight), "AWS::Models");
        let most = |deck: &str| [("AWS::Data", 5), ("AWS::Data::S3", 3)].iter().find(|l| l.0 == deck).map(|l| l.1);
        assert_eq!((limit("AWS::Data::S3", most), limit("Bio", most)), (Some(3), None));
    }
}
