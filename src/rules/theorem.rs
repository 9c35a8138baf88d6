//! Definitions, theorems and their kin, as lecture notes set them: `**Theorem 2.1** (Bolzano). …`.

use super::content::content;
use super::draft::{Draft, Drafts, Made, question};
use super::fact::facts;
use super::scene::{Scene, Site};
use super::term::bare;
use super::topic::clean_heading;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind, Part};
use crate::language::english::clause::{parse, words};
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::Text;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "theorem",
    summary: "definitions, theorems and lemmas as lecture notes set them",
    manual: "\
A paragraph, a quotation, a callout or a heading that begins with *Definition*, *Theorem*, *Lemma*,
*Proposition*, *Corollary*, *Axiom* or *Law* and a number or a name is one card. With a name in brackets
or behind a colon, the card asks what the theorem states or how the name is defined. Without one, `If X,
then Y` and `Let X. Then Y.` ask what follows; other sentences are read as elsewhere. Formulas stay as
they are, and proofs are left alone.",
    example: Example {
        note: "\
**Definition (Prime).** An integer $p > 1$ is prime if its only divisors are $1$ and $p$.

> **Theorem 1.3** (Euclid). There are infinitely many primes.

**Lemma 2.** If $p$ divides $ab$, then $p$ divides $a$ or $b$.
",
        cards: "\
[fact] theorem  @ 1
Q: How is “Prime” defined?
A: An integer $p > 1$ is prime if its only divisors are $1$ and $p$.

[fact] theorem  @ 3
Q: What does the Euclid theorem state?
A: There are infinitely many primes.

[fact] theorem  @ 5
Q: If $p$ divides $ab$, what follows?
A: $p$ divides $a$ or $b$
",
    },
    extract,
};

/// The words that head such a block, in lower case, and whether it defines something.
const HEADS: &[(&str, bool)] = &[
    ("definition", true),
    ("def", true),
    ("defn", true),
    ("theorem", false),
    ("thm", false),
    ("lemma", false),
    ("proposition", false),
    ("corollary", false),
    ("axiom", false),
    ("postulate", false),
    ("law", false),
    ("principle", false),
];

/// The head of a block and what stands behind it.
struct Stated {
    /// `theorem`, `definition`, …
    word: &'static str,
    defines: bool,
    /// Whether a number stands behind the word.
    numbered: bool,
    /// The name in brackets or behind a colon.
    name: Option<Text>,
    /// What the first paragraph says behind the head.
    rest: Text,
}

fn extract(scene: &Scene, out: &mut Drafts) {
    for site in &scene.sites {
        match &site.block.kind {
            BlockKind::Paragraph(text) if is_proof(text) => out.silenced.push(proof(site)),
            BlockKind::Paragraph(text) => paragraph(scene, out, site, text),
            BlockKind::Heading { text, .. } => heading(scene, out, site, text),
            BlockKind::Callout { label, title, blocks } => callout(scene, out, site, (label, title.as_ref(), blocks)),
            _ => {}
        }
    }
}

/// The bytes of a proof: its paragraph and, in a quotation, all behind it.
fn proof(site: &Site) -> Span {
    let quoted = site.parent.is_some_and(|p| matches!(p.kind, BlockKind::Quote(_) | BlockKind::Callout { .. }));
    match site.after().last().filter(|_| quoted) {
        Some(last) => site.block.span.to(last.span),
        None => site.block.span,
    }
}

fn is_proof(text: &Text) -> bool {
    let marked = text.runs().first().is_some_and(|r| r.style.strong || r.style.emphasis);
    let lower: String = text.plain().chars().take(8).flat_map(char::to_lowercase).collect();
    marked
        && (lower.starts_with("proof.")
            || lower.starts_with("proof:")
            || lower.starts_with("proof ")
            || lower == "proof")
}

fn paragraph(scene: &Scene, out: &mut Drafts, site: &Site, text: &Text) {
    let bold = text.runs().first().is_some_and(|r| r.style.strong);
    let Some(stated) = stated(text).filter(|_| bold) else { return };
    let quoted = site.parent.is_some_and(|p| matches!(p.kind, BlockKind::Quote(_)));
    let more = site.after();
    let more = if quoted { without_proof(more) } else { continued(&stated.rest, more) };
    state(scene, out, (site, site.block.span), (&stated, more));
}

