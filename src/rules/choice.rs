//! Multiple choice: a question, lettered options or check boxes, a key and an explanation.

use std::borrow::Cow;

use super::against::against;
use super::answer_key::{AnswerKey, answer_keys, look_up, number_of};
use super::divider::is_wide;
use super::draft::{Draft, Drafts, Made};
use super::explained::{code_of, explained};
use super::key::{Key, find_key};
use super::markup_question::{QUESTION, marked};
use super::options::{
    Style, are_in_one_line, below, is_truth, key_within, number_of_letter, options, sign, style, without,
};
use super::scene::{Scene, Site};
use super::stem::{is_picture, stem, unspoilt, without_number};
use super::written::{following, site_of};
use super::{Example, Rule};
use crate::card::{Body, Choice, Content, Kind};
use crate::diagnostic::Finding;
use crate::markdown::block::{Block, BlockKind, Item};
use crate::markdown::text::{Run, Text};
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "choice",
    summary: "multiple choice with options, key and explanation",
    manual: "\
A question, also as a heading, followed by options becomes one choice card. Options are lettered (`A)`, `b.`,
`(C)`, in lines, as a list, or behind the question in its line), check boxes with the right ones ticked, or bullets with ✅ or `(correct)` at
the right ones and perhaps ❌ at the others; in a note that does so more than once, bold letters are right. Lettered or numbered options need a key: `Answer: B`, `Correct
answers: A, C`, `Ans: c` or the option's words, also inside `<details>`, or a part *Answers* further down
with `1. B`, `2. D`. What stands behind the key or below an option is the explanation, and a sentence
that says why an option is wrong becomes a card of its own.

Lettered options without a key make no card, and none of them is taken for a fact. Boxes are options only
below a question, or in a note with several such questions; elsewhere they are tasks.",
    example: Example {
        note: "\
Which protocol has no handshake?

A) TCP
B) UDP
C) QUIC

Answer: B — UDP sends at once. A needs three packets first.
",
        cards: "\
[choice] choice  @ 1-7
Q: Which protocol has no handshake?
( ) A) TCP
(x) B) UDP
( ) C) QUIC
why: UDP sends at once. A needs three packets first.

[question] choice  @ 1-7
Q: “Which protocol has no handshake?” Why is the answer not “TCP”?
A: Needs three packets first
",
    },
    extract,
};

/// Words that ask for options, in lower case.
const CHOOSE: &[&str] =
    &["select ", "choose ", "pick ", "wähle", "choisi", "seleccion", "elige", "选择", "___", "（ ）", "( )"];

/// Words of lists that hold points in favour and against, in lower case.
const WEIGHING: &[&str] = &[
    "pros", "cons ", "advantage", "drawback", "benefit", "should i", "should you", "when to", "vorteil", "nachteil",
    "avantage", "inconvénient", "ventaja", "优点", "缺点", "优缺点",
];

/// The most options of a question.
const MOST: usize = 26;

/// The letters that options may have.
const LETTERS: &[char] = &['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'];

/// How many questions with boxes make an exam of a note.
const EXAM: usize = 3;

fn extract(scene: &Scene, out: &mut Drafts) {
    let mut lists: Vec<Options> = scene.sites.iter().filter_map(|site| Options::of(scene, site)).collect();
    let asked = |o: &&Options| o.is_answered() && o.asks();
    let bold = lists.iter().filter(|o| o.style == Style::Letters && o.asks() && o.has_bold()).count() > 1;
    let page = Page { keys: answer_keys(scene), exam: lists.iter().filter(asked).count() >= EXAM, bold };
    // Where the last question and its key end.
    let mut done = 0;
    for options in &mut lists {
        if !out.is_taken(options.site.block.span) && options.site.block.span.start >= done {
            options.stem.retain(|block| block.span.start >= done);
            let end = read(scene, out, options, &page);
            done = end.unwrap_or(done);
            if end.is_none() && options.style == Style::Boxes {
                // Tasks say nothing that is to be learnt.
                out.silenced.push(options.span);
            }
        }
    }
    for site in scene.sites.iter().filter(|s| s.block.text().is_some_and(are_in_one_line)) {
        if !out.is_taken(site.block.span) {
            let help = "write each option on a line of its own";
            let message = "options in one line make no card";
            out.findings.push(Finding::warning("choice-in-line", message, site.block.span).help(help));
            out.silenced.push(site.block.span);
        }
    }
    if lists.iter().any(|o| o.style == Style::Letters) {
        out.silenced.extend(page.keys.iter().map(|key| key.span));
    }
}

