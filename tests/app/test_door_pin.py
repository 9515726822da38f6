# SPDX-License-Identifier: EUPL-1.2
"""The PIN and a real Secret Service: first start, five wrong ones, an item that is gone, no service."""

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from window_driver import PASSPHRASE, App, run, wait_for

PIN = "4711"
HOME = tempfile.TemporaryDirectory()
STORE = Path(HOME.name) / "pin.db"


class Keyring:
    """gnome-keyring-daemon on the session bus of the test, opened with a fixed password."""

    def __init__(self):
        self.home = tempfile.TemporaryDirectory()
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=os.environ | {"XDG_DATA_HOME": self.home.name}, stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL)
        self.process.stdin.write(b"fixed")
        self.process.stdin.close()
        wait_for("the key store", lambda: subprocess.run(
            ["secret-tool", "lookup", "nobody", "nothing"], check=False,
            stderr=subprocess.PIPE).stderr == b"")

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def item(self):
        """What the key store has for the file."""
        return subprocess.run(["secret-tool", "lookup", "store-id", store_id()], check=False,
                              capture_output=True, text=True).stdout

    def clear(self):
        subprocess.run(["secret-tool", "clear", "store-id", store_id()], check=True)


def store_id():
    return re.search(r'"store_id": "([^"]+)"', STORE.with_name("pin.db.key").read_text()).group(1)


class Terminal:
    """forlopctl on a terminal of its own, answering each question in turn."""

    def __init__(self, *arguments):
        self.process, self.fd = pty.fork()
        if self.process == 0:
            os.execv(sys.argv[2], [sys.argv[2], *arguments])
        self.text = ""

    def answer(self, question, text):
        while question not in self.text:
            self.text += os.read(self.fd, 4096).decode()
        self.text = self.text.split(question, 1)[1]
        os.write(self.fd, (text + "\n").encode())

    def end(self):
        """What came after the last answer, and the exit code."""
        try:
            while chunk := os.read(self.fd, 4096):
                self.text += chunk.decode()
        except OSError:
            pass
        return self.text, os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


keyring = Keyring()
keyring.start()


def start():
    app = App(sys.argv[1], "--store", str(STORE))
    return app


def restart(app):
    app.close()
    app.__dict__.update(start().__dict__)


def answer(app, text):
    wait_for("the question", lambda: any(role == "text" for role, name in app.focus()))
    app.type(text)
    app.key("Return")


def is_in(app):
    app.find("list item", "Today")
    app.find(name="Everything is saved on this machine")


def the_first_start_asks_for_a_pin(app):
    app.find_like("There is no file “pin.db” yet.")
    wait_for("the keyboard", lambda: app.focus() == [("text", "Address of the server")])
    app.key("shift+Tab", "space")
    wait_for("the keyboard", lambda: app.focus() == [("text", "Municipality")])
    for text, keys in (("Testvik", ["Tab"]), ("Kari Nes", ["Tab"]), (PASSPHRASE, ["Tab", "Tab"]),
                       (PASSPHRASE, [])):
        app.type(text)
        for key in keys:
            app.key(key)
    app.key("Return")
    app.find_like("Choose a PIN of at least four characters.")
    answer(app, PIN)
    is_in(app)
    assert re.fullmatch(r"[0-9a-f]{64} 0\s*", keyring.item())


def the_pin_opens(app):
    restart(app)
    app.find(name="PIN")
    answer(app, PIN)
    is_in(app)


def the_pin_opens_on_the_command_line(app):
    app.close()
    terminal = Terminal("--store", str(STORE), "list", "cases")
    terminal.answer("PIN: ", PIN)
    assert terminal.end()[1] == 0
    wrong = Terminal("--store", str(STORE), "list", "cases")
    wrong.answer("PIN: ", "0000")
    text, status = wrong.end()
    assert "4 tries are left" in text, text
    assert status == 1
    assert keyring.item().split()[1] == "1"
    app.__dict__.update(start().__dict__)


def tries_are_counted_across_restarts(app):
    answer(app, "1111")
    app.find_like("That is not the PIN. Nothing was changed. 3 tries are left")
    restart(app)
    answer(app, "1111")
    app.find_like("That is not the PIN. Nothing was changed. 2 tries are left")
    answer(app, "1111")
    app.find_like("That is not the PIN. Nothing was changed. 1 try is left")


def five_wrong_pins_need_the_passphrase(app):
    answer(app, "1111")
    app.find_like("The PIN was wrong five times and opens nothing any more. Nothing is lost.")
    app.find(name="Passphrase")
    assert keyring.item().strip() == "spent"
    restart(app)
    app.find_like("The PIN was wrong five times")


def the_passphrase_opens_and_sets_a_new_pin(app):
    wait_for("the question", lambda: any(role == "text" for role, name in app.focus()))
    app.type(PASSPHRASE)
    app.key("Tab", "Tab")
    answer(app, "081")
    app.find_like("Choose a PIN of at least four characters, or none.")
    app.type("0815")
    app.key("Return")
    is_in(app)
    restart(app)
    app.find(name="PIN")
    answer(app, "0815")
    is_in(app)


def a_deleted_item_is_said(app):
    keyring.clear()
    restart(app)
    app.find_like("The key store of this computer does not have the key of this file any more.")
    app.find(name="Passphrase")
    answer(app, PASSPHRASE)
    is_in(app)


def the_command_line_sets_a_pin(app):
    app.close()
    terminal = Terminal("--store", str(STORE), "pin")
    terminal.answer("Passphrase: ", PASSPHRASE)
    terminal.answer("at least four characters: ", PIN)
    text, status = terminal.end()
    assert status == 0, text
    app.__dict__.update(start().__dict__)
    app.find(name="PIN")


def a_service_that_is_gone_is_said(app):
    app.close()
    keyring.stop()
    app.__dict__.update(start().__dict__)
    app.find_like("The key store of this computer does not answer, or is locked.")
    answer(app, PASSPHRASE)
    is_in(app)
    app.close()
    terminal = Terminal("--store", str(STORE), "list", "cases")
    terminal.answer("Passphrase: ", PASSPHRASE)
    assert terminal.end()[1] == 0


def nothing_was_lost(app):
    keyring.start()
    app.__dict__.update(start().__dict__)
    app.find(name="PIN")
    answer(app, PIN)
    is_in(app)


try:
    run(start(), [
        the_first_start_asks_for_a_pin,
        the_pin_opens,
        the_pin_opens_on_the_command_line,
        tries_are_counted_across_restarts,
        five_wrong_pins_need_the_passphrase,
        the_passphrase_opens_and_sets_a_new_pin,
        a_deleted_item_is_said,
        the_command_line_sets_a_pin,
        a_service_that_is_gone_is_said,
        nothing_was_lost,
    ])
finally:
    keyring.stop()
