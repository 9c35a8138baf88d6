//! What holds for every note, whatever it says: one small function each, looped over by every case.

use crate::own;
use crate::support::{self, Outcome};
use recto::Compilation;
use recto::card::{Body, Card, Content, listing};
use recto::config::{Config, Levels};
use recto::coverage::{self, Coverage, State, page};
use recto::dedupe;
use recto::diagnostic::{Place, codes};
use recto::identity::front_key;
use recto::markdown;
use recto::rules::is_written;
use recto::source::{SourceFile, Span};
use recto::trace;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::char::is_combining_mark;

/// A compilation to be looked at.
struct Subject<'a> {
    files: &'a [SourceFile],
    config: &'a Config,
    out: &'a Compilation,
}

/// What is wrong, in words.
type Verdict = Result<(), String>;

/// What must hold, in words, and the function that looks.
type Invariant = (&'static str, fn(&Subject) -> Verdict);

const INVARIANTS: &[Invariant] = &[
    ("spans lie in the file and on character borders", spans_lie_in_the_file),
    ("the anchor lies within the span", anchors_lie_within_spans),
    ("source lines are those of the span", source_lines_match_spans),
    ("a finding about a file names one that was not read", file_findings_have_paths),
    ("a finding has a registered code and its level", codes_are_registered),
    ("every line and card can be traced", all_can_be_traced),
    ("the page of coverage is whole", page_is_whole),
    ("two runs agree", two_runs_agree),
    ("file order does not matter", file_order_does_not_matter),
    ("dedupe twice is dedupe once", dedupe_twice_is_once),
    ("CRLF yields the same cards", crlf_yields_the_same),
    ("ids are unique and well formed", ids_are_unique),
    ("no side is empty", no_side_is_empty),
    ("one front has one answer", one_front_has_one_answer),
    ("texts hold no stray characters", texts_are_clean),
    ("CSV reads back", csv_reads_back),
    ("JSONL reads back", jsonl_reads_back),
];

/// Holds a compilation against every invariant and reports all that are broken.
pub(crate) fn check(files: &[SourceFile], config: &Config, out: &Compilation) -> Outcome {
    let subject = Subject { files, config, out };
    let broken: Vec<String> = INVARIANTS
        .iter()
        .filter_map(|(name, check)| check(&subject).err().map(|words| format!("broken: {name}\n   {words}")))
        .collect();
    support::ensure(broken.is_empty(), || broken.join("\n"))
}

fn ensure(holds: bool, message: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(message()) }
}

impl Subject<'_> {
    fn cards(&self) -> &[Card] {
        &self.out.deck.cards
    }

    fn file(&self, span: Span) -> Result<&SourceFile, String> {
        self.files.get(span.file.0 as usize).ok_or_else(|| format!("{span:?} is of no file"))
    }

    fn check_span(&self, span: Span) -> Verdict {
        let text = &self.file(span)?.text;
        let sound = span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
        ensure(sound, || format!("{span:?} is no part of the text"))
    }

    fn again(&self, files: &[SourceFile]) -> Compilation {
        recto::compile(files, self.config)
    }
}

/// A card in the words of a message.
fn shown(card: &Card) -> String {
    listing::listing_with_paths(std::slice::from_ref(card)).trim_end().to_owned()
}

fn spans_lie_in_the_file(subject: &Subject) -> Verdict {
    for card in subject.cards() {
        subject.check_span(card.span)?;
        subject.check_span(card.anchor)?;
    }
    for finding in &subject.out.findings {
        if let Place::Span(span) = finding.place {
            subject.check_span(span)?;
        }
        finding.related.iter().try_for_each(|(span, _)| subject.check_span(*span))?;
    }
    Ok(())
}

fn anchors_lie_within_spans(subject: &Subject) -> Verdict {
    subject.cards().iter().try_for_each(|card| ensure(card.span.contains(card.anchor), || shown(card)))
}

fn source_lines_match_spans(subject: &Subject) -> Verdict {
    for card in subject.cards() {
        subject.check_span(card.span)?;
        let file = subject.file(card.span)?;
        // The last line is that of the last character that can be seen, not that of the line feed behind it.
        let seen = file.slice(card.span).trim_end().len().max(1);
        let expected = (file.path.as_str(), file.line(card.span.start), file.line(card.span.start + seen - 1));
        let actual = (card.source.file.as_str(), card.source.line, card.source.end_line);
        ensure(expected == actual, || format!("{actual:?} should be {expected:?} in\n{}", shown(card)))?;
    }
    Ok(())
}

