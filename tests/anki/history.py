#!/usr/bin/env python3
"""Ask Anki itself which review histories outlive an update of a deck.

    python history.py plan.json

The plan names edits. Each has `base`, a package that a fresh collection imports first; `intervals`, the interval in
days that cards get then, by GUID or by `GUID/number`; `edited`, the package that is imported on top; and `search`,
which must find all cards that are not in it, and no other. Printed is, for each name, the interval and the fields of
every card as `GUID/number`, as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from anki import import_export_pb2 as pb
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def take(col: Collection, path: str) -> set[int]:
    """Imports a package; says which notes are in it."""
    options = ImportAnkiPackageOptions(
        update_notes=pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER,
        update_notetypes=pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER,
    )
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    return {note.id.nid for kind in (log.new, log.updated, log.duplicate, log.conflicting) for note in kind}


def check_search(col: Collection, kept: set[int], search: str) -> None:
    """A note beside another has the id of the same card, so cards are compared, by the field that has their ids."""
    ids = {nid: col.get_note(nid)["Id"] for nid in col.find_notes("")}
    gone = set(ids.values()) - {ids[nid] for nid in kept}
    found = {ids[nid] for nid in col.find_notes(search)} if search else set()
    if found != gone:
        there = [col.get_note(nid).fields for nid in ids if ids[nid] in found ^ gone]
        raise SystemExit(f"{search!r} finds {sorted(found)} instead of {sorted(gone)}: {there}")


def outlived(base: str, edited: str, intervals: dict[str, int], search: str) -> dict[str, list]:
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        take(col, base)
        for name, days in intervals.items():
            guid, _, number = name.partition("/")
            col.db.execute(
                "update cards set type = 2, queue = 2, reps = 1, factor = 2500, ivl = ?, due = ? "
                "where nid = (select id from notes where guid = ?) and (? = '' or ord = ?)",
                days,
                days,
                guid,
                number,
                number or 0,
            )
        check_search(col, take(col, edited), search)
        rows = col.db.all("select guid, ord, ivl, flds from cards join notes on notes.id = nid")
        col.close()
        return {f"{guid}/{number}": [days, fields] for guid, number, days, fields in rows}


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_text())
    found = {name: outlived(**edit) for name, edit in plan.items()}
    json.dump(found, sys.stdout)


main()
