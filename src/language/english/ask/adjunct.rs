//! Questions for what is told beside the main words of a clause: why (`to …`, `because …`), how (`by
//! …ing`) and when (`when …`, `once …`). Their answers are narrow, since the front holds all the rest.

use std::ops::Range;

use super::{Asked, LONGEST, Statement, adverb, has_second_clause, points_back, question};
use crate::language::english::clause::{
    Number, Verb, Word, has_finite_verb, is_adverb, is_determiner, is_relative, words,
};
use crate::language::english::noun::is_preposition;
use crate::language::english::phrase::is_auxiliary;
use crate::language::english::{base_verb, is_adjective, is_gerund, is_participle, third_person};
use crate::markdown::text::Text;

/// What an adjunct tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    Why,
    How,
    When,
}

impl Tells {
    fn lead(self) -> &'static str {
        match self {
            Tells::Why => "Why",
            Tells::How => "How",
            Tells::When => "When",
        }
    }
}

/// Verbs with an infinitive that tells no purpose: `allow you to …`, `need to …`.
const COMPLETED: &[&str] = &[
    "allow", "enable", "let", "help", "want", "need", "try", "tend", "force", "require", "cause", "ask", "tell",
    "promise", "agree", "permit", "begin", "start", "continue", "choose", "decide", "plan", "seem", "appear", "lead",
    "refer", "belong", "instruct", "teach", "expect", "order", "advise", "encourage", "remind", "happen", "fail",
    "have", "be", "aim", "seek", "intend", "like", "prefer", "get", "come", "go", "wait", "hope", "wish", "learn",
    "forget", "remember", "manage", "attempt", "refuse", "persuade", "convince", "train", "invite", "compel", "oblige",
    "apply", "attach", "connect", "map", "respond", "contribute", "adapt", "convert", "give", "grant", "offer", "look",
];

/// Words in front of `to` that an infinitive completes.
const OPEN: &[&str] = &[
    "able", "unable", "ability", "way", "ways", "right", "likely", "unlikely", "how", "what", "where", "when", "need",
    "access", "permission", "permissions", "power", "authority", "chance", "opportunity", "used", "required",
    "designed", "allowed", "needed", "easy", "easier", "hard", "difficult", "difficulty", "possible", "impossible",
    "ready", "free", "forced", "expected", "supposed", "meant", "intended", "known", "said", "enough", "tendency",
    "order", "up", "as", "best", "important", "necessary", "better", "first", "last", "only", "willing", "attempt",
    "effort", "capacity", "refusal", "failure", "due", "according", "similar", "equal", "close", "next", "subject",
    "related", "instructions", "responsibility", "desire", "intent", "threat", "plan", "time", "thing", "things",
    "place", "others", "one", "you",
];