fn file_findings_have_paths(subject: &Subject) -> Verdict {
    subject.out.findings.iter().try_for_each(|finding| match &finding.place {
        Place::Span(_) => Ok(()),
        Place::File { path, .. } => ensure(!path.is_empty(), || finding.message.clone()),
    })
}

/// Settings may change the level, so only the usual settings are held against it.
fn codes_are_registered(subject: &Subject) -> Verdict {
    let usual = subject.config.levels == Levels::default();
    subject.out.findings.iter().try_for_each(|finding| {
        let code = codes::find(finding.code).ok_or_else(|| format!("`{}` is in no list", finding.code))?;
        ensure(!usual || code.level == finding.severity, || format!("`{}` has another level", finding.code))
    })
}

fn coverage(subject: &Subject) -> Coverage {
    let documents: Vec<_> = subject.files.iter().map(markdown::parse).collect();
    coverage::of(&documents, subject.cards(), subject.out.findings.iter())
}

/// A statement has a place and words; a card is found again on the first line of what made it.
fn all_can_be_traced(subject: &Subject) -> Verdict {
    let coverage = coverage(subject);
    for note in &coverage.notes {
        for statement in &note.statements {
            subject.check_span(statement.span)?;
            let told = !statement.text.is_empty() && statement.section < note.sections.len();
            let held = statement.state == State::Missed || !statement.cards.is_empty();
            ensure(told && held, || format!("{statement:?}"))?;
        }
    }
    for (index, card) in subject.cards().iter().enumerate() {
        let lines = &coverage.notes[card.span.file.0 as usize].lines;
        let own = lines[card.source.line - 1..card.source.end_line].iter().any(|line| line.cards.contains(&index));
        let found = trace::find_card(subject.cards(), &card.id.0).is_ok_and(|found| std::ptr::eq(found, card));
        ensure(own && found, || shown(card))?;
    }
    Ok(())
}

/// Every card is on it once, and nothing of a note is read as markup.
fn page_is_whole(subject: &Subject) -> Verdict {
    let page = page::page(&coverage(subject), subject.files, &subject.out.deck);
    for tag in ["article", "mark", "section", "code", "span", "pre", "li", "div"] {
        let (open, close) = (page.matches(&format!("<{tag}")).count(), page.matches(&format!("</{tag}>")).count());
        let list = page.matches("<link").count();
        ensure(open == close && list == 0, || format!("{open} of `<{tag}` and {close} of `</{tag}>`"))?;
    }
    let missing = subject.cards().iter().find(|card| page.matches(&format!("id=\"c-{}\"", card.id.0)).count() != 1);
    ensure(missing.is_none(), || missing.map(shown).unwrap_or_default())?;
    ensure(!["<script", "<img", "<iframe", "<a href=\"j"].iter().any(|tag| page.contains(tag)), || "markup".to_owned())
}

fn two_runs_agree(subject: &Subject) -> Verdict {
    agree(subject.out, &subject.again(subject.files))
}

fn file_order_does_not_matter(subject: &Subject) -> Verdict {
    let notes = subject.files.iter().rev().map(|file| (file.path.clone(), file.text.clone()));
    agree(subject.out, &subject.again(&support::numbered(notes.collect())))
}

fn agree(first: &Compilation, second: &Compilation) -> Verdict {
    let lists = [first, second].map(|out| listing::listing_with_paths(&out.deck.cards));
    ensure(lists[0] == lists[1], || support::diff(&lists[0], &lists[1]))?;
    ensure(first.deck == second.deck, || "the decks differ in what the listing does not show".to_owned())?;
    ensure(first.findings == second.findings, || "the findings differ".to_owned())
}

fn dedupe_twice_is_once(subject: &Subject) -> Verdict {
    let (mut cards, mut findings) = (subject.out.deck.cards.clone(), Vec::new());
    dedupe::merge::run(&mut cards, &mut findings, &subject.config.matching);
    let lists = [subject.cards(), &cards].map(listing::listing_with_paths);
    ensure(lists[0] == lists[1], || support::diff(&lists[0], &lists[1]))?;
    ensure(findings.is_empty(), || format!("new finding: {}", findings[0].message))
}

