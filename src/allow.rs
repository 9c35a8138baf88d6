//! `<!-- recto: allow(code) -->` in notes: findings that their author has seen and wants left unsaid.
//!
//! The first thing in a note speaks for the whole note; on a line of its own a comment speaks for the
//! block below it, and before a heading for the heading's section; behind other words it speaks for
//! their list item or paragraph.

use serde::{Deserialize, Serialize};

use crate::config::near;
use crate::diagnostic::codes::{self, Stage, notes};
use crate::diagnostic::{Finding, Place};
use crate::markdown::Document;
use crate::markdown::block::BlockKind;
use crate::markdown::text::Atom;
use crate::markdown::walk::Visit;
use crate::reading::Name;
use crate::source::Span;

/// The allow comments of notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allows(Vec<Allow>);

/// One code of an allow comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Allow {
    #[serde(with = "crate::reading::code")]
    code: Name,
    /// Where the code stands in the comment.
    at: Span,
    /// The bytes it speaks for.
    scope: Span,
}

/// Findings, told apart by whether their author allowed them.
#[derive(Debug, Default)]
pub struct Sifted {
    /// What is to be said.
    pub kept: Vec<Finding>,
    /// What is not.
    pub allowed: Vec<Finding>,
}

impl Allows {
    /// The comments of a note, and what is to be said of those that are not understood.
    pub fn of(document: &Document) -> (Allows, Vec<Finding>) {
        let (mut allows, mut findings) = (Allows::default(), Vec::new());
        if !document.file.text.contains("<!--") {
            return (allows, findings);
        }
        let sites: Vec<Visit> = document.walk().collect();
        for comment in comments(document, &sites) {
            if list(document.file.slice(comment), "pin(").is_some() {
                continue;
            }
            let scope = scope(document, &sites, comment);
            for name in names(document, comment) {
                match name {
                    Ok((at, code)) => allows.0.push(Allow { code, at, scope }),
                    Err(finding) => findings.push(finding),
                }
            }
        }
        (allows, findings)
    }

    /// The comments of further notes, too.
    pub fn extend(&mut self, other: Allows) {
        self.0.extend(other.0);
    }

    /// Every place that they name.
    pub(crate) fn spans(&mut self) -> impl Iterator<Item = &mut Span> {
        self.0.iter_mut().flat_map(|allow| [&mut allow.at, &mut allow.scope])
    }

    /// Tells the findings that a comment speaks for from the others.
    pub fn sift(&self, findings: Vec<Finding>) -> Sifted {
        let (allowed, kept) = findings.into_iter().partition(|finding| self.0.iter().any(|allow| allow.meets(finding)));
        Sifted { kept, allowed }
    }

    /// A finding for each code that met none of those that were allowed. What is found only when
    /// images are packed or files are read may yet come.
    pub fn unused(&self, allowed: &[Finding]) -> Vec<Finding> {
        let later = |code: &str| {
            code == notes::ALLOW_UNUSED.name || codes::find(code).is_some_and(|code| code.stage != Stage::Compiling)
        };
        let idle = self.0.iter().filter(|allow| !later(allow.code) && !allowed.iter().any(|f| allow.meets(f)));
        let finding = |allow: &Allow| {
            let message = format!("there is no finding `{}` to be allowed here", allow.code);
            Finding::note(notes::ALLOW_UNUSED.name, message, allow.at).help("remove the code, or the whole comment")
        };
        idle.map(finding).collect()
    }
}

impl Allow {
    fn meets(&self, finding: &Finding) -> bool {
        let Place::Span(place) = &finding.place else { return false };
        let meets = place.file == self.scope.file && place.start < self.scope.end && self.scope.start <= place.end;
        meets && finding.code == self.code
    }
}

/// What a comment of ours says, other than which findings it allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// The words between the brackets.
    pub(crate) list: String,
    /// The comment.
    pub(crate) at: Span,
    /// The bytes it speaks for.
    pub(crate) scope: Span,
}

/// The comments of a note that say `word`, which ends with an opening bracket.
pub(crate) fn said(document: &Document, word: &str) -> Vec<Said> {
    if !document.file.text.contains(word) {
        return Vec::new();
    }
    let sites: Vec<Visit> = document.walk().collect();
    let said = |at: Span| {
        let list = list(document.file.slice(at), word)?.to_owned();
        Some(Said { list, at, scope: scope(document, &sites, at) })
    };
    comments(document, &sites).into_iter().filter_map(said).collect()
}

/// What stands between the brackets of a comment.
fn list<'a>(comment: &'a str, word: &str) -> Option<&'a str> {
    let said = comment[comment.find("recto:")? + "recto:".len()..].trim_end_matches("-->").trim();
    let list = said.strip_prefix(word)?.strip_suffix(')')?.trim();
    (!list.is_empty()).then_some(list)
}

/// The comments that speak to us, outside code.
fn comments(document: &Document, sites: &[Visit]) -> Vec<Span> {
    let (file, mut out) = (document.file, Vec::new());
    let opaque = opaque(sites);
    let mut at = 0;
    while let Some(start) = file.text[at..].find("<!--").map(|found| at + found) {
        let Some(length) = file.text[start..].find("-->") else { break };
        let span = Span::new(file.id, start, start + length + "-->".len());
        at = span.end;
        let ours = file.slice(span)["<!--".len()..].trim_start().starts_with("recto:");
        if ours && !opaque.iter().any(|code| code.start <= start && start < code.end) {
            out.push(span);
        }
    }
    out
}

