//! What a rule sees of a note: every block with its place, and the words the note itself uses.

use std::collections::{BTreeMap, BTreeSet};

use super::head::{head, remark};
use super::topic::{Topic, topic};
use crate::language::Language;
use crate::language::english::clause::words;
use crate::language::english::is_meta_heading;
use crate::language::lower::Lower;
use crate::markdown::Document;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;
use crate::markdown::walk::Visit;
use crate::source::Span;

/// A block and where it stands.
pub type Site<'d> = Visit<'d>;

/// A note laid open for the rules.
#[derive(Debug)]
pub struct Scene<'d> {
    /// The note.
    pub document: &'d Document<'d>,
    /// Every block, in order; a block comes before those inside it.
    pub sites: Vec<Site<'d>>,
    /// The words that the note writes in lower case somewhere.
    pub lower: BTreeSet<String>,
    /// The names that the note writes with capitals in running text.
    pub names: BTreeSet<String>,
    /// The labels (lower case) that stand before a colon more than once.
    pub repeated_labels: BTreeSet<String>,
    /// The lines of paragraphs that are lists in disguise, by the index of their site.
    labelled_lines: BTreeMap<usize, Vec<Text>>,
    /// The first bytes of the lists that stand directly below a heading.
    pub opening_lists: BTreeSet<usize>,
    /// The note's language.
    pub language: Language,
}

impl<'d> Scene<'d> {
    /// Lays a note open. `language` is what settings say of notes that do not name theirs.
    pub fn new(document: &'d Document<'d>, language: Option<&str>) -> Self {
        let sites: Vec<Site> = document.walk().collect();
        let texts: Vec<&Text> = sites.iter().flat_map(|s| words_of(s.block)).collect();
        let lower = distinct(texts.iter().flat_map(|t| words(t.plain())).filter(|w| !w.capital).map(|w| w.lower));
        let named = document.front.language.as_deref().or(language);
        let language = Language::of(named, texts.iter().map(|t| t.plain()));
        let proper_names = texts.iter().flat_map(|t| names_of(t)).collect();
        let below_heading = |s: &&Site| s.before().is_some_and(|b| matches!(b.kind, BlockKind::Heading { .. }));
        let lists = sites.iter().filter(|s| matches!(s.block.kind, BlockKind::List { .. }));
        let opening_lists = lists.filter(below_heading).map(|s| s.block.span.start).collect();
        let labelled_lines = labelled_lines(document, &sites);
        let repeated_labels = repeated(&sites);
        Scene { document, sites, lower, names: proper_names, repeated_labels, labelled_lines, opening_lists, language }
    }

    /// The bytes of the note that a text stands in.
    pub fn span_of(&self, text: &Text) -> Option<Span> {
        text.source_range().map(|r| Span::new(self.document.file.id, r.start, r.end))
    }

    /// What the text at a place is about.
    pub fn topic(&self, site: &Site) -> Topic {
        let trail: Vec<&Text> = site.trail().iter().map(|h| h.text).collect();
        self.topic_of(&trail)
    }

    /// What a trail of headings is about.
    pub fn topic_of(&self, trail: &[&Text]) -> Topic {
        topic(trail, &self.lower, &self.names)
    }

    /// Whether a text is a remark's label or another part of the page rather than a thing.
    pub fn is_remark(&self, name: &Text) -> bool {
        remark(name.plain()).is_some() || is_meta_heading(&name.plain().to_lowercase())
    }

    /// Whether the note is in English, or in a language that cannot be told from it.
    pub fn is_english(&self) -> bool {
        self.language == Language::English
    }

    /// The paragraphs that are no dialogue, with their places. A paragraph of which several lines
    /// begin with a bold label comes line by line.
    pub fn paragraphs(&self) -> impl Iterator<Item = (&Site<'d>, &Text)> {
        self.sites.iter().enumerate().flat_map(|(index, site)| match &site.block.kind {
            BlockKind::Paragraph(text) => match self.labelled_lines.get(&index) {
                Some(lines) => lines.iter().map(|line| (site, line)).collect(),
                None if self.is_dialogue(text) || is_command(text) => Vec::new(),
                None => vec![(site, text)],
            },
            _ => Vec::new(),
        })
    }

