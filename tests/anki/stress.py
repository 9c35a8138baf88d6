#!/usr/bin/env python3
"""Write notes that put the way to Anki to the test: 10,000 cards of every kind, awkward characters, 500 media files.

    python stress.py FOLDER [CARDS]
    recto build FOLDER/notes -o FOLDER/decks
    python verify.py FOLDER/decks/notes.apkg --strict --graded

The same number gives the same notes. About as many cards come out as are asked for, and all media are used.
"""

from __future__ import annotations

import random
import struct
import sys
import zlib
from pathlib import Path

# Characters and words that other programs stumbled over, each put into many cards.
AWKWARD = [
    "a < b && c > d", "<b>bold?</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&amp; &lt; &nbsp;",
    "{{c1::not a gap}}", "{{Front}}", "{{#Why}}", "}} and {{", "a::b", "::", "[sound:none.mp3]", "[[wiki]]", "$5 and $6",
    "100 %", "C:\\temp\\new", "\"double\" and 'single'", "‘curly’ “quotes”", "`tick`", "a_b_c and *stars*", "# no heading",
    "=1+1", "+41 44", "-1", "@x", "tab\there", "non\u00a0breaking", "zero\u200bwidth", "soft\u00adhyphen", "ﬁ ligature",
    "e\u0301 and é", "İstanbul ıI", "Straße ẞ", "日本語の文", "中文，标点。", "한국어", "עברית מימין", "العربية", "हिन्दी", "ไทย",
    "👩‍👩‍👧‍👦 family", "🇨🇭 flag", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "\u202eturned\u202c", "l" * 120, "x²·y₃", "→ ⇒ ≠", "½ ‰ №", "…", "–—―",
]
FORMULAS = [
    "a_1 * b_2 < c", "\\frac{a}{b_{c}}", "\\text{if } x > 0 \\text{ & } y", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
    "\\{x \\mid x^{2^{n}}\\}", "f\\colon A \\to B", "\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}", "e^{i\\pi}+1=0",
]
CODE = [
    ("python", "print(\"{{c1::x}}\")\nif a < b and c > d:\n    pass"), ("rust", "fn f<T>(x: &T) -> Vec<T> { vec![] }"),
    ("html", "<p class=\"a\">&amp;</p>\n<script>alert(1)</script>"), ("sh", "echo $HOME | sed 's/a/b/' > /dev/null"),
    ("", "plain   text\n\twith a tab"), ("sql", "SELECT * FROM t WHERE a <> 'b' -- remark"),
]
NAMES = ["Kes", "Mar", "Tol", "Vin", "Ral", "Bren", "Dor", "Fal", "Gim", "Hol", "Jas", "Lum", "Nor", "Pel", "Quor", "Zed"]
ENDS = ["tra", "vix", "lor", "mi", "rud", "stan", "nex", "dol", "qua", "ber", "pha", "gon"]
THINGS = ["queue", "index", "bucket", "ledger", "broker", "shard", "vault", "stream", "cursor", "lattice", "membrane"]
FILES = ["plain", "mit Leerzeichen", "Übergröße", "a&b", "per%20cent", "it's", "(round)", "plus+plus", "日本", "UPPER"]


