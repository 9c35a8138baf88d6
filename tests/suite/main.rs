//! The single test binary: every case folder, manual page and rule of the house is one named test.
//!
//! `cargo test` runs all, `cargo test -- rules/` those whose name holds `rules/`, and
//! `UPDATE=1 cargo test` rewrites the expected files of the cases. `tests/README.md` says how a case is written.
#![expect(clippy::disallowed_methods, reason = "tests set up folders, run the program and wait for it")]

mod broken;
mod cases;
mod cli;
mod codes;
mod database;
mod dedupe;
mod dependencies;
mod edits;
mod faults;
mod findings;
mod fuzz;
#[path = "../../fuzz/targets.rs"]
mod fuzz_targets;
mod hostile;
mod import;
mod invariants;
#[path = "../anki/judge.rs"]
mod judge;
mod keeping;
#[path = "../../benches/learners/mod.rs"]
mod learners;
mod media;
mod merging;
mod own;
mod print;
mod push;
mod readme;
mod rebuild;
mod review;
mod roundtrip;
mod rules;
mod schedule;
mod session;
mod sitting;
mod stats;
mod store;
mod study;
mod support;
mod tidy;

use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

/// Everything that yields trials.
const COLLECTIONS: &[fn() -> Vec<Trial>] = &[
    cases::trials,
    broken::trials,
    rules::trials,
    codes::trials,
    tidy::trials,
    readme::trials,
    cli::trials,
    dedupe::trials,
    edits::trials,
    schedule::trials,
    store::trials,
    media::trials,
    review::trials,
    print::trials,
    sitting::trials,
    keeping::trials,
    merging::trials,
    faults::trials,
    fuzz::trials,
    hostile::trials,
    dependencies::trials,
    study::trials,
    stats::trials,
    database::trials,
    judge::trials,
    roundtrip::trials,
    import::trials,
    push::trials,
    own::trials,
    rebuild::trials,
];

fn main() -> ExitCode {
    if keeping::answer_until_killed() {
        return ExitCode::SUCCESS;
    }
    let trials = COLLECTIONS.iter().flat_map(|collect| collect()).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
