//! What a rule sees of a note: every block with its place, and the words the note itself uses.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::filing::{is_exam_line, is_metadata, slugs, without_filing, without_place};
use super::head::{head, remark};
use super::native;
use super::table::is_vocabulary;
use super::topic::{Topic, clean_heading, topic};
use crate::language::english::clause::{Word, is_determiner, parse, words};
use crate::language::english::noun::is_preposition;
use crate::language::english::phrase::is_auxiliary;
use crate::language::english::{is_adjective, is_meta_heading};
use crate::language::{Language, detect};
use crate::markdown::Document;
use crate::markdown::block::{Block, BlockKind, Row};
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
    /// The words (lower case) that the note uses time and again, so that they tell nothing as a gap.
    pub frequent: BTreeSet<String>,
    /// The names that the note mentions time and again, so that anybody would guess them.
    pub usual: BTreeSet<String>,
    /// The names that the note writes with capitals in running text.
    pub names: BTreeSet<String>,
    /// The labels (lower case) that stand before a colon more than once.
    pub repeated_labels: BTreeSet<String>,
    /// Those of them that all stand in one section: there they name its members, told of twice.
    pub section_labels: BTreeSet<String>,
    /// Short lines that stand more than once by themselves, in lower case and without a colon.
    pub repeated_lines: BTreeSet<String>,
    /// The first bytes of the lists that stand directly below a heading.
    pub opening_lists: BTreeSet<usize>,
    /// The first bytes of the paragraphs whose lines are a list without bullets.
    pub line_lists: BTreeSet<usize>,
    /// The first bytes of the lists that only give an example of what was said before.
    pub example_lists: BTreeSet<usize>,
    /// The first bytes of the lists below a short line that names what they are about, and whether that line is
    /// the first below its heading.
    pub led_lists: BTreeMap<usize, bool>,
    /// The note's language.
    pub language: Language,
    /// Whether a good part of the note is in another language.
    pub mixed: bool,
    /// Whether the note teaches a language: its sentences are examples.
    pub course: bool,
    /// What is read as running text, each with the index of its site.
    passages: Vec<(usize, Cow<'d, Text>)>,
    /// The sections, by [`Site::section_number`].
    sections: Vec<Section>,
}

/// What the blocks below one heading have in common.
#[derive(Debug)]
struct Section {
    topic: Topic,
    trail: Vec<String>,
}

impl<'d> Scene<'d> {
    /// Lays a note open. `language` is what settings say of notes that do not name theirs.
    pub fn new(document: &'d Document<'d>, language: Option<&str>) -> Self {
        let sites = without_navigation(document.walk().collect());
        let texts: Vec<&Text> = sites.iter().flat_map(|s| words_of(s.block)).collect();
        let told = document.front.language.as_deref().or(language);
        let teaches = |s: &&Site| matches!(&s.block.kind, BlockKind::Table { head, .. } if is_vocabulary(head));
        let told_by = sites.iter().filter(|s| !teaches(s)).flat_map(|s| words_of(s.block));
        let detected = detect::detect(told_by.map(Text::plain));
        let language = told.map_or(detected.language, Language::named);
        let course = sites.iter().any(|s| teaches(&s));
        let mixed = detected.mixed || language != detected.language;
        let (lower, names) = vocabulary(&texts);
        let frequent = frequent(&texts);
        let usual = usual(&texts);
        let below_heading = |s: &&Site| s.before().is_some_and(|b| matches!(b.kind, BlockKind::Heading { .. }));
        let lists = sites.iter().filter(|s| matches!(s.block.kind, BlockKind::List { .. }));
        let opening_lists = lists.filter(below_heading).map(|s| s.block.span.start).collect();
        let gives_example = |s: &&Site| s.before().and_then(Block::text).is_some_and(announces_example);
        let lists = sites.iter().filter(|s| matches!(s.block.kind, BlockKind::List { .. }));
        let example_lists = lists.filter(gives_example).map(|s| s.block.span.start).collect();
        let led = |s: &&Site| {
            s.item().is_none() && s.before().filter(|b| !b.is_heading()).and_then(Block::text).is_some_and(leads)
        };
        let lists = sites.iter().filter(|s| matches!(s.block.kind, BlockKind::List { .. }));
        let first = |s: &Site| s.index.checked_sub(2).and_then(|at| s.siblings.get(at)).is_some_and(Block::is_heading);
        let led_lists = lists.filter(led).map(|s| (s.block.span.start, first(s))).collect();
        let note = &document.file.text;
        let lines = |s: &&Site| s.block.text().is_some_and(|t| s.item().is_none() && is_line_list(&t.lines(note)));
        let line_lists = sites.iter().filter(lines).map(|s| s.block.span.start).collect();
        let (repeated_labels, section_labels) = repeated(&sites);
        let repeated_lines = repeated_lines(&sites);
        // Where nouns have capitals, or lines are not wrapped at blanks, a capital tells nothing.
        let width = if language == Language::English { wrap_width(&sites, &document.file.text) } else { 0 };
        let mut passages = passages(&sites, &document.file.text, width);
        if language != Language::English {
            let task = |site: &Site| site.item().is_some_and(|i| i.checked.is_some());
            passages.retain(|(index, _)| !native::topic::is_silent(&sites[*index]) && !task(&sites[*index]));
        }
        let topic = |trail: &[&Text]| match language {
            Language::English => topic(trail, &lower, &names),
            _ => native::topic::topic(trail, language),
        };
        let sections = sections(&sites, topic);
        Scene {
            document,
            sites,
            lower,
            frequent,
            usual,
            names,
            repeated_labels,
            section_labels,
            repeated_lines,
            opening_lists,
            line_lists,
            example_lists,
            led_lists,
            language,
            mixed,
            course,
            passages,
            sections,
        }
    }

