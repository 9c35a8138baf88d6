//! Learners who are simulated: each forgets by weights of FSRS-6 that are its own and hidden from the
//! scheduler, with chance from a fixed seed. They learn day by day to an exam, and are then asked everything.
#![expect(clippy::cast_precision_loss, clippy::cast_possible_wrap, reason = "counts are small")]

use recto::review::agenda::Today;
use recto::schedule::replay::Event;
use recto::schedule::{Algorithm, Answer, Day, Grade, Memory, Model, Scheduler, Trace, Weights, exam, fit};
use recto::stats::{self, Material};
use recto::store::{DeckState, FaceId, FaceState, Marks, PastAnswer};
use std::collections::BTreeMap;

/// Where chance starts for the first learner.
pub(crate) const SEED: u64 = 20_261_127;

/// How a learner forgets, as a change of the average learner's weights.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// The name in tables.
    pub(crate) name: &'static str,
    /// What the first stabilities are multiplied with.
    first: f32,
    /// What the growth of stability is changed by, on a logarithmic scale.
    growth: f32,
}

/// Three learners.
pub(crate) const KINDS: [Kind; 3] = [
    Kind { name: "average", first: 1.0, growth: 0.0 },
    Kind { name: "forgetful", first: 0.6, growth: -0.45 },
    Kind { name: "retentive", first: 1.8, growth: 0.3 },
];

/// How much is learnt.
#[derive(Clone, Copy)]
pub(crate) struct Course {
    /// Cards in the deck.
    pub(crate) cards: usize,
    /// New cards a day.
    pub(crate) new_per_day: usize,
    /// Days to the exam.
    pub(crate) days: u32,
    /// Days before the exam on which its result is foretold.
    pub(crate) foretold: u32,
}

/// What came of it.
pub(crate) struct Result {
    /// Answers a day, drills included.
    pub(crate) answers_a_day: f64,
    /// How much was known when it was asked, in percent.
    pub(crate) retention: f64,
    /// What was foretold of the exam, in percent.
    pub(crate) foretold: f64,
    /// What the learner scored, in percent: the mean chance over all cards.
    pub(crate) scored: f64,
}

struct Chance(u64);

impl Chance {
    fn draw(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f32::from(u16::try_from(self.0 >> 48).unwrap_or(0)) / 65_536.0
    }
}

#[derive(Clone, Default)]
struct Card {
    memory: Option<Memory>,
    /// What is really in the learner's head, and since when.
    truth: Option<(Trace, Day)>,
    events: Vec<Event>,
}

struct Learner {
    truth: Model,
    scheduler: Scheduler,
    cards: Vec<Card>,
    given: Vec<PastAnswer>,
    drills: usize,
    chance: Chance,
}

const START: Day = Day(20_000);

/// A learner's way to the exam with one scheduler.
pub(crate) fn learn(kind: Kind, algorithm: &'static Algorithm, course: Course) -> Result {
    let mut weights: Weights = *Model::default().weights();
    weights[..4].iter_mut().for_each(|weight| *weight *= kind.first);
    weights[8] += kind.growth;
    let mut learner = Learner {
        truth: Model::new(weights).expect("sound weights"),
        scheduler: Scheduler::new(algorithm),
        cards: vec![Card::default(); course.cards],
        given: Vec::new(),
        drills: 0,
        chance: Chance(SEED ^ kind.name.len() as u64),
    };
    let exam = START.plus(course.days);
    let mut foretold = 0.0;
    for number in 0..course.days {
        let today = START.plus(number);
        if number + course.foretold == course.days {
            learner.fit();
            foretold = learner.foretell(course, (today, exam));
        }
        learner.day(course, (today, exam));
    }
    let told: Vec<&PastAnswer> = learner.given.iter().filter(|given| given.before.is_some()).collect();
    let known = told.iter().filter(|given| given.grade.passed()).count();
    let score: f64 = learner.cards.iter().map(|card| f64::from(learner.recall(card, exam))).sum();
    Result {
        answers_a_day: (learner.given.len() + learner.drills) as f64 / f64::from(course.days),
        retention: 100.0 * known as f64 / told.len().max(1) as f64,
        foretold: foretold * 100.0,
        scored: 100.0 * score / course.cards as f64,
    }
}

