#!/usr/bin/env python3
"""Ask Anki itself which review histories outlive an update of a deck.

    python history.py plan.json

The plan names edits. Each has `base`, a package that a fresh collection imports first; `intervals`, the interval in
days that cards get then, by GUID or by `GUID/number`; and `edited`, the package that is imported on top. Printed is,
for each name, the interval and the fields of every card as `GUID/number`, as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from anki import import_export_pb2 as pb
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def take(col: Collection, path: str) -> None:
    options = ImportAnkiPackageOptions(
        update_notes=pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER,
        update_notetypes=pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER,
    )
    col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))


def outlived(base: str, edited: str, intervals: dict[str, int]) -> dict[str, list]:
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
        take(col, edited)
        rows = col.db.all("select guid, ord, ivl, flds from cards join notes on notes.id = nid")
        col.close()
        return {f"{guid}/{number}": [days, fields] for guid, number, days, fields in rows}


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_text())
    found = {name: outlived(edit["base"], edit["edited"], edit["intervals"]) for name, edit in plan.items()}
    json.dump(found, sys.stdout)


main()
