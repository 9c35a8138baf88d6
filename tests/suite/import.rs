//! `recto import`: decks of others become notes that compile to the same cards, tables are read back,
//! and packages that are broken or mean harm are refused with a word and leave nothing behind.

use crate::judge;
use crate::support::{self, Outcome, ensure};
use libtest_mimic::{Failed, Trial};
use rusqlite::Connection;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Packages of Anki's own, tables, and hostile packages.
pub(crate) fn trials() -> Vec<Trial> {
    let hostile = |(name, package, said): (&'static str, Made, &'static str)| {
        Trial::test(format!("import: refuses {name}"), move || is_refused(&package()?, said))
    };
    let mut trials: Vec<Trial> = HOSTILE.iter().copied().map(hostile).collect();
    trials.push(Trial::test("import: decks of others become notes", || judge::asked(decks_of_others)));
    trials.push(Trial::test("import: a table is read back", a_table_is_read_back));
    trials
}

type Made = fn() -> Result<Vec<u8>, Failed>;

/// What is wrong with a package, the package, and what must be said of it.
const HOSTILE: &[(&str, Made, &str)] = &[
    ("what is no archive", || Ok(b"no archive".to_vec()), "is no Anki package"),
    ("an archive without a collection", || packed(&[("media", b"{}")]), "it has no collection"),
    ("a later version", || packed(&[("meta", b"\x08\x09"), ("collection.anki21b", b"x")]), "by a later Anki"),
    ("a broken version", || packed(&[("meta", b"\xff\xff"), ("collection.anki2", b"x")]), "does not say its version"),
    ("a broken list of media", || with_media(b"[1, 2"), "its list of media cannot be read"),
    ("a path in the list of media", || with_media(br#"{"0": "../../evil.png"}"#), "is no name for a file"),
    ("a hidden name in the list of media", || with_media(br#"{"0": ".bashrc"}"#), "is no name for a file"),
    ("a list that unpacks without end", || with_media(&vec![b' '; 65 << 20]), "unpacks to more than 64 MiB"),
    ("a broken database", || packed(&[("collection.anki2", &[b'x'; 4096])]), "broken database"),
    ("a database cut short", cut_short, "broken database"),
    ("a database of something else", || collection("CREATE TABLE t (a)"), "has no table `col`"),
    ("a view in place of a table", view_for_notes, "has no table `notes`"),
    (
        "numbers that are none",
        || collection(&format!("{TABLES}{ROW}INSERT INTO notes VALUES ('x','g',1,1,1,'','',1,1,1,'');")),
        "broken database",
    ),
    ("broken compression", || packed(&[("meta", b"\x08\x03"), ("collection.anki21b", b"not zstd")]), "is damaged"),
    (
        "broken note types",
        || collection(&format!("{TABLES}INSERT INTO col VALUES (1,1,'{{}}','[]','{{}}');")),
        "its note types cannot be read",
    ),
];

const TABLES: &str = "CREATE TABLE col (id, crt, conf, models, decks);
    CREATE TABLE notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data);
    CREATE TABLE cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data);
    CREATE TABLE revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type);";

const ROW: &str = "INSERT INTO col VALUES (1, 1, '{}', '{}', '{}');";

fn packed(members: &[(&str, &[u8])]) -> Result<Vec<u8>, Failed> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn database(sql: &str) -> Result<Vec<u8>, Failed> {
    let folder = support::temporary()?;
    let path = folder.path().join("collection");
    Connection::open(&path)?.execute_batch(sql)?;
    Ok(fs::read(path)?)
}

fn collection(sql: &str) -> Result<Vec<u8>, Failed> {
    packed(&[("collection.anki2", &database(sql)?), ("media", b"{}")])
}

fn with_media(list: &[u8]) -> Result<Vec<u8>, Failed> {
    packed(&[("collection.anki2", &database(&format!("{TABLES}{ROW}"))?), ("media", list), ("0", b"x")])
}

fn cut_short() -> Result<Vec<u8>, Failed> {
    let rows = "INSERT INTO notes SELECT value, 'g' || value, 1, 1, 1, '', hex(zeroblob(99)), 1, 1, 1, '' FROM generate_series(1, 500);";
    let rows = rows.replace("generate_series(1, 500)", "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 500) SELECT value FROM n)");
    let whole = database(&format!("{TABLES}{ROW}{rows}"))?;
    packed(&[("collection.anki2", &whole[..whole.len() / 2]), ("media", b"{}")])
}

fn view_for_notes() -> Result<Vec<u8>, Failed> {
    let endless =
        "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n;";
    collection(&format!("{}{ROW}{endless}", TABLES.replace("CREATE TABLE notes", "CREATE TABLE other")))
}

/// Demands exit code 2 and the word, and that no file was made and none changed.
fn is_refused(package: &[u8], said: &str) -> Outcome {
    let folder = support::temporary()?;
    fs::write(folder.path().join("note.md"), "Q: What is S3?\nA: A store.\n")?;
    support::run(support::recto(folder.path()).args(["build", "note.md", "--format", "db"]))?;
    fs::write(folder.path().join("evil.apkg"), package)?;
    let state = || -> Result<Vec<_>, Failed> {
        let files = support::files_below(folder.path());
        files.into_iter().map(|file| Ok((fs::read(folder.path().join(&file))?, file))).collect()
    };
    let before = state()?;
    let output = support::run(support::recto(folder.path()).args(["import", "evil.apkg"]))?;
    let printed = support::printed(&output);
    ensure(output.status.code() == Some(2) && printed.contains(said), || format!("wanted `{said}`:\n{printed}"))?;
    ensure(state()? == before, || "something was written".to_owned())
}

fn decks_of_others(python: &Path) -> Outcome {
    let folder = support::temporary()?;
    let script = support::root().join("tests/anki/foreign.py");
    let made = support::run(Command::new(python).arg("-B").arg(script).arg("x").current_dir(folder.path()))?;
    ensure(made.status.success(), || support::printed(&made))?;
    for format in ["legacy.apkg", "latest.apkg", "whole.colpkg"] {
        let work = folder.path().join(format.replace('.', "-"));
        fs::create_dir_all(work.join("source-notes"))?;
        let file = folder.path().join("x").join(format);
        let output = support::run(support::recto(&work).arg("import").arg(&file))?;
        let said = support::printed(&output);
        for words in
            ["10 of 10 cards are read back", "10 cards found, 12 new answers, 6 schedules changed", "with 2 files"]
        {
            ensure(said.contains(words), || format!("{format}: no `{words}` in\n{said}"))?;
        }
        let output = support::run(support::recto(&work).args(["build", "--format", "jsonl"]))?;
        ensure(output.status.success(), || support::printed(&output))?;
        same_cards(&work)?;
        let again = support::run(support::recto(&work).arg("import").arg(&file))?;
        ensure(support::printed(&again).contains("nothing is overwritten"), || support::printed(&again))?;
    }
    Ok(())
}

/// Demands the words that the deck of `foreign.py` holds.
fn same_cards(work: &Path) -> Outcome {
    let name = fs::read_dir(work.join("decks"))?.flatten().find(|f| f.file_name().to_string_lossy().ends_with("jsonl"));
    let text = fs::read_to_string(name.ok_or("no cards")?.path())?;
    let sides = [
        r#""front":"What is the capital of France?","back":"Paris""#,
        r#""back":"- Portugal\n- France\n- Andorra""#,
        r#""front":"a < b & 2 * 3 * 4 # x","back":"C:\\temp_dir_a [brackets] `tick`""#,
        r#""front":"What is $a_1 * b_2 < c$?","back":"$$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$$""#,
        r#""back":"```\nprint(\"a\")\nprint(2 * 3)\n```""#,
        r#""text":"The {{c1::mitochondrion::organelle}} makes {{c2::ATP}}, not {{c1::DNA}}.""#,
        r#""text":"Euler: {{c1::$e^{i\\pi} + 1 = 0$}}""#,
        r#""why":"One of the loveliest.""#,
        r#""deck":"Geo::Europe","tags":["capital"]"#,
    ];
    for side in sides {
        ensure(text.contains(side), || format!("no {side} in\n{text}"))?;
    }
    Ok(())
}

fn a_table_is_read_back() -> Outcome {
    let folder = support::temporary()?;
    let recto = |arguments: &[&str]| -> Result<String, Failed> {
        let output = support::run(support::recto(folder.path()).args(arguments))?;
        ensure(output.status.success(), || format!("{arguments:?}\n{}", support::printed(&output)))?;
        Ok(support::printed(&output))
    };
    fs::create_dir(folder.path().join("a"))?;
    let note = "---\ndeck: Net\n---\n\nQ: What is **NAT**?\nA: It rewrites a < b.\n\nThe {{c1::port}} of SSH is {{c2::22}}.\n\n\
         Why: Telnet had 23, FTP 21.\n\n\
         Which of these **keep** order?\n\n- [x] TCP\n- [ ] UDP < IP\n- [x] SCTP, `x`\n\n\
         Explanation: UDP sends at once.\n\n\
         Q: The port of HTTPS\n\n- [ ] 80\n- [x] 443\n\n\
         What does ARP ask for?\n?\nAn address\n\nWhy: Frames need one.\n\n\
         die Br\u{fc}cke, *f.*\n??\nbridge\n\nof a network\n+++\n\nWhy: It joins two.\n\n\
         > [!WARNING]\n> Q: Is UDP checked?\n> A: It **is**:\n>\n> - by a sum\n> - of 16 bits\n>\n> Why: IPv6 demands it.\n\n\
         > [!TIP]\n> das Paket ::: packet\n";
    fs::write(folder.path().join("a/net.md"), note)?;
    for format in ["csv", "tsv"] {
        recto(&["build", "a", "-o", "first", "--format", &format!("{format},jsonl")])?;
        recto(&["import", &format!("first/a.{format}"), "--notes", format])?;
        recto(&["build", format, "-o", &format!("out-{format}"), "--format", "jsonl"])?;
        let cards = |path: String| -> Result<Vec<String>, Failed> {
            let text = fs::read_to_string(folder.path().join(path))?;
            let mut lines: Vec<String> =
                text.lines().map(|line| line.split(",\"rule\"").next().unwrap_or(line).to_owned()).collect();
            lines.sort();
            Ok(lines)
        };
        let (before, after) = (cards("first/a.jsonl".to_owned())?, cards(format!("out-{format}/{format}.jsonl"))?);
        ensure(before == after, || format!("{before:#?}\n{after:#?}"))?;
    }
    Ok(())
}
