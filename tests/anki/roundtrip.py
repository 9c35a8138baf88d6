#!/usr/bin/env python3
"""Study a package in the real Anki, and see whether everything comes back.

    python roundtrip.py study deck.apkg FOLDER
    python roundtrip.py compare FOLDER/state.json back.apkg

`study` imports a package into a fresh collection, answers, postpones, suspends, buries, flags and
forgets cards, and exports the collection in all three formats (legacy.apkg, latest.apkg, whole.colpkg), with
state.json beside them: every field, tag, deck, schedule and answer. `compare` imports a package into
another fresh collection, with its scheduling, and lists all that differs. Exit status 1 if anything does.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer

AGAIN, HARD, GOOD, EASY = CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY


def fresh(folder: Path, apkg: Path) -> Collection:
    """A collection that has imported a package with all its progress."""
    folder.mkdir(parents=True, exist_ok=True)
    collection = Collection(str(folder / "collection.anki2"))
    collection.mod_schema(check=False)
    options = ImportAnkiPackageOptions(with_scheduling=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(apkg.resolve()), options=options))
    return collection


def answer(collection: Collection, number: int, *ratings) -> None:
    """Answers one card, whatever the queue says."""
    for rating in ratings:
        card = collection.get_card(number)
        card.start_timer()
        time.sleep(0.005)  # nobody answers faster
        states = collection._backend.get_scheduling_states(card.id)
        collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=rating))


def study(collection: Collection) -> None:
    """Brings cards into every state that they can be in."""
    sched = collection.sched
    for at, number in enumerate(collection.find_cards("", order="c.id")):
        turn = at % 15
        if turn == 1:
            answer(collection, number, EASY)
        elif turn == 2:
            answer(collection, number, GOOD)
        elif turn == 3:
            answer(collection, number, GOOD, AGAIN, HARD)
        elif turn in (4, 5, 6, 7):
            sched.set_due_date([number], "0")
            answer(collection, number, (HARD, GOOD, AGAIN, EASY)[turn - 4])
        elif turn == 8:
            answer(collection, number, EASY)
            sched.suspend_cards([number])
        elif turn == 9:
            answer(collection, number, EASY)
            collection.set_user_flag_for_cards(3, [number])
        elif turn == 10:
            sched.set_due_date([number], "0")
            answer(collection, number, AGAIN, GOOD, GOOD)
            sched.set_due_date([number], "17")
            # What Anki notes when FSRS gives the cards of a deck other intervals.
            collection.db.execute(
                "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) "
                "values (?, ?, -1, 0, 17, 17, 2300, 0, 5)", int(time.time() * 1000) + 40, number)
        elif turn == 11:
            sched.suspend_cards([number])
        elif turn == 12:
            answer(collection, number, EASY)
            sched.bury_cards([number])
        elif turn == 13:
            answer(collection, number, EASY)
            sched.set_due_date([number], "0")
            answer(collection, number, AGAIN, GOOD)
            sched.schedule_cards_as_new([number], restore_position=False, reset_counts=False)
        elif turn == 14:
            sched.bury_cards([number])


def snapshot(collection: Collection) -> dict:
    """All that a user would miss, by GUID and number of the card."""
    today = collection.sched.today
    cards = {}
    for number in collection.find_cards(""):
        card = collection.get_card(number)
        note = card.note()
        log = collection.db.all(
            "select id, ease, ivl, lastIvl, factor, time, type from revlog where cid = ? order by id", number)
        relative = card.type == 2 or (card.type and card.due < 1_000_000_000)
        cards[f"{note.guid} {card.ord}"] = {
            "fields": note.fields, "tags": sorted(note.tags), "deck": collection.decks.name(card.did),
            "notetype": note.note_type()["name"], "type": card.type, "queue": card.queue, "ivl": card.ivl,
            "due": card.due - today if relative else card.due, "factor": card.factor, "reps": card.reps,
            "lapses": card.lapses, "left": card.left, "flag": card.user_flag(), "log": log,
        }
    return cards


def export(collection: Collection, folder: Path) -> None:
    """Exports a collection in every format."""
    for name, legacy in (("legacy.apkg", True), ("latest.apkg", False)):
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=legacy)
        collection.export_anki_package(out_path=str(folder / name), options=options, limit=None)
    # This closes the collection.
    collection.export_collection_package(str(folder / "whole.colpkg"), include_media=True, legacy=False)


def differences(before: dict, after: dict) -> list[str]:
    """What is not the same, card by card."""
    lines = [f"{name}: gone" for name in before.keys() - after.keys()]
    lines += [f"{name}: new" for name in after.keys() - before.keys()]
    for name in sorted(before.keys() & after.keys()):
        for key, value in before[name].items():
            if value != after[name][key]:
                lines.append(f"{name}: {key} was {value}, is {after[name][key]}")
    return lines


def main(arguments: list[str]) -> int:
    work = Path(tempfile.mkdtemp())
    try:
        match arguments:
            case ["study", apkg, target]:
                folder = Path(target)
                folder.mkdir(parents=True, exist_ok=True)
                collection = fresh(work, Path(apkg))
                study(collection)
                state = snapshot(collection)
                (folder / "state.json").write_text(json.dumps(state), encoding="utf-8")
                export(collection, folder)
                answers = sum(len(card["log"]) for card in state.values())
                print(f"{len(state)} cards, {answers} answers")
                return 0
            case ["compare", state, apkg]:
                collection = fresh(work, Path(apkg))
                before = json.loads(Path(state).read_text(encoding="utf-8"))
                wrong = differences(before, json.loads(json.dumps(snapshot(collection))))
                collection.close()
                print("\n".join(wrong) or f"{len(before)} cards: nothing is lost")
                return 1 if wrong else 0
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
