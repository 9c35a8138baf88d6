//! Tasks and the command or code that does them.

use super::draft::{Draft, Drafts, Made, question};
use super::fact::{Subject, facts};
use super::head::head;
use super::scene::{Scene, Site, is_command};
use super::term::{bare, item_span};
use super::topic::clean_heading;
use super::{Example, Rule};
use crate::card::{Body, Content, Kind, Part};
use crate::language::english::clause::{Word, is_adverb, is_determiner, words};
use crate::language::english::noun::{is_plural, is_preposition};
use crate::language::english::{base_verb, third_person};
use crate::language::sentence::sentences;
use crate::markdown::block::{Block, BlockKind};
use crate::markdown::text::{Atom, Text};
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "task",
    summary: "a task and the command or code that does it",
    manual: "\
A line that says what to do (`List all pods:`, `To delete a branch, use:`), or a heading that does, with a
short block of code below asks for the code. In a block of shell commands each comment above or behind a
command is such a line. A bullet `` `command` – what it does `` asks for the command, as a table of
commands does.

Code of more than eight lines, and code under any other line, is left alone: it is an example.",
    example: Example {
        note: "\
Delete a local branch:

```sh
git branch -d feature
```

- `git stash pop` – restores the changes that were put away
",
        cards: "\
[fact] task  @ 1-5
Q: How do you delete a local branch?
A: ```sh
   git branch -d feature
   ```

[fact] task  @ 7
Q: Which command restores the changes that were put away?
A: `git stash pop`
",
    },
    extract,
};

/// The most lines of code that are learnt as an answer.
const LINES: usize = 8;

fn extract(scene: &Scene, out: &mut Drafts) {
    if !scene.is_english() {
        return;
    }
    for site in &scene.sites {
        match &site.block.kind {
            BlockKind::Code { language, code } => block(scene, out, site, (language, code)),
            BlockKind::Paragraph(text) if is_command(text) => pasted(scene, out, site),
            BlockKind::Paragraph(text) => bullet(scene, out, site, text),
            _ => {}
        }
    }
}

/// A block of code under a task, or one of tasks as comments.
fn block(scene: &Scene, out: &mut Drafts, site: &Site, code: (&str, &str)) {
    let (language, code) = code;
    let span = site.block.span;
    let commented = commented(language, code);
    if commented.len() > 1 {
        for (task, command) in commented {
            let Some(front) = asked(&Text::words(task)) else { continue };
            let answer = Content(vec![Part::Code { language: language.to_owned(), code: command }]);
            let made = Made { body: Body::Question { question: Content::text(front), answer }, fallback: None };
            out.push(Draft::new(&RULE, Kind::Fact, made).at(span, span).under(site));
        }
        return;
    }
    let lines = code.lines().filter(|l| !l.trim().is_empty()).count();
    let Some((lead, whole)) = lead(scene, site).filter(|_| (1..=LINES).contains(&lines) && code.len() < 500) else {
        return;
    };
    let Some(front) = asked(&lead) else { return };
    let answer = Content(vec![Part::Code { language: language.to_owned(), code: code.to_owned() }]);
    let made = Made { body: Body::Question { question: Content::text(front), answer }, fallback: None };
    out.push(Draft::new(&RULE, Kind::Fact, made).at(whole.to(span), whole.to(span)).under(site));
}

/// A command below its task that was pasted without a fence.
fn pasted(scene: &Scene, out: &mut Drafts, site: &Site) {
    let span = site.block.span;
    out.silenced.push(span);
    let code = scene.document.file.slice(span).to_owned();
    let Some((lead, whole)) = lead(scene, site).filter(|_| code.lines().count() <= LINES) else { return };
    let Some(front) = asked(&lead) else { return };
    let answer = Content(vec![Part::Code { language: String::new(), code }]);
    let made = Made { body: Body::Question { question: Content::text(front), answer }, fallback: None };
    out.push(Draft::new(&RULE, Kind::Fact, made).at(whole.to(span), whole.to(span)).under(site));
}

