//! A face as it is shown: what stands in front, what behind, and the options in the order in which
//! they are offered.

use crate::card::{Body, Choice, Content};
use crate::markdown::text::{Gap, Style, Text};
use crate::render::{plain, rows};

/// Where a card came from and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Its deck, levels joined by `::`.
    pub deck: String,
    /// Its kind.
    pub kind: String,
    /// The headings above it.
    pub trail: Vec<String>,
    /// The note's path.
    pub file: String,
    /// The first line it came from.
    pub line: usize,
    /// The last line.
    pub end_line: usize,
    /// What the answer was when the learner last gave it, where it has changed in substance since.
    pub was: Option<String>,
}

/// A face ready to be shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown {
    /// Where the card belongs.
    pub about: About,
    /// What is asked.
    pub front: Content,
    /// The answer; with `whole` it takes the place of the front.
    pub back: Content,
    /// Whether the back holds the front: a text with its gap filled.
    pub whole: bool,
    /// What a typed answer is held against.
    pub answer: String,
    /// What may be chosen, each with the key that chooses it; empty where nothing is.
    pub options: Vec<(char, Choice)>,
    /// The explanation.
    pub why: Option<Content>,
}

impl Shown {
    /// What is asked, on one line of plain words: an open gap is `[…]` already.
    pub fn question(&self) -> String {
        let ungapped = self.front.map_texts(&|text| text.restyle(|style| style.gap = None));
        plain::line(&rows::content(&ungapped))
    }
}

/// The face of a body at a position; `turn` is anything that changes from one question to the next,
/// and options are shuffled by it.
pub fn show(body: &Body, why: Option<&Content>, position: usize, turn: &str) -> Shown {
    let shown = match body {
        Body::Question { question, answer } => sides(question, answer),
        Body::Reversible { front, back } if position == 0 => sides(front, back),
        Body::Reversible { front, back } => sides(back, front),
        Body::Cloze { text } => body.gaps().get(position).map_or_else(Shown::default, |gap| cloze(text, *gap)),
        Body::Choice { stem, options } => {
            let why = why.map(plain::content).unwrap_or_default();
            choice(stem, options, if order_matters(options, &why) { None } else { Some(turn) })
        }
    };
    Shown { why: why.cloned(), ..shown }
}

fn sides(front: &Content, back: &Content) -> Shown {
    Shown { front: front.clone(), back: back.clone(), answer: plain::content(back), ..Shown::default() }
}

fn cloze(text: &Content, number: u16) -> Shown {
    let words = text.texts().into_iter().flat_map(|text| {
        let runs = text.runs().iter().filter(move |run| is(run.style.gap.as_ref(), number));
        runs.map(|run| &text.plain()[run.start..run.end])
    });
    Shown {
        answer: words.collect::<Vec<_>>().join(" "),
        front: text.map_texts(&|text| with_gap(text, number, true)),
        back: text.map_texts(&|text| with_gap(text, number, false)),
        whole: true,
        ..Shown::default()
    }
}

fn is(gap: Option<&Gap>, number: u16) -> bool {
    gap.is_some_and(|gap| gap.number == number)
}

/// The text with one gap open or marked as filled, and the others filled without a mark.
fn with_gap(text: &Text, number: u16, open: bool) -> Text {
    let mut out = Text::default();
    let mut inside = false;
    for run in text.runs() {
        let gap = is(run.style.gap.as_ref(), number);
        if !gap {
            out.append(&text.slice(run.start..run.end).restyle(|style| style.gap = None));
        } else if !open {
            out.append(&text.slice(run.start..run.end));
        } else if !inside {
            let hint = run.style.gap.as_ref().and_then(|gap| gap.hint.clone());
            let words = format!("[{}]", hint.as_deref().filter(|hint| !hint.is_empty()).unwrap_or("…"));
            out.push(&words, Style { gap: run.style.gap.clone(), ..Style::default() }, None);
        }
        inside = gap;
    }
    out
}

