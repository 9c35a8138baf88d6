#!/usr/bin/env python3
"""Make a deck as people have it in Anki, with Anki's own note types, media and progress.

    python foreign.py FOLDER

Writes legacy.apkg, latest.apkg and whole.colpkg, and prints how many cards and answers they hold.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from anki.collection import Collection

from roundtrip import EASY, GOOD, answer, export

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f0005000 1ff89993d1d0000000049454e44ae426082".replace(" ", ""))

# Note type, deck, tags, fields.
NOTES = [
    ("Basic", "Geo::Europe", ["capital"], ["What is the capital of <b>France</b>?", "Paris"]),
    ("Basic", "Geo::Europe", ["capital"], ["Which countries border Spain?", "<ul><li>Portugal</li><li>France</li><li>Andorra</li></ul>"]),
    ("Basic", "Geo::Europe", ["capital"], ["a &lt; b &amp; 2 * 3 * 4 # x", "C:\\temp_dir_a [brackets] `tick`"]),
    ("Basic", "Geo::Europe", [], ["Where is the pixel? <img src=\"ein bild &amp; mehr.png\">", "here [sound:hund_1.mp3]"]),
    ("Basic", "Maths", ["x::y"], ["What is \\(a_1 * b_2 &lt; c\\)?", "\\[\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}\\]"]),
    ("Basic", "Maths", ["x::y"], ["How do you print?<br>In Python", "<pre><code>print(\"a\")\nprint(2 * 3)</code></pre>"]),
    ("Basic (and reversed card)", "Words", [], ["der Hund", "dog"]),
    ("Cloze", "Cells", [], ["The {{c1::mitochondrion::organelle}} makes {{c2::<b>ATP</b>}}, not {{c1::DNA}}.", ""]),
    ("Cloze", "Cells", [], ["Euler: {{c1::\\(e^{i\\pi} + 1 = 0\\)}}", "One of the <b>loveliest</b>."]),
]


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder, "collection.anki2")))
        collection.media.write_data("ein bild & mehr.png", PIXEL)
        collection.media.write_data("hund_1.mp3", b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0")
        for name, deck, tags, fields in NOTES:
            note = collection.new_note(collection.models.by_name(name))
            note.fields[: len(fields)] = fields
            note.tags = tags
            collection.add_note(note, collection.decks.id(deck))
        cards = collection.find_cards("", order="c.id")
        for card in cards[::2]:
            answer(collection, card, GOOD, EASY)
        print(f"{len(cards)} cards, {collection.db.scalar('select count() from revlog')} answers")
        export(collection, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
