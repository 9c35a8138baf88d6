//! What an edit of a note does to the identities of its cards, and what a lock that was tampered with does not.

use std::collections::BTreeMap;

use super::lock::Lock;
use super::trouble::Fault;
use super::verdict::{Refusal, Verdict, pass};
use super::{Change, Past, Settled, repair, settle};
use crate::card::Card;
use crate::config::Config;
use crate::source::{FileId, SourceFile};

const NAT: &str = "Q: What does a NAT gateway rewrite?\nA: source addresses\n";
const DNS: &str = "Q: What does a DNS server resolve?\nA: names of hosts\n";
const PORT: &str = "Q: How long does the Kestrel queue keep a message?\nA: 14 days\n";

/// Builds one note after the build that left `lock`, a day after 2027 began for each build in `day`.
fn build(note: &str, lock: &str, day: i64) -> (Vec<Card>, Settled) {
    let files = [SourceFile::new(FileId(0), "a.md", note)];
    let compiled = crate::compile(&files, &Config::default());
    let mut cards = compiled.deck.cards;
    let lock = if lock.is_empty() { Lock::default() } else { Lock::parse(lock).expect("a sound lock") };
    let past = Past { lock: &lock, now: 1_800_000_000 + day * 86_400, pins: &compiled.pins };
    let settled = settle(&mut cards, &past);
    (cards, settled)
}

fn ids(cards: &[Card]) -> Vec<String> {
    cards.iter().map(|card| card.id.0.clone()).collect()
}

fn note(cards: &[&str]) -> String {
    cards.join("\n")
}

fn faults(text: &str) -> Vec<Fault> {
    Lock::parse(text).err().unwrap_or_default().into_iter().map(|trouble| trouble.fault).collect()
}

#[test]
fn nothing_new_is_nothing_written() {
    let (cards, first) = build(&note(&[NAT, DNS]), "", 0);
    let (again, second) = build(&note(&[NAT, DNS]), &first.text, 1);
    assert_eq!((first.text, ids(&cards)), (second.text, ids(&again)));
    assert!(again.iter().all(|card| card.lineage.changed.is_none()));
    // Lines that move are no change either.
    let (_, third) = build(&note(&["Some words.\n", NAT, DNS]), &build(&note(&[NAT, DNS]), "", 0).1.text, 2);
    assert_eq!(third.changes, [Change::Same, Change::Same]);
}

#[test]
fn an_answer_that_changes_in_substance_is_told_and_wording_is_not() {
    let (first, before) = build(&note(&[NAT, PORT]), "", 0);
    let (worded, wording) = build(&note(&[NAT, &PORT.replace("keep a", "hold on to a")]), &before.text, 1);
    assert_eq!((ids(&worded), wording.changes), (ids(&first), vec![Change::Same, Change::Edited]));
    assert!(worded[1].lineage.changed.is_some() && worded[1].lineage.was.is_none());
    let (changed, substance) = build(&note(&[NAT, &PORT.replace("14", "30")]), &before.text, 1);
    assert_eq!((ids(&changed), substance.changes), (ids(&first), vec![Change::Same, Change::Substance]));
    assert_eq!(changed[1].lineage.was.as_ref().map(|was| was.answer.as_str()), Some("14 days"));
    let (back, _) = build(&note(&[NAT, PORT]), &substance.text, 2);
    assert!(ids(&back) == ids(&first) && back[1].lineage.was.is_none());
}

#[test]
fn an_id_is_never_given_twice() {
    let (first, before) = build(&note(&[PORT, NAT]), "", 0);
    let other = PORT.replace("14", "30");
    let (_, edited) = build(&note(&[&other, NAT]), &before.text, 1);
    // The words of the first build come back beside the card that had them.
    let twin = PORT.replace("Kestrel queue", "Marvin stream");
    let (cards, _) = build(&note(&[&other, NAT, &twin]), &edited.text, 2);
    let mut all = ids(&cards);
    assert!(all[0] == first[0].id.0 && all[2] != all[0]);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 3);
}

#[test]
fn a_card_that_returns_has_its_id_and_its_gaps_their_numbers() {
    let text = "The ==Kestrel== queue keeps messages for ==14 days==.\n";
    let (first, before) = build(&note(&[text, NAT]), "", 0);
    let (_, gone) = build(NAT, &before.text, 1);
    assert_eq!(gone.retired.len(), 1);
    let turned = "Messages stay ==14 days== in the queue that is called ==Kestrel==.\n";
    let (back, _) = build(&note(&[text, NAT]), &gone.text, 2);
    assert_eq!(ids(&back), ids(&first));
    let (other, _) = build(&note(&[turned, NAT]), &before.text, 1);
    assert_eq!((&other[0].id, other[0].faces()), (&first[0].id, vec![0, 1]));
    assert!(crate::card::listing::listing(&other[..1]).contains("{{c2::14 days}}"));
}

