"""recto beside other programs that make Anki packages: the same cards in each one's own syntax, in one run.

    cargo build --release --no-default-features
    python3 benches/builds.py [CARDS …] [--recto target/release/recto] [--only NAME …] [--limits]

The programs are installed in versions that never change into target/builds-venv-NAME by the first run. A row has the
processor time, the time by the clock and the peak memory of the whole program from notes to package, the best of
three runs (of one where a run takes more than twenty seconds), and how many notes the packages hold: a row whose
notes are not those that were written is marked. With --limits the same notes go through the bare Markdown parser, and
the rows of recto's package through SQLite's bulk insert and the compressor (benches/limits.rs).
"""
import argparse, os, shutil, sqlite3, subprocess, sys, tempfile, time, venv, zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PER_FILE = 500
THINGS = "queue cache index bucket stream table gateway cluster pipeline scheduler ledger broker".split()
ASPECTS = ["maximum size", "default timeout", "retention period", "retry limit", "wire protocol", "storage engine",
           "replication factor", "consistency model", "backup interval", "fallback service"]
SOUNDS = "kes tre vi mar lo qua bren do fal ru gim sta ne pel jas mi".split()
PINNED = {
    "genanki": ["genanki==0.13.1"],
    "ankdown": ["ankdown==0.7.1"],
    "markdown-anki-decks": ["markdown-anki-decks==1.1.1", "click<8.1"],
    "ankcompiler": ["ankcompiler==0.6.0"],
}
# What a person would write who makes cards by a script: fields are taken as they are.
GENANKI = '''
import sys, genanki
from pathlib import Path
model = genanki.Model(1607392319, "Basic", fields=[{"name": "Front"}, {"name": "Back"}], templates=[
    {"name": "Card 1", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}])
deck = genanki.Deck(2059400110, "Bench")
for path in sorted(Path(sys.argv[1]).glob("*.tsv")):
    for line in path.read_text(encoding="utf8").splitlines():
        deck.add_note(genanki.Note(model=model, fields=line.split("\\t")))
genanki.Package(deck).write_to_file(sys.argv[2])
'''


