//! Where `::` or `:::` divides a line into the sides of a card, and where it is something else: a
//! name with a path, an address, a property, a type or a proportion.

use std::ops::Range;

use crate::markdown::text::{Atom, Text};

/// First parts of names that are joined with `::`.
const SPACES: &[&str] = &["std", "core", "alloc", "crate", "self", "super", "boost", "tokio", "serde", "qt", "cv"];

/// First words of a declaration of variables, which has `::` before the names.
const TYPES: &[&str] = &["integer", "real", "character", "logical", "complex", "type", "class", "double"];

/// How a line is divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divided {
    /// The bytes of the mark.
    pub at: Range<usize>,
    /// Both directions are asked.
    pub both: bool,
}

/// How sure a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// It divides where the note is known to hold cards.
    Perhaps,
    /// It divides.
    Yes,
}

/// The mark that divides a line; in a note that does not say that it holds cards only a sure one.
pub fn divide(line: &Text, declared: bool) -> Option<Divided> {
    let mask = line.mask();
    let mut best: Option<(Sure, Range<usize>)> = None;
    let marks = marks(&mask, declared);
    let only = marks.len() == 1;
    for at in marks {
        let linked = |r: &&crate::markdown::text::Run| r.start < at.end && r.end > at.start;
        if line.runs().iter().filter(linked).any(|r| r.style.link.is_some() || r.style.atom != Atom::Words) {
            continue;
        }
        let sure = sureness(line, &mask, &at, declared).filter(|s| *s == Sure::Yes || (declared && only));
        if let Some(sure) = sure.filter(|s| best.as_ref().is_none_or(|(b, _)| s > b)) {
            best = Some((sure, at));
        }
    }
    best.map(|(_, at)| Divided { both: at.len() == 3, at })
}

/// Whether a line is a card in any note.
pub fn is_sure(line: &Text) -> bool {
    divide(line, false).is_some()
}

/// Runs of two or three colons; semicolons only where a note is known to hold cards.
fn marks(mask: &str, declared: bool) -> Vec<Range<usize>> {
    let signs: &[char] = if declared { &[':', ';'] } else { &[':'] };
    let mut out = Vec::new();
    for sign in signs {
        let mut from = 0;
        while let Some(at) = mask[from..].find(*sign).map(|n| from + n) {
            let end = at + mask[at..].len() - mask[at..].trim_start_matches(*sign).len();
            let in_braces = mask[..at].matches("{{").count() > mask[..at].matches("}}").count();
            if (2..=3).contains(&(end - at)) && !in_braces {
                out.push(at..end);
            }
            from = end;
        }
    }
    out.sort_by_key(|at| at.start);
    out
}

fn sureness(line: &Text, mask: &str, at: &Range<usize>, declared: bool) -> Option<Sure> {
    let (left, right) = (&mask[..at.start], &mask[at.end..]);
    let (front, back) = (left.trim(), right.trim());
    if front.is_empty() || back.is_empty() {
        // One side is missing: worth a word in a note of cards; elsewhere it introduces code.
        return (declared && !(front.is_empty() && back.is_empty())).then_some(Sure::Perhaps);
    }
    let (before, after) = (left.ends_with(char::is_whitespace), right.starts_with(char::is_whitespace));
    let single = !front.contains(char::is_whitespace);
    if is_proportion(front, back) || (single && back.contains("->")) {
        return None;
    }
    if before && after {
        let first = front.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        let several = mask.matches(&mask[at.start - 1..=at.end]).count() > 1;
        let typed = single && at.len() == 2 && front.starts_with(|c: char| c.is_ascii_lowercase()) && is_type(back);
        let other = TYPES.contains(&first.as_str()) || several || typed;
        return if other { declared.then_some(Sure::Perhaps) } else { Some(Sure::Yes) };
    }
    if single && after && !before && is_property(front) {
        return None;
    }
    let hex = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '/');
    if before && back.split(char::is_whitespace).next().is_some_and(|word| word.chars().all(hex)) {
        // The end of an address, as `::1`.
        return None;
    }
    let asked =
        front.ends_with(['?', '？', '。', '！']) || is_wide(front.chars().next_back()) || is_wide(back.chars().next());
    if asked || is_bold_before(line, at.start) {
        return Some(Sure::Yes);
    }
    (!is_path(left, right)).then_some(Sure::Perhaps)
}

