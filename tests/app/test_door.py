# SPDX-License-Identifier: EUPL-1.2
"""The question for the passphrase, and what is said when there is no file."""

import sys
import tempfile
from pathlib import Path

from window_driver import PASSPHRASE, App, File, run, wait_for


def the_file_asks_for_its_passphrase(app):
    app.find("button", "Unlock")
    assert not app.find_all("list", "Sections")


def a_wrong_passphrase_is_refused_in_words(app):
    app.type("not this one")
    app.key("Return")
    app.find_like("The passphrase does not open the file.")


def nothing_behind_the_door_can_be_reached_by_keys(app):
    app.key("ctrl+k")
    app.key("alt+3")
    assert not app.find_all(name="Jump to citizen, case, item or act")


def the_right_passphrase_opens(app):
    app.find("button", "Unlock")
    app.type(PASSPHRASE)
    app.key("Return")
    app.find("list item", "Today")
    app.find(name="Everything is saved on this machine")


def the_first_start_makes_the_file(app):
    app.close()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new" / "first.db"
        other = App(sys.argv[1], "--store", str(path))
        try:
            other.find_like("There is no file “first.db” yet.")
            other.press(other.find("button", "Connect"))
            other.find_like("Write the address of the server.")
            other.key("shift+Tab")
            wait_for("the choice", lambda: other.focus() == [("list item", "Use this machine alone")])
            other.key("space")
            wait_for("the keyboard", lambda: other.focus() == [("text", "Municipality")])
            other.press(other.find("button", "Make the file"))
            other.find_like("Write the name of the municipality.")
            for text, keys in (("Testvik", ["Tab"]), ("Kari Nes", ["Tab"]),
                               (PASSPHRASE, ["Tab", "Tab"]), (PASSPHRASE, [])):
                other.type(text)
                for key in keys:
                    other.key(key)
            assert not path.exists()
            other.key("Return")
            other.find("list item", "Today")
            assert path.exists()
        finally:
            other.close()


file = File(sys.argv[2])
run(App(sys.argv[1], "--store", str(file.path)), [
    the_file_asks_for_its_passphrase,
    a_wrong_passphrase_is_refused_in_words,
    nothing_behind_the_door_can_be_reached_by_keys,
    the_right_passphrase_opens,
    the_first_start_makes_the_file,
])
