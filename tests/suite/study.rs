//! How decks are learnt: what settings and front matter say reaches the database, and the day's queue.

use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use recto::config::{Config, Settings};
use recto::schedule::Day;
use recto::source::{FileId, SourceFile};
use recto::store::{self, Store, Wanted};
use recto::study::DeckPlan;

/// Tests of settings.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("study: the nearest setting counts, front matter before recto.toml", nearest_counts),
        Trial::test("study: a value that cannot be meant is named where it stands", misfits_are_named),
        Trial::test("study: new cards come in up to the limits of the day", limits_hold),
    ]
}

fn compile(notes: &[(&str, &str)], settings: &str) -> Result<recto::Compilation, Failed> {
    let settings = Settings::parse(settings, &[]).map_err(|mistake| mistake.message)?;
    let file = |(number, (path, text)): (u32, &(&str, &str))| {
        SourceFile::new(FileId(number), (*path).to_owned(), (*text).to_owned())
    };
    let files: Vec<SourceFile> = (0..).zip(notes).map(file).collect();
    Ok(recto::compile(&files, &Config::new(settings, "Exam".to_owned(), true)))
}

const CARDS: &str = "Q: What is a?\nA: one\n\nQ: What is b?\nA: two\n\nQ: What is c?\nA: three\n";

fn nearest_counts() -> Outcome {
    let first = format!("---\ntitle: S3\nscheduler: fsrs\nexam_weight: 20 %\nexam-questions: 13\n---\n\n{CARDS}");
    let second = format!("---\ntitle: Glue\nexam_date: 2026-05-01\n---\n\n{}", CARDS.replace("is", "was"));
    let settings = "[schedule]\nscheduler = \"sm2-code\"\nexam_date = 2026-06-30\nnew_per_day = 7\n\
                    [decks.S3]\nretention = 0.95\nscheduler = \"sm2\"\n\
                    [decks.\"Exam::Glue\"]\nreviews-per-day = 50\n";
    let plans = compile(&[("s3.md", &first), ("glue.md", &second)], settings)?.deck.plans;
    let shown: Vec<String> = plans.iter().map(shown).collect();
    let wanted = [
        "Exam: sm2-code 0.9 new 7 reviews none exam 2026-06-30 weight none questions none",
        "Exam::Glue: sm2-code 0.9 new none reviews 50 exam 2026-05-01 weight none questions none",
        "Exam::S3: fsrs 0.95 new none reviews none exam 2026-06-30 weight 0.2 questions 13",
    ];
    ensure(shown == wanted, || format!("{shown:#?}"))
}

fn shown(plan: &DeckPlan) -> String {
    let study = &plan.study;
    let word = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
    format!(
        "{}: {} {} new {} reviews {} exam {} weight {} questions {}",
        plan.name,
        study.scheduler_name(),
        study.wanted_retention(),
        word(study.new_per_day.map(|count| count.to_string())),
        word(study.reviews_per_day.map(|count| count.to_string())),
        word(study.exam_day.map(|day| day.to_string())),
        word(study.exam_weight.map(|weight| weight.to_string())),
        word(study.exam_questions.map(|count| count.to_string())),
    )
}

fn misfits_are_named() -> Outcome {
    let note = format!("---\ntitle: S3\nscheduler: anki\nexam_date: next summer\nexam_weight: 0.2\n---\n\n{CARDS}");
    let compilation = compile(&[("s3.md", &note)], "")?;
    let findings: Vec<_> = compilation.findings.iter().filter(|finding| finding.code == "front-matter").collect();
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    ensure(messages == ["`scheduler` cannot be this", "`exam_date` cannot be this"], || format!("{messages:?}"))?;
    let recto::diagnostic::Place::Span(span) = findings[1].place else { return Err("no place".into()) };
    let words = &note[span.start..span.end];
    ensure(words == "exam_date: next summer", || words.to_owned())?;
    let weight = compilation.deck.plans.iter().find(|plan| plan.name == "Exam::S3").and_then(|p| p.study.exam_weight);
    ensure(weight == Some(0.2), || format!("{weight:?}"))?;
    for (settings, line) in [
        ("[schedule]\nday_starts = 24\n", 2),
        ("deck = \"a\"\n[schedule]\n\nretention = 1.5\n", 4),
        ("[decks.X]\nscheduler = \"sm3\"\n", 2),
        ("[decks.X]\nshceduler = \"sm2\"\n", 2),
    ] {
        let mistake = Settings::parse(settings, &[]).err().ok_or("was let in")?;
        ensure(mistake.line == line, || format!("{settings}: {mistake:?}"))?;
    }
    Ok(())
}

fn limits_hold() -> Outcome {
    let folder = support::temporary()?;
    let path = folder.path().join("recto.db");
    let note = |title: &str, word: &str| format!("---\ntitle: {title}\n---\n\n{}", CARDS.replace("is", word));
    let (first, second) = (note("S3", "is"), note("Glue", "was"));
    let notes = [("glue.md", second.as_str()), ("s3.md", first.as_str())];
    let settings = "[schedule]\nnew_per_day = 4\n[decks.Glue]\nnew_per_day = 1\n";
    let compilation = compile(&notes, settings)?;
    store::update(&path, &compilation.deck, 1)?;
    let store = Store::open(&path)?;
    let queue = store.queue(&Wanted::default(), Day(20_000))?;
    let decks: Vec<&str> = queue.new.iter().map(|face| face.deck.as_str()).collect();
    ensure(decks == ["Exam::Glue", "Exam::S3", "Exam::S3", "Exam::S3"], || format!("{decks:?}"))?;
    let more = store.queue(&Wanted { new: Some(5), ..Wanted::default() }, Day(20_000))?;
    ensure(more.new.len() == 5, || format!("{} new", more.new.len()))?;
    let unchanged = store::update(&path, &compilation.deck, 2)?;
    ensure(unchanged.unchanged == compilation.deck.cards.len(), || format!("{unchanged:?}"))
}