/// The question for the last adjunct of a clause.
pub fn ask_adjunct(statement: &Statement) -> Option<Asked> {
    let rest = statement.clause.rest.clone();
    let mask = statement.text.mask();
    let behind = &mask[rest.clone()];
    if statement.clause.negated || points_back(behind) || behind.contains(['(', '"', '“', ';', ':', '?']) {
        return None;
    }
    let found = words(behind);
    let (tells, at) = (0..found.len()).find_map(|i| Some((adjunct(statement, &found, i)?, i)))?;
    let main = rest.start..rest.start + at.checked_sub(1).map_or(0, |last| found[last].end);
    let answer = statement.text.slice(rest.start + found[at].start..rest.end).trim();
    let be = matches!(&statement.clause.verb, Verb::Be(_));
    let joins = |w: &Word| is_relative(&w.lower) || matches!(&*w.lower, "so" | "but" | "if" | "as" | "while" | "like");
    let names = be && found[0].start == 0 && (is_determiner(&found[0].lower) || found[0].capital);
    // `keys you can use to encrypt`: the clause leans on its noun.
    let leaning = found[..at].iter().skip(1).any(|w| matches!(&*w.lower, "you" | "we" | "they" | "i"));
    let bare = leaning || be && at == 0 || names || found[..at].iter().any(joins);
    // `is small and will grow when it rains`: the second act has its own time.
    let acts = |w: &Word| is_auxiliary(&w.lower) || third_person(&w.lower).is_some_and(|v| !v.noun_too);
    let second = found[..at].windows(2).any(|two| two[0].lower == "and" && acts(&two[1]) && two[0].depth == 0);
    let bare = bare || second;
    let (length, short) = (words(answer.plain()).len(), answer.plain().len() <= LONGEST.1);
    let telling = |w: &Word| !is_preposition(&w.lower) && !is_determiner(&w.lower) && !is_pronoun(&w.lower);
    let empty = words(answer.plain()).iter().filter(|w| telling(w)).count() < 2;
    if bare
        || empty
        || !(3..=16).contains(&length)
        || !short
        || mask[rest.clone()].contains(", ") && tells != Tells::Why
    {
        return None;
    }
    // `when it passes, and otherwise means …`
    let goes_on = [" and are ", " and is ", " and was ", " and were ", " and can ", " and has "];
    if tells == Tells::How && goes_on.iter().any(|joint| answer.plain().contains(joint)) {
        return None;
    }
    if has_second_clause(answer.plain(), false) && answer.plain().contains(", and ") {
        return None;
    }
    let front = asked(statement, tells, &main);
    (front.plain().len() <= LONGEST.0).then_some(Asked { question: front, answer })
}

fn is_pronoun(lower: &str) -> bool {
    matches!(lower, "it" | "them" | "they" | "this" | "that" | "you" | "him" | "her" | "us" | "so")
}

/// What the adjunct tells that begins at a word.
fn adjunct(statement: &Statement, found: &[Word], at: usize) -> Option<Tells> {
    let (before, word) = (at.checked_sub(1).map(|i| &found[i]), &found[at]);
    let next = found.get(at + 1)?;
    let joined =
        |w: &Word| matches!(&*w.lower, "and" | "or" | "but" | "not" | "only" | "than" | "even" | "except" | "just");
    let date = before.is_some_and(|w| matches!(&*w.lower, "day" | "week" | "month" | "year" | "moment" | "time"));
    if date || word.depth > 0 || word.capital || before.is_some_and(joined) {
        return None;
    }
    let clause = || found.get(at + 1).zip(found.get(at + 2)).is_some() && is_clause(statement, word);
    match &*word.lower {
        // `Why can S …?` asks for a reason, and no purpose.
        "to" if matches!(statement.clause.verb, Verb::Modal(..)) => None,
        "to" => purpose(statement, before?, next).then_some(Tells::Why),
        "because" => clause().then_some(Tells::Why),
        // `the time gained by adding cores`: what was gained so is told, not how something is done.
        "by" | "using"
            if at > 1 && before.is_some_and(|w| is_participle(&w.lower)) && !is_passive(statement, found, at) =>
        {
            None
        }
        // `measures what is needed to encode samples using a code`: with which one encodes.
        "using" if found[..at].windows(2).any(|w| w[0].lower == "to" && base_verb(&w[1].lower).is_some()) => None,
        "by" | "using" if word.lower == "using" || is_gerund(&next.lower) => Some(Tells::How),
        // `Backup controls when main ones fail`: what looks like a verb is the noun.
        "when" | "once" | "whenever" if at == 0 && may_be_noun(statement) => None,
        "when" | "once" | "whenever" => clause().then_some(Tells::When),
        "after" | "before" if is_gerund(&next.lower) || is_determiner(&next.lower) => Some(Tells::When),
        _ => None,
    }
}

/// Whether the verb of a statement is as often a noun.
fn may_be_noun(statement: &Statement) -> bool {
    let noun = |base: &str| base == "control" || base_verb(base).is_some_and(|verb| verb.noun_too);
    matches!(&statement.clause.verb, Verb::Present(base, _) if noun(base))
}