    /// The bytes of the note that a text stands in.
    pub fn span_of(&self, text: &Text) -> Option<Span> {
        text.source_range().map(|r| Span::new(self.document.file.id, r.start, r.end))
    }

    /// What the text at a place is about.
    pub fn topic(&self, site: &Site) -> &Topic {
        &self.sections[site.section_number()].topic
    }

    /// The headings above the blocks of a section, as cards show them, the largest first.
    pub fn trail(&self, section: usize) -> &[String] {
        &self.sections[section].trail
    }

    /// What a trail of headings is about.
    pub fn topic_of(&self, trail: &[&Text]) -> Topic {
        topic(trail, &self.lower, &self.names)
    }

    /// The block before the list that a block is an item of, where that stands in no other.
    pub fn above_list(&self, site: &Site<'d>) -> Option<&'d Block> {
        let list =
            site.parent.filter(|list| matches!(list.kind, BlockKind::List { .. }) && site.outer_item().is_none())?;
        let from = self.sites.partition_point(|other| other.block.span.start < list.span.start);
        self.sites[from..].iter().take(3).find(|other| other.block.span == list.span)?.before()
    }

    /// Whether a text is a remark's label or another part of the page rather than a thing.
    pub fn is_remark(&self, name: &Text) -> bool {
        remark(name.plain()).is_some() || is_meta_heading(&name.plain().to_lowercase())
    }

    /// Whether the note is in English, or in a language that cannot be told from it.
    pub fn is_english(&self) -> bool {
        self.language == Language::English
    }

    /// Whether a text is in the note's language, as far as can be told; always so in a note of one language.
    pub fn reads(&self, text: &Text) -> bool {
        !self.mixed
            || self.language == Language::Other
            || detect::of_sentence(text.plain()).is_none_or(|l| l == self.language)
    }

    /// The paragraphs that are no dialogue, with their places. A paragraph of which several lines
    /// begin with a bold label comes line by line.
    pub fn paragraphs(&self) -> impl Iterator<Item = (&Site<'d>, &Text)> {
        self.passages.iter().map(|(index, text)| (&self.sites[*index], text.as_ref()))
    }

    /// Whether a paragraph is spoken in turns.
    pub fn is_dialogue(&self, text: &Text) -> bool {
        is_dialogue(text, &self.document.file.text)
    }
}

/// Whether a line announces an example: `An example is:`.
fn announces_example(text: &Text) -> bool {
    let plain = text.plain().trim_end().to_lowercase();
    plain.ends_with(':') && plain.len() < 60 && plain.contains("example") && !plain.contains("examples")
}

/// All blocks but those of tables of contents: lists and tables of links into the page.
fn without_navigation(mut sites: Vec<Site>) -> Vec<Site> {
    let mut end = 0;
    sites.retain(|site| {
        if site.block.span.start >= end && is_table_of_contents(site.block) {
            end = site.block.span.end;
        }
        site.block.span.start >= end
    });
    sites
}

fn is_table_of_contents(block: &Block) -> bool {
    let leads_on = |text: &Text| {
        let mut runs = text.runs().iter().filter(|r| !text.plain()[r.start..r.end].trim().is_empty());
        runs.all(|r| r.style.link.as_ref().is_some_and(|target| target.starts_with('#')))
    };
    match &block.kind {
        BlockKind::List { items, .. } => {
            !items.is_empty() && items.iter().all(|item| item.text().is_some_and(leads_on))
        }
        BlockKind::Table { rows, .. } => {
            let linked = |row: &Row| row.cells.iter().any(|cell| !cell.is_blank() && leads_on(cell));
            rows.len() > 2 && rows.iter().skip(1).all(linked)
        }
        _ => false,
    }
}

/// Whether a paragraph is spoken in turns: two or more of its lines begin with a speaker
/// (`A:`, `Kellner:`), and at least half of its lines do.
fn is_dialogue(text: &Text, note: &str) -> bool {
    if !text.plain().contains([':', '：']) {
        return false;
    }
    let lines = text.lines(note);
    let speaker = |line: &Text| {
        let plain = line.plain();
        let name = plain.split([':', '：']).next().unwrap_or_default();
        let named = plain.len() > name.len() && !name.is_empty() && name.chars().count() <= 12 && !name.contains(' ');
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

/// The words that texts write in lower case, and the names that they write with capitals.
fn vocabulary(texts: &[&Text]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut lower, mut names) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        let found = words(text.plain());
        let slugs = slugs(text);
        let written = |w: &&Word| !w.capital && !slugs.iter().any(|slug| slug.contains(&w.start));
        add(&mut lower, found.iter().filter(written).map(|w| w.lower.as_str()));
        add(&mut names, names_of(text.plain(), &found).into_iter());
    }
    (lower, names)
}

/// Whether a line is a short one that names something: `Weaknesses`, `Three problems:`.
fn leads(line: &Text) -> bool {
    let plain = line.plain().trim();
    let count = plain.split_whitespace().count();
    count <= 5 && !plain.ends_with(['.', '!', '?', ';']) && parse(&line.mask()).is_none()
}

/// The words that texts write at least eight times in lower case.
fn frequent(texts: &[&Text]) -> BTreeSet<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let pieces = texts.iter().flat_map(|t| t.plain().split(|c: char| !c.is_alphanumeric() && c != '-'));
    for word in pieces.filter(|w| w.len() > 2 && w.bytes().all(|b| b.is_ascii_lowercase())) {
        *counts.entry(word).or_default() += 1;
    }
    let often = counts.into_iter().filter(|(_, n)| *n >= 8);
    often.map(|(word, _)| word.to_owned()).collect()
}

