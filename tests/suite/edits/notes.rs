//! Notes whose every fact is known by a number, so that the truth of which card is which does not come from the
//! compiler: a card is the fact on whose line it stands.

use super::random::Random;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How a fact is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// `Q:` and `A:`.
    Question,
    /// A sentence with a gap.
    Gap,
    /// A line `front::back`.
    Pair,
    /// A row of a table.
    Row,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// Its number; a fact that is added later has another.
    pub(crate) number: usize,
    /// What it is about.
    pub(crate) subject: String,
    /// What of it is told.
    pub(crate) aspect: String,
    /// What is told.
    pub(crate) value: String,
    /// How it is written.
    pub(crate) way: Way,
    /// How its question is put; there are several wordings.
    pub(crate) wording: usize,
    /// Replacements made in the written text, slips of the pen for example.
    pub(crate) slips: Vec<(String, String)>,
}

/// A note: a path, and headings with facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) path: String,
    pub(crate) sections: Vec<(String, Vec<Fact>)>,
}

/// All notes, and the next number of a fact.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    pub(crate) notes: Vec<Note>,
    pub(crate) next: usize,
}

const ONSETS: [&str; 14] =
    ["Kes", "Mar", "Tol", "Vin", "Ral", "Bren", "Dor", "Fal", "Gim", "Hol", "Jas", "Lum", "Nor", "Pel"];
const MIDDLES: [&str; 10] = ["tre", "vi", "ka", "lo", "mi", "ru", "sta", "ne", "do", "qua"];
const ENDS: [&str; 12] = ["l", "ra", "thon", "via", "rix", "mer", "ston", "dell", "nix", "gard", "ly", "wen"];
const THINGS: [&str; 10] =
    ["queue", "cache", "index", "bucket", "stream", "table", "gateway", "cluster", "pipeline", "scheduler"];
/// What can be told, with the unit of its value; none where it is a name.
const ASPECTS: [(&str, &str); 16] = [
    ("maximum size", "MB"),
    ("default timeout", "seconds"),
    ("retention period", "days"),
    ("retry limit", "retries"),
    ("owner", ""),
    ("wire protocol", ""),
    ("storage engine", ""),
    ("replication factor", "copies"),
    ("consistency model", ""),
    ("price per month", "dollars"),
    ("home region", ""),
    ("backup interval", "hours"),
    ("encryption key", ""),
    ("release year", ""),
    ("warm-up time", "minutes"),
    ("fallback service", ""),
];

/// A name that nothing else is likely to have.
pub(crate) fn name(random: &mut Random) -> String {
    let middle = *random.pick(&MIDDLES);
    let second = if random.below(2) == 0 { *random.pick(&MIDDLES) } else { "" };
    format!("{}{middle}{second}{}", random.pick(&ONSETS), random.pick(&ENDS))
}

/// The value of an aspect.
pub(crate) fn value(aspect: &str, random: &mut Random) -> String {
    match ASPECTS.iter().find(|(known, _)| *known == aspect).map(|(_, unit)| *unit) {
        Some("") if aspect == "release year" => (1960 + random.below(65)).to_string(),
        Some("") | None => format!("the {} {}", name(random), random.pick(&THINGS)),
        Some(unit) => format!("{} {unit}", 2 + random.below(900)),
    }
}

impl Notes {
    /// Notes with so many facts each.
    pub(crate) fn new(notes: usize, facts: usize, random: &mut Random) -> Notes {
        let mut all = Notes::default();
        for number in 0..notes {
            let mut sections = Vec::new();
            let mut left = facts;
            while left > 0 {
                let size = (4 + random.below(4)).min(left);
                left -= size;
                let subject = format!("{} {}", name(random), random.pick(&THINGS));
                let mut aspects = ASPECTS.to_vec();
                random.shuffle(&mut aspects);
                let facts = aspects[..size].iter().map(|(aspect, _)| all.fact(&subject, aspect, random)).collect();
                sections.push((subject, facts));
            }
            all.notes.push(Note { path: format!("note-{number:02}.md"), sections });
        }
        all
    }

    /// A new fact.
    pub(crate) fn fact(&mut self, subject: &str, aspect: &str, random: &mut Random) -> Fact {
        self.next += 1;
        let way = *random.pick(&[Way::Question, Way::Question, Way::Gap, Way::Pair]);
        Fact {
            number: self.next,
            subject: subject.to_owned(),
            aspect: aspect.to_owned(),
            value: value(aspect, random),
            way,
            wording: random.below(3),
            slips: Vec::new(),
        }
    }

    /// The text of each note, and the fact on each of its lines.
    pub(crate) fn written(&self) -> Vec<(String, String, BTreeMap<usize, usize>)> {
        self.notes.iter().map(|note| (note.path.clone(), note.text().0, note.text().1)).collect()
    }
}

impl Note {
    fn text(&self) -> (String, BTreeMap<usize, usize>) {
        let (mut text, mut lines) = (String::from("# Notes\n\n"), BTreeMap::new());
        for (heading, facts) in &self.sections {
            _ = write!(text, "## {heading}\n\n");
            let mut in_table = false;
            for fact in facts {
                let row = fact.way == Way::Row;
                if row && !in_table {
                    text.push_str("| Aspect | Value |\n| --- | --- |\n");
                } else if in_table && !row {
                    text.push('\n');
                }
                in_table = row;
                lines.insert(text.matches('\n').count() + 1, fact.number);
                text.push_str(&fact.text());
                text.push_str(if row { "\n" } else { "\n\n" });
            }
            if in_table {
                text.push('\n');
            }
        }
        (text, lines)
    }
}

impl Fact {
    /// The fact as it stands in the note.
    pub(crate) fn text(&self) -> String {
        let Fact { subject, aspect, value, .. } = self;
        let question = match self.wording % 3 {
            0 => format!("What is the {aspect} of the {subject}?"),
            1 => format!("The {subject} has which {aspect}?"),
            _ => format!("Which {aspect} does the {subject} have?"),
        };
        let text = match (self.way, self.wording % 3) {
            (Way::Question, _) => format!("Q: {question}\nA: {value}"),
            (Way::Gap, 0) => format!("The {aspect} of the {subject} is =={value}==."),
            (Way::Gap, 1) => format!("For the {subject}, the {aspect} is =={value}==."),
            (Way::Gap, _) => format!("The {subject} has =={value}== as its {aspect}."),
            (Way::Pair, _) => format!("{question}::{value}"),
            (Way::Row, _) => format!("| {aspect} | {value} |"),
        };
        self.slips.iter().fold(text, |text, (from, to)| text.replacen(from.as_str(), to, 1))
    }

    /// The fact with a slip of the pen in one of its longer words.
    pub(crate) fn slip(&mut self, of: &str, random: &mut Random) {
        let words: Vec<&str> = of.split(' ').filter(|word| word.len() >= 5 && word.is_ascii()).collect();
        if words.is_empty() {
            return;
        }
        let word = (*random.pick(&words)).to_owned();
        let at = 1 + random.below(word.len() - 2);
        let slipped = match random.below(3) {
            0 => format!("{}{}", &word[..at], &word[at + 1..]),
            1 => format!("{}{}{}", &word[..at], &word[at..=at], &word[at..]),
            _ => {
                let mut bytes = word.clone().into_bytes();
                bytes.swap(at, at - 1);
                String::from_utf8(bytes).unwrap_or_default()
            }
        };
        self.slips.push((word, slipped));
    }
}
