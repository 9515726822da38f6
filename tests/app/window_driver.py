# SPDX-License-Identifier: EUPL-1.2
"""Drives the real window: key events through the X server, and the accessibility tree."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

# Warnings are fatal in the program under test, not in the tool that drives it.
STRICTNESS = {"G_DEBUG": os.environ.pop("G_DEBUG", "")}

import pyatspi  # noqa: E402
from gi.repository import GLib  # noqa: E402

PATIENCE = 20.0
PAUSE = 0.02


class Refused(AssertionError):
    """Something the test waited for did not come."""


def wait_for(what, condition, patience=PATIENCE):
    """Asks again until the condition gives something true; the bound is in seconds."""
    deadline = time.monotonic() + patience
    while True:
        try:
            answer = condition()
        except Exception:  # the tree changes while one reads it
            answer = None
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Refused(f"waited {patience:.0f} s for {what}")
        time.sleep(PAUSE)


def walk(node):
    """The node and everything below it, in order."""
    yield node
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child is not None:
            yield from walk(child)


def has(node, *states):
    present = node.getState()
    return all(present.contains(state) for state in states)


PASSPHRASE = "a long passphrase for tests"


class File:
    """A file of the program, made by the command line, with one user who has every role."""

    def __init__(self, forlopctl):
        self.forlopctl = forlopctl
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "test.db"
        self.passphrase = Path(self.folder.name) / "passphrase"
        self.passphrase.write_text(PASSPHRASE + "\n")
        self.run("init", "--user-name", "Kari Nes", "--municipality", "Testvik")

    def run(self, *arguments):
        result = subprocess.run([self.forlopctl, *self.arguments(), *arguments], check=False,
                                capture_output=True, text=True)
        if result.returncode != 0:
            raise Refused(result.stderr)
        return result.stdout

    def arguments(self):
        return ["--store", str(self.path), "--passphrase-file", str(self.passphrase)]


class App:
    """A running program and its window."""

    def __init__(self, program, *arguments, home=None):
        """With a home that is given, settings are kept there from one start to the next."""
        self.home = home or tempfile.TemporaryDirectory()
        private = {f"XDG_{kind}_HOME": self.home.name for kind in ("DATA", "CONFIG", "CACHE")}
        if home is not None:
            private["GSETTINGS_BACKEND"] = "keyfile"
        # Nothing moves by itself: a dialog is there at once, and the cursor does not blink.
        settings = Path(self.home.name) / "gtk-4.0" / "settings.ini"
        settings.parent.mkdir(exist_ok=True)
        settings.write_text("[Settings]\ngtk-enable-animations=false\ngtk-cursor-blink=false\n"
                            "gtk-print-backends=file\n")
        self.process = subprocess.Popen([program, *arguments],
                                        env=os.environ | STRICTNESS | private,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.root = wait_for("the program in the accessibility tree", self._find_root)
        self.window = wait_for("a window", lambda: self.root.getChildAtIndex(0))
        wait_for("the window to be shown", lambda: has(self.window, pyatspi.STATE_SHOWING))
        wait_for("the window to take the keyboard", self._focus)

    def _find_root(self):
        if self.process.poll() is not None:
            raise SystemExit(f"the program ended with {self.process.returncode}")
        desktop = pyatspi.Registry.getDesktop(0)
        for index in range(desktop.childCount):
            candidate = desktop.getChildAtIndex(index)
            if candidate is not None and candidate.get_process_id() == self.process.pid:
                return candidate
        return None

    def _focus(self):
        """There is no window manager here, so the keyboard is given to the window by hand."""
        subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid),
                        "--name", ".+", "windowfocus"], check=True, stdout=subprocess.DEVNULL)
        return has(self.window, pyatspi.STATE_ACTIVE)

    def take_keyboard(self):
        """Where there are two programs only one gets the keys."""
        wait_for("the keyboard", self._focus)

    def find_all(self, role=None, name=None, showing=True):
        """The tree changes while one reads it; then it is read again."""
        for _ in range(9):
            try:
                return self._read_all(role, name, showing)
            except GLib.GError:
                time.sleep(PAUSE)
        return self._read_all(role, name, showing)

    def _read_all(self, role, name, showing):
        wanted = []
        for node in walk(self.root):
            if role is not None and node.getRoleName() != role:
                continue
            if name is not None and node.name != name:
                continue
            if showing and not has(node, pyatspi.STATE_SHOWING):
                continue
            wanted.append(node)
        return wanted

    def find(self, role=None, name=None):
        return wait_for(f"a {role or 'widget'} called {name}",
                        lambda: (self.find_all(role, name) or [None])[0])

    def find_like(self, beginning):
        """Something whose name begins so."""
        return wait_for(f"something called {beginning}…",
                        lambda: [node for node in self.find_all()
                                 if node.name.startswith(beginning)][0])

    def gone(self, role=None, name=None):
        wait_for(f"{role or 'widget'} {name} to go", lambda: not self.find_all(role, name))

    def press(self, node):
        node.queryAction().doAction(0)

    def tab_to(self, role, name):
        """Presses Tab until the keyboard is there; more than forty times is a lost keyboard."""
        for _ in range(40):
            before = self.focus()
            if before and before[0] == (role, name):
                return
            self.key("Tab")
            wait_for("the keyboard to move", lambda before=before: self.focus() != before)
        raise Refused(f"forty times Tab did not come to {role} {name}")

    def focus(self):
        return [(node.getRoleName(), node.name) for node in walk(self.root)
                if has(node, pyatspi.STATE_FOCUSED, pyatspi.STATE_SHOWING)]

    def key(self, *keys):
        subprocess.run(["xdotool", "key", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)

    def tell(self, line):
        """One line to a program that listens on its standard input."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def count(self, statement):
        """What the file of such a program answers to a statement."""
        self.tell(statement)
        return int(self.process.stdout.readline())

    def outline(self):
        """What a failing test shows: role and name of everything that is shown, and where the keyboard is."""
        return [f"{node.getRoleName()}: {' '.join(node.name.split())}"
                + (" [keyboard]" if has(node, pyatspi.STATE_FOCUSED) else "") for node in walk(self.root)
                if (node.name or has(node, pyatspi.STATE_FOCUSED)) and has(node, pyatspi.STATE_SHOWING)]

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)


def run(app, cases):
    """Runs the cases in order and prints TAP."""
    print(f"1..{len(cases)}")
    failed = 0
    for number, case in enumerate(cases, 1):
        name = case.__name__.replace("_", "-")
        try:
            case(app)
            print(f"ok {number} {name}")
        except Exception:
            failed += 1
            print(f"not ok {number} {name}")
            for line in traceback.format_exc().splitlines() + app.outline():
                print(f"# {line}")
            picture = os.environ.get("FORLOP_TEST_PICTURE")
            if picture:
                subprocess.run(["import", "-window", "root", picture], check=False)
        sys.stdout.flush()
    app.close()
    sys.exit(1 if failed else 0)
