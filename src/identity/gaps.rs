//! Faces keep their numbers: a gap goes by its words, not by its place, so that the review history of one gap
//! never passes to another when gaps are added, moved or taken away.

use super::sketch::cut;
use super::substance;
use crate::dedupe::text;

/// A face that a card had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Had {
    /// Its number.
    pub(super) number: u16,
    /// What is answered: the gap's words, or the whole answer.
    pub(super) words: String,
    /// Whether the card still had it at the last build.
    pub(super) live: bool,
}

pub(super) use crate::card::slot::APART;

/// The numbers of the faces of a text with gaps; `old` and `new` are the texts with gaps marked, `had` what faces
/// the card had, `wanted` the words of each gap number, in order.
pub(super) fn numbers(old: &str, new: &str, had: &[Had], wanted: &[String]) -> Vec<u16> {
    let mut out: Vec<Option<u16>> = vec![None; wanted.len()];
    let mut free: Vec<&Had> = had.iter().collect();
    let take = |out: &mut Vec<Option<u16>>, free: &mut Vec<&Had>, fits: &dyn Fn(&Had, &str) -> bool| {
        for (slot, words) in out.iter_mut().zip(wanted).filter(|(slot, _)| slot.is_none()) {
            if let Some(at) = free.iter().position(|face| fits(face, words)) {
                *slot = Some(free.remove(at).number);
            }
        }
    };
    let same = |face: &Had, words: &str| text::fold(&face.words) == text::fold(words);
    take(&mut out, &mut free, &|face, words| face.live && same(face, words));
    take(&mut out, &mut free, &same);
    take(&mut out, &mut free, &|face, words| face.live && near(&face.words, words));
    // One gap that is gone and one that is new, in the same place: it was reworded. Words that are still there, or
    // were there before, tell of a gap that went to another place.
    let moved = |face: &Had, words: &str| holds(new, &face.words) || holds(old, words);
    let gone = free.iter().filter(|face| face.live).count();
    if gone == 1 && out.iter().filter(|slot| slot.is_none()).count() == 1 {
        take(&mut out, &mut free, &|face, words| face.live && !moved(face, words));
    } else {
        let around = [contexts(old), contexts(new)];
        let fits = |face: &Had, words: &str| face.live && !moved(face, words) && beside(&around, &face.words, words);
        take(&mut out, &mut free, &fits);
    }
    let mut next = had.iter().map(|face| face.number).filter(|number| *number < APART).max().map_or(0, |most| most + 1);
    let fresh = |slot: Option<u16>| {
        slot.unwrap_or_else(|| {
            next += 1;
            next - 1
        })
    };
    out.into_iter().map(fresh).collect()
}

/// Which face a single answer is, where a text with gaps became a question.
pub(super) fn single(had: &[Had], answer: &str) -> Option<u16> {
    let live = || had.iter().filter(|face| face.live);
    if live().count() == 1 {
        return live().next().map(|face| face.number);
    }
    let folded = text::fold(answer);
    let by = |fits: &dyn Fn(&Had) -> bool| live().find(|face| fits(face)).map(|face| face.number);
    by(&|face| text::fold(&face.words) == folded).or_else(|| by(&|face| near(&face.words, answer)))
}

/// Whether two answers say the same in other words.
pub(super) fn near(a: &str, b: &str) -> bool {
    let stems = |said: &str| {
        let folded = text::fold(said);
        let mut stems: Vec<u64> = text::tokens(&folded).iter().filter(|t| t.class.is_none()).map(|t| t.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    let (x, y) = (stems(a), stems(b));
    let shared = x.iter().filter(|stem| y.contains(stem)).count();
    shared * 2 >= x.len().max(y.len()).max(1) || !substance::changed(a, b)
}

/// Whether a text has these words outside its gaps.
fn holds(marked: &str, words: &str) -> bool {
    let (outside, _) = cut(marked);
    let pad = |said: &str| format!(" {} ", text::fold(said).replace(|c: char| !c.is_alphanumeric(), " "));
    pad(&outside).contains(&pad(words))
}

/// A gap's words, and the words before and behind it.
type Context = (String, [String; 2]);

/// Each gap's words with the words before and behind it.
fn contexts(marked: &str) -> Vec<Context> {
    let mut out = Vec::new();
    let mut rest = marked;
    let mut before = String::new();
    while let Some((left, behind)) = rest.split_once("{{c") {
        let Some((inside, after)) = behind.split_once("}}") else { break };
        before.push_str(left);
        let words = inside.split_once("::").map_or("", |(_, words)| words).split("::").next().unwrap_or_default();
        let last = before.split_whitespace().next_back().unwrap_or_default();
        let next = after.split_whitespace().next().unwrap_or_default();
        out.push((words.to_owned(), [text::fold(last), text::fold(next)]));
        before.push_str(words);
        rest = after;
    }
    out
}

/// Whether a gap that went and one that came stand between the same words.
fn beside(around: &[Vec<Context>; 2], old: &str, new: &str) -> bool {
    let find =
        |list: &[Context], words: &str| list.iter().find(|(own, _)| own == words).map(|(_, around)| around.clone());
    let (Some([a, b]), Some([x, y])) = (find(&around[0], old), find(&around[1], new)) else { return false };
    let same = |p: &str, q: &str| !p.is_empty() && p == q;
    same(&a, &x) && (same(&b, &y) || b.is_empty() && y.is_empty()) || same(&b, &y) && a.is_empty() && x.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn had(list: &[(u16, &str)]) -> Vec<Had> {
        list.iter().map(|(number, words)| Had { number: *number, words: (*words).to_owned(), live: true }).collect()
    }

    fn check(old: &str, new: &str, expected: &[u16]) {
        let faces: Vec<Had> =
            cut(old).1.into_iter().zip(0..).map(|(w, n)| Had { number: n, words: w, live: true }).collect();
        assert_eq!(numbers(old, new, &faces, &cut(new).1), expected, "{old} -> {new}");
    }

    #[test]
    fn gaps_go_by_their_words() {
        check("{{c1::S3}} holds {{c2::objects}}", "{{c1::objects}} are in {{c2::S3}}", &[1, 0]);
        check("{{c1::S3}} holds objects", "{{c1::Amazon}} {{c2::S3}} holds objects", &[1, 0]);
        check("{{c1::S3}} holds {{c2::objects}}", "{{c1::S3}} holds {{c2::files}}", &[0, 1]);
    }

    #[test]
    fn a_gap_that_moved_is_another() {
        check("{{c1::S3}} holds objects", "S3 holds {{c1::objects}}", &[1]);
        check("{{c1::a}} then {{c2::b}}", "{{c1::x}} or {{c2::y}}", &[2, 3]);
    }

    #[test]
    fn gaps_reworded_between_the_same_words_are_the_same() {
        check("from {{c1::one}} to {{c2::two}} now", "from {{c1::uno}} to {{c2::dos}} now", &[0, 1]);
    }

    #[test]
    fn a_gap_that_returns_has_its_number() {
        let mut faces = had(&[(0, "S3"), (1, "objects")]);
        faces[1].live = false;
        assert_eq!(numbers("{{c1::S3}} holds objects", "", &faces, &["objects".into(), "S3".into()]), [1, 0]);
    }
}