/// The names of one word that texts write at least twelve times.
fn usual(texts: &[&Text]) -> BTreeSet<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let pieces = texts.iter().flat_map(|t| t.plain().split(|c: char| !c.is_alphanumeric() && c != '-'));
    for word in pieces.filter(|w| w.starts_with(char::is_uppercase)) {
        *counts.entry(word).or_default() += 1;
    }
    counts.into_iter().filter(|(_, n)| *n >= 12).map(|(word, _)| word.to_owned()).collect()
}

/// Most words of a note are repetitions and need no copy.
fn add<'t>(set: &mut BTreeSet<String>, words: impl Iterator<Item = &'t str>) {
    for word in words {
        if !set.contains(word) {
            set.insert(word.to_owned());
        }
    }
}

/// The runs of two to five capitalised words in a text.
fn names_of<'t>(plain: &'t str, found: &[Word]) -> Vec<&'t str> {
    let mut out = Vec::new();
    for start in 0..found.len() {
        let capitals = found[start..].iter().take(5).take_while(|w| w.capital).count();
        let unbroken = found[start..start + capitals].iter().take_while(|w| !w.stop_after).count().min(capitals);
        for end in start + 1..start + (unbroken + 1).min(capitals) {
            out.push(&plain[found[start].start..found[end].end]);
        }
    }
    out
}