#[test]
fn a_lock_that_was_tampered_with_is_refused() {
    let (_, Settled { text, .. }) = build(&note(&[NAT, DNS]), "", 0);
    assert!(faults(&text).is_empty() && faults(&text.replace('\n', "\r\n")).is_empty());
    let torn = &text[..text.len() - 40];
    assert!(faults(torn).contains(&Fault::Torn));
    let line = text.lines().nth(3).unwrap_or_default();
    let conflict = text.replace(line, &format!("<<<<<<< ours\n{line}\n=======\n{line}\n>>>>>>> theirs"));
    assert!(faults(&conflict).contains(&Fault::Conflict));
    assert!(faults(&text.replace("lock 1", "lock 9")).contains(&Fault::Newer(9)));
    assert_eq!(faults(&text.replace("card\t", "card ")).first(), Some(&Fault::Hurt));
    assert!(faults("").contains(&Fault::Torn) && faults("[package]\n").contains(&Fault::Foreign));
    let rebuilt = repair::rebuilt(&Lock::salvage(&conflict).0, &[]);
    assert_eq!(rebuilt, text);
}

#[test]
fn what_two_branches_add_is_merged() {
    let (_, base) = build(NAT, "", 0);
    let (ours, left) = build(&note(&[NAT, DNS]), &base.text, 1);
    let (theirs, right) = build(&note(&[NAT, PORT]), &base.text, 1);
    let added = right.text.lines().find(|line| line.contains("Kestrel")).unwrap_or_default();
    let merged = left.text.replace("# end", &format!("{added}\n# end"));
    let (cards, _) = build(&note(&[NAT, DNS, PORT]), &merged, 2);
    assert_eq!(ids(&cards), [&ids(&ours)[..], &ids(&theirs)[1..]].concat());
}

#[test]
fn what_its_author_says_of_two_cards_holds() {
    let other = "Q: Which protocol do printers speak among each other?\nA: IPP\n";
    let (first, before) = build(&note(&[PORT, NAT]), "", 0);
    let (second, after) = build(&note(&[other, NAT]), &before.text, 1);
    assert_ne!(first[0].id, second[0].id);
    let (old, new) = (first[0].id.0.as_str(), second[0].id.0.as_str());
    let lock = Lock::parse(&after.text).expect("a sound lock");
    assert_eq!(pass(&after.text, &lock, Verdict::Same, [new, old]), Err(Refusal::Live(new.to_owned())));
    let said = pass(&after.text, &lock, Verdict::Same, [&old[..6], new]).expect("a verdict");
    let (third, settled) = build(&note(&[other, NAT]), &said, 2);
    assert_eq!(third[0].id.0, old);
    let (fourth, _) = build(&note(&[other, NAT]), &settled.text, 3);
    assert_eq!(fourth[0].id.0, old);
}

#[test]
fn a_pin_holds_whatever_the_card_says() {
    let pinned = NAT.replace("rewrite?", "rewrite? <!-- recto: pin(nat) -->");
    let (first, before) = build(&note(&[DNS, &pinned]), "", 0);
    let other = "Q: Who was the first on the Moon? <!-- recto: pin(nat) -->\nA: Neil Armstrong\n";
    let (second, _) = build(&note(&[other, DNS]), &before.text, 1);
    assert_eq!((&second[0].id, &second[1].id), (&first[1].id, &first[0].id));
}

#[test]
fn settings_of_cards_reach_anki() {
    let (first, before) = build(&note(&[NAT]), "", 0);
    let (second, _) = build(&format!("---\ntags: [net]\n---\n{NAT}"), &before.text, 1);
    assert_eq!(first[0].id, second[0].id);
    assert!(second[0].lineage.changed.is_some());
    let pins = BTreeMap::new();
    let lock = Lock::parse(&before.text).expect("a sound lock");
    // A clock that was set back still gives a later second.
    let mut cards = second;
    settle(&mut cards, &Past { lock: &lock, now: 0, pins: &pins });
    assert!(cards[0].lineage.changed > Some(super::write::FIRST));
}