def mixed(*numbers):
    bits = 0
    for number in numbers:
        bits = (bits ^ number + 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93 % 2**64
        bits ^= bits >> 32
    return bits


def cards(count):
    """Questions and answers with some Markdown in them; eight each are about one thing."""
    def name(place, turn):
        return "".join(SOUNDS[mixed(place, turn, part) % len(SOUNDS)] for part in range(4)).capitalize()
    for place in range(count):
        thing = place // 8
        subject = f"{name(thing, 1)} {THINGS[mixed(thing, 2) % len(THINGS)]}"
        aspect = ASPECTS[(mixed(thing, 3) + place) % len(ASPECTS)]
        yield (f"What is the {aspect} of the **{subject}** system in region {1 + thing % 7}, shelf {thing}?",
               f"{2 + mixed(place, 4) % 900} units, as the *{name(place, 5)}* "
               f"`{THINGS[mixed(place, 6) % len(THINGS)]}` demands")


def uid(place):
    return f"uid{place:07d}"


SYNTAX = {
    "recto": ("md", "# Bench\n\n", lambda place, q, a: f"Q: {q}\nA: {a}\n\n"),
    "genanki": ("tsv", "", lambda place, q, a: f"{q}\t{a}\n"),
    "ankdown": ("md", "", lambda place, q, a: f"{'---' if place % PER_FILE else ''}\n\n{q}\n\n%\n\n{a}\n\n"),
    "markdown-anki-decks": ("md", "# Bench {file}\n\n", lambda place, q, a: f"## {q}\n\n{a}\n\n"),
    "ankcompiler": ("md", "---\ndeck: Bench\n---\n",
                    lambda place, q, a: f"---\n\n{q} ::: {a}\n\n---\n[^uid]: {uid(place)}\n\n"),
}


def write(name, count, folder):
    extension, head, card = SYNTAX[name]
    folder.mkdir(parents=True)
    texts = {}
    for place, (question, answer) in enumerate(cards(count)):
        file = place // PER_FILE
        texts.setdefault(file, [head.replace("{file}", str(file))]).append(card(place, question, answer))
    for file, text in texts.items():
        (folder / f"note-{file:04d}.{extension}").write_text("".join(text), encoding="utf8")


def home(name):
    """The environment of a program, installed where it is not there."""
    folder = ROOT / "target" / f"builds-venv-{name}"
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", *PINNED[name]], check=True)
        (folder / "installed").write_text("\n".join(PINNED[name]))
    return folder / "bin"


def command(name, notes, out, recto):
    if name == "recto":
        return [recto, "build", notes, "-o", out, "--format", "apkg", "--quiet"]
    bin = home(name)
    if name == "genanki":
        script = out.parent / "script.py"
        script.write_text(GENANKI)
        return [bin / "python", script, notes, out / "bench.apkg"]
    if name == "ankdown":
        return [bin / "ankdown", "-r", notes, "-p", out / "bench.apkg"]
    if name == "markdown-anki-decks":
        return [bin / "mdankideck", notes, out]
    return [bin / "ankc", "build", "--all", "--path", notes, "--output", out]


def run(arguments, folder):
    """Processor seconds, seconds by the clock and peak memory in MB of a program."""
    start = time.perf_counter()
    child = subprocess.Popen([str(a) for a in arguments], cwd=folder, stdout=subprocess.DEVNULL,
                             stderr=(folder / "stderr").open("wb"))
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    elapsed = time.perf_counter() - start
    if child.returncode != 0:
        print((folder / "stderr").read_text(errors="replace")[-400:], file=sys.stderr)
    return used.ru_utime + used.ru_stime, elapsed, used.ru_maxrss / 1024


def notes_in(out):
    """How many notes the packages hold, with distinct first fields."""
    fields = []
    for package in sorted(out.glob("**/*.apkg")):
        with zipfile.ZipFile(package) as archive, tempfile.TemporaryDirectory() as folder:
            # The collection that is named last is the one that counts.
            inner = [name for name in ("collection.anki21", "collection.anki2") if name in archive.namelist()][0]
            path = archive.extract(inner, folder)
            with sqlite3.connect(path) as database:
                fields += [row[0].split("\x1f")[0] for row in database.execute("select flds from notes")]
    return len(fields), len(set(fields))


def measured(name, count, recto):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        write(name, count, folder / "notes")
        best, held = None, (0, 0)
        for _ in range(3):
            shutil.rmtree(folder / "out", ignore_errors=True)
            (folder / "out").mkdir()
            found = run(command(name, folder / "notes", folder / "out", recto), folder)
            best = min(best or found, found)
            held = notes_in(folder / "out")
            if found[0] > 20:
                break
        sound = "" if held == (count, count) else f"  wrong: {held[1]} distinct"
        print(f"| {name} | {count} | {best[0]:.2f} s | {best[1]:.2f} s | {best[2]:.0f} MB | {held[0]}{sound} |",
              flush=True)
        return best[0]


def again(count, recto):
    """What builds cost that find little to do: nothing changed, and one note changed."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        write("recto", count, folder / "notes")
        build = command("recto", folder / "notes", folder / "out", recto)
        run(build, folder)
        changed = sorted((folder / "notes").glob("*.md"))[0]
        best = {}
        for turn in range(3):
            found = run(build, folder)
            best["nothing changed"] = min(best.get("nothing changed", found), found)
            text = changed.read_text(encoding="utf8")
            changed.write_text(text.replace(" units", f" units{turn}", 1), encoding="utf8")
            found = run(build, folder)
            best["one note changed"] = min(best.get("one note changed", found), found)
        for what, (cpu, wall, peak) in best.items():
            print(f"| recto, {what} | {count} | {cpu:.2f} s | {wall:.2f} s | {peak:.0f} MB | |", flush=True)


def limits(count, recto):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        write("recto", count, folder / "notes")
        run(command("recto", folder / "notes", folder / "out", recto), folder)
        package = next((folder / "out").glob("*.apkg"))
        subprocess.run(["cargo", "bench", "-q", "--no-default-features", "--bench", "limits", "--",
                        str(folder / "notes"), str(package)], cwd=ROOT, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("cards", nargs="*", type=int, default=[1000, 10_000, 50_000])
    parser.add_argument("--recto", type=lambda path: Path(path).resolve(), default=ROOT / "target/release/recto")
    parser.add_argument("--only", nargs="*", choices=SYNTAX, default=list(SYNTAX))
    parser.add_argument("--limits", action="store_true")
    arguments = parser.parse_args()
    print("| program | cards | processor | by the clock | peak memory | notes in the package |")
    print("| --- | --- | --- | --- | --- | --- |")
    for count in arguments.cards:
        for name in arguments.only:
            measured(name, count, arguments.recto)
        if "recto" in arguments.only:
            again(count, arguments.recto)
    if arguments.limits:
        limits(max(arguments.cards), arguments.recto)


if __name__ == "__main__":
    main()
