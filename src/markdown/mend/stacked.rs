//! Tables that stand on each other with a line of words between them and no blank one: the parser would take the line,
//! the second head and its ruler for rows of the first.

use super::bars::ruler;
use super::lines;
use crate::markdown::view::{View, Weaver};

/// Begins a new table behind a line of words in a table.
pub(super) fn apart<'n>(view: &View<'n>) -> Option<View<'n>> {
    let text = &view.text;
    if !text.contains("--") || !text.contains('|') {
        return None;
    }
    let lines = lines::read(text);
    let row = |at: usize| lines[at].plain() && lines[at].words(text).contains('|');
    let remark = |at: usize| lines[at].plain() && !lines[at].words(text).contains('|');
    let heads = (3..lines.len()).filter(|at| ruler(&lines[*at], text).is_some()).map(|at| at - 1);
    let heads: Vec<usize> = heads.filter(|head| row(*head) && remark(head - 1) && row(head - 2)).collect();
    if heads.is_empty() {
        return None;
    }
    let mut weaver = Weaver::new(view);
    for head in heads {
        for line in [head - 1, head] {
            weaver.keep_to(lines[line].start);
            weaver.add(lines[line].marks(text));
            weaver.add("\n");
        }
    }
    Some(weaver.finish())
}