/// Whether nothing but adverbs and its participle stand between *be* and a word.
fn is_passive(statement: &Statement, found: &[Word], at: usize) -> bool {
    let be = match &statement.clause.verb {
        Verb::Be(_) => true,
        Verb::Modal(_, base) => base == "be",
        _ => false,
    };
    be && found[..at - 1].iter().all(|w| is_adverb(&w.lower))
}

/// Whether the words behind one are a clause of their own.
fn is_clause(statement: &Statement, word: &Word) -> bool {
    let from = statement.clause.rest.start + word.end;
    let mask = statement.text.mask();
    let behind = &mask[from..statement.clause.rest.end];
    let found = words(behind);
    let participle = found.first().is_some_and(|w| is_participle(&w.lower));
    let last = found.last().filter(|_| found.len() > 1).is_some_and(|w| third_person(&w.lower).is_some());
    participle || last || has_finite_verb(behind)
}

/// Whether an infinitive tells what something is done for.
fn purpose(statement: &Statement, before: &Word, next: &Word) -> bool {
    let verb = base_verb(&next.lower).is_some_and(|v| !v.noun_too) || matches!(&*next.lower, "help" | "support");
    let (base, modal) = match &statement.clause.verb {
        Verb::Present(base, _) | Verb::Past(base) => (base.as_str(), false),
        Verb::Modal(_, base) => (base.as_str(), base == "be"),
        Verb::Be(_) => ("be", false),
    };
    let passive = (base == "be" || modal) && is_participle(&before.lower) && before.lower != "used";
    let completed = COMPLETED.contains(&base) && !(base == "be" || modal) || OPEN.contains(&&*before.lower);
    let described = is_adjective(&before.lower) && base == "be";
    verb && !completed && !described && !passive && base != "be"
}

/// `Why does S use X?`
fn asked(statement: &Statement, tells: Tells, main: &Range<usize>) -> Text {
    let said = statement.text.slice(main.clone()).trim().trim_matches(|c| c == ',');
    let adverbs = adverb(statement);
    let (auxiliary, verb) = match &statement.clause.verb {
        Verb::Be(form) => (form.as_str(), String::new()),
        Verb::Modal(modal, base) => (modal.as_str(), format!(" {base}")),
        Verb::Present(base, Number::One) => ("does", format!(" {base}")),
        Verb::Present(base, Number::Many) => ("do", format!(" {base}")),
        Verb::Past(base) => ("did", format!(" {base}")),
    };
    let lead = format!("{} {auxiliary}", tells.lead());
    let gap = if said.is_blank() { "" } else { " " };
    question(statement, &lead, &format!("{adverbs}{verb}{gap}")).join(&said).then("?")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::inside;
    use super::*;
    use crate::language::english::clause::parse;

    fn qa(plain: &str) -> Option<String> {
        let text = Text::words(plain);
        let clause = parse(&text.mask())?;
        let subject = inside(&text.slice(clause.subject.clone()), &BTreeSet::new());
        let asked = ask_adjunct(&Statement { text: &text, clause: &clause, subject: &subject })?;
        Some(format!("{} {}", asked.question.plain(), asked.answer.plain()))
    }

    #[test]
    fn reasons_ways_and_times_are_asked_for() {
        for (plain, want) in [
            (
                "The kidney filters blood to remove waste products.",
                "Why does the kidney filter blood? to remove waste products",
            ),
            (
                "The liver stores glucose by converting it to glycogen.",
                "How does the liver store glucose? by converting it to glycogen",
            ),
            ("The replica is promoted when the primary fails.", "When is the replica promoted? when the primary fails"),
            ("Water expands because ice is less dense.", "Why does Water expand? because ice is less dense"),
        ] {
            assert_eq!(qa(plain).as_deref(), Some(want), "{plain}");
        }
        for silent in [
            "Versioning allows users to restore old objects.",
            "The key is used to encrypt that one key.",
            "It is not replaced when a disk fails.",
            "The plant needs to absorb light.",
            "A user has the right to object.",
        ] {
            assert_eq!(qa(silent), None, "{silent}");
        }
    }
}