/// The words that say what a block of code does: the line above it or, where it is the only thing
/// below, the heading.
fn lead(scene: &Scene, site: &Site) -> Option<(Text, Span)> {
    let before = site.before()?;
    match &before.kind {
        BlockKind::Paragraph(text) => {
            let mask = text.mask();
            let last = sentences(&mask).pop()?;
            let lead = text.slice(last);
            let again = matches!(site.after().first().map(|b| &b.kind), Some(BlockKind::Code { .. }));
            (!again || mask.ends_with(':')).then(|| (lead.clone(), scene.span_of(&lead).unwrap_or(before.span)))
        }
        BlockKind::Heading { text, .. } => {
            let more = matches!(site.after().first(), Some(Block { kind: BlockKind::Code { .. }, .. }));
            (!more).then(|| (clean_heading(text), before.span))
        }
        _ => None,
    }
}

/// `How do you list all pods?` of `List all pods:`, `To list all pods, run:` or `How to list all pods`.
fn asked(lead: &Text) -> Option<Text> {
    let lead = bare(&lead.trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '.')));
    let lower = lead.plain().to_lowercase();
    let start = ["how to ", "to "].iter().find(|l| lower.starts_with(**l)).map_or(0, |l| l.len());
    let mut end = lead.plain().len();
    if lower.starts_with("to ") {
        let tail = lower.rfind([',', ':']).filter(|at| words(&lower[*at..]).len() <= 7);
        end = tail.or_else(|| (start == 0).then_some(end))?;
    }
    let task = lead.slice(start..end);
    // `Check listening services with:` goes on in the code.
    let task = task.trim();
    let open =
        [" with", " using", " by"].iter().find(|word| task.plain().ends_with(**word)).map_or(0, |word| word.len());
    let task = task.slice(0..task.plain().len() - open);
    let mask = task.mask();
    let found = words(&mask);
    let first = found.iter().find(|w| !is_adverb(&w.lower))?;
    mask.trim_start().starts_with(char::is_alphabetic).then_some(())?;
    // `FETCH - normal`: a name, and a remark on it.
    let shouted = first.end - first.start > 1 && mask[first.start..first.end].chars().all(char::is_uppercase);
    if shouted || [" - ", " – ", " — "].iter().any(|dash| mask.contains(dash)) {
        return None;
    }
    let noun = orders(first, &found)? && found.len() < 3 && start == 0;
    let idle = matches!(
        &*first.lower,
        "here"
            | "here's"
            | "here’s"
            | "there"
            | "now"
            | "then"
            | "so"
            | "again"
            | "see"
            | "note"
            | "consider"
            | "let"
            | "remember"
            | "look"
            | "use"
            | "try"
            | "have"
            | "be"
            | "example"
    );
    let counted = (2..=18).contains(&found.len()) && !mask.contains(['?', '!']) && sentences(&mask).len() == 1;
    let pointing = found.iter().any(|w| matches!(&*w.lower, "this" | "these" | "following" | "below" | "above" | "it"));
    if noun || idle || !counted || pointing {
        return None;
    }
    let begin = task.plain().len() - task.plain().trim_start().len();
    let word = task.plain()[begin..].chars().next()?;
    let rest = task.slice(begin + word.len_utf8()..task.plain().len());
    Some(Text::words(format!("How do you {}", word.to_lowercase())).join(&rest).then("?"))
}

/// Whether a word that orders is a noun as well; `None` if it does not order. A word before `the` or
/// `all` orders, known or not.
fn orders(first: &Word, found: &[Word]) -> Option<bool> {
    let next = found.iter().find(|w| w.start > first.start)?;
    let object = matches!(&*next.lower, "the" | "a" | "an" | "all" | "your");
    let unknown = object && first.lower.is_ascii() && !is_preposition(&first.lower) && !is_determiner(&first.lower);
    let unknown = unknown && third_person(&first.lower).is_none() && !first.lower.ends_with("ing");
    base_verb(&first.lower).map(|v| v.noun_too && !object).or(unknown.then_some(false))
}

