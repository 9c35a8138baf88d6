//! The identity file goes, or is damaged: what else knows of the cards gives every one its id back, and only the author
//! settles what nobody else can know.

use super::kinds::World;
use super::table::{Folder, score, world};
use crate::support::{self, Outcome, ensure};
use libtest_mimic::Failed;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What happens to the decks' folder, and whether `recto identity --repair` is asked for help.
struct Damage {
    name: &'static str,
    does: fn(&Path) -> Result<(), Failed>,
    repair: bool,
}

/// Names the deck otherwise, and so its files.
fn rename(decks: &Path) -> Result<(), Failed> {
    Ok(fs::write(decks.with_file_name("recto.toml"), "deck = \"Another name\"\n")?)
}

const LOCK: &str = "notes.lock";

const DAMAGES: &[Damage] = &[
    Damage { name: "the file is deleted", does: |decks| remove(decks, &[LOCK]), repair: false },
    Damage { name: "deleted, then repaired", does: |decks| remove(decks, &[LOCK]), repair: true },
    Damage { name: "only recto.db is left", does: |decks| remove(decks, &[LOCK, "notes.apkg"]), repair: false },
    Damage { name: "only the package is left", does: |decks| remove(decks, &[LOCK, "recto.db"]), repair: true },
    Damage { name: "only the package, not repaired", does: |decks| remove(decks, &[LOCK, "recto.db"]), repair: false },
    Damage { name: "cut in half", does: |decks| change(decks, |text| text[..text.len() / 2].to_owned()), repair: true },
    Damage { name: "left in conflict by a merge", does: |decks| change(decks, conflict), repair: true },
    Damage { name: "the deck has another name", does: rename, repair: false },
    Damage {
        name: "another name, and only the database",
        does: |decks| {
            rename(decks)?;
            remove(decks, &[LOCK])
        },
        repair: false,
    },
    Damage { name: "emptied", does: |decks| change(decks, |_| String::new()), repair: true },
];

fn remove(decks: &Path, names: &[&str]) -> Result<(), Failed> {
    names.iter().try_for_each(|name| fs::remove_file(decks.join(name)).map_err(Failed::from))
}

fn change(decks: &Path, edit: impl Fn(&str) -> String) -> Result<(), Failed> {
    let path = decks.join(LOCK);
    let text = fs::read_to_string(&path)?;
    Ok(fs::write(path, edit(&text))?)
}

/// Two branches that each have the second half of the lines.
fn conflict(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (first, rest) = lines.split_at(lines.len() / 2);
    let (first, rest) = (first.join("\n"), rest.join("\n"));
    format!("{first}\n<<<<<<< ours\n{rest}\n=======\n{rest}\n>>>>>>> theirs\n")
}

/// Every damage, followed by a build of notes of which every other card was reworded meanwhile.
pub(super) fn files_come_back() -> Outcome {
    let base = Folder::new()?;
    base.build(&world(2, 50))?;
    let cards = base.learn(&world(2, 50))?;
    for damage in DAMAGES {
        let folder = base.copy()?;
        (damage.does)(&folder.decks())?;
        if damage.repair {
            said(&folder, &["identity", "--repair", "-o", "decks"])?;
        }
        let edited = reworded();
        folder.build(&edited)?;
        keeps(damage.name, &folder, &edited, &cards)?;
    }
    Ok(())
}

/// The notes, half of their facts in other words.
fn reworded() -> World {
    let mut world = world(2, 50);
    let facts = world.notes.notes.iter_mut().flat_map(|note| &mut note.sections).flat_map(|(_, facts)| facts);
    facts.step_by(2).for_each(|fact| fact.wording += 1);
    world
}

/// Demands that every fact has the card that it had, and where there is a database, its interval.
fn keeps(name: &str, folder: &Folder, world: &World, cards: &BTreeMap<usize, String>) -> Outcome {
    let faces = folder.faces(world)?;
    let others = cards.iter().filter(|(fact, card)| faces.get(fact).is_none_or(|faces| faces[0].0 != **card)).count();
    ensure(others == 0, || format!("{name}: {others} of {} facts have another card", cards.len()))
}

/// What a command prints; it must end well.
fn said(folder: &Folder, arguments: &[&str]) -> Result<String, Failed> {
    let output = support::run(support::recto(folder.root()).args(arguments))?;
    ensure(output.status.success(), || format!("{arguments:?}: {}", support::printed(&output)))?;
    Ok(support::printed(&output))
}

/// A damaged file stops a build before anything is written, and the finding says what to do.
pub(super) fn damage_stops_builds() -> Outcome {
    let base = Folder::new()?;
    base.build(&world(1, 20))?;
    change(&base.decks(), conflict)?;
    let before = fs::read(base.package())?;
    fs::write(base.root().join("notes/new.md"), "# Ports\n\nSSH uses port 22.\n")?;
    let output = support::run(support::recto(base.root()).args(["build", "notes"]))?;
    let told = support::printed(&output);
    ensure(!output.status.success() && told.contains("--repair"), || told.clone())?;
    ensure(fs::read(base.package())? == before, || "a build without identities was written".to_owned())
}

