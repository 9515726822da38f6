# SPDX-License-Identifier: EUPL-1.2
"""The trend summary for the GP from the case: looked at, left, kept, and saved as a file."""

import subprocess
import sys
import tempfile
from pathlib import Path

from file_dialog import choose_file, file_dialog, give_keyboard, press_for_dialog
from window_driver import App, has, pyatspi, run, wait_for

FOLDER = tempfile.TemporaryDirectory()
COPY = Path(FOLDER.name) / "summary.pdf"
QUESTION = "Shall the dose be raised?"
DIALOG = "Trend summary for the GP"
KEPT = "SELECT count(*) FROM document WHERE kind = 'gp_summary' AND deleted = 0"


def open_dialog(app):
    app.press(app.find("button", f"{DIALOG}…"))
    app.find("dialog", DIALOG)
    wait_for("the page", lambda: "SpO₂" in page(app).name or "SpO₂" in page(app).description)


def page(app):
    return next(node for node in app.find_all("image") if "SpO₂" in node.name + node.description)


def write_question(app):
    field = wait_for("the question", lambda: next(
        node for node in app.find_all(name="What you ask of the GP") if has(node, pyatspi.STATE_EDITABLE)))
    field.queryEditableText().setTextContents(QUESTION)


def leaving_writes_nothing(app):
    app.press(app.find("page tab", "Documents"))
    open_dialog(app)
    write_question(app)
    app.key("Escape")
    app.gone("dialog", DIALOG)
    assert app.count(KEPT) == 0
    assert app.count("SELECT count(*) FROM document") == 0


def it_is_kept_in_the_case(app):
    open_dialog(app)
    write_question(app)
    # Before what was written last is on the page.
    app.press(app.find("button", "Keep in the case"))
    app.gone("dialog", DIALOG)
    wait_for("the summary in the case", lambda: app.count(KEPT) == 1)
    app.find("button", "Save a copy")


def giving_up_the_place_writes_nothing(app):
    press_for_dialog(app, "Save a copy")
    dialog = file_dialog(app)[0]
    give_keyboard(dialog)
    app.key("Escape")
    wait_for("the file dialog to close", lambda: not file_dialog(app))
    give_keyboard(app.window)
    assert not list(Path(FOLDER.name).iterdir())
    assert app.count("SELECT count(*) FROM access_log WHERE action = 'exported'") == 0


def the_file_names_the_citizen_and_asks(app):
    choose_file(app, "Save a copy", COPY)
    wait_for("the file", COPY.exists)
    text = wait_for("what it says", lambda: subprocess.run(
        ["pdftotext", "-raw", str(COPY), "-"], check=True, capture_output=True, text=True).stdout)
    text = " ".join(text.split())
    for part in "Liv Haug", "128354 30098", QUESTION, "SpO₂":
        assert part in text, (part, text)
    assert app.count(KEPT) == 1
    wait_for("the copy in the access log", lambda: app.count(
        "SELECT count(*) FROM access_log WHERE action = 'exported'") == 1)


run(App(sys.argv[1], *sys.argv[2:]), [
    leaving_writes_nothing,
    it_is_kept_in_the_case,
    giving_up_the_place_writes_nothing,
    the_file_names_the_citizen_and_asks,
])