/// Whether a paragraph is a command line that its author did not mark as code.
pub fn is_command(text: &Text) -> bool {
    const PROGRAMS: &[&str] = &[
        "kubectl", "docker", "git", "aws", "gcloud", "npm", "yarn", "pip", "sudo", "curl", "helm", "etcdctl", "crictl",
        "systemctl", "openssl", "terraform", "ansible", "journalctl", "chmod", "chown", "mkdir", "ssh", "scp",
        "kubeadm", "apt", "apt-get", "yum", "brew", "cargo", "psql", "mysql", "grep", "echo", "cat",
    ];
    let mask = text.mask();
    let program = mask.split(' ').next().unwrap_or_default();
    let flags_or_sub =
        mask.split(' ').nth(1).is_some_and(|w| w.starts_with(|c: char| c.is_lowercase() || "-<./$".contains(c)));
    let sentence = mask.trim_end().ends_with(['.', ':']) || mask.contains(" is ") || mask.contains(" the ");
    if PROGRAMS.contains(&program) && flags_or_sub && !sentence {
        return true;
    }
    let flags = mask.match_indices(" --").filter(|(at, _)| mask[at + 3..].starts_with(char::is_alphabetic)).count();
    flags > 1 || mask.starts_with("$ ") || mask.starts_with("> ")
}

/// The paragraphs that are no dialogue; one of labelled lines comes line by line.
fn passages<'d>(sites: &[Site<'d>], note: &str, width: usize) -> Vec<(usize, Cow<'d, Text>)> {
    let mut out = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        let BlockKind::Paragraph(text) = &site.block.kind else { continue };
        if is_dialogue(text, note) || is_metadata(text) || is_exam_line(text) {
            continue;
        }
        if let Some(lines) = labelled_lines(text, note) {
            out.extend(without_filing(lines).into_iter().map(|line| (index, Cow::Owned(line))));
        } else if let Some(pieces) = short_lines(text, note, width) {
            out.extend(pieces.into_iter().map(|piece| (index, Cow::Owned(piece))));
        } else if !is_command(text) {
            out.push((index, without_place(text).map_or(Cow::Borrowed(text), Cow::Owned)));
        }
    }
    out
}

/// The pieces of a paragraph of which at least two lines begin with a bold label.
fn labelled_lines(text: &Text, note: &str) -> Option<Vec<Text>> {
    text.runs().first().filter(|r| r.style.strong)?;
    let mut pieces: Vec<Text> = Vec::new();
    for line in text.lines(note) {
        let labelled = head(&line).is_some_and(|h| h.bold);
        match pieces.last_mut().filter(|_| !labelled) {
            Some(last) => *last = std::mem::take(last).then(" ").join(&line),
            None => pieces.push(line),
        }
    }
    let all = pieces.iter().all(|p| head(p).is_some_and(|h| h.bold && h.name.chars().count() > 2));
    (pieces.len() > 1 && all).then_some(pieces)
}

/// The width, in characters, at which nearly all lines of a note's paragraphs were broken.
fn wrap_width(sites: &[Site], note: &str) -> usize {
    let mut widths: Vec<usize> = Vec::new();
    for site in sites {
        let BlockKind::Paragraph(text) = &site.block.kind else { continue };
        let lines = text.lines(note);
        let broken = lines.len().saturating_sub(1);
        widths.extend(lines.iter().take(broken).map(|line| line.plain().chars().count()));
    }
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).copied().unwrap_or(0)
}

/// Whether lines are a list that lacks its bullets: all begin with a term and a dash, or nearly all of many.
fn is_line_list(lines: &[Text]) -> bool {
    let termed = lines.iter().filter(|line| head(line).is_some_and(|h| h.dash)).count();
    lines.len() > 1 && termed == lines.len() || termed >= 4 && termed * 5 >= lines.len() * 4
}