/// What the whole note says of its questions.
struct Page {
    keys: Vec<AnswerKey>,
    /// Its boxes are options even where nothing asks.
    exam: bool,
    /// It sets right options in bold, more than once.
    bold: bool,
}

/// The options of a question, and the question.
struct Options<'s, 'd> {
    site: &'s Site<'d>,
    items: Cow<'d, [Item]>,
    /// The options with all that stands between them.
    span: Span,
    style: Style,
    stem: Vec<&'d Block>,
    /// The title of the remark they stand in, where it asks: `> [!question] Which …?`.
    title: Option<&'d Text>,
    /// A key that is glued to the last option.
    within: &'d [Block],
    /// What stands behind the list or quotation that ends with them.
    outside: &'d [Block],
}

impl<'s, 'd> Options<'s, 'd> {
    fn of(scene: &'s Scene<'d>, site: &'s Site<'d>) -> Option<Self> {
        let BlockKind::List { marker, items } = &site.block.kind else { return None };
        let items = without_source(items);
        let within = key_within(items);
        let whole = || (Cow::Borrowed(items), site.block.span);
        let cut = Some((without(items, within), site.block.span)).filter(|_| !within.is_empty());
        let (items, span) = cut.or_else(|| apart(site, items)).unwrap_or_else(whole);
        let style = style(*marker, &items)?;
        let quote = site.parent.filter(|p| matches!(p.kind, BlockKind::Quote(_)) && site.index == 0);
        let quote = quote.and_then(|quote| site_of(scene, quote));
        let title = site.parent.and_then(title);
        let outside = match quote.filter(|_| site.after().is_empty()) {
            Some(quote) => quote.after(),
            None => following(scene, site),
        };
        Some(Options { site, items, span, style, stem: stem(quote.unwrap_or(site)), title, within, outside })
    }

    /// What stands behind the options.
    fn after(&self) -> &'d [Block] {
        let after = self.site.after();
        &after[after.partition_point(|b| b.span.start < self.span.end)..]
    }

    /// Whether the options say by themselves which of them are right.
    fn is_answered(&self) -> bool {
        match self.style {
            Style::Boxes => self.items.iter().any(|i| i.checked == Some(true)),
            Style::Signs => true,
            Style::Letters | Style::Numbers => false,
        }
    }

    /// Whether some of the options are bold, and others are not.
    fn has_bold(&self) -> bool {
        let bold = self.items.iter().filter(|item| is_bold(item)).count();
        bold > 0 && bold < self.items.len()
    }

    /// Whether the words before the options ask for one.
    fn asks(&self) -> bool {
        let asks = |text: &Text| {
            let lower = text.plain().to_lowercase();
            marked(text, QUESTION).is_some()
                || lower.contains(['?', '？'])
                || CHOOSE.iter().any(|word| lower.contains(word))
        };
        self.title.is_some() || self.stem.iter().filter_map(|b| b.text()).any(asks)
    }

    /// Where the question begins.
    fn start(&self) -> Span {
        let titled = self.site.parent.filter(|_| self.title.is_some());
        titled.map_or(self.stem.first().map_or(self.span, |s| s.span), |remark| remark.span)
    }

    /// Whether there is a question.
    fn has_stem(&self) -> bool {
        self.title.is_some() || !self.stem.is_empty()
    }

    /// Whether they end where options may go on.
    fn leads(&self) -> bool {
        self.stem.last().and_then(|b| b.text()).is_some_and(|t| t.plain().trim_end().ends_with([':', '：', '…']))
    }

    /// Whether these are options of a question rather than tasks, steps or points.
    fn are_asked(&self, page: &Page) -> bool {
        let truth = is_truth(&self.items);
        match self.style {
            Style::Letters => self.asks() || self.leads() || truth,
            Style::Boxes => self.asks() || truth || (page.exam && self.says_enough()),
            Style::Signs => (self.asks() && !self.weighs()) || truth,
            Style::Numbers => self.asks(),
        }
    }

    /// Whether the words before the options are more than the name of a list of tasks.
    fn says_enough(&self) -> bool {
        let words =
            |text: &Text| text.plain().split_whitespace().count() > 3 || text.plain().chars().any(|c| is_wide(Some(c)));
        self.stem.iter().filter_map(|b| b.text()).any(words)
    }

    /// Whether the signs stand for points in favour and against.
    fn weighs(&self) -> bool {
        let weighs = |text: &Text| {
            let lower = text.plain().to_lowercase();
            WEIGHING.iter().any(|word| lower.contains(word))
        };
        self.stem.iter().filter_map(|b| b.text()).any(weighs)
    }

    fn letters(&self) -> Vec<char> {
        let digits = '1'..='9';
        match self.style {
            Style::Numbers => digits.take(self.items.len()).collect(),
            _ => self.items.iter().zip('A'..='Z').map(|(item, letter)| item.letter.unwrap_or(letter)).collect(),
        }
    }

    /// The options as the card has them.
    fn options(&self, key: &Key) -> Vec<Choice> {
        let numbers = self.style == Style::Numbers;
        let mut options = options(&self.items, |item, letter| {
            let letter = if numbers { number_of_letter(letter) } else { letter };
            let signed = || item.text().and_then(sign).is_some_and(|(right, _)| right);
            let bold = || self.style == Style::Letters && is_bold(item);
            let marked = || item.checked == Some(true) || signed() || bold();
            if key.letters.is_empty() { marked() } else { key.letters.contains(&letter) }
        });
        if numbers {
            for option in &mut options {
                option.letter = number_of_letter(option.letter);
            }
        }
        options
    }

    /// The key: behind the options, by their own marks, or at the end of the page.
    fn key(&self, page: &Page) -> Option<Key> {
        let letters = self.letters();
        let near = find_key(self.within, &self.items, &letters);
        let near = near.or_else(|| find_key(self.after(), &self.items, &letters));
        let near = near.or_else(|| find_key(self.outside, &self.items, &letters).filter(|_| self.after().is_empty()));
        let own = || self.is_answered().then(|| Key::explained(self.after()));
        let far = || {
            let number = number_of(self.site, &self.stem)?;
            let entry = look_up(&page.keys, number, self.site.block.span.start)?;
            let why = Content::text(entry.why.clone());
            Some(Key { letters: entry.letters.clone(), why, span: None })
        };
        let bold = || (page.bold && self.style == Style::Letters && self.has_bold()).then(Key::default);
        // A key that names no option is told of; it must not be taken for words of the page.
        let unknown = || find_key(self.after(), &self.items, LETTERS).filter(|_| self.style == Style::Letters);
        near.or_else(own).or_else(far).or_else(bold).or_else(unknown)
    }
}

