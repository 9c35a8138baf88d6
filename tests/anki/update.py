#!/usr/bin/env python3
"""See in the real Anki whether the looks of a later package replace those of an earlier one.

    python update.py deck.apkg

The package is made older: other templates, another style sheet, an earlier date. Anki imports the older one, a card
is answered, and the package as it is comes in. Then there must be no further note type, every template and the style
sheet must be those of the package, and the answer and its schedule must still be there. Looks that the user has
changed since stay as they are. Exit status 1 if any of it fails.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer

OLD = "<i>of old</i>"


def models(path: Path) -> dict:
    database = sqlite3.connect(path)
    try:
        return json.loads(database.execute("select models from col").fetchone()[0])
    finally:
        database.close()


def aged(apkg: Path, old: Path, work: Path) -> dict:
    """Writes the package as an older one had it; the note types as they are in it now."""
    with zipfile.ZipFile(apkg) as source, zipfile.ZipFile(old, "w") as target:
        for name in source.namelist():
            if name != "collection.anki2":
                target.writestr(name, source.read(name))
                continue
            path = work / "old.anki2"
            path.write_bytes(source.read(name))
            now = models(path)
            older = json.loads(json.dumps(now))
            for model in older.values():
                model["mod"] -= 100_000
                model["css"] = ".card { color: teal; }"
                for template in model["tmpls"]:
                    template["qfmt"] += OLD
                    template["afmt"] += OLD
            database = sqlite3.connect(path)
            database.execute("update col set models = ?", (json.dumps(older),))
            database.commit()
            database.close()
            target.write(path, name)
    return now


def take(collection: Collection, apkg: Path) -> None:
    # As Anki imports unless its user wants it otherwise: what is newer replaces what is older.
    request = ImportAnkiPackageRequest(package_path=str(apkg.resolve()), options=ImportAnkiPackageOptions())
    collection.import_anki_package(request)
    # Anki's Python remembers note types that its backend has changed since.
    collection.models._clear_cache()


def looks(collection: Collection) -> dict:
    shown = {}
    for name in collection.models.all_names_and_ids():
        if name.name.startswith("Recto"):
            model = collection.models.get(name.id)
            shown[name.name] = [model["css"]] + [(t["name"], t["qfmt"], t["afmt"]) for t in model["tmpls"]]
    return shown


def wanted(now: dict) -> dict:
    return {m["name"]: [m["css"]] + [(t["name"], t["qfmt"], t["afmt"]) for t in m["tmpls"]] for m in now.values()}


def main(apkg: Path, work: Path) -> list[str]:
    wrong = []
    now = aged(apkg, work / "old.apkg", work)
    collection = Collection(str(work / "collection.anki2"))
    take(collection, work / "old.apkg")
    before = [name.name for name in collection.models.all_names_and_ids()]
    if any(OLD not in template[1] for shown in looks(collection).values() for template in shown[1:]):
        wrong.append("the older looks did not come in")
    number = collection.find_cards("", order="c.id")[0]
    card = collection.get_card(number)
    card.start_timer()
    states = collection._backend.get_scheduling_states(card.id)
    collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=CardAnswer.EASY))
    progress = collection.db.all("select id, type, queue, ivl, reps from cards order by id")
    take(collection, apkg)
    if [name.name for name in collection.models.all_names_and_ids()] != before:
        wrong.append(f"other note types: {[name.name for name in collection.models.all_names_and_ids()]}")
    wrong += [f"{name}: the looks are not those of the package" for name, shown in wanted(now).items()
              if name in looks(collection) and looks(collection)[name] != shown]
    if collection.db.all("select id, type, queue, ivl, reps from cards order by id") != progress:
        wrong.append("cards or their progress changed")
    if collection.db.scalar("select count() from revlog") != 1:
        wrong.append("the answer is gone")
    name = next(iter(looks(collection)))
    own = collection.models.by_name(name)
    own["css"] += "\n.card { color: maroon; }"
    collection.models.update_dict(own)
    take(collection, apkg)
    if "maroon" not in collection.models.by_name(name)["css"]:
        wrong.append("what the user has changed was overwritten")
    kept = looks(collection)
    collection.close()
    return wrong or [f"{len(kept)} note types: the later looks came in, the user's own stayed"]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(tempfile.mkdtemp())
    try:
        said = main(Path(sys.argv[1]), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(said))
    sys.exit(0 if "came in, the user's own stayed" in said[0] else 1)