    /// Whether a paragraph is spoken in turns: two or more of its lines begin with a speaker
    /// (`A:`, `Kellner:`), and at least half of its lines do.
    pub fn is_dialogue(&self, text: &Text) -> bool {
        if !text.plain().contains([':', '：']) {
            return false;
        }
        let lines = text.lines(&self.document.file.text);
        let speaker = |line: &Text| {
            let plain = line.plain();
            let name = plain.split([':', '：']).next().unwrap_or_default();
            let named =
                plain.len() > name.len() && !name.is_empty() && name.chars().count() <= 12 && !name.contains(' ');
            named.then(|| name.to_lowercase())
        };
        let speakers: Vec<String> = lines.iter().filter_map(speaker).collect();
        let distinct: BTreeSet<&String> = speakers.iter().collect();
        let written_cards = distinct.iter().any(|s| matches!(s.as_str(), "q" | "question" | "c"));
        let in_turns = speakers.len() >= 2 && speakers.len() * 2 >= lines.len();
        let few =
            distinct.len() < 4 && (distinct.len() < speakers.len() || speakers.iter().all(|s| s.chars().count() <= 2));
        in_turns && few && !written_cards
    }
}

/// Each word once; most words of a note are repetitions and need no copy.
fn distinct<'t>(words: impl Iterator<Item = Lower<'t>>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for word in words {
        if !out.contains(&*word) {
            out.insert(word.to_string());
        }
    }
    out
}

/// The runs of two to five capitalised words in a text.
fn names_of(text: &Text) -> Vec<String> {
    let plain = text.plain();
    let found = words(plain);
    let mut out = Vec::new();
    for start in 0..found.len() {
        let capitals = found[start..].iter().take(5).take_while(|w| w.capital).count();
        let unbroken = found[start..start + capitals].iter().take_while(|w| !w.stop_after).count().min(capitals);
        for end in start + 1..start + (unbroken + 1).min(capitals) {
            out.push(plain[found[start].start..found[end].end].to_owned());
        }
    }
    out
}

/// Whether a paragraph is a command line that its author did not mark as code.
fn is_command(text: &Text) -> bool {
    let mask = text.mask();
    let flags = mask.match_indices(" --").filter(|(at, _)| mask[at + 3..].starts_with(char::is_alphabetic)).count();
    flags > 1 || mask.starts_with("$ ") || mask.starts_with("> ")
}

/// The pieces of paragraphs of which at least two lines begin with a bold label.
fn labelled_lines(document: &Document, sites: &[Site]) -> BTreeMap<usize, Vec<Text>> {
    let mut out = BTreeMap::new();
    for (index, site) in sites.iter().enumerate() {
        let BlockKind::Paragraph(text) = &site.block.kind else { continue };
        if !text.runs().first().is_some_and(|r| r.style.strong) {
            continue;
        }
        let mut pieces: Vec<Text> = Vec::new();
        for line in text.lines(&document.file.text) {
            let labelled = head(&line).is_some_and(|h| h.bold);
            match pieces.last_mut().filter(|_| !labelled) {
                Some(last) => *last = std::mem::take(last).then(" ").join(&line),
                None => pieces.push(line),
            }
        }
        if pieces.len() > 1 && pieces.iter().all(|p| head(p).is_some_and(|h| h.bold && h.name.chars().count() > 2)) {
            out.insert(index, pieces);
        }
    }
    out
}

/// The labels that stand before a colon in more than one place.
fn repeated(sites: &[Site]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for site in sites {
        if let Some(head) = site.block.text().and_then(head).filter(|h| !h.dash) {
            *counts.entry(head.name.to_lowercase()).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, n)| *n > 1).map(|(label, _)| label).collect()
}

/// The words that stand in a block itself, not in the blocks inside it.
fn words_of(block: &Block) -> Vec<&Text> {
    match &block.kind {
        BlockKind::Paragraph(text) => vec![text],
        BlockKind::Table { rows, .. } => rows.iter().flat_map(|r| &r.cells).collect(),
        _ => Vec::new(),
    }
}