/// The title of a remark, if it asks.
fn title(remark: &Block) -> Option<&Text> {
    let BlockKind::Callout { title, .. } = &remark.kind else { return None };
    title.as_ref().filter(|title| title.plain().contains(['?', '？']))
}

/// The items without a source before or behind the boxes, written as one more bullet.
fn without_source(items: &[Item]) -> &[Item] {
    let boxed = |items: &[Item]| items.len() > 1 && items.iter().all(|i| i.checked.is_some());
    match items {
        [first, rest @ ..] if first.checked.is_none() && boxed(rest) => rest,
        [rest @ .., last] if last.checked.is_none() && boxed(rest) => rest,
        _ => items,
    }
}

/// Whether an option is bold from its first word to its last.
fn is_bold(item: &Item) -> bool {
    let plain = |text: &Text, r: &Run| text.plain()[r.start..r.end].trim().is_empty();
    item.text().is_some_and(|text| text.runs().iter().all(|r| r.style.strong || plain(text, r)))
}

/// Options with boxes that code, formulas or pictures of theirs keep apart, as one list.
fn apart<'d>(site: &Site<'d>, first: &[Item]) -> Option<(Cow<'d, [Item]>, Span)> {
    let boxed = |items: &[Item]| items.iter().all(|i| i.checked.is_some());
    let [next, behind, ..] = site.after() else { return None };
    let list = matches!(&behind.kind, BlockKind::List { items, .. } if boxed(items));
    if !boxed(first) || !is_between(next) || !(list || is_between(behind)) {
        return None;
    }
    let (mut items, mut span) = (first.to_vec(), site.block.span);
    let mut between: Vec<&Block> = Vec::new();
    let mut joined = false;
    for block in site.after() {
        match &block.kind {
            _ if is_between(block) => between.push(block),
            BlockKind::List { items: more, .. } if boxed(more) && !between.is_empty() && items.len() < MOST => {
                extend(&mut items, &mut between);
                items.extend(more.iter().cloned());
                span = span.to(block.span);
                joined = true;
            }
            _ => break,
        }
    }
    // Only what stands behind every option belongs to the last one, too.
    if joined && items.iter().rev().skip(1).all(|item| item.blocks.len() > 1) {
        span = between.first().map_or(span, |block| span.to(block.span));
        between.truncate(1);
        extend(&mut items, &mut between);
    }
    joined.then_some((Cow::Owned(items), span))
}

