# SPDX-License-Identifier: EUPL-1.2
"""People who each work on a machine of their own in front of one real server."""

import os
import re
import subprocess
import sys

from window_driver import PASSPHRASE, App, has, pyatspi, wait_for

FORLOP, FORLOPCTL, SERVER = sys.argv[1:4]
PASSWORD = "et eget langt passord 2026"


def bus_of_accessibility():
    answer = subprocess.run(["gdbus", "call", "--session", "--dest", "org.a11y.Bus",
                             "--object-path", "/org/a11y/bus", "--method",
                             "org.a11y.Bus.GetAddress"], check=True, capture_output=True, text=True)
    return re.search(r"'(.*)'", answer.stdout)[1]


def other_machine(*arguments):
    """A window that does not know of the first one, as on another machine."""
    kept = dict(os.environ)
    os.environ["AT_SPI_BUS_ADDRESS"] = bus_of_accessibility()
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    try:
        return App(FORLOP, *arguments)
    finally:
        os.environ.clear()
        os.environ.update(kept)


class Machine:
    """A file of its own, paired by the command line."""

    def __init__(self, folder, name, server, first=None, user="kari"):
        self.path = folder / name
        self.passphrase = folder / "passphrase"
        password = folder / "password"
        own = folder / "own"
        password.write_text((first or PASSWORD) + "\n")
        own.write_text(PASSWORD + "\n")
        self.run("pair", server.address, "--tenant", "testvik", "--user", user,
                 "--password-file", str(password), "--new-password-file", str(own))

    def arguments(self):
        return ["--store", str(self.path), "--passphrase-file", str(self.passphrase)]

    def run(self, *words):
        subprocess.run([FORLOPCTL, *self.arguments(), *words], check=True, capture_output=True)


def open_anne(app):
    app.take_keyboard()
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("Anne Berg")
    app.find_like("Anne Berg")
    app.key("Return")
    app.find("list", "Time line")


def write_note(app, text):
    app.take_keyboard()
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("write note")
    app.find(name="Write note")
    app.key("Return")
    app.find("dialog", "Write note")
    app.tab_to("text", "Note")
    app.type(text)
    app.key("ctrl+Return")
    app.gone("dialog", "Write note")


def has_note(app, text, patience=20):
    wait_for(f"the note {text}", lambda: [
        row for row in app.find_all("list item") if row.name.endswith("Note: " + text)], patience)


def everything_is_sent(app):
    app.find_like("Everything sent at ")


def unlock(app):
    """There is no window manager: the window with the door is given the keyboard by hand."""
    app.find("button", "Unlock")
    app.window = wait_for("the window with the door", lambda: [
        window for window in app.root if has(window, pyatspi.STATE_SHOWING)][0])
    app.take_keyboard()
    wait_for("the question", lambda: any(role == "text" for role, name in app.focus()))
    app.type(PASSPHRASE)
    app.key("Return")
    app.find("list item", "Citizens")
    app.window = wait_for("the window with the work", lambda: [
        window for window in app.root if has(window, pyatspi.STATE_SHOWING)][0])


def press_row(app, beginning):
    app.tab_to("list item", app.find_like(beginning).name)
    app.key("Return")


def write_in_search(app, text):
    """The keyboard is in the search, whatever was written there before."""
    app.key("alt+3")
    app.tab_to("entry", "Search for citizens")
    app.key("ctrl+a")
    app.type(text)


def sign_in_with(app, password):
    app.find("dialog", "Sign in")
    wait_for("the keyboard in the password", lambda: app.focus() and app.focus()[0][1] == "Password")
    app.type(password)
    app.key("Return")