fn heading(scene: &Scene, out: &mut Drafts, site: &Site, text: &Text) {
    let Some(mut stated) = stated(&clean_heading(text)) else { return };
    let vague = matches!(stated.word, "law" | "principle") || stated.name.is_none() && stated.rest.is_blank();
    if vague && !stated.numbered {
        return;
    }
    if stated.name.is_none() && words(stated.rest.plain()).len() <= 6 && !stated.rest.is_blank() {
        stated.name = Some(stated.rest.clone());
    }
    let below = site.section();
    let end = below.iter().position(|b| b.is_heading() || matches!(b.kind, BlockKind::Rule)).unwrap_or(below.len());
    let below = without_proof(&below[..end]);
    let Some((first, more)) = below.split_first().filter(|_| below.len() <= 4) else { return };
    let BlockKind::Paragraph(text) = &first.kind else { return };
    stated.rest = text.clone();
    state(scene, out, (site, first.span), (&stated, more));
}

fn callout(scene: &Scene, out: &mut Drafts, site: &Site, parts: (&str, Option<&Text>, &[Block])) {
    let (label, title, blocks) = parts;
    let label = Text::words(label);
    let Some(mut stated) = stated(&label).filter(|s| s.rest.is_blank()) else { return };
    if let Some(title) = title {
        stated.name = Some(title.trim_matches(|c| c.is_whitespace() || matches!(c, '(' | ')')));
    }
    let Some((Block { kind: BlockKind::Paragraph(text), .. }, more)) = blocks.split_first() else { return };
    stated.rest = text.clone();
    state(scene, out, (site, site.block.span), (&stated, without_proof(more)));
}

/// Blocks up to a proof or an example.
fn without_proof(blocks: &[Block]) -> &[Block] {
    let ends = |b: &Block| match &b.kind {
        BlockKind::Paragraph(text) => is_proof(text) || stated(text).is_some(),
        BlockKind::Math(_) | BlockKind::List { .. } => false,
        _ => true,
    };
    &blocks[..blocks.iter().position(ends).unwrap_or(blocks.len())]
}

/// The formula or list that a paragraph goes on with.
fn continued<'b>(rest: &Text, after: &'b [Block]) -> &'b [Block] {
    let open = !rest.plain().trim_end().ends_with('.');
    let goes_on = |b: &Block| matches!(b.kind, BlockKind::Math(_) | BlockKind::List { .. });
    if open && after.first().is_some_and(goes_on) { &after[..1] } else { &[] }
}

/// The cards of a statement.
fn state(scene: &Scene, out: &mut Drafts, at: (&Site, Span), said: (&Stated, &[Block])) {
    let ((site, anchor), (stated, more)) = (at, said);
    let end = more.last().map_or(anchor, |b| b.span);
    let anchor = anchor.to(end);
    let said = &stated.rest;
    if said.is_blank() && more.is_empty() || said.plain().len() > 700 || !scene.is_english() {
        return;
    }
    let mut answer = Content::text(said.clone());
    answer.0.retain(|part| !matches!(part, Part::Paragraph(text) if text.is_blank()));
    answer.0.extend(content(more).0);
    let name = stated.name.clone().or_else(|| marked(said).filter(|_| stated.defines));
    let named = name.map(|name| bare(&name)).filter(|n| !n.is_blank() && words(n.plain()).len() <= 8);
    let made: Vec<Body> = match named {
        Some(name) => vec![Body::Question { question: Content::text(front(stated, &name)), answer }],
        None if more.is_empty() => without_name(scene, said),
        None => Vec::new(),
    };
    let from = site.block.span;
    for body in made {
        let made = Made { body, fallback: None };
        out.push(Draft::new(&RULE, Kind::Fact, made).at(anchor, from.to(anchor)).under(site));
    }
}

