# SPDX-License-Identifier: EUPL-1.2
"""The letter of a decision: looked at, left, kept and recorded as sent in one step, not sent twice, and printed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from file_dialog import file_dialog, give_keyboard, shown
from window_driver import App, has, pyatspi, run, wait_for

# Where what is printed to a file comes, unless another place is chosen.
FOLDER = tempfile.TemporaryDirectory()
PROGRAM = os.path.abspath(sys.argv[1])
os.chdir(FOLDER.name)

DIALOG = "Decision letter"
KEPT = "SELECT count(*) FROM document WHERE kind = 'decision_letter' AND media_type = 'application/pdf' AND deleted = 0"
SENT = "SELECT count(*) FROM decision WHERE letter_sent_on IS NOT NULL"


def open_dialog(app):
    app.tell("tab letter")
    app.find("dialog", DIALOG)
    wait_for("the pages", lambda: [
        node for node in app.find_all("image") if ", page 2 of 2" in node.name + node.description])


def leaving_writes_nothing(app):
    open_dialog(app)
    app.key("Escape")
    app.gone("dialog", DIALOG)
    assert app.count(KEPT) == 0
    assert app.count(SENT) == 0


def it_is_kept_and_recorded_as_sent(app):
    open_dialog(app)
    app.press(app.find_all("check box", "It is sent today")[-1])
    app.press(app.find("button", "Keep in the case"))
    app.gone("dialog", DIALOG)
    wait_for("the letter in the case", lambda: app.count(KEPT) == 1)
    wait_for("the decision to be sent", lambda: app.count(SENT) == 1)


def a_sent_letter_is_not_sent_again(app):
    open_dialog(app)
    assert not app.find_all(name="It is sent today")
    app.press(app.find("button", "Keep in the case"))
    app.gone("dialog", DIALOG)
    wait_for("the second copy", lambda: app.count(KEPT) == 2)


PRINTED = "SELECT count(*) FROM access_log WHERE action = 'printed'"


def keep_and_print(app):
    open_dialog(app)
    app.press(app.find("button", "Keep and print…"))
    app.gone("dialog", DIALOG)
    app.find("label", "No printer was found")


def without_a_printer_it_says_what_to_do(app):
    keep_and_print(app)
    app.find_like("The page is kept in the case. Ask whoever")
    app.key("Escape")
    app.gone("label", "No printer was found")
    assert app.count(KEPT) == 3
    assert app.count(PRINTED) == 0


def it_is_printed_as_it_was_shown(app):
    keep_and_print(app)
    app.press(app.find("button", "Print to a file…"))
    dialog = wait_for("the print dialog", lambda: file_dialog(app)[0])
    give_keyboard(dialog)
    button = wait_for("its button", lambda: [
        node for node in shown(dialog, "button") if node.name == "Print" and has(node, pyatspi.STATE_SENSITIVE)][0])
    app.press(button)
    made = Path(FOLDER.name) / "Decision letter.pdf"
    wait_for("the file", lambda: made.stat().st_size > 0)
    said = wait_for("what it says", lambda: subprocess.run(
        ["pdftotext", "-raw", str(made), "-"], check=True, capture_output=True, text=True).stdout)
    assert "Anna Berg" in said, said
    pages = subprocess.run(["pdfinfo", str(made)], check=True, capture_output=True, text=True).stdout
    assert "Pages:           2" in pages and "(A4)" in pages, pages
    give_keyboard(app.window)
    assert app.count(PRINTED) == 1


run(App(PROGRAM, *sys.argv[2:]), [
    leaving_writes_nothing,
    it_is_kept_and_recorded_as_sent,
    a_sent_letter_is_not_sent_again,
    without_a_printer_it_says_what_to_do,
    it_is_printed_as_it_was_shown,
])