/// `Paris : France :: Rome : Italy`.
fn is_proportion(front: &str, back: &str) -> bool {
    front.contains(" : ") && back.contains(" : ")
}

/// Whether words could be a type, as in `count :: Maybe Int`: a capital, a bracket or a lone letter first.
fn is_type(back: &str) -> bool {
    let first = back.split(char::is_whitespace).next().unwrap_or_default();
    back.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric()) || first.chars().count() == 1
}

/// The name of a property such as `status`, `due-date` or `Author`.
fn is_property(front: &str) -> bool {
    !front.is_empty() && front.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
}

/// Whether the words before a mark are bold and those behind it are not.
fn is_bold_before(line: &Text, at: usize) -> bool {
    let strong =
        |byte: usize| line.runs().iter().find(|r| r.start <= byte && byte < r.end).is_some_and(|r| r.style.strong);
    at > 0 && strong(at - 1) && !strong(at)
}

/// Whether a character is of a script that is written without blanks.
pub fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(u32::from(c), 0x2E80..=0xABFF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF))
}

/// Whether a mark stands inside a name of code, an address or a resource name.
fn is_path(left: &str, right: &str) -> bool {
    if left.ends_with(char::is_whitespace) || right.starts_with(char::is_whitespace) {
        return false;
    }
    let head = left.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tail = right.split(char::is_whitespace).next().unwrap_or_default();
    let bare = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    let space = bare.split(':').next().unwrap_or_default();
    let hex = |word: &str| word.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '/' | '.' | ','));
    let mixed =
        |word: &str| word.contains(|c: char| c.is_ascii_digit()) && word.contains(|c: char| matches!(c, 'a'..='f'));
    let address = hex(head) && hex(tail) && (head.contains(':') || tail.contains(':') || mixed(head) || mixed(tail));
    let called = tail.contains(['(', '<', '~', '{']) && !tail.starts_with('(');
    let joined = head.contains(':') || tail.contains("::");
    let types = bare.contains(['<', '>', '_']) || head.contains("//");
    address || called || joined || types || SPACES.contains(&space.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(plain: &str, declared: bool) -> Option<(String, String)> {
        let line = Text::words(plain);
        let at = divide(&line, declared)?.at;
        Some((plain[..at.start].trim().to_owned(), plain[at.end..].trim().to_owned()))
    }

    #[test]
    fn divides_cards() {
        for plain in [
            "Capital of France :: Paris", "What is X?::Y", "der Hund ::: the dog", "shy :: easily frightened",
            "首都::巴黎", "Who? :: me",
        ] {
            assert!(sides(plain, false).is_some(), "{plain}");
        }
        for plain in ["capital of France::Paris", "7 x 8::56", "Paris:::France", "Name it;;NAT"] {
            assert!(sides(plain, true).is_some() && sides(plain, false).is_none(), "{plain}");
        }
    }

    #[test]
    fn leaves_other_things_alone() {
        let others = [
            "std::string owns its characters", "Call Vec::new() first", "use std::collections::BTreeMap here",
            "arn:aws:s3:::bucket/key", "the address fe80::1 is local", "2001:db8::/32 is for documentation",
            "status:: done", "The loopback is ::1", "Between 12:30::45 and 3::4", "The {{c1::blank}} is filled",
            "map :: (a -> b) -> [a] -> [b]", "Paris : France :: Rome : Italy",
        ];
        for plain in others {
            assert_eq!(sides(plain, true), None, "{plain}");
        }
        for plain in ["Home :: Products :: About", "integer :: n", "x :: Maybe Int", "Example::", "a::b"] {
            assert_eq!(sides(plain, false), None, "{plain}");
        }
    }

    #[test]
    fn takes_the_surest_mark() {
        let divided = sides("What does std::move do? :: it casts", false);
        assert_eq!(divided, Some(("What does std::move do?".to_owned(), "it casts".to_owned())));
    }
}
