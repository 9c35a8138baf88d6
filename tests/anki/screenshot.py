#!/usr/bin/env python3
"""Take a picture of some cards of an Anki package, as Anki renders them.

    python screenshot.py deck.apkg cards.png

Anki imports the package and fills the templates; a headless Chromium draws the
cards side by side, each in a frame as wide as a phone's screen. It needs what
verify.py needs, and Chromium on the PATH or named with --browser.
"""

from __future__ import annotations

import argparse
import html
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection

from render import open_package, page, sides

# The columns of the picture: a theme, and for each card an Anki search that finds it and the side shown.
COLUMNS = [
    ("day", [
        ('tag:recto::trap "Front:*S3 Glacier*"', "answer"),
        ('note:"Recto Basic" "Front:*Parquet best for*"', "answer"),
        ('note:"Recto Cloze" "Text:*60 seconds*"', "answer"),
    ]),
    ("night", [
        ('tag:recto::sequence "Front:*steps of*batch ML pipeline*"', "answer"),
        ('tag:recto::decision "Front:*SQL on a stream*"', "answer"),
    ]),
    ("day", [('note:"Recto Choice" "Stem:*500 GB*"', "answer")]),
]

WIDTH, HEIGHT, GAP, SCALE = 380, 845, 20, 1.5

PAGE = """<!doctype html><meta charset="utf-8"><style>
body, .column {{ display: flex; gap: {gap}px; }}
body {{ height: {height}px; margin: 0; padding: {gap}px; background: #cfd6e1; }}
.column {{ flex-direction: column; width: {width}px; }}
iframe {{ flex: 1 0 0; border: 0; border-radius: 16px; }}
</style>{columns}"""

# A frame is as high as its card, and has its share of what is left of the column.
FRAME = """<iframe srcdoc="{card}" onload="this.style.flexBasis = this.contentDocument.body.offsetHeight + 'px'"></iframe>"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("apkg", type=Path)
    parser.add_argument("png", type=Path)
    parser.add_argument("--browser", default="chromium")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder, "cards.html")
        sheet.write_text(draw(args.apkg, Path(folder)), encoding="utf-8")
        photograph(args.browser, sheet, args.png)


def draw(apkg: Path, place: Path) -> str:
    """The page that shows the cards."""
    collection = open_package(apkg, place)
    columns = "".join(column(collection, *entry) for entry in COLUMNS)
    collection.close()
    return PAGE.format(columns=columns, width=WIDTH, height=HEIGHT, gap=GAP)


def column(collection: Collection, theme: str, cards: list[tuple[str, str]]) -> str:
    """Cards below each other."""
    frames = "".join(frame(collection, search, side, theme) for search, side in cards)
    return f'<div class="column">{frames}</div>'


def frame(collection: Collection, search: str, side: str, theme: str) -> str:
    """One card in its frame."""
    found = collection.find_cards(search, order=True)
    if not found:
        sys.exit(f"no card is found by {search}: mend COLUMNS in {Path(__file__).name}")
    front, back = sides(collection, found[0])
    return FRAME.format(card=html.escape(page(back if side == "answer" else front, theme, None)))


def photograph(browser: str, sheet: Path, png: Path) -> None:
    """Draws a page into a file."""
    width = len(COLUMNS) * (WIDTH + GAP) + GAP
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-lcd-text", f"--force-device-scale-factor={SCALE}"]
    size = f"--window-size={width},{HEIGHT + 2 * GAP}"
    profile = f"--user-data-dir={sheet.parent / 'profile'}"
    command = [browser, *flags, size, profile, f"--screenshot={png.resolve()}", sheet.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
