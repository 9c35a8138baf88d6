"""Kills `recto review` at random moments, and looks whether every answer that was confirmed is there.

Usage: kill.py PROGRAM ROUNDS. An answer is confirmed when the program asks for the next line. It works
in a folder of its own and prints what it counted.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM, ROUNDS = os.path.abspath(sys.argv[1]), int(sys.argv[2])
CARDS = 400


def build(folder):
    with open(os.path.join(folder, "notes.md"), "w", encoding="utf-8") as note:
        note.write("# Numbers\n\n")
        for number in range(CARDS):
            note.write(f"Q: What is the word for {number}?\nA: word {number}\n\n")
    subprocess.run([PROGRAM, "build", "notes.md", "--quiet"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def rows(folder):
    database = sqlite3.connect(os.path.join(folder, "decks/recto.db"))
    check = database.execute("PRAGMA integrity_check").fetchone()[0]
    assert check == "ok", check
    log = database.execute("SELECT seq, face, kind, grade FROM reviews ORDER BY seq").fetchall()
    stale = database.execute(
        "SELECT count(*) FROM memories WHERE last_review <> (SELECT max(seq) FROM reviews"
        " WHERE reviews.face = memories.face AND reviews.kind IN ('review', 'drill'))"
    ).fetchone()[0]
    assert stale == 0, f"{stale} memories are behind their log"
    database.close()
    return log


def sit(folder, chance):
    """One session, killed at a random moment; how many answers it confirmed."""
    session = subprocess.Popen(
        [PROGRAM, "review", "--plain", "--cram" if chance.random() < 0.1 else "--new=100"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + chance.uniform(0.05, 0.8)
    os.set_blocking(session.stdout.fileno(), False)
    heard, sent, confirmed = b"", 0, 0
    while time.monotonic() < end and session.poll() is None:
        part = session.stdout.read() or b""
        heard += part
        prompts = heard.count(b"\n> ") + heard.startswith(b"> ")
        # Lines in turn: show the answer, grade it. The prompt after a grade confirms it.
        confirmed = max(0, (prompts - 1) // 2)
        if prompts > sent:
            session.stdin.write(b"\n" if sent % 2 == 0 else chance.choice([b"1\n", b"3\n", b"4\n"]))
            session.stdin.flush()
            sent += 1
    session.send_signal(signal.SIGKILL)
    session.wait()
    heard += session.stdout.read() or b""
    prompts = heard.count(b"\n> ")
    return max(confirmed, (prompts - 1) // 2 if prompts else 0)


def main():
    chance = random.Random(20260101)
    confirmed = kept = behind = 0
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        before = rows(folder)
        for _ in range(ROUNDS):
            said = sit(folder, chance)
            after = rows(folder)
            assert after[: len(before)] == before, "the log was changed"
            new = len(after) - len(before)
            assert said <= new <= said + 1, f"{said} answers were confirmed, {new} are there"
            confirmed, kept, behind = confirmed + said, kept + new, behind + (new > said)
            before = after
    print(f"{ROUNDS} kills, {confirmed} answers confirmed, {kept} kept: 0 lost, 0 twice, {behind} not yet confirmed")


main()
