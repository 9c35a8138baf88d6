#!/usr/bin/env python3
"""Look at every card of a package in a real browser, and say what a learner could not read.

    python looks.py deck.apkg [--pictures FOLDER] [--web FOLDER]

Anki imports the package and fills the templates; a headless Chromium shows each side of each card
at the width of a phone and of a desktop, by day and by night. Reported are words whose contrast to
what is behind them is under 4.5 : 1 and whatever sticks out of the page. Of a question with options
one that is wrong is tapped before the answer is shown, and the marks on the answer side are checked.
Nothing on a card may run but the templates' own script, nothing may be loaded from elsewhere, and nothing may stand
outside the place that the templates have for it; `tests/anki/hostile` has notes that try.
`--pictures` keeps sheets of all cards. `--web` names the folder `_aqt/data/web` of the Python
package `aqt`, whose style sheet and MathJax are used then. Exit status 1 if anything is found.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from render import open_package, page, sides

SIZES = {"phone": 360, "desktop": 1000}
LOWEST = 4.5

# Each side in a frame of its own; what is found goes into the title of the page.
SHEET = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 12px; background: #8d97a8; columns: {columns}; column-gap: 12px; }}
iframe {{ display: block; width: {width}px; height: 200px; margin: 0 0 12px; border: 0; break-inside: avoid; }}
</style>{frames}<pre id="found" hidden></pre><script>{script}</script>"""