/// The options, shuffled by `turn` if there is one.
fn choice(stem: &Content, options: &[Choice], turn: Option<&str>) -> Shown {
    let mut order: Vec<&Choice> = options.iter().collect();
    if let Some(turn) = turn {
        order.sort_by_key(|option| *blake3::hash(format!("{turn} {}", option.letter).as_bytes()).as_bytes());
    }
    let key = |(at, option): (u8, &&Choice)| {
        let letter = if turn.is_some() { char::from(b'a' + at % 26) } else { option.letter.to_ascii_lowercase() };
        (letter, (*option).clone())
    };
    let right = options.iter().filter(|option| option.correct).map(|option| plain::content(&option.content));
    Shown {
        front: stem.clone(),
        answer: right.collect::<Vec<_>>().join("; "),
        options: (0..).zip(&order).map(key).collect(),
        ..Shown::default()
    }
}

/// Whether options or the explanation speak of options by their letters or places, so that they must
/// stay as they are.
fn order_matters(options: &[Choice], why: &str) -> bool {
    let letters: Vec<char> = options.iter().map(|option| option.letter).collect();
    let own = letters.iter().enumerate().all(|(at, c)| c.is_ascii_uppercase() && !letters[..at].contains(c));
    let others = || options.iter().any(|option| names_others(&plain::content(&option.content), &letters));
    // `A` and `I` may be words of the explanation.
    let named = |word: &str| word.chars().all(|c| letters.contains(&c)) && !["A", "I", ""].contains(&word);
    own && (others()
        || names_others(why, &letters)
        || why.split(|c: char| !c.is_alphanumeric()).any(|w| w.len() == 1 && named(w)))
}

fn names_others(text: &str, letters: &[char]) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_letter = |word: &str| {
        let mut chars = word.chars();
        matches!((chars.next(), chars.next()), (Some(c), None) if letters.contains(&c))
    };
    let both =
        words.windows(3).any(|w| is_letter(w[0]) && is_letter(w[2]) && ["and", "or", "und", "oder"].contains(&w[1]));
    let low = text.to_lowercase();
    let phrases = ["of the above", "of these", "the above", "all of them", "the other options", "obigen"];
    both || phrases.iter().any(|phrase| low.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(texts: &[&str]) -> Vec<Choice> {
        let option =
            |(letter, text): (char, &&str)| Choice { letter, content: Content::words(text), correct: letter == 'B' };
        ('A'..).zip(texts).map(option).collect()
    }

    fn offered(texts: &[&str], turn: &str) -> String {
        let body = Body::Choice { stem: Content::words("Which?"), options: options(texts) };
        let shown = show(&body, None, 0, turn);
        let offer = |(key, option): &(char, Choice)| format!("{key}{}", plain::content(&option.content));
        shown.options.iter().map(offer).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn options_are_shuffled_the_same_way_each_time() {
        let texts = ["one", "two", "three", "four", "five"];
        let orders: Vec<String> = ["1", "2", "3"].map(|turn| offered(&texts, turn)).to_vec();
        assert_eq!(orders[0], offered(&texts, "1"));
        assert!(orders.iter().any(|order| *order != orders[0]));
        assert!(orders.iter().all(|order| order.starts_with('a') && order.contains(" b")));
    }

    #[test]
    fn options_that_speak_of_others_stay_where_they_are() {
        assert_eq!(offered(&["one", "two", "All of the above"], "1"), "aone btwo cAll of the above");
        assert_eq!(offered(&["one", "two", "A and B"], "2"), "aone btwo cA and B");
    }

    #[test]
    fn one_gap_is_asked_and_the_others_are_filled() {
        let gap = |number: u16, hint: Option<&str>| Some(Gap { number, hint: hint.map(Into::into) });
        let mut text = Text::words("S3 has ");
        text.push("eleven", Style { gap: gap(1, None), ..Style::default() }, None);
        text.push(" nines of ", Style::default(), None);
        text.push("dura", Style { gap: gap(2, Some("what?")), ..Style::default() }, None);
        text.push("bility", Style { gap: gap(2, Some("what?")), strong: true, ..Style::default() }, None);
        let body = Body::Cloze { text: Content::text(text) };
        let fronts: Vec<String> =
            (0..2).map(|at| show(&body, None, at, "").front.texts()[0].plain().to_owned()).collect();
        assert_eq!(fronts, ["S3 has […] nines of durability", "S3 has eleven nines of [what?]"]);
        assert_eq!(show(&body, None, 0, "").answer, "eleven");
        assert_eq!(show(&body, None, 1, "").back.texts()[0].plain(), "S3 has eleven nines of durability");
    }
}