class Writer:
    """Writes the notes, and knows which media are still to be shown."""

    def __init__(self, folder: Path, cards: int):
        self.notes = folder / "notes"
        self.cards = cards
        self.chance = random.Random(20261127)
        self.made = 0
        self.media: list[str] = []

    def name(self) -> str:
        first = self.chance.choice(NAMES) + "".join(self.chance.choice(ENDS) for _ in range(2))
        return f"{first} {self.chance.choice(THINGS)} {self.made}"

    def awkward(self) -> str:
        return AWKWARD[self.made % len(AWKWARD)]

    def shown(self, home: str) -> str:
        """A file of this note's folder that no card has shown yet, if there is one."""
        own = [path for path in self.media if path.startswith(home + "/")]
        if not own:
            return ""
        path = own[0]
        self.media.remove(path)
        name = path[len(home) + 1:]
        return f" [sound:{name}]" if name.endswith(".mp3") else f" ![{name[:3]}](<{name}>)"

    def card(self, home: str) -> str:
        """One card in markup, and sometimes something without."""
        self.made += 1
        n, name, odd = self.made, self.name(), self.awkward()
        # Only where it is sure to be a part of the card.
        file = self.shown(home) if n % 12 in (0, 1, 3, 4, 5, 9, 10) else ""
        formula = FORMULAS[n % len(FORMULAS)]
        language, code = CODE[n % len(CODE)]
        forms = [
            f"Q: What does {name} say of {odd}?\nA: It says {odd} in {n} words.{file}",
            f"Q: Which formula does {name} follow?{file}\nA: ${formula}$, and in full:\n\n   $$\n   {formula}\n   $$",
            f"Q: How is {name} called?\nA:\n\n```{language}\n{code}\n# {n}\n```\n{file}",
            f"The {name} holds =={odd.replace('=', '-')}== after =={n} days==.{file}",
            f"In {name} the rule is {{{{c1::${formula}$}}}} and {{{{c2::{n} steps::how many}}}}.{file}",
            f"{name} ::: {n} parts of {odd.replace('::', ':')}{file}",
            f"Which of these does {name} keep?{file}\n\nA) {odd}\nB) {n} records\nC) nothing at all\n\nAnswer: B — {name} keeps {n}.",
            f"> [!WARNING]\n> {name} never keeps more than {n} records.{file}",
            f"> [!TIP]\n> Choose {name} where {n} writers are at work.{file}",
            f"Q: What belongs to {name}?\nA:\n\n- {odd}\n- {n} readers\n  - nested <{n}>\n- a | b{file}",
            f"Q: What are the steps of {name}?\nA:\n\n1. open {n}\n2. read {odd}\n3. close{file}",
            f"Q: What does the table of {name} hold?\nA:\n\n| key | value |\n| --- | --- |\n| {n} | {odd.replace('|', '/')} |{file}",
        ]
        return forms[n % len(forms)]

    def note(self, number: int) -> None:
        home = ["", "One", "One/Two", "Ünï cödé/日本", "a b & c"][number % 5]
        folder = self.notes / home
        folder.mkdir(parents=True, exist_ok=True)
        lines = [f"---\ntags: [stress, \"a b\", x::y{number % 3}]\n---\n\n# Note {number} with {AWKWARD[number % len(AWKWARD)]}\n"]
        for part in range(10):
            lines.append(f"## Part {part} of {number}\n")
            lines += [self.card(home or ".") + "\n" for _ in range(10)]
            lines.append(self.plain())
        (folder / f"note {number:03}.md").write_text("\n".join(lines), encoding="utf-8")

    def plain(self) -> str:
        """Constructs without markup."""
        self.made += 4
        a, b, n = self.name(), self.name(), self.made
        return (f"### {a}\n\n- **{a}** keeps {n} records\n- **Limit:** {n} MB\n\n"
                f"| Name | Size | Use |\n| --- | --- | --- |\n| {a} | {n} GB | archives |\n| {b} | {n + 1} GB | audits |\n\n"
                f"If you need {n} readers → {b}\n\n{a} → {b} → step {n}\n")

    def run(self) -> None:
        for home in [".", "One", "One/Two", "Ünï cödé/日本", "a b & c"]:
            folder = self.notes / home
            for at in range(100):
                name = f"{FILES[at % len(FILES)]} {at // 10}.{'mp3' if at % 5 == 4 else 'png' if at % 2 else 'PNG'}"
                (folder / "files").mkdir(parents=True, exist_ok=True)
                number = len(self.media)
                (folder / "files" / name).write_bytes(sound(number) if name.endswith("mp3") else image(number))
                self.media.append(f"{home}/files/{name}")
        number = 0
        while self.made < self.cards:
            self.note(number)
            number += 1
        assert not self.media, f"{len(self.media)} files are not shown"


def image(number: int) -> bytes:
    """A picture of its own for each number."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    pixel = bytes([0, number % 256, number // 256, 99])
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(pixel)) + chunk(b"IEND", b""))


def sound(number: int) -> bytes:
    return b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0" + struct.pack(">I", number)


if __name__ == "__main__":
    Writer(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000).run()
