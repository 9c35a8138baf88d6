"""Cards of an Anki package as Anki's own backend fills their templates, ready for a browser."""

from __future__ import annotations

import re
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

# The page of a side, as the reviewers of desktop and phones build it. `{web}` is Anki's own folder of
# style sheets and MathJax, where there is one.
PAGE = """<!doctype html><html dir="ltr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{web}</head>
<body class="card card1 {theme}"><div id="qa">{side}</div></body></html>"""

MATHJAX = """<link rel="stylesheet" href="{web}/css/reviewer.css">
<style>body.nightMode {{ --canvas: #2c2c2c; --fg: #fcfcfc; }}</style>
<script>window.MathJax = {{tex: {{displayMath: [["\\\\[", "\\\\]"]], processEscapes: false,
processEnvironments: false, processRefs: false}}, startup: {{typeset: true}}}};</script>
<script src="{web}/js/vendor/mathjax/tex-chtml-full.js"></script>"""


def open_package(apkg: Path, place: Path) -> Collection:
    """A fresh collection that has imported a package; its pictures lie in `place`/collection.media."""
    collection = Collection(str(place / "collection.anki2"))
    options = ImportAnkiPackageOptions(merge_notetypes=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(apkg.resolve()), options=options))
    return collection


def sides(collection: Collection, card: int) -> tuple[str, str]:
    """Front and back of a card as HTML, style sheet included."""
    output = collection.get_card(card).render_output()
    style = f"<style>{output.css}</style>"
    media = Path(collection.path).parent / "collection.media"
    local = lambda html: re.sub(r'src="([^":/]+)"', lambda m: f'src="{media.as_uri()}/{m[1]}"', html)
    return style + local(output.question_text), style + local(output.answer_text)


def page(side: str, theme: str, web: Path | None) -> str:
    """The page that shows a side; `theme` is `day` or `night`."""
    head = MATHJAX.format(web=web.resolve().as_uri()) if web else ""
    return PAGE.format(web=head, theme="nightMode night_mode" if theme == "night" else "", side=side)
