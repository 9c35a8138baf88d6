//! Simulated learners with each scheduler: answers a day, retention, and how well an exam is foretold.
//! `benches/README.md` has the table that this prints.
#![expect(clippy::print_stdout, reason = "the table is what this is for")]

mod learners;

use learners::{Course, KINDS, learn};
use recto::schedule::ALGORITHMS;

fn main() {
    let course = Course { cards: 1000, new_per_day: 15, days: 180, foretold: 30 };
    println!("| learner | scheduler | answers a day | known when asked | exam foretold | scored |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for kind in KINDS {
        for algorithm in ALGORITHMS {
            let result = learn(kind, algorithm, course);
            println!(
                "| {} | `{}` | {:.1} | {:.1} % | {:.1} % | {:.1} % |",
                kind.name, algorithm.name, result.answers_a_day, result.retention, result.foretold, result.scored
            );
        }
    }
}
