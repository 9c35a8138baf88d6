//! What Anki's log notes without an answer: that a card was put off, reset or scheduled anew. Such a row sets the
//! memory, and is kept as Anki had it, so that a package can hand it back.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::arrive::{self, ArrivedAnswer, SAME_INSTANT};
use super::{FaceId, log, memory};
use crate::schedule::{Memory, Trace};

/// Whether the log holds it already.
pub(super) fn is_known(database: &Connection, face: FaceId, remark: &ArrivedAnswer) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM reviews JOIN anki_answers AS there ON there.review = seq \
               WHERE face = :face AND kind = 'set' AND abs(at - :at) <= :near \
               AND (there.interval, there.ease, there.stage) = (:interval, :ease, :stage) LIMIT 1";
    let [interval, _, ease, stage] = remark.row;
    let mut statement = database.prepare_cached(sql)?;
    let near = named_params! {
        ":face": face.0,
        ":at": remark.moment.at,
        ":near": SAME_INSTANT,
        ":interval": interval,
        ":ease": ease,
        ":stage": stage,
    };
    Ok(statement.query_row(near, |_| Ok(())).optional()?.is_some())
}

/// Writes it.
pub(super) fn write(transaction: &Transaction, face: FaceId, remark: &ArrivedAnswer) -> rusqlite::Result<()> {
    let set = placed(memory::kept(transaction, face)?, remark);
    let seq = log::set(transaction, face, set.as_ref(), &remark.moment)?;
    arrive::keep_row(transaction, seq, remark.row)
}

/// What it makes of a memory. Anki notes no day; the card's own state, which comes with it, tells the last one.
fn placed(before: Option<Memory>, remark: &ArrivedAnswer) -> Option<Memory> {
    let [interval, _, ease, _] = remark.row;
    if interval == 0 && ease == 0 {
        return None;
    }
    let Some(interval) = u32::try_from(interval).ok().filter(|interval| *interval > 0) else { return before };
    let day = remark.moment.day;
    #[expect(clippy::cast_precision_loss, reason = "memories hold single numbers")]
    let trace = Trace { stability: interval as f32, difficulty: 5.0 };
    let new = Memory { ease: 250, interval, repetitions: 1, lapses: 0, answered: day, due: day, trace };
    let known = before.unwrap_or(new);
    let ease = u32::try_from(ease / 10).ok().filter(|ease| *ease > 0).map_or(known.ease, |ease| ease.max(130));
    Some(Memory { ease, interval, repetitions: known.repetitions.max(1), due: day.plus(interval), ..known })
}
