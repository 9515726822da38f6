# SPDX-License-Identifier: EUPL-1.2
"""Two windows, each on a file of its own, and one real server between them."""

import atexit
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from window_driver import App, File, run, wait_for

FORLOP, FORLOPCTL, SERVER = sys.argv[1:4]
PASSWORD = "et eget langt passord 2026"


class Server:
    """One municipality on a server of its own, which may be killed and started again."""

    def __init__(self, folder, office):
        self.folder = folder / "data"
        self.port = "0"
        self.process = None
        self.command("tenant", "create", "testvik")
        self.command("tenant", "import", "testvik", *office.arguments())
        answer = self.command("account", "add", "kari", "--tenant", "testvik", "--user", "Kari")
        self.first = re.findall(r"[A-Za-z0-9-]{12,}", answer)[-1]
        self.start()
        atexit.register(self.kill)

    def command(self, *words):
        return subprocess.run([SERVER, *words, "--dir", str(self.folder)], check=True,
                              capture_output=True, text=True).stdout

    def start(self):
        self.process = subprocess.Popen(
            [SERVER, "run", "--dir", str(self.folder), "--listen", f"127.0.0.1:{self.port}"],
            stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.port = self.address.rsplit(":", 1)[1]

    def kill(self):
        self.process.kill()
        self.process.wait()


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

    def __init__(self, folder, name, server, first=None):
        self.path = folder / name
        self.passphrase = folder / "passphrase"
        password = folder / "password"
        own = folder / "own"
        password.write_text((first or PASSWORD) + "\n")
        own.write_text(PASSWORD + "\n")
        self.run("pair", server.address, "--tenant", "testvik", "--user", "kari",
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


def both_open_and_everything_is_sent(one):
    everything_is_sent(one)
    everything_is_sent(two)


def what_is_written_in_one_window_comes_to_the_other_by_itself(one):
    open_anne(one)
    open_anne(two)
    write_note(one, "Ringte datteren")
    has_note(one, "Ringte datteren")
    has_note(two, "Ringte datteren")
    everything_is_sent(one)


def without_the_server_work_goes_on_and_says_so(one):
    server.kill()
    write_note(one, "Besøk i morgen")
    has_note(one, "Besøk i morgen")
    one.find_like("No contact with the server since ")


def when_it_is_back_everything_is_sent_by_itself(one):
    server.start()
    wait_for("everything to be sent", lambda: [
        node for node in one.find_all("label") if node.name.startswith("Everything sent at ")], 60)
    has_note(two, "Besøk i morgen", 60)


folder = tempfile.TemporaryDirectory()
office = File(FORLOPCTL)
office.run("--as", "Kari:caseworker", "act", "register-citizen", "--json",
           '{"given_name":"Anne","family_name":"Berg"}')
(Path(folder.name) / "passphrase").write_text(office.passphrase.read_text())
server = Server(Path(folder.name), office)
first = Machine(Path(folder.name), "one.db", server, server.first)
second = Machine(Path(folder.name), "two.db", server)
two = other_machine(*second.arguments())
atexit.register(two.close)
run(App(FORLOP, *first.arguments()), [
    both_open_and_everything_is_sent,
    what_is_written_in_one_window_comes_to_the_other_by_itself,
    without_the_server_work_goes_on_and_says_so,
    when_it_is_back_everything_is_sent_by_itself,
])
