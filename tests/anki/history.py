#!/usr/bin/env python3
"""Ask Anki itself which review histories outlive an update of a deck.

    python history.py base.apkg plan.json

The plan has `intervals`, the interval in days that each note's cards get after the first import, by GUID, and
`edited`, packages by name. Each of these is imported into a fresh collection that has the first package and the
intervals. Printed is, for each name, the interval of every card as `GUID/number`, as JSON.
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


def outlived(base: str, edited: str, intervals: dict[str, int]) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        take(col, base)
        for guid, days in intervals.items():
            col.db.execute(
                "update cards set type = 2, queue = 2, reps = 1, factor = 2500, ivl = ?, due = ? "
                "where nid = (select id from notes where guid = ?)",
                days,
                days,
                guid,
            )
        take(col, edited)
        rows = col.db.all("select guid, ord, ivl, flds from cards join notes on notes.id = nid")
        col.close()
        return {f"{guid}/{number}": [days, fields] for guid, number, days, fields in rows}


def main() -> None:
    base, plan = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
    found = {name: outlived(base, path, plan["intervals"]) for name, path in plan["edited"].items()}
    json.dump(found, sys.stdout)


main()
