"""Sits in front of `recto review` on a terminal of its own and looks whether the terminal is given back.

Usage: sit.py PROGRAM, in a folder where a note with two cards was built.
"""

import fcntl
import os
import pty
import select
import signal
import sqlite3
import struct
import sys
import termios
import time

PROGRAM = sys.argv[1]
ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"


class Terminal:
    """A session on a terminal of 80 columns and 24 lines."""

    def __init__(self, *options, controlling=True):
        self.seen = b""
        if controlling:
            self.pid, self.screen = pty.fork()
        else:
            self.screen, own = pty.openpty()
            self.pid = os.fork()
        if self.pid == 0:
            if not controlling:
                os.setsid()
                for stream in range(3):
                    os.dup2(own, stream)
                os.close(self.screen)
            environment = {**os.environ, "TERM": "xterm-256color", "COLORFGBG": "15;0"}
            os.execve(PROGRAM, [PROGRAM, "review", *options], environment)
        if not controlling:
            os.close(own)
        self.size(80, 24)

    def size(self, columns, lines):
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self, wanted, patience=20.0):
        """Reads until the words appear behind what was read before."""
        end = time.monotonic() + patience
        fresh = b""
        while wanted not in fresh:
            ready, _, _ = select.select([self.screen], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise SystemExit(f"{wanted!r} did not appear in {fresh!r}")
            try:
                part = os.read(self.screen, 65536)
            except OSError:
                part = b""
            if not part:
                raise SystemExit(f"the terminal was closed before {wanted!r}: {fresh!r}")
            # A program that asks for the colours of the terminal is told nothing but its kind.
            if b"\x1b[c" in part:
                os.write(self.screen, b"\x1b[?6c")
            fresh += part
        self.seen += fresh

    def keys(self, keys):
        os.write(self.screen, keys)

    def end(self, patience=20.0):
        """Waits for the end of the program; its status."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            ready, _, _ = select.select([self.screen], [], [], 0.05)
            if ready:
                try:
                    self.seen += os.read(self.screen, 65536)
                except OSError:
                    pass
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return status
        os.kill(self.pid, signal.SIGKILL)
        raise SystemExit("the program did not end")


def answers():
    return sqlite3.connect("decks/recto.db").execute("SELECT count(*) FROM answers").fetchone()[0]


def given_back(terminal):
    assert terminal.seen.rfind(LEAVE) > terminal.seen.rfind(ENTER), "the screen was not given back"


def plain_end():
    terminal = Terminal()
    terminal.read(b"SSH")
    terminal.keys(b" ")
    terminal.read(b"again")
    terminal.keys(b"3")
    terminal.read(b"DNS")
    # The next card is on the screen: the answer is in the file.
    assert answers() == 1, "an answer that was confirmed is not on the disc"
    terminal.size(40, 12)
    terminal.read(b"DNS")
    terminal.keys(b"q")
    assert terminal.end() == 0
    given_back(terminal)
    assert b"1 answer" in terminal.seen


def control_c():
    terminal = Terminal()
    terminal.read(b"DNS")
    terminal.keys(b"\x03")
    assert terminal.end() == 0
    given_back(terminal)


def killed_politely():
    terminal = Terminal()
    terminal.read(b"DNS")
    os.kill(terminal.pid, signal.SIGTERM)
    status = terminal.end()
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGTERM, status
    given_back(terminal)


def stopped_and_continued():
    terminal = Terminal()
    terminal.read(b"DNS")
    terminal.keys(b"\x1a")
    pid, status = os.waitpid(terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), status
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.read(b"DNS")
    terminal.keys(b"q")
    assert terminal.end() == 0
    given_back(terminal)


def late_answer():
    """A slow terminal tells its colours when nobody waits for them any more: its letters are no keys."""
    for end in (b"\x1b\\", b"\x07", b""):
        terminal = Terminal()
        terminal.read(b"DNS")
        terminal.keys(b"\x1b]11;rgb:ffbb/xxqq/1122" + end)
        time.sleep(0.5)
        terminal.keys(b"f")
        terminal.read(b"flagged")
        terminal.keys(b"fq")
        assert terminal.end() == 0
        given_back(terminal)
        marks = sqlite3.connect("decks/recto.db").execute("SELECT max(suspended), max(buried_until) FROM marks")
        assert marks.fetchone() == (0, None), "letters of the answer were taken for keys"
    assert answers() == 1


def lost(controlling):
    """The window is closed: the program ends by itself and holds nothing back."""
    terminal = Terminal(controlling=controlling)
    terminal.read(b"DNS")
    os.close(terminal.screen)
    for _ in range(200):
        pid, _ = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.05)
    else:
        os.kill(terminal.pid, signal.SIGKILL)
        raise SystemExit("the program outlived its terminal")
    assert answers() == 1


plain_end()
control_c()
killed_politely()
stopped_and_continued()
late_answer()
lost(controlling=True)
lost(controlling=False)