/// The commands of a block of shell commands, each with the comment above or behind it.
fn commented(language: &str, code: &str) -> Vec<(String, String)> {
    const SHELLS: &[&str] = &["", "bash", "sh", "shell", "zsh", "console", "powershell", "ps1", "cmd", "text", "git"];
    let mut out: Vec<(String, String)> = Vec::new();
    if !SHELLS.contains(&language.to_lowercase().as_str()) {
        return out;
    }
    let mut task: Option<(String, Vec<&str>)> = None;
    let close = |task: Option<(String, Vec<&str>)>, out: &mut Vec<(String, String)>| {
        if let Some((task, lines)) = task.filter(|(_, lines)| (1..=LINES).contains(&lines.len())) {
            out.push((task, lines.join("\n")));
        }
    };
    for line in code.lines().map(str::trim_end) {
        let comment = line.trim_start().strip_prefix("# ");
        let behind = line.split_once("  # ").or_else(|| line.split_once(" # ")).or_else(|| line.split_once("\t# "));
        if line.trim().is_empty() || comment.is_some() || behind.is_some() {
            close(task.take(), &mut out);
        }
        if let Some(words) = comment {
            task = Some((words.trim().to_owned(), Vec::new()));
        } else if let Some((command, words)) = behind {
            out.push((words.trim().to_owned(), command.trim().to_owned()));
        } else if let Some((_, lines)) = task.as_mut().filter(|_| !line.trim().is_empty()) {
            lines.push(line);
        }
    }
    close(task, &mut out);
    out
}

/// A bullet `` `command` – what it does ``.
fn bullet(scene: &Scene, out: &mut Drafts, site: &Site, text: &Text) {
    let Some(head) = head(text) else { return };
    let command = text.slice(head.term.clone());
    let code = command.runs().iter().all(|r| r.style.atom == Atom::Code);
    let spaced = command.plain().trim().contains(' ') && command.plain().starts_with(|c: char| c.is_ascii_lowercase());
    if !code || !spaced || site.item().is_none() {
        return;
    }
    let made = by_what_it_does(&command, &text.slice(head.rest), "command");
    let anchor = scene.span_of(text).unwrap_or(site.block.span);
    out.cards.extend(made.map(|made| Draft::new(&RULE, Kind::Fact, made).at(anchor, item_span(site)).under(site)));
}

/// The card of a command (or function, option, …) and what it does; shared with tables.
pub fn task_question(scene: &Scene, command: &Text, does: &Text, noun: &str) -> Option<(Kind, Made)> {
    let made = by_what_it_does(command, does, noun);
    let subject = || Subject { name: command.clone(), defined_here: true, from_term: true, ..Subject::default() };
    let made = made.or_else(|| facts(scene, Some(&subject()), does).into_iter().map(|(made, _)| made).next());
    made.map(|made| (Kind::Fact, made))
}

/// `Which command lists the pods?`, `How do you list the pods?`
fn by_what_it_does(command: &Text, does: &Text, noun: &str) -> Option<Made> {
    let mask = does.mask();
    let pieces = sentences(&mask);
    let does = does.slice(pieces.first()?.clone()).trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ';'));
    let mask = does.mask();
    let found = words(&mask);
    let first = found.first().filter(|_| (2..=20).contains(&found.len()) && does.plain().len() < 140)?;
    let behind = does.slice(first.end..does.plain().len());
    let points = found.iter().any(|w| matches!(&*w.lower, "this" | "these" | "below" | "above" | "it" | "following"));
    let told = points || does.plain().to_lowercase().contains(&command.plain().to_lowercase());
    let known = third_person(&first.lower).is_some_and(|v| !v.noun_too || found.len() > 2);
    let unknown = is_plural(&first.lower) && base_verb(&first.lower).is_none() && is_determiner(&found[1].lower);
    let front = if known || unknown {
        Text::words(format!("Which {noun} {}", first.lower)).join(&behind).then("?")
    } else {
        // `label of a statement`, `list of files`: such a word is no order.
        let named = found[1].lower == "of";
        orders(first, &found).filter(|noun| !noun || found.len() > 2 && !named)?;
        Text::words(format!("Which {noun} do you use to {}", first.lower)).join(&behind).then("?")
    };
    (!told).then(|| Made { body: question(front, command.clone()), fallback: None })
}