/// `What does the Rank–nullity theorem state?`, `How is “rank” defined?`
fn front(stated: &Stated, name: &Text) -> Text {
    if stated.defines {
        return Text::words("How is “").join(name).then("” defined?");
    }
    let lower = name.plain().to_lowercase();
    let told = HEADS.iter().any(|(word, _)| lower.ends_with(word))
        || ["rule", "inequality", "identity", "formula"].iter().any(|w| lower.ends_with(w));
    let own = lower.starts_with("the ")
        || name.plain().split(' ').next().is_some_and(|w| ["'s", "’s", "s'", "s’"].iter().any(|e| w.ends_with(e)));
    let article = if own { "" } else { "the " };
    let word = if told { String::new() } else { format!(" {}", stated.word) };
    Text::words(format!("What does {article}")).join(name).then(&format!("{word} state?"))
}

/// The one word or phrase that a definition sets in bold or italics.
fn marked(said: &Text) -> Option<Text> {
    let run = said.runs().iter().find(|r| r.style.strong || r.style.emphasis)?;
    Some(said.slice(run.start..run.end).trim())
}

/// What follows from what, or the sentences read as elsewhere.
fn without_name(scene: &Scene, said: &Text) -> Vec<Body> {
    let mask = said.mask();
    for (lead, cut, tail) in [
        ("If ", ", then ", ", what follows?"),
        ("Let ", ". Then ", ". What follows?"),
        ("Suppose ", ". Then ", ". What follows?"),
    ] {
        let Some(at) = mask.find(cut).filter(|_| mask.starts_with(lead)) else { continue };
        let answer = said.slice(at + cut.len()..mask.len()).trim_matches(|c| c.is_whitespace() || c == '.');
        let front = said.slice(0..at).then(tail);
        let capital = super::draft::capitalised(&answer);
        return vec![question(front, capital)];
    }
    let read: Vec<Body> = facts(scene, None, said).into_iter().map(|(made, _)| made.body).collect();
    let all = || of_all(said).into_iter().collect();
    if read.is_empty() { all() } else { read }
}

/// `Every symmetric matrix is diagonalizable`: what is true of every symmetric matrix?
fn of_all(said: &Text) -> Option<Body> {
    let mask = said.mask();
    let clause = parse(&mask).filter(|_| sentences(&mask).len() == 1)?;
    let subject = said.slice(clause.subject).trim();
    let first = words(subject.plain()).first()?.lower.to_string();
    let front =
        Text::words(format!("What is true of {first}")).join(&subject.slice(first.len()..subject.plain().len()));
    matches!(&*first, "every" | "any" | "all" | "each" | "no").then(|| question(front.then("?"), said.clone()))
}

/// The head at the start of a text, if it has one: a word of [`HEADS`], a number, a name, and a mark behind.
fn stated(text: &Text) -> Option<Stated> {
    let mask = text.mask();
    let lower = mask.to_lowercase();
    let (word, defines) = HEADS.iter().find(|(word, _)| lower.starts_with(word)).copied()?;
    let mut at = word.len();
    let behind = mask[at..].chars().next();
    if behind.is_some_and(|c| c.is_alphanumeric() || c == '-') || lower.len() != mask.len() {
        return None;
    }
    let skip = |at: usize, drop: &dyn Fn(char) -> bool| mask.len() - mask[at..].trim_start_matches(drop).len();
    at = skip(at, &|c| c.is_whitespace());
    let digits = skip(at, &|c| c.is_ascii_digit() || c == '.');
    let numbered = mask[at..digits].starts_with(|c: char| c.is_ascii_digit());
    at = if numbered { digits } else { at };
    at = skip(at, &|c| c.is_whitespace());
    let mut name = None;
    if mask[at..].starts_with('(') {
        let close = at + mask[at..].find(')')?;
        name = Some(text.slice(at + 1..close));
        at = close + 1;
    }
    let start = skip(at, &|c| c.is_whitespace() || matches!(c, '.' | ':' | '—' | '–'));
    let set_apart = start > at && mask[at..start].contains(['.', ':', '—', '–']) || mask[..at].ends_with('.');
    let bold_ends = text.runs().first().is_some_and(|r| r.style.strong && r.end >= word.len() && r.end <= start);
    (set_apart || bold_ends || start >= mask.len() || numbered || name.is_some()).then(|| Stated {
        word: full(word),
        defines,
        numbered,
        name,
        rest: text.slice(start..mask.len()),
    })
}

fn full(word: &'static str) -> &'static str {
    match word {
        "thm" => "theorem",
        "def" | "defn" => "definition",
        other => other,
    }
}
