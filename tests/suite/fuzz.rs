//! Every input of `fuzz/corpus` again, as the fuzzer gives it, and a few hundred changes of each.

use crate::fuzz_targets::TARGETS;
use crate::schedule::Dice;
use crate::support::{self, Outcome, ensure};
use libtest_mimic::Trial;
use std::fs;
use std::path::Path;

/// Bytes that mean something to some reader.
const MARKS: &[u8] = b"\n \t-:`|>#*[]({$\\\"\0\x80\xff";

/// Changes of each input.
const CHANGES: u32 = 12;

/// One test for each target.
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |target: &'static (&str, fn(&[u8]))| {
        Trial::test(format!("fuzz: every input of corpus/{} does no harm", target.0), || replay(target))
    };
    TARGETS.iter().map(trial).collect()
}

fn replay((name, read): &(&str, fn(&[u8]))) -> Outcome {
    let folder = support::root().join("fuzz/corpus").join(name);
    let files = support::files_below(&folder);
    ensure(!files.is_empty(), || format!("there is nothing in {}", folder.display()))?;
    let mut dice = Dice(31);
    for file in files {
        let bytes = fs::read(folder.join(&file))?;
        check(name, *read, &bytes)?;
        for _ in 0..CHANGES {
            check(name, *read, &changed(&bytes, &mut dice))?;
        }
    }
    Ok(())
}

/// Fails where reading panics, and keeps what was read.
fn check(name: &str, read: fn(&[u8]), bytes: &[u8]) -> Outcome {
    if std::panic::catch_unwind(|| read(bytes)).is_ok() {
        return Ok(());
    }
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}"));
    fs::write(&kept, bytes)?;
    Err(format!("what was read is in {}", kept.display()).into())
}

/// Something else of much the same.
fn changed(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(u32::try_from(out.len()).unwrap_or(u32::MAX)) as usize;
        match dice.roll(4) {
            _ if out.is_empty() => out.push(b'-'),
            0 => out.truncate(at),
            1 => out[at] = MARKS[dice.roll(u32::try_from(MARKS.len()).unwrap_or(1)) as usize],
            2 => drop(out.drain(at..out.len().min(at + dice.roll(9) as usize))),
            _ => {
                let piece = out[at..out.len().min(at + 30)].to_vec();
                out.splice(at..at, piece);
            }
        }
    }
    out
}