SCRIPT = """
const LOWEST = %LOWEST%;
const MISTAKES = 'mjx-merror, mjx-container [style*="color: red"]';
const ALIENS = ["iframe", "object", "embed", "form", "input", "link", "meta", "base", "svg", "video", "marquee", "details"]
  .map(name => `#qa ${name}:not(mjx-container *)`).join();
function parse(colour) {
  const n = (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  return {r: n[0], g: n[1], b: n[2], a: n.length > 3 ? n[3] : 1};
}
function over(top, under) {
  const mix = (t, u) => t * top.a + u * (1 - top.a);
  return {r: mix(top.r, under.r), g: mix(top.g, under.g), b: mix(top.b, under.b), a: 1};
}
function behind(element, view) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) layers.push(parse(view.getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((under, top) => over(top, under), {r: 255, g: 255, b: 255, a: 1});
}
function luminance(c) {
  const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
}
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
function judge(frame, found) {
  const doc = frame.contentDocument, view = frame.contentWindow;
  const name = frame.dataset.name;
  const say = (what, where) => found.push(`${name}: ${what}: ${where.trim().slice(0, 60)}`);
  const check = (element, pseudo, words) => {
    const colour = over(parse(view.getComputedStyle(element, pseudo).color), behind(element, view));
    let back = behind(element, view);
    if (pseudo) back = over(parse(view.getComputedStyle(element, pseudo).backgroundColor), back);
    const ratio = contrast(colour, back);
    if (ratio < LOWEST) say(`contrast ${ratio.toFixed(2)}`, words);
  };
  const texts = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const shown = element.getClientRects().length && !element.closest(`style, script, mjx-assistive-mml, ${MISTAKES}`);
    if (shown && texts.currentNode.data.trim()) check(element, null, texts.currentNode.data);
  }
  const wide = doc.documentElement;
  if (wide.scrollWidth > wide.clientWidth) say(`wider than the page by ${wide.scrollWidth - wide.clientWidth}`, "");
  for (const element of doc.body.querySelectorAll("*")) {
    // What MathJax says of a formula that it does not understand has its own colours.
    if (element.closest(MISTAKES)) continue;
    for (const pseudo of ["::before", "::after"]) {
      const content = view.getComputedStyle(element, pseudo).content;
      if (content && content.length > 2 && content !== "none" && content !== "normal") check(element, pseudo, content);
    }
    const box = element.getBoundingClientRect();
    const inline = element.closest("mjx-container");
    if (inline && inline !== element) continue;
    // A formula in the midst of words does not break; its side of the card scrolls.
    if (element.querySelector("mjx-container") && element.closest(".question, .answer, .why")) continue;
    const scrolls = element.closest(".table, .formula, pre, mjx-container[display]") || element.closest("style, script, mjx-assistive-mml") || inline;
    if (!scrolls && box.width && (box.right > wide.clientWidth + 0.5 || box.left < -0.5)) say("sticks out", element.outerHTML);
    for (const {name: attribute} of element.attributes) if (attribute.startsWith("on")) say("would run", element.outerHTML);
    const source = element.getAttribute("src") || "";
    if (/^(https?:)?[/][/]/.test(source)) say("would be loaded from the web", source);
  }
  for (const alien of doc.querySelectorAll(ALIENS)) say("does not belong on a card", alien.outerHTML);
  for (const link of doc.querySelectorAll("#qa [href]")) {
    const target = link.getAttribute("href") || "";
    if (!/^(https?:|mailto:|#)/i.test(target)) say("would run when it is tapped", target);
  }
  for (const styled of doc.querySelectorAll("#qa [style]")) {
    if (/url[(]|expression|@import/i.test(styled.getAttribute("style"))) say("would load by its style", styled.outerHTML);
  }
  for (const {name: loaded} of view.performance.getEntriesByType("resource")) {
    if (!/^(file|data|blob):/.test(loaded)) say("was loaded", loaded);
  }
  // Notes that mean harm leave their name here.
  if (window.ran || view.ran) say("has run", String(window.ran || view.ran));
  const tops = [...doc.getElementById("qa").children].filter(element => !["STYLE", "SCRIPT"].includes(element.tagName));
  if (tops.some(element => !element.classList.contains("recto"))) say("breaks out of its place", tops.map(e => e.tagName).join());
  for (const part of doc.querySelectorAll("#qa > .recto > *")) {
    const own = part.id === "answer" || ["head", "question", "answer", "asked", "solved", "why", "source"].includes(part.classList[0]);
    if (!own) say("breaks out of its field", part.outerHTML);
  }
  if (doc.getElementById("qa").closest("html") !== doc.documentElement || doc.querySelectorAll("#qa").length > 1) say("has a second page", "");
  if (doc.querySelectorAll("#qa script").length > (doc.getElementById("recto-choice") ? 1 : 0)) say("has a script", "");
}
function answer(frame, found) {
  const doc = frame.contentDocument, name = frame.dataset.name;
  const options = () => [...doc.querySelectorAll("#recto-choice .option")];
  const wrong = options().find(option => !option.classList.contains("right"));
  const before = options().map(option => option.textContent);
  if (wrong) wrong.click();
  if (wrong && !wrong.classList.contains("picked")) found.push(`${name}: a tap does not pick`);
  doc.getElementById("qa").innerHTML = frame.dataset.answer;
  for (const old of doc.querySelectorAll("#qa script")) {
    const script = doc.createElement("script");
    script.textContent = old.textContent;
    old.replaceWith(script);
  }
  const after = options().map(option => option.textContent);
  const picked = options().filter(option => option.classList.contains("picked"));
  if (before.join() !== after.join()) found.push(`${name}: the answer has another order than the question`);
  if (wrong && (picked.length !== 1 || picked[0].textContent !== wrong.textContent)) found.push(`${name}: the pick is lost`);
}
async function run() {
  const found = [];
  const frames = [...document.querySelectorAll("iframe")];
  for (const frame of frames) {
    const math = frame.contentWindow.MathJax;
    if (math && math.startup && math.startup.promise) await math.startup.promise;
    if (frame.dataset.answer) answer(frame, found);
    judge(frame, found);
    frame.style.height = frame.contentDocument.documentElement.scrollHeight + "px";
    const box = frame.contentDocument.body.getBoundingClientRect();
    frame.style.height = Math.ceil(box.height) + "px";
  }
  document.getElementById("found").textContent = JSON.stringify(found);
  document.getElementById("found").dataset.cards = frames.length;
  document.getElementById("found").dataset.height = document.body.scrollHeight;
}
addEventListener("load", run);
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("apkg", type=Path)
    parser.add_argument("--pictures", type=Path, help="a folder for sheets of all cards")
    parser.add_argument("--web", type=Path, help="the folder _aqt/data/web of the package aqt")
    parser.add_argument("--browser", default="chromium")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        collection = open_package(args.apkg, place)
        cards = [(card, *sides(collection, card)) for card in collection.find_cards("", order="c.id")]
        collection.close()
        found = []
        for size in SIZES:
            for theme in ("day", "night"):
                sheet = place / f"{size}-{theme}.html"
                sheet.write_text(draw(cards, size, theme, args.web), encoding="utf-8")
                seen, height = look(args.browser, sheet, size)
                found += [f"{size} {theme}: {what}" for what in seen]
                if args.pictures:
                    picture(args.browser, sheet, size, height, args.pictures / f"{size}-{theme}.png")
    print("\n".join(found) or f"{len(cards)} cards, {4 * len(SIZES)} views of each: nothing to complain of")
    return 1 if found else 0


def draw(cards: list, size: str, theme: str, web: Path | None) -> str:
    """The page that shows all sides of all cards at one size and in one theme."""
    frames = []
    for number, (_, front, back) in enumerate(cards, 1):
        for name, side in (("front", front), ("back", back)):
            answer = back if name == "back" and 'id="recto-choice"' in back else ""
            # An answer with options is shown where its question was, as reviewers do.
            shown = page(front if answer else side, theme, web)
            data = f' data-answer="{html.escape(answer)}"' if answer else ""
            frames.append(f'<iframe data-name="card {number}, {name}"{data} srcdoc="{html.escape(shown)}"></iframe>')
    script = SCRIPT.replace("%LOWEST%", str(LOWEST))
    return SHEET.format(width=SIZES[size], columns=columns(size), frames="".join(frames), script=script)


def columns(size: str) -> int:
    """How many columns a sheet has."""
    return 6 if size == "phone" else 3


def flags(place: Path, size: str) -> list[str]:
    """What Chromium is started with."""
    width = columns(size) * (SIZES[size] + 12) + 12
    return ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files",
            "--virtual-time-budget=60000", f"--user-data-dir={place / 'profile'}", f"--window-size={width},4000"]


def look(browser: str, sheet: Path, size: str) -> tuple[list[str], int]:
    """What the browser finds on a sheet, and how high it is."""
    command = [browser, *flags(sheet.parent, size), "--dump-dom", sheet.as_uri()]
    dom = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result = re.search(r'<pre id="found"[^>]*data-height="(\d+)"[^>]*>(.*?)</pre>', dom, re.S)
    if not result:
        sys.exit("the browser did not finish")
    return json.loads(html.unescape(result[2])), int(result[1])


def picture(browser: str, sheet: Path, size: str, height: int, png: Path) -> None:
    """Keeps a sheet as a picture."""
    png.parent.mkdir(parents=True, exist_ok=True)
    options = [flag for flag in flags(sheet.parent, size) if not flag.startswith("--window-size")]
    width = columns(size) * (SIZES[size] + 12) + 12
    command = [browser, *options, f"--window-size={width},{height + 24}", f"--screenshot={png.resolve()}", sheet.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