/// The bytes of code, formulas and front matter.
fn opaque(sites: &[Visit]) -> Vec<Span> {
    let mut out = Vec::new();
    for site in sites {
        let file = site.block.span.file;
        match &site.block.kind {
            BlockKind::Code { .. } | BlockKind::FrontMatter | BlockKind::Math(_) => out.push(site.block.span),
            BlockKind::Paragraph(text) => {
                let code = text.runs().iter().filter(|run| run.style.atom == Atom::Code);
                out.extend(code.filter_map(|r| Some(Span::new(file, r.source?, r.source? + (r.end - r.start)))));
            }
            _ => {}
        }
    }
    out
}

/// The codes in a comment with their places, or what is wrong with each.
fn names(document: &Document, comment: Span) -> Vec<Result<(Span, &'static str), Finding>> {
    let file = document.file;
    let text = file.slice(comment);
    let Some(list) = list(text, "allow(") else {
        let finding = unknown("this comment is not understood".to_owned(), comment);
        return vec![Err(finding.help("write `<!-- recto: allow(CODE) -->`"))];
    };
    let mut at = comment.start + text.find(list).unwrap_or_default();
    let mut out = Vec::new();
    for part in list.split(',') {
        let (typed, start) = (part.trim(), at + (part.len() - part.trim_start().len()));
        let span = Span::new(file.id, start, start + typed.len());
        out.push(codes::find(typed).map(|code| (span, code.name)).ok_or_else(|| no_code(typed, span)));
        at += part.len() + 1;
    }
    out
}

fn no_code(typed: &str, at: Span) -> Finding {
    let finding = unknown(format!("there is no finding `{typed}`"), at);
    match near(typed, &codes::names()) {
        Some(name) => finding.help(format!("did you mean `{name}`? `recto check --explain` lists them all")),
        None => finding.help("`recto check --explain` lists them all"),
    }
}

fn unknown(message: String, at: Span) -> Finding {
    Finding::warning(notes::ALLOW_UNKNOWN.name, message, at)
}

/// The bytes that a comment speaks for.
fn scope(document: &Document, sites: &[Visit], comment: Span) -> Span {
    let (file, text) = (document.file, &document.file.text);
    let line = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at);
    let quiet = |part: &str| part.chars().all(|c| c.is_whitespace() || matches!(c, '>' | '\u{feff}'));
    if !quiet(&text[line..comment.start]) || !quiet(&text[comment.end..end]) {
        return around(document, sites, Span::new(file.id, line, end));
    }
    let silent = |site: &&Visit| !matches!(site.block.kind, BlockKind::FrontMatter | BlockKind::Html(_));
    if sites.iter().find(silent).is_none_or(|first| comment.end <= first.block.span.start) {
        return file.span();
    }
    let Some(below) = sites.iter().filter(silent).find(|site| site.block.span.start >= comment.end) else {
        return comment;
    };
    if below.block.is_heading() {
        below.section().iter().fold(below.block.span, |all, b| all.to(b.span))
    } else {
        below.block.span
    }
}

/// The list item that a line belongs to, else the lines around it up to an empty one.
fn around(document: &Document, sites: &[Visit], line: Span) -> Span {
    let meets = |site: &&Visit| site.block.span.start < line.end && line.start < site.block.span.end;
    if let Some(item) = sites.iter().rfind(meets).and_then(Visit::item) {
        return item.span.to(line);
    }
    document.file.stanza(line)
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::{FileId, SourceFile};

    const LEAK: &str = "Q: What does NAT gateway do as NAT gateway?\nA: NAT gateway\n";

    fn found(note: &str) -> Vec<(usize, &'static str)> {
        let files = [SourceFile::new(FileId(0), "a.md", note)];
        let findings = crate::compile(&files, &Config::default()).findings;
        findings.iter().map(|f| (f.position(&files).1.unwrap_or_default().0, f.code)).collect()
    }

    const ALLOW: &str = "<!-- recto: allow(answer-in-front) -->";

    #[test]
    fn the_block_below_is_meant() {
        assert_eq!(found(&format!("One.\n\n{ALLOW}\n{LEAK}")), []);
        let other = LEAK.replace("NAT", "VPN");
        assert_eq!(found(&format!("One.\n\n{ALLOW}\n\n{LEAK}\n{other}")), [(8, "answer-in-front")]);
    }

    #[test]
    fn a_heading_stands_for_its_section_and_the_top_for_the_note() {
        let note = format!("One.\n\n{ALLOW}\n## A\n\nText.\n\n{LEAK}\n## B\n\n{}", LEAK.replace("NAT", "VPN"));
        assert_eq!(found(&note), [(13, "answer-in-front")]);
        assert_eq!(found(&format!("---\ntitle: A\n---\n{ALLOW}\n\n{LEAK}\n{}", LEAK.replace("NAT", "VPN"))), []);
    }

    #[test]
    fn behind_words_their_item_or_paragraph_is_meant() {
        assert_eq!(found(&format!("One.\n\n{} {ALLOW}\n", LEAK.trim())), []);
        let gap = "The ==TCP== header is part of TCP";
        assert_eq!(found(&format!("One.\n\n- {gap} {ALLOW}\n- {gap} too\n")), [(4, "answer-in-front")]);
    }

    #[test]
    fn code_is_no_comment() {
        let note = format!("One.\n\n```md\n{ALLOW}\n```\n\nWrite `{ALLOW}` there.\n");
        assert_eq!(found(&note), []);
    }

    #[test]
    fn what_is_not_understood_or_not_needed_is_said() {
        assert_eq!(
            found("One.\n\n<!-- recto: allow(answer-in-frnt, duplicate) -->\n\nTwo.\n"),
            [(3, "allow-unknown"), (3, "allow-unused")]
        );
        assert_eq!(found("One.\n\n<!-- recto: hush -->\n\nTwo.\n"), [(3, "allow-unknown")]);
        assert_eq!(found("One.\n\n<!-- another comment -->\n\nTwo.\n"), []);
    }
}