/// The pieces of a paragraph whose author ended lines early and without a full stop: a line well
/// short of the longest, before one that begins with a capital, is a statement of its own, and so is one
/// behind which the next word would have had room.
fn short_lines(text: &Text, note: &str, width: usize) -> Option<Vec<Text>> {
    let lines = text.lines(note);
    if is_line_list(&lines) {
        return Some(lines);
    }
    let longest = lines.iter().map(|l| l.plain().chars().count()).max().filter(|_| lines.len() > 1)?;
    let mut pieces: Vec<Text> = Vec::new();
    let (mut ended, mut room) = (true, 0);
    for line in lines {
        let starts = line.plain().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let first = line.plain().split(' ').next().map_or(0, |w| w.chars().count());
        let whole = ended && (room == 0 || first + 4 < room);
        match pieces.last_mut().filter(|_| !(whole && starts)) {
            Some(last) => *last = std::mem::take(last).then(" ").join(&line),
            None => pieces.push(line.clone()),
        }
        let found = words(line.plain());
        // `because they are stateful` is whole, `with a private` is not.
        let told = found.iter().rev().nth(1).is_some_and(|w| is_auxiliary(&w.lower));
        let tail = found.last().is_some_and(|w| {
            let small = is_preposition(&w.lower) || is_determiner(&w.lower) || is_auxiliary(&w.lower);
            small || is_joint(&w.lower) || is_adjective(&w.lower) && !told
        });
        let stopped = line.plain().trim_end().ends_with(['.', '?', '!', ':', ';', ',']);
        let length = line.plain().chars().count();
        let short = length * 10 < longest * 7;
        room = if short { 0 } else { width.saturating_sub(length) };
        ended = !tail && !stopped && (short || room > 0);
    }
    (pieces.len() > 1).then_some(pieces)
}

/// Whether a word (lower case) leads on to a further one: `and`, `not`.
fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "or" | "but" | "not" | "as" | "also" | "only" | "more" | "less" | "like" | "such")
}

/// Topic and trail of every section; the first is what stands above all headings.
fn sections(sites: &[Site], topic: impl Fn(&[&Text]) -> Topic) -> Vec<Section> {
    let section = |trail: Vec<&Text>| Section {
        topic: topic(&trail),
        trail: trail.iter().map(|h| clean_heading(h).plain().to_owned()).filter(|h| !h.is_empty()).collect(),
    };
    let headings = sites.iter().filter_map(|s| Some((s, s.block.text()?)).filter(|_| s.block.is_heading()));
    let below = headings.map(|(s, own)| s.trail().iter().map(|h| h.text).chain([own]).collect());
    std::iter::once(Vec::new()).chain(below).map(section).collect()
}

/// The labels that stand before a colon in more than one place.
/// The labels that stand more than once, and those that do so in one section alone.
fn repeated(sites: &[Site]) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut places: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
    for site in sites {
        if let Some(head) = site.block.text().and_then(head).filter(|h| !h.dash) {
            let heading = site.heading().map_or("", Text::plain);
            places.entry(head.name.to_lowercase()).or_default().push((site.section_number(), heading));
        }
    }
    let one = |sections: &[(usize, &str)]| sections.iter().all(|(section, _)| *section == sections[0].0);
    // A section that a note holds twice says nothing of its labels.
    let copied = |sections: &[(usize, &str)]| sections.iter().all(|(_, heading)| *heading == sections[0].1);
    places.retain(|_, sections| sections.len() > 1 && (one(sections) || !copied(sections)));
    let within = places.iter().filter(|(_, sections)| one(sections)).map(|(label, _)| label.clone()).collect();
    (places.into_keys().collect(), within)
}

/// The longest line that may be a label, in bytes.
const LABEL_LINE: usize = 80;

fn repeated_lines(sites: &[Site]) -> BTreeSet<String> {
    let short = |text: &&Text| text.plain().len() <= LABEL_LINE;
    let mut seen = BTreeSet::new();
    let lines = sites.iter().filter_map(|site| site.block.text()).filter(short);
    let names = lines.map(|text| text.plain().trim().trim_end_matches([':', '：']).to_lowercase());
    names.filter(|name| !seen.insert(name.clone())).collect()
}

/// The words that stand in a block itself, not in the blocks inside it.
fn words_of(block: &Block) -> Vec<&Text> {
    match &block.kind {
        BlockKind::Paragraph(text) => vec![text],
        BlockKind::Table { rows, .. } => rows.iter().flat_map(|r| &r.cells).collect(),
        _ => Vec::new(),
    }
}
