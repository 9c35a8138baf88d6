//! The single test binary.

#[path = "../anki/judge.rs"]
mod judge;

fn main() {
    libtest_mimic::run(&libtest_mimic::Arguments::from_args(), judge::trials()).exit();
}