fn crlf_yields_the_same(subject: &Subject) -> Verdict {
    let crlf = |file: &SourceFile| file.text.replace("\r\n", "\n").replace('\n', "\r\n");
    let notes = subject.files.iter().map(|file| (file.path.clone(), crlf(file))).collect();
    let other = subject.again(&support::numbered(notes));
    let lists = [subject.cards(), &other.deck.cards].map(listing::listing_with_paths);
    ensure(lists[0] == lists[1], || support::diff(&lists[0], &lists[1]))?;
    let same = subject.cards().iter().map(|card| &card.id).eq(other.deck.cards.iter().map(|card| &card.id));
    ensure(same, || "the ids differ".to_owned())
}

fn ids_are_unique(subject: &Subject) -> Verdict {
    let mut seen = BTreeSet::new();
    for card in subject.cards() {
        let id = &card.id.0;
        let sound = id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        ensure(sound, || format!("`{id}` is no id in\n{}", shown(card)))?;
        ensure(seen.insert(id), || format!("`{id}` is taken twice, again by\n{}", shown(card)))?;
    }
    Ok(())
}

/// Every side and option of a card.
fn sides(card: &Card) -> Vec<&Content> {
    let mut sides: Vec<&Content> = match &card.body {
        Body::Question { question, answer } => vec![question, answer],
        Body::Reversible { front, back } => vec![front, back],
        Body::Cloze { text } => vec![text],
        Body::Choice { stem, options } => {
            std::iter::once(stem).chain(options.iter().map(|option| &option.content)).collect()
        }
    };
    sides.extend(&card.why);
    sides
}

fn no_side_is_empty(subject: &Subject) -> Verdict {
    for card in subject.cards() {
        ensure(sides(card).iter().all(|side| !side.is_blank()), || shown(card))?;
        let askable = match &card.body {
            Body::Cloze { text } => !card.body.gaps().is_empty() && gaps_are_filled(text),
            Body::Choice { options, .. } => options.len() > 1 && options.iter().any(|option| option.correct),
            Body::Question { .. } | Body::Reversible { .. } => true,
        };
        ensure(askable, || shown(card))?;
    }
    Ok(())
}

fn gaps_are_filled(text: &Content) -> bool {
    let blank = |text: &str| text.trim().is_empty();
    text.texts().iter().all(|text| {
        let mut gaps = text.runs().iter().filter(|run| run.style.gap.is_some());
        gaps.all(|run| !blank(&text.plain()[run.start..run.end]))
    })
}

/// Over all decks and headings; only cards that the author wrote word for word may differ, with a finding.
fn one_front_has_one_answer(subject: &Subject) -> Verdict {
    let mut seen: BTreeMap<String, &Card> = BTreeMap::new();
    for card in subject.cards() {
        if let Some(other) = seen.insert(front_key(&card.body), card) {
            let written = is_written(card.rule, card.kind) && is_written(other.rule, other.kind);
            ensure(written, || format!("{}\nasks the same as\n{}", shown(card), shown(other)))?;
        }
    }
    Ok(())
}

fn texts_are_clean(subject: &Subject) -> Verdict {
    let stray = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{feff}';
    for card in subject.cards() {
        let texts = sides(card).into_iter().map(listing::content).chain(card.trail.iter().cloned());
        for text in texts {
            ensure(!text.contains(stray), || format!("control character in {text:?}"))?;
            // A text that was cut within a character leaves an accent without its letter.
            ensure(!text.starts_with(is_combining_mark), || format!("begins with a combining mark: {text:?}"))?;
        }
    }
    Ok(())
}

/// The deck in a format.
fn exported(subject: &Subject, format: &str) -> Result<String, String> {
    let bytes = own::export(&subject.out.deck, format);
    let bytes = bytes.map_err(|failed| failed.message().unwrap_or_default().to_owned())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn csv_reads_back(subject: &Subject) -> Verdict {
    let text = exported(subject, "csv")?;
    // Lines at the beginning that Anki reads as settings begin with `#`; the reader refuses unequal widths.
    let mut reader = csv::ReaderBuilder::new().has_headers(false).comment(Some(b'#')).from_reader(text.as_bytes());
    let records = reader.records().collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
    ensure(records.len() == subject.cards().len(), || {
        format!("{} records for {} cards", records.len(), subject.cards().len())
    })
}

fn jsonl_reads_back(subject: &Subject) -> Verdict {
    let text = exported(subject, "jsonl")?;
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).map_err(|error| format!("{error}: {line}"))?;
        ensure(value.is_object(), || format!("no object: {line}"))?;
    }
    let (lines, cards) = (text.lines().count(), subject.cards().len());
    ensure(lines == cards, || format!("{lines} lines for {cards} cards"))
}