/// Whether a block can stand between two options.
fn is_between(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Code { .. } | BlockKind::Math(_) => true,
        BlockKind::Paragraph(text) => is_picture(text),
        _ => false,
    }
}

/// Puts blocks into the last option.
fn extend(items: &mut [Item], blocks: &mut Vec<&Block>) {
    if let Some(last) = items.last_mut() {
        last.blocks.extend(blocks.drain(..).cloned());
    }
}

/// Makes the card of a question; says where question and key end, if it is one.
fn read(scene: &Scene, out: &mut Drafts, asked: &Options, page: &Page) -> Option<usize> {
    let key = asked.key(page);
    let (lettered, boxed) = (asked.style == Style::Letters, asked.style == Style::Boxes);
    let sure = asked.are_asked(page);
    let keyless_numbers = key.is_none() && asked.style == Style::Numbers;
    if keyless_numbers || !(sure || (lettered && key.is_some())) {
        return None;
    }
    let mut span = asked.span;
    let Some(key) = key.filter(|_| asked.has_stem()) else {
        // Boxes without a tick are tasks unless the note is an exam; nothing is to be learnt from them.
        if !boxed || page.exam {
            out.findings.push(incomplete(asked));
        }
        out.silenced.push(asked.start().to(span));
        return Some(span.end);
    };
    if let Some(used) = key.span {
        span = span.to(used);
    }
    let options = asked.options(&key);
    let stem = unspoilt(&asked.stem, &options);
    let start =
        stem.first().filter(|_| stem.len() < asked.stem.len()).map_or_else(|| asked.start(), |first| first.span);
    let span = start.to(span);
    if options.iter().any(|o| o.correct) {
        hand_in(scene, out, asked, Answered { key, options, stem, span });
    } else {
        out.silenced.push(span);
        out.findings.push(unknown(asked, &key));
    }
    Some(span.end)
}

fn unknown(asked: &Options, key: &Key) -> Finding {
    let letters: String = key.letters.iter().collect();
    let at = key.span.unwrap_or(asked.site.block.span);
    Finding::warning("choice-key-unknown", format!("no option has the letter `{letters}`"), at)
        .help("let the key name one of the options")
}

fn incomplete(asked: &Options) -> Finding {
    let what = match (asked.has_stem(), asked.style) {
        (false, _) => ("options without a question", "write the question above the options"),
        (_, Style::Boxes) => ("question without its answer", "tick the box of the right option: `- [x]`"),
        _ => ("question without its answer", "add a line `Answer: B` below the options"),
    };
    Finding::warning("choice-incomplete", what.0, asked.site.block.span).label("these options").help(what.1)
}

/// A question with its key.
struct Answered<'a> {
    key: Key,
    options: Vec<Choice>,
    stem: &'a [&'a Block],
    span: Span,
}

fn hand_in(scene: &Scene, out: &mut Drafts, asked: &Options, answered: Answered) {
    let Answered { mut key, options, stem: asking, span } = answered;
    key.why.0.extend(below(&asked.items));
    let parts = asking.iter().filter_map(|b| crate::rules::content::part(b));
    let title = asked.title.map(|title| crate::card::Part::Paragraph(title.trim()));
    let stem = Content(title.into_iter().chain(parts).map(without_number).collect());
    let extra = against(scene, asking, &options, &key.why);
    let body = Body::Choice { stem, options };
    let site = section_of(scene, asked);
    let draft = Draft::new(&RULE, Kind::Choice, Made { body, fallback: None });
    out.push(draft.at(span, span).under(site).because(key.why.clone()));
    let code = code_of(asking);
    for text in key.why.texts() {
        for made in explained(scene, text, &code) {
            out.push(Draft::new(&RULE, Kind::Fact, made).at(span, span).under(site));
        }
    }
    for body in extra {
        let made = Made { body, fallback: None };
        out.push(Draft::new(&RULE, Kind::Question, made).at(span, span).under(site));
    }
}

/// The site whose headings stand above the question: its own heading does not, if it is the question.
fn section_of<'s, 'd>(scene: &'s Scene<'d>, asked: &Options<'s, 'd>) -> &'s Site<'d> {
    let heading = asked.stem.first().filter(|b| b.is_heading());
    heading.and_then(|heading| site_of(scene, heading)).unwrap_or(asked.site)
}