impl Learner {
    fn recall(&self, card: &Card, day: Day) -> f32 {
        card.truth.map_or(0.0, |(trace, since)| self.truth.recall(trace, day.since(since)))
    }

    fn day(&mut self, course: Course, (today, exam): (Day, Day)) {
        let mut new = course.new_per_day;
        for at in 0..self.cards.len() {
            let wanted = match self.cards[at].memory {
                Some(memory) => {
                    memory.due <= today || exam::wanted(&self.scheduler, &memory, at as u64 + 1, (today, exam))
                }
                None if new > 0 => {
                    new -= 1;
                    true
                }
                None => false,
            };
            if wanted {
                self.ask(at, today);
            }
        }
    }

    /// One face on one day: asked once for the schedule, and again until it is known well enough.
    fn ask(&mut self, at: usize, today: Day) {
        let mut drill = false;
        loop {
            let recall = if drill { 0.95 } else { self.recall(&self.cards[at], today) };
            let first = self.cards[at].truth.is_none();
            let grade = self.grade(if first { 0.5 } else { recall });
            let answer = Answer { grade, day: today, drill };
            let card = &mut self.cards[at];
            let elapsed = card.truth.map_or(0, |(_, since)| today.since(since));
            card.truth = Some((self.truth.step(card.truth.map(|(trace, _)| trace), grade, elapsed), today));
            if drill {
                self.drills += 1;
            } else {
                let face = FaceId(at as i64 + 1);
                self.given.push(PastAnswer {
                    face,
                    day: today,
                    grade,
                    taken: 6000,
                    scheduled: true,
                    before: card.memory,
                });
            }
            card.memory = Some(self.scheduler.answer(card.memory.as_ref(), answer));
            card.events.push(Event::Answer(answer));
            if !self.scheduler.wants_drill(grade) {
                return;
            }
            drill = true;
        }
    }

    fn grade(&mut self, recall: f32) -> Grade {
        if self.chance.draw() >= recall {
            return Grade::AGAIN;
        }
        match self.chance.draw() {
            draw if draw < 0.12 => Grade::HARD,
            draw if draw < 0.87 => Grade::GOOD,
            _ => Grade::EASY,
        }
    }

    /// What `recto optimize` does.
    fn fit(&mut self) {
        let histories = self.cards.iter().map(|card| card.events.as_slice());
        let Some(fit) = fit::fit(histories, &self.scheduler.model) else { return };
        if fit.loss_after < fit.loss_before {
            self.scheduler.model = Model::new(fit.weights).expect("sound weights");
            for card in &mut self.cards {
                card.memory = recto::schedule::replay::replay(&self.scheduler, card.events.iter().copied());
            }
        }
    }

    /// What `recto stats` says of the exam.
    fn foretell(&self, course: Course, (today, exam): (Day, Day)) -> f64 {
        let face = |(at, card): (usize, &Card)| FaceState {
            id: FaceId(at as i64 + 1),
            card: at.to_string(),
            deck: "Exam".to_owned(),
            kind: "fact".to_owned(),
            tags: Vec::new(),
            front: String::new(),
            file: String::new(),
            line: 1,
            memory: card.memory,
            marks: Marks::default(),
        };
        let deck = DeckState {
            name: "Exam".to_owned(),
            new_per_day: u32::try_from(course.new_per_day).ok(),
            reviews_per_day: None,
            exam_day: Some(exam),
            exam_weight: None,
            exam_questions: None,
        };
        let material = Material {
            faces: self.cards.iter().enumerate().map(face).collect(),
            given: self.given.clone(),
            decks: vec![deck],
            schedulers: BTreeMap::from([("Exam".to_owned(), self.scheduler.clone())]),
            day: today,
            today: Today::default(),
            spread: 1,
            exams_over: Vec::new(),
            leech_after: 8,
        };
        stats::compute(&material).exams[0].on_the_day
    }
}