/// A term is replaced in five hundred cards at once.
pub(super) fn terms_are_replaced() -> Outcome {
    let mut notes = world(10, 50);
    for (heading, facts) in notes.notes.notes.iter_mut().flat_map(|note| &mut note.sections) {
        *heading = format!("Ionian {heading}");
        for fact in facts.iter_mut() {
            fact.subject = format!("Ionian {}", fact.subject);
        }
    }
    let folder = Folder::new()?;
    folder.build(&notes)?;
    let cards = folder.learn(&notes)?;
    ensure(cards.len() > 475, || format!("only {} facts became cards", cards.len()))?;
    for (heading, facts) in notes.notes.notes.iter_mut().flat_map(|note| &mut note.sections) {
        *heading = heading.replace("Ionian", "Doric");
        for fact in facts.iter_mut() {
            fact.subject = fact.subject.replace("Ionian", "Doric");
        }
    }
    folder.build(&notes)?;
    let faces = folder.faces(&notes)?;
    let found = score(&notes, &cards, |fact| faces.get(&fact)?.iter().find_map(|(_, _, days)| *days));
    ensure(found.wrong == 0 && found.kept == found.facts, || format!("{found:?}"))?;
    keeps("a term replaced", &folder, &notes, &cards)
}

/// Two cards of which nobody but the author knows whether they are one: asked once, and what is said holds.
pub(super) fn authors_are_asked() -> Outcome {
    let said_of = |word, same| [(word, same, FIRST, THEN), (word, same, WORDED, OTHERWISE)];
    for (word, same, first, then) in [said_of("same", true), said_of("different", false)].concat() {
        let folder = Folder::new()?;
        write(&folder, first)?;
        let (old, number) = only(&folder)?;
        folder.know(&old, number, 7)?;
        write(&folder, then)?;
        let asked = said(&folder, &["identity", "-o", "decks"])?;
        let (new, _) = only(&folder)?;
        ensure(new != old && asked.contains(&format!("recto identity same {old} {new}")), || asked.clone())?;
        said(&folder, &["identity", word, &old, &new, "-o", "decks"])?;
        write(&folder, then)?;
        let days = folder.met()?.iter().map(|face| face.days).collect::<Vec<_>>();
        ensure(days == [same.then_some(7)], || format!("{word}: {days:?}"))?;
        let open = said(&folder, &["identity", "-o", "decks"])?;
        ensure(open.starts_with("nothing is open"), || open.clone())?;
    }
    Ok(())
}

const FIRST: &str = "# Printers\n\nQ: Which port do printers use for raw data?\nA: 9100\n";
/// The same answer in the same place, to the same question in quite other words.
const WORDED: &str = "# NAT\n\nQ: What does NAT rewrite?\nA: addresses\n";
const OTHERWISE: &str = "# NAT\n\nQ: Which fields are replaced by network address translation?\n\
    A: addresses\n";
const THEN: &str = "# Printers\n\nQ: How does raw data reach printers?\nA: port 9100\n";

/// A face whose answer changed in substance is asked at once, with the answer that it had.
pub(super) fn changed_answers_are_told() -> Outcome {
    let folder = Folder::new()?;
    write(&folder, FIRST)?;
    let (card, number) = only(&folder)?;
    folder.know(&card, number, 4000)?;
    write(&folder, &FIRST.replace("9100", "515"))?;
    let keys = folder.root().join("keys");
    fs::write(&keys, "\nq\n")?;
    let mut command = support::recto(folder.root());
    let output = support::run(command.args(["review", "--plain"]).stdin(fs::File::open(&keys)?))?;
    let told = support::printed(&output);
    let wanted = ["changed since you learnt it", "Answer: 515", "It was: 9100"];
    ensure(wanted.iter().all(|words| told.contains(words)), || told.clone())?;
    // Paper knows cards by the same ids.
    said(&folder, &["print", "sheet", "notes", "--due", "--format", "html"])?;
    let paper = folder.root().join("paper");
    let lists = support::files_below(&paper).into_iter().filter(|path| path.extension().is_some_and(|e| e == "txt"));
    let lists: String = lists.map(|path| fs::read_to_string(paper.join(path))).collect::<Result<_, _>>()?;
    ensure(lists.contains(&format!("{card}/{number}:")), || lists.clone())
}

fn write(folder: &Folder, text: &str) -> Outcome {
    folder.write(&BTreeMap::from([("a.md".to_owned(), text.to_owned())]))
}

fn only(folder: &Folder) -> Result<(String, u16), Failed> {
    match &folder.met()?[..] {
        [face] => Ok((face.card.clone(), face.number)),
        faces => Err(format!("{faces:?}").into()),
    }
}
