//! Writes study notes of any length: headings, prose, bullets, tables, remarks and questions from
//! templates with changing words. The same seed gives the same bytes.

use std::fmt::Write as _;

/// What a note mostly consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Paragraphs of plain sentences.
    Prose,
    /// Bullets with terms and labels.
    Bullets,
    /// Tables.
    Tables,
    /// Everything that a lesson may hold.
    Lesson,
}

impl Style {
    /// All styles.
    pub(crate) const ALL: [Style; 4] = [Style::Prose, Style::Bullets, Style::Tables, Style::Lesson];

    /// The word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Style::Prose => "prose",
            Style::Bullets => "bullets",
            Style::Tables => "tables",
            Style::Lesson => "lesson",
        }
    }
}

const THINGS: &[&str] = &[
    "stream", "bucket", "index", "cluster", "ledger", "record", "shard", "schema", "queue", "cache", "policy", "role",
    "replica", "gateway", "kernel", "socket", "packet", "enzyme", "membrane", "neuron", "contract", "tariff", "treaty",
    "census", "glacier", "sediment", "isotope", "lens", "turbine", "reactor", "catalog", "crawler", "partition",
];
const NAMES: &[&str] = &[
    "Kestrel", "Harbor", "Lumen", "Quartz", "Meridian", "Atlas", "Cobalt", "Juniper", "Vector", "Orchid", "Falcon",
    "Granite", "Willow", "Beacon", "Saffron", "Tundra",
];
const VERBS: &[&str] =
    &["stores", "reads", "writes", "protects", "moves", "splits", "joins", "counts", "checks", "supports"];
const ADJECTIVES: &[&str] =
    &["regional", "central", "managed", "columnar", "encrypted", "durable", "local", "shared", "primary", "secondary"];
const PURPOSES: &[&str] = &["analytics", "archives", "daily reports", "audits", "training", "recovery", "search"];
const UNITS: &[&str] = &["hours", "days", "GB", "MB/s", "minutes", "copies", "%", "requests"];

/// A note of at least so many bytes.
pub(crate) fn note(style: Style, bytes: usize, seed: u64) -> String {
    let mut writer = Writer { out: String::with_capacity(bytes + 4096), state: seed | 1 };
    while writer.out.len() < bytes {
        writer.section(style);
    }
    writer.out
}

struct Writer {
    out: String,
    state: u64,
}

impl Writer {
    /// The next number of a xorshift generator, below a limit.
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 33).unwrap_or_default() % limit
    }

    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// A name that few other places of the note have: `Kestrel Shard 412`.
    fn name(&mut self) -> String {
        let thing = self.one(THINGS);
        let number = self.below(1000);
        format!("{} {}{} {number}", self.one(NAMES), thing[..1].to_uppercase(), &thing[1..])
    }

    fn add(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn section(&mut self, style: Style) {
        let name = self.name();
        let level = if self.below(4) == 0 { "##" } else { "###" };
        self.add(&format!("{level} {name}\n"));
        match style {
            Style::Prose => self.prose(&name),
            Style::Bullets => self.bullets(),
            Style::Tables => self.table(),
            Style::Lesson => {
                self.prose(&name);
                match self.below(6) {
                    0 => self.table(),
                    1 => self.question(),
                    2 => self.choice(),
                    3 => self.remark(),
                    4 => self.steps(),
                    _ => self.bullets(),
                }
            }
        }
    }

    fn prose(&mut self, name: &str) {
        for _ in 0..=self.below(3) {
            let sentences: Vec<String> = (0..2 + self.below(4)).map(|_| self.sentence(name)).collect();
            self.add(&format!("{}\n", sentences.join(" ")));
        }
    }

    fn sentence(&mut self, name: &str) -> String {
        let (thing, other, verb) = (self.one(THINGS), self.one(THINGS), self.one(VERBS));
        let (adjective, purpose, unit) = (self.one(ADJECTIVES), self.one(PURPOSES), self.one(UNITS));
        let number = 2 + self.below(500);
        match self.below(8) {
            0 => format!("{name} is a {adjective} {thing} for {purpose}."),
            1 => format!("{name} {verb} every {other} within {number} {unit}, so that no {thing} is lost."),
            2 => format!("A {thing} of {number} {unit} **{verb}** the {adjective} {other} (see `{thing}_{number}`)."),
            3 => format!("If the {thing} fails, {name} {verb} a {adjective} {other} instead."),
            4 => format!("It keeps {number} {unit} of {other} data; the {thing} {verb} the rest."),
            5 => format!("Most teams use {name} for {purpose}, but a {adjective} {thing} needs more *care*."),
            6 => format!("The {adjective} {thing} does not expire after {number} {unit}."),
            _ => format!("You can move a {thing} to {name} without a second {other}."),
        }
    }

    fn bullets(&mut self) {
        for _ in 0..3 + self.below(5) {
            let (name, sentence) = (self.name(), self.sentence("It"));
            let (thing, unit, number) = (self.one(THINGS), self.one(UNITS), self.below(900));
            let line = match self.below(4) {
                0 => format!("- **{name}**: {sentence}"),
                1 => format!("- {name} — {} {thing} for {}", self.one(ADJECTIVES), self.one(PURPOSES)),
                2 => format!("- **Limit:** {number} {unit}\n  - Supports {thing}s and {}", self.one(PURPOSES)),
                _ => format!("- Stores up to {number} {unit} of {thing} data"),
            };
            self.add(&line);
        }
        self.add("");
    }

    fn table(&mut self) {
        self.add("| Name | Size | Purpose |\n| --- | --- | --- |");
        for _ in 0..4 + self.below(12) {
            let (name, unit, number) = (self.name(), self.one(UNITS), self.below(900));
            let purpose = self.one(PURPOSES);
            self.add(&format!("| {name} | {number} {unit} | {purpose} |"));
        }
        self.add("");
    }

    fn question(&mut self) {
        let (name, thing, purpose) = (self.name(), self.one(THINGS), self.one(PURPOSES));
        self.add(&format!("Q: What does {name} need for {purpose}?\nA: A {thing} of its own.\n"));
    }

    fn choice(&mut self) {
        let (name, purpose) = (self.name(), self.one(PURPOSES));
        let options: Vec<String> = ["A", "B", "C", "D"].iter().map(|l| format!("{l}) {}\n", self.name())).collect();
        let (right, thing) = (self.one(&["A", "B", "C", "D"]), self.one(THINGS));
        let stem = format!("Which of these does {name} choose for {purpose}?\n\n{}", options.concat());
        self.add(&format!("{stem}\nAnswer: {right} — it has a {thing} of its own.\n"));
    }

    fn remark(&mut self) {
        let (name, purpose, thing) = (self.name(), self.one(PURPOSES), self.one(THINGS));
        let _ = writeln!(
            self.out,
            "> [!WARNING]\n> When a question asks for {purpose} without a {thing}, the answer is {name}.\n"
        );
    }

    fn steps(&mut self) {
        let steps: Vec<String> = (0..3 + self.below(4)).map(|_| self.name()).collect();
        self.add(&format!("{}\n", steps.join(" → ")));
    }
}
